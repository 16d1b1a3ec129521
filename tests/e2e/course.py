"""The shipped course as the tests know it, and small moves that many of them make."""

import tomllib
from pathlib import Path

from playwright.sync_api import Page, expect

ROOT = Path(__file__).resolve().parents[2]
_UNITS = tomllib.loads((ROOT / "content" / "course.toml").read_text("utf-8"))["unit"]
SLUGS: list[str] = [slug for unit in _UNITS for slug in unit["lessons"]]
FIRST, SECOND, *_ = SLUGS
# Drawings, lists, a diagram and corrections of all severities, long enough to scroll.
RICH = "virtualization"
# Drawings made of characters, by lesson.
JSON_LESSON = "policies-and-roles"
DRAWINGS = {"virtualization": 5, "tenancy": 1, "cloudfront": 2, "organizations": 1}
ERRATA = tomllib.loads((ROOT / "content" / "errata.toml").read_text("utf-8"))["erratum"]


def lesson(slug: str) -> str:
    return f"/lessons/{slug}/"


def open_lesson(page: Page, slug: str, fragment: str = "") -> None:
    """The lesson with its fonts and its personal fragments in place."""
    page.goto(lesson(slug) + fragment)
    expect(page.locator("[data-lesson-progress] form")).to_be_attached()
    settle(page)


def settle(page: Page) -> None:
    """Fonts are loaded and htmx is quiet."""
    page.evaluate("document.fonts.ready.then(() => true)")
    expect(page.locator(".htmx-request, .htmx-settling, .htmx-swapping")).to_have_count(0)


def open_all_notes(page: Page) -> None:
    """Press every correction that is folded."""
    page.evaluate(
        """() => {
          for (const ref of document.querySelectorAll('.erratum-ref[aria-expanded="false"]')) {
            ref.click();
          }
        }"""
    )
    expect(page.locator(".erratum-note:visible")).to_have_count(
        page.locator(".erratum-note").count()
    )


def mark_as_read(page: Page, slug: str) -> None:
    """Open the lesson and press the button at its end."""
    open_lesson(page, slug)
    page.get_by_role("button", name="읽음으로 표시하기").click()
    expect(page.get_by_role("button", name="표시 지우기")).to_be_visible()


def begin(page: Page, slug: str) -> None:
    """Read on in a lesson and leave it: the place is remembered when the page goes."""
    open_lesson(page, slug)
    scroll_to(page, "document.querySelector('[data-lesson-text]').offsetHeight / 2")
    page.goto("/progress/")
    begun = page.locator(f'.map-lesson.is-begun a[href="{lesson(slug)}"]')
    for _ in range(20):  # what a page sends while it goes may arrive after the next page's request
        if begun.count():
            return
        page.reload()
    raise AssertionError(f"{slug}: the place was not remembered")


def scroll_to(page: Page, top: str) -> None:
    """Scroll to a height (a JavaScript expression) and let the page's listeners run."""
    page.evaluate(
        f"""() => new Promise((done) => {{
          scrollTo(0, {top});
          requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
        }})"""
    )
