"""`manage.py load_content`: validate all content files, then bring them into the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.kernel.changes import Changes
from apps.lessons.loading import content_stamp, read_content, sync_content
from apps.lessons.models import ContentState


class Command(BaseCommand):
    help = (
        "Validates the content folders and loads them in one transaction. Prints every problem as "
        "file:line: message and changes nothing if there is one. Folders named here are read in "
        "addition to content/ and GUREUM_CONTENT_DIRS; set the latter to keep them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="validate only, change nothing")
        parser.add_argument("folders", nargs="*", type=Path, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        named = (folder.expanduser().resolve() for folder in options["folders"])
        # A folder named again is read once: it would otherwise collide with itself on every line.
        folders = list(dict.fromkeys([*settings.GUREUM_CONTENT_DIRS, *named]))
        stamp = content_stamp(folders)
        if not options["check"] and self._is_loaded(stamp):
            self.stdout.write("콘텐츠: 바뀐 것이 없습니다.")
            return
        reading = read_content(folders)
        content = reading.content
        if content is None:
            for problem in reading.problems:
                self.stderr.write(str(problem))
            raise CommandError(
                f"콘텐츠에 고칠 곳이 {len(reading.problems)}군데 있습니다. "
                "데이터베이스는 바꾸지 않았습니다."
            )
        if options["check"]:
            self.stdout.write(
                f"콘텐츠: 레슨 {len(content.catalogue.lessons)}개, "
                f"문제 {len(content.bank.questions)}개, 퀴즈 {len(content.bank.quizzes)}개, "
                "고칠 곳이 없습니다."
            )
            return
        lessons, bank = sync_content(content, source_digest=stamp, now=timezone.now())
        self._say("단원", lessons.units)
        self._say("레슨", lessons.lessons)
        self._say("정정", lessons.errata)
        self._say("문제", bank.questions)
        self._say("퀴즈", bank.quizzes)

    def _is_loaded(self, stamp: str) -> bool:
        return ContentState.objects.filter(source_digest=stamp).exists()

    def _say(self, noun: str, changes: Changes) -> None:
        self.stdout.write(
            f"{noun}: 추가 {len(changes.added)}, 바뀜 {len(changes.changed)}, "
            f"내림 {len(changes.retired)}, 그대로 {changes.unchanged}"
        )
        for word, slugs in (("바뀜", changes.changed), ("내림", changes.retired)):
            if slugs:
                self.stdout.write(f"  {word}: {', '.join(slugs)}")
