"""GIFT files as people write them: what becomes an item, and what is told instead."""

import pytest

from apps.studio.exchange.gift import read_gift
from apps.studio.exchange.items import FileProblem, Item, ItemKind, TextFormat


def one(text: str) -> Item:
    reading = read_gift(text)
    assert reading.problems == ()
    assert len(reading.items) == 1
    return reading.items[0]


def stems(text: str) -> list[str]:
    return [item.stem for item in read_gift(text).items]


def lines(text: str) -> list[int]:
    return [problem.line for problem in read_gift(text).problems]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("S3는 무엇을 저장합니까?{=객체 ~블록}", ItemKind.SINGLE),
        ("관리형은?{~%50%RDS ~%50%S3 ~%-100%EC2 인스턴스}", ItemKind.MULTIPLE),
        ("S3는 객체 스토리지다.{T}", ItemKind.TRUE_FALSE),
        ("객체를 담는 그릇은?{=버킷 =bucket}", ItemKind.SHORT_TEXT),
        ("서울 리전의 가용 영역 수는?{#4}", ItemKind.NUMERIC),
        ("짝을 지으세요.{=S3 -> 객체 =EBS -> 블록}", ItemKind.MATCHING),
        ("까닭을 쓰세요.{}", ItemKind.ESSAY),
        ("까닭을 쓰세요.{ \n }", ItemKind.ESSAY),
        ("다음 그림을 보고 답하세요.", ItemKind.DESCRIPTION),
        ("$CATEGORY: 스토리지/S3", ItemKind.CATEGORY),
    ],
)
def test_the_kind_is_told_by_what_is_between_the_braces(text: str, kind: ItemKind) -> None:
    assert one(text).kind is kind


def test_items_stand_between_blank_lines_and_know_their_lines() -> None:
    text = "// 머리말\n\n\n// 주석\n첫째 {T}\n \t\n::둘째::\n글 {F}\n\n\n셋째"
    assert [(item.line, item.stem) for item in read_gift(text).items] == [
        (5, "첫째"),
        (7, "글"),
        (11, "셋째"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_the_same(end: str) -> None:
    text = end.join(
        ["\ufeff::제목:: 첫 줄", "  둘째 줄 {", "\t=가#맞음", "   계속", "\t~나", "}", "", "끝"]
    )
    first, last = read_gift(text).items
    assert (first.title, first.stem) == ("제목", "첫 줄\n둘째 줄")
    assert first.choices[0].feedback == "맞음\n계속"
    assert (last.line, last.stem) == (8, "끝")


def test_a_line_of_blanks_no_one_sees_separates_too() -> None:
    assert stems("하나 {T}\n\u3000\n둘 {T}\n\u00a0\n셋 {T}") == ["하나", "둘", "셋"]


def test_comments_are_lines_of_their_own_wherever_they_stand() -> None:
    item = one("// 위\n첫 줄\n   // 사이\n둘째 줄 {\n// 답 위\n=가 // 답의 일부\n~나\n// 아래\n}")
    assert item.line == 2
    assert item.stem == "첫 줄\n둘째 줄"
    assert [choice.text for choice in item.choices] == ["가 // 답의 일부", "나"]


def test_an_address_in_a_text_is_no_comment() -> None:
    assert one("https\\://example.com 은? {T}").stem == "https://example.com 은?"


@pytest.mark.parametrize(("opening", "closing"), [("<pre>", "</pre>"), ("```", "```")])
def test_code_keeps_its_indentation(opening: str, closing: str) -> None:
    code = f"{opening}\nif a:\n    b()\n\tc()\n{closing}"
    item = one(f"  ::제목::코드는?\n{code}\n   {{\n   =가#맞음\n   ~나\n}}")
    assert (item.title, item.stem) == ("제목", f"코드는?\n{code}")
    assert item.choices[0].feedback == "맞음"


def test_titles() -> None:
    assert one("::제목::글 {T}").title == "제목"
    assert one("::  제목 \n 둘째 ::  글 {T}").title == "제목\n둘째"
    assert one("::비율 1\\:2 \\:\\: 끝:: 글 {T}").title == "비율 1:2 :: 끝"
    assert one(":::: 글 {T}").title == ""
    assert one("글 ::제목 아님:: {T}").stem == "글 ::제목 아님::"


def test_a_title_that_is_not_closed_is_told() -> None:
    item = one("::제목 글 {T}")
    assert (item.title, item.stem) == ("", "제목 글")
    assert "제목을 닫는" in item.problems[0]


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        ("", TextFormat.MOODLE),
        ("[moodle]", TextFormat.MOODLE),
        ("[html]", TextFormat.HTML),
        ("[markdown]", TextFormat.MARKDOWN),
        ("[plain]", TextFormat.PLAIN),
    ],
)
def test_the_format_of_the_stem(marker: str, expected: TextFormat) -> None:
    for text in (f"{marker}글 **굵게** {{T}}", f"::제목:: {marker} 글 **굵게** {{T}}"):
        item = one(text)
        assert (item.stem_format, item.stem) == (expected, "글 **굵게**")


@pytest.mark.parametrize("text", ["[HTML]글", "[rst]글", "[html 글", "글 [html]", "[]글", "["])
def test_what_is_no_marker_of_a_format_is_text(text: str) -> None:
    item = one(f"{text} {{T}}")
    assert (item.stem_format, item.stem) == (TextFormat.MOODLE, text)


def test_markers_in_answers_are_taken_off_and_a_different_one_is_told() -> None:
    item = one("[html]<b>색</b>은?{=[html]빨강 # [html]맞음 ~[plain]파랑#[html]아님\n####[html]끝}")
    assert [(each.text, each.feedback) for each in item.choices] == [
        ("빨강", "맞음"),
        ("파랑", "아님"),
    ]
    assert item.general_feedback == "끝"
    assert "[plain]" in " ".join(item.problems)
    assert one("[html]색은?{=[html]빨강 ~파랑}").problems == ()


def test_escapes() -> None:
    item = one(
        "a\\=b \\~ \\# \\{x\\} \\: C\\\\D 줄\\n바꿈 \\-> \\% \\\\n "
        "{=\\=2+3 ~\\~ # \\# 은 기호 ~\\\\ }"
    )
    assert item.stem == "a=b ~ # {x} : C\\D 줄\n바꿈 \\-> \\% \\n"
    assert [(each.text, each.feedback) for each in item.choices] == [
        ("=2+3", ""),
        ("~", "# 은 기호"),
        ("\\", ""),
    ]


def test_backslashes_go_in_pairs_from_the_left() -> None:
    assert one("\\\\\\{ \\\\\\\\ {T}").stem == "\\{ \\\\"


def test_line_ends_at_the_edge_of_a_text_are_trimmed() -> None:
    assert one("글\\n {=\\n가\\n ~나}").choices[0].text == "가"


def test_the_missing_word_leaves_a_blank() -> None:
    assert one("AWS의 객체 저장소는 {=S3 ~EBS}이다.").stem == "AWS의 객체 저장소는 _____이다."
    assert one("{=S3 ~EBS} 에 저장한다").stem == "_____ 에 저장한다"
    assert one("원주율은? {#3.14:0.01}.").stem == "원주율은? _____."
    assert one("끝에 오면 없다 {=S3 ~EBS}  ").stem == "끝에 오면 없다"


def test_categories() -> None:
    text = "$CATEGORY: $course$/top/AWS 기초/A//B\n\n문제 {T}\n\n$CATEGORY:둘\n바로 다음 {F}"
    items = read_gift(text).items
    assert [(item.line, item.kind, item.stem) for item in items] == [
        (1, ItemKind.CATEGORY, "$course$/top/AWS 기초/A//B"),
        (3, ItemKind.TRUE_FALSE, "문제"),
        (5, ItemKind.CATEGORY, "둘"),
        (6, ItemKind.TRUE_FALSE, "바로 다음"),
    ]


def test_a_category_may_hold_braces_and_escapes() -> None:
    assert one("$CATEGORY: a\\:b {c} d=e").stem == "a:b {c} d=e"


def test_a_category_without_a_name_and_one_amid_a_question_are_told() -> None:
    assert "분류 이름" in read_gift("$CATEGORY:  ").problems[0].message
    item = one("문제 {T}\n$CATEGORY: 둘")
    assert "$CATEGORY:" in item.problems[0]


def test_ids_and_tags_in_the_comments_of_an_item() -> None:
    text = (
        "// question: 12  name: 제목\n// [id:vpc-1] [tag:네트워크] [tag: 두 낱말 ]\n"
        "글 {T}\n//[tag:a\\]b][tag:끝"
    )
    item = one(text)
    assert item.id == "vpc-1"
    assert item.tags == ("네트워크", "두 낱말", "a]b")


def test_marks_that_belong_to_no_item_are_told() -> None:
    reading = read_gift("// [id:a]\n\n글 {T}\n\n// 그냥 주석\n\n")
    assert reading.items[0].id == ""
    assert [problem.line for problem in reading.problems] == [1]


def test_a_mark_within_a_mark_is_a_part_of_it() -> None:
    item = one("// [id:a[tag:b] [tag:] [id:c]\n글 {T}")
    assert (item.id, item.tags) == ("a[tag:b", ())


def test_general_feedback_begins_at_the_last_four_signs() -> None:
    item = one("글 {=가#맞음 ~나\n#### 모두에게\n여러 줄 \\#### 끝}")
    assert item.general_feedback == "모두에게\n여러 줄 #### 끝"
    assert one("글 {####까닭은 이렇다.}").general_feedback == "까닭은 이렇다."
    assert one("글 {####까닭}").kind is ItemKind.ESSAY
    assert one("글 {T####까닭}").general_feedback == "까닭"
    assert one("글 {#3####까닭}").general_feedback == "까닭"
    assert one("글 {=가####하나####둘 ~나}").general_feedback == "둘 ~나"


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("글 {=가 ~나", "닫히지 않았습니다"),
        ("글 =가 ~나}", "닫는 중괄호"),
        ("글 }=가{", "닫는 중괄호"),
        ("글 {=가 ~나} 둘 {T}", "둘 이상"),
        ("글 {=가 {나} ~다}", "둘 이상"),
        ("글 {=가 ~나}}", "둘 이상"),
        ("글 {T}\n둘 {F}", "빈 줄을 두고"),
        ("글 {#}", "숫자가 없습니다"),
        ("글 {#####}", "숫자가 없습니다"),
        ("글 {#셋}", "숫자를 읽지 못했습니다"),
        ("글 {#1,5}", "숫자를 읽지 못했습니다"),
        ("글 {#３}", "숫자를 읽지 못했습니다"),
        ("글 {#3:}", "숫자를 읽지 못했습니다"),
        ("글 {#1..}", "숫자를 읽지 못했습니다"),
        ("글 {#..5}", "숫자를 읽지 못했습니다"),
        ("글 {#=1 =}", "숫자가 없습니다"),
        ("글 {#~#틀림}", "숫자가 없습니다"),
        ("글 {=가 -> 나}", "짝은 2개"),
        ("글 {=가 -> 나 =다}", "‘다’에 ->가 없습니다"),
        ("글 {~가}", "보기는 2개"),
        ("글 {~}", "보기는 2개"),
        (f"글 {{{'=가 ' * 501}}}", "500개"),
    ],
)
def test_a_broken_entry_is_told_with_its_line_and_the_others_are_read(
    broken: str, reason: str
) -> None:
    reading = read_gift(f"앞 {{T}}\n\n// 주석\n{broken}\n\n뒤 {{F}}")
    assert [item.stem for item in reading.items] == ["앞", "뒤"]
    assert [problem.line for problem in reading.problems] == [4]
    assert reason in reading.problems[0].message


def test_a_blank_line_between_braces_cuts_the_entry_and_all_of_it_is_one_problem() -> None:
    text = "앞 {T}\n\n끊긴 {\n=가\n\n~나\n\n~다\n}\n\n뒤 {F}"
    reading = read_gift(text)
    assert [item.stem for item in reading.items] == ["앞", "뒤"]
    assert [problem.line for problem in reading.problems] == [3]
    assert "3~9번째 줄" in reading.problems[0].message


def test_an_open_brace_does_not_swallow_what_follows() -> None:
    text = "끊긴 {=가 ~나\n\n설명글\n\n$CATEGORY: 둘\n\n뒤 {F}"
    assert stems(text) == ["설명글", "둘", "뒤"]
    assert lines(text) == [1]


@pytest.mark.parametrize("text", ["", "\ufeff", "\n \n\t\n", "// 주석뿐\n\n// 또 주석"])
def test_a_file_without_items_says_so(text: str) -> None:
    reading = read_gift(text)
    assert reading.items == ()
    assert [problem.line for problem in reading.problems] == [0]


def test_problems_come_in_the_order_of_their_lines() -> None:
    assert lines("가 {\n\n나 {#}\n\n다 }\n\n라 {T}") == [1, 3, 5]


def test_an_empty_stem_is_told() -> None:
    assert "비어 있습니다" in one("::제목::{T}").problems[0]


def test_more_items_than_anybody_writes_are_told() -> None:
    reading = read_gift("가\n\n" * 20_001)
    assert len(reading.items) == 20_000
    assert reading.problems == (FileProblem(40_001, reading.problems[0].message),)
    assert "나누어" in reading.problems[0].message


SIZE = 1_000_000


@pytest.mark.parametrize(
    "text",
    [
        "{" * SIZE,
        "}" * SIZE,
        "{}" * SIZE,
        "{" + "{}" * SIZE,
        "::" * SIZE,
        ":" * SIZE + "{T}",
        "=" * SIZE,
        "{" + "=" * SIZE + "}",
        "{" + "~%" * SIZE + "}",
        "{=" + "->" * SIZE + "}",
        "{=a#" + "#" * SIZE + "}",
        "{#" + "." * SIZE + "}",
        "{#" + "1" * SIZE + "}",
        "{#=1:" + "9" * SIZE + "}",
        "{~%" + "1" * SIZE + "%a ~b}",
        "\\" * SIZE,
        "\\\\{" * SIZE,
        "[" * SIZE,
        "[html]" * SIZE,
        "// " + "[id:" * SIZE,
        "// " + "[tag:\\]" * SIZE + "\n글 {T}",
        "//" * SIZE,
        "$CATEGORY:" * (SIZE // 10),
        "$CATEGORY:a\n" * (SIZE // 10),
        "\n" * SIZE,
        "a\n\n" * SIZE,
        "{\n\n" * SIZE,
        "}\n\n" * SIZE,
        " " * SIZE + "{T}",
        "a\n" * SIZE + "{T}",
        "\u3000" * SIZE,
    ],
)
def test_large_hostile_files_are_read_without_delay(text: str) -> None:
    reading = read_gift(text)
    assert reading.items or reading.problems
