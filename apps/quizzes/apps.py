from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    name = "apps.quizzes"
    verbose_name = "퀴즈"

    def ready(self) -> None:
        from apps.accounts.hooks import register_records
        from apps.core.maintenance import register_chore
        from apps.quizzes.chores import CHORES
        from apps.quizzes.records import RECORDS

        register_records(RECORDS)
        for chore in CHORES:
            register_chore(chore)
