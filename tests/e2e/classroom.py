"""Classes as their tests know them: how one comes in, how a quiz is answered, what is shown."""

import csv
import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from tests.e2e.class_bank import PASSWORD
from tests.e2e.course import settle
from tests.e2e.quiz import field, saved

PHONE = {
    "viewport": {"width": 375, "height": 812},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
CODE = re.compile(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4})+")
ROSTER = "학번\t이름\n20201\t나라온\n20202\t\n20203\t도하나\n20201\t마지막\n"
SEOUL = ZoneInfo("Asia/Seoul")


# Doors --------------------------------------------------------------------------------------
def fill(page: Page, fields: dict[str, str]) -> None:
    """Type into the fields with these labels."""
    for label, text in fields.items():
        page.get_by_label(label, exact=True).fill(text)


def press(page: Page, name: str) -> None:
    """The button or link of that name."""
    button = page.get_by_role("button", name=name, exact=True)
    button.or_(page.get_by_role("link", name=name, exact=True)).first.click()


def new_account(page: Page, login_name: str, name: str) -> None:
    """Fill in the form of a new account as it stands on the page."""
    fill(page, {"로그인 이름": login_name, "이름": name})
    fill(page, {"비밀번호": PASSWORD, "비밀번호 한 번 더": PASSWORD})


def sign_in(page: Page, login_name: str) -> None:
    page.goto("/login/")
    fill(page, {"로그인 이름": login_name, "비밀번호": PASSWORD})
    page.get_by_role("main").get_by_role("button", name="로그인", exact=True).click()
    expect(page).not_to_have_url(re.compile("/login/"))


def type_code(page: Page, code: str) -> None:
    """Before the door of a class, by the code from the board."""
    page.goto("/join/")
    fill(page, {"참여 코드": code})
    press(page, "다음")
    expect(page).to_have_url(re.compile(r"/join/[2-9A-Z]{8}/$"))


# Answers ------------------------------------------------------------------------------------
def answer_anything(page: Page) -> None:
    """Some answer to the item on the page, whatever its kind, and wait until it is saved."""
    radios, boxes = field(page).get_by_role("radio"), field(page).get_by_role("checkbox")
    selects = field(page).locator("select")
    if radios.count():
        names = radios.evaluate_all("nodes => [...new Set(nodes.map((node) => node.name))]")
        for name in names:
            field(page).locator(f"input[name='{name}']").first.check()
    elif boxes.count():
        for box in boxes.all()[:2]:  # as many as such a question asks for
            box.check()
    elif selects.count():
        for place, select in enumerate(selects.all()):  # the first option is no answer
            options = select.locator("option").count() - 1
            select.select_option(index=1 + place % options)
    else:
        field(page).get_by_label("답", exact=True).fill("3")
    expect(saved(page)).to_have_text("저장됨")


def start(page: Page) -> str:
    """Begin the assignment whose page is open; the attempt's address."""
    press(page, "시작하기")
    expect(page).to_have_url(re.compile(r"/attempts/[0-9a-f-]+/1/$"))
    settle(page)
    return page.url.removesuffix("1/")


def hand_in(page: Page, attempt: str) -> None:
    page.goto(f"{attempt}summary/")
    press(page, "제출하기")
    expect(page).to_have_url(re.compile(r"/review/$"))


# Instructors' pages -------------------------------------------------------------------------
def moment(ahead: timedelta) -> str:
    """A time for a picker on a page, from now, in the site's zone."""
    return (datetime.now(SEOUL) + ahead).strftime("%Y-%m-%dT%H:%M")


def live_row(page: Page, name: str) -> Locator:
    return page.locator(".live-table tbody tr").filter(has_text=name)


def gradebook_rows(page: Page) -> list[list[str]]:
    """What the table shows: by learner every number and every word, in their order."""
    rows = page.locator("table.gb tbody tr")
    return [row.locator(".gb__value").all_inner_texts() for row in rows.all()]


def read_csv(path: Path) -> list[list[str]]:
    """As a spreadsheet reads it: UTF-8 with BOM."""
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))


def paste_roster(page: Page, room: str) -> None:
    """Five lines, of which two cannot be: one without a name, one with a number that is taken."""
    page.goto(f"{room}people/add/")
    page.get_by_label("붙여 넣기").fill(ROSTER)
    press(page, "확인하기")
