"""The administrators' pages of accounts, and the trail."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone

from apps.accounts.models import AuditEntry, Role, User
from apps.accounts.services.audit import record_audit
from apps.accounts.services.resetting import reset_password
from apps.accounts.services.roles import LastAdminError, set_active, set_role
from tests.accounts.people import NEW_PASSWORD, NOW, make_account, sign_in_as

pytestmark = pytest.mark.django_db
QueryCounter = Iterator[None]


@pytest.fixture
def admin() -> User:
    return make_account("admin", "admin", display_name="박관리")


@pytest.fixture
def at_desk(client: Client, admin: User) -> Client:
    client.force_login(admin)
    return client


def here(user: User) -> str:
    return f"/accounts/{user.pk}/"


@pytest.mark.parametrize("role", ["learner", "instructor"])
def test_others_see_no_accounts(client: Client, role: str) -> None:
    user = make_account(role=role)
    client.force_login(user)
    for path in ("/accounts/", "/accounts/?show=trail", here(user)):
        assert client.get(path).status_code == 403
    assert client.post(here(user), {"action": "role", "role": "admin"}).status_code == 403
    user.refresh_from_db()
    assert user.role == role


def test_strangers_sign_in_first(client: Client) -> None:
    assert client.get("/accounts/")["Location"] == "/login/?next=/accounts/"
    assert client.post("/accounts/1/")["Location"] == "/login/?next=/"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"admin", "haneul", "bada", "teacher"}),
        ("q=하늘", {"haneul"}),
        ("q=BADA", {"bada"}),
        ("q=ｂａｄａ", {"bada"}),
        ("q=school.kr", {"bada"}),
        ("q=%25", set()),
        ("role=instructor", {"teacher"}),
        ("role=admin", {"admin"}),
        ("role=learner&state=closed", {"bada"}),
        ("role=nonsense&q=하늘", {"admin", "haneul", "bada", "teacher"}),
        ("q=%00", {"admin", "haneul", "bada", "teacher"}),
    ],
)
def test_accounts_are_found(at_desk: Client, query: str, expected: set[str]) -> None:
    make_account("haneul")
    make_account("bada", display_name="이바다", email="bada@school.kr", is_active=False)
    make_account("teacher", "instructor", display_name="이선생")
    page = at_desk.get(f"/accounts/?{query}").content.decode()
    assert set(re.findall(r'<a href="/accounts/\d+/">([^<]+)</a>', page)) == expected


def test_the_list_takes_the_same_queries_however_long(
    at_desk: Client, django_assert_num_queries: object
) -> None:
    for number in range(60):
        make_account(f"pupil{number}")
    with django_assert_num_queries(4):  # type: ignore[operator]
        page = at_desk.get("/accounts/?page=2").content.decode()
    assert "2 / 2쪽" in page


def test_a_role_is_set_and_told_in_the_trail(at_desk: Client, admin: User) -> None:
    user = make_account()
    answer = at_desk.post(here(user), {"action": "role", "role": "instructor"}, follow=True)
    user.refresh_from_db()
    assert user.role is Role.INSTRUCTOR
    assert "(학습자 → 강사)" in answer.content.decode()
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.action, entry.subject) == (admin, "role-changed", "haneul")


def test_the_same_role_again_leaves_no_line(at_desk: Client) -> None:
    user = make_account()
    at_desk.post(here(user), {"action": "role", "role": "learner"})
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("form", [{"action": "role", "role": "learner"}, {"action": "close"}])
def test_the_last_administrator_stays(at_desk: Client, admin: User, form: dict[str, str]) -> None:
    make_account("asleep", "admin", is_active=False)
    answer = at_desk.post(here(admin), form)
    assert answer.status_code == 409
    assert "마지막 관리자입니다" in answer.content.decode()
    admin.refresh_from_db()
    assert admin.is_staff
    assert admin.is_active


def test_of_two_administrators_each_may_step_down_but_not_both(admin: User) -> None:
    second = make_account("second", "admin")
    set_role(user=second, role=Role.LEARNER, by=admin, now=NOW)
    with pytest.raises(LastAdminError):
        set_active(user=admin, active=False, by=second, now=NOW)


def test_an_account_is_closed_and_opened_again(at_desk: Client) -> None:
    user = make_account()
    browser = Client()
    sign_in_as(browser, "haneul")
    at_desk.post(here(user), {"action": "close"})
    assert browser.get("/me/password/").status_code == 302
    assert sign_in_as(Client(), "haneul").status_code == 422
    at_desk.post(here(user), {"action": "open"})
    assert sign_in_as(Client(), "haneul").status_code == 302
    assert [entry.action for entry in AuditEntry.objects.all()] == [
        "account-opened",
        "account-closed",
    ]


def test_a_reset_code_is_shown_once(at_desk: Client) -> None:
    user = make_account()
    page = at_desk.post(here(user), {"action": "reset-code"}).content.decode()
    found = re.search(r'class="secret">([0-9A-Z-]+)<', page)
    assert found
    assert found[1] not in at_desk.get(here(user)).content.decode()
    assert "쓰지 않은 코드가 있습니다" in at_desk.get(here(user)).content.decode()
    code = found[1].replace("-", "")
    reset_password(name="haneul", code=code, password=NEW_PASSWORD, now=timezone.now())


@pytest.mark.parametrize("form", [{}, {"action": "delete"}, {"action": "role"}])
def test_a_torn_form_changes_nothing(at_desk: Client, form: dict[str, str]) -> None:
    user = make_account()
    assert at_desk.post(here(user), form).status_code in {400, 422}
    assert not AuditEntry.objects.exists()


def test_an_unknown_role_is_refused_at_its_field(at_desk: Client) -> None:
    user = make_account()
    answer = at_desk.post(here(user), {"action": "role", "role": "king"})
    assert answer.status_code == 422
    assert "가운데 하나를" in answer.content.decode()


def test_an_unknown_account_is_not_found(at_desk: Client) -> None:
    assert at_desk.get("/accounts/999999/").status_code == 404
    assert at_desk.get("/accounts/99999999999999999999999/").status_code == 404


def test_the_trail_shows_who_did_what_also_of_accounts_that_are_gone(
    at_desk: Client, admin: User
) -> None:
    record_audit(actor=admin, action="something-new", subject="<b>2반</b>", now=NOW)
    record_audit(actor=None, action="account-made", subject="haneul", now=NOW)
    page = at_desk.get("/accounts/?show=trail").content.decode()
    assert "something-new" in page
    assert "&lt;b&gt;2반" in page
    assert "2026년 3월 7일 08:59" in page
    assert "(지운 계정이나 서버 명령)" in page


def test_the_trail_takes_the_same_queries_however_long(
    at_desk: Client, admin: User, django_assert_num_queries: object
) -> None:
    for number in range(60):
        record_audit(actor=admin, action="role-changed", subject=f"pupil{number}", now=NOW)
    with django_assert_num_queries(4):  # type: ignore[operator]
        at_desk.get("/accounts/?show=trail")


def test_pages_of_accounts_are_kept_by_no_cache(at_desk: Client, admin: User) -> None:
    for path in ("/accounts/", here(admin)):
        assert "no-store" in at_desk.get(path)["Cache-Control"]
