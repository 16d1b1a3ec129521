from django.urls import path

from apps.lessons import views

app_name = "lessons"
urlpatterns = [
    path("progress/", views.progress, name="progress"),
    path("lessons/<slug:slug>/", views.detail, name="detail"),
    path("lessons/<slug:slug>/progress/", views.lesson_progress, name="lesson-progress"),
    path("lessons/<slug:slug>/position/", views.lesson_position, name="lesson-position"),
]
