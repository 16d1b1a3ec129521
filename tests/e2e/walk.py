"""The packet walk's page as its tests know it, and small moves that many of them make."""

from playwright.sync_api import Locator, Page, expect

from tests.e2e.course import settle

PATH = "/widgets/packet-walk/"
NOTES = f"{PATH}?preset=notes"
PREDICT = f"{NOTES}&mode=predict"
PRIVATE_OUT = "#w-acl-private-out-0-ports"
PUBLIC_IN = "#w-acl-public-in-0-ports"
ANY_CLIENT = "1024-65535"
# What a play button waits before the first step, and between two steps (packet_walk.js).
BEFORE, DWELL = 450, 1300
TABS = 120


def visit(page: Page, address: str = NOTES) -> None:
    page.goto(address)
    settle(page)


def verdict(page: Page) -> Locator:
    return page.locator(".pw-verdict")


def shown(page: Page) -> str | None:
    """The number of the step whose caption is shown; it must be the only one."""
    captions = page.locator(".pw-now__step:visible")
    expect(captions).to_have_count(1)
    return captions.get_attribute("data-step")


def press(page: Page, go: str) -> None:
    page.locator(f'[data-go="{go}"]').click()


def open_editor(page: Page) -> None:
    editor = page.locator(".pw-edit")
    if editor.get_attribute("open") is None:
        page.locator(".pw-edit__summary").click()


def edit(page: Page, field: str, value: str) -> None:
    """Type into a field and wait for the page that answers."""
    with page.expect_response(lambda response: "edit=1" in response.url):
        page.locator(field).fill(value)
    settle(page)


def predict(page: Page, choice: int) -> None:
    visit(page, PREDICT)
    page.locator(".ask input[name=answer]").nth(choice).check()
    page.locator(".ask button[type=submit]").click()
    expect(page.locator(".predicted")).to_be_visible()
    settle(page)


def tab_to(page: Page, target: Locator) -> None:
    for _ in range(TABS):
        page.keyboard.press("Tab")
        if target.evaluate("(node) => node === document.activeElement"):
            return
    raise AssertionError("the tab key does not lead there")
