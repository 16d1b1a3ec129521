from fractions import Fraction

import pytest

from apps.quizzes.domain.kinds.base import Json, Scoring

from .documents import Item, choice, item, problems


def picks(multiple: Item, texts: str) -> Json:
    return multiple.answer(answer=[multiple.ids("choices")[text] for text in texts])


@pytest.mark.parametrize(
    ("texts", "whole", "partial"),
    [
        ("나다", 1, Fraction(1)),
        ("다나", 1, Fraction(1)),
        ("나", 0, Fraction(1, 2)),
        ("나가", 0, Fraction(0)),
        ("나다가", 0, Fraction(1, 2)),
        ("가라", 0, Fraction(0)),
        ("가나다라", 0, Fraction(0)),
        ("", 0, Fraction(0)),
    ],
)
def test_scoring_is_all_or_nothing_or_right_minus_wrong(
    texts: str, whole: int, partial: Fraction
) -> None:
    multiple = item("multiple")
    answer = picks(multiple, texts)
    assert multiple.score(answer) == whole
    assert multiple.score(answer, Scoring.PARTIAL) == partial


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ("", ""),
        ("가", "2개를 고르세요 – 1개만 골랐습니다."),
        ("가나", ""),
        ("가나다", "2개를 고르세요 – 3개를 골랐습니다."),
    ],
)
def test_too_few_and_too_many_picks_are_told(texts: str, told: str) -> None:
    multiple = item("multiple")
    assert multiple.problem(picks(multiple, texts)) == told


def test_nothing_is_told_where_the_number_is_not() -> None:
    multiple = item("multiple", pick=None)
    assert multiple.problem(picks(multiple, "가")) == ""
    assert multiple.body["pick"] is None


def test_answers_are_the_same_whatever_the_order_of_the_form() -> None:
    multiple = item("multiple")
    assert picks(multiple, "다나나") == picks(multiple, "나다")


def test_picks_of_another_version_count_neither_way() -> None:
    multiple = item("multiple")
    answer = {"choices": [*picks(multiple, "나다")["choices"], "gone"]}
    assert multiple.score(answer) == 1
    assert multiple.score(answer, Scoring.PARTIAL) == 1


def test_the_review_marks_missed_and_wrongly_picked_choices() -> None:
    multiple = item("multiple")
    lines = multiple.review(picks(multiple, "가나"))
    assert [line.is_right for line in lines] == [False, True, False, None]
    assert [line.picked for line in lines] == [True, True, False, False]
    assert [line.feedback for line in lines] == ["가: 틀린 까닭", "", "", ""]


@pytest.mark.parametrize("pick", [1, 3, True, "2", 2.0])
def test_pick_has_to_be_the_number_of_right_choices(pick: object) -> None:
    assert "2개)와 같아야 합니다" in problems("multiple", pick=pick)["pick"]


def test_a_multiple_without_a_right_choice_is_refused() -> None:
    found = problems("multiple", pick=None, choice=[choice("가"), choice("나")])
    assert found == {"choice": "right = true인 보기가 하나 이상이어야 합니다."}
