"""People who mean harm at the doors: forged headers and cookies, strange text, stolen moments."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from apps.accounts.codes import spoken_code
from apps.accounts.hashers import Argon2PasswordHasher
from apps.accounts.models import AuditEntry, ResetCode, Role, User
from apps.accounts.services.audit import record_audit
from apps.accounts.services.erasing import erase_account, erase_learner
from apps.accounts.services.resetting import issue_reset_code
from apps.accounts.services.roles import set_active, set_role
from apps.content.catalogue import Catalogue
from tests.accounts.people import (
    NEW_PASSWORD,
    NOW,
    PASSWORD,
    browser_with_learner,
    is_signed_in,
    make_account,
    sign_in_as,
)

pytestmark = pytest.mark.django_db

NUL, ZERO_WIDTH, TURNED, FILLER = "\0", "\u200b", "\u202e", "\u3164"
ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    "/%09//evil.example/..//",
    "https://evil.example",
    "https:evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "/" + "a" * 3000,
    "evil.example",
    "/\0//evil.example",
    "\u2028//evil.example",
    "//evil.example\\@testserver",
    "/／evil.example",
    "?next=//evil.example",
]


@pytest.mark.parametrize("next_url", ELSEWHERE)
def test_no_way_leads_off_the_site_after_signing_in(next_url: str) -> None:
    make_account()
    by_form, by_address, signed_in = Client(), Client(), Client()
    answers = [
        sign_in_as(by_form, "haneul", next=next_url),
        by_address.post(
            "/login/", {"username": "haneul", "password": PASSWORD}, query_params={"next": next_url}
        ),
        by_form.get("/login/", {"next": next_url}),
        signed_in.post(
            "/signup/",
            {
                "username": "bada",
                "display_name": "이바다",
                "new_password": PASSWORD,
                "again": PASSWORD,
                "next": next_url,
            },
        ),
        signed_in.get("/me/move/", {"next": next_url}),
    ]
    for answer in answers:
        assert answer.status_code == 302
        # One slash, then no second one and no backslash; nothing that browsers leave out.
        assert re.fullmatch(r"/(?![/\\])[\x21-\x7e]*", answer["Location"]), answer["Location"]


@pytest.mark.parametrize(
    "address",
    [
        "http://[",
        "http://[::1",
        "//evil.example/x",
        "http://testserver//evil.example/",
        "\x01",
        "%",
    ],
)
@pytest.mark.parametrize("path", ["/me/password/", "/accounts/", "/me/bar/", "/classrooms/new/"])
def test_a_forged_address_of_the_shown_page_does_no_harm(
    client: Client, path: str, address: str
) -> None:
    answer = client.get(path, headers={"HX-Request": "true", "HX-Current-URL": address})
    assert answer.status_code == 200
    assert "evil.example" not in answer.get("HX-Redirect", "").partition("?")[0]


@pytest.mark.parametrize("host", ["evil.example", "testserver@evil.example", "testserver:99999x"])
def test_a_forged_host_is_refused(client: Client, host: str) -> None:
    for path in ("/login/", "/reset/", "/signup/", "/me/"):
        assert client.get(path, headers={"Host": host}).status_code == 400


LONG = "가" * 10_000
STRANGE = [
    NUL,
    f"kim{NUL}",
    LONG,
    "a" * 10_000,
    TURNED + "kim",
    "kim" + ZERO_WIDTH,
    FILLER,
    "\ud7b0" * 10,
    "ｋｉｍ",
    "🙂" * 30,
    "<script>alert(1)</script>",
    "=1+1",
    "' OR 1=1 --",
    "\u0958" * 50,
    "ﷺ" * 40,
    "İ" * 30,
    " ",
]


@pytest.mark.parametrize("text", STRANGE)
def test_strange_text_at_the_doors_is_no_error(client: Client, text: str) -> None:
    make_account()
    for path, names in {
        "/login/": ("username", "password", "shared", "next"),
        "/reset/": ("username", "code", "new_password", "again"),
        "/signup/": ("username", "display_name", "email", "new_password", "again", "next"),
    }.items():
        whole = dict.fromkeys(names, text)
        assert client.post(path, whole).status_code == 422, path
    assert client.get("/login/", {"next": text}).status_code == 200
    assert not User.objects.exclude(username="haneul").exists()


def _sign_up(client: Client, **changed: str) -> int:
    form = {
        "username": "bada",
        "display_name": "이바다",
        "new_password": PASSWORD,
        "again": PASSWORD,
    }
    return client.post("/signup/", form | changed).status_code


@pytest.mark.parametrize(
    "changed",
    [
        # Normalized (NFC), these are twice as long as they were typed.
        {"display_name": "\u0958" * 50},
        {"display_name": FILLER * 3},
        {"display_name": "이\u115f\u1160바다"},
        {"display_name": ZERO_WIDTH},
        {"display_name": "이" + TURNED + "바다"},
        {"email": "a" * 290 + "@example.com"},
        {"username": "ba da"},
        {"username": "b" * 41},
    ],
)
def test_what_the_database_cannot_keep_or_nobody_can_see_is_refused(
    client: Client, changed: dict[str, str]
) -> None:
    assert _sign_up(client, **changed) == 422
    assert not User.objects.exists()


def test_names_that_look_alike_are_one_name(client: Client) -> None:
    make_account("bada")
    for name in ("BADA", "ｂａｄａ", " bada ", "𝐛𝐚𝐝𝐚"):
        assert _sign_up(Client(), username=name) == 422


def test_who_is_asked_for_is_not_told_by_the_answer() -> None:
    make_account("haneul")
    make_account("closed", is_active=False)
    answers = []
    for name in ("haneul", "closed", "nobody"):
        browser = Client()
        browser.cookies["gureum_csrf"] = "a" * 32
        answer = sign_in_as(browser, name, "틀린 비밀번호")
        kept = sorted(set(answer.headers) - {"X-Request-ID"})
        body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        answers.append((answer.status_code, kept, sorted(answer.cookies), body.replace(name, "")))
    assert answers[0] == answers[1] == answers[2]


@pytest.mark.parametrize("name", ["haneul", "closed", "nobody"])
def test_every_name_costs_one_slow_hash(
    name: str, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    from config import settings as shipped

    settings.PASSWORD_HASHERS = shipped.PASSWORD_HASHERS
    make_account("haneul")
    make_account("closed", is_active=False)
    calls: list[str] = []

    def counted(method: str) -> None:
        """Verifying does not hash by `encode`, so each call is one hash."""
        original = getattr(Argon2PasswordHasher, method)

        def call(*args: Any, **more: Any) -> Any:
            calls.append(method)
            return original(*args, **more)

        monkeypatch.setattr(Argon2PasswordHasher, method, call)

    counted("encode")
    counted("verify")
    sign_in_as(Client(), name, "틀린 비밀번호")
    assert len(calls) == 1


def test_a_session_key_that_somebody_else_chose_is_not_kept(client: Client) -> None:
    make_account()
    client.cookies["gureum_session"] = "a" * 32
    sign_in_as(client, "haneul")
    assert client.cookies["gureum_session"].value != "a" * 32
    # And one that the site itself gave out, to a neighbor who kept a copy of it.
    shared = Client()
    browser_with_learner(shared)
    before = shared.session.session_key
    sign_in_as(shared, "haneul")
    neighbor = Client()
    neighbor.cookies["gureum_session"] = str(before)
    assert not is_signed_in(neighbor)


@pytest.mark.parametrize(
    "value", ['"\\000"', "a" * 5000, "../../etc", "\xff\xfe", "x;y", '"', "null", "{}:1:2", ":::"]
)
@pytest.mark.parametrize("cookie", ["gureum_session", "gureum_known", "gureum_csrf"])
def test_a_forged_cookie_is_as_good_as_none(cookie: str, value: str) -> None:
    make_account()
    browser = Client()
    browser.cookies[cookie] = value
    assert browser.get("/me/").status_code == 200
    assert sign_in_as(browser, "haneul").status_code == 302


@pytest.mark.parametrize(
    "path", ["/login/", "/signup/", "/reset/", "/logout/", "/me/move/", "/me/delete/", "/join/"]
)
def test_no_other_site_presses_a_button_here(path: str) -> None:
    make_account()
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(
        path,
        {"username": "haneul", "password": PASSWORD},
        headers={"Origin": "https://evil.example"},
    )
    assert answer.status_code == 403
    assert not is_signed_in(browser)


def test_pages_that_name_somebody_are_kept_by_no_shared_cache(
    client: Client, course: Catalogue
) -> None:
    make_account(display_name="김하늘표지")
    sign_in_as(client, "haneul")
    paths = ["/", "/privacy/", "/me/", "/me/password/", "/me/bar/", "/me/delete/", "/me/export/"]
    paths += ["/login/", "/logout/", "/reset/", "/quizzes/", "/widgets/", "/classrooms/", "/join/"]
    paths += ["/widgets/ri-matrix/", "/quizzes/asg-elb/", "/lessons/cloudfront/"]
    paths += ["/reports/", "/reports/new/", "/nothing/", "/accounts/", "/join/ABCDEFGH/"]
    named = 0
    for path in paths:
        answer = client.get(path)
        if "김하늘표지" in answer.content.decode():
            named += 1
            assert "private" in answer.get("Cache-Control", ""), path
            assert "no-store" in answer["Cache-Control"], path
    assert named >= 15


@pytest.mark.parametrize("path", ["/accounts/99999999999999999999999999/", "/accounts/0/"])
def test_an_impossible_number_is_nobody(client: Client, path: str) -> None:
    make_account("boss", "admin")
    sign_in_as(client, "boss")
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("token", ["%00", "%ff", "가", "a" * 3000, "%2e%2e", "' OR 1=1"])
def test_a_strange_setup_link_is_spent(client: Client, token: str) -> None:
    answer = client.get(f"/setup/{token}/")
    assert answer.status_code == 404


def test_strange_searches_of_accounts_are_no_error(client: Client) -> None:
    make_account("boss", "admin")
    sign_in_as(client, "boss")
    for text in STRANGE:
        for query in ({"q": text}, {"role": text}, {"state": text}, {"page": text}, {"show": text}):
            assert client.get("/accounts/", query).status_code == 200


def test_who_is_demoted_is_out_with_the_next_press(client: Client) -> None:
    admin, other = make_account("boss", "admin"), make_account("other", "admin")
    sign_in_as(client, "other")
    set_role(user=other, role=Role.LEARNER, by=admin, now=NOW)
    assert client.get("/accounts/").status_code == 403
    set_active(user=other, active=False, by=admin, now=NOW)
    assert client.get("/me/password/").status_code == 302


def test_a_closed_account_comes_back_without_its_old_browsers_and_codes(client: Client) -> None:
    """Closed, because somebody else was in it: opening it must not let that one in again."""
    admin, user = make_account("boss", "admin"), make_account()
    sign_in_as(client, "haneul")
    code = issue_reset_code(user=user, by=admin, now=timezone.now())
    set_active(user=user, active=False, by=admin, now=NOW)
    set_active(user=user, active=True, by=admin, now=NOW)
    assert client.get("/me/password/").status_code == 302
    form = {"username": "haneul", "code": spoken_code(code)}
    form |= {"new_password": NEW_PASSWORD, "again": NEW_PASSWORD}
    assert Client().post("/reset/", form).status_code == 422
    assert not ResetCode.objects.exists()


def test_nobody_rewrites_the_trail_of_a_class_by_being_called_like_it() -> None:
    admin, user = make_account("boss", "admin"), make_account("클라우드1반")
    record_audit(actor=admin, action="classroom-archived", subject="클라우드1반", now=NOW, pk=1)
    record_audit(actor=admin, action="instructor-added", subject="클라우드1반", now=NOW)
    erase_account(user=user, now=NOW)
    assert AuditEntry.objects.get(action="classroom-archived").subject == "클라우드1반"
    assert "클라우드1반" not in AuditEntry.objects.get(action="instructor-added").subject


def test_who_was_erased_elsewhere_is_not_greeted_by_name_for_ever() -> None:
    """Two browsers of one learner: the other one forgets the name as soon as it is used again."""
    browser = Client()
    learner = browser_with_learner(browser, "김하늘", admitted=True)
    erase_learner(learner=learner, now=NOW)
    browser.get("/me/")
    assert "김하늘" not in browser.get("/me/bar/").content.decode()


def test_on_a_shared_computer_nothing_of_the_one_before_is_left() -> None:
    make_account("haneul", display_name="김하늘")
    make_account("bada", display_name="이바다")
    browser = Client()
    sign_in_as(browser, "haneul", shared="on")
    assert browser.session.get_expire_at_browser_close()
    assert "gureum_known" not in browser.cookies
    sign_in_as(browser, "bada")
    assert "김하늘" not in browser.get("/me/").content.decode()
    assert browser.get("/me/move/").status_code == 302
    browser.post("/logout/")
    assert not dict(browser.session)
    assert "이바다" not in browser.get("/me/bar/").content.decode()


def test_signing_in_over_somebody_else_takes_none_of_their_records() -> None:
    make_account("haneul")
    make_account("bada")
    browser = Client()
    browser_with_learner(browser)
    sign_in_as(browser, "haneul", next="/me/")
    sign_in_as(browser, "bada")
    assert "left_learner_id" not in browser.session


@pytest.mark.parametrize("door", ["login", "signup", "reset"])
def test_every_door_knows_a_computer_that_others_use_too(door: str) -> None:
    user = make_account("haneul")
    browser = Client()
    form = {"username": "haneul", "password": PASSWORD, "shared": "on"}
    form |= {"new_password": NEW_PASSWORD, "again": NEW_PASSWORD}
    if door == "signup":
        form |= {"username": "bada", "display_name": "이바다"}
    if door == "reset":
        form["code"] = issue_reset_code(user=user, by=user, now=timezone.now())
    page = browser.get(f"/{door}/").content.decode()
    assert page.count('name="shared"') == 1
    assert browser.post(f"/{door}/", form).status_code == 302
    assert is_signed_in(browser)
    assert not browser.cookies["gureum_session"]["max-age"]
    assert "gureum_known" not in browser.cookies
