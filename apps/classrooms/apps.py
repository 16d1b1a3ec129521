from django.apps import AppConfig


class ClassroomsConfig(AppConfig):
    name = "apps.classrooms"
    verbose_name = "반"

    def ready(self) -> None:
        from apps.accounts.hooks import register_records
        from apps.classrooms.records import RECORDS

        register_records(RECORDS)
