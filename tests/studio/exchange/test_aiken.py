"""Aiken files as people write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.studio.exchange.aiken import read_aiken
from apps.studio.exchange.items import Item, ItemChoice, ItemKind, TextFormat

GOOD = "객체를 저장하는 서비스는?\nA. EBS\nB. S3\nC. EFS\nANSWER: B\n"


def one(text: str) -> Item:
    reading = read_aiken(text)
    assert reading.problems == ()
    assert len(reading.items) == 1
    return reading.items[0]


def right(item: Item) -> list[str]:
    return [choice.text for choice in item.choices if choice.weight == "100"]


def test_a_question() -> None:
    assert one(GOOD) == Item(
        1,
        ItemKind.SINGLE,
        stem="객체를 저장하는 서비스는?",
        stem_format=TextFormat.PLAIN,
        choices=(ItemChoice("EBS", "0"), ItemChoice("S3", "100"), ItemChoice("EFS", "0")),
    )


def test_questions_one_behind_the_other_with_and_without_blank_lines() -> None:
    reading = read_aiken(GOOD + GOOD + "\n\n" + GOOD)
    assert [item.line for item in reading.items] == [1, 6, 13]
    assert reading.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace(". ", ") "),
        GOOD.replace(". ", ".\t"),
        GOOD.replace("A. ", "  A.  "),
        GOOD.replace("B. ", "B."),
        GOOD.replace(". ", ")"),
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("\n", "\r"),
        "\ufeff" + GOOD,
        GOOD.replace("\n", "\n\n"),
        GOOD.replace("\n", "\n\u3000\n"),
        GOOD.replace("ANSWER: B", "ANSWER:B"),
        GOOD.replace("ANSWER: B", "ANSWER:\t B. "),
        GOOD.replace("ANSWER: B", "ANSWER : B)"),
        GOOD.replace("ANSWER: B", "ＡＮＳＷＥＲ：Ｂ"),
        GOOD.replace("A. ", "Ａ．").replace("B. ", "Ｂ）"),
        GOOD.strip(),
    ],
)
def test_the_same_question_written_otherwise(text: str) -> None:
    item = one(text)
    assert item.stem == "객체를 저장하는 서비스는?"
    assert [choice.text for choice in item.choices] == ["EBS", "S3", "EFS"]
    assert right(item) == ["S3"]
    assert item.problems == ()


def test_a_stem_of_several_lines() -> None:
    item = one("다음을 보세요.\n  U.S. 리전입니다.\n\n\n\n어디입니까?\n" + GOOD.partition("\n")[2])
    assert item.stem == "다음을 보세요.\nU.S. 리전입니다.\n\n어디입니까?"


def test_a_stem_of_one_sign_is_a_stem() -> None:
    assert one("?\nA. 가\nB. 나\nANSWER: A").stem == "?"


def test_a_stem_that_begins_like_an_abbreviation() -> None:
    assert one("A.M.과 P.M. 가운데 아침은?\nA. A.M.\nB. P.M.\nANSWER: A").stem.startswith("A.M.")


def test_texts_are_plain() -> None:
    item = one("<b>\\n {=a} [html]\nA. <i>1</i> \\= ~\nB. A. B\nANSWER: B")
    assert item.stem == "<b>\\n {=a} [html]"
    assert [choice.text for choice in item.choices] == ["<i>1</i> \\= ~", "A. B"]


def test_twenty_six_choices() -> None:
    letters = [chr(ord("A") + index) for index in range(26)]
    choices = "\n".join(f"{letter}) {letter * 2}" for letter in letters)
    assert right(one(f"글\n{choices}\nANSWER: Z")) == ["ZZ"]


def test_what_follows_the_answer_is_told() -> None:
    item = one(GOOD.replace("ANSWER: B", "ANSWER: B (3장)"))
    assert right(item) == ["S3"]
    assert "‘(3장)’" in item.problems[0]
    assert "‘A bucket’" in one(GOOD.replace("ANSWER: B", "ANSWER: B. A bucket")).problems[0]


def test_an_empty_choice_is_told() -> None:
    assert "빈 보기" in one("글\nA. \nB. 나\nANSWER: B").problems[0]


@pytest.mark.parametrize(
    ("broken", "line", "reason"),
    [
        ("글\nA. 가\nB. 나\n", 6, "ANSWER: 줄이 없습니다"),
        ("글\nA. 가\nANSWER: A", 6, "보기는 2개"),
        ("글\nANSWER: A", 6, "보기는 2개"),
        ("글\na. 가\nb. 나\nANSWER: A", 6, "대문자"),
        ("글\nA. 가\nB. 나\nANSWER: C", 6, "정답 C에 해당하는 보기가 없습니다"),
        ("글\nA. 가\nB. 나\nANSWER:", 6, "정답 글자가 없습니다"),
        ("글\nA. 가\nB. 나\nANSWER: b", 6, "정답 글자가 없습니다"),
        ("글\nA. 가\nB. 나\nANSWER: 나", 6, "정답 글자가 없습니다"),
        ("글\nA. 가\nB. 나\nANSWER: Both", 6, "정답 글자가 없습니다"),
        ("글\nA. 가\nB. 나\nANSWER: A, B", 6, "정답이 둘 이상"),
        ("글\nA. 가\nB. 나\nANSWER: A와 B", 6, "정답이 둘 이상"),
        ("글\nA. 가\nB. 나\nANSWER: AB", 6, "정답이 둘 이상"),
        ("글\nA. 가\nB. 나\nAnswer: A", 6, "ANSWER는 대문자"),
        ("글\nA. 가\nC. 나\nANSWER: A", 6, "8번째 줄에는 B 보기가 와야"),
        ("글\nA. 가\nA. 나\nANSWER: A", 6, "B 보기가 와야"),
        ("A. 가\nB. 나\nANSWER: A", 6, "문제를 적으세요"),
        ("ANSWER: A", 6, "문제 없이"),
        ("글\nA. 가\n이어지는 줄\nB. 나\nANSWER: A", 6, "보기는 한 줄에"),
        ("글\nA. 가\nB. 나\n이어지는 줄\nANSWER: A", 6, "보기는 한 줄에"),
        ("글\nA. 가\n이어지는 줄\n또\nB. 나\n그리고\nC. 다\nANSWER: A", 6, "보기는 한 줄에"),
    ],
)
def test_a_broken_question_is_told_and_the_others_are_read(
    broken: str, line: int, reason: str
) -> None:
    reading = read_aiken(f"{GOOD}{broken}\n\n{GOOD}")
    assert len(reading.items) == 2
    assert [problem.line for problem in reading.problems] == [line]
    assert reason in reading.problems[0].message


def test_a_missing_answer_right_before_the_next_question() -> None:
    reading = read_aiken("글\nA. 가\nB. 나\n" + GOOD)
    assert [problem.line for problem in reading.problems] == [1]
    assert [item.line for item in reading.items] == [4]


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff"])
def test_an_empty_file_says_so(text: str) -> None:
    reading = read_aiken(text)
    assert reading.items == ()
    assert [problem.line for problem in reading.problems] == [0]


def test_text_alone_is_told() -> None:
    assert [problem.line for problem in read_aiken("\n그냥 글\n").problems] == [2]


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.text("가나 b<{\\=.:", min_size=1).map(lambda text: f"글{text}".strip()),
            st.lists(st.text("가b1)(=.").map(lambda text: f"보{text}"), min_size=2, max_size=6),
        ),
        max_size=4,
    )
)
def test_whatever_is_written_by_the_rules_is_read(written: list[tuple[str, list[str]]]) -> None:
    text = "\n".join(
        f"{stem}\n"
        + "\n".join(f"{chr(65 + index)}. {choice}" for index, choice in enumerate(choices))
        + f"\nANSWER: {chr(64 + len(choices))}\n"
        for stem, choices in written
    )
    reading = read_aiken(text)
    assert [
        (item.stem, [choice.text for choice in item.choices]) for item in reading.items
    ] == written
    assert all(item.choices[-1].weight == "100" for item in reading.items)


@settings(max_examples=100)
@given(
    st.lists(
        st.sampled_from(
            ["글", "A. 가", "B) 나", "C. 다", "", "ANSWER: A", "ANSWER: Z", "answer: b"]
        ),
        max_size=14,
    )
)
def test_no_order_of_lines_is_passed_over_in_silence(lines: list[str]) -> None:
    reading = read_aiken("\n".join(lines))
    assert reading.items or reading.problems
    # Each item and each problem has a beginning of its own.
    begun = [item.line for item in reading.items] + [each.line for each in reading.problems]
    assert len(begun) == len(set(begun))


@pytest.mark.parametrize(
    "piece", ["A", "A.", "A. ", "\n", "a\n", "A. a\n", "ANSWER:", "ANSWER: A\n", " ", "글\nA. 가\n"]
)
def test_large_hostile_files_are_read_without_delay(piece: str) -> None:
    reading = read_aiken(piece * 300_000)
    assert reading.items or reading.problems


def test_more_questions_than_anybody_writes_are_told() -> None:
    reading = read_aiken("글\nA. 가\nB. 나\nANSWER: A\n" * 20_001)
    assert len(reading.items) == 20_000
    assert [problem.line for problem in reading.problems] == [80_001]
