"""Zero axe violations: every page, light and dark, wide and narrow, with everything open."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import violations
from tests.e2e.course import (
    FIRST,
    RICH,
    SECOND,
    SLUGS,
    begin,
    lesson,
    mark_as_read,
    open_all_notes,
    open_lesson,
    settle,
)
from tests.e2e.watch import Watch

pytestmark = pytest.mark.slow
WIDE, PHONE = (1280, 900), (320, 640)


def look(page: Page, theme: str, size: tuple[int, int]) -> None:
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")


def everywhere(page: Page) -> dict[str, list[str]]:
    """Violations of the page as it stands, by theme and width; only what is not empty."""
    found = {}
    for theme in ("light", "dark"):
        for size in (WIDE, PHONE):
            look(page, theme, size)
            found[f"{theme}, {size[0]} px"] = violations(page)
    return {where: lines for where, lines in found.items() if lines}


def test_the_detector_finds_a_planted_violation(page: Page) -> None:
    page.goto("/")
    page.evaluate("() => document.querySelector('main').append(document.createElement('img'))")
    assert any(line.startswith("image-alt") for line in violations(page))


@pytest.mark.parametrize("slug", SLUGS)
def test_a_lesson_has_no_violations(slug: str, page: Page) -> None:
    open_lesson(page, slug)
    found = {}
    for theme, size in (("light", WIDE), ("dark", PHONE)):
        look(page, theme, size)
        found[f"{theme}, {size[0]} px"] = violations(page)
    open_everything(page)
    for theme, size in (("dark", WIDE), ("light", PHONE)):
        look(page, theme, size)
        found[f"{theme}, {size[0]} px, all open"] = violations(page)
    assert {where: lines for where, lines in found.items() if lines} == {}


def open_everything(page: Page) -> None:
    open_all_notes(page)
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => (one.open = true))")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_open_sheet_on_a_phone_has_no_violations(theme: str, page: Page) -> None:
    look(page, theme, PHONE)
    open_lesson(page, RICH)
    page.locator(".course-nav-button").click()
    expect(page.locator("#course-nav")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_authors_text_alone_has_no_violations(theme: str, page: Page) -> None:
    look(page, theme, WIDE)
    open_lesson(page, RICH)
    page.locator("[data-source-only]").check(force=True)
    assert violations(page) == []


def test_the_offer_to_resume_has_no_violations(page: Page) -> None:
    open_lesson(page, RICH)
    page.evaluate("() => (document.querySelector('[data-resume]').hidden = false)")
    assert everywhere(page) == {}


@pytest.mark.parametrize("path", ["/", "/progress/", f"/lessons/{FIRST}/progress/"])
def test_a_page_without_records_has_no_violations(path: str, page: Page) -> None:
    page.goto(path)
    settle(page)
    assert everywhere(page) == {}


@pytest.mark.parametrize("path", ["/", "/progress/", f"/lessons/{FIRST}/progress/", lesson(FIRST)])
def test_a_page_with_records_has_no_violations(path: str, page: Page) -> None:
    mark_as_read(page, FIRST)
    begin(page, SECOND)
    page.goto(path)
    settle(page)
    assert everywhere(page) == {}


def test_the_page_for_a_wrong_address_has_no_violations(page: Page, watch: Watch) -> None:
    watch.expect_status(404)
    page.goto("/nirgends/")
    settle(page)
    assert everywhere(page) == {}


def test_a_lesson_whose_scripts_do_not_arrive_has_no_violations(page: Page) -> None:
    # Not with scripts switched off: axe is a script too.
    page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(lesson(RICH))
    assert page.locator("html.js").count() == 0
    assert everywhere(page) == {}
