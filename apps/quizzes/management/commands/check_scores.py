"""`manage.py check_scores`: recompute every automatic grade from the answers; changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.quizzes.services.checking import check_all


class Command(BaseCommand):
    help = (
        "Recomputes every automatic grade from the stored answers, and each attempt's sums, and "
        "prints what differs. Changes nothing; the exit code is 1 if anything differs."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        attempts = grades = differences = 0
        for check in check_all():
            attempts += 1
            grades += check.grades
            differences += len(check.differences)
            for line in check.differences:
                self.stdout.write(line)
        self.stdout.write(f"응시 {attempts}건의 채점 {grades}건을 다시 계산했습니다.")
        if differences:
            raise CommandError(f"다른 곳이 {differences}군데 있습니다. 바꾼 것은 없습니다.")
        self.stdout.write("다른 곳이 없습니다.")
