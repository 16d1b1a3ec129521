"""New accounts, and the names they may have."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import Settings

from apps.accounts.forms import SignUpForm
from apps.accounts.models import Role, User
from apps.accounts.services.signup import NameTakenError, create_account
from apps.accounts.throttling import ADDRESS_TRIES, SHARED_TRIES
from tests.accounts.people import NOW, PASSWORD, is_signed_in, make_account

pytestmark = pytest.mark.django_db


def typed(**changed: str) -> dict[str, str]:
    return {
        "username": "haneul",
        "display_name": "김하늘",
        "email": "",
        "new_password": PASSWORD,
        "again": PASSWORD,
        **changed,
    }


def errors(**changed: str) -> dict[str, Any]:
    return dict(SignUpForm(typed(**changed)).errors)


def test_somebody_makes_an_account_and_is_signed_in(client: Client) -> None:
    answer = client.post("/signup/", typed(next="/quizzes/"))
    assert (answer.status_code, answer["Location"]) == (302, "/quizzes/")
    assert is_signed_in(client)
    user = User.objects.get()
    assert (user.username, user.get_full_name(), user.role) == ("haneul", "김하늘", Role.LEARNER)
    assert user.check_password(PASSWORD)


def test_nobody_signs_up_with_a_role(client: Client) -> None:
    client.post("/signup/", typed(is_staff="on", is_instructor="on", role="admin"))
    user = User.objects.get()
    assert (user.is_staff, user.is_instructor, user.is_superuser) == (False, False, False)


def test_the_page_tells_what_is_kept_and_for_how_long(client: Client, settings: Settings) -> None:
    page = client.get("/signup/").content.decode()
    assert "계정을 지울 때까지" in page
    assert "/privacy/" in page
    settings.GUREUM_RETENTION_DAYS = 365
    assert "365일이 지나면 지웁니다" in client.get("/signup/").content.decode()


def test_sign_up_can_be_closed(client: Client, settings: Settings) -> None:
    settings.GUREUM_SIGNUP = False
    assert client.get("/signup/").status_code == 403
    assert client.post("/signup/", typed()).status_code == 403
    assert not User.objects.exists()
    assert "/signup/" not in client.get("/login/").content.decode()


@pytest.mark.parametrize("name", ["haneul", "HANEUL", "Ｈaneul", " haneul "])
def test_a_name_exists_once_in_any_case(client: Client, name: str) -> None:
    make_account()
    answer = client.post("/signup/", typed(username=name))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "이미 있는 로그인 이름입니다" in page
    assert 'aria-describedby="id_username_helptext id_username_error"' in page
    assert 'value="김하늘"' in page


def test_the_database_has_the_last_word_on_a_name() -> None:
    """Nothing is asked before: of two who take a name at once, one is told that it is taken."""
    create_account(username="haneul", password=PASSWORD, role=Role.LEARNER, now=NOW)
    with pytest.raises(NameTakenError):
        create_account(username="HANEUL", password=PASSWORD, role=Role.LEARNER, now=NOW)
    assert User.objects.count() == 1


def test_another_broken_constraint_is_not_called_a_taken_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(self: User, **kwargs: Any) -> None:
        raise IntegrityError("something else")

    monkeypatch.setattr(User, "save", broken)
    with pytest.raises(IntegrityError, match="something else"), transaction.atomic():
        create_account(username="haneul", password=PASSWORD, role=Role.LEARNER, now=NOW)


@pytest.mark.parametrize(
    "name", ["김하늘", "kim", "Kim.Ha-neul_9", "a@school.kr", "２０２６０１", "ab"]
)
def test_usual_names_may_be_had(name: str) -> None:
    assert "username" not in errors(username=name)


@pytest.mark.parametrize(
    "name",
    ["", "a", "a b", "a" * 41, "가" * 10_000, "a\x00b", "é́", "Σigma", "<b>", "kim\u200b", "😀😀"],
)
def test_other_names_are_refused_at_their_field(name: str) -> None:
    assert list(errors(username=name)) == ["username"]


@pytest.mark.parametrize("name", ["", "가" * 51, "김\x00하늘", "\u202e늘하김", "김\u200b하늘"])
def test_a_shown_name_has_only_signs_that_can_be_seen(name: str) -> None:
    assert list(errors(display_name=name)) == ["display_name"]


def test_a_shown_name_is_kept_as_one_writes_it() -> None:
    decomposed = "김하늘 "  # as a Mac types it
    form = SignUpForm(typed(display_name=f"  {decomposed}  Kim"))
    assert form.is_valid()
    assert form.cleaned_data["display_name"] == "김하늘 Kim"


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("짧은 것", "8자 이상"),
        ("20260306", "숫자로만"),
        ("password1", "많은 사람이"),
        ("haneul12", "비슷합니다"),
    ],
)
def test_a_weak_password_is_told_why(password: str, says: str) -> None:
    found = errors(new_password=password, again=password)
    assert list(found) == ["new_password"]
    assert says in "".join(found["new_password"])


def test_two_different_passwords_are_told_at_the_second() -> None:
    assert list(errors(again=PASSWORD + "!")) == ["again"]


def test_a_wrong_mail_is_told_and_none_is_fine() -> None:
    assert list(errors(email="haneul")) == ["email"]
    assert errors(email="") == {}


@pytest.mark.parametrize("field", ["username", "display_name", "email", "new_password"])
def test_huge_and_broken_input_is_no_error(client: Client, field: str) -> None:
    for value in ("가" * 10_000, "\x00", "\ud7ff\uffff"):
        assert client.post("/signup/", typed(**{field: value})).status_code in {422, 302}


def test_a_class_signs_up_behind_one_address(client: Client) -> None:
    assert SHARED_TRIES >= 200
    assert ADDRESS_TRIES >= 200
    for number in range(30):
        answer = Client().post("/signup/", typed(username=f"pupil{number}"))
        assert answer.status_code == 302


def test_a_list_of_names_cannot_be_asked_for(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.accounts.throttling.ADDRESS_TRIES", 5)
    make_account()
    for _ in range(5):
        assert client.post("/signup/", typed()).status_code == 422
    assert client.post("/signup/", typed()).status_code == 429
    assert client.post("/signup/", typed(username="free-name")).status_code == 429


def test_who_is_signed_in_does_not_sign_up(client: Client) -> None:
    client.force_login(make_account())
    assert client.get("/signup/")["Location"] == "/"
