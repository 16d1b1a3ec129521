"""A forgotten password, without mail: a person vouches and hands a code over."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from apps.accounts.codes import spoken_code
from apps.accounts.models import AuditEntry, ResetCode, Role, User
from apps.accounts.services.resetting import (
    LIFETIME,
    WrongCodeError,
    issue_reset_code,
    reset_password,
)
from apps.accounts.services.roles import set_role
from apps.accounts.throttling import PERSONAL_TRIES
from tests.accounts.people import (
    NEW_PASSWORD,
    NOW,
    PASSWORD,
    is_signed_in,
    make_account,
    sign_in_as,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return make_account()


@pytest.fixture
def teacher() -> User:
    return make_account("teacher", "instructor")


def typed(code: str, name: str = "haneul") -> dict[str, str]:
    return {"username": name, "code": code, "new_password": NEW_PASSWORD, "again": NEW_PASSWORD}


def test_a_code_sets_a_new_password_once(client: Client, user: User, teacher: User) -> None:
    code = issue_reset_code(user=user, by=teacher, now=timezone.now())
    assert client.post("/reset/", typed(code))["Location"] == "/"
    assert is_signed_in(client)
    assert sign_in_as(Client(), "haneul", NEW_PASSWORD).status_code == 302
    assert sign_in_as(Client(), "haneul", PASSWORD).status_code == 422
    assert Client().post("/reset/", typed(code)).status_code == 422


def test_the_code_is_read_as_people_write_it(client: Client, user: User, teacher: User) -> None:
    code = issue_reset_code(user=user, by=teacher, now=timezone.now())
    written = f" {spoken_code(code).lower()} "
    assert client.post("/reset/", typed(written, " HANEUL ")).status_code == 302


def test_every_browser_is_signed_out(client: Client, user: User, teacher: User) -> None:
    sign_in_as(client, "haneul")
    code = issue_reset_code(user=user, by=teacher, now=NOW)
    reset_password(name="haneul", code=code, password=NEW_PASSWORD, now=NOW)
    assert client.get("/me/password/").status_code == 302


def test_a_new_code_makes_the_old_one_useless(user: User, teacher: User) -> None:
    old = issue_reset_code(user=user, by=teacher, now=NOW)
    new = issue_reset_code(user=user, by=teacher, now=NOW)
    with pytest.raises(WrongCodeError):
        reset_password(name="haneul", code=old, password=NEW_PASSWORD, now=NOW)
    reset_password(name="haneul", code=new, password=NEW_PASSWORD, now=NOW)


def test_a_code_lasts_a_day(user: User, teacher: User) -> None:
    code = issue_reset_code(user=user, by=teacher, now=NOW)
    with pytest.raises(WrongCodeError):
        reset_password(name="haneul", code=code, password=NEW_PASSWORD, now=NOW + LIFETIME)
    just_before = NOW + LIFETIME - dt.timedelta(seconds=1)
    reset_password(name="haneul", code=code, password=NEW_PASSWORD, now=just_before)


def test_a_code_opens_its_own_account_only(user: User, teacher: User) -> None:
    make_account("bada")
    code = issue_reset_code(user=user, by=teacher, now=NOW)
    with pytest.raises(WrongCodeError):
        reset_password(name="bada", code=code, password=NEW_PASSWORD, now=NOW)


def test_a_code_given_to_a_learner_does_not_open_an_administrator(
    user: User, teacher: User
) -> None:
    code = issue_reset_code(user=user, by=teacher, now=NOW)
    set_role(user=user, role=Role.ADMIN, by=make_account("admin", "admin"), now=NOW)
    with pytest.raises(WrongCodeError):
        reset_password(name="haneul", code=code, password=NEW_PASSWORD, now=NOW)


def test_changing_the_password_makes_a_waiting_code_useless(
    client: Client, user: User, teacher: User
) -> None:
    code = issue_reset_code(user=user, by=teacher, now=timezone.now())
    sign_in_as(client, "haneul")
    form = {"current": PASSWORD, "new_password": NEW_PASSWORD, "again": NEW_PASSWORD}
    assert client.post("/me/password/", form).status_code == 302
    assert Client().post("/reset/", typed(code)).status_code == 422


def test_a_closed_account_is_not_opened_by_a_code(user: User, teacher: User) -> None:
    code = issue_reset_code(user=user, by=teacher, now=NOW)
    User.objects.filter(pk=user.pk).update(is_active=False)
    with pytest.raises(WrongCodeError):
        reset_password(name="haneul", code=code, password=NEW_PASSWORD, now=NOW)


def test_unknown_names_and_wrong_codes_get_the_same_answer(client: Client, user: User) -> None:
    answers = [client.post("/reset/", typed("ABCDE23456", name)) for name in ("haneul", "nobody")]
    assert {answer.status_code for answer in answers} == {422}
    said = {answer.context["form"].non_field_errors()[0] for answer in answers}
    assert len(said) == 1


@pytest.mark.parametrize("name", ["haneul", "nobody"])
def test_guessing_codes_is_stopped(client: Client, user: User, teacher: User, name: str) -> None:
    code = issue_reset_code(user=user, by=teacher, now=timezone.now())
    for _ in range(PERSONAL_TRIES):
        assert client.post("/reset/", typed("ABCDE23456", name)).status_code == 422
    assert client.post("/reset/", typed(code, name)).status_code == 429


@pytest.mark.parametrize("code", ["", "\x00", "A" * 10_000, "가나다라"])
def test_strange_codes_are_refused_without_an_error(client: Client, code: str) -> None:
    assert client.post("/reset/", typed(code)).status_code == 422


def test_the_database_keeps_no_code_and_the_trail_tells_who_gave_one(
    user: User, teacher: User
) -> None:
    code = issue_reset_code(user=user, by=teacher, now=NOW)
    kept = str(list(ResetCode.objects.values())) + str(list(AuditEntry.objects.values()))
    assert code not in kept
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.action, entry.subject) == (teacher, "reset-code-issued", "haneul")
    reset_password(name="haneul", code=code, password=NEW_PASSWORD, now=NOW)
    assert AuditEntry.objects.filter(action="password-reset", actor=user).exists()
