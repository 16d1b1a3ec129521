"""`manage.py import_questions`: questions of a file into an instructor's bank."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from apps.accounts.models import User
from apps.studio.exchange.entries import Options
from apps.studio.exchange.items import UnreadableError
from apps.studio.exchange.read import (
    ENCODINGS,
    MAX_BYTES,
    FileReading,
    Format,
    problems_of,
    read_file,
)
from apps.studio.management.printing import print_utf8
from apps.studio.services.importing import Planned, bring_in, chosen, plan_import
from apps.studio.services.refusals import RefusedError


class Command(BaseCommand):
    help = "Reads questions of a file and makes questions of an instructor of them."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the file, or - for standard input")
        parser.add_argument("--format", choices=[each.value for each in Format], required=True)
        parser.add_argument(
            "--owner", metavar="NAME", default="", help="an instructor's login name"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be made, only")
        parser.add_argument("--json", action="store_true", help="print what was read, as JSON")
        parser.add_argument("--encoding", choices=list(ENCODINGS), default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Each refusal is a Korean sentence on standard error, and exit code 1."""
        try:
            self._run(options)
        except UnreadableError as error:
            if options["json"]:
                self._print([], problems_of(error))
            self._refuse(str(error))
        except RefusedError as error:
            self._refuse(str(error))

    def _run(self, options: dict[str, Any]) -> None:
        dry = options["dry_run"]
        owner = _owner(options["owner"]) if options["owner"] or not dry else None
        reading = read_file(
            _bytes_of(options["file"]),
            Format(options["format"]),
            Options(),
            encoding=options["encoding"],
        )
        if options["json"]:
            self._print([entry.to_json() for entry in reading.entries], reading.problems)
        if dry and options["json"]:
            return
        plan = plan_import(reading, owner)
        if not dry and owner is not None:
            brought = bring_in(
                owner=owner, plan=chosen(plan, ()), quizzes=reading.quizzes, now=timezone.now()
            )
            self._tell(brought.problems)
        self._summarize(reading, plan, dry=dry, quiet=options["json"])

    def _print(self, items: list[Any], problems: Any) -> None:
        told = [{"line": each.line, "message": each.message} for each in problems]
        text = json.dumps({"items": items, "problems": told}, ensure_ascii=False, indent=2)
        print_utf8(self.stdout, f"{text}\n")

    def _summarize(
        self, reading: FileReading, plan: list[Planned], *, dry: bool, quiet: bool
    ) -> None:
        self._tell(f"{each.line}번째 줄: {each.message}" for each in reading.problems)
        for each in plan:
            self._tell(f"{each.entry.item.line}번째 줄: {said}" for said in each.problems)
        if quiet:
            return
        ready = sum(each.is_ready for each in plan)
        drafts = sum(each.is_draft for each in plan)
        if dry:
            self.stdout.write(
                f"{len(plan)}개 가운데 {ready}개를 바로 쓸 수 있고, {drafts}개는 초안이 됩니다. "
                "아무것도 바꾸지 않았습니다."
            )
        else:
            self.stdout.write(
                f"{ready}개를 발행하고 {drafts}개를 초안으로 남겼습니다. "
                f"문제가 되지 않은 항목: {len(plan) - ready - drafts}개"
            )

    def _tell(self, sentences: Any) -> None:
        for sentence in sentences:
            self.stderr.write(sentence)

    def _refuse(self, message: str) -> None:
        self.stderr.write(message)
        raise SystemExit(1) from None


def _owner(name: str) -> User:
    if not name:
        raise RefusedError("누구의 문제로 넣을지 --owner로 알려 주세요. 보기만 하려면 --dry-run")
    owner = User.objects.filter(username=name).first()
    if owner is None:
        raise RefusedError(f"‘{name}’이라는 로그인 이름이 없습니다.")
    if not owner.may_teach:
        raise RefusedError(f"‘{name}’ 계정은 강사가 아닙니다.")
    return owner


def _bytes_of(file: str) -> bytes:
    """No more than is needed to see that it is too much."""
    if file == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        with Path(file).open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableError(f"파일을 열 수 없습니다: {file} ({error.strerror})") from None
