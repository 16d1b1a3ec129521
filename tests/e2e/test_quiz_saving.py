"""Nothing that was answered is lost: servers that die, tabs that meet, time that runs out."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from tests.e2e.conftest import NewContext, fill_with_quizzes
from tests.e2e.quiz import (
    answer,
    choice,
    drafts,
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
from tests.e2e.quiz_bank import EXAM, LATE, POSITIONS, SHORT, SHORT_SECONDS
from tests.e2e.watch import Watch
from tests.starter.running import RunningSite

pytestmark = pytest.mark.usefixtures("quizzes")

STATUS = "[data-save-status]"
BLOCKED = "응답은 언제나 막습니다."
REMEMBERED = "요청을 허용했으므로 규칙을 보지 않고 내보냅니다."
UNREACHABLE = "net::ERR_"


@pytest.fixture
def away(page: Page, watch: Watch) -> Iterator[list[str]]:
    """Saves do not arrive while the list holds a word."""
    watch.expect_console(UNREACHABLE)
    words = ["away"]

    def refuse(route: Route) -> None:
        if words and route.request.method == "POST":
            route.abort()
        else:
            route.fallback()

    page.route("**/attempts/**", refuse)
    yield words
    page.unroute("**/attempts/**", refuse)


@pytest.fixture
def two_tabs(new_context: NewContext) -> tuple[Page, Page]:
    """Two tabs of one browser at the same item."""
    context = new_context()
    first, second = context.new_page(), context.new_page()
    start(first, EXAM)
    second.goto(first.url)
    return first, second


def says(page: Page, state: str, text: str) -> None:
    expect(page.locator(STATUS)).to_have_attribute("data-state", state)
    expect(page.locator(STATUS)).to_contain_text(text)


# The server is away -------------------------------------------------------------------------
def test_what_is_not_saved_is_said_kept_and_sent_when_the_server_is_back(
    page: Page, away: list[str]
) -> None:
    page.clock.install()
    start(page)
    pick(page, BLOCKED)
    says(page, "unsaved", "저장 안 됨")
    assert len(drafts(page)) == 1
    page.reload()
    expect(choice(page, BLOCKED)).to_be_checked()
    says(page, "unsaved", "답은 이 기기에 남아 있습니다")
    away.clear()
    page.clock.run_for(3_000)
    expect(saved(page)).to_have_text("저장됨")
    assert drafts(page) == []
    page.reload()
    expect(choice(page, BLOCKED)).to_be_checked()


def test_nobody_is_led_away_from_an_answer_that_is_not_saved(page: Page, away: list[str]) -> None:
    attempt = start(page)
    pick(page, BLOCKED)
    page.get_by_role("button", name="다음").click()
    says(page, "unsaved", "저장되면 옮길 수 있습니다")
    expect(page).to_have_url(f"{attempt}1/")
    away.clear()
    page.get_by_role("button", name="다음").click()
    expect(page).to_have_url(f"{attempt}2/")


def test_an_answer_left_on_another_page_is_named_and_sent_from_there(
    page: Page, away: list[str]
) -> None:
    page.clock.install()
    attempt = start(page)
    pick(page, BLOCKED)
    says(page, "unsaved", "저장 안 됨")
    visit(page, attempt, "multiple")
    expect(page.locator("[data-waiting]")).to_contain_text("1번")
    page.goto(f"{attempt}summary/")
    page.get_by_role("button", name="제출하기").click()
    expect(page.locator("[data-waiting]")).to_contain_text("아직 저장하지 못한 답")
    expect(page).to_have_url(f"{attempt}summary/")
    away.clear()
    page.get_by_role("button", name="제출하기").click()
    expect(page.get_by_role("heading", name="결과", exact=True)).to_be_visible()
    expect(reviewed(page, "single").locator("[data-verdict=wrong]")).to_contain_text(BLOCKED)


def test_one_request_is_under_way_at_a_time_and_the_last_word_counts(page: Page) -> None:
    start_at(page, "short_text")
    held: list[Route] = []
    page.route("**/attempts/**", lambda route: held.append(route), times=1)
    text = field(page).get_by_label("답")
    with page.expect_request(lambda request: request.method == "POST"):
        text.fill("처음 쓴 답")
    says(page, "saving", "저장 중")
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    text.fill("다음에 쓴 답")
    text.blur()
    text.fill("마지막에 쓴 답")
    text.blur()
    assert sent == []
    held[0].continue_()
    expect(saved(page)).to_have_text("저장됨")
    assert len(sent) == 1
    page.reload()
    expect(text).to_have_value("마지막에 쓴 답")


def test_typing_that_was_not_yet_sent_survives_leaving_the_page(page: Page) -> None:
    attempt = start_at(page, "short_text")
    page.clock.install()
    page.clock.pause_at(page.evaluate("() => Date.now()") + 1000)  # typing never settles by itself
    field(page).get_by_label("답").press_sequentially("보안 그룹")
    expect(page.locator(STATUS)).to_have_text("")
    page.goto("/quizzes/")
    visit(page, attempt, "short_text")
    expect(field(page).get_by_label("답")).to_have_value("보안 그룹")
    expect(saved(page)).to_have_text("저장됨")
    assert drafts(page) == []


def test_a_server_that_goes_away_and_comes_back_gets_what_was_answered_meanwhile(
    new_context: NewContext, tmp_path_factory: pytest.TempPathFactory, watch: Watch
) -> None:
    folder = tmp_path_factory.mktemp("away")
    watch.expect_console(UNREACHABLE)
    with RunningSite(folder / "data", folder / "site.log") as site:
        fill_with_quizzes(site.data_dir)
        origin = f"http://127.0.0.1:{site.port}"
        watch.origins.add(origin)
        page = new_context().new_page()
        attempt = start(page, EXAM, origin=origin)
        visit(page, attempt, "short_text")
        field(page).get_by_label("답").fill("보안 그룹")
        expect(saved(page)).to_have_text("저장됨")
        site.stop()
        field(page).get_by_label("답").fill("네트워크 ACL")
        says(page, "unsaved", "저장 안 됨")
        settings = {"PORT": f"{site.port}"}
        again = RunningSite(folder / "data", folder / "again.log", settings)
        again.port = site.port
        with again:
            expect(saved(page)).to_have_text("저장됨", timeout=60_000)
            visit(page, attempt, "short_text")
            expect(field(page).get_by_label("답")).to_have_value("네트워크 ACL")


# Who is asking is not known any more ---------------------------------------------------------
def test_a_lost_session_is_said_and_what_was_answered_stays(
    page: Page, context: BrowserContext, watch: Watch
) -> None:
    watch.expect_status(404)
    watch.expect_status(403)
    page.clock.install()
    start(page)
    cookies = context.cookies()
    context.clear_cookies()
    pick(page, BLOCKED)
    says(page, "lost", "쓰던 답은 이 기기에 그대로 있고")
    assert len(drafts(page)) == 1
    context.add_cookies([{**cookie} for cookie in cookies])  # type: ignore[typeddict-item]
    page.clock.run_for(5_000)
    expect(saved(page)).to_have_text("저장됨")


# Two tabs -------------------------------------------------------------------------------------
def test_two_tabs_never_overwrite_each_other_silently(two_tabs: tuple[Page, Page]) -> None:
    first, second = two_tabs
    pick(first, BLOCKED)
    expect(saved(first)).to_be_visible()
    pick(second, REMEMBERED)
    conflict = second.locator("[data-conflict]")
    expect(conflict).to_be_visible()
    expect(conflict.locator("[data-conflict-stored]")).to_have_text(BLOCKED)
    expect(conflict.locator("[data-conflict-own]")).to_have_text(REMEMBERED)
    expect(second.locator('[data-cell="1"]')).to_have_attribute("data-state", "answered")
    first.reload()
    expect(choice(first, BLOCKED)).to_be_checked()
    conflict.get_by_role("button", name="이 답으로 바꾸기").click()
    expect(saved(second)).to_be_visible()
    expect(conflict).to_be_hidden()
    first.reload()
    expect(choice(first, REMEMBERED)).to_be_checked()


def test_while_two_answers_stand_side_by_side_nothing_is_sent(
    two_tabs: tuple[Page, Page],
) -> None:
    first, second = two_tabs
    pick(first, BLOCKED)
    expect(saved(first)).to_be_visible()
    pick(second, REMEMBERED)
    expect(second.locator("[data-conflict]")).to_be_visible()
    sent: list[Request] = []
    second.on("request", lambda request: sent.append(request))
    pick(second, "아웃바운드 규칙을 처음부터 다시 봅니다.")
    expect(second.locator("[data-conflict-own]")).to_have_text(
        "아웃바운드 규칙을 처음부터 다시 봅니다."
    )
    second.get_by_role("button", name="다음").click()
    expect(second.locator("[data-conflict]")).to_be_focused()
    assert sent == []


def test_the_stored_answer_can_be_kept(two_tabs: tuple[Page, Page]) -> None:
    first, second = two_tabs
    pick(first, BLOCKED)
    expect(saved(first)).to_be_visible()
    pick(second, REMEMBERED)
    second.get_by_role("button", name="저장된 답 그대로 두기").click()
    expect(choice(second, BLOCKED)).to_be_checked()
    assert drafts(second) == []
    second.reload()
    expect(choice(second, BLOCKED)).to_be_checked()


def test_a_choice_between_two_answers_outlives_a_reload(two_tabs: tuple[Page, Page]) -> None:
    first, second = two_tabs
    pick(first, BLOCKED)
    expect(saved(first)).to_be_visible()
    pick(second, REMEMBERED)
    expect(second.locator("[data-conflict]")).to_be_visible()
    second.reload()
    expect(second.locator("[data-conflict]")).to_be_visible()
    expect(choice(second, REMEMBERED)).to_be_checked()
    first.reload()
    expect(choice(first, BLOCKED)).to_be_checked()


def test_a_tab_that_was_duplicated_is_a_tab_of_its_own(new_context: NewContext) -> None:
    context = new_context()
    first = context.new_page()
    start(first)
    pick(first, REMEMBERED)
    expect(saved(first)).to_be_visible()
    # A window opened by a page gets a copy of its session storage, like a duplicated tab.
    with context.expect_page() as opened:
        first.evaluate("() => void window.open(location.href)")
    second = opened.value
    expect(choice(second, REMEMBERED)).to_be_checked()
    names = [one.evaluate("() => sessionStorage.getItem('gureum.tab')") for one in (first, second)]
    assert names[0] != names[1]
    # "Saved" still stands there from before: what counts is the answer of the server.
    with first.expect_response(lambda response: response.request.method == "POST"):
        pick(first, BLOCKED)
    expect(saved(first)).to_be_visible()
    pick(second, "`TCP 3306` 인바운드 규칙으로 판정합니다.".replace("`", ""))
    expect(second.locator("[data-conflict]")).to_be_visible()


def test_without_scripts_the_two_answers_stand_on_a_page(
    new_context: NewContext, watch: Watch
) -> None:
    watch.expect_status(409)
    context = new_context(java_script_enabled=False)
    first, second = context.new_page(), context.new_page()
    start(first)
    second.goto(first.url)
    pick(first, BLOCKED)
    first.locator(".item__save").click()
    expect(saved(first)).to_be_visible()
    pick(second, REMEMBERED)
    second.get_by_role("button", name="다음").click()
    stored = second.get_by_role("group", name="저장된 답")
    expect(stored.get_by_role("radio", name=BLOCKED)).to_be_checked()
    expect(choice(second, REMEMBERED)).to_be_checked()
    second.get_by_role("button", name="이 답으로 바꾸기").click()
    expect(saved(second)).to_be_visible()
    first.goto(first.url)
    expect(choice(first, REMEMBERED)).to_be_checked()


def test_an_item_checked_in_another_tab_is_not_changed_any_more(new_context: NewContext) -> None:
    context = new_context()
    first, second = context.new_page(), context.new_page()
    start_practice(first, "single")
    second.goto(first.url)
    answer(first, "single")
    first.get_by_role("button", name="확인하기").click()
    expect(first.locator("#result")).to_be_visible()
    pick(second, BLOCKED)
    says(second, "locked", "이미 확인한 문제입니다")
    second.reload()
    expect(second.locator("#result")).to_have_attribute("data-verdict", "right")


# The time runs out ---------------------------------------------------------------------------
def test_the_countdown_is_seen_and_told_at_few_moments(page: Page) -> None:
    page.clock.install()
    start(page)
    left, told = page.locator("[data-clock-left]"), page.locator("[data-clock-said]")
    expect(left).to_have_text(re.compile(r"^(30:00|29:5\d)$"))
    words = []
    for _ in range(29):
        page.clock.run_for(60_000)
        words.append(told.inner_text())
    assert [word for word, before in zip(words, ["", *words], strict=False) if word != before] == [
        *([words[0]] if words[0] else []),
        "20분 남았습니다.",
        "10분 남았습니다.",
        "5분 남았습니다.",
        "1분 남았습니다.",
    ]
    expect(page.locator("[data-clock]")).to_have_attribute("data-soon", "")


def test_at_zero_what_was_answered_is_handed_in(page: Page) -> None:
    start(page, SHORT)
    pick(page, REMEMBERED)
    expect(page.get_by_role("heading", name="결과", exact=True)).to_be_visible(
        timeout=(SHORT_SECONDS + 20) * 1000
    )
    expect(page.get_by_text("시간이 끝나 제출되었습니다.")).to_be_visible()
    item = page.locator("#item-1")
    expect(item).to_have_attribute("data-verdict", "right")


def test_when_it_falls_due_the_page_says_what_handing_in_costs_from_now_on(page: Page) -> None:
    page.clock.install()
    start(page, LATE)
    before, after = page.locator("[data-lateness-before]"), page.locator("[data-lateness-after]")
    expect(page.locator("[role=timer]")).to_contain_text("마감까지 남은 시간")
    expect(before).to_contain_text("그때는 지각으로 남고, 점수에서 10%를 뺍니다.")
    expect(after).to_be_hidden()
    page.clock.fast_forward("24:00:01")
    page.clock.run_for(1_000)
    expect(after).to_have_text(
        "마감이 지났습니다. 지금 제출하면 지각으로 남고, 점수에서 10%를 뺍니다."
    )
    expect(before).to_be_hidden()
    expect(page.locator("[data-clock-until-due]")).to_be_hidden()
    expect(page.locator("[data-clock-left]")).to_have_text(re.compile(r"^2[34]:\d\d:\d\d$"))
    expect(page.locator("[data-clock-said]")).to_contain_text("마감이 지났습니다.")
    expect(page.locator("[data-clock-due]")).to_be_hidden()
    expect(page.locator("[data-clock-end]")).to_be_visible()


def test_without_scripts_the_deadline_stands_there_as_a_time(new_context: NewContext) -> None:
    page = new_context(java_script_enabled=False).new_page()
    start(page)
    expect(page.locator(".clock__end")).to_have_text(
        re.compile(r"\d+월 \d+일 \(.\) \d\d:\d\d:\d\d까지 \(한국 시각\) · \d+분 남음")
    )
    expect(page.locator("[data-clock-left]")).to_be_hidden()


# The next learner ----------------------------------------------------------------------------
def test_what_waited_on_the_device_is_handed_over_late_and_then_gone(
    page: Page, context: BrowserContext, new_context: NewContext, away: list[str]
) -> None:
    attempt = start_at(page, "short_text")
    field(page).get_by_label("답").fill("보안 그룹")
    says(page, "unsaved", "저장 안 됨")
    elsewhere = new_context()
    elsewhere.add_cookies([{**cookie} for cookie in context.cookies()])  # type: ignore[typeddict-item]
    submit(elsewhere.new_page(), attempt)
    away.clear()
    page.goto(attempt)
    says(page, "late", "제출이 끝난 뒤에 도착했습니다.")
    assert drafts(page) == []
    page.reload()
    expect(reviewed(page, "short_text")).to_contain_text("시간이 끝난 뒤에 도착한 답")


def test_the_next_learner_in_the_same_browser_sees_nothing_of_the_last(
    page: Page, context: BrowserContext, away: list[str], watch: Watch
) -> None:
    watch.expect_status(404)
    first = start_at(page, "short_text")
    field(page).get_by_label("답").fill("앞사람이 쓴 답")
    says(page, "unsaved", "저장 안 됨")
    context.clear_cookies()
    away.clear()
    answered = page.goto(first)
    assert answered
    assert answered.status == 404
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    second = start_at(page, "short_text")
    assert second != first
    expect(field(page).get_by_label("답")).to_have_value("")
    assert "앞사람이 쓴 답" not in page.content()
    expect(page.locator("[data-waiting]")).to_be_hidden()
    assert [request.url for request in sent if first in request.url] == []


def test_a_form_that_logs_out_takes_the_drafts_with_it(page: Page, away: list[str]) -> None:
    start_at(page, "short_text")
    field(page).get_by_label("답").fill("보안 그룹")
    says(page, "unsaved", "저장 안 됨")
    assert drafts(page)
    page.evaluate(
        """async (position) => {
          const form = document.createElement("form");
          form.dataset.clearDrafts = "";
          form.addEventListener("submit", (event) => event.preventDefault());
          document.querySelector("main").append(form);
          const script = document.createElement("script");
          const known = document.querySelector('script[src*="quizzes/quiz"]').src;
          script.src = known.replace(/quiz\\.[^/]*$/, "drafts.js");
          script.type = "module";
          await new Promise((done) => {
            script.addEventListener("load", done);
            document.head.append(script);
          });
          form.requestSubmit();
        }""",
        POSITIONS["short_text"],
    )
    assert drafts(page) == []


def test_pages_of_an_attempt_are_kept_by_no_cache(page: Page) -> None:
    attempt = start(page)
    for path in ("1/", "summary/"):
        answered = page.goto(f"{attempt}{path}")
        assert answered
        assert "no-store" in (answered.header_value("cache-control") or "")
    holds_nothing = page.locator("[data-answer] input:checked")
    page.goto(f"{attempt}1/")
    expect(holds_nothing).to_have_count(0)
    answer(page, "single")
    expect(saved(page)).to_be_visible()
    page.reload()
    holds(page, "single")
