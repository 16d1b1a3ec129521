from fractions import Fraction

import pytest

from apps.quizzes.domain.kinds.base import Json

from .documents import Item, item, problems


def pairs(matching: Item, **given: str) -> Json:
    """The answer that gives these right sides to these left ones (_ for a space)."""
    lefts, rights = matching.ids("lefts"), matching.ids("rights")
    form = {f"answer-{lefts[left.replace('_', ' ')]}": [rights[right]]
            for left, right in given.items()}  # fmt: skip
    return matching.kind.read_answer(matching.body, form)


@pytest.mark.parametrize(
    ("given", "score"),
    [
        ({"보안_그룹": "인스턴스", "네트워크_ACL": "서브넷", "라우팅_테이블": "서브넷"}, 1),
        ({"보안_그룹": "인스턴스", "네트워크_ACL": "서브넷"}, Fraction(2, 3)),
        ({"보안_그룹": "서브넷", "네트워크_ACL": "서브넷"}, Fraction(1, 3)),
        ({"보안_그룹": "리전"}, 0),
        ({}, 0),
    ],
)
def test_every_left_counts_the_same(given: dict[str, str], score: Fraction) -> None:
    matching = item("matching")
    assert matching.score(pairs(matching, **given)) == score


def test_the_body_tells_neither_which_rights_are_extra_nor_which_serve_two_lefts() -> None:
    matching = item("matching")
    assert [each["text"] for each in matching.body["rights"]] == ["리전", "서브넷", "인스턴스"]
    other = item(
        "matching",
        pair=[
            {"left": "보안 그룹", "right": "리전"},
            {"left": "네트워크 ACL", "right": "리전"},
            {"left": "라우팅 테이블", "right": "인스턴스"},
        ],
        extra=["서브넷"],
    )
    assert other.spec.shown == matching.spec.shown


def test_what_is_not_yet_matched_is_told() -> None:
    matching = item("matching")
    assert matching.problem({}) == ""
    told = matching.problem(pairs(matching, 보안_그룹="서브넷"))
    assert told == "3개 가운데 2개를 아직 고르지 않았습니다."


def test_nonsense_in_a_form_is_dropped() -> None:
    matching = item("matching")
    left = matching.ids("lefts")["보안 그룹"]
    form = {f"answer-{left}": ["gone"], "answer-gone": ["x"], "answer": ["y"]}
    assert matching.kind.read_answer(matching.body, form) == {}


def test_the_review_says_what_a_wrong_match_misunderstands() -> None:
    matching = item("matching")
    answer = pairs(matching, 보안_그룹="서브넷", 네트워크_ACL="서브넷")
    wrong, right, empty = matching.review(answer)
    assert (wrong.text, wrong.own, wrong.right) == ("보안 그룹", "서브넷", "인스턴스")
    assert (wrong.is_right, wrong.feedback) == (False, "인스턴스에 연결합니다.")
    assert (right.is_right, right.picked) == (True, True)
    assert (empty.is_right, empty.picked, empty.own) == (False, False, "")
    assert matching.review({})[0].feedback == ""


@pytest.mark.parametrize(
    ("changed", "path", "message"),
    [
        ({"pair": [{"left": "가", "right": "나"}]}, "pair", "2개 이상"),
        ({"pair": [{"left": "가", "right": "나"}] * 2}, "pair[1].left", "같은 왼쪽"),
        (
            {"pair": [{"left": a, "right": "나"} for a in "가다"], "extra": None},
            "pair",
            "고를 것이 없습니다",
        ),
        ({"pair": [{"left": "가"}, 3]}, "pair[0].right", "반드시"),
        ({"pair": [{"left": "가"}, 3]}, "pair[1]", "객체여야"),
        ({"pair": {}}, "pair", "배열이어야"),
        ({"extra": ["서브넷"]}, "extra[0]", "같은 오른쪽이 이미 있습니다: 「서브넷」"),
        ({"extra": [1]}, "extra[0]", "문자열이어야"),
        ({"extra": ["가"] * 7}, "extra", "6개까지"),
    ],
)
def test_faulty_pairs_are_refused_at_their_place(changed: Json, path: str, message: str) -> None:
    assert message in problems("matching", **changed)[path]
