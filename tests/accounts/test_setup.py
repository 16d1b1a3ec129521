"""First run: the link that makes the first administrator."""

import pytest
from django.test import Client
from pytest_django import Settings

from apps.accounts.apps import _setup_lines
from apps.accounts.models import AuditEntry, SetupToken, User
from apps.accounts.services.setup import SpentTokenError, new_setup_token, set_up
from apps.core.serving.announce import base_url, further_lines
from tests.accounts.people import NOW, PASSWORD, is_signed_in, make_account

pytestmark = pytest.mark.django_db
TYPED = {
    "username": "teacher",
    "display_name": "이선생",
    "new_password": PASSWORD,
    "again": PASSWORD,
}


def token() -> str:
    found = new_setup_token(now=NOW)
    assert found
    return found


def test_the_link_makes_the_administrator_and_is_spent(client: Client) -> None:
    here = f"/setup/{token()}/"
    assert client.get(here).status_code == 200
    assert client.post(here, TYPED)["Location"] == "/classrooms/"
    assert is_signed_in(client)
    user = User.objects.get()
    assert user.is_staff
    assert user.may_teach
    assert not user.is_superuser
    assert AuditEntry.objects.get().action == "site-set-up"
    assert Client().get(here).status_code == 404
    assert Client().post(here, {**TYPED, "username": "second"}).status_code == 404
    assert User.objects.count() == 1


def test_each_start_makes_a_new_link_and_the_older_are_void(client: Client) -> None:
    old, new = token(), token()
    assert client.get(f"/setup/{old}/").status_code == 404
    assert client.get(f"/setup/{new}/").status_code == 200


def test_a_site_with_an_administrator_has_no_link(client: Client) -> None:
    old = token()
    make_account("admin", "admin")
    assert client.get(f"/setup/{old}/").status_code == 404
    with pytest.raises(SpentTokenError):
        set_up(token=old, username="b2", password=PASSWORD, display_name="", now=NOW)
    assert new_setup_token(now=NOW) is None
    assert not SetupToken.objects.exists()


def test_a_closed_administrator_counts_as_none() -> None:
    make_account("admin", "admin", is_active=False)
    assert token()


def test_of_two_who_open_the_link_one_gets_in() -> None:
    link = token()
    set_up(token=link, username="first", password=PASSWORD, display_name="", now=NOW)
    User.objects.update(is_staff=False)  # even if it were asked before the first was saved
    with pytest.raises(SpentTokenError):
        set_up(token=link, username="second", password=PASSWORD, display_name="", now=NOW)


def test_a_name_that_is_taken_does_not_spend_the_link(client: Client) -> None:
    make_account("teacher")
    here = f"/setup/{token()}/"
    answer = client.post(here, TYPED)
    assert answer.status_code == 422
    assert "이미 있는 로그인 이름입니다" in answer.content.decode()
    assert client.post(here, {**TYPED, "username": "teacher2"}).status_code == 302


def test_wrong_input_does_not_spend_the_link(client: Client) -> None:
    here = f"/setup/{token()}/"
    assert client.post(here, {**TYPED, "again": "x"}).status_code == 422
    assert client.post(here, TYPED).status_code == 302


@pytest.mark.parametrize("guess", ["x", "%00", "%ff", "가", "a" * 5000])
def test_a_guessed_link_opens_nothing(client: Client, guess: str) -> None:
    token()
    assert client.get(f"/setup/{guess}/").status_code == 404


def test_the_database_keeps_no_token() -> None:
    link = token()
    assert link not in str(list(SetupToken.objects.values()))


def test_the_start_prints_the_link_while_it_is_needed(client: Client) -> None:
    said = list(_setup_lines("http://127.0.0.1:8000/"))
    assert "관리자" in said[0]
    link = said[1].strip()
    assert link.startswith("http://127.0.0.1:8000/setup/")
    assert client.get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200
    assert any("/setup/" in line for line in further_lines("http://127.0.0.1:8000/"))
    make_account("admin", "admin")
    assert list(_setup_lines("http://127.0.0.1:8000/")) == []


@pytest.mark.parametrize(
    ("host", "tls", "hosts", "expected"),
    [
        ("127.0.0.1", False, [], "http://127.0.0.1:8000/"),
        ("0.0.0.0", False, ["study.example"], "http://127.0.0.1:8000/"),
        ("::", False, [], "http://[::1]:8000/"),
        ("127.0.0.1", True, ["study.example"], "https://study.example/"),
        ("127.0.0.1", True, [".study.example"], "https://study.example/"),
        ("127.0.0.1", True, [], "https://127.0.0.1/"),
    ],
)
def test_the_link_is_one_that_the_person_at_the_keyboard_can_open(
    host: str, tls: bool, hosts: list[str], expected: str
) -> None:
    assert base_url(host, 8000, behind_tls=tls, hosts=hosts) == expected


def test_the_link_opens_on_a_closed_site(client: Client, settings: Settings) -> None:
    settings.GUREUM_CLOSED = True
    assert client.get(f"/setup/{token()}/").status_code == 200
