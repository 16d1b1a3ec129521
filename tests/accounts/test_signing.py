"""Signing in and out, as people and as attackers meet it."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from apps.accounts import hooks
from apps.accounts.known_browsers import COOKIE
from apps.accounts.models import FailedTry, Learner
from apps.accounts.services.learners import LEFT_KEY, SESSION_KEY
from apps.accounts.throttling import PERSONAL_TRIES
from tests.accounts.people import (
    PASSWORD,
    browser_with_learner,
    is_signed_in,
    make_account,
    sign_in_as,
)

pytestmark = pytest.mark.django_db
WRONG = "로그인 이름이나 비밀번호가 맞지 않습니다"
SIGNS = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def fail(client: Client, name: str, times: int) -> None:
    for _ in range(times):
        assert sign_in_as(client, name, "틀린 비밀번호").status_code == 422


def test_somebody_signs_in_and_goes_where_the_link_led(client: Client) -> None:
    make_account()
    answer = sign_in_as(client, "haneul", next="/quizzes/?unit=1")
    assert (answer.status_code, answer["Location"]) == (302, "/quizzes/?unit=1")
    assert is_signed_in(client)


@pytest.mark.parametrize("typed", ["haneul", "Haneul", " HANEUL ", "ｈａｎｅｕｌ"])
def test_the_name_is_found_however_it_is_typed(client: Client, typed: str) -> None:
    make_account()
    assert sign_in_as(client, typed).status_code == 302


@pytest.mark.parametrize(
    "away",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "evil",
        " //evil.example",
        "/" + "a" * 5000,
    ],
)
def test_signing_in_never_leads_to_another_site(client: Client, away: str) -> None:
    make_account()
    assert sign_in_as(client, "haneul", next=away)["Location"] == "/"
    assert client.get("/login/", {"next": away})["Location"] == "/"


def test_a_wrong_password_keeps_the_name_and_shows_no_password(client: Client) -> None:
    make_account()
    answer = sign_in_as(client, "haneul", "틀린 비밀번호")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert WRONG in page
    assert 'value="haneul"' in page
    assert "틀린 비밀번호" not in page
    assert not is_signed_in(client)


def test_unknown_closed_and_passwordless_accounts_get_the_same_answer(client: Client) -> None:
    make_account("a-name")
    make_account("closed", is_active=False)
    make_account("locked", password="!")
    pages = set()
    for name, password in [
        ("a-name", "틀린 비밀번호"),
        ("closed", PASSWORD),
        ("locked", PASSWORD),
        ("nobody", PASSWORD),
    ]:
        answer = sign_in_as(client, name, password)
        assert answer.status_code == 422
        pages.add(SIGNS.sub(b"", answer.content).replace(name.encode(), b"NAME"))
    assert len(pages) == 1


def test_names_that_do_not_exist_cost_the_same_work(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One password hash each; a name that is missing must not answer sooner."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counting(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return str(encode(self, password, salt))

    make_account()
    make_account("closed", is_active=False)
    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    for name in ("haneul", "closed", "nobody"):
        hashed.clear()
        sign_in_as(client, name, "틀린 비밀번호")
        assert len(hashed) == 1, name


@pytest.mark.parametrize("name", ["haneul", "nobody"])
def test_guessing_is_stopped_and_tells_nothing(client: Client, name: str) -> None:
    make_account()
    fail(client, name, PERSONAL_TRIES)
    answer = sign_in_as(client, name)
    assert answer.status_code == 429
    assert "15분 뒤에 다시" in answer.content.decode()
    assert not is_signed_in(client)


def test_case_and_width_do_not_give_further_guesses(client: Client) -> None:
    make_account()
    for name in ("haneul", "HANEUL", "ｈａｎｅｕｌ", " Haneul", "hAneul") * (PERSONAL_TRIES // 5):
        fail(client, name, 1)
    assert sign_in_as(client, "haneul").status_code == 429


def test_a_prank_does_not_lock_the_owner_out_of_the_usual_browser(client: Client) -> None:
    make_account()
    sign_in_as(client, "haneul")
    client.post("/logout/")
    stranger = Client()
    fail(stranger, "haneul", PERSONAL_TRIES)
    assert sign_in_as(stranger, "haneul").status_code == 429
    assert sign_in_as(client, "haneul").status_code == 302


def test_a_forged_cookie_makes_no_browser_known(client: Client) -> None:
    make_account()
    fail(client, "haneul", PERSONAL_TRIES)
    for forged in ("x", "e30:1abc:xyz", "\x00", "a" * 5000):
        client.cookies[COOKIE] = forged
        assert sign_in_as(client, "haneul").status_code == 429


def test_the_cookie_of_one_account_knows_no_other(client: Client) -> None:
    make_account()
    make_account("bada")
    sign_in_as(client, "bada")
    client.post("/logout/")
    fail(Client(), "haneul", PERSONAL_TRIES)
    assert sign_in_as(client, "haneul").status_code == 429


def test_signing_in_leaves_no_failure_behind(client: Client) -> None:
    make_account()
    sign_in_as(client, "haneul")
    assert not FailedTry.objects.exists()


@pytest.mark.parametrize("name", ["\x00", "a\x00b", "가" * 10_000, "", "'; --", "𝓴𝓲𝓶", "\u202e"])
def test_strange_names_are_refused_without_an_error(client: Client, name: str) -> None:
    assert sign_in_as(client, name).status_code == 422


@pytest.mark.parametrize("password", ["\x00", "가" * 10_000, ""])
def test_strange_passwords_are_refused_without_an_error(client: Client, password: str) -> None:
    make_account()
    assert sign_in_as(client, "haneul", password).status_code == 422


def test_a_session_lasts_a_year_unless_others_use_the_computer(client: Client) -> None:
    make_account()
    sign_in_as(client, "haneul")
    assert int(client.cookies["gureum_session"]["max-age"]) == 60 * 60 * 24 * 365
    shared = Client()
    sign_in_as(shared, "haneul", shared="on")
    assert shared.cookies["gureum_session"]["max-age"] == ""
    assert COOKIE not in shared.cookies


def test_the_session_is_a_new_one_after_signing_in(client: Client) -> None:
    make_account()
    browser_with_learner(client)
    before = client.session.session_key
    sign_in_as(client, "haneul")
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_what_this_browser_held_is_asked_about_and_never_taken_silently(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "_registry", {"t": _records(1)})
    user = make_account()
    learner = browser_with_learner(client)
    answer = sign_in_as(client, "haneul", next="/quizzes/")
    assert answer["Location"] == "/me/move/?next=%2Fquizzes%2F"
    assert client.session[LEFT_KEY] == learner.pk
    assert SESSION_KEY not in client.session
    assert not Learner.objects.filter(user=user).exists()


def test_a_browser_without_records_is_not_asked(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "_registry", {"t": _records(0)})
    make_account()
    browser_with_learner(client)
    assert sign_in_as(client, "haneul")["Location"] == "/"
    assert LEFT_KEY not in client.session


def _records(count: int) -> hooks.Records:
    return hooks.Records(
        name="t",
        count=lambda learner: [("퀴즈 응시", count)] if count else [],
        move=lambda moving: None,
        export=lambda learner: None,
        erase=lambda learner, now: None,
    )


def test_one_account_after_another_inherits_nothing(client: Client) -> None:
    make_account()
    make_account("bada")
    sign_in_as(client, "haneul")
    session = client.session
    session[LEFT_KEY] = 1
    session.save()
    sign_in_as(client, "bada")
    assert LEFT_KEY not in client.session


def test_signing_out_takes_a_post_and_empties_the_session(client: Client) -> None:
    make_account()
    sign_in_as(client, "haneul")
    assert "로그아웃" in client.get("/logout/").content.decode()
    assert is_signed_in(client)
    key = client.session.session_key
    assert client.post("/logout/")["Location"] == "/"
    assert not is_signed_in(client)
    assert not Session.objects.filter(session_key=key).exists()


def test_who_joined_by_name_is_told_of_the_code_before_leaving(client: Client) -> None:
    browser_with_learner(client, "이바다", admitted=True)
    page = client.get("/logout/").content.decode()
    assert "이바다님" in page
    assert "개인 코드" in page
    assert ">나가기</button>" in page
    client.post("/logout/")
    assert SESSION_KEY not in client.session


def test_signing_out_takes_the_drafts_of_this_device_along(client: Client) -> None:
    page = client.get("/logout/").content.decode()
    assert "data-clear-drafts" in page
    assert "quizzes/drafts.js" in page


def test_signing_out_by_a_foreign_form_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/logout/").status_code == 403


def test_a_closed_account_is_out_with_its_next_request(client: Client) -> None:
    user = make_account()
    sign_in_as(client, "haneul")
    assert client.get("/me/password/").status_code == 200
    user.is_active = False
    user.save()
    assert client.get("/me/password/")["Location"] == "/login/?next=/me/password/"


@pytest.mark.parametrize(
    ("shown", "next_url"),
    [
        ("http://testserver/quizzes/?a=1", "/quizzes/%3Fa%3D1"),
        ("/quizzes/", "/quizzes/"),
        ("https://evil.example/quizzes/?a=1", "/"),
        ("", "/"),
    ],
)
def test_a_fragment_leads_the_whole_page_to_the_sign_in(
    client: Client, shown: str, next_url: str
) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": shown}
    answer = client.get("/me/password/", headers=headers)
    assert answer["HX-Redirect"] == f"/login/?next={next_url}"
