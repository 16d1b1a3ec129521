from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "apps.reports"
    verbose_name = "오류 신고"

    def ready(self) -> None:
        from apps.accounts.hooks import register_records
        from apps.reports.records import RECORDS

        register_records(RECORDS)
