from django.apps import AppConfig


class ClassroomsConfig(AppConfig):
    name = "apps.classrooms"
    verbose_name = "반"
