from django.urls import path

from apps.classrooms.views import assigned, assignments, extensions, live

urlpatterns = [
    path("classrooms/<uuid:public_id>/assignments/new/", assignments.create, name="assignment-new"),
    path("assignments/<uuid:public_id>/", assigned.assignment, name="assignment"),
    path("assignments/<uuid:public_id>/start/", assigned.start, name="assignment-start"),
    path("assignments/<uuid:public_id>/edit/", assignments.edit, name="assignment-edit"),
    path("assignments/<uuid:public_id>/retire/", assignments.retire, name="assignment-retire"),
    path("assignments/<uuid:public_id>/live/", live.live, name="live"),
    path("assignments/<uuid:public_id>/extensions/", extensions.extensions, name="extensions"),
    path("runs/<slug:slug>/", assigned.run, name="run"),
]
