"""The matrix of flexibility in a browser: each panel played, cells opened, shared, predicted."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import NewContext
from tests.e2e.course import settle
from tests.e2e.walk import tab_to
from tests.e2e.watch import Watch

PATH = "/widgets/ri-matrix/"
HALF = f"{PATH}?preset=half"
NEEDS = f"{PATH}?preset=needs-capacity"
SPLIT = f"{PATH}?preset=split"
EXCHANGE = f"{PATH}?preset=exchange"
PREDICT = f"{HALF}&mode=predict"
SIZE = "#w-open-standard_ri-regional-size"
NOTE = "#w-note"
LESSON = "/lessons/ec2-pricing/"


def visit(page: Page, address: str = HALF) -> None:
    page.goto(address)
    settle(page)


def pill(page: Page) -> Locator:
    return page.locator(".ri-panel .ri-pill").first


def edit(page: Page, field: str, value: str) -> None:
    """Give a field a value and wait for the page that answers."""
    with page.expect_response(lambda response: "edit=1" in response.url):
        box = page.locator(field)
        if box.evaluate("(node) => node.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)
    settle(page)


def tab(page: Page, panel: str) -> None:
    page.locator(f"#w-tab-{panel}").click()
    expect(page.locator(f"#w-tab-{panel}")).to_have_attribute("aria-current", "page")
    settle(page)


def uncheck_all(page: Page) -> None:
    checked = page.locator(".ri-need input:checked")
    for left in range(checked.count(), 0, -1):
        expect(checked).to_have_count(left)
        checked.first.uncheck()
        settle(page)
    expect(checked).to_have_count(0)


def lit(page: Page) -> Locator:
    return page.locator(".ri-table tr[data-lit]")


# Does the discount follow? ------------------------------------------------------------------------
def test_a_larger_size_is_half_covered_and_twice_the_count_covers_it(page: Page) -> None:
    visit(page)
    expect(pill(page)).to_contain_text("일부 적용")
    expect(lit(page)).to_have_attribute("id", "w-row-standard_ri-regional")
    expect(page.locator('td[data-mark="changed"]')).to_have_count(1)
    edit(page, "#w-count", "2")
    expect(pill(page)).not_to_contain_text("일부")
    expect(pill(page)).to_have_attribute("data-tone", "allow")
    edit(page, "#w-run_type", "c5.xlarge")
    expect(pill(page)).to_have_attribute("data-tone", "deny")
    expect(page.locator('td[data-mark="changed"]')).to_have_count(2)
    edit(page, "#w-option", "compute_sp")
    expect(pill(page)).to_have_attribute("data-tone", "allow")
    expect(lit(page)).to_have_attribute("id", "w-row-compute_sp")
    assert "option=compute_sp" in page.url


def test_a_mistake_is_marked_at_its_field_and_what_was_typed_stays(page: Page) -> None:
    visit(page)
    edit(page, "#w-run_type", "riesig")
    field = page.locator("#w-run_type")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("riesig")
    expect(page.locator(f"#{field.get_attribute('aria-describedby')}")).to_be_visible()
    expect(page.locator(".ri-panel .ri-pill")).to_have_count(0)
    expect(page.locator(".ri-table")).to_be_visible()
    page.reload()
    expect(field).to_have_value("riesig")
    edit(page, "#w-run_type", "m5.large")
    expect(pill(page)).to_have_attribute("data-tone", "allow")


# The table ----------------------------------------------------------------------------------------
def test_a_cell_is_opened_and_closed_with_the_keyboard(page: Page) -> None:
    visit(page)
    page.locator(SIZE).focus()
    page.keyboard.press("Enter")
    note = page.locator(NOTE)
    expect(note).to_contain_text("정규화 단위")
    expect(page.locator(SIZE)).to_be_focused()
    expect(page.locator(SIZE)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Enter")
    expect(note).to_have_count(0)
    expect(page.locator(SIZE)).to_be_focused()
    page.keyboard.press("Space")
    tab_to(page, page.locator("#w-note-close"))
    page.keyboard.press("Enter")
    expect(note).to_have_count(0)
    expect(page.locator(SIZE)).to_be_focused()


def test_opening_a_cell_takes_nothing_from_the_form_above(page: Page) -> None:
    visit(page)
    page.route("**/widgets/ri-matrix/?*run_type=m5.4*", lambda route: route.abort())
    page.locator("#w-run_type").evaluate("(node) => { node.value = 'm5.4xlarge' }")
    page.locator(SIZE).click()
    expect(page.locator(NOTE)).to_be_visible()
    expect(page.locator("#w-run_type")).to_have_value("m5.4xlarge")


def test_what_the_notes_tell_differently_leads_to_its_correction(page: Page) -> None:
    visit(page)
    cell = page.locator("td:has(#w-open-ec2_instance_sp-family)")
    cell.locator(".ri-said").click()
    expect(page).to_have_url(re.compile("#note-ec2-instance-sp-family-changeable$"))
    expect(page.locator("#note-ec2-instance-sp-family-changeable")).to_be_visible()


def test_the_heads_of_the_table_stay_in_view(page: Page) -> None:
    visit(page)
    page.locator("#w-row-dedicated_host").evaluate("(node) => node.scrollIntoView()")
    head = page.locator(".ri-table thead").bounding_box()
    header = page.locator(".site-header").bounding_box()
    assert head
    assert header
    assert abs(head["y"] - (header["y"] + header["height"])) <= 1
    page.set_viewport_size({"width": 960, "height": 700})
    region = page.locator(".ri-scroll")
    region.evaluate("(node) => { node.scrollTop = node.scrollLeft = 300 }")
    outside, name = region.bounding_box(), page.locator("#w-row-spot th").bounding_box()
    assert outside
    assert name
    assert abs(name["x"] - outside["x"]) <= 2
    tops = page.locator(".ri-table thead").bounding_box()
    assert tops
    assert abs(tops["y"] - outside["y"]) <= 2


# What do I need? ----------------------------------------------------------------------------------
def test_needs_filter_the_options_and_say_why(page: Page) -> None:
    visit(page)
    tab(page, "needs")
    kept = page.locator('.ri-option[data-fits="yes"]')
    out = page.locator('.ri-option[data-fits="no"]')
    uncheck_all(page)
    expect(kept).to_have_count(0)
    expect(page.locator(".ri-table tr[data-fits]")).to_have_count(0)
    page.locator("#w-need-region").check()
    expect(kept).to_have_count(3)
    settle(page)
    expect(page.locator("#w-need-region")).to_be_focused()
    page.locator("#w-need-serverless").check()
    expect(kept).to_have_count(1)
    expect(kept).to_contain_text("Compute Savings Plans")
    expect(out.filter(has_text="EC2 Instance Savings Plans")).to_contain_text("리전")
    expect(page.locator('.ri-table tr[data-fits="yes"]')).to_have_count(1)
    expect(page.locator("#w-row-spot th")).to_contain_text("빠짐: Fargate·Lambda")
    assert "need=region&need=serverless" in page.url
    page.go_back()
    expect(kept).to_have_count(3)
    expect(page.locator("#w-need-serverless")).not_to_be_checked()


# Modify and exchange ------------------------------------------------------------------------------
def test_a_modification_is_split_and_refused_when_the_footprint_differs(page: Page) -> None:
    visit(page, SPLIT)
    expect(pill(page)).to_have_attribute("data-tone", "allow")
    edit(page, "#w-list-to .ri-row input >> nth=1", "3")
    expect(pill(page)).to_have_attribute("data-tone", "deny")
    expect(page.locator('[data-reason="footprint"]')).to_be_visible()
    page.go_back()
    settle(page)
    visit(page, EXCHANGE)
    expect(page.locator(".ri-figures")).to_contain_text("4")


# Sharing ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("address", [HALF, NEEDS, SPLIT, EXCHANGE])
def test_the_link_restores_exactly_what_was_shown(
    page: Page, new_context: NewContext, address: str
) -> None:
    visit(page, address)
    if address == HALF:
        edit(page, "#w-run_type", "m5.2xlarge")
    if address == NEEDS:
        page.locator("#w-need-resale").check()
        expect(page).to_have_url(re.compile("need=resale"))
        settle(page)
    link = page.locator("[data-copy-link]").get_attribute("href")
    assert link
    other = new_context().new_page()
    visit(other, link)
    for part in (".ri-panel", ".ri-matrix"):
        assert other.locator(part).inner_text() == page.locator(part).inner_text()


def test_a_lost_server_is_said_and_nothing_is_lost(page: Page, watch: Watch) -> None:
    watch.expect_console("net::ERR_FAILED")
    watch.expect_console("htmx:")
    visit(page)
    page.route("**/widgets/ri-matrix/?*edit=1*", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.locator("#w-run_type").fill("m5.2xlarge")
    expect(page.get_by_role("alert")).to_contain_text("서버에 닿지 않습니다")
    expect(page.locator("#w-run_type")).to_have_value("m5.2xlarge")
    with page.expect_event("requestfailed"):
        page.locator(SIZE).click()
    expect(page.locator(".ri-table")).to_be_visible()


# Predicting ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("address", [HALF, NEEDS, SPLIT, EXCHANGE])
def test_a_prediction_is_made_before_the_outcome_is_shown(page: Page, address: str) -> None:
    visit(page, f"{address}&mode=predict")
    expect(page.locator(".ask")).to_be_visible()
    for hidden in (".ri-pill", ".ri-matrix", ".ri-tabs", ".widget__tag", ".ri-form"):
        expect(page.locator(hidden)).to_have_count(0)
    page.locator(".ask input[name=answer]").first.check()
    page.locator(".ask button[type=submit]").click()
    expect(page.locator(".predicted")).to_be_visible()
    expect(page.locator(".ri-pill").first).to_be_visible()
    expect(page.locator(".ri-table")).to_be_visible()


# In a lesson --------------------------------------------------------------------------------------
def test_embeds_in_a_lesson_keep_out_of_each_others_way(page: Page) -> None:
    visit(page, LESSON)
    widgets = page.locator('[data-widget="ri-matrix"]')
    assert widgets.count() >= 2
    expect(page.locator(".ri-table")).to_have_count(0)
    other = widgets.nth(1).inner_text()
    widgets.nth(0).get_by_role("link", name="필요로 고르기").click()
    expect(widgets.nth(0).locator(".ri-option").first).to_be_visible()
    settle(page)
    assert widgets.nth(1).inner_text() == other
    assert page.url.endswith(LESSON)
    ids = page.locator("[id]").evaluate_all("all => all.map((it) => it.id)")
    assert len(ids) == len(set(ids))
    widgets.nth(1).get_by_role("link", name="표 전체 보기").click()
    expect(page.locator(".ri-table")).to_be_visible()


# Other ways in ------------------------------------------------------------------------------------
def test_everything_works_as_plain_links_and_forms(new_context: NewContext) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(HALF)
    page.locator("#w-run_type").fill("m5.large")
    page.locator("#w-run_type").press("Enter")
    expect(pill(page)).to_have_attribute("data-tone", "allow")
    page.locator(SIZE).click()
    expect(page.locator(NOTE)).to_be_in_viewport()
    expect(page.locator("#w-run_type")).to_have_value("m5.large")
    page.locator(SIZE).click()
    expect(page.locator(NOTE)).to_have_count(0)
    page.locator("#w-tab-needs").click()
    uncheck_all(page)
    page.locator("#w-need-resale").check()
    page.locator(".ri-needs__go").click()
    expect(page.locator('.ri-option[data-fits="yes"]')).to_have_count(2)
    page.locator("#w-tab-change").click()
    expect(pill(page)).to_have_attribute("data-tone", "allow")
    page.goto(f"{NEEDS}&mode=predict")
    page.locator(".ask input[name=answer]").first.check()
    page.locator(".ask button[type=submit]").click()
    expect(page.locator(".predicted")).to_be_visible()
    expect(page.locator(".ri-table")).to_be_visible()


def test_the_keyboard_alone_plays_every_panel(page: Page) -> None:
    visit(page)
    tab_to(page, page.locator("#w-tab-needs"))
    page.keyboard.press("Enter")
    expect(page.locator("#w-tab-needs")).to_have_attribute("aria-current", "page")
    settle(page)
    expect(page.locator("#w-tab-needs")).to_be_focused()
    before = page.locator('.ri-option[data-fits="yes"]').count()
    tab_to(page, page.locator("#w-need-serverless"))
    page.keyboard.press("Space")
    expect(page.locator("#w-need-serverless")).to_be_checked()
    settle(page)
    assert page.locator('.ri-option[data-fits="yes"]').count() <= before
    page.locator("#w-tab-change").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#w-tab-change")).to_have_attribute("aria-current", "page")
    settle(page)
    tab_to(page, page.locator(".ri-scroll"))


def too_wide(page: Page) -> list[str]:
    """What sticks out of the window, and text that its own box cuts off."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("main *")].filter((node) => {
          if (node.closest("svg, .visually-hidden, details:not([open]) > :not(summary), thead")) {
            return false;
          }
          const box = node.getBoundingClientRect();
          const cut = getComputedStyle(node).overflowX !== "visible"
            && node.matches("button, .widget__tag, .ri-pill, .ri-flag, code, td, th")
            && node.scrollWidth > node.clientWidth + 1;
          return box.width > 1 && (box.right > innerWidth + 0.5 || box.left < -0.5 || cut);
        }).map((node) => `${node.tagName} ${node.className}`)"""
    )
    return found


@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_nothing_sticks_out(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    for address in (HALF, NEEDS, SPLIT, EXCHANGE, PREDICT, "/widgets/", LESSON):
        visit(page, address)
        assert page.evaluate("() => document.documentElement.scrollWidth") == width, address
        if address != LESSON:
            assert too_wide(page) == [], address
    visit(page)
    page.locator("#w-differs summary").click()
    page.locator(SIZE).click()
    expect(page.locator(NOTE)).to_be_visible()
    edit(page, "#w-run_type", "riesig")
    assert too_wide(page) == []


def test_a_phone_sees_a_card_per_option_with_the_name_of_each_cell(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    visit(page)
    card = page.locator("#w-row-compute_sp")
    expect(card.locator(".ri-table__label:visible")).to_have_count(12)
    box, name = card.bounding_box(), card.locator("th").bounding_box()
    assert box
    assert name
    assert name["width"] >= box["width"] - 4
    smallest = page.locator(".ri-matrix *:visible").evaluate_all(
        "all => Math.min(...all.map((it) => parseFloat(getComputedStyle(it).fontSize)))"
    )
    assert smallest >= 12


def test_on_paper_the_table_is_whole(page: Page) -> None:
    visit(page)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 900})
    expect(page.locator(".ri-table thead")).to_be_visible()
    expect(page.locator(".ri-tabs")).to_be_hidden()
    table = page.locator(".ri-table").bounding_box()
    assert table
    assert table["x"] + table["width"] <= 680
    assert page.locator(".ri-table").evaluate(
        "(node) => getComputedStyle(node).display === 'table'"
    )


@pytest.mark.slow
def test_no_page_of_the_matrix_breaks_a_rule_of_accessibility(page: Page) -> None:
    found = {}

    def look(name: str) -> None:
        for theme, width in (("light", 1280), ("dark", 320), ("light", 320), ("dark", 1280)):
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            page.set_viewport_size({"width": width, "height": 900})
            if lines := violations(page):
                found[f"{name}, {theme}, {width} px"] = lines

    for address in (HALF, NEEDS, SPLIT, EXCHANGE, f"{PATH}?preset=footprint"):
        visit(page, address)
        look(address)
    page.locator("#w-differs summary").click()
    page.locator(SIZE).click()
    expect(page.locator(NOTE)).to_be_visible()
    look("cell")
    visit(page)
    edit(page, "#w-run_type", "riesig")
    look("mistake")
    visit(page, PREDICT)
    look("asking")
    page.locator(".ask input[name=answer]").first.check()
    page.locator(".ask button[type=submit]").click()
    expect(page.locator(".predicted")).to_be_visible()
    settle(page)
    look("predicted")
    assert found == {}
