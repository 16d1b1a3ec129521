"""What a person sees when something is wrong: a wrong address, a server that is gone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.course import FIRST, RICH, lesson, scroll_to
from tests.e2e.watch import Watch
from tests.starter.running import RunningSite

GONE = "net::ERR_CONNECTION_REFUSED"


def test_a_wrong_address_gets_a_page_that_leads_on(page: Page, watch: Watch) -> None:
    watch.expect_status(404)
    answer = page.goto("/nirgends/")
    assert answer
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("그런 페이지가 없습니다")
    expect(page.get_by_text("/nirgends/")).to_be_visible()
    ways = page.get_by_role("main").get_by_role("link")
    targets = [link.get_attribute("href") or "" for link in ways.all()]
    assert targets
    for target in targets:
        page.goto("/nirgends/")
        page.get_by_role("main").locator(f'a[href="{target}"]').click()
        expect(page).to_have_url(re.compile(rf"{re.escape(target)}$"))
        expect(page.get_by_role("heading", level=1)).not_to_have_text("그런 페이지가 없습니다")


def test_a_lesson_that_does_not_exist_gets_the_same_page(page: Page, watch: Watch) -> None:
    watch.expect_status(404)
    page.goto(lesson("keine"))
    expect(page.get_by_role("heading", level=1)).to_have_text("그런 페이지가 없습니다")


def test_a_wrong_address_is_shown_as_text(page: Page, watch: Watch) -> None:
    watch.expect_status(404)
    page.goto("/<img src=x onerror=alert(1)>/")
    expect(page.locator("main img")).to_have_count(0)
    expect(page.get_by_role("main")).to_contain_text("onerror=alert(1)")


def test_a_forged_mark_is_refused_with_a_page(page: Page, watch: Watch) -> None:
    watch.expect_status(403)
    page.goto(f"{lesson(FIRST)}progress/")
    page.locator("input[name=csrfmiddlewaretoken]").first.evaluate(
        "(field) => { field.value = 'x'.repeat(64); field.form.removeAttribute('hx-post'); "
        "HTMLFormElement.prototype.submit.call(field.form); }"
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("여기서 멈췄습니다")


@pytest.fixture
def mortal(tmp_path_factory: pytest.TempPathFactory, watch: Watch) -> Iterator[RunningSite]:
    """A second site, for a test that ends it."""
    folder = tmp_path_factory.mktemp("mortal")
    with RunningSite(folder / "data", folder / "site.log") as site:
        watch.origins.add(f"http://127.0.0.1:{site.port}")
        watch.expect_console(GONE)
        watch.expect_console("htmx:")  # htmx tells of it in the console, with the failed event
        yield site


def test_a_server_that_is_gone_is_not_met_with_silence(mortal: RunningSite, page: Page) -> None:
    page.goto(f"http://127.0.0.1:{mortal.port}{lesson(RICH)}")
    button = page.get_by_role("button", name="읽음으로 표시하기")
    expect(button).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    mortal.stop()
    button.click()
    expect(page.get_by_role("alert")).to_contain_text(re.compile("[가-힣]{2,}"))
    expect(button).to_be_enabled()


def test_reading_goes_on_when_the_server_is_gone(mortal: RunningSite, page: Page) -> None:
    page.clock.install()
    page.goto(f"http://127.0.0.1:{mortal.port}{lesson(RICH)}")
    expect(page.get_by_role("button", name="읽음으로 표시하기")).to_be_visible()
    mortal.stop()
    with page.expect_event("requestfailed"):
        scroll_to(page, "document.querySelector('[data-lesson-text]').offsetHeight / 2")
        page.clock.fast_forward(5_000)
    folded = page.locator('.erratum-ref[aria-expanded="false"]').first
    name = folded.get_attribute("aria-controls")
    folded.press("Enter")
    expect(page.locator(f"#{name}")).to_be_visible()
