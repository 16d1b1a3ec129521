from django.apps import AppConfig


class WidgetkitConfig(AppConfig):
    name = "apps.widgetkit"
    verbose_name = "실습"

    def ready(self) -> None:
        from apps.widgetkit.registry import discover

        discover("apps.widgets")
