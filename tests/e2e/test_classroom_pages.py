"""Teaching and learning in a class: a roster, the keyboard alone, no scripts."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.class_bank import EXAM, PUPIL, READING, ROOM, TEACHER, Bank
from tests.e2e.classroom import (
    CODE,
    PHONE,
    fill,
    gradebook_rows,
    paste_roster,
    press,
    sign_in,
    type_code,
)
from tests.e2e.conftest import NewContext, PageOf
from tests.e2e.course import settle


# A roster -----------------------------------------------------------------------------------
def test_a_roster_is_pasted_looked_at_and_its_cards_let_people_in(
    bank: Bank, page_of: PageOf, new_context: NewContext
) -> None:
    page = page_of(TEACHER)
    paste_roster(page, bank.room)
    bad = page.locator(".roster-lines--bad tbody tr")
    expect(bad).to_have_count(2)
    expect(bad.nth(0)).to_contain_text("20202")
    expect(page.get_by_role("main")).to_contain_text("아직 아무것도 바뀌지 않았습니다")
    press(page, "문제없는 2명 넣기")
    cards = page.locator(".entry-card")
    expect(cards).to_have_count(2)
    card = cards.filter(has_text="나라온")
    expect(card).to_contain_text("20201")
    codes = [text for text in card.locator("dd").all_inner_texts() if CODE.fullmatch(text)]
    class_code, own_code = codes
    page.reload()
    assert own_code not in page.content()
    phone = new_context(**{k: v for k, v in PHONE.items() if k != "viewport"}).new_page()
    phone.set_viewport_size({"width": 375, "height": 812})
    type_code(phone, class_code)
    press(phone, "개인 코드 적기")
    fill(phone, {"개인 코드": own_code})
    press(phone, "들어가기")
    expect(phone.get_by_role("heading", level=1)).to_have_text(ROOM)
    expect(phone.get_by_role("main")).to_contain_text("나라온")


# By keyboard --------------------------------------------------------------------------------
def tab_to(page: Page, target: Locator) -> None:
    expect(target).to_be_visible()
    for _ in range(150):
        page.keyboard.press("Tab")
        if target.evaluate("(node) => node === document.activeElement"):
            return
    raise AssertionError("the tab key does not lead there")


def test_a_score_is_overridden_by_keyboard_alone(bank: Bank, page_of: PageOf) -> None:
    page = page_of(TEACHER)
    page.goto(f"{bank.demo}gradebook/?sort=number")
    settle(page)
    row = page.locator("table.gb tbody tr").nth(1)
    tab_to(page, row.locator("td[data-state] a").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("예시 나래")
    tab_to(page, page.get_by_role("radio", name="계산한 점수대로"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="점수를 직접 정하기")).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.locator("#mark-score")).to_be_focused()
    page.keyboard.type("11.25")
    page.keyboard.press("Tab")
    page.keyboard.type("채점 기준을 다시 보았습니다.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="저장했습니다")).to_be_visible()
    expect(page.locator(".mark__state")).to_contain_text("11.25")


def test_the_gradebook_scrolls_by_keyboard(bank: Bank, page_of: PageOf) -> None:
    page = page_of(TEACHER)
    page.set_viewport_size({"width": 800, "height": 600})
    page.goto(f"{bank.demo}gradebook/")
    settle(page)
    frame = page.locator(".gb-scroll")
    tab_to(page, frame)
    before = frame.evaluate("(node) => node.scrollTop + node.scrollLeft + window.scrollY")
    for key in ("ArrowRight", "ArrowRight", "PageDown"):
        page.keyboard.press(key)
    page.wait_for_function(
        "(before) => { const node = document.querySelector('.gb-scroll');"
        " return node.scrollTop + node.scrollLeft + window.scrollY > before; }",
        arg=before,
    )


# Without scripts ----------------------------------------------------------------------------
def test_a_class_is_taught_without_scripts(bank: Bank, page_of: PageOf) -> None:
    page = page_of(TEACHER, java_script_enabled=False)
    page.goto("/classrooms/")
    press(page, ROOM)
    press(page, EXAM)
    expect(page.locator(".live-table tbody tr").filter(has_text="김하늘")).to_contain_text("제출")
    page.goto(f"{bank.demo}gradebook/")
    everybody = len(gradebook_rows(page))
    page.get_by_label("이름이나 학번").fill("하늘")
    press(page, "보기")
    assert (everybody, len(gradebook_rows(page))) == (24, 2)
    page.locator("td[data-state] a").first.click()
    page.get_by_role("radio", name="면제").check()
    page.locator("#mark-reason").fill("병결")
    press(page, "평가 저장")
    expect(page.locator(".mark__state")).to_contain_text("면제")
    page.goto(f"{bank.room}people/")
    page.get_by_label("이름이나 학번").fill("하늘")
    press(page, "보기")
    expect(page.locator("table.people tbody tr")).to_have_count(1)


def test_a_learner_joins_and_begins_without_scripts(bank: Bank, new_context: NewContext) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    type_code(page, bank.join_code)
    fill(page, {"이름": "한무선"})
    press(page, "이름으로 들어가기")
    expect(page.locator(".secret")).to_have_text(CODE)
    press(page, "적었습니다, 반으로 가기")
    press(page, READING)
    expect(page.get_by_role("heading", level=1)).to_have_text(READING)
    page.go_back()
    press(page, EXAM)
    press(page, "시작하기")
    expect(page).to_have_url(re.compile(r"/attempts/[0-9a-f-]+/1/$"))
    page.goto("/me/bar/")
    expect(page.get_by_role("main")).to_contain_text("한무선")


def test_one_signs_in_and_out_without_scripts(bank: Bank, new_context: NewContext) -> None:
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, PUPIL)
    page.goto("/logout/")
    page.get_by_role("main").get_by_role("button", name="로그아웃").click()
    page.goto("/me/password/")
    expect(page).to_have_url(re.compile(r"/login/\?next="))
