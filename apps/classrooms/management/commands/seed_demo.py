"""`manage.py seed_demo`: a class to try the gradebook and the statistics with."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.accounts.models import User
from apps.classrooms.demo import seeding


class Command(BaseCommand):
    help = "Makes a demo class of 24 made-up learners with attempts; --remove takes it away."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--instructor", default="", help="login name of who teaches the class")
        parser.add_argument("--remove", action="store_true", help="take the demo class away")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["remove"]:
                count = seeding.remove()
                self.stdout.write(f"예시 반과 가상의 학습자 {count}명을 지웠습니다.")
                return
            classroom = seeding.seed(
                instructor=self._instructor(options["instructor"]), now=timezone.now()
            )
        except seeding.RefusedError as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            f"‘{classroom.name}’을 만들었습니다. 지우려면 manage.py seed_demo --remove를 씁니다."
        )

    def _instructor(self, name: str) -> User:
        """The named one, else the first administrator or instructor."""
        if name:
            found = User.objects.filter(username__iexact=name).first()
            if found is None or not found.may_teach:
                raise CommandError(f"강사나 관리자 계정이 아닙니다: {name}")
            return found
        staff = User.objects.filter(is_active=True).order_by("-is_staff", "pk")
        for user in staff:
            if user.may_teach:
                return user
        raise CommandError(
            "반을 맡을 강사가 없습니다. "
            "먼저 manage.py add_user 이름 --role instructor로 만드십시오."
        )
