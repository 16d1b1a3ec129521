"""With the keyboard alone: everything is reached, seen, opened, closed and left."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.course import FIRST, JSON_LESSON, RICH, lesson, open_lesson, settle

PAGES = ["/", "/progress/", f"/lessons/{FIRST}/progress/", lesson(RICH), lesson(JSON_LESSON)]
FOCUSABLE = """() => [...document.querySelectorAll(
  "a[href], button, input, summary, select, textarea, [tabindex]:not([tabindex='-1'])",
)].filter((node) => node.checkVisibility({ visibilityProperty: true }) && !node.disabled).length"""

# The look of what has the focus (or of what stands for it: the track of a switch), compared with
# its look when it has not.
MARKED = """async () => {
  const node = document.activeElement;
  const stands = node.matches("input") ? node.nextElementSibling ?? node : node;
  const look = () => {
    const style = getComputedStyle(stands);
    return [style.outlineStyle === "none" ? 0 : style.outlineWidth, style.outlineColor,
      style.boxShadow].join();
  };
  const width = parseFloat(getComputedStyle(stands).outlineWidth);
  const drawn = getComputedStyle(stands).outlineStyle !== "none" && width >= 2;
  const box = stands.getBoundingClientRect();
  const shown = box.width > 0 && box.height > 0;
  const focused = look();
  node.blur();
  const plain = look();
  node.focus({ preventScroll: true });
  return { name: `${node.tagName} ${node.className} ${node.textContent.trim().slice(0, 30)}`,
    marked: shown && drawn && focused !== plain };
}"""

TRACE = """() => {
  const node = document.activeElement;
  if (node === document.body) return null;
  window.known ??= new Map();
  if (!window.known.has(node)) window.known.set(node, window.known.size);
  return window.known.get(node);
}"""


def test_the_first_stop_leads_past_the_navigation(page: Page) -> None:
    open_lesson(page, RICH)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="본문으로 건너뛰기")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('main') !== null")


def test_the_link_past_the_navigation_is_out_of_sight_until_it_is_focused(page: Page) -> None:
    page.goto("/")
    expect(page.locator(".skip-link")).not_to_be_in_viewport()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_every_stop_is_visibly_marked(path: str, theme: str, page: Page) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.goto(path)
    settle(page)
    stops = page.evaluate(FOCUSABLE)
    unmarked = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        look = page.evaluate(MARKED)
        if not look["marked"]:
            unmarked.append(look["name"])
    assert unmarked == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_tab_passes_through_everything_and_out(path: str, width: int, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    settle(page)
    stops = page.evaluate(FOCUSABLE)
    visited: list[int] = []
    for _ in range(stops + 5):
        page.keyboard.press("Tab")
        stop = page.evaluate(TRACE)
        if stop is None or stop in visited:
            break
        visited.append(stop)
    else:
        raise AssertionError("Tab does not come round")
    assert len(visited) == stops


def test_nothing_that_has_the_focus_lies_under_the_header(page: Page) -> None:
    open_lesson(page, RICH)
    page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    page.locator(".neighbor").last.focus()
    hidden = []
    for _ in range(page.evaluate(FOCUSABLE)):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("() => document.activeElement.closest('main') === null"):
            break
        covered = page.evaluate(
            """() => {
              const node = document.activeElement;
              const seen = node.matches("input") ? node.parentElement : node;
              const box = seen.getBoundingClientRect();
              const header = document.querySelector(".site-header").getBoundingClientRect();
              return box.bottom <= header.bottom ? node.outerHTML.slice(0, 120) : "";
            }"""
        )
        if covered:
            hidden.append(covered)
    assert hidden == []


@pytest.mark.parametrize("slug", [RICH, JSON_LESSON])
def test_whatever_scrolls_sideways_can_be_scrolled_with_keys(slug: str, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    open_lesson(page, slug)
    regions = page.locator(".drawing__scroll, .code__scroll, .table-scroll")
    wide = [
        region
        for region in regions.all()
        if region.evaluate("(node) => node.scrollWidth > node.clientWidth + 1")
    ]
    assert wide
    for region in wide:
        expect(region).to_have_attribute("tabindex", "0")
        expect(region).to_have_role("region")
        assert region.get_attribute("aria-label")
    wide[0].focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")


def test_the_sheet_opens_and_closes_and_gives_the_focus_back(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    open_lesson(page, RICH)
    button = page.get_by_role("button", name="모든 레슨")
    sheet = page.locator("#course-nav")
    button.focus()
    page.keyboard.press("Enter")
    expect(sheet).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('#course-nav') !== null")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(sheet).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="닫기")).to_be_focused()
    page.keyboard.press("Enter")
    expect(sheet).to_be_hidden()
    expect(button).to_be_focused()


def test_the_switch_for_the_authors_text_works_with_space(page: Page) -> None:
    open_lesson(page, RICH)
    page.get_by_role("checkbox", name="원문만 보기").focus()
    page.keyboard.press("Space")
    expect(page.locator(".erratum-note:visible")).to_have_count(0)
    page.keyboard.press("Space")
    expect(page.locator(".erratum-note:visible")).not_to_have_count(0)


def test_a_correction_reached_with_tab_opens_with_enter(page: Page) -> None:
    open_lesson(page, RICH)
    page.get_by_role("checkbox", name="원문만 보기").focus()
    for _ in range(page.evaluate(FOCUSABLE)):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.matches('[aria-expanded=\"false\"]')"):
            break
    page.keyboard.press("Enter")
    focused = page.locator(".erratum-ref:focus")
    expect(focused).to_have_attribute("aria-expanded", "true")
    name = focused.get_attribute("aria-controls")
    expect(page.locator(f"#{name}")).to_be_visible()
