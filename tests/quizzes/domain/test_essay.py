import pytest

from apps.quizzes.domain.kinds.base import Json

from .documents import item, problems


def test_a_person_grades_what_was_written_and_nobody_reads_an_empty_answer() -> None:
    essay = item("essay")
    assert essay.kind.graded_by_hand
    assert essay.score(essay.answer(answer="응답을 기억합니다.")) is None
    assert essay.score(essay.answer(answer=" \n ")) == 0


def test_lines_are_kept_and_what_cannot_be_stored_is_not() -> None:
    essay = item("essay")
    assert essay.answer(answer="첫째\r\n\t둘째\r셋째\x00\x07\n\n") == {"text": "첫째\n\t둘째\n셋째"}


def test_what_is_too_long_is_told_and_kept_up_to_a_hard_bound() -> None:
    essay = item("essay")
    assert essay.problem(essay.answer(answer="가" * 100)) == ""
    long = essay.answer(answer="가" * 130)
    assert len(long["text"]) == 130
    assert essay.problem(long) == "100자까지 쓸 수 있습니다. 지금은 130자로 30자가 넘습니다."
    assert len(essay.answer(answer="가" * 90_000)["text"]) == 20_000


def test_the_review_lists_what_the_grader_looks_for() -> None:
    answer, *rubric = item("essay").review({"text": "글"})
    assert (answer.own, answer.is_right) == ("글", None)
    assert [line.text for line in rubric] == ["상태 저장을 말한다", "예를 든다"]
    assert item("essay").review({})[0].is_right is False


def test_the_length_has_a_default_and_the_rubric_is_not_shown() -> None:
    assert item("essay", max_length=None).body == {"max_length": 2000}
    assert item("essay", rubric=None).spec.shown == item("essay").spec.shown


@pytest.mark.parametrize(
    ("changed", "path", "message"),
    [
        ({"max_length": 0}, "max_length", "1~20000의 정수"),
        ({"max_length": 20_001}, "max_length", "1~20000의 정수"),
        ({"max_length": True}, "max_length", "1~20000의 정수"),
        ({"max_length": "100"}, "max_length", "1~20000의 정수"),
        ({"rubric": "예"}, "rubric", "배열이어야"),
        ({"rubric": [""]}, "rubric[0]", "비어 있습니다"),
    ],
)
def test_faulty_essays_are_refused_at_their_place(changed: Json, path: str, message: str) -> None:
    assert message in problems("essay", **changed)[path]
