from django.urls import path

from apps.home import styleguide, views

app_name = "home"
urlpatterns = [
    path("", views.home, name="home"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]
