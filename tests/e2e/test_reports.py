"""오류 신고 from a lesson: words selected with mouse, keyboard or finger, and without scripts."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import NewContext
from tests.e2e.course import open_lesson, settle
from tests.e2e.watch import Watch

LESSON = "sg-vs-nacl"
FIRST = "보안 그룹과 네트워크 ACL 둘 다"
# A selection from the beginning of one element to a letter of another.
SELECT = """([from, to, letter]) => {
  const first = (selector) =>
    document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT).nextNode();
  const range = document.createRange();
  range.setStart(first(from), 0);
  range.setEnd(first(to), letter);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def pick(page: Page) -> Locator:
    return page.locator(".report-pick")


def drag_over_first_words(page: Page) -> None:
    box = page.locator(".prose p .asked").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 1, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 215, box["y"] + 8, steps=5)
    page.mouse.up()


def select(page: Page, start: str, end: str, letter: int) -> None:
    page.evaluate(SELECT, [start, end, letter])
    expect(pick(page)).to_be_visible()


def test_selected_words_are_a_tab_away_from_the_form(page: Page) -> None:
    open_lesson(page, LESSON)
    height = page.evaluate("document.documentElement.scrollHeight")
    drag_over_first_words(page)
    expect(pick(page)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight") == height
    assert violations(page) == []
    page.keyboard.press("Tab")
    expect(pick(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/reports/new/\?lesson="))
    expect(page.get_by_label("틀린 문장")).to_have_value(FIRST)
    expect(page.locator("#quote-note")).to_have_count(0)
    settle(page)
    assert violations(page) == []
    page.get_by_label("무엇이 틀렸나요?").fill("두 가지가 하는 일이 다릅니다.")
    page.get_by_role("button", name="신고 보내기").click()
    expect(page.locator("mark")).to_have_text(FIRST)
    settle(page)
    assert violations(page) == []


def test_numbers_of_corrections_are_no_part_of_a_quote(page: Page) -> None:
    open_lesson(page, LESSON)
    row = ".prose tbody tr:nth-child(1)"
    select(page, f"{row} td:nth-child(2)", f"{row} td:nth-child(3)", 3)
    pick(page).click()
    expect(page.get_by_label("틀린 문장")).to_have_value("인스턴스(Instance) 단위 서브넷")
    expect(page.locator("#quote-note")).to_have_count(0)


def test_the_heading_above_is_known_and_a_quote_ends_at_the_next_one(page: Page) -> None:
    open_lesson(page, "virtualization")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('[data-lesson-text]'))")
    expect(pick(page)).to_be_visible()
    pick(page).evaluate("link => link.click()")
    expect(page.locator("#quote-note")).to_have_count(0)
    page.go_back()
    heading = page.locator(".prose h2[id]").nth(1)
    name = heading.get_attribute("id")
    heading.evaluate("one => getSelection().selectAllChildren(one)")
    expect(pick(page)).to_be_visible()
    pick(page).click()
    expect(page.get_by_label("어느 부분인가요?")).to_have_value(name or "")


@pytest.mark.parametrize("place", [".lesson__title", ".erratum-note__text", ".site-footer p"])
def test_what_is_no_text_of_the_lesson_is_not_offered(place: str, page: Page) -> None:
    open_lesson(page, LESSON)
    drag_over_first_words(page)
    expect(pick(page)).to_be_visible()
    page.evaluate(f"getSelection().selectAllChildren(document.querySelector('{place}'))")
    expect(pick(page)).to_be_hidden()


def test_escape_puts_it_away(page: Page) -> None:
    open_lesson(page, LESSON)
    drag_over_first_words(page)
    expect(pick(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(pick(page)).to_be_hidden()
    assert page.evaluate("getSelection().isCollapsed")


def test_a_finger_reaches_it_on_a_phone(new_context: NewContext) -> None:
    page = new_context(has_touch=True, is_mobile=True).new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    open_lesson(page, LESSON)
    select(page, ".prose p .asked", ".prose p .asked", 20)
    box = pick(page).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert box["height"] >= 40
    pick(page).tap()
    expect(page.get_by_label("틀린 문장")).not_to_have_value("")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_scripts_the_sentence_is_pasted(new_context: NewContext, watch: Watch) -> None:
    watch.expect_status(422)
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"/lessons/{LESSON}/")
    page.get_by_role("link", name="오류 신고").click()
    page.get_by_label("틀린 문장").fill("없는 문장을 적었습니다.")
    page.get_by_label("무엇이 틀렸나요?").fill("그림과 글이 서로 다릅니다.")
    page.get_by_role("button", name="신고 보내기").click()
    expect(page.locator("#quote-error")).to_be_visible()
    expect(page.get_by_label("무엇이 틀렸나요?")).to_have_value("그림과 글이 서로 다릅니다.")
    page.get_by_label("적은 그대로 보내기").check()
    page.get_by_role("button", name="신고 보내기").click()
    expect(page.get_by_text("그림과 글이 서로 다릅니다.")).to_be_visible()
    page.goto("/reports/")
    expect(page.locator(".report-row")).to_have_count(1)
