"""The red pen: notes on demand, the author's text alone, the list at the end, print."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import NewContext
from tests.e2e.course import ERRATA, RICH, SLUGS, lesson, open_lesson


def of_severity(slug: str, *severities: str) -> list[str]:
    return [e["id"] for e in ERRATA if e["lesson"] == slug and e["severity"] in severities]


HIGH = of_severity(RICH, "high")
FOLDED = of_severity(RICH, "medium", "low")


def ref(page: Page, name: str) -> Locator:
    return page.locator(f"#ref-{name}")


def note(page: Page, name: str) -> Locator:
    return page.locator(f"#note-{name}")


def in_view(target: Locator) -> bool:
    inside: bool = target.evaluate(
        """(node) => {
          const box = node.getBoundingClientRect();
          const header = document.querySelector(".site-header").offsetHeight;
          return box.height > 0 && box.top >= header && box.bottom <= innerHeight;
        }"""
    )
    return inside


@pytest.mark.parametrize("slug", SLUGS)
def test_severe_notes_are_open_and_the_others_folded(slug: str, page: Page) -> None:
    open_lesson(page, slug)
    expect(page.locator(".erratum-note")).to_have_count(
        len(of_severity(slug, "high", "medium", "low"))
    )
    for name in of_severity(slug, "high"):
        expect(note(page, name)).to_be_visible()
        expect(ref(page, name)).to_have_attribute("aria-expanded", "true")
    for name in of_severity(slug, "medium", "low"):
        expect(note(page, name)).to_be_hidden()
        expect(ref(page, name)).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("way", ["click", "Enter", "Space"])
@pytest.mark.parametrize("name", [HIGH[0], FOLDED[0]])
def test_a_note_opens_and_closes(name: str, way: str, page: Page) -> None:
    open_lesson(page, RICH)
    before = page.url
    for _ in range(2):
        shown = note(page, name).is_visible()
        if way == "click":
            ref(page, name).click()
        else:
            ref(page, name).press(way)
        expect(note(page, name)).to_be_visible(visible=not shown)
        expect(ref(page, name)).to_have_attribute("aria-expanded", "false" if shown else "true")
    assert page.url == before


def overlays(page: Page) -> Locator:
    return page.locator(".erratum-ref:visible, .erratum-note:visible, .errata:visible")


def underlined(page: Page) -> int:
    count: int = page.locator(".erratum").evaluate_all(
        "(all) => all.filter((one) => getComputedStyle(one).textDecorationLine !== 'none').length"
    )
    return count


@pytest.mark.parametrize("scripts", [True, False])
def test_the_authors_text_alone(scripts: bool, new_context: NewContext) -> None:
    page = new_context(java_script_enabled=scripts).new_page()
    page.goto(lesson(RICH))
    switch = page.get_by_role("checkbox", name="원문만 보기")
    expect(overlays(page).first).to_be_visible()
    page.get_by_text("원문만 보기").click()
    expect(switch).to_be_checked()
    expect(overlays(page)).to_have_count(0)
    assert underlined(page) == 0
    page.get_by_text("원문만 보기").click()
    expect(overlays(page).first).to_be_visible()
    assert underlined(page) == page.locator(".erratum").count() > 0


def test_the_list_at_the_end_quotes_every_sentence_and_leads_to_it(page: Page) -> None:
    open_lesson(page, RICH)
    items = page.locator(".errata__item")
    expect(items).to_have_count(len(HIGH + FOLDED))
    for quote in items.locator("q").all_inner_texts():
        assert quote.strip()
    for number in (0, items.count() - 1):
        link = items.nth(number).get_by_role("link").first
        name = (link.get_attribute("href") or "").removeprefix("#ref-")
        link.click()
        expect(note(page, name)).to_be_visible()
        page.wait_for_function(
            "(node) => Math.abs(node.getBoundingClientRect().top) < innerHeight",
            arg=ref(page, name).element_handle(),
        )
        assert in_view(ref(page, name))


def test_a_list_entry_works_twice(page: Page) -> None:
    open_lesson(page, RICH)
    link = page.locator(".errata__item").first.get_by_role("link").first
    name = (link.get_attribute("href") or "").removeprefix("#ref-")
    for _ in range(2):  # the second time the address does not change any more
        link.click()
        page.wait_for_function("() => scrollY < document.body.scrollHeight / 2")
        assert in_view(ref(page, name))


@pytest.mark.parametrize("name", [HIGH[-1], FOLDED[-1]])
def test_an_address_of_a_note_opens_it(name: str, page: Page) -> None:
    open_lesson(page, RICH, f"#note-{name}")
    expect(note(page, name)).to_be_visible()
    expect(ref(page, name)).to_have_attribute("aria-expanded", "true")
    assert in_view(note(page, name))


def test_an_address_of_a_note_shows_it_though_the_text_stood_alone(page: Page) -> None:
    open_lesson(page, RICH)
    page.get_by_text("원문만 보기").click()
    page.evaluate("(name) => (location.hash = `note-${name}`)", FOLDED[0])
    expect(note(page, FOLDED[0])).to_be_visible()
    expect(page.get_by_role("checkbox", name="원문만 보기")).not_to_be_checked()


CHROME = (
    ".site-header, .site-footer, .skip-link, .course-nav, .course-nav-button, aside.toc, "
    ".toc-inline, .source-switch, .lesson-end, .copy-button, .neighbors"
)


@pytest.mark.parametrize("width", [320, 1280])
def test_print_shows_all_notes_and_nothing_to_press(width: int, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_lesson(page, RICH)
    page.emulate_media(media="print")
    expect(page.locator(".erratum-note:visible")).to_have_count(len(HIGH + FOLDED))
    expect(page.locator(CHROME).locator("visible=true")).to_have_count(0)
    expect(page.locator("h1")).to_be_visible()


def test_a_dark_page_prints_dark_on_white(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    open_lesson(page, RICH)
    page.evaluate("() => (document.documentElement.dataset.theme = 'dark')")
    page.emulate_media(media="print")
    ink = page.locator(".prose > p").first.evaluate(
        """(node) => {
          const canvas = document.createElement("canvas").getContext("2d");
          canvas.fillStyle = getComputedStyle(node).color;
          canvas.fillRect(0, 0, 1, 1);
          return Math.max(...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3));
        }"""
    )
    assert ink < 100


def test_a_lesson_prints_to_pages(page: Page) -> None:
    open_lesson(page, RICH)
    with_notes = page.pdf()
    assert with_notes.startswith(b"%PDF-")
    assert with_notes.count(b"/Type /Page\n") >= 3
