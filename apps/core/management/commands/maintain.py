"""`manage.py maintain`: what has to be tidied now and then. Safe to run at any time."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from apps.core.maintenance import run_chores

_GENTLY = 10


class Command(BaseCommand):
    help = (
        "Closes overdue attempts, deletes expired sessions, codes and counted tries, and erases "
        "learners who have been away longer than GUREUM_RETENTION_DAYS (never instructors or "
        "administrators). `serve` does this every hour by itself."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="only say what there is to do; changes nothing"
        )
        parser.add_argument(
            "--gently", action="store_true", help="give way to everything else on this machine"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """A line a chore; the exit code is 1 if one of them failed."""
        if options["gently"] and hasattr(os, "nice"):  # not on Windows
            os.nice(_GENTLY)
        dry_run: bool = options["dry_run"]
        failed = []
        for done in run_chores(timezone.now(), dry_run=dry_run):
            if done.count is None:
                failed.append(done.chore.label)
            else:
                self.stdout.write(f"{done.chore.label}: {done.count}건")
        if dry_run:
            self.stdout.write("미리 세어 보기만 했습니다. 바꾼 것은 없습니다.")
        if failed:
            raise CommandError(
                f"하지 못한 일이 있습니다. ({', '.join(failed)}) 로그를 확인해 주세요."
            )
