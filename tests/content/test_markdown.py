"""Loose Markdown comes out as its author meant it."""

import re
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from apps.content.markdown import render_markdown
from apps.content.normalize import normalize, normalize_lines
from apps.content.render import render_body

NOTES = Path(settings.BASE_DIR) / "content" / "source" / "aws-notes.ko.md"
COUNTS = {
    "ul": 52,
    "ol": 9,
    "li": 132,
    "table": 5,
    "td": 54,
    "pre": 10,
    "code": 18,
    "br": 5,
    "img": 5,
}


def count(html: str, tag: str) -> int:
    return len(re.findall(rf"<{tag}[\s>]", html))


def body(markdown: str) -> str:
    """Finished HTML of a body, without line ends between blocks."""
    blocks = render_body(markdown).blocks
    return re.sub(r"\n\s*(?=<)", "", "".join(block.html for block in blocks))


@pytest.mark.parametrize(("tag", "expected"), COUNTS.items())
def test_the_untouched_notes_have_every_element_their_author_wrote(tag: str, expected: int) -> None:
    assert count(render_markdown(NOTES.read_text(encoding="utf-8")), tag) == expected


def test_lists_of_the_notes_nest_three_deep_and_no_deeper() -> None:
    html = render_markdown(NOTES.read_text(encoding="utf-8"))
    depth = deepest = 0
    for tag in re.findall(r"</?[uo]l[\s>]", html):
        depth += -1 if tag.startswith("</") else 1
        deepest = max(deepest, depth)
    assert (depth, deepest) == (0, 3)


def test_normalizing_the_notes_twice_changes_nothing_more() -> None:
    once = normalize(NOTES.read_text(encoding="utf-8"))
    assert normalize(once) == once


# Every construct that begins or ends something, at the indentations where people put it.
LINES = st.sampled_from(
    [
        *(
            "",
            " ",
            "글",
            "  글",
            "    글",
            "\t글",
            "  글  ",
            "-",
            "#태그",
            "\u3131\u1161",
            "\u00a0",
        ),
        *("- 하나", "  - 둘", "   - 둘", "    - 셋", "      - 넷", "* 별", "+ 더하기"),
        *("1. 하나", "   1. 둘", "2. 둘", "2024. 3월", "# 제목", "### 제목", "  ### 제목"),
        *("```", "```bash", "  ```", "    ```", "~~~", "````", "---", "***", "- - -"),
        *("| a | b |", "|---|---|", "  | a | b |", "  |---|---|", "a | b", "---|---"),
        *("> 인용", "> - 항목", '::diagram{name="x"}', "<div>", "</div>", "<!--", "-->"),
    ]
)


@examples(deadline=None)
@given(st.lists(LINES, max_size=14))
def test_normalizing_is_idempotent(lines: list[str]) -> None:
    once = normalize("\n".join(lines))
    assert normalize(once) == once


@examples(deadline=None)
@given(st.text(alphabet="ab가 \t\n-*+1.#|`~>:", max_size=60))
def test_normalizing_any_text_is_idempotent_and_loses_no_letter(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once
    letters = re.compile(r"[\s\\]")
    assert letters.sub("", once) == letters.sub("", text)


@examples(deadline=None)
@given(st.lists(LINES, max_size=14))
def test_normalized_lines_know_where_they_came_from(lines: list[str]) -> None:
    text = "\n".join(lines)
    source = text.split("\n")
    for line in normalize_lines(text):
        assert 1 <= line.number <= len(source)
        assert _plain(line.text) in ("", _plain(source[line.number - 1]))


def _plain(line: str) -> str:
    return unicodedata.normalize("NFC", line).strip(" \t").lstrip("\\")


def test_code_inside_a_fence_is_left_alone() -> None:
    code = "- 목록 아님\n| 표 | 아님 |\n\t탭\n# 제목 아님\n  들여쓰기"
    assert f"```text\n{code}\n```" in normalize(f"글\n```text\n{code}\n```\n글")


def test_a_list_right_after_text_is_a_list() -> None:
    assert body("글\n- 하나\n- 둘") == "<p>글</p><ul><li>하나</li><li>둘</li></ul>"


def test_text_at_the_left_edge_after_a_list_is_a_new_paragraph() -> None:
    assert body("- 하나\n글") == "<ul><li>하나</li></ul><p>글</p>"


def test_indented_text_after_an_item_belongs_to_it() -> None:
    assert body("- 하나\n  이어서").split() == ["<ul><li>하나", "이어서</li></ul>"]


@pytest.mark.parametrize("indent", [2, 3, 4])
def test_lists_nest_by_two_three_or_four_spaces(indent: int) -> None:
    html = body(f"- 하나\n{' ' * indent}- 둘\n{' ' * indent * 2}- 셋")
    assert html == "<ul><li>하나<ul><li>둘<ul><li>셋</li></ul></li></ul></li></ul>"


def test_numbers_nest_under_numbers() -> None:
    assert body("1. 하나\n   1. 둘\n2. 셋") == (
        "<ol><li>하나<ol><li>둘</li></ol></li><li>셋</li></ol>"
    )


def test_a_numbered_list_continues_after_something_else() -> None:
    assert '<ol start="2">' in body("1. 하나\n\n글\n\n2. 둘")


def test_bullets_and_numbers_next_to_each_other_are_two_lists() -> None:
    assert body("- 하나\n1. 둘") == "<ul><li>하나</li></ul><ol><li>둘</li></ol>"


def test_a_year_in_a_paragraph_is_no_list() -> None:
    assert count(body("서비스는\n2024. 3월에 시작했습니다."), "ol") == 0


def test_a_table_between_list_items_is_a_table() -> None:
    html = body("- 하나\n| a | b |\n|---|---|\n| 1 | 2 |\n- 둘")
    assert (count(html, "table"), count(html, "ul"), count(html, "td")) == (1, 2, 2)


def test_a_table_is_aligned_by_attribute_and_its_head_says_what_it_heads() -> None:
    html = body("| a | b |\n|---|--:|\n| 1 | 2 |")
    assert '<th align="right" scope="col">b</th>' in html
    assert "style" not in html
    assert '<div class="table-scroll" tabindex="0" role="region" aria-label="표: a, b">' in html


def test_two_tables_with_the_same_head_have_different_names() -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 |"
    labels = re.findall(r'aria-label="([^"]*)"', body(f"{table}\n\n글\n\n{table}"))
    assert labels == ["표: a, b", "표: a, b (2)"]


def test_a_hash_without_a_space_is_text() -> None:
    assert body("#태그") == "<p>#태그</p>"


def test_headings_go_one_level_up_and_take_their_id() -> None:
    assert body("### 하나 {#one}\n#### 둘 {#two}") == '<h2 id="one">하나</h2><h3 id="two">둘</h3>'


def test_the_table_of_contents_has_plain_titles() -> None:
    toc = render_body("### `S3`와 *EBS* {#s3-and-ebs}\n글\n#### 둘 {#two}").toc
    assert [(entry.id, entry.title, entry.level) for entry in toc] == [
        ("s3-and-ebs", "S3와 EBS", 2),
        ("two", "둘", 3),
    ]


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("### 제목", "id가 없습니다"),
        ("### 제목 {#제목}", "쓸 수 없습니다"),
        ("### 제목 {#Two Words}", "쓸 수 없습니다"),
        ("### 제목 {#note-x}", "사이트가 씁니다"),
        ("## 제목 {#title}", "### 또는 ####"),
        ("### 제목 {#same}\n\n### 제목 {#same}", "두 번"),
    ],
)
def test_a_heading_that_cannot_be_linked_to_is_a_problem(heading: str, said: str) -> None:
    problems = render_body(f"글\n\n{heading}", path="a.md", first_line=10).problems
    assert len(problems) == 1
    assert said in problems[0].message
    assert problems[0].line == (14 if "same" in heading else 12)


def test_a_fence_inside_a_list_item_stays_in_it() -> None:
    html = body("- 하나\n  ```python\n  x = 1\n  ```\n- 둘")
    assert re.search(r"<li>.*<figure class=\"code\".*</figure></li>", html)
    assert count(html, "ul") == 1


def test_an_unclosed_fence_is_a_problem_at_the_line_it_opens() -> None:
    problems = render_body("글\n\n```text\n코드").problems
    assert [problem.line for problem in problems] == [3]
    assert "닫히지" in problems[0].message


def test_a_fence_that_cannot_be_read_is_a_problem() -> None:
    problems = render_body('```text title="a" name="b"\n코드\n```').problems
    assert [problem.line for problem in problems] == [1]


@pytest.mark.parametrize(
    "text",
    [
        "<b>" * 3000 + "글",
        "> " * 900 + "글",
        "<blockquote>" * 500 + "글" + "</blockquote>" * 500,
        "\n".join("  " * depth + "- 항목" for depth in range(400)),
    ],
    ids=["inline", "quotation", "blockquote", "list"],
)
def test_nesting_without_end_is_a_problem_and_no_crash(text: str) -> None:
    rendered = render_body(f"{text}\n\n<script>alert(1)</script>")
    assert any("여러 겹" in problem.message for problem in rendered.problems)
    assert "alert" not in "".join(block.html for block in rendered.blocks)


def test_a_heading_underlined_by_mistake_is_a_problem_at_its_line() -> None:
    problems = render_body("글\n\n밑줄 제목\n---\n글").problems
    assert {problem.line for problem in problems} == {3}


def test_emphasis_works_next_to_korean_particles() -> None:
    assert body("*보안 그룹*은 **상태**를") == "<p><em>보안 그룹</em>은 <strong>상태</strong>를</p>"


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    assert normalize("\ufeff글\r\n- 하나\r\n") == normalize("글\n- 하나\n")


def test_a_link_to_a_heading_that_is_not_there_is_a_problem() -> None:
    problems = render_body("[여기](#one)\n\n[저기](#two)\n\n### 하나 {#one}").problems
    assert [(problem.line, "#two" in problem.message) for problem in problems] == [(3, True)]
