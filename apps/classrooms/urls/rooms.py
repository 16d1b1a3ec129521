from django.urls import URLPattern, path

from apps.classrooms.views import clone, code, join, people, rooms, roster

ROOM = "classrooms/<uuid:public_id>/"
PERSON = f"{ROOM}people/<uuid:enrollment_id>/"

urlpatterns: list[URLPattern] = [
    path("classrooms/", rooms.index, name="index"),
    path("classrooms/new/", rooms.new, name="new"),
    path(ROOM, rooms.room, name="room"),
    path(f"{ROOM}settings/", rooms.settings, name="settings"),
    path(f"{ROOM}archive/", rooms.archive, name="archive"),
    path(f"{ROOM}instructors/", rooms.instructors, name="instructors"),
    path(f"{ROOM}clone/", clone.clone, name="clone"),
    path(f"{ROOM}code/", code.poster, name="code"),
    path(f"{ROOM}code/qr.svg", code.qr, name="code-qr"),
    path(f"{ROOM}people/", people.people, name="people"),
    path(f"{ROOM}people/add/", roster.roster, name="roster"),
    path(f"{ROOM}people/cards/", people.cards, name="cards"),
    path(PERSON, people.person, name="person"),
    path(f"{PERSON}reset-code/", people.reset_code, name="person-reset"),
    path(f"{ROOM}leave/", join.leave, name="leave"),
    path("join/", join.join, name="join"),
    path("join/<str:code>/", join.join_code, name="join-code"),
    path("join/<str:code>/return/", join.come_back, name="return"),
]
