"""Tells that give a key away, and questions that are one and the same."""

from pathlib import Path

import pytest

from apps.quizzes.loading.balance import FEWEST, share_standing_out
from tests.quizzes.loading.files import FIRST, QUIZ, complaints, read

LONG = "임시 포트로 돌아가며, 이 포트는 클라이언트가 요청을 보낼 때 고른 것입니다"


def bank(count: int, *, key: str, wrong: str) -> list[str]:
    """A quiz that draws from `count` questions which differ in their stems."""
    questions = [
        FIRST.replace("0000f1", f"0000{number:02x}")
        .replace('"first"', f'"question-{number}"')
        .replace("응답은 어디로", f"{number}번째 응답은 어디로")
        .replace('"임시 포트"', f'"{key}"')
        .replace('text = "3306"', f'text = "{wrong}"')
        for number in range(1, count + 1)
    ]
    draws = 'topic = "networks"\npool = "practice"\ncount = 2'
    return [QUIZ.replace('question = "first"', draws), *questions]


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
