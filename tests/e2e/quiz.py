"""Quizzes as their tests know them: how one starts, how each kind is answered, what is stored."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.course import settle
from tests.e2e.quiz_bank import EXAM, POSITIONS, PRACTICE

# By kind the answer that is right; of a generated question nobody knows it beforehand.
KNOWN = tuple(kind for kind in POSITIONS if kind not in {"essay", "generated"})
ESSAY = "응답의 목적지 포트가 임시 포트입니다.\n네트워크 ACL은 연결을 기억하지 않습니다."
ORDER = (
    "EC2 보안 그룹의 아웃바운드 규칙",
    "퍼블릭 서브넷 네트워크 ACL의 아웃바운드 규칙",
    "프라이빗 서브넷 네트워크 ACL의 인바운드 규칙",
    "RDS 보안 그룹의 인바운드 규칙",
)
PAIRS = {
    "보안 그룹": "인스턴스의 네트워크 인터페이스",
    "네트워크 ACL": "서브넷",
    "인터넷 게이트웨이": "VPC",
}
CATEGORIES = {
    "허용 규칙만 있습니다": "보안 그룹",
    "번호가 작은 규칙부터 봅니다": "네트워크 ACL",
    "응답을 따로 허용해야 합니다": "네트워크 ACL",
}
CHOICES = {
    "single": ("요청을 허용했으므로 규칙을 보지 않고 내보냅니다.",),
    "multiple": ("서브넷에 연결합니다.", "거부 규칙을 쓸 수 있습니다."),
    "true_false": ("틀립니다",),
    "scenario": ("요청은 도착하지만, 응답이 돌아오는 길에 막힙니다.",),
}
TYPED = {"numeric": "3,306", "short_text": "Security-Group", "essay": ESSAY}


def start(page: Page, slug: str = EXAM, *, origin: str = "") -> str:
    """A new attempt of this browser's learner; its address."""
    page.goto(f"{origin}/quizzes/{slug}/")
    page.get_by_role("button", name="시작하기").click()
    expect(page).to_have_url(re.compile(r"/attempts/[0-9a-f-]+/1/$"))
    return page.url.removesuffix("1/")


def visit(page: Page, attempt: str, kind: str) -> None:
    page.goto(f"{attempt}{POSITIONS[kind]}/")
    settle(page)


def start_at(page: Page, kind: str, slug: str = EXAM) -> str:
    attempt = start(page, slug)
    visit(page, attempt, kind)
    return attempt


def start_practice(page: Page, kind: str) -> str:
    return start_at(page, kind, PRACTICE)


def field(page: Page) -> Locator:
    return page.locator("[data-answer]")


def saved(page: Page) -> Locator:
    return page.locator("[data-save-status][data-state=saved]")


def choice(page: Page, text: str) -> Locator:
    """The radio button or checkbox of that name."""
    radio = field(page).get_by_role("radio", name=text, exact=True)
    return radio.or_(field(page).get_by_role("checkbox", name=text, exact=True))


def pick(page: Page, text: str) -> None:
    choice(page, text).check()


def answer(page: Page, kind: str) -> None:
    """The right answer where it is known, with the controls that every browser has."""
    match kind:
        case "matching":
            for left, right in PAIRS.items():
                field(page).get_by_label(left, exact=True).select_option(label=right)
        case "ordering":
            for place, text in enumerate(ORDER, start=1):
                field(page).get_by_label(text, exact=True).select_option(label=f"{place}번째")
        case "categorize":
            for row, category in CATEGORIES.items():
                pick(page, f"{row} {category}")
        case "numeric" | "short_text" | "essay":
            field(page).get_by_label("답", exact=True).fill(TYPED[kind])
        case "generated":
            field(page).get_by_role("radio").first.check()
        case _:
            for text in CHOICES[kind]:
                pick(page, text)


def holds(page: Page, kind: str) -> None:
    """The form shows what `answer` has answered."""
    match kind:
        case "matching":
            for left, right in PAIRS.items():
                chosen = field(page).get_by_label(left, exact=True).locator("option:checked")
                expect(chosen).to_have_text(right)
        case "ordering":
            for place, text in enumerate(ORDER, start=1):
                expect(field(page).get_by_label(text, exact=True)).to_have_value(f"{place}")
            expect(field(page).locator(".place__text")).to_have_text(ORDER)
        case "categorize":
            for row, category in CATEGORIES.items():
                expect(choice(page, f"{row} {category}")).to_be_checked()
        case "numeric" | "short_text" | "essay":
            expect(field(page).get_by_label("답", exact=True)).to_have_value(TYPED[kind])
        case "generated":
            expect(field(page).get_by_role("radio").first).to_be_checked()
        case _:
            for text in CHOICES[kind]:
                expect(choice(page, text)).to_be_checked()
            expect(field(page).locator("input:checked")).to_have_count(len(CHOICES[kind]))


def submit(page: Page, attempt: str) -> None:
    page.goto(f"{attempt}summary/")
    page.get_by_role("button", name="제출하기").click()
    expect(page.get_by_role("heading", name="결과", exact=True)).to_be_visible()


def reviewed(page: Page, kind: str) -> Locator:
    return page.locator(f"#item-{POSITIONS[kind]}")


def drafts(page: Page) -> list[str]:
    """The keys of what waits on this device."""
    keys: list[str] = page.evaluate(
        "() => Object.keys(localStorage).filter((key) => key.startsWith('gureum.draft.'))"
    )
    return keys
