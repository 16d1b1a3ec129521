"""Without JavaScript: everything can be read, marked and reached."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewContext
from tests.e2e.course import ERRATA, FIRST, RICH, SLUGS, lesson


@pytest.fixture
def page(new_context: NewContext) -> Page:
    return new_context(java_script_enabled=False).new_page()


@pytest.mark.parametrize("slug", SLUGS)
def test_a_lesson_is_whole(slug: str, page: Page) -> None:
    page.goto(lesson(slug))
    expect(page.locator("h1")).to_be_visible()
    corrections = sum(erratum["lesson"] == slug for erratum in ERRATA)
    expect(page.locator(".erratum-note:visible")).to_have_count(corrections)
    expect(page.locator(".errata__item:visible")).to_have_count(corrections)
    blocks = page.locator("[data-lesson-text] > .prose > *")
    assert blocks.count() >= 3
    expect(blocks.locator("visible=false")).to_have_count(0)


def test_a_correction_leads_to_its_note_and_the_list_to_its_sentence(page: Page) -> None:
    page.goto(lesson(RICH))
    ref = page.locator(".erratum-ref").first
    target = (ref.get_attribute("href") or "").removeprefix("#")
    ref.click()
    expect(page).to_have_url(re.compile(rf"#{target}$"))
    expect(page.locator(f"#{target}")).to_be_in_viewport()
    page.locator(".errata__item").first.get_by_role("link").first.click()
    expect(ref).to_be_in_viewport()


def test_a_lesson_is_marked_and_unmarked_with_whole_pages(page: Page) -> None:
    page.goto(lesson(FIRST))
    page.get_by_role("link", name="읽음으로 표시하기").click()
    expect(page).to_have_url(re.compile(rf"{lesson(FIRST)}progress/$"))
    page.get_by_role("button", name="읽음으로 표시하기").click()
    expect(page).to_have_url(re.compile(rf"{lesson(FIRST)}progress/$"))
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_text("읽었습니다.")).to_be_visible()
    page.goto("/progress/")
    expect(page.locator(".map-lesson.is-read")).to_have_count(1)
    expect(page.get_by_text(f"{len(SLUGS)}칸 중 1칸을 올랐습니다.")).to_be_visible()
    page.goto(f"{lesson(FIRST)}progress/")
    page.get_by_role("button", name="표시 지우기").click()
    expect(page.get_by_role("button", name="읽음으로 표시하기")).to_be_visible()
    page.goto("/progress/")
    expect(page.locator(".map-lesson.is-read")).to_have_count(0)


def test_the_way_from_the_page_of_a_mark_leads_on(page: Page) -> None:
    page.goto(f"{lesson(FIRST)}progress/")
    page.get_by_role("link", name="레슨으로 돌아가기").click()
    expect(page).to_have_url(re.compile(rf"{lesson(FIRST)}$"))
    page.goto(f"{lesson(FIRST)}progress/")
    page.get_by_role("link", name="다음 레슨").click()
    expect(page).to_have_url(re.compile(rf"{lesson(SLUGS[1])}$"))


def test_the_tree_opens_as_a_sheet_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(lesson(FIRST))
    sheet = page.locator("#course-nav")
    expect(sheet).to_be_hidden()
    page.get_by_role("button", name="모든 레슨").click()
    expect(sheet).to_be_visible()
    expect(sheet.locator("a[aria-current=page]")).to_be_visible()
    page.get_by_role("button", name="닫기").click()
    expect(sheet).to_be_hidden()
    page.get_by_role("button", name="모든 레슨").click()
    sheet.get_by_role("link").nth(2).click()
    expect(page).to_have_url(re.compile(rf"{lesson(SLUGS[2])}$"))


def test_every_lesson_is_reached_by_following_the_next_one(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="시작하기").click()
    for slug in SLUGS[1:]:
        page.get_by_role("link", name="다음 레슨").click()
        expect(page).to_have_url(re.compile(rf"{lesson(slug)}$"))
    expect(page.get_by_text("마지막 레슨입니다")).to_be_visible()


def test_what_only_a_script_could_do_is_not_offered(page: Page) -> None:
    page.goto(lesson(RICH))
    expect(page.locator("[data-theme-switch], .copy-button, [data-resume]")).not_to_have_count(0)
    shown = page.locator("[data-theme-switch], .copy-button, [data-resume]")
    expect(shown.locator("visible=true")).to_have_count(0)
