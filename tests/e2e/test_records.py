"""One's own record in a real browser: asked whose it is, taken along, shown, and erased."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.e2e.axe import violations
from tests.e2e.course import SLUGS, mark_as_read, settle
from tests.e2e.watch import Watch

PHONE: ViewportSize = {"width": 320, "height": 640}
PASSWORD = "구름 사다리 9칸"
FIRST, SECOND = SLUGS[:2]


def sign_up(page: Page, name: str) -> None:
    page.goto("/signup/?next=/me/")
    page.get_by_label("로그인 이름").fill(name)
    page.get_by_label("이름", exact=True).fill("김하늘")
    page.get_by_label("비밀번호", exact=True).fill(PASSWORD)
    page.get_by_label("비밀번호 한 번 더").fill(PASSWORD)
    page.get_by_role("button", name="계정 만들기").click()


def looks_right(page: Page) -> None:
    """Fits the screen, and breaks no rule that a machine can judge."""
    settle(page)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_was_read_without_account_comes_along_and_goes_when_told(
    scheme: Literal["light", "dark"], page: Page, watch: Watch
) -> None:
    watch.expect_status(422)  # the form that was sent empty
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme=scheme)
    mark_as_read(page, FIRST)
    sign_up(page, f"e2e-record-{scheme}")
    expect(page).to_have_url(re.compile(r"/me/move/"))
    expect(page.get_by_text("로그인하지 않고 푼 기록이 있습니다")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="옮기기").click()
    expect(page).to_have_url(re.compile(r"/me/$"))
    expect(page.get_by_text(f"{len(SLUGS)}칸 중 1칸을 올랐습니다.")).to_be_visible()
    expect(page.get_by_text("김하늘님의 계정에 남는 기록입니다.")).to_be_visible()
    looks_right(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="내 기록 내려받기").click()
    assert "김하늘" in download.value.path().read_text("utf-8")

    page.get_by_role("link", name="계정과 기록 지우기").click()
    page.get_by_role("button", name="계정과 기록 지우기").click()
    expect(page.get_by_text("지금 비밀번호를 적어 주세요.")).to_be_visible()
    looks_right(page)
    page.get_by_label("지금 비밀번호").fill(PASSWORD)
    page.get_by_label("되돌릴 수 없다는 것을 알고 있습니다.").check()
    page.get_by_role("button", name="계정과 기록 지우기").click()
    expect(page.get_by_role("heading", name="지웠습니다")).to_be_visible()
    page.goto("/me/")
    expect(page.get_by_text("아직 읽은 레슨이 없습니다")).to_be_visible()


def test_a_record_that_is_somebody_elses_is_left_alone(page: Page) -> None:
    """A shared computer: the one who comes next says so, and is asked no more."""
    mark_as_read(page, SECOND)
    sign_up(page, "e2e-record-next")
    page.get_by_role("button", name="내 기록이 아닙니다").click()
    expect(page).to_have_url(re.compile(r"/me/$"))
    expect(page.get_by_text(f"레슨 {len(SLUGS)}개, 모두 읽는 데")).to_be_visible()
    expect(page.get_by_text("내 것인지 보고 옮기기")).to_have_count(0)
