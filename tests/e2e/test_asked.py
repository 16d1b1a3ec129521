"""이 문장에 대한 문제: the list in a lesson, the way to the sentence and to the quiz."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import NewContext
from tests.e2e.course import open_lesson

LESSON = "sg-vs-nacl"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_row_lights_up_its_sentence(theme: str, page: Page) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.set_viewport_size({"width": 320, "height": 640})
    open_lesson(page, LESSON)
    parts = page.locator(".asked-list")
    expect(parts).to_have_count(2)
    for number in range(2):
        parts.nth(number).locator("summary").press("Enter")
    row = parts.nth(1).locator("li").first
    quote = row.locator("a").first.inner_text()
    row.locator("a").first.press("Enter")
    lit = page.locator(".asked:target")
    expect(lit).to_have_text(quote)
    expect(lit).to_be_in_viewport()
    assert lit.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []


def test_without_scripts_the_list_opens_and_leads_to_the_quiz(new_context: NewContext) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"/lessons/{LESSON}/")
    page.locator(".asked-list summary").first.click()
    page.locator(".asked-list__quiz").first.click()
    expect(page).to_have_url("/quizzes/sg-vs-nacl/")


def test_the_authors_text_alone_has_no_list(page: Page) -> None:
    open_lesson(page, LESSON)
    page.locator("label.source-switch").click()
    expect(page.locator(".asked-list").first).to_be_hidden()
