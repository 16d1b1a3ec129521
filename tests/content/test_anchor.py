"""Quotes of the source are found in the rendered text, and corrections stand where they belong."""

import re

import pytest

from apps.content.anchor import TextIndex, fold_quote, plain_quote
from apps.content.errata import (
    ErratumEntry,
    ErratumSpec,
    SourceSpec,
    erratum_source_line,
    overlay,
)
from apps.content.problems import FileProblems, Problems
from apps.content.render import Rendered, render_body
from apps.content.tree import parse, serialize

SOURCE = SourceSpec("EC2 <User> Guide", "https://docs.example/ec2", "2023-06-15", False, "copy")


def entry(quote: str, section: str = "", name: str = "one", **values: str) -> ErratumEntry:
    spec = ErratumSpec(
        id=name,
        number=0,
        section=section,
        quote=quote,
        kind=values.get("kind", "wrong"),
        severity=values.get("severity", "high"),
        confidence="high",
        correction=values.get("correction", "바로잡은 글입니다."),
        why="",
        sources=(SOURCE,),
    )
    return ErratumEntry(spec, "s3", 5, FileProblems("errata.toml", Problems()))


def render(body: str, *errata: ErratumEntry) -> Rendered:
    return render_body(body, errata=errata)


def html(rendered: Rendered) -> str:
    return "".join(block.html for block in rendered.blocks)


def marked(text: str) -> list[str]:
    """Texts of the marks, without what stands inside them as markup."""
    spans = re.findall(r'<span class="erratum"[^>]*>(.*?)</span>', text)
    return [re.sub(r"<[^>]+>", "", span) for span in spans]


def outline(text: str) -> str:
    """The page with notes as N, references as R and marks as [ ], to see where they stand."""
    text = re.sub(r"<aside .*?</aside>", "N", text)
    text = re.sub(r'<a class="erratum-ref".*?</a>', "R", text)
    text = re.sub(r'<span class="erratum"[^>]*>(.*?)</span>', r"[\1]", text)
    return re.sub(r"\n\s*(?=<)|(?<=>)\n", "", text)


@pytest.mark.parametrize(
    ("quote", "folded"),
    [
        ("### EC2는  **KVM**을 쓴다.", "EC2는KVM을쓴다."),
        ("| 1   | 퍼블릭 서브넷  |", "1퍼블릭서브넷"),
        ("- 객체 : 개별 파일", "객체:개별파일"),
        ("1. 하나\n   2. 둘", "하나둘"),
        ("[글](https://a.example) `코드`", "글코드"),
        ("높음<br> - 낮음", "높음-낮음"),
        ("us-east-1 -> ap-northeast-2", "us-east-1->ap-northeast-2"),
        ("### 제목 {#title}", "제목"),
    ],
)
def test_white_space_and_markup_count_for_nothing(quote: str, folded: str) -> None:
    assert fold_quote(quote) == folded


def test_a_quote_is_marked_and_its_note_stands_below_the_block() -> None:
    rendered = render("앞 글. 틀린 글. 뒤 글.\n\n다음", entry("틀린 글."))
    assert outline(html(rendered)) == "<p>앞 글. [틀린 글.]R 뒤 글.</p>N<p>다음</p>"


def test_a_quote_across_markup_is_marked_run_by_run_with_one_reference() -> None:
    rendered = render("앞 **굵은** `코드` 뒤", entry("앞 **굵은** `코드`"))
    assert outline(html(rendered)) == (
        "<p>[앞] <strong>[굵은]</strong> <code>[코드]</code>R 뒤</p>N"
    )


def test_a_reference_never_stands_inside_a_link() -> None:
    rendered = render("앞 [글 링크](/x) 뒤", entry("앞 글"))
    assert outline(html(rendered)) == '<p>[앞] <a href="/x">[글] 링크</a>R 뒤</p>N'


def test_a_note_follows_the_text_of_the_innermost_item_before_its_list() -> None:
    rendered = render(
        "- 하나 틀림\n  - 둘 틀림\n- 셋", entry("하나 틀림"), entry("둘 틀림", name="two")
    )
    assert outline(html(rendered)) == (
        "<ul><li>[하나 틀림]RN<ul><li>[둘 틀림]RN</li></ul></li><li>셋</li></ul>"
    )


def test_a_note_in_a_loose_item_follows_its_paragraph() -> None:
    rendered = render("- 하나 틀림\n\n  둘째 문단\n\n- 셋", entry("하나 틀림"))
    assert outline(html(rendered)).startswith("<ul><li><p>[하나 틀림]R</p>N<p>둘째 문단</p></li>")


def test_a_note_follows_the_whole_table_even_when_the_quote_crosses_cells() -> None:
    table = "| 순서 | 대상 |\n|---|---|\n| 1 | 서브넷 |\n| 2 | 그룹 |"
    text = outline(html(render(f"{table}\n\n끝", entry("| 1 | 서브넷 |"))))
    assert "<td>[1]</td><td>[서브넷]R</td>" in text
    assert text.endswith("</table></div>N<p>끝</p>")


def test_a_note_follows_the_drawing_whose_words_are_marked() -> None:
    drawing = '```text title="a" alt="틀린 말"\n┌──────┐\n│ 틀린 말 │\n└──────┘\n```'
    text = outline(html(render(f"{drawing}\n\n끝", entry("틀린 말"))))
    assert "│ [틀린 말]R │" in text
    assert text.endswith("</details></figure>N<p>끝</p>")


def test_a_heading_can_be_corrected() -> None:
    rendered = render("### 틀린 제목 {#title}\n\n글", entry("### 틀린 제목", "title"))
    assert outline(html(rendered)) == '<h2 id="title">[틀린 제목]R</h2>N<p>글</p>'
    assert rendered.toc[0].title == "틀린 제목"


def test_notes_of_one_block_stand_in_reading_order() -> None:
    rendered = render("하나 둘 셋", entry("셋", name="third"), entry("하나", name="first"))
    assert [(e.id, e.number) for e in rendered.errata] == [("first", 1), ("third", 2)]
    ids = re.findall(r'<aside class="erratum-note" id="note-(\w+)"', html(rendered))
    assert ids == ["first", "third"]


def test_overlapping_quotes_are_both_marked_and_the_text_stays_whole() -> None:
    rendered = render("가나 다라 마바", entry("가나 다라"), entry("다라 마바", name="two"))
    bare = re.sub(r"<aside.*?</aside>|<a class=.*?</a>", "", html(rendered))
    assert re.sub(r"<[^>]+>", "", bare) == "가나 다라 마바"
    assert len(rendered.errata) == 2
    assert html(rendered).count('class="erratum-ref"') == 2


def test_the_same_sentence_in_two_sections_is_told_apart() -> None:
    body = "### 하나 {#one}\n\n같은 글\n\n### 둘 {#two}\n\n같은 글"
    text = outline(html(render(body, entry("같은 글", "two"))))
    assert text == '<h2 id="one">하나</h2><p>같은 글</p><h2 id="two">둘</h2><p>[같은 글]R</p>N'


@pytest.mark.parametrize(
    ("quote", "section", "said"),
    [
        ("없는 글", "one", "찾을 수 없습니다"),
        ("두 번", "one", "2번 있습니다"),
        ("앞 글", "one", "(첫 제목 앞) 절에는 있습니다"),
        ("앞 글", "three", "#three 제목이 없습니다"),
        ("**", "one", "찾을 수 없습니다"),
        ("그림 설명", "one", "찾을 수 없습니다"),
    ],
)
def test_a_quote_that_is_not_there_exactly_once_is_a_problem(
    quote: str, section: str, said: str
) -> None:
    erratum = entry(quote, section)
    drawing = '```text title="a" alt="그림 설명"\n┌──┐\n└──┘\n```'
    rendered = render(f"앞 글\n\n### 하나 {{#one}}\n두 번 두 번\n\n{drawing}", erratum)
    found = erratum.problems.sink.sorted()
    assert [(problem.path, problem.line) for problem in found] == [("errata.toml", 5)]
    assert said in found[0].message
    assert rendered.errata == ()
    assert "erratum" not in html(rendered)


def test_numbers_and_words_of_a_note_are_text_and_its_source_is_linked() -> None:
    rendered = render("틀린 글", entry("틀린 글", correction="a < b & <script>", kind="outdated"))
    text = html(rendered)
    assert "a &lt; b &amp; &lt;script&gt;" in text
    assert "지금은 바뀜" in text
    assert (
        '<p class="erratum-note__source"><a href="https://docs.example/ec2" '
        'rel="noopener noreferrer">EC2 &lt;User&gt; Guide</a> · '
        '<span class="nobr">2023-06 문서 기준</span></p>'
    ) in text
    assert 'href="#note-one" data-overlay="" aria-label="정정 1 보기">1</a>' in text


def test_everything_an_overlay_adds_can_be_taken_away_again() -> None:
    body = "- 하나 **둘**\n\n| a |\n|---|\n| 셋 |\n\n[넷](/x)"
    plain = html(render(body))
    errata = [entry(quote, name=f"n{i}") for i, quote in enumerate(("나 둘", "셋", "넷", "하"))]
    text = re.sub(
        r"<aside .*?</aside>|<a class=\"erratum-ref\".*?</a>", "", html(render(body, *errata))
    )
    assert re.sub(r'<span class="erratum"[^>]*>|</span>', "", text) == plain
    assert len(marked(html(render(body, *errata)))) == 5


def test_an_index_knows_its_sections_in_order() -> None:
    root, _ = parse('<p>글</p><h2 id="a">가</h2><p>나</p><h3 id="b">다</h3>')
    index = TextIndex(root)
    assert index.sections == ["", "a", "b"]
    assert index.find("가 나", "a") is not None
    assert index.find("나 다", "a") is None
    assert index.count("글", "") == 1


def test_a_tree_is_written_back_as_it_was_read() -> None:
    text = '<p title="&quot;&lt;">가 &amp; 나<br>다</p><ul><li>라</li></ul>'
    root, complete = parse(text)
    assert complete
    assert serialize(root) == text


def test_an_overlay_on_nothing_changes_nothing() -> None:
    root, _ = parse("<p>글</p>")
    assert overlay(root, []) == ()
    assert serialize(root) == "<p>글</p>"


@pytest.mark.parametrize(
    ("as_of", "line"),
    [
        ("2023-06-15", "2023-06 문서 기준"),
        ("2018", "2018 문서 기준"),
        ("2025–26", "2025–26 문서 기준"),
        (None, ""),
    ],
)
def test_the_age_of_a_source_is_told_to_the_month(as_of: str | None, line: str) -> None:
    assert erratum_source_line(SourceSpec("t", None, as_of, True, "")) == line


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("### S3는 증분 업데이트를 지원하지 않는다.", "S3는 증분 업데이트를 지원하지 않는다."),
        ("| 기본 규칙       | 모든 트래픽 차단", "기본 규칙 · 모든 트래픽 차단"),
        ("- 객체 : 개별 파일", "객체 : 개별 파일"),
        ("개발과 관련된 `dev`, `staging`", "개발과 관련된 dev, staging"),
        ("[완전한 싱글 테넌시] Dedicated Host", "[완전한 싱글 테넌시] Dedicated Host"),
    ],
)
def test_a_quote_is_shown_without_its_markdown(quote: str, shown: str) -> None:
    assert plain_quote(quote) == shown
