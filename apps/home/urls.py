from django.urls import path

from apps.home import erase, me, move, styleguide, views

app_name = "home"
urlpatterns = [
    path("", views.home, name="home"),
    path("me/", me.me, name="me"),
    path("me/move/", move.move, name="move"),
    path("me/export/", me.export, name="export"),
    path("me/delete/", erase.erase, name="erase"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]
