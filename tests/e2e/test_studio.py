"""An instructor writes, imports and changes questions in a real browser."""

import re

import pytest
from playwright.sync_api import Dialog, Locator, Page, expect

from tests.content.attacks import ATTACKS
from tests.e2e.classroom import press
from tests.e2e.conftest import PageOf
from tests.e2e.studio_bank import AUTHOR, COLLEAGUE, HOSTILE, KINDS, Studio
from tests.e2e.watch import Watch

pytestmark = pytest.mark.slow

# What is typed for each kind, by the name of the field.
TYPED: dict[str, dict[str, str]] = {
    "single": {"choice[0].text": "맞는 것", "choice[1].text": "아닌 것", "choice.right": "0"},
    "multiple": {
        "choice[0].text": "가",
        "choice[0].right": "on",
        "choice[1].text": "나",
        "choice[1].right": "on",
        "choice[2].text": "다",
    },
    "true_false": {"answer": "true", "feedback_false": "그렇지 않습니다."},
    "matching": {
        "pair[0].left": "보안 그룹",
        "pair[0].right": "인터페이스",
        "pair[1].left": "NACL",
        "pair[1].right": "서브넷",
    },
    "ordering": {"items[0]": "먼저", "items[1]": "다음", "items[2]": "나중"},
    "categorize": {
        "categories[0]": "하나",
        "categories[1]": "둘",
        "row[0].text": "첫째",
        "row[0].category": "하나",
        "row[1].text": "둘째",
        "row[1].category": "둘",
    },
    "numeric": {"answer": "65535", "unit": "번"},
    "short_text": {"accepted[0]": "임시 포트"},
    "essay": {"rubric[0]": "기억하지 않는다고 썼습니다."},
}


def begin(page: Page, kind: str) -> None:
    page.goto("/studio/questions/new/")
    page.locator(f"button[name=kind][value={kind}]").click()
    expect(page).to_have_url(re.compile("/edit/"))


def type_in(page: Page, fields: dict[str, str]) -> None:
    for name, value in fields.items():
        control = page.locator(f'#editor [name="{name}"]')
        kind = control.first.get_attribute("type")
        if kind == "radio":
            control.and_(page.locator(f'[value="{value}"]')).check()
        elif kind == "checkbox":
            control.check()
        elif control.evaluate("(node) => node.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.fill(value)


def publish(page: Page) -> None:
    press(page, "발행하기")
    expect(page).to_have_url(re.compile("/publish/"))
    press(page, "발행")
    expect(page).to_have_url(re.compile("/history/"))


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("kind", TYPED)
def test_a_question_of_every_kind_is_written_and_published(
    kind: str, scripts: bool, studio: Studio, page_of: PageOf
) -> None:
    page = page_of(AUTHOR, java_script_enabled=scripts)
    begin(page, kind)
    type_in(page, {"title": f"새로 쓴 {kind}", "stem": "무엇입니까?", **TYPED[kind]})
    publish(page)
    page.goto(f"/studio/questions/?q=새로 쓴 {kind}")
    expect(page.get_by_role("main").get_by_text(f"새로 쓴 {kind}").first).to_be_visible()


def test_what_is_typed_is_there_after_a_reload(studio: Studio, page_of: PageOf) -> None:
    page = page_of(AUTHOR)
    begin(page, "single")
    type_in(page, {"stem": "아직 다 쓰지 않은 문제"})
    expect(page.locator("[data-saved]")).to_have_text(re.compile("저장됨"))
    page.reload()
    expect(page.locator("#editor [name=stem]")).to_have_value("아직 다 쓰지 않은 문제")


def test_two_tabs_lose_nothing(studio: Studio, page_of: PageOf, watch: Watch) -> None:
    watch.expect_status(409)
    page = page_of(AUTHOR)
    begin(page, "essay")
    other = page.context.new_page()
    other.goto(page.url)
    type_in(page, {"stem": "첫째 창"})
    expect(page.locator("[data-saved]")).to_have_text(re.compile("저장됨"))
    type_in(other, {"stem": "둘째 창"})
    expect(other.locator("[data-conflict]")).to_be_visible()
    expect(other.locator("[data-conflict]")).to_contain_text("첫째 창")
    expect(other.locator("#editor [name=stem]")).to_have_value("둘째 창")


def test_a_colleague_who_publishes_first_is_seen_by_the_other(
    studio: Studio, page_of: PageOf
) -> None:
    author, colleague = page_of(AUTHOR), page_of(COLLEAGUE)
    for page in (author, colleague):
        page.goto(f"{studio.question}edit/")
    type_in(colleague, {"stem": "한강사가 고친 물음입니까?"})
    publish(colleague)
    type_in(author, {"stem": "윤강사가 고친 물음입니까?"})
    press(author, "발행하기")
    main = author.get_by_role("main")
    expect(main).to_contain_text("한강사가")
    expect(main).to_contain_text("윤강사가 고친 물음")


def test_a_gift_file_of_fifty_questions_becomes_a_quiz(studio: Studio, page_of: PageOf) -> None:
    page = page_of(AUTHOR)
    source = "\n\n".join(
        f"::오래된 {number}:: {number}번 물음은 무엇입니까? {{=맞음 {number} ~틀림 {number}}}"
        for number in range(1, 51)
    )
    page.goto("/studio/import/")
    page.locator("main textarea").fill(source)
    page.locator("main form button[type=submit]").first.click()
    expect(page).to_have_url(re.compile("/studio/import/[0-9a-f-]{36}/"))
    expect(page.get_by_role("main")).to_contain_text("50")
    page.locator("main button[value=apply]").first.click()
    expect(page.get_by_role("main")).to_contain_text("50")
    page.goto("/studio/questions/?q=오래된 50")
    expect(page.get_by_role("main").get_by_text("오래된 50").first).to_be_visible()


def test_hostile_text_runs_nowhere_in_the_studio(studio: Studio, page_of: PageOf) -> None:
    """In the editor's preview, before publishing, in the bank and in a dry run of an import."""
    page = page_of(AUTHOR)
    dialogs: list[str] = []

    def seen(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", seen)
    begin(page, "single")
    hostile = "\n\n".join([HOSTILE, *[text for _, text in ATTACKS[:60]]])[:7_000]
    fields = dict.fromkeys(("choice[0].text", "choice[0].feedback"), hostile[:900])
    type_in(page, {"stem": hostile, **fields, "choice[1].text": "나", "choice.right": "0"})
    type_in(page, {"explanation": hostile, "title": HOSTILE[:100], "tags": HOSTILE[:30]})
    expect(page.locator("[data-saved]")).to_have_text(re.compile("저장됨"))
    press(page, "발행하기")  # shown, and refused: a picture has no text in its place
    expect(page).to_have_url(re.compile("/publish/"))
    for path in ("/studio/questions/", studio.file, "/studio/"):
        page.goto(path)
        expect(page.get_by_role("main")).to_be_visible()
    assert dialogs == []
    assert page.locator("main script, main iframe, main [onerror]").count() == 0


def test_an_attempt_that_runs_keeps_its_wording(studio: Studio, page_of: PageOf) -> None:
    page = page_of(AUTHOR)
    number = KINDS.index("numeric") + 1

    def stem(start: str) -> Locator:
        page.goto(studio.quiz)
        press(page, start)
        expect(page).to_have_url(re.compile("/attempts/[0-9a-f-]{36}/"))
        found = re.search("/attempts/[0-9a-f-]{36}/", page.url)
        assert found
        page.goto(f"{found[0]}{number}/")
        return page.locator(".item__stem")

    running = stem("미리 풀기")
    before = running.inner_text()
    editor = page.context.new_page()
    editor.goto(f"{studio.kinds['numeric']}edit/")
    type_in(editor, {"stem": "고친 뒤에는 몇 번입니까?"})
    publish(editor)
    page.reload()
    expect(running).to_have_text(before)
    expect(stem("처음부터 미리 풀기")).to_have_text("고친 뒤에는 몇 번입니까?")


def tab_to(page: Page, target: Locator) -> None:
    for _ in range(150):
        if target.evaluate("(node) => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {target}")


def test_a_question_is_written_with_the_keyboard_alone(studio: Studio, page_of: PageOf) -> None:
    page = page_of(AUTHOR)
    page.goto("/studio/questions/new/")
    tab_to(page, page.locator("button[name=kind][value=true_false]"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/edit/"))
    for name, keys in (("title", "글쇠로 쓴 문제"), ("stem", "글쇠만으로 쓸 수 있습니다.")):
        tab_to(page, page.locator(f"#editor [name={name}]"))
        page.keyboard.type(keys)
    tab_to(page, page.locator("#editor [name=answer][value=true]"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="발행하기").last)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/publish/"))
    tab_to(page, page.get_by_role("button", name="발행", exact=True))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/history/"))


def test_no_vector_runs_in_the_preview(studio: Studio, page_of: PageOf, watch: Watch) -> None:
    watch.expect_status(404)  # pictures of this origin that do not exist
    page = page_of(AUTHOR)
    dialogs: list[str] = []

    def seen(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", seen)
    begin(page, "essay")
    for start in range(0, len(ATTACKS), 60):
        text = "\n\n".join(text for _, text in ATTACKS[start : start + 60])[:7_900]
        with page.expect_response(re.compile("/preview/")):
            type_in(page, {"stem": text, "explanation": text})
        expect(page.locator("[data-saved]")).to_have_text(re.compile("저장됨"))
        assert page.locator("main script, main iframe, main [onerror], main [style]").count() == 0
    assert dialogs == []
