"""The packet walk in a browser: played, edited, mended, predicted, shared."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import NewContext
from tests.e2e.course import settle
from tests.e2e.walk import (
    ANY_CLIENT,
    BEFORE,
    DWELL,
    NOTES,
    PATH,
    PREDICT,
    PRIVATE_OUT,
    PUBLIC_IN,
    edit,
    open_editor,
    predict,
    press,
    shown,
    tab_to,
    verdict,
    visit,
)
from tests.e2e.watch import Watch


# Following --------------------------------------------------------------------------------------
def test_playing_stops_at_every_checkpoint_the_packet_comes_to_and_says_so(page: Page) -> None:
    page.clock.install()
    visit(page)
    said = page.locator("[data-announce]")
    expect(said).to_have_text("")
    press(page, "play")
    assert shown(page) == "0"
    page.clock.run_for(BEFORE)
    assert shown(page) == "1"
    for step in range(2, 7):
        page.clock.run_for(DWELL)
        assert shown(page) == f"{step}"
        caption = page.locator(".pw-now__step:visible strong").inner_text()
        expect(said).to_contain_text(caption.split("\n")[-1].strip())
    page.clock.run_for(DWELL)
    assert shown(page) == "6"  # ⑤ of the notes: here it ends
    expect(page.locator("[data-play-label]")).to_have_text("재생")
    expect(page.locator(".pw-svg--wide .pw-bubble:visible")).to_contain_text("3306 → 32768")


def test_a_walk_can_be_stopped_stepped_and_jumped_in(page: Page) -> None:
    page.clock.install()
    visit(page)
    press(page, "play")
    page.clock.run_for(BEFORE + DWELL)
    press(page, "play")
    page.clock.run_for(5 * DWELL)
    assert shown(page) == "2"
    press(page, "next")
    assert shown(page) == "3"
    press(page, "previous")
    press(page, "previous")
    assert shown(page) == "1"
    press(page, "first")
    assert shown(page) == "0"
    page.locator('[data-jump="5"]').click()
    assert shown(page) == "5"
    current = page.locator(".pw-bar [aria-current=step]")
    expect(current).to_have_attribute("data-jump", "5")
    expect(page.locator(".pw-table tr[data-state=now]")).to_have_attribute("id", "w-step-5")


def test_a_remembered_connection_does_not_look_like_rules_read_again(page: Page) -> None:
    visit(page, f"{PATH}?preset=ephemeral")
    ways = page.locator(".pw-svg--wide .pw-seg:not([data-state=future])")
    colors = ways.evaluate_all("all => all.map((way) => getComputedStyle(way).stroke)")
    assert len(set(colors)) >= 2
    expect(page.locator(".pw-table tr[data-action=memory] .widget__tag").first).to_contain_text("↺")


# Editing ----------------------------------------------------------------------------------------
def test_rules_are_edited_until_the_answer_arrives(page: Page) -> None:
    visit(page)
    expect(verdict(page)).to_have_attribute("data-action", "deny")
    edit(page, PRIVATE_OUT, ANY_CLIENT)
    expect(verdict(page)).to_have_attribute("data-action", "deny")
    expect(page.locator(".pw-why__where .pw-note")).to_have_text("6")
    edit(page, PUBLIC_IN, ANY_CLIENT)
    expect(verdict(page)).to_have_attribute("data-action", "allow")
    expect(page.locator(".pw-fix")).to_have_count(0)
    assert f"acl-public.in=100+tcp+{ANY_CLIENT}" in page.url


def test_fixes_are_applied_one_at_a_time_and_the_walk_is_shown_again(page: Page) -> None:
    page.clock.install()
    visit(page)
    for left in (2, 1):
        expect(page.locator(".pw-fix")).to_have_count(left)
        page.locator(".pw-fix__add").first.click()
        expect(page.locator(".pw-fix")).to_have_count(left - 1)
        expect(page.locator("[data-play-label]")).to_have_text("멈춤")
        assert shown(page) == "0"
        expect(page.locator('[data-go="play"]')).to_be_focused()
    expect(verdict(page)).to_have_attribute("data-action", "allow")
    page.go_back()
    expect(page.locator(".pw-fix")).to_have_count(1)


def test_the_keys_go_on_where_the_answer_came_in_between(page: Page) -> None:
    visit(page)
    field = page.locator(PRIVATE_OUT)
    field.fill("")
    answers: list[str] = []
    page.on("response", lambda response: answers.append(response.url))
    field.press_sequentially(ANY_CLIENT, delay=90)
    expect(page).to_have_url(re.compile(f"acl-private.out=100\\+tcp\\+{ANY_CLIENT}"))
    settle(page)
    expect(field).to_be_focused()
    expect(field).to_have_value(ANY_CLIENT)
    assert field.evaluate("(node) => node.selectionStart") == len(ANY_CLIENT)
    assert answers


def test_a_mistake_is_marked_at_its_field_and_what_was_typed_stays(page: Page) -> None:
    visit(page)
    edit(page, PRIVATE_OUT, "33o6")
    field = page.locator(PRIVATE_OUT)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("33o6")
    expect(field).to_be_focused()
    expect(page.locator("[aria-invalid]")).to_have_count(1)
    described = field.get_attribute("aria-describedby")
    expect(page.locator(f"#{described}")).to_contain_text("포트")
    expect(page.locator(".pw-svg--wide")).to_be_visible()
    expect(verdict(page)).to_have_count(0)
    page.reload()
    expect(field).to_have_value("33o6")
    edit(page, PRIVATE_OUT, "3306")
    expect(verdict(page)).to_be_visible()


def test_rules_are_added_filled_by_quick_values_and_removed(page: Page) -> None:
    visit(page)
    rows = page.locator("#w-list-acl-private-out .pw-rule")
    page.locator("#w-add-acl-private-out").click()
    expect(rows).to_have_count(2)
    expect(page.locator("#w-acl-private-out-1-ports")).to_be_focused()
    rows.nth(1).get_by_role("button", name=re.compile("^임시 포트")).click()
    expect(page.locator("#w-acl-private-out-1-ports")).to_have_value("32768-60999")
    page.locator("#w-acl-private-out-1-quick").evaluate("(node) => { node.open = true }")
    rows.nth(1).get_by_role("button", name=re.compile("^퍼블릭 서브넷")).click()
    expect(page.locator("#w-acl-private-out-1-peer")).to_have_value("10.0.1.0/24")
    expect(page.locator(".pw-why__where .pw-note")).to_have_text("6")
    rows.nth(1).get_by_role("button", name=re.compile("삭제")).click()
    expect(rows).to_have_count(1)
    expect(page.locator(".pw-why__where .pw-note")).to_have_text("5")


# Sharing ----------------------------------------------------------------------------------------
def state_of(page: Page) -> list[str]:
    return [
        *page.locator(".pw-table, .pw-verdict, .pw-fixes, .pw-compare").all_inner_texts(),
        *page.locator(".pw-editor :is(input, select)").evaluate_all(
            "all => all.filter((it) => it.type !== 'radio' || it.checked)"
            ".map((it) => `${it.name}=${it.value}`)"
        ),
    ]


def test_the_link_restores_exactly_what_was_shown(page: Page, new_context: NewContext) -> None:
    visit(page)
    edit(page, PRIVATE_OUT, ANY_CLIENT)
    edit(page, "#w-source_port", "40000-65535")
    page.get_by_text("노트의 단순화", exact=True).click()
    expect(page).to_have_url(re.compile("port_model=notes"))
    settle(page)
    link = page.locator("[data-copy-link]").get_attribute("href")
    assert link
    other = new_context().new_page()
    visit(other, link)
    assert state_of(other) == state_of(page)


def test_the_link_can_be_copied_where_there_is_no_clipboard(
    page: Page, origin: str, new_context: NewContext
) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    visit(page)
    page.locator("[data-copy-link]").click()
    field = page.locator("[data-link-field] input")
    expect(field).to_be_focused()
    address = field.input_value()
    assert address.startswith(origin + PATH)
    assert page.evaluate("() => getSelection().toString()") in ("", address)
    assert field.evaluate("(it) => it.selectionEnd - it.selectionStart") == len(address)


def test_a_lost_server_is_said_and_what_was_typed_stays(page: Page, watch: Watch) -> None:
    watch.expect_console("net::ERR_FAILED")
    watch.expect_console("htmx:")
    visit(page)
    open_editor(page)
    page.route("**/widgets/packet-walk/?*edit=1*", lambda route: route.abort())
    field = page.locator(PRIVATE_OUT)
    with page.expect_event("requestfailed"):
        field.fill(ANY_CLIENT)
    expect(page.get_by_role("alert")).to_contain_text("서버에 닿지 않습니다")
    expect(field).to_have_value(ANY_CLIENT)


# Predicting -------------------------------------------------------------------------------------
def test_the_page_that_asks_holds_no_outcome(page: Page) -> None:
    answer = page.goto(PREDICT)
    assert answer is not None
    sent = answer.text()
    for outcome in ("pw-verdict", "pw-trace", "pw-fix", "pw-why", "pw-bubble", 'data-action="d'):
        assert outcome not in sent, outcome
    expect(page.locator(".ask")).to_be_visible()
    expect(page.locator(".pw-svg--wide")).to_be_visible()
    expect(page.locator(".pw-rules__group").first).to_be_visible()


def test_an_unanswered_question_says_so(page: Page, watch: Watch) -> None:
    watch.expect_status(422)
    watch.expect_console("Response Status Error Code 422")
    visit(page, PREDICT)
    page.locator(".ask button[type=submit]").click()
    expect(page.locator(".ask__problem")).to_be_visible()
    expect(page.locator(".pw-verdict")).to_have_count(0)


def test_a_prediction_is_compared_and_the_walk_plays(page: Page) -> None:
    page.clock.install()
    visit(page, PREDICT)
    seen = set()
    for choice in range(page.locator(".ask input[name=answer]").count()):
        predict(page, choice)
        seen.add(page.locator(".predicted").get_attribute("data-right"))
        expect(page.locator("[data-play-label]")).to_have_text("멈춤")
        if seen == {"yes", "no"}:
            break
    assert seen == {"yes", "no"}
    page.clock.run_for(BEFORE + 6 * DWELL)
    assert shown(page) == "6"


# In a lesson ------------------------------------------------------------------------------------
def test_two_walks_in_a_lesson_keep_out_of_each_others_way(page: Page) -> None:
    visit(page, "/lessons/sg-vs-nacl/")
    first, second = page.locator("[data-widget]").all()
    ids = page.locator("[id]").evaluate_all("all => all.map((it) => it.id)")
    assert len(ids) == len(set(ids))
    before, other = page.url, second.inner_text()
    expect(first.locator(".pw-verdict")).to_have_attribute("data-action", "deny")
    for _ in range(2):
        first.locator(".pw-fix__add").first.click()
        settle(page)
    expect(first.locator(".pw-verdict")).to_have_attribute("data-action", "allow")
    second.locator('[data-go="first"]').click()
    expect(second.locator(".pw-now__step:visible")).to_have_attribute("data-step", "0")
    second.locator("select[name=preset]").select_option("notes")
    expect(second.locator(".pw-verdict")).to_have_attribute("data-action", "deny")
    expect(first.locator(".pw-verdict")).to_have_attribute("data-action", "allow")
    assert second.inner_text() != other
    assert page.url == before
    ids = page.locator("[id]").evaluate_all("all => all.map((it) => it.id)")
    assert len(ids) == len(set(ids))


# Other ways in ----------------------------------------------------------------------------------
def test_everything_works_as_plain_forms(new_context: NewContext) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(PATH)
    page.locator("#w-preset").select_option("notes")
    page.locator(".widget__go").click()
    expect(verdict(page)).to_contain_text("응답이 막힘")
    expect(page.locator(".pw-table tbody tr:visible")).to_have_count(8)
    page.locator("#w-add-acl-private-out").click()
    page.locator("#w-acl-private-out-1-ports").fill(ANY_CLIENT)
    page.locator("#w-acl-private-out-1-peer").fill("10.0.1.0/24")
    page.locator(".pw-editor__go").click()
    expect(page.locator(".pw-why__where .pw-note")).to_have_text("6")
    page.locator(".pw-fix__add").click()
    expect(verdict(page)).to_have_attribute("data-action", "allow")
    page.locator("#w-list-acl-private-out .pw-remove").nth(1).click()
    expect(verdict(page)).to_have_attribute("data-action", "deny")
    page.locator("#w-source_port").fill("x")
    page.locator("#w-source_port").press("Enter")
    expect(page.locator("#w-source_port")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#w-source_port")).to_have_value("x")


def test_a_prediction_is_made_without_scripts(new_context: NewContext) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(PREDICT)
    page.locator(".ask input[name=answer]").first.check()
    page.locator(".ask button[type=submit]").click()
    expect(page.locator(".predicted")).to_be_visible()
    expect(verdict(page)).to_be_visible()


def test_the_keyboard_alone_steps_edits_and_mends(page: Page) -> None:
    visit(page)
    tab_to(page, page.locator('[data-go="first"]'))
    page.keyboard.press("Enter")
    assert shown(page) == "0"
    tab_to(page, page.locator('[data-go="next"]'))
    page.keyboard.press("Space")
    assert shown(page) == "1"
    page.keyboard.press("Tab")
    for key, step in (("ArrowRight", "2"), ("ArrowRight", "3"), ("ArrowLeft", "2"), ("Home", "0")):
        page.keyboard.press(key)
        assert shown(page) == step
    page.keyboard.press("End")
    expect(page.locator('[data-jump="8"]')).to_be_focused()
    tab_to(page, page.locator(".pw-fix__add").first)
    page.keyboard.press("Enter")
    expect(page.locator(".pw-fix")).to_have_count(1)
    settle(page)
    tab_to(page, page.locator(PUBLIC_IN))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(ANY_CLIENT)
    expect(verdict(page)).to_have_attribute("data-action", "allow")
    expect(page.locator(PUBLIC_IN)).to_be_focused()


def too_wide(page: Page) -> list[str]:
    """What sticks out of the window, and text that its own box cuts off."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("main *")].filter((node) => {
          if (node.closest("svg, .visually-hidden, details:not([open]) > :not(summary)")) {
            return false;
          }
          const box = node.getBoundingClientRect();
          const cut = getComputedStyle(node).overflowX !== "visible"
            && node.matches("button, .widget__tag, .pw-verdict, code, td, th")
            && node.scrollWidth > node.clientWidth + 1;
          return box.width > 1 && (box.right > innerWidth + 0.5 || box.left < -0.5 || cut);
        }).map((node) => `${node.tagName} ${node.className}`)"""
    )
    return found


@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 768])
def test_nothing_sticks_out(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    for address in ("/widgets/", NOTES, PREDICT, f"{PATH}?preset=internet-443"):
        visit(page, address)
        assert too_wide(page) == [], address
        assert page.evaluate("() => document.documentElement.scrollWidth") == width
    visit(page)
    open_editor(page)
    edit(page, PRIVATE_OUT, "33o6")
    page.locator(".pw-quick").evaluate_all("all => all.forEach((it) => { it.open = true })")
    assert too_wide(page) == []


def test_a_phone_sees_the_tall_picture_in_readable_letters(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    visit(page)
    expect(page.locator(".pw-svg--narrow")).to_be_visible()
    expect(page.locator(".pw-svg--wide")).to_be_hidden()
    smallest = page.evaluate(
        """() => {
          const svg = document.querySelector(".pw-svg--narrow");
          const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
          return Math.min(...[...svg.querySelectorAll("text")].map(
            (text) => parseFloat(getComputedStyle(text).fontSize) * scale));
        }"""
    )
    assert smallest >= 12


@pytest.mark.slow
def test_no_page_of_the_walk_breaks_a_rule_of_accessibility(page: Page) -> None:
    found = {}

    def look(name: str) -> None:
        for theme, width in (("light", 1280), ("dark", 320)):
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            page.set_viewport_size({"width": width, "height": 900})
            # Another width leaves the page scrolled anywhere, and axe counts what then happens to
            # lie half under the header as too small.
            page.evaluate("scrollTo(0, 0)")
            if lines := violations(page):
                found[f"{name}, {theme}, {width} px"] = lines

    visit(page, "/widgets/")
    look("gallery")
    visit(page)
    look("walk")
    open_editor(page)
    edit(page, PRIVATE_OUT, "33o6")
    look("mistake")
    visit(page, PREDICT)
    look("asking")
    predict(page, 0)
    look("predicted")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="dark")
    visit(page)
    if lines := violations(page):
        found["walk, dark, 1280 px"] = lines
    assert found == {}
