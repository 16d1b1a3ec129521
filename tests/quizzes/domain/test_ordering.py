from fractions import Fraction
from itertools import combinations, pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.quizzes.domain.kinds.base import Json
from apps.quizzes.domain.kinds.ordering import longest_increasing

from .documents import OWN, Item, item, problems

ITEMS: list[str] = OWN["ordering"]["items"]


def placed(ordering: Item, *places: int | None) -> Json:
    """The answer that puts the items, in their right order, at these places."""
    ids = ordering.ids("items")
    form = {
        f"answer-{ids[text]}": [str(place)]
        for text, place in zip(ITEMS, places, strict=True)
        if place is not None
    }
    return ordering.kind.read_answer(ordering.body, form)


@pytest.mark.parametrize(
    ("places", "score"),
    [
        ((1, 2, 3, 4), 1),
        ((4, 3, 2, 1), 0),
        ((2, 3, 4, 1), Fraction(2, 3)),  # one item moved: three still follow each other
        ((2, 1, 4, 3), Fraction(1, 3)),
        ((1, 2, None, None), Fraction(1, 3)),
        ((1, None, None, 4), Fraction(1, 3)),
        ((3, None, None, None), 0),
        ((None, None, None, None), 0),
        ((1, 1, 1, 1), 0),
        ((1, 1, 2, 2), Fraction(1, 3)),
        ((1, 2, 2, 3), Fraction(2, 3)),
    ],
)
def test_the_score_is_the_longest_part_in_the_right_order(
    places: tuple[int | None, ...], score: Fraction
) -> None:
    ordering = item("ordering")
    assert ordering.score(placed(ordering, *places)) == score


@given(st.lists(st.integers(1, 7), max_size=7))
def test_the_longest_increasing_part_agrees_with_trying_all(values: list[int]) -> None:
    longest = max(
        len(part)
        for size in range(len(values) + 1)
        for part in combinations(values, size)
        if all(a < b for a, b in pairwise(part))
    )
    found = longest_increasing(values)
    assert len(found) == longest
    assert found == sorted(found)
    assert all(values[a] < values[b] for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("places", "told"),
    [
        ((1, 2, 3, 4), ""),
        ((None, None, None, None), ""),
        ((3, 1, 3, 2), "‘3번째’가 두 번 쓰였습니다."),
        ((2, 2, 2, 2), "‘2번째’가 네 번 쓰였습니다."),
        ((1, 1, 4, 4), "‘1번째’가 두 번 쓰였습니다. ‘4번째’가 두 번 쓰였습니다."),
        ((1, None, None, 2), "4개 가운데 2개의 순서를 아직 정하지 않았습니다."),
        (
            (1, 1, None, 2),
            "‘1번째’가 두 번 쓰였습니다. 4개 가운데 1개의 순서를 아직 정하지 않았습니다.",
        ),
    ],
)
def test_places_used_twice_and_items_without_one_are_told_and_kept(
    places: tuple[int | None, ...], told: str
) -> None:
    ordering = item("ordering")
    answer = placed(ordering, *places)
    assert ordering.problem(answer) == told
    assert len(answer.get("places", {})) == sum(place is not None for place in places)


def test_a_place_that_there_is_not_is_dropped() -> None:
    ordering = item("ordering")
    ids = list(ordering.ids("items").values())
    form = {
        f"answer-{id_}": [place] for id_, place in zip(ids, ["0", "5", "첫째", "1.0"], strict=True)
    }
    assert ordering.kind.read_answer(ordering.body, form) == {}


def test_every_order_of_the_file_gives_the_same_body_and_the_same_deal() -> None:
    shown = item("ordering").spec.shown
    for items in permutations(ITEMS):
        ordering = item("ordering", items=list(items))
        assert ordering.spec.shown == shown
        right = ordering.kind.right_answer(ordering.body, ordering.parts.key)
        assert ordering.score(right) == 1


def test_the_review_goes_by_the_right_order_and_marks_what_counted() -> None:
    ordering = item("ordering")
    lines = ordering.review(placed(ordering, 2, 3, 4, 1))
    assert [line.text for line in lines] == ITEMS
    assert [line.right for line in lines] == ["1번째", "2번째", "3번째", "4번째"]
    assert [line.own for line in lines] == ["2번째", "3번째", "4번째", "1번째"]
    assert [line.is_right for line in lines] == [True, True, True, False]
    assert not any(line.is_right for line in ordering.review(placed(ordering, 4, 3, 2, 1)))


@pytest.mark.parametrize(
    ("items", "path", "message"),
    [
        (["가"], "items", "2개 이상"),
        ([], "items", "2개 이상"),
        (["가", "나", "가"], "items[2]", "같은 항목이 이미 있습니다: 「가」"),
        (["가", ""], "items[1]", "비어 있습니다"),
        (["가", None], "items[1]", "문자열이어야"),
        ([str(n) for n in range(13)], "items", "12개까지"),
        ("가나다", "items", "배열이어야"),
    ],
)
def test_faulty_items_are_refused_at_their_place(items: object, path: str, message: str) -> None:
    assert message in problems("ordering", items=items)[path]
