"""A quiz on paper, as an instructor's browser prints it."""

import re
import subprocess
import sys

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import NewContext
from tests.e2e.course import settle
from tests.e2e.quiz_bank import EXAM, KINDS
from tests.e2e.test_accessibility import PHONE, WIDE, look
from tests.e2e.watch import Watch
from tests.starter.running import ROOT, RunningSite, site_environ

PASSWORD = "종이 시험지 한 장"
SHEET = f"/quizzes/{EXAM}/sheet/"
# A4 between the sheet's own margins, at 96 px an inch: 180 mm by 263 mm.
PRINTED: ViewportSize = {"width": 680, "height": 994}

pytestmark = pytest.mark.usefixtures("quizzes")


@pytest.fixture(scope="session")
def instructor(site: RunningSite) -> str:
    """The login name of an instructor."""
    subprocess.run(
        [
            *(sys.executable, "manage.py", "add_user", "e2e-paper", "--role", "instructor"),
            *("--display-name", "이강사", "--password-stdin"),
        ],
        cwd=ROOT,
        env=site_environ(site.data_dir),
        input=f"{PASSWORD}\n",
        encoding="utf-8",
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return "e2e-paper"


def open_sheet(page: Page, instructor: str) -> None:
    """Signed in on the way to the sheet."""
    page.goto(SHEET)
    page.get_by_label("로그인 이름").fill(instructor)
    page.get_by_label("비밀번호", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="로그인").click()
    page.wait_for_url(re.compile(r"/sheet/\?seed="))


def test_sheet_and_key_carry_the_same_number(page: Page, instructor: str) -> None:
    open_sheet(page, instructor)
    number = page.locator(".paper__facts strong").inner_text()
    expect(page.locator(".paper-item")).to_have_count(len(KINDS))
    page.get_by_role("link", name="정답지 보기").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("정답지")
    expect(page.locator(".paper__facts strong")).to_have_text(number)
    page.get_by_role("link", name="다른 문제지 만들기").click()
    expect(page.locator(".paper__facts strong")).not_to_have_text(number)
    page.get_by_label("문제지 번호로 열기").fill(number.lower())
    page.get_by_role("button", name="정답지", exact=True).click()
    expect(page.locator(".paper__facts strong")).to_have_text(number)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_paper_is_white_and_holds_nothing_to_press(page: Page, instructor: str) -> None:
    open_sheet(page, instructor)
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size(PRINTED)
    paper = page.locator(".paper")
    colors = "(node) => [getComputedStyle(node).backgroundColor, getComputedStyle(node).color]"
    assert paper.evaluate(colors) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    for gone in (".paper-tools", ".site-header", ".site-footer"):
        expect(page.locator(gone)).to_be_hidden()
    expect(paper.get_by_role("button")).to_have_count(0)
    expect(paper.get_by_role("link")).to_have_count(0)


def test_every_item_fits_on_a_page(page: Page, instructor: str) -> None:
    open_sheet(page, instructor)
    page.emulate_media(media="print")
    page.set_viewport_size(PRINTED)
    tall = page.locator(".paper-item").evaluate_all(
        "nodes => nodes.map((node) => [node.ariaLabel, node.getBoundingClientRect().height])"
    )
    assert [each for each in tall if each[1] > PRINTED["height"]] == []


def test_the_button_prints(page: Page, instructor: str) -> None:
    page.add_init_script("window.print = () => { window.printed = true; };")
    open_sheet(page, instructor)
    page.get_by_role("button", name="인쇄하기").click()
    assert page.evaluate("() => window.printed") is True
    expect(page.get_by_text("브라우저 메뉴의 인쇄")).to_be_hidden()


def test_without_scripts_it_says_where_browsers_print(
    new_context: NewContext, instructor: str
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    open_sheet(page, instructor)
    expect(page.get_by_text("브라우저 메뉴의 인쇄(Ctrl+P)로 인쇄합니다.")).to_be_visible()
    expect(page.get_by_role("button", name="인쇄하기")).to_have_count(0)


@pytest.mark.slow
def test_sheet_key_and_refusal_are_sound(page: Page, instructor: str, watch: Watch) -> None:
    watch.expect_status(404)
    open_sheet(page, instructor)
    for path in (page.url, f"{page.url}&key=1", f"{SHEET}?seed=482913-0000", f"{SHEET}?seed=x"):
        page.goto(path)
        settle(page)
        for theme in ("light", "dark"):
            for size in (WIDE, PHONE):
                look(page, theme, size)
                where = (path, theme, size)
                assert (where, violations(page)) == (where, [])
                scroll = page.evaluate("() => document.documentElement.scrollWidth")
                assert (where, scroll) == (where, size[0])
