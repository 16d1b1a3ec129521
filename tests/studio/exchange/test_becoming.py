"""What becomes of an item, and what is told of it."""

import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.content.snippet import render_snippet
from apps.quizzes.presenting.html import plain
from apps.studio.exchange.becoming import become, become_one, category_name
from apps.studio.exchange.entries import Entry, Options
from apps.studio.exchange.items import Item, ItemAnswer, ItemChoice, ItemFile, ItemKind, TextFormat
from tests.content.attacks import ATTACKS


def item(kind: ItemKind, **parts: object) -> Item:
    values = {"stem": "물음?", "stem_format": TextFormat.PLAIN, **parts}
    return Item(1, kind, **values)  # type: ignore[arg-type]


def became(kind: ItemKind, **parts: object) -> Entry:
    return become_one(item(kind, **parts), Options())


def choices(*weights: str) -> tuple[ItemChoice, ...]:
    return tuple(ItemChoice(f"보기 {at}", weight, "까닭") for at, weight in enumerate(weights))


def rights(entry: Entry) -> list[bool]:
    assert entry.document is not None
    return [choice["right"] for choice in entry.document["choice"]]


def test_a_single_choice_keeps_all_that_it_says() -> None:
    entry = became(ItemKind.SINGLE, choices=choices("100", "0"), general_feedback="해설입니다.")
    assert entry.document == {
        "kind": "single",
        "topic": "other",
        "level": "이해",
        "difficulty": 2,
        "stem": "물음?",
        "choice": [
            {"text": "보기 0", "right": True, "feedback": "까닭"},
            {"text": "보기 1", "right": False, "feedback": "까닭"},
        ],
        "explanation": "해설입니다.",
    }
    assert entry.problems == ()


def test_of_a_single_choice_only_full_points_are_right() -> None:
    entry = became(ItemKind.SINGLE, choices=choices("100", "50", "-25"))
    assert rights(entry) == [True, False, False]
    assert any("부분 점수" in said for said in entry.problems)
    assert any("깎던" in said for said in entry.problems)


def test_without_a_right_choice_it_stays_a_draft() -> None:
    entry = became(ItemKind.SINGLE, choices=choices("50", "0"))
    assert entry.becomes == "single"
    assert any("정답인 보기가 하나여야" in said for said in entry.faults)


def test_of_several_choices_all_that_give_points_are_right() -> None:
    entry = became(ItemKind.MULTIPLE, choices=choices("33.33333", "33.33333", "33.33334", "0"))
    assert rights(entry) == [True, True, True, False]
    assert entry.problems == ()


def test_unequal_points_of_several_choices_are_told() -> None:
    entry = became(ItemKind.MULTIPLE, choices=choices("70", "30", "-100"))
    assert rights(entry) == [True, True, False]
    assert len(entry.problems) == 2


def test_more_choices_than_there_is_room_for_make_a_draft() -> None:
    entry = became(ItemKind.SINGLE, choices=choices("100", *["0"] * 12))
    assert any("12개까지" in said for said in entry.faults)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (ItemAnswer(value="3.14", tolerance="0.005"), {"answer": "3.14", "tolerance": "0.005"}),
        (ItemAnswer(value="3"), {"answer": "3"}),
        (ItemAnswer(low="1", high="5"), {"answer": "3", "tolerance": "2"}),
        (ItemAnswer(low="0.1", high="0.2"), {"answer": "0.15", "tolerance": "0.05"}),
        (ItemAnswer(low="-1", high="0"), {"answer": "-0.5", "tolerance": "0.5"}),
        (ItemAnswer(value="1.5e3"), {"answer": "1500"}),
    ],
)
def test_numbers_are_exact(answer: ItemAnswer, expected: dict[str, str]) -> None:
    entry = became(ItemKind.NUMERIC, answers=(answer,))
    assert entry.document is not None
    assert {name: entry.document[name] for name in expected} == expected
    assert entry.faults == ()


def test_of_several_right_numbers_the_first_is_kept_and_the_rest_told() -> None:
    answers = (ItemAnswer(value="1"), ItemAnswer(value="2"), ItemAnswer(value="3", weight="50"))
    entry = became(ItemKind.NUMERIC, answers=answers)
    assert entry.document is not None
    assert entry.document["answer"] == "1"
    assert len(entry.problems) == 2


def test_wrong_short_answers_with_feedback_stay_as_near_ones() -> None:
    answers = (
        ItemAnswer(text="임시 포트"),
        ItemAnswer(text="임시포트"),
        ItemAnswer(text="서비스 포트", weight="0", feedback="서버가 기다립니다."),
        ItemAnswer(text="포트", weight="50", feedback="모자랍니다."),
        ItemAnswer(text="*", weight="0", feedback="다시 보세요."),
    )
    entry = became(ItemKind.SHORT_TEXT, answers=answers)
    assert entry.document is not None
    assert entry.document["accepted"] == ["임시 포트"]
    assert [each["text"] for each in entry.document["near"]] == ["서비스 포트", "포트"]
    told = " ".join(entry.problems)
    assert "같은 답으로 채점되어" in told
    assert "그 밖의 모든 답" in told
    assert "부분 점수" in told


def test_a_wildcard_is_told_and_an_escaped_star_is_a_star() -> None:
    entry = became(ItemKind.SHORT_TEXT, answers=(ItemAnswer(text="S3*"), ItemAnswer(text=r"a\*b")))
    assert entry.document is not None
    assert entry.document["accepted"] == ["S3", "a*b"]
    assert any("‘S3*’" in said for said in entry.problems)


def test_right_sides_without_a_left_one_are_extra() -> None:
    pairs = (("가", "1"), ("나", "2"), ("", "3"), ("", "1"))
    entry = became(ItemKind.MATCHING, pairs=pairs)
    assert entry.document is not None
    assert entry.document["extra"] == ["3"]
    assert entry.faults == ()


def test_feedback_of_true_and_false_stays_where_it_was() -> None:
    entry = became(
        ItemKind.TRUE_FALSE, answer=False, feedback_true="아닙니다.", feedback_false="네."
    )
    assert entry.document is not None
    assert entry.document["feedback_true"] == "아닙니다."
    assert entry.document["feedback_false"] == "네."


def test_a_description_becomes_nothing_and_says_so() -> None:
    entry = became(ItemKind.DESCRIPTION)
    assert entry.becomes == ""
    assert any("문제가 되지 않습니다" in said for said in entry.problems)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("$course$/top/VPC/서브넷", "서브넷"),
        ("a//b", "a/b"),
        ("top", ""),
        ("$course$", ""),
        ("$system$/top/기초/", "기초"),
    ],
)
def test_the_last_part_of_a_category_names_it(path: str, name: str) -> None:
    assert category_name(path) == name


def test_categories_tag_what_follows() -> None:
    entries = list(
        become(
            [
                item(ItemKind.ESSAY),
                item(ItemKind.CATEGORY, stem="top/VPC"),
                item(ItemKind.ESSAY, tags=("기초",), id="q7", title="이름"),
                item(ItemKind.CATEGORY, stem="top"),
                item(ItemKind.ESSAY, id="q8"),
            ],
            Options(tags=("모두",)),
        )
    )
    assert [entry.tags for entry in entries] == [
        ("모두",),
        (),
        ("기초", "VPC", "q7", "모두"),
        (),
        ("모두",),
    ]
    assert entries[-1].title == "q8"


def test_long_titles_and_tags_are_cut_and_told() -> None:
    entry = became(ItemKind.ESSAY, title="가" * 200, tags=tuple(f"{n}" * 60 for n in range(14)))
    assert len(entry.title) == 120
    assert len(entry.tags) == 12
    assert len(entry.problems) == 3


def test_html_becomes_markdown_that_shows_the_same() -> None:
    stem = (
        "<p>물 H<sub>2</sub>O의 <b>수</b>는 &lt;2&gt; *입니까*?</p><ul><li>가</li><li>나</li></ul>"
    )
    entry = became(ItemKind.ESSAY, stem=stem, stem_format=TextFormat.HTML)
    assert entry.document is not None
    shown = render_snippet(entry.document["stem"])
    assert "H<sub>2</sub>O" in shown
    assert "<strong>수</strong>" in shown
    assert "&lt;2&gt; *입니까*" in shown
    assert shown.count("<li>") == 2


def test_what_html_loses_is_told() -> None:
    stem = (
        '<p style="color:red">글 \\(x^2\\)</p><script>alert(1)</script><iframe src="//a"></iframe>'
        '<img src="https://example.com/a.png" alt="탑">'
        '<table><tr><td colspan="2">칸</td></tr></table>'
        '<a href="javascript:x">눌러</a>'
    )
    entry = became(ItemKind.ESSAY, stem=stem, stem_format=TextFormat.HTML)
    told = " ".join(entry.problems)
    for said in ("수식", "<script>", "<iframe>", "다른 사이트", "꾸밈", "합친 칸", "위험한 주소"):
        assert said in told, said
    assert entry.document is not None
    assert "(그림: 탑)" in entry.document["stem"]


def test_line_ends_of_moodles_own_format_count() -> None:
    entry = became(ItemKind.ESSAY, stem="첫 줄\n<b>둘째</b> 줄", stem_format=TextFormat.MOODLE)
    assert entry.document is not None
    assert "<br>" in render_snippet(entry.document["stem"])


@pytest.mark.parametrize(
    "text",
    [
        *("1. 하나", "- 빼기", "# 우물", "> 크다", "a*b*c", "<b>굵게</b>", "&amp;", "C:\\dir\\*"),
        *("![a](b)", "[a](b)", "`x`", "나는 _____ 이다", "a | b", "~~~", "snake_case_name", "-3"),
        *("<http://a.b>", "\\(x\\)", "+ 더하기", "***", "=====", "5 * 3 * 2", "x_1 _기울임_"),
    ],
)
def test_plain_text_is_shown_to_the_letter(text: str) -> None:
    entry = became(ItemKind.ESSAY, stem=text)
    assert entry.document is not None
    assert plain(entry.document["stem"]) == text


@settings(max_examples=100, deadline=None)
@given(st.text("ab가1 *_`#>+-=~|.:\\\\<&;![]()x", min_size=1, max_size=24))
def test_any_line_of_plain_text_is_shown_to_the_letter(text: str) -> None:
    entry = became(ItemKind.ESSAY, stem=f"가{text}")
    assert entry.document is not None
    assert plain(entry.document["stem"]) == " ".join(f"가{text}".split())


def test_pictures_that_did_not_come_along_are_told() -> None:
    stem = '<img src="@@PLUGINFILE@@/a%20b.png" alt="그림">'
    missing = became(ItemKind.ESSAY, stem=stem, stem_format=TextFormat.HTML)
    assert any("파일에 들어 있지 않은" in said for said in missing.problems)
    there = became(
        ItemKind.ESSAY,
        stem=stem,
        stem_format=TextFormat.HTML,
        files=(ItemFile("a b.png", b"x"),),
    )
    assert there.problems == ()


@pytest.mark.parametrize("text_format", list(TextFormat))
def test_no_attack_survives_or_breaks_the_conversion(text_format: TextFormat) -> None:
    for name, text in ATTACKS:
        entry = became(ItemKind.ESSAY, stem=f"가 {text}", stem_format=text_format)
        assert entry.document is not None
        shown = render_snippet(entry.document["stem"]).lower()
        for bad in ("<script", "<iframe", "<svg", "<style", "<object", "<form"):
            assert bad not in shown, name
        for tag, names in _attributes(shown):
            assert not any(each.startswith("on") for each in names), name
            assert not names.get("src", "").startswith(("http", "//", "data")), name
            assert "script:" not in names.get("href", ""), (name, tag)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def _attributes(html: str) -> list[tuple[str, dict[str, str]]]:
    scan = _Tags()
    scan.feed(html)
    scan.close()
    return scan.found


@pytest.mark.parametrize(
    "text",
    [
        *(
            "\\(" * 13_000,
            "![" * 13_000,
            "![](a " * 5_000,
            " " * 30_000 + "x",
            "\n" * 30_000 + "x",
        ),
        *(
            "<" * 30_000,
            "<p " * 10_000,
            "<b>" * 1_000,
            "</p>\n " * 5_000,
            "&" * 30_000,
            "x" * 166_000,
        ),
        *(
            "<table><tr><td>" * 1_000,
            "<ul><li>" * 1_000,
            "`" * 30_000,
            "_*" * 13_000,
            "= " * 13_000,
        ),
    ],
)
@pytest.mark.parametrize("text_format", list(TextFormat))
def test_no_text_takes_long(text: str, text_format: TextFormat) -> None:
    begun = time.process_time()
    became(ItemKind.ESSAY, stem=text, stem_format=text_format)
    assert time.process_time() - begun < 10
