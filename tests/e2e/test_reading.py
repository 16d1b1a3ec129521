"""A learner reads: marks, the place remembered, the table of contents, copying, the theme."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import NewContext
from tests.e2e.course import (
    FIRST,
    JSON_LESSON,
    RICH,
    SECOND,
    SLUGS,
    begin,
    lesson,
    mark_as_read,
    open_lesson,
    scroll_to,
    settle,
)


def in_tree(page: Page, slug: str) -> Locator:
    return page.locator("#course-nav .tree__lesson", has=page.locator(f'a[href="{lesson(slug)}"]'))


def test_from_the_first_page_to_the_first_lesson_read(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="시작하기").click()
    expect(page).to_have_url(re.compile(rf"{lesson(FIRST)}$"))
    expect(in_tree(page, FIRST).get_by_text("읽음")).to_have_count(0)
    page.evaluate("() => (window.loadedOnce = true)")
    page.get_by_role("button", name="읽음으로 표시하기").click()
    expect(page.get_by_role("status")).to_contain_text("읽었습니다")
    expect(in_tree(page, FIRST).get_by_text("읽음")).to_have_count(1)
    assert page.evaluate("() => window.loadedOnce"), "the page was loaded anew"
    page.get_by_role("link", name="구름사다리").first.click()
    expect(page.get_by_text(f"{len(SLUGS)}칸 중 1칸을 올랐습니다.")).to_be_visible()
    expect(page.locator(".ladder__rung")).to_have_count(len(SLUGS))
    expect(page.locator(".ladder__rung.is-read")).to_have_count(1)
    expect(page.get_by_role("link", name="이어서 읽기")).to_have_attribute("href", lesson(SECOND))


def test_a_mark_can_be_taken_back(page: Page) -> None:
    mark_as_read(page, FIRST)
    expect(in_tree(page, FIRST).get_by_text("읽음")).to_have_count(1)
    page.get_by_role("button", name="표시 지우기").click()
    expect(page.get_by_role("button", name="읽음으로 표시하기")).to_be_visible()
    expect(in_tree(page, FIRST).get_by_text("읽음")).to_have_count(0)
    page.goto("/progress/")
    expect(page.get_by_text(f"{len(SLUGS)}칸 중 0칸을 올랐습니다.")).to_be_visible()


def test_a_mark_is_still_there_when_the_lesson_is_opened_again(page: Page) -> None:
    mark_as_read(page, FIRST)
    open_lesson(page, FIRST)
    expect(page.get_by_role("button", name="표시 지우기")).to_be_visible()
    expect(in_tree(page, FIRST).get_by_text("읽음")).to_have_count(1)


def test_the_focus_stays_at_the_mark_when_it_is_set(page: Page) -> None:
    open_lesson(page, FIRST)
    button = page.get_by_role("button", name="읽음으로 표시하기")
    button.focus()
    button.press("Enter")
    expect(page.get_by_role("button", name="표시 지우기")).to_be_visible()
    settle(page)
    assert page.evaluate("() => document.activeElement.closest('[data-lesson-progress]') !== null")


def test_the_place_is_remembered_when_the_reader_stays_there(page: Page) -> None:
    page.clock.install()
    open_lesson(page, RICH)
    scroll_to(page, "document.querySelector('[data-lesson-text]').offsetHeight / 2")
    with page.expect_response(f"**{lesson(RICH)}position/") as answer:
        page.clock.fast_forward(5_000)
    assert answer.value.status == 204


def test_someone_who_only_scrolls_past_is_not_yet_reading(page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.clock.install()
    open_lesson(page, RICH)
    for part in (4, 3, 2):
        scroll_to(page, f"document.querySelector('[data-lesson-text]').offsetHeight / {part}")
        page.clock.fast_forward(1_000)
    assert [url for url in sent if url.endswith("position/")] == []


def test_the_reader_is_brought_back_to_the_place(page: Page) -> None:
    page.goto("/")  # so that there is something to come from
    open_lesson(page, RICH)
    place = "document.querySelector('[data-lesson-text]').offsetHeight / 2"
    scroll_to(page, place)
    left_at = page.evaluate("() => scrollY")
    begin(page, RICH)
    open_lesson(page, RICH)
    expect(page.locator("[data-resume]")).to_be_visible()
    expect(page.locator("[data-resume-text]")).to_contain_text("읽던 곳으로")
    page.locator("[data-resume-go]").click()
    expect(page.locator("[data-resume]")).to_be_hidden()
    page.wait_for_function("() => scrollY > 0")
    # To the start of the block that was being read, not to the pixel.
    assert abs(page.evaluate("() => scrollY") - left_at) < 700


def test_the_offer_can_be_declined(page: Page) -> None:
    begin(page, RICH)
    open_lesson(page, RICH)
    page.locator("[data-resume-close]").click()
    expect(page.locator("[data-resume]")).to_be_hidden()
    assert page.evaluate("() => scrollY") == 0


def test_going_on_leads_to_the_unfinished_lesson(page: Page) -> None:
    mark_as_read(page, FIRST)
    begin(page, RICH)
    page.goto("/")
    link = page.get_by_role("link", name="이어서 읽기")
    expect(link).to_have_attribute("href", re.compile(rf"^{lesson(RICH)}"))
    link.click()
    expect(page).to_have_url(re.compile(lesson(RICH)))


def test_two_browsers_see_nothing_of_each_other(new_context: NewContext) -> None:
    one, other = new_context().new_page(), new_context().new_page()
    mark_as_read(one, FIRST)
    for path in ("/", "/progress/"):
        other.goto(path)
        settle(other)
        expect(other.locator(".is-read, .is-begun")).to_have_count(0)
    open_lesson(other, FIRST)
    expect(other.get_by_role("button", name="읽음으로 표시하기")).to_be_visible()
    one.goto("/progress/")
    expect(one.locator(".map-lesson.is-read")).to_have_count(1)


def test_the_table_of_contents_follows_the_text(page: Page) -> None:
    open_lesson(page, RICH)
    links = page.locator("aside.toc [data-toc] a")
    current = page.locator('aside.toc a[aria-current="location"]')
    expect(current).to_have_count(0)
    for number in (0, links.count() // 2, links.count() - 2):
        name = (links.nth(number).get_attribute("href") or "").removeprefix("#")
        scroll_to(page, f"document.getElementById('{name}').offsetTop")
        expect(current).to_have_count(1)
        expect(current).to_have_attribute("href", f"#{name}")


def test_an_entry_of_the_table_of_contents_leads_below_the_header(page: Page) -> None:
    open_lesson(page, RICH)
    link = page.locator("aside.toc [data-toc] a").nth(3)
    name = (link.get_attribute("href") or "").removeprefix("#")
    link.click()
    page.wait_for_function("() => scrollY > 0")
    top = page.evaluate("(name) => document.getElementById(name).getBoundingClientRect().top", name)
    header = page.evaluate("() => document.querySelector('.site-header').offsetHeight")
    assert header <= top < header + 60


CLIPBOARDS = {
    "clipboard": "",
    # What plain http leaves of the interface.
    "no clipboard": "delete Navigator.prototype.clipboard",
}


@pytest.mark.parametrize("kind", CLIPBOARDS)
def test_code_is_copied_exactly(kind: str, new_context: NewContext) -> None:
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.add_init_script(CLIPBOARDS[kind])
    open_lesson(page, JSON_LESSON)
    assert page.evaluate("() => 'clipboard' in navigator") == (kind == "clipboard")
    figure = page.locator('figure.code[data-language="json"]').first
    figure.get_by_role("button", name="복사").click()
    expect(figure.get_by_role("button")).to_have_text("복사했습니다")
    reader = context.new_page()
    reader.goto("/")
    copied = reader.evaluate("() => navigator.clipboard.readText()")
    assert copied == figure.locator("code").evaluate("(code) => code.textContent")
    assert copied.lstrip().startswith("{")


def test_the_theme_is_switched_and_kept(page: Page) -> None:
    # What the page looks like when its document is there, before anything is painted over.
    page.add_init_script(
        """addEventListener("DOMContentLoaded", () => {
          window.themeAtFirst = document.documentElement.dataset.theme ?? "";
        });"""
    )
    page.emulate_media(color_scheme="light")
    page.goto("/")
    button = page.locator("[data-theme-switch]")
    papers = []
    for label, theme in (("밝게", "light"), ("어둡게", "dark"), ("기기 설정", "")):
        button.click()
        expect(button).to_have_accessible_name(f"화면 밝기: {label}")
        papers.append(page.evaluate("() => getComputedStyle(document.body).backgroundColor"))
        page.reload()
        assert page.evaluate("() => window.themeAtFirst") == theme
        expect(button).to_have_accessible_name(f"화면 밝기: {label}")
        assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == papers[-1]
    assert papers[0] == papers[2] != papers[1]


def test_the_device_decides_where_no_theme_was_chosen(page: Page) -> None:
    papers = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.goto("/")
        papers.append(page.evaluate("() => getComputedStyle(document.body).backgroundColor"))
    assert papers[0] != papers[1]
