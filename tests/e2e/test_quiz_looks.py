"""The pages of quizzes: no axe violations, nothing sticks out, all of it on paper."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import NewContext
from tests.e2e.course import settle
from tests.e2e.quiz import answer, pick, saved, start, start_practice, submit, visit
from tests.e2e.quiz_bank import EXAM, KINDS, POSITIONS, PRACTICE
from tests.e2e.test_accessibility import PHONE, WIDE, look
from tests.e2e.test_layout import STICKING_OUT, WIDTHS, resize
from tests.e2e.watch import Watch

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("quizzes")]


def judged(page: Page) -> dict[str, list[str]]:
    """Violations in both themes, wide and narrow, and what sticks out at any width."""
    found = {}
    for theme, size in (("light", WIDE), ("dark", PHONE), ("dark", WIDE), ("light", PHONE)):
        look(page, theme, size)
        found[f"{theme}, {size[0]} px"] = violations(page)
    for width in WIDTHS:
        resize(page, width)
        found[f"sticks out at {width} px"] = page.evaluate(STICKING_OUT)
        scroll = page.evaluate("() => document.documentElement.scrollWidth")
        found[f"scrolls at {width} px"] = [f"{scroll} px"] if scroll > width else []
    return {where: lines for where, lines in found.items() if lines}


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_and_its_review_are_sound(kind: str, page: Page) -> None:
    start_practice(page, kind)
    assert judged(page) == {}
    answer(page, kind)
    expect(saved(page)).to_be_visible()
    look(page, "dark", PHONE)
    assert violations(page) == []
    page.get_by_role("button", name="확인하기").click()
    expect(page.locator("#result")).to_be_visible()
    settle(page)
    assert judged(page) == {}


def test_the_catalogue_covers_summary_and_result_are_sound(page: Page) -> None:
    page.goto("/quizzes/")
    settle(page)
    assert judged(page) == {}
    attempt = start(page, PRACTICE)
    for kind in ("single", "matching", "ordering", "categorize", "essay"):
        visit(page, attempt, kind)
        answer(page, kind)
        expect(saved(page)).to_be_visible()
    page.get_by_role("button", name="나중에 다시 보기").click()
    for path in (f"{attempt}summary/", "/quizzes/", f"/quizzes/{PRACTICE}/"):
        page.goto(path)
        settle(page)
        assert (path, judged(page)) == (path, {})
    submit(page, attempt)
    settle(page)
    assert judged(page) == {}
    page.goto(f"/quizzes/{PRACTICE}/")
    assert judged(page) == {}


def test_two_answers_side_by_side_are_sound(new_context: NewContext) -> None:
    context = new_context()
    first, second = context.new_page(), context.new_page()
    start(first, EXAM)
    second.goto(first.url)
    pick(first, "응답은 언제나 막습니다.")
    expect(saved(first)).to_be_visible()
    pick(second, "요청을 허용했으므로 규칙을 보지 않고 내보냅니다.")
    expect(second.locator("[data-conflict]")).to_be_visible()
    assert judged(second) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_two_answers_on_a_page_without_scripts_stay_apart(
    kind: str, new_context: NewContext, watch: Watch
) -> None:
    watch.expect_status(409)
    context = new_context(java_script_enabled=False)
    first, second = context.new_page(), context.new_page()
    attempt = start(first, EXAM)
    address = f"{attempt}{POSITIONS[kind]}/"
    first.goto(address)
    second.goto(address)
    answer(first, kind)
    first.locator(".item__save").click()
    expect(saved(first)).to_be_visible()
    second.locator(".item__save").click()
    ids = second.locator("main [id]").evaluate_all("nodes => nodes.map((node) => node.id)")
    assert len(ids) == len(set(ids))
    expect(second.get_by_role("group", name="저장된 답")).to_be_visible()


def test_a_result_is_whole_on_paper(page: Page) -> None:
    attempt = start(page, EXAM)
    answer(page, "single")
    expect(saved(page)).to_be_visible()
    submit(page, attempt)
    page.emulate_media(media="print")
    expect(page.locator(".score__points")).to_be_visible()
    expect(page.locator(".explanation").first).to_be_visible()
    expect(page.locator(".site-header")).to_be_hidden()
    expect(page.locator(".review__jump")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_that_has_the_focus_lies_under_the_bar(width: int, page: Page) -> None:
    start_practice(page, "single")
    resize(page, width)
    page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    page.locator(".attempt__tools button").last.focus()
    hidden = []
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        covered = page.evaluate(
            """() => {
              const node = document.activeElement;
              const bar = document.querySelector(".attempt-bar");
              if (!node.closest(".attempt__columns")) return null;
              const box = (node.closest("label") ?? node).getBoundingClientRect();
              const low = bar.getBoundingClientRect().bottom;
              return box.bottom <= low + 1 ? node.outerHTML.slice(0, 120) : "";
            }"""
        )
        if covered is None:
            break
        if covered:
            hidden.append(covered)
    assert hidden == []
