"""`manage.py add_user`: an account made at the server, with any role."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from apps.accounts.forms import NAME_LENGTH, clean_display_name, clean_login_name
from apps.accounts.models import Role, User
from apps.accounts.passwords import MOST
from apps.accounts.services.audit import record_audit
from apps.accounts.services.signup import NameTakenError, create_account


class RefusalError(Exception):
    """The account cannot be made; the text is Korean and says what to do."""


class Command(BaseCommand):
    help = "Makes an account. Asks for the password, or reads it from standard input."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="NAME", help="the login name")
        parser.add_argument("--role", choices=Role.values, required=True)
        parser.add_argument("--display-name", default="", help="what people call this person")
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="read the password from the first line of standard input",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Each refusal is a Korean sentence on standard error, and exit code 1."""
        try:
            self._add(
                options["name"],
                Role(options["role"]),
                options["display_name"],
                from_stdin=options["password_stdin"],
            )
        except RefusalError as refusal:
            # Not CommandError: Django would put its class name before the sentence.
            self.stderr.write(str(refusal))
            raise SystemExit(1) from None

    def _add(self, name: str, role: Role, display_name: str, *, from_stdin: bool) -> None:
        try:
            username = clean_login_name(name)
            shown = clean_display_name(display_name)
        except ValidationError as error:
            raise RefusalError(" ".join(error.messages)) from None
        if len(shown) > NAME_LENGTH:
            raise RefusalError(f"--display-name은 {NAME_LENGTH}자까지 쓸 수 있습니다.")
        password = _read_line() if from_stdin else _ask_twice()
        _check(password, User(username=username, display_name=shown))
        now = timezone.now()
        try:
            with transaction.atomic():
                user = create_account(
                    username=username, password=password, role=role, display_name=shown, now=now
                )
                record_audit(
                    actor=None,
                    action="account-made",
                    subject=user.username,
                    now=now,
                    user=user.pk,
                    role=role.value,
                )
        except NameTakenError as refusal:
            raise RefusalError(str(refusal)) from None
        self.stdout.write(f"계정을 만들었습니다. 로그인 이름: {user.username} ({role.label})")


def _read_line() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _ask_twice() -> str:
    if not sys.stdin.isatty():
        raise RefusalError(
            "터미널이 아니어서 비밀번호를 물을 수 없습니다. "
            "--password-stdin을 더하고 비밀번호를 표준 입력의 첫 줄로 보내 주세요."
        )
    password = getpass("비밀번호: ")
    if getpass("비밀번호 한 번 더: ") != password:
        raise RefusalError("두 비밀번호가 다릅니다. 다시 실행해 주세요.")
    return password


def _check(password: str, owner: User) -> None:
    if not password:
        raise RefusalError("비밀번호가 비어 있습니다.")
    if len(password) > MOST:
        raise RefusalError(f"비밀번호는 {MOST}자까지 쓸 수 있습니다.")
    try:
        validate_password(password, owner)
    except ValidationError as error:
        raise RefusalError(" ".join(error.messages)) from None
