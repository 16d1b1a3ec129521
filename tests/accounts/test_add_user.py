"""`manage.py add_user`."""

import io

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.management.commands import add_user
from apps.accounts.models import AuditEntry, Role, User
from tests.accounts.people import PASSWORD, make_account

pytestmark = pytest.mark.django_db


def run(monkeypatch: pytest.MonkeyPatch, *args: str, typed: str = f"{PASSWORD}\n") -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    out = io.StringIO()
    call_command("add_user", *args, stdout=out)
    return out.getvalue()


def refused(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *args: str,
    typed: str = f"{PASSWORD}\n",
) -> str:
    with pytest.raises(SystemExit) as ending:
        run(monkeypatch, *args, typed=typed)
    assert ending.value.code == 1
    return capsys.readouterr().err


@pytest.mark.parametrize("role", list(Role))
def test_an_account_with_any_role(monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    said = run(
        monkeypatch,
        *("Teacher", "--role", role.value, "--display-name", "이선생", "--password-stdin"),
    )
    assert "teacher" in said
    assert PASSWORD not in said
    user = User.objects.get()
    assert (user.username, user.display_name, user.role) == ("teacher", "이선생", role)
    assert user.check_password(PASSWORD)
    assert AuditEntry.objects.get().action == "account-made"


@pytest.mark.parametrize("typed", [f"{PASSWORD}\r\n", PASSWORD, f"{PASSWORD}\nsecond line\n"])
def test_the_password_is_the_first_line(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    run(monkeypatch, "teacher", "--role", "admin", "--password-stdin", typed=typed)
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize("name", ["", "a b", "a" * 41, "kim\x00", "Ωmega"])
def test_a_name_that_nobody_can_have_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    said = refused(monkeypatch, capsys, name, "--role", "admin", "--password-stdin")
    assert "이 로그인 이름은 쓸 수 없습니다" in said


def test_a_name_that_is_taken_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_account("teacher")
    said = refused(monkeypatch, capsys, "TEACHER", "--role", "admin", "--password-stdin")
    assert "이미 있는 로그인 이름입니다" in said
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("typed", "says"), [("\n", "비어"), ("short\n", "8자"), ("x" * 300, "200자")]
)
def test_a_bad_password_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str, says: str
) -> None:
    args = ("teacher", "--role", "admin", "--password-stdin")
    assert says in refused(monkeypatch, capsys, *args, typed=typed)
    assert not User.objects.exists()


def test_without_a_terminal_nothing_is_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "--password-stdin" in refused(monkeypatch, capsys, "teacher", "--role", "admin")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("second", "made"), [(PASSWORD, True), ("다른 비밀번호", False)])
def test_a_terminal_is_asked_twice(
    monkeypatch: pytest.MonkeyPatch, second: str, made: bool
) -> None:
    answers = iter([PASSWORD, second])
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(add_user, "getpass", lambda prompt: next(answers))
    try:
        call_command("add_user", "teacher", "--role", "admin", stdout=io.StringIO())
    except SystemExit:
        pass
    assert User.objects.exists() is made


def test_a_role_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError):
        run(monkeypatch, "teacher", "--password-stdin")
