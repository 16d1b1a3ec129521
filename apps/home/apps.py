from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "apps.home"
    verbose_name = "첫 화면"

    def ready(self) -> None:
        from apps.accounts.chores import CHORES
        from apps.core.maintenance import register_chore

        for chore in CHORES:
            register_chore(chore)
