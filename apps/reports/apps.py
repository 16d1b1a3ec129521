from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "apps.reports"
    verbose_name = "오류 신고"

    def ready(self) -> None:
        from apps.accounts.hooks import register_records
        from apps.classrooms.hooks import register_open_reports
        from apps.reports.queries import open_reports
        from apps.reports.records import RECORDS

        register_records(RECORDS)
        register_open_reports(open_reports)
