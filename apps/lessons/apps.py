from django.apps import AppConfig

from apps.core.health import register_readiness_check


class LessonsConfig(AppConfig):
    name = "apps.lessons"
    verbose_name = "레슨"

    def ready(self) -> None:
        from apps.lessons.predictions import remember
        from apps.lessons.queries import lesson_titles, readiness_problems
        from apps.quizzes.presenting.lesson_titles import register_lesson_titles
        from apps.widgetkit.predictions import register_prediction_recorder

        register_readiness_check(readiness_problems)
        register_prediction_recorder(remember)
        register_lesson_titles(lesson_titles)
