import pytest

from .documents import item, problems


@pytest.mark.parametrize("answer", [True, False])
def test_the_answer_is_worth_one_and_its_contrary_nothing(answer: bool) -> None:
    right, wrong = ("true", "false") if answer else ("false", "true")
    statement = item(
        "true_false", answer=answer, feedback_true="맞지 않습니다.", feedback_false="맞습니다."
    )
    assert statement.score(statement.answer(answer=right)) == 1
    assert statement.score(statement.answer(answer=wrong)) == 0
    assert statement.score(statement.answer(answer="maybe")) == 0


def test_the_two_answers_stand_in_the_same_order_always() -> None:
    statement = item("true_false")
    assert [each["text"] for each in statement.body["choices"]] == ["맞습니다", "틀립니다"]
    for seed in range(8):
        dealt = statement.kind.deal(statement.body, seed=seed, shuffle=True)
        assert dealt == {"choices": ["true", "false"]}


def test_the_review_says_why_the_wrong_answer_is_wrong() -> None:
    statement = item("true_false")
    yes, no = statement.review({"choice": "false"})
    assert (yes.is_right, yes.right) == (False, "맞습니다")
    assert (no.is_right, no.picked) == (False, True)
    assert no.feedback == "응답은 규칙을 보지 않고 나갑니다."


def test_the_wrong_answer_needs_feedback_and_the_answer_a_truth_value() -> None:
    assert "왜 틀렸는지" in problems("true_false", answer=False)["feedback_true"]
    assert "true나 false" in problems("true_false", answer="true")["answer"]
