"""`manage.py close_overdue`: close what nobody looked at after its end. Safe to run at any time."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from apps.quizzes.services.taking import close_overdue


class Command(BaseCommand):
    help = (
        "Closes and grades every attempt whose time is over, with its deadline as finish time. "
        "Pages do the same when somebody looks; this is for those at which nobody does."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = close_overdue(now=timezone.now())
        self.stdout.write(
            f"시간이 끝난 응시 {count}건을 마감했습니다." if count else "마감할 응시가 없습니다."
        )
