"""Signing up, in and out in a real browser, and the header's corner."""

import subprocess
import sys

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import NewContext
from tests.e2e.course import lesson, settle
from tests.e2e.watch import Watch
from tests.starter.running import ROOT, RunningSite, site_environ

PASSWORD = "구름 사다리 9칸"
LONG_NAME = "아주길고긴이름을가진사람이었던하늘바다구름"
PHONE: ViewportSize = {"width": 320, "height": 640}
MENU = "[data-account-menu]"
DOORS = ("/login/", "/signup/", "/reset/", "/privacy/", "/me/bar/", "/logout/")
_SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifts.push(entry.value);
  }).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="session")
def accounts(site: RunningSite) -> None:
    """`admin` and `bada`, who has a long name, made with the site's own command."""
    for name, role, shown in (("admin", "admin", "박관리"), ("bada", "learner", LONG_NAME)):
        subprocess.run(
            [
                *(sys.executable, "manage.py", "add_user", name, "--role", role),
                *("--display-name", shown, "--password-stdin"),
            ],
            cwd=ROOT,
            env=site_environ(site.data_dir),
            input=f"{PASSWORD}\n",
            encoding="utf-8",
            check=True,
            stdout=subprocess.DEVNULL,
        )


def sign_in(page: Page, name: str) -> None:
    page.goto("/login/")
    page.get_by_label("로그인 이름").fill(name)
    page.get_by_label("비밀번호", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="로그인").click()
    page.wait_for_url("/")


def test_somebody_signs_up_reads_and_signs_out_on_a_phone(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(lesson("aws"))
    page.get_by_role("link", name="로그인").click()
    page.get_by_role("link", name="계정 만들기").click()
    page.get_by_label("로그인 이름").fill("e2e-haneul")
    page.get_by_label("이름", exact=True).fill("김하늘")
    page.get_by_label("비밀번호", exact=True).fill(PASSWORD)
    page.get_by_label("비밀번호 한 번 더").fill(PASSWORD)
    page.get_by_role("button", name="계정 만들기").click()
    page.wait_for_url(f"**{lesson('aws')}")
    page.evaluate("() => localStorage.setItem('gureum.draft.x', 'an answer')")
    page.locator(MENU).get_by_text("김하늘").click()
    page.get_by_role("button", name="로그아웃").click()
    page.wait_for_url("/")
    expect(page.get_by_role("link", name="로그인")).to_be_visible()
    assert page.evaluate("() => localStorage.getItem('gureum.draft.x')") is None


@pytest.mark.usefixtures("accounts")
def test_the_menu_is_opened_walked_and_closed_by_keyboard(page: Page) -> None:
    sign_in(page, "admin")
    summary = page.locator(f"{MENU} > summary")
    expect(summary).to_be_visible()
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="계정 관리")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="내 기록")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="계정 관리")).to_be_hidden()
    expect(summary).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("[data-theme-switch]").focus()
    expect(page.get_by_role("link", name="계정 관리")).to_be_hidden()


@pytest.mark.usefixtures("accounts")
@pytest.mark.parametrize("width", [320, 600, 820, 1280])
def test_the_name_comes_without_moving_anything(width: int, page: Page) -> None:
    sign_in(page, "bada")
    page.set_viewport_size({"width": width, "height": 800})
    page.add_init_script(_SHIFTS)
    page.goto("/widgets/")  # the page before must not be restored
    page.goto(lesson("s3"))
    expect(page.locator(MENU)).to_be_visible()
    settle(page)
    boxes = {
        name: page.locator(name).first.bounding_box()
        for name in (".site-nav", ".account", "[data-theme-switch]")
    }
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes.values())
    account, switch = boxes[".account"], boxes["[data-theme-switch]"]
    assert account
    assert switch
    assert account["x"] + account["width"] <= switch["x"] + 16
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert sum(page.evaluate("() => window.shifts")) < 0.01


def test_on_a_phone_the_menu_stays_in_view_and_the_masthead_leaves(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(lesson("s3"))
    page.evaluate("() => scrollTo(0, 1500)")
    page.wait_for_function("() => scrollY > 1000")
    settle(page)
    expect(page.locator(".brand")).not_to_be_in_viewport()
    box = page.locator(".site-nav").bounding_box()
    assert box
    assert 0 <= box["y"] < 4
    for link in page.locator(".site-nav__link").all():
        area = link.bounding_box()
        assert area
        assert area["height"] >= 36
        assert area["width"] >= 44


@pytest.mark.usefixtures("accounts")
def test_without_scripts_the_corner_is_a_page(new_context: NewContext) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.set_viewport_size(PHONE)
    page.goto("/")
    page.get_by_role("link", name="계정", exact=True).click()
    expect(page.get_by_role("heading", name="계정")).to_be_visible()
    page.locator("main").get_by_role("link", name="로그인").click()
    page.get_by_label("로그인 이름").fill("bada")
    page.get_by_label("비밀번호", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="로그인").click()
    page.get_by_role("link", name="계정", exact=True).click()
    expect(page.get_by_role("heading", name=f"{LONG_NAME}님")).to_be_visible()
    page.locator("main").get_by_role("button", name="로그아웃").click()
    page.goto("/me/password/")
    expect(page.get_by_role("heading", name="로그인")).to_be_visible()


def test_a_wrong_password_is_told_where_it_was_typed(page: Page, watch: Watch) -> None:
    watch.expect_status(422)
    page.goto("/login/")
    page.get_by_label("로그인 이름").fill("nobody")
    page.get_by_label("비밀번호", exact=True).fill("x")
    page.get_by_role("button", name="로그인").click()
    expect(page.get_by_role("alert")).to_contain_text("맞지 않습니다")
    assert page.get_by_label("로그인 이름").input_value() == "nobody"
    assert violations(page) == []


@pytest.mark.slow
@pytest.mark.usefixtures("accounts")
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_doors_have_no_violations(theme: str, width: int, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    found = {}
    for path in DOORS:
        page.goto(path)
        found[path] = violations(page)
    sign_in(page, "admin")
    page.locator(f"{MENU} > summary").click()
    found["the open menu"] = violations(page)
    for path in ("/accounts/", "/accounts/?show=trail", "/me/password/", "/me/bar/", "/logout/"):
        page.goto(path)
        found[path] = violations(page)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, path
    page.goto("/accounts/")
    page.get_by_role("link", name="bada").click()
    page.get_by_role("button", name="재설정 코드 만들기").click()
    expect(page.locator(".secret")).to_be_visible()
    found["an account"] = violations(page)
    assert {path: lines for path, lines in found.items() if lines} == {}
