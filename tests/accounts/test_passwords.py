"""One's own password, and signing out elsewhere."""

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.test import Client
from pytest_django import Settings

from apps.accounts.hashers import Argon2PasswordHasher
from apps.accounts.throttling import PERSONAL_TRIES
from tests.accounts.people import (
    NEW_PASSWORD,
    PASSWORD,
    is_signed_in,
    make_account,
    sign_in_as,
)

pytestmark = pytest.mark.django_db
HERE = "/me/password/"


def typed(**changed: str) -> dict[str, str]:
    return {"current": PASSWORD, "new_password": NEW_PASSWORD, "again": NEW_PASSWORD, **changed}


@pytest.fixture
def browsers() -> tuple[Client, Client]:
    """Two browsers of one account."""
    make_account()
    both = Client(), Client()
    for browser in both:
        sign_in_as(browser, "haneul")
    return both


def test_a_new_password_keeps_this_browser_and_signs_the_others_out(
    browsers: tuple[Client, Client],
) -> None:
    here, elsewhere = browsers
    answer = here.post(HERE, typed(), follow=True)
    assert "비밀번호를 바꾸었습니다" in answer.content.decode()
    assert elsewhere.get(HERE).status_code == 302
    assert sign_in_as(Client(), "haneul", PASSWORD).status_code == 422
    assert sign_in_as(Client(), "haneul", NEW_PASSWORD).status_code == 302


def test_the_present_password_is_asked_for(browsers: tuple[Client, Client]) -> None:
    here, _ = browsers
    answer = here.post(HERE, typed(current="다른 것입니다"))
    assert answer.status_code == 422
    assert "지금 비밀번호가 맞지 않습니다" in answer.content.decode()
    assert sign_in_as(Client(), "haneul", PASSWORD).status_code == 302


def test_a_browser_left_open_is_no_place_to_guess(browsers: tuple[Client, Client]) -> None:
    here, _ = browsers
    for _ in range(PERSONAL_TRIES):
        assert here.post(HERE, typed(current="다른 것입니다")).status_code == 422
    assert here.post(HERE, typed()).status_code == 429


def test_a_weak_new_password_is_refused(browsers: tuple[Client, Client]) -> None:
    here, _ = browsers
    answer = here.post(HERE, typed(new_password="1234", again="1234"))
    assert answer.status_code == 422
    assert "8자 이상" in answer.content.decode()


def test_signing_out_everywhere_else(browsers: tuple[Client, Client]) -> None:
    here, elsewhere = browsers
    answer = here.post("/me/sessions/end/", follow=True)
    assert "다른 기기에서 모두 로그아웃했습니다" in answer.content.decode()
    assert here.get(HERE).status_code == 200
    assert elsewhere.get(HERE).status_code == 302
    assert not is_signed_in(elsewhere)
    assert sign_in_as(elsewhere, "haneul").status_code == 302


def test_signing_out_everywhere_takes_a_post(browsers: tuple[Client, Client]) -> None:
    assert browsers[0].get("/me/sessions/end/").status_code == 405


@pytest.mark.parametrize("path", [HERE, "/me/sessions/end/"])
def test_strangers_sign_in_first(client: Client, path: str) -> None:
    answer = client.post(path)
    assert answer["Location"].startswith("/login/")


def test_passwords_are_kept_as_argon2id_of_owasps_minimum(settings: Settings) -> None:
    from config import settings as shipped

    settings.PASSWORD_HASHERS = shipped.PASSWORD_HASHERS
    kept = make_password(PASSWORD)
    assert kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password(PASSWORD, kept)
    assert not check_password(NEW_PASSWORD, kept)
    assert not Argon2PasswordHasher().must_update(kept)


def test_an_older_hash_is_kept_anew_at_the_next_sign_in(client: Client, settings: Settings) -> None:
    from config import settings as shipped

    settings.PASSWORD_HASHERS = shipped.PASSWORD_HASHERS
    user = make_account(password=make_password(PASSWORD, hasher="pbkdf2_sha256"))
    assert sign_in_as(client, "haneul").status_code == 302
    user.refresh_from_db()
    assert user.password.startswith("argon2$")
    assert client.get(HERE).status_code == 200
