"""The pages of accounts, classes and reports: no axe violations, nothing sticks out."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import violations
from tests.e2e.class_bank import ADMIN, GUEST, PASSWORD, PUPIL, QUIZ, TEACHER, Bank
from tests.e2e.classroom import CODE, fill, paste_roster, press
from tests.e2e.conftest import PageOf
from tests.e2e.course import FIRST, mark_as_read, settle
from tests.e2e.test_accessibility import PHONE, WIDE, look
from tests.e2e.test_layout import STICKING_OUT, WIDTHS, resize
from tests.e2e.watch import Watch

pytestmark = pytest.mark.slow
# A wide table scrolls in a frame of its own; the page does not.
_OUTSIDE_OF_FRAMES = STICKING_OUT.replace(".table-scroll,", ".table-scroll, .gb-scroll,")


def judged(page: Page) -> dict[str, list[str]]:
    """Violations in both themes, wide and narrow, and what sticks out at any width."""
    found = {}
    for theme, size in (("light", WIDE), ("dark", PHONE), ("dark", WIDE), ("light", PHONE)):
        look(page, theme, size)
        found[f"{theme}, {size[0]} px"] = violations(page)
    for width in WIDTHS:
        resize(page, width)
        found[f"sticks out at {width} px"] = page.evaluate(_OUTSIDE_OF_FRAMES)
        scroll = page.evaluate("() => document.documentElement.scrollWidth")
        found[f"scrolls at {width} px"] = [f"{scroll} px"] if scroll > width else []
    return {where: lines for where, lines in found.items() if lines}


ANYBODY = (
    *("/login/", "/signup/", "/reset/", "/privacy/", "/logout/", "/me/bar/", "/me/"),
    *("/classrooms/", "/join/", "/join/{join_code}/", "/join/{join_code}/return/"),
    *("/reports/", "/reports/new/", "/reports/new/?lesson={lesson}"),
)
LEARNERS = (
    *("/classrooms/", "{room}", "{exam}", "{reading}", "/me/", "/me/password/", "/me/delete/"),
    *("/reports/", "/join/{join_code}/return/", "/me/bar/", "/logout/"),
)
TEACHERS = (
    *("/classrooms/", "/classrooms/new/", "{room}", "{room}settings/", "{room}clone/"),
    *("{room}code/", "{room}people/", "{room}people/add/", "{room}gradebook/"),
    *("{room}assignments/new/", "{room}assignments/new/?kind=reading"),
    *("{exam}", "{exam}edit/", "{exam}extensions/", "{reading}", "{reading}edit/", "{attempt}"),
    *("{demo}", "{demo}people/", "{demo}gradebook/", "{demo}gradebook/?q=nobody"),
    *("/reports/", "/quizzes/{quiz}/", "/quizzes/{quiz}/sheet/", "/quizzes/{quiz}/sheet/?key=1"),
)
ADMINS = ("/classrooms/", "/accounts/", "/accounts/?show=trail", "/accounts/?q=nobody", "/reports/")


def address(path: str, bank: Bank) -> str:
    return path.format(**vars(bank), lesson=FIRST, quiz=QUIZ)


@pytest.mark.parametrize("path", ANYBODY)
def test_a_page_for_anybody_is_sound(path: str, bank: Bank, page: Page) -> None:
    page.goto(address(path, bank))
    settle(page)
    assert judged(page) == {}


@pytest.mark.parametrize(
    ("who", "path"),
    [
        *((PUPIL, path) for path in LEARNERS),
        *((TEACHER, path) for path in TEACHERS),
        *((ADMIN, path) for path in ADMINS),
    ],
)
def test_a_page_for_accounts_is_sound(who: str, path: str, bank: Bank, page_of: PageOf) -> None:
    page = page_of(who)
    page.goto(address(path, bank))
    settle(page)
    assert judged(page) == {}


def test_pages_of_one_person_are_sound(bank: Bank, page_of: PageOf) -> None:
    page = page_of(TEACHER)
    page.goto(f"{bank.room}people/")
    press(page, "김하늘")
    assert judged(page) == {}
    press(page, "재설정 코드 만들기")
    assert judged(page) == {}
    page.goto(f"{bank.demo}gradebook/")
    page.locator("td[data-state] a").first.click()
    assert judged(page) == {}


def test_the_pages_of_who_came_in_by_name_are_sound(bank: Bank, page: Page) -> None:
    page.goto(f"/join/{bank.join_code}/")
    fill(page, {"이름": "새이름"})
    press(page, "이름으로 들어가기")
    expect(page.locator(".secret")).to_have_text(CODE)
    assert judged(page) == {}
    press(page, "적었습니다, 반으로 가기")
    for path in (bank.room, "/me/", "/logout/", f"/reports/new/?lesson={FIRST}"):
        page.goto(path)
        settle(page)
        assert (path, judged(page)) == (path, {})


def test_whose_the_records_of_a_browser_are_is_asked_soundly(bank: Bank, page: Page) -> None:
    mark_as_read(page, FIRST)
    page.goto("/login/")
    fill(page, {"로그인 이름": PUPIL, "비밀번호": PASSWORD})
    page.get_by_role("main").get_by_role("button", name="로그인", exact=True).click()
    expect(page).to_have_url(re.compile(r"/me/move/"))
    settle(page)
    assert judged(page) == {}


def test_a_class_is_sound_when_it_is_new_cloned_and_put_away(bank: Bank, page_of: PageOf) -> None:
    page = page_of(TEACHER)
    page.goto(f"{bank.demo}clone/")
    fill(page, {"새 반 이름": "다음 학기"})
    press(page, "새 날짜 미리 보기")
    expect(page.get_by_role("button", name="이대로 새 반 만들기")).to_be_visible()
    assert judged(page) == {}
    press(page, "이대로 새 반 만들기")
    expect(page).to_have_url(re.compile(r"/classrooms/[0-9a-f-]{36}/$"))
    room = page.url
    for path in (room, f"{room}gradebook/", f"{room}people/"):
        page.goto(path)
        settle(page)
        assert (path, judged(page)) == (path, {})
    page.goto(f"{room}settings/")
    press(page, "이 반 보관하기")
    for path in (room, f"{room}settings/", f"{room}gradebook/", f"{room}code/", "/classrooms/"):
        page.goto(path)
        settle(page)
        assert (path, judged(page)) == (path, {})


def test_an_account_is_sound_to_its_administrator(bank: Bank, page_of: PageOf) -> None:
    page = page_of(ADMIN)
    page.goto("/accounts/")
    press(page, TEACHER)
    assert judged(page) == {}
    press(page, "재설정 코드 만들기")
    assert judged(page) == {}


def test_a_report_is_sound_from_both_sides(bank: Bank, page_of: PageOf) -> None:
    page = page_of(PUPIL)
    page.goto(f"/reports/new/?lesson={FIRST}")
    assert judged(page) == {}
    page.get_by_label("무엇이 틀렸나요?").fill("이 문장의 숫자가 다릅니다.")
    press(page, "신고 보내기")
    expect(page).to_have_url(re.compile(r"/reports/[0-9a-f-]{36}/"))
    assert judged(page) == {}
    report = page.url
    page = page_of(TEACHER)
    for path in ("/reports/", report):
        page.goto(path)
        settle(page)
        assert (path, judged(page)) == (path, {})


@pytest.mark.parametrize(
    ("path", "button"),
    [
        ("/login/", "로그인"),
        ("/signup/", "계정 만들기"),
        ("/reset/", "새 비밀번호로 로그인"),
        ("/join/", "다음"),
        ("/join/{join_code}/", "이름으로 들어가기"),
        ("/join/{join_code}/return/", "들어가기"),
        ("/reports/new/?lesson={lesson}", "신고 보내기"),
    ],
)
def test_what_is_said_to_an_empty_form_is_sound(
    path: str, button: str, bank: Bank, page: Page, watch: Watch
) -> None:
    watch.expect_status(422)
    page.goto(address(path, bank))
    page.evaluate("() => document.querySelectorAll('form').forEach((it) => (it.noValidate = true))")
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    assert judged(page) == {}


def test_forms_of_a_class_that_were_left_empty_are_sound(
    bank: Bank, page_of: PageOf, watch: Watch
) -> None:
    watch.expect_status(422)
    page = page_of(TEACHER)
    for path, button in (
        ("/classrooms/new/", "반 만들기"),
        ("{room}people/add/", "확인하기"),
        ("{room}assignments/new/", "과제 내기"),
        ("{exam}extensions/", "연장 저장"),
    ):
        page.goto(address(path, bank))
        press(page, button)
        expect(page.locator("[aria-invalid=true]").first).to_be_visible()
        assert (path, judged(page)) == (path, {})


def test_preview_and_cards_are_sound(bank: Bank, page_of: PageOf) -> None:
    page = page_of(TEACHER)
    paste_roster(page, bank.room)
    assert judged(page) == {}
    page.goto(f"{bank.room}people/")
    page.get_by_role("checkbox", name=GUEST).check()
    press(page, "고른 학습자의 새 카드 만들기")
    expect(page.locator(".entry-card")).to_have_count(1)
    assert judged(page) == {}
