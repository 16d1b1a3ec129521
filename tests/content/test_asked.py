"""Sentences that questions ask about: marked for links, listed below, the text untouched."""

from apps.content.asked import AskedEntry, AskedLink, sentence_id
from apps.content.errata import ErratumEntry, ErratumSpec, SourceSpec
from apps.content.problems import FileProblems, Problems
from apps.content.render import render_body
from apps.content.tree import parse

BODY = (
    "앞글입니다. 둘째 문장입니다.\n\n| 가 | 나 |\n|---|---|\n| 다 | 라마 |\n\n"
    "### 제목 {#title}\n- 항목입니다.\n\n### 다음 {#next}\n끝입니다.\n"
)
QUIZ = AskedLink("/quizzes/small/", "작은 퀴즈", 2)


def entry(quote: str, section: str = "", *links: AskedLink) -> AskedEntry:
    return AskedEntry("lesson", section, quote, links)


def page(*entries: AskedEntry, errata: tuple[ErratumEntry, ...] = ()) -> str:
    rendered = render_body(BODY, asked=entries, errata=errata)
    assert rendered.problems == ()
    return "".join(block.html for block in rendered.blocks)


def text_of(html: str) -> str:
    """The author's text: everything but the overlays."""
    root, _ = parse(html)
    for node in list(root.iter()):
        node.children = [
            child
            for child in node.children
            if isinstance(child, str) or "data-overlay" not in child.attrs
        ]
    return root.text()


def test_a_sentence_is_marked_and_can_be_linked_to() -> None:
    name = sentence_id("", "둘째 문장입니다.")
    assert f'<span class="asked" id="{name}">둘째 문장입니다.</span>' in page(
        entry("둘째 문장입니다.")
    )


def test_a_mark_without_questions_is_not_listed() -> None:
    assert "asked-list" not in page(entry("둘째 문장입니다."))


def test_the_list_stands_at_the_end_of_its_section() -> None:
    html = page(entry("라마", "", QUIZ), entry("항목입니다.", "title", QUIZ))
    assert html.index("</table>") < html.index("asked-list") < html.index('id="title"')
    assert html.index("항목입니다.") < html.rindex("asked-list") < html.index('id="next"')
    assert html.count("이 문장에 대한 문제 2") == 2


def test_a_row_leads_to_the_sentence_and_to_the_quiz() -> None:
    html = page(entry("라마", "", QUIZ))
    assert f'<a href="#{sentence_id("", "라마")}">라마</a>' in html
    assert '<a class="asked-list__quiz" href="/quizzes/small/">문제 2개 풀기</a>' in html


def test_two_quizzes_are_told_apart_by_their_titles() -> None:
    html = page(entry("라마", "", QUIZ, AskedLink("/quizzes/other/", "큰 퀴즈", 1)))
    assert "문제 2개 풀기 · 작은 퀴즈" in html
    assert "문제 1개 풀기 · 큰 퀴즈" in html
    assert "이 문장에 대한 문제 3" in html


def test_the_authors_text_is_the_same_with_marks_and_lists() -> None:
    marked = page(
        entry("라마", "", QUIZ), entry("둘째 문장입니다."), entry("끝입니다.", "next", QUIZ)
    )
    assert text_of(marked) == text_of(page())


def test_quotes_that_overlap_and_cross_cells_keep_one_id_each() -> None:
    html = page(entry("앞글입니다. 둘째 문장입니다."), entry("둘째 문장"), entry("| 다 | 라마"))
    for quote in ("앞글입니다. 둘째 문장입니다.", "둘째 문장", "| 다 | 라마"):
        assert html.count(f'id="{sentence_id("", quote)}"') == 1
    assert text_of(html) == text_of(page())


def test_the_same_sentence_is_marked_once() -> None:
    html = page(entry("라마", "", QUIZ), entry("라마", "", QUIZ))
    assert html.count('class="asked"') == 1


def test_a_quote_that_is_not_there_leaves_the_page_as_it_is() -> None:
    assert page(entry("없는 문장", "", QUIZ)) == page()


def test_an_id_depends_on_the_letters_only() -> None:
    assert sentence_id("a", "- **라마** 바") == sentence_id("a", "라마  바")
    assert sentence_id("a", "라마") != sentence_id("b", "라마")


def test_a_correction_of_the_same_words_finds_them() -> None:
    source = SourceSpec("Guide", None, None, third_party=False, seen="")
    spec = ErratumSpec("e", 0, "", "장입니다.", "wrong", "high", "high", "바로.", "", (source,))
    sink = Problems()
    erratum = ErratumEntry(spec, "lesson", 1, FileProblems("e.toml", sink))
    html = page(entry("둘째 문장입니다.", "", QUIZ), errata=(erratum,))
    assert not sink
    assert 'data-erratum="e"' in html
    assert 'class="asked"' in html
    assert html.index("erratum-note") < html.index("asked-list")
