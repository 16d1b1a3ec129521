"""Tells that give a key away, and questions that are one and the same."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from apps.quizzes.loading.balance import FEWEST, crowded_places, share_standing_out
from tests.quizzes.loading.files import FIRST, QUIZ, complaints, read

LONG = "임시 포트로 돌아가며, 이 포트는 클라이언트가 요청을 보낼 때 고른 것입니다"

# What is placed and judged has one length, so that only its place can tell.
PLACED = """\
[[question.choice]]
text = "보기 {}"
right = {}
"""
STATEMENT = (
    FIRST.split("[[question.choice]]")[0]
    .replace('"single"', '"true_false"')
    .replace("stem =", "answer = true\nfeedback_false = '아닙니다.'\nstem =")
)
THREE = [1, 0, 2, 1, 3, 1]
"""Places of six keys: three at the second, as many as may be."""


def bank(count: int, *, key: str, wrong: str) -> list[str]:
    """A quiz that draws from `count` questions; their keys stand first and second by turns."""
    head, *choices = FIRST.split("\n[[question.choice]]\n")
    right = choices[0].replace('"임시 포트"', f'"{key}"')
    other = choices[1].replace('"3306"', f'"{wrong}"')
    turns = [(head, right, other), (head, other, right)]
    return [
        drawing(),
        *(
            numbered("\n[[question.choice]]\n".join(turns[number % 2]), number)
            for number in range(1, count + 1)
        ),
    ]


def drawing(more: str = "") -> str:
    draws = 'topic = "networks"\npool = "practice"\ncount = 2'
    return QUIZ.replace("minutes = 5", f"minutes = 5\n{more}").replace('question = "first"', draws)


def numbered(text: str, number: int) -> str:
    """One more question like this one."""
    return (
        text.replace("0000f1", f"0000{number:02x}")
        .replace('"first"', f'"question-{number}"')
        .replace("응답은 어디로", f"{number}번째 응답은 어디로")
    )


def placed(places: Sequence[int], more: str = "") -> list[str]:
    """A quiz that draws from questions whose keys stand at these places of four."""
    head = FIRST.split("[[question.choice]]")[0]
    questions = []
    for number, place in enumerate(places, start=1):
        choices = [PLACED.format(each, str(each == place).lower()) for each in range(4)]
        wrong = [each.replace("false", "false\nfeedback = '아닙니다.'") for each in choices]
        questions.append(numbered(head, number) + "\n".join(wrong))
    return [drawing(more), *questions]


def judged(answers: Sequence[bool]) -> list[str]:
    """A quiz that draws from statements which are true or not."""
    false = STATEMENT.replace("answer = true", "answer = false")
    false = false.replace("feedback_false", "feedback_true")
    return [
        drawing(),
        *(
            numbered(STATEMENT if answer else false, number)
            for number, answer in enumerate(answers, start=1)
        ),
    ]


@pytest.mark.parametrize(
    ("key", "wrong", "word"), [(LONG, "3306 포트", "긴"), ("포트", LONG, "짧은")]
)
def test_keys_that_stand_out_by_length_are_told(
    tmp_path: Path, key: str, wrong: str, word: str
) -> None:
    (told,) = complaints(read(tmp_path, *bank(FEWEST, key=key, wrong=wrong)))
    assert f"정답이 가장 {word} 보기입니다" in told


def test_a_few_questions_prove_nothing(tmp_path: Path) -> None:
    assert not complaints(read(tmp_path, *bank(FEWEST - 1, key=LONG, wrong="3306")))


def test_choices_of_one_length_are_fair(tmp_path: Path) -> None:
    assert not complaints(read(tmp_path, *bank(FEWEST, key="임시 포트", wrong="고정 포트")))


@pytest.mark.parametrize("more", ["", "shuffle_choices = false"])
def test_keys_that_stand_at_one_place_are_told(tmp_path: Path, more: str) -> None:
    (told,) = complaints(read(tmp_path, *placed([1, 1, 1, 1, 0, 2], more)))
    assert "하나 고르기 6문제 가운데 4문제에서 정답이 파일의 2번째 보기입니다" in told


def test_half_of_a_few_keys_may_stand_at_one_place(tmp_path: Path) -> None:
    assert not complaints(read(tmp_path, *placed(THREE)))


def test_half_of_many_keys_may_not(tmp_path: Path) -> None:
    (told,) = complaints(read(tmp_path, *placed(THREE * 2)))
    assert "12문제 가운데 6문제" in told


def test_the_places_of_a_few_keys_prove_nothing(tmp_path: Path) -> None:
    assert not complaints(read(tmp_path, *placed([2] * (FEWEST - 1))))


@pytest.mark.parametrize(
    ("answer", "word", "other"), [(True, "true", "false"), (False, "false", "true")]
)
def test_statements_that_are_nearly_all_alike_are_told(
    tmp_path: Path, answer: bool, word: str, other: str
) -> None:
    (told,) = complaints(read(tmp_path, *judged([answer] * 5 + [not answer])))
    assert f"맞다/틀리다 6문제 가운데 5문제의 답이 {word}입니다" in told
    assert f"답이 {other}인 문제를 늘리십시오" in told


def test_four_of_six_statements_may_be_false(tmp_path: Path) -> None:
    assert not complaints(read(tmp_path, *judged([False, True, False, False, True, False])))


def test_of_two_choices_one_is_right_more_often_than_of_four() -> None:
    two, four = ["가", "나"], ["가", "나", "다", "라"]
    assert crowded_places([(two, "가")] * 4 + [(two, "나")] * 2) == {}
    assert crowded_places([(four, "가")] * 4 + [(four, "나")] * 2) == {0: 4}


def test_a_place_that_some_questions_do_not_have_counts_where_it_is() -> None:
    two, four = ["가", "나"], ["가", "나", "다", "라"]
    short = [(two, text) for text in two * 3]
    assert crowded_places([*short, (four, "라"), (four, "다")]) == {}
    assert crowded_places([*short, (four, "라"), (four, "라")]) == {3: 2}


def test_two_longest_choices_give_nothing_away() -> None:
    assert (
        share_standing_out([(["같은 길이", "다른 길이", "짧음"], "같은 길이")], longest=True) == 0
    )
    assert share_standing_out([(["가장 긴 보기", "짧음"], "가장 긴 보기")], longest=True) == 1


@pytest.mark.parametrize(
    "again",
    [
        FIRST.replace("0000f1", "0000f9").replace('"first"', '"again"'),
        FIRST.replace("0000f1", "0000f9")
        .replace('"first"', '"again"')
        .replace("응답은 어디로 갑니까?", "응답은, 어디로  갑니까"),
    ],
    ids=["word for word", "other spelling"],
)
def test_two_questions_that_ask_the_same_are_told(tmp_path: Path, again: str) -> None:
    (told,) = complaints(read(tmp_path, FIRST, again))
    assert "문제 again" in told
    assert "first 문제와 내용이 같습니다" in told


def test_the_same_stem_with_other_choices_is_another_question(tmp_path: Path) -> None:
    other = (
        FIRST.replace("0000f1", "0000f9")
        .replace('"first"', '"other"')
        .replace('text = "3306"', 'text = "443"')
    )
    assert not complaints(read(tmp_path, FIRST, other))
