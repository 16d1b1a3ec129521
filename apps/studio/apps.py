from django.apps import AppConfig


class StudioConfig(AppConfig):
    name = "apps.studio"
    verbose_name = "문제 작업실"

    def ready(self) -> None:
        from apps.accounts.hooks import register_records
        from apps.core.maintenance import register_chore
        from apps.studio.chores import CHORES
        from apps.studio.records import RECORDS
        from apps.studio.ways import from_widget
        from apps.widgetkit.ways import register_way

        register_way(from_widget)
        register_records(RECORDS)
        for chore in CHORES:
            register_chore(chore)
