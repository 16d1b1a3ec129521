from django.apps import AppConfig

from apps.core.health import register_readiness_check


class LessonsConfig(AppConfig):
    name = "apps.lessons"
    verbose_name = "레슨"

    def ready(self) -> None:
        from apps.lessons.queries import readiness_problems

        register_readiness_check(readiness_problems)
