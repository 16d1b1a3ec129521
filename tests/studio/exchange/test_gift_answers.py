"""What the braces of every kind hold."""

import pytest

from apps.studio.exchange.gift import read_gift
from apps.studio.exchange.items import Item, ItemAnswer, ItemChoice, ItemKind


def read(answers: str) -> Item:
    reading = read_gift(f"글 {{{answers}}}")
    assert reading.problems == ()
    assert len(reading.items) == 1
    return reading.items[0]


def test_a_single_choice() -> None:
    item = read("\n\t=노랑 # 맞음\n\t~빨강 # 아님, 노랑\n\t~파랑\n")
    assert item.kind is ItemKind.SINGLE
    assert item.choices == (
        ItemChoice("노랑", "100", "맞음"),
        ItemChoice("빨강", "0", "아님, 노랑"),
        ItemChoice("파랑", "0", ""),
    )
    assert item.problems == ()


def test_weights_are_kept_as_they_are_written() -> None:
    item = read("~%33.33333%가 ~% 50%나 ~%-33.33333%다#감점 ~%100%라 ~%5.%마 ~ %20% 바")
    assert [(each.text, each.weight) for each in item.choices] == [
        ("가", "33.33333"),
        ("% 50%나", "0"),
        ("다", "-33.33333"),
        ("라", "100"),
        ("마", "5."),
        ("바", "20"),
    ]


def test_partial_weights_beside_a_right_one_stay_a_single_choice() -> None:
    item = read("~틀림 ~%50%반만 =맞음")
    assert item.kind is ItemKind.SINGLE
    assert [each.weight for each in item.choices] == ["0", "50", "100"]


def test_without_an_equals_sign_several_are_right() -> None:
    assert read("~%100%가 ~나").kind is ItemKind.MULTIPLE
    assert read("~%50%가 ~%50%나 ~%-100%다").kind is ItemKind.MULTIPLE


def test_two_equals_signs_beside_a_wrong_one_are_a_single_choice() -> None:
    item = read("=가 =나 ~다")
    assert item.kind is ItemKind.SINGLE
    assert [each.weight for each in item.choices] == ["100", "100", "0"]


def test_a_percentage_behind_an_equals_sign_of_a_choice_is_text() -> None:
    assert read("=%50%가 ~나").choices[0] == ItemChoice("%50%가", "100")


def test_odd_choices_are_read_and_told() -> None:
    assert "정답으로" in read("~가 ~나").problems[0]
    assert "글이 빈" in read("=가 ~").problems[0]
    item = read("가 ~나 =다")
    assert [(each.text, each.weight) for each in item.choices] == [
        ("가", "0"),
        ("나", "0"),
        ("다", "100"),
    ]
    assert "오답으로" in item.problems[0]


def test_what_looks_like_a_weight_and_is_none_is_told() -> None:
    for answers, like in (
        ("=%50%가 ~나", "%50%"),
        ("~%1e3%가 =나", "%1e3%"),
        ("~%33,3%가 =나", "%33,3%"),
        ("=%1/3%가", ""),
        ("=%+5%가", "%+5%"),
    ):
        problems = read(answers).problems
        assert [f"‘{like}’" in problem for problem in problems] == [True] * bool(like)


def test_full_width_signs_are_letters_and_that_is_told() -> None:
    item = read("＝가　～나")
    assert item.answers == (ItemAnswer(text="＝가　～나"),)
    assert "전각" in item.problems[0]


def test_an_arrow_amid_choices_is_text() -> None:
    assert read("=가->나 ~다").choices[0].text == "가->나"


def test_feedback_keeps_further_hash_marks_and_lines() -> None:
    assert read("=가#하나#둘\n  셋 ~나").choices[0].feedback == "하나#둘\n셋"


def test_short_texts() -> None:
    item = read("=나사렛#맞음\n=%75%나자렛#철자\n=%25%베들레헴")
    assert item.kind is ItemKind.SHORT_TEXT
    assert item.answers == (
        ItemAnswer(text="나사렛", feedback="맞음"),
        ItemAnswer(text="나자렛", weight="75", feedback="철자"),
        ItemAnswer(text="베들레헴", weight="25"),
    )


def test_a_short_text_without_an_equals_sign() -> None:
    assert read("버킷").answers == (ItemAnswer(text="버킷"),)
    assert read("버킷 = bucket").answers == (ItemAnswer(text="버킷"), ItemAnswer(text="bucket"))


def test_small_letters_are_no_true_or_false() -> None:
    item = read("true")
    assert (item.kind, item.answers[0].text) == (ItemKind.SHORT_TEXT, "true")
    assert "{TRUE}" in item.problems[0]
    assert read("=true").problems == ()
    assert read("=T").kind is ItemKind.SHORT_TEXT


@pytest.mark.parametrize(
    ("answers", "answer", "feedback_true", "feedback_false"),
    [
        ("T", True, "", ""),
        (" TRUE ", True, "", ""),
        ("F", False, "", ""),
        ("FALSE", False, "", ""),
        ("TRUE#틀렸다#맞았다", True, "맞았다", "틀렸다"),
        ("FALSE # 틀렸다 # 맞았다", False, "틀렸다", "맞았다"),
        ("T#틀렸다", True, "", "틀렸다"),
        ("F#틀렸다", False, "틀렸다", ""),
        ("F##맞았다", False, "", "맞았다"),
        ("T#가#나#다", True, "나#다", "가"),
    ],
)
def test_the_first_feedback_is_for_those_who_are_wrong(
    answers: str, answer: bool, feedback_true: str, feedback_false: str
) -> None:
    item = read(answers)
    assert item.kind is ItemKind.TRUE_FALSE
    assert (item.answer, item.feedback_true, item.feedback_false) == (
        answer,
        feedback_true,
        feedback_false,
    )


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ("#3", [ItemAnswer(value="3")]),
        ("#3:2", [ItemAnswer(value="3", tolerance="2")]),
        ("# 3.141 : 0.0005 ", [ItemAnswer(value="3.141", tolerance="0.0005")]),
        ("#1..5", [ItemAnswer(low="1", high="5")]),
        ("#-5..-1.5", [ItemAnswer(low="-5", high="-1.5")]),
        ("#.5...7", [ItemAnswer(low=".5", high=".7")]),
        ("#+1e3:1E-2", [ItemAnswer(value="+1e3", tolerance="1E-2")]),
        ("#3\\:2", [ItemAnswer(value="3", tolerance="2")]),
        ("#*", [ItemAnswer(value="*")]),
        ("#3#맞음", [ItemAnswer(value="3", feedback="맞음")]),
        (
            "#\n=1822:0#맞음\n계속\n=%50%1822:2#반만\n=%33.33333%1800..1850\n~#아님",
            [
                ItemAnswer(value="1822", tolerance="0", feedback="맞음\n계속"),
                ItemAnswer(value="1822", tolerance="2", weight="50", feedback="반만"),
                ItemAnswer(low="1800", high="1850", weight="33.33333"),
                ItemAnswer(value="*", weight="0", feedback="아님"),
            ],
        ),
        ("#1 =%50%2", [ItemAnswer(value="1"), ItemAnswer(value="2", weight="50")]),
    ],
)
def test_numbers(answers: str, expected: list[ItemAnswer]) -> None:
    item = read(answers)
    assert item.kind is ItemKind.NUMERIC
    assert list(item.answers) == expected
    assert item.problems == ()


def test_odd_numbers_are_read_and_told() -> None:
    assert "큽니다" in read("#5..1").problems[0]
    assert "‘7’" in read("#5 ~7#아님").problems[0]


def test_matching() -> None:
    item = read("\n=S3->객체\n= EBS -> 블록 -> 볼륨\n= -> 파일\n")
    assert item.kind is ItemKind.MATCHING
    assert item.pairs == (("S3", "객체"), ("EBS", "블록 -> 볼륨"), ("", "파일"))
    assert item.problems == ()


def test_matching_has_no_feedback_and_unescapes_both_sides() -> None:
    assert read("=a\\=b -> c\\:d#e =[html]f -> [html]g").pairs == (
        ("a=b", "c:d#e"),
        ("f", "[html]g"),
    )


def test_odd_pairs_are_told() -> None:
    assert "빈 짝" in read("=가 -> =나 -> 다").problems[0]
    assert "2개 이상" in read("=가 -> 나 = -> 다").problems[0]
