"""The whole story of a class, from the first start of a site to a score that is overridden."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import classroom
from tests.e2e.class_bank import close_now
from tests.e2e.classroom import (
    CODE,
    PHONE,
    answer_anything,
    fill,
    gradebook_rows,
    hand_in,
    live_row,
    moment,
    new_account,
    press,
    read_csv,
    type_code,
)
from tests.e2e.course import settle
from tests.e2e.quiz import field, saved
from tests.e2e.watch import Watch
from tests.starter.running import RunningSite

ROOM, TITLE, LATE_COMER = "클라우드 1반", "3주 과제", "임지각"
QUIZ, ITEMS = "tenancy-exam", 10
REASON, COMMENT = "구술로 다시 확인했습니다.", "다음에는 먼저 저장하고 확인해 주세요."


@pytest.fixture
def school(tmp_path: Path) -> Iterator[RunningSite]:
    """A site that was never started before: nobody is on it."""
    with RunningSite(tmp_path / "data", tmp_path / "site.log") as site:
        yield site


@dataclass
class People:
    """The browsers of one site, each with its own cookies, each watched."""

    browser: Browser
    options: Mapping[str, Any]
    watch: Watch

    @property
    def origin(self) -> str:
        return str(self.options["base_url"])

    def page(self, **options: Any) -> Page:
        context = self.browser.new_context(**{**self.options, **options})
        context.set_default_timeout(15_000)
        self.watch.follow(context)
        return context.new_page()

    def phone(self) -> Page:
        return self.page(**PHONE)


@pytest.fixture
def people(
    school: RunningSite, browser: Browser, browser_context_args: dict[str, Any], watch: Watch
) -> Iterator[People]:
    before = set(browser.contexts)
    origin = f"http://127.0.0.1:{school.port}"
    watch.origins.add(origin)
    yield People(browser, {**browser_context_args, "base_url": origin}, watch)
    for context in set(browser.contexts) - before:
        context.close()


@pytest.mark.slow  # a minute: four browsers, and a site that starts for the first time
def test_a_class_from_the_first_start_to_an_overridden_score(
    school: RunningSite, people: People, watch: Watch, tmp_path: Path
) -> None:
    admin = set_up(school, people, watch)
    teacher = people.page()
    become_instructor(teacher, admin)
    code = open_class(teacher)
    assignment = assign(teacher)
    first, second, third = (people.phone() for _ in range(3))
    join_with_new_account(first, code, "haneul", "김하늘")
    join_with_new_account(second, code, "bada", "이바다")
    entry_code = join_by_name(third, code, LATE_COMER)
    third = come_back_elsewhere(people, third, code, entry_code)
    take_all_of_it(first)
    attempt = lose_the_connection_and_go_on(second, watch)
    watch_live(teacher, assignment)
    hand_in(second, attempt)
    expect(live_row(teacher, "이바다")).to_contain_text("제출")  # without a reload
    close_now(school.data_dir, assignment.rsplit("/", 2)[1])
    come_late(third)
    teacher.goto(assignment)
    expect(live_row(teacher, LATE_COMER)).to_contain_text("지각 제출")
    compare_gradebook_and_file(teacher, tmp_path / "gradebook.csv")
    override(teacher, LATE_COMER)
    sees_the_override(third)


def set_up(school: RunningSite, people: People, watch: Watch) -> Page:
    """The link that `serve` printed makes the first administrator, once."""
    link = re.search(rf"{people.origin}/setup/\S+", school.output)
    assert link, school.output
    page = people.page()
    page.goto(link[0])
    new_account(page, "admin", "박관리")
    press(page, "관리자 계정 만들기")
    expect(page).to_have_url("/classrooms/")
    watch.expect_status(404)
    stranger = people.page()
    stranger.goto(link[0])
    expect(stranger.get_by_label("로그인 이름", exact=True)).to_have_count(0)
    stranger.context.close()
    return page


def become_instructor(page: Page, admin: Page) -> None:
    """Signs up as anybody does; the administrator says what this account may do."""
    page.goto("/signup/")
    new_account(page, "teacher", "정강사")
    press(page, "계정 만들기")
    expect(page).not_to_have_url(re.compile("/signup/"))
    admin.goto("/accounts/")
    press(admin, "teacher")
    admin.get_by_role("combobox", name="역할").select_option(label="강사")
    press(admin, "역할 저장")
    expect(admin.get_by_role("combobox", name="역할")).to_have_value("instructor")


def open_class(page: Page) -> str:
    """A class whose learners may come in with a name; its code, as it is projected."""
    page.goto("/classrooms/")
    press(page, "새 반 만들기")
    fill(page, {"반 이름": ROOM})
    page.get_by_label("계정 없이 이름만으로 들어올 수 있음").check()
    press(page, "반 만들기")
    press(page, "참여 코드")
    expect(page.locator(".poster__qr")).to_have_js_property("complete", True)
    code = page.locator(".poster__code").inner_text()
    assert CODE.fullmatch(code)
    return code


def assign(page: Page) -> str:
    """A shipped exam, due in an hour, late until tomorrow; its address."""
    press(page, "과제")
    press(page, "과제 내기")
    page.get_by_label("퀴즈", exact=True).select_option(QUIZ)
    fill(page, {"제목": TITLE, "안내": "책을 보지 말고 풀어 주세요."})
    fill(page, {"마감": moment(timedelta(hours=1)), "지각 마감": moment(timedelta(days=1))})
    fill(page, {"지각 감점(%)": "20"})
    page.get_by_role("radio", name="제출한 뒤").check()
    press(page, "과제 내기")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    return page.url


def join_with_new_account(page: Page, code: str, login_name: str, name: str) -> None:
    type_code(page, code.lower().replace("-", " "))
    press(page, "계정 만들기")
    new_account(page, login_name, name)
    press(page, "계정 만들기")
    expect(page).to_have_url(re.compile(r"/join/"))
    press(page, "들어가기")
    expect(page.get_by_role("heading", level=1)).to_have_text(ROOM)


def join_by_name(page: Page, code: str, name: str) -> str:
    """The personal code, which is never shown again."""
    type_code(page, code)
    fill(page, {"이름": name})
    press(page, "이름으로 들어가기")
    entry_code = page.locator(".secret").inner_text()
    assert CODE.fullmatch(entry_code)
    press(page, "적었습니다, 반으로 가기")
    expect(page.get_by_role("heading", level=1)).to_have_text(ROOM)
    page.goto(f"/join/{code.replace('-', '')}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(ROOM)
    assert entry_code not in page.content()
    return entry_code


def come_back_elsewhere(people: People, before: Page, code: str, entry_code: str) -> Page:
    """Another phone, and the same learner."""
    before.context.close()
    page = people.phone()
    type_code(page, code)
    press(page, "개인 코드 적기")
    fill(page, {"개인 코드": entry_code.lower()})
    press(page, "들어가기")
    expect(page.get_by_role("heading", level=1)).to_have_text(ROOM)
    expect(page.get_by_role("main")).to_contain_text(f"{LATE_COMER}님으로")
    return page


def open_assignment(page: Page) -> None:
    press(page, TITLE)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def take_all_of_it(page: Page) -> None:
    """Every item answered, with a finger; the result is told at once."""
    open_assignment(page)
    start_and_answer(page)
    press(page, "제출하기")
    expect(page.get_by_role("heading", name="결과", exact=True)).to_be_visible()


def start_and_answer(page: Page) -> None:
    attempt = classroom.start(page)
    for position in range(1, ITEMS + 1):
        expect(page).to_have_url(f"{attempt}{position}/")
        settle(page)
        answer_anything(page)
        page.locator("button[value=next]").tap()
    expect(page.locator(".before__sum")).to_contain_text("모두 답했습니다")


def lose_the_connection_and_go_on(page: Page, watch: Watch) -> str:
    """One answer before, one in the tunnel, which arrives behind it; the attempt's address."""
    open_assignment(page)
    attempt = classroom.start(page)
    answer_anything(page)
    page.locator("button[value=next]").tap()
    expect(page).to_have_url(f"{attempt}2/")
    settle(page)
    watch.expect_console("net::ERR_")
    page.context.set_offline(True)
    typed = field(page).locator("input, select").first
    if typed.get_attribute("type") in {"radio", "checkbox"}:
        typed.check()
    else:
        answer_offline(page)
    expect(page.locator("[data-save-status]")).to_have_attribute("data-state", "unsaved")
    expect(page.locator("[data-save-status]")).to_contain_text("저장 안 됨")
    page.context.set_offline(False)
    expect(saved(page)).to_have_text("저장됨")
    page.reload()
    expect(saved(page)).to_have_text("저장됨")
    return attempt


def answer_offline(page: Page) -> None:
    selects = field(page).locator("select")
    if selects.count():
        selects.first.select_option(index=1)
    else:
        field(page).get_by_label("답", exact=True).fill("3")


def watch_live(page: Page, assignment: str) -> None:
    """One has handed in, one is working, one has not begun."""
    page.goto(assignment)
    expect(live_row(page, "김하늘")).to_contain_text("제출")
    expect(live_row(page, "이바다")).to_contain_text("응시 중")
    expect(live_row(page, "이바다")).to_contain_text(re.compile(rf"[12] / {ITEMS}문제"))
    expect(live_row(page, LATE_COMER)).to_contain_text("시작 전")


def come_late(page: Page) -> None:
    """After the deadline: told before beginning, and by the result."""
    open_assignment(page)
    page.reload()
    expect(page.get_by_role("main")).to_contain_text(re.compile("마감이 지났습니다.*20%"))
    start_and_answer(page)
    press(page, "제출하기")
    expect(page).to_have_url(re.compile(r"/review/$"))
    expect(page.get_by_role("main")).to_contain_text("지각")


def compare_gradebook_and_file(page: Page, path: Path) -> None:
    """What the file says is what the screen says: learners, sums, scores, states."""
    press(page, "성적표")
    shown = gradebook_rows(page)
    with page.expect_download() as download:
        press(page, "CSV로 받기")
    download.value.save_as(path)
    heads, *rows = read_csv(path)
    assert heads[:2] == ["학번", "이름"]
    assert heads[-2:] == [f"{TITLE} 점수 (만점 {ITEMS})", f"{TITLE} 상태"]
    assert [[text for text in row if text] for row in rows] == shown
    states = {row[1]: row[-1] for row in rows}
    assert states == {"김하늘": "제출", "이바다": "제출", LATE_COMER: "지각 제출"}


def override(page: Page, name: str) -> None:
    """The score is what was answered less the deduction, until an instructor says otherwise."""
    row = page.locator("table.gb tbody tr").filter(has_text=name)
    in_gradebook = float(row.locator("td[data-state] .gb__figure").inner_text())
    row.locator("td[data-state] a").click()
    answered = float(page.locator(".mark-attempt__score strong").first.inner_text())
    assert in_gradebook == pytest.approx(answered * 0.8, abs=0.01)
    page.get_by_role("radio", name="점수를 직접 정하기").check()
    page.locator("#mark-score").fill("8.5")
    page.locator("#mark-reason").fill(REASON)
    page.locator("#mark-comment").fill(COMMENT)
    press(page, "평가 저장")
    expect(page.locator(".mark__state")).to_contain_text("8.5")
    press(page, "성적표")
    row = page.locator("table.gb tbody tr").filter(has_text=name)
    expect(row.locator("td[data-state]")).to_contain_text("지각 제출 · 점수 고침")


def sees_the_override(page: Page) -> None:
    page.goto("/classrooms/")
    press(page, ROOM)
    open_assignment(page)
    expect(page.locator(".task-state")).to_contain_text("8.5 / 10점")
    expect(page.get_by_role("main")).to_contain_text(REASON)
    expect(page.get_by_role("main")).to_contain_text(COMMENT)
