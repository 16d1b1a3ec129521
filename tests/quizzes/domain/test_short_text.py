import pytest

from apps.quizzes.domain.kinds.base import Json

from .documents import item, problems


@pytest.mark.parametrize(
    ("text", "score"), [("보안그룹", 1), ("SG입니다", 1), ("NACL", 0), ("방화벽", 0), ("", 0)]
)
def test_an_accepted_answer_in_any_spelling_is_worth_one(text: str, score: int) -> None:
    short = item("short_text")
    assert short.score(short.answer(answer=text)) == score


def test_the_answer_is_kept_as_typed_on_one_bounded_line() -> None:
    short = item("short_text")
    assert short.answer(answer=" 보안\n그룹\x00\x1b ") == {"text": "보안 그룹"}
    assert short.answer(answer="가" * 300) == {"text": "가" * 200}
    assert short.answer(answer=" \x00 ") == short.answer(answer=[]) == {}


def test_the_review_says_why_a_near_answer_is_wrong() -> None:
    short = item("short_text")
    [near] = short.review({"text": "NACL입니다"})
    assert (near.own, near.right) == ("NACL입니다", "보안 그룹")
    assert (near.is_right, near.feedback) == (False, "서브넷에 연결하는 것입니다.")
    [far] = short.review({"text": "방화벽"})
    assert (far.is_right, far.feedback) == (False, "")
    [right] = short.review({"text": "sg"})
    assert (right.is_right, right.feedback) == (True, "")
    [empty] = short.review({})
    assert (empty.is_right, empty.picked) == (False, False)


def test_nothing_of_the_key_is_shown() -> None:
    other = item("short_text", accepted=["서브넷", "subnet-1"], near=None)
    assert other.spec.shown == item("short_text").spec.shown


@pytest.mark.parametrize(
    ("changed", "path", "message"),
    [
        ({"accepted": []}, "accepted", "하나 이상"),
        ({"accepted": "보안 그룹"}, "accepted", "배열이어야"),
        ({"accepted": ["보안 그룹", "SG"]}, "accepted[1]", "「보안 그룹」 답과 같은 답"),
        ({"accepted": ["가", "…"]}, "accepted[1]", "글자나 숫자가 있어야"),
        ({"accepted": ["가" * 201]}, "accepted[0]", "200자까지"),
        ({"near": [{"text": "sg", "feedback": "x"}]}, "near[0].text", "「보안 그룹」 답과 같은 답"),
        ({"near": [{"text": "나"}]}, "near[0].feedback", "반드시"),
        ({"near": ["나"]}, "near[0]", "객체여야"),
    ],
)
def test_faulty_answers_are_refused_at_their_place(changed: Json, path: str, message: str) -> None:
    assert message in problems("short_text", **changed)[path]
