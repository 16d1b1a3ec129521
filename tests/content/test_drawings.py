"""Drawings are told from code, and their frames line up when Hangul takes two cells."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from apps.content.drawings import cells, expand_tabs, is_drawing, realign
from apps.content.highlight import highlight
from apps.content.markdown import Fence, take_apart
from apps.content.render import render_body
from apps.content.tree import Element

POLICY = '{\n  "Effect": "Allow",\n  "Action": "s3:GetObject"\n}\n'
LESSONS = sorted((Path(settings.BASE_DIR) / "content" / "lessons").glob("*.md"))


def edges(drawing: str) -> set[int]:
    """Cells up to the right border of every row that has one."""
    rows = [row for row in drawing.split("\n") if row.strip()]
    return {cells(row[: max(map(row.rfind, "│|┐┘┤+")) + 1]) for row in rows}


@pytest.mark.parametrize(
    ("lang", "code"),
    [
        ("bash", "┌──┐\n│가│\n└──┘\n"),
        ("text", "+----+\n| 가 |\n+----+\n"),
        ("", "사용자 → 서버\n"),
        ("bash", "root\n├── a\n└── b\n"),
        ("text", "root\n|-- a\n`-- b\n"),
        ("python", "# ┌─┐\n"),
    ],
)
def test_pictures_made_of_characters_are_drawings(lang: str, code: str) -> None:
    assert is_drawing(lang, code)


@pytest.mark.parametrize(
    ("lang", "code"),
    [
        ("bash", POLICY),
        ("bash", "aws s3 ls  # 목록 → 화면\n"),
        ("python", "x = a | b\n"),
        ("text", "그냥 글입니다.\n"),
        ("json", '{"a": "┌─┐"}\n'),
        ("text", "a - b + c\n"),
    ],
)
def test_code_and_text_are_not(lang: str, code: str) -> None:
    assert not is_drawing(lang, code)


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("한글", 4), ("┌─→▼", 4), ("（가）", 6), ("e\u0301", 1), ("", 0)],
)
def test_hangul_takes_two_cells_and_lines_take_one(text: str, width: int) -> None:
    assert cells(text) == width


def test_tabs_go_to_the_next_fourth_cell() -> None:
    assert expand_tabs("\t|") == "    |"
    assert expand_tabs("가\t|") == "가  |"
    assert expand_tabs("가나\t|") == "가나    |"


def test_rows_are_padded_to_their_frame() -> None:
    drawing = "+----------+\n| 가나         |\n| a   |\n+----------+\n"
    assert realign(drawing).text == "+----------+\n| 가나     |\n| a        |\n+----------+\n"


def test_a_frame_that_is_too_narrow_grows() -> None:
    assert realign("┌──┐\n│ 가나다 │\n└──┘\n").text == "┌────────┐\n│ 가나다 │\n└────────┘\n"


def test_boxes_drawn_equally_wide_grow_together() -> None:
    drawing = "+---+\n| a |\n+---+\n  ▼\n+---+\n| abcdef |\n+---+\n"
    assert edges(realign(drawing).text.replace("  ▼\n", "")) == {10}


def test_words_beside_a_box_stay_beside_it() -> None:
    drawing = "+------+\n| 가 |  ← 여기\n+------+\n"
    assert realign(drawing).text == "+------+\n| 가   |  ← 여기\n+------+\n"


def test_an_indented_box_keeps_its_place_and_dividing_rules_grow_with_it() -> None:
    drawing = "  ┌──┐\n  │ 가나 │\n  ├──┤\n  │ 다 │\n  └──┘\n"
    text = realign(drawing).text
    assert text == "  ┌──────┐\n  │ 가나 │\n  ├──────┤\n  │ 다   │\n  └──────┘\n"


def test_a_straight_box_with_inner_dividers_is_left_alone() -> None:
    drawing = "┌────┬───┐\n│ 가 │ b │\n└────┴───┘\n"
    assert realign(drawing).text == drawing
    assert realign(drawing).crooked == ()


def test_a_crooked_box_with_inner_dividers_is_left_alone_and_reported() -> None:
    drawing = "글\n┌───┬───┐\n│ 가나다 │ b │\n└───┴───┘\n"
    assert realign(drawing).text == drawing
    assert realign(drawing).crooked == (1,)


def test_two_boxes_side_by_side_are_reported_only_when_they_are_crooked() -> None:
    straight = "┌───┐ ┌───┐\n│ a │ │ b │\n└───┘ └───┘\n"
    assert realign(straight).text == straight
    assert realign(straight).crooked == ()
    assert realign(straight.replace("a", "가")).crooked == (0,)


def test_a_crooked_box_in_a_lesson_is_a_problem_with_its_line() -> None:
    fence = '```text title="a" alt="b"\n┌───┬───┐\n│ 가나다 │ b │\n└───┴───┘\n```'
    problems = render_body(f"글\n\n{fence}").problems
    assert [problem.line for problem in problems] == [4]


ROWS = st.lists(st.text(alphabet="가나a b→", max_size=12), min_size=1, max_size=5)


@examples(deadline=None)
@given(ROWS, st.integers(1, 20))
def test_every_right_border_of_a_realigned_box_stands_in_one_column(
    rows: list[str], width: int
) -> None:
    rule = "+" + "-" * max(width, 2) + "+"
    drawing = "\n".join([rule, *(f"|{row}|" for row in rows), rule]) + "\n"
    straight = realign(drawing)
    assert len(edges(straight.text)) == 1
    assert realign(straight.text) == straight


SCRAPS = st.sampled_from(
    [
        *(
            "",
            "+--+",
            "  +--+",
            "+--+--+",
            "| a |",
            "|",
            "  | 가 |",
            "| a | b |",
            "글",
            "+--+ +--+",
        ),
        *("┌──┐", "│ 가 │", "├──┤", "└──┘", "└─┬┘", "  │", "\t│", "┌─┬─┐", "└─┴─┘ 글", "└──┘ 글"),
    ]
)


@examples(deadline=None)
@given(st.lists(SCRAPS, max_size=10))
def test_realigning_keeps_every_word_and_changes_nothing_the_second_time(rows: list[str]) -> None:
    drawing = "\n".join(rows)
    straight = realign(drawing)
    assert re.findall(r"[a-z가-힣]+", straight.text) == re.findall(r"[a-z가-힣]+", drawing)
    assert realign(straight.text) == straight


def test_every_drawing_of_the_course_is_straight_and_has_words_for_it() -> None:
    drawings = [
        slot
        for path in LESSONS
        for slot in take_apart(path.read_text(encoding="utf-8"), None).slots.values()
        if isinstance(slot, Fence) and is_drawing(slot.lang, slot.code)
    ]
    assert len(drawings) == 9
    assert [drawing.title for drawing in drawings if realign(drawing.code).crooked] == []
    assert all(drawing.title and drawing.alt for drawing in drawings)


def test_a_drawing_without_words_is_a_problem() -> None:
    problems = render_body("글\n\n```text\n┌──┐\n└──┘\n```").problems
    assert [problem.line for problem in problems] == [3]
    assert "alt" in problems[0].message


def test_a_drawing_has_a_name_a_region_and_its_words() -> None:
    html = render_body('```text title="두 상자" alt="설명입니다."\n┌──┐\n└──┘\n```').blocks[0].html
    assert 'tabindex="0" role="region" aria-label="그림: 두 상자"' in html
    assert (
        '<details class="drawing__alt" data-overlay=""><summary>그림을 글로 읽기</summary>' in html
    )
    assert "<p>설명입니다.</p>" in html


def test_json_in_a_bash_fence_is_highlighted_as_json() -> None:
    html = render_body(f"```bash\n{POLICY}```").blocks[0].html
    assert 'data-language="json"' in html
    assert 'aria-label="코드: JSON"' in html
    assert re.search(r'<span class="tok-nt">"Effect"</span>', html)


@examples(deadline=None)
@given(st.text(max_size=80), st.sampled_from(["json", "python", "bash", "html", "nonsense", ""]))
def test_highlighting_never_changes_the_code(code: str, lang: str) -> None:
    nodes = highlight(code, lang)
    assert "".join(node.text() if isinstance(node, Element) else node for node in nodes) == code
