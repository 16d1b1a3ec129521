"""Every kind of item: answered, reloaded, submitted, looked back at; with scripts and without."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response, expect

from tests.e2e.conftest import NewContext
from tests.e2e.quiz import (
    CATEGORIES,
    ESSAY,
    KNOWN,
    ORDER,
    PAIRS,
    answer,
    choice,
    field,
    holds,
    pick,
    reviewed,
    saved,
    start,
    start_at,
    start_practice,
    submit,
    visit,
)
from tests.e2e.quiz_bank import CLOSED, EXAM, KINDS, POSITIONS, PRACTICE
from tests.e2e.walk import tab_to
from tests.e2e.watch import Watch

pytestmark = pytest.mark.usefixtures("quizzes")


@pytest.fixture
def plain(new_context: NewContext) -> Page:
    """A page of a browser without scripts."""
    return new_context(java_script_enabled=False).new_page()


def told(page: Page, kind: str) -> None:
    """The review of the item says what became of the answer that `answer` gives."""
    item = reviewed(page, kind)
    if kind == "essay":
        expect(item.locator(".verdict")).to_contain_text("채점을 기다립니다")
        expect(item.locator(".own__text")).to_have_text(ESSAY)
    elif kind == "generated":
        expect(item.locator(".verdict")).to_contain_text(re.compile("맞습니다|틀립니다"))
    else:
        expect(item).to_have_attribute("data-verdict", "right")
        expect(item.locator(".verdict")).to_contain_text("1 / 1점")


# Every kind ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_is_saved_kept_submitted_and_looked_back_at(kind: str, page: Page) -> None:
    attempt = start_at(page, kind)
    answer(page, kind)
    expect(saved(page)).to_have_text("저장됨")
    cell = page.locator(f'[data-cell="{POSITIONS[kind]}"]')
    expect(cell).to_have_attribute("data-state", "answered")
    page.reload()
    holds(page, kind)
    expect(saved(page)).to_have_text("저장됨")
    submit(page, attempt)
    told(page, kind)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_without_scripts_an_answer_goes_the_same_way(kind: str, plain: Page) -> None:
    attempt = start(plain)
    plain.goto(f"{attempt}{POSITIONS[kind]}/")
    answer(plain, kind)
    plain.locator(".item__save").click()
    expect(plain).to_have_url(f"{attempt}{POSITIONS[kind]}/")
    holds(plain, kind)
    expect(saved(plain)).to_have_text("저장됨")
    plain.goto(f"{attempt}summary/")
    expect(plain.locator(".before__sum")).to_contain_text("11문제 중 10문제가 비어 있습니다.")
    plain.get_by_role("button", name="제출하기").click()
    told(plain, kind)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_practice_tells_at_once_and_lets_it_be_tried_again(kind: str, page: Page) -> None:
    start_practice(page, kind)
    answer(page, kind)
    page.get_by_role("button", name="확인하기").click()
    result = page.locator("#result")
    expect(result).to_be_focused()
    if kind in KNOWN:
        expect(result).to_have_attribute("data-verdict", "right")
    expect(result.get_by_role("link", name="노트에서 이 문장 보기")).to_have_attribute(
        "href", re.compile(r"^/lessons/sg-vs-nacl/#.")
    )
    widget = result.get_by_role("link", name="실습에서 이 상태 열기")
    expect(widget).to_have_count(1 if kind in {"scenario", "generated"} else 0)
    page.get_by_role("button", name="다시 풀기").click()
    expect(page.locator(".item__kind")).to_contain_text("2번째 풀이")
    expect(field(page).locator("input:checked")).to_have_count(0)
    answer(page, kind)
    expect(saved(page)).to_have_text("저장됨")
    page.reload()
    holds(page, kind)


def is_page(url: str) -> Callable[[Response], bool]:
    return lambda response: response.request.method == "GET" and response.url == url


# Moving ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("scripts", [True, False])
def test_whatever_button_leads_away_the_answer_is_kept(
    scripts: bool, new_context: NewContext
) -> None:
    page = new_context(java_script_enabled=scripts).new_page()
    attempt = start(page)
    for name, then in (
        ("다음", 2),
        ("이전", 1),
        ("5번 문제", 5),
        ("나중에 다시 보기", 5),
        ("4번 문제", 4),
    ):
        kind = KINDS[int(page.url.rstrip("/").rsplit("/", 1)[1]) - 1]
        answer(page, kind)
        with page.expect_response(is_page(f"{attempt}{then}/")):
            page.get_by_role("button", name=name).first.click()
        expect(page).to_have_url(f"{attempt}{then}/")
        page.wait_for_load_state()
        page.goto(f"{attempt}{POSITIONS[kind]}/")
        holds(page, kind)
        page.goto(f"{attempt}{then}/")
    expect(page.get_by_role("button", name="5번 문제, 답함, 나중에 다시 보기")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_enter_in_a_field_saves_and_stays(scripts: bool, new_context: NewContext) -> None:
    page = new_context(java_script_enabled=scripts).new_page()
    attempt = start(page)
    page.goto(f"{attempt}{POSITIONS['short_text']}/")
    field(page).get_by_label("답").fill("보안 그룹")
    field(page).get_by_label("답").press("Enter")
    expect(saved(page)).to_have_text("저장됨")
    expect(page).to_have_url(f"{attempt}{POSITIONS['short_text']}/")
    page.reload()
    expect(field(page).get_by_label("답")).to_have_value("보안 그룹")


def test_the_way_back_comes_to_where_the_learner_left_off(page: Page) -> None:
    attempt = start(page)
    answer(page, "single")
    page.get_by_role("button", name="다음").click()
    expect(page).to_have_url(re.compile("/2/$"))  # else two ways lead away at once
    page.goto("/quizzes/")
    page.get_by_role("link", name=re.compile("제출한 뒤에 보는 시험.*시작")).click()
    expect(page).to_have_url(f"{attempt}2/")


def test_the_summary_names_what_is_empty_and_what_is_not_whole(page: Page) -> None:
    attempt = start(page)
    pick(page, "응답은 언제나 막습니다.")
    visit(page, attempt, "multiple")
    pick(page, "서브넷에 연결합니다.")
    expect(page.locator("[data-problem]")).to_have_text("2개를 고르세요 – 1개만 골랐습니다.")
    page.get_by_role("button", name="제출 전 확인").first.click()
    expect(page.locator(".before__sum")).to_have_text(
        "11문제 중 9문제가 비어 있습니다. 제출하면 고칠 수 없습니다."
    )
    partial = page.locator(".before__list div", has_text="덜 답한 문제")
    partial.get_by_role("link", name="2번").click()
    expect(page).to_have_url(f"{attempt}2/")


def test_an_answer_that_is_not_whole_is_not_judged_yet(page: Page, watch: Watch) -> None:
    watch.expect_status(422)
    start_practice(page, "multiple")
    page.get_by_role("button", name="확인하기").click()
    expect(page.get_by_role("alert")).to_contain_text("아직 답하지 않았습니다.")
    pick(page, "서브넷에 연결합니다.")
    expect(saved(page)).to_be_visible()
    page.get_by_role("button", name="확인하기").click()
    expect(page.get_by_role("alert")).to_contain_text("2개를 고르세요")
    expect(page.locator("#result")).to_have_count(0)


# Ordering ------------------------------------------------------------------------------------
def test_rows_are_ordered_with_buttons_and_the_focus_stays(page: Page) -> None:
    start_at(page, "ordering")
    rows = field(page).locator(".place__text")
    first, second, *others = rows.all_text_contents()
    down = field(page).get_by_role("button", name=f"아래로: {first}")
    down.click()
    expect(rows).to_have_text([second, first, *others])
    expect(down).to_be_focused()
    expect(page.locator("[data-moved]")).to_have_text(f"2번째로 옮겼습니다: {first}")
    expect(saved(page)).to_be_visible()
    page.reload()
    expect(rows).to_have_text([second, first, *others])


def test_rows_are_dragged_into_place(page: Page) -> None:
    start_at(page, "ordering")
    rows = field(page).locator(".place__text")
    first, *others = rows.all_text_contents()
    grips = field(page).locator("[data-grip]")
    top, bottom = grips.first.bounding_box(), grips.last.bounding_box()
    assert top
    assert bottom
    page.mouse.move(top["x"] + 8, top["y"] + 8)
    page.mouse.down()
    page.mouse.move(bottom["x"] + 8, bottom["y"] + 30, steps=12)
    page.mouse.up()
    expect(rows).to_have_text([*others, first])
    expect(saved(page)).to_be_visible()
    page.reload()
    expect(rows).to_have_text([*others, first])


def test_the_order_that_stands_there_can_be_the_answer(page: Page) -> None:
    start_at(page, "ordering")
    rows = field(page).locator(".place__text")
    dealt = rows.all_text_contents()
    page.get_by_role("button", name="지금 이 순서로 답하기").click()
    expect(saved(page)).to_be_visible()
    page.reload()
    expect(rows).to_have_text(dealt)
    expect(field(page).get_by_label(dealt[0], exact=True)).to_have_value("1")
    expect(page.get_by_role("button", name="지금 이 순서로 답하기")).to_be_hidden()


# By keyboard ---------------------------------------------------------------------------------
def by_keys(page: Page, kind: str) -> None:
    """The right answer, with keys alone."""
    keys = page.keyboard
    if kind == "multiple":
        for text in ("서브넷에 연결합니다.", "거부 규칙을 쓸 수 있습니다."):
            page.evaluate("() => document.activeElement.blur()")
            tab_to(page, choice(page, text))
            keys.press("Space")
    elif kind == "ordering":
        for place, text in enumerate(ORDER):
            row = field(page).locator(".place", has_text=text)
            up = row.locator('[data-move="-1"]')
            index = field(page).locator(".place__text").all_text_contents().index(text)
            page.evaluate("() => document.activeElement.blur()")
            tab_to(page, up)
            for _ in range(index - place):
                keys.press("Enter")
        if page.locator("[data-take]").is_visible():
            tab_to(page, page.locator("[data-take]"))
            keys.press("Enter")
    elif kind == "matching":
        for left in PAIRS:
            tab_to(page, field(page).get_by_label(left, exact=True))
            keys.press("ArrowDown")
    elif kind == "categorize":
        for statement, category in CATEGORIES.items():
            page.evaluate("() => document.activeElement.blur()")
            tab_to(page, choice(page, f"{statement} 보안 그룹"))
            keys.press("Space" if category == "보안 그룹" else "ArrowRight")
    elif kind in {"numeric", "short_text", "essay"}:
        tab_to(page, field(page).get_by_label("답"))
        keys.type({"numeric": "3306", "short_text": "sg", "essay": "임시 포트"}[kind])
    else:
        radios = field(page).get_by_role("radio")
        tab_to(page, radios.first)
        keys.press("Space")


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_answered_and_left_with_keys_alone(kind: str, page: Page) -> None:
    start_practice(page, kind)
    by_keys(page, kind)
    expect(saved(page)).to_have_text("저장됨")
    tab_to(page, page.locator("button[value=next]"))
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile(f"/{POSITIONS[kind]}/$"))
    cell = (
        page.get_by_role("navigation", name="문제 목록").locator(".cell").nth(POSITIONS[kind] - 1)
    )
    expect(cell).to_have_attribute("data-state", "answered")
    if kind in {"multiple", "ordering", "categorize", "numeric", "short_text"}:
        page.go_back()
        page.get_by_role("button", name="확인하기").click()
        expect(page.locator("#result")).to_have_attribute("data-verdict", "right")


# Looking back -------------------------------------------------------------------------------
def test_a_wrong_choice_is_told_its_misconception_and_the_sentence_of_the_notes(
    page: Page,
) -> None:
    attempt = start(page)
    pick(page, "TCP 3306 인바운드 규칙으로 판정합니다.")
    expect(saved(page)).to_be_visible()
    submit(page, attempt)
    item = reviewed(page, "single")
    expect(item.locator(".line[data-verdict=wrong]")).to_contain_text("3306은 응답의 출발지 포트")
    expect(item.locator(".line[data-verdict=missed]")).to_contain_text("정답")
    item.get_by_role("link", name="이 문장의 정정 보기").click()
    expect(page).to_have_url(re.compile(r"/lessons/sg-vs-nacl/#note-flow-response-port-3306$"))
    expect(page.locator("#note-flow-response-port-3306")).to_be_in_viewport()


def test_the_choices_stand_in_the_review_as_they_stood_in_the_question(page: Page) -> None:
    attempt = start(page)
    dealt = field(page).locator(".choice__text").all_text_contents()
    submit(page, attempt)
    expect(reviewed(page, "single").locator(".line__text")).to_have_text(dealt)


def test_a_policy_that_does_not_tell_yet_says_when(page: Page) -> None:
    attempt = start(page, CLOSED)
    pick(page, "응답은 언제나 막습니다.")
    expect(saved(page)).to_be_visible()
    submit(page, attempt)
    expect(page.locator(".later")).to_contain_text("모두 마감되는")
    expect(page.locator(".later time, .later strong")).to_have_text(re.compile(r"\d+월 \d+일"))
    assert "막는다면 어떤 연결도" not in page.content()
    page.goto(f"/quizzes/{CLOSED}/")
    expect(page.get_by_text("정해진 응시 횟수를 모두 썼습니다.")).to_be_visible()
    expect(page.get_by_role("button", name="시작하기")).to_have_count(0)


def test_only_the_wrong_ones_are_asked_again(page: Page) -> None:
    attempt = start(page, PRACTICE)
    answer(page, "single")
    expect(saved(page)).to_be_visible()
    submit(page, attempt)
    page.get_by_role("button", name="틀린 문제만 다시").click()
    expect(page.locator("[data-cell]")).to_have_count(len(KINDS) - 1)
    expect(page.locator(".item__stem")).to_contain_text("네트워크 ACL에 대한 설명")


def test_an_exam_offers_no_second_round_of_the_wrong_ones(page: Page) -> None:
    submit(page, start(page, EXAM))
    expect(page.get_by_role("button", name="틀린 문제만 다시")).to_have_count(0)
