from fractions import Fraction

import pytest

from apps.quizzes.domain.kinds.base import Json

from .documents import OWN, Item, item, problems


def sorted_into(categorize: Item, given: dict[str, str]) -> Json:
    rows, categories = categorize.ids("rows"), categorize.ids("categories")
    form = {f"answer-{rows[row]}": [categories[category]] for row, category in given.items()}
    return categorize.kind.read_answer(categorize.body, form)


def test_every_row_counts_the_same() -> None:
    categorize = item("categorize")
    rows = [row["text"] for row in OWN["categorize"]["row"]]
    answer = sorted_into(categorize, dict.fromkeys(rows, "보안 그룹"))
    assert categorize.score(answer) == Fraction(1, 2)
    some = sorted_into(categorize, dict.fromkeys(rows[:1], "보안 그룹"))
    assert categorize.score(some) == Fraction(1, 4)
    assert categorize.problem(some) == "4개 가운데 3개를 아직 고르지 않았습니다."


def test_rows_are_not_in_the_order_of_the_file_which_goes_by_category() -> None:
    categorize = item("categorize")
    texts = [each["text"] for each in categorize.body["rows"]]
    assert texts == sorted(row["text"] for row in OWN["categorize"]["row"])
    assert texts != [row["text"] for row in OWN["categorize"]["row"]]


def test_categories_keep_their_order_and_rows_are_dealt() -> None:
    categorize = item("categorize")
    deals = [categorize.kind.deal(categorize.body, seed=n, shuffle=True) for n in range(9)]
    listed = list(categorize.ids("categories").values())
    assert all(each["categories"] == listed for each in deals)
    assert len({tuple(each["rows"]) for each in deals}) > 1


def test_the_review_says_what_a_wrong_row_misunderstands() -> None:
    categorize = item("categorize")
    answer = sorted_into(categorize, {"응답을 기억한다": "네트워크 ACL"})
    lines = {line.text: line for line in categorize.review(answer)}
    assert lines["응답을 기억한다"].feedback == "Stateful입니다."
    assert lines["응답을 기억한다"].right == "보안 그룹"
    assert not any(line.is_right for line in lines.values())


@pytest.mark.parametrize(
    ("changed", "path", "message"),
    [
        ({"categories": ["가"]}, "categories", "2개 이상"),
        ({"categories": ["가", "가"]}, "categories[1]", "같은 범주"),
        ({"categories": ["가", "나\n다"]}, "categories[1]", "한 줄로"),
        ({"categories": None}, "categories", "반드시"),
        ({"row": [{"text": "가", "category": "리전"}] * 2}, "row[0].category", "categories에 있는"),
        ({"row": [{"text": "가", "category": "보안 그룹"}] * 2}, "row[1].text", "같은 항목"),
        ({"row": [{"text": "가", "category": "보안 그룹"}]}, "row", "2개 이상"),
        ({"row": "가"}, "row", "배열이어야"),
    ],
)
def test_faulty_rows_are_refused_at_their_place(changed: Json, path: str, message: str) -> None:
    assert message in problems("categorize", **changed)[path]
