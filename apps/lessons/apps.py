from django.apps import AppConfig

from apps.core.health import register_readiness_check


class LessonsConfig(AppConfig):
    name = "apps.lessons"
    verbose_name = "레슨"

    def ready(self) -> None:
        from apps.accounts.hooks import register_records
        from apps.lessons.predictions import remember
        from apps.lessons.queries import lesson_titles, readiness_problems
        from apps.lessons.records import RECORDS
        from apps.quizzes.presenting.lesson_titles import register_lesson_titles
        from apps.widgetkit.predictions import register_prediction_recorder

        register_records(RECORDS)
        register_readiness_check(readiness_problems)
        register_prediction_recorder(remember)
        register_lesson_titles(lesson_titles)
