"""The checks of a quiz, each by what it says."""

import datetime as dt
from dataclasses import replace

import pytest

from apps.quizzes.domain.spec import QuestionSpec
from apps.studio.domain.quiz_checks import AskedDraw, AskedItem, AskedQuiz, Finding, check_quiz
from tests.quizzes.domain import documents

TODAY = dt.date(2026, 3, 6)
LONG = "포트를 열어 둔 채로 규칙의 순서만 뒤에서부터 다시 확인합니다"


def single(*texts: str, key: int = 0, stem: str = "무엇입니까?") -> QuestionSpec:
    choices = [
        {"text": text, "right": at == key, "feedback": "" if at == key else "아닙니다."}
        for at, text in enumerate(texts)
    ]
    return documents.question("single", stem=stem, choice=choices)


def statement(answer: bool, stem: str) -> QuestionSpec:
    told = {"feedback_true": "아닙니다.", "feedback_false": "아닙니다."}
    return documents.question("true_false", stem=stem, answer=answer, **told)


def item(number: int = 1, spec: QuestionSpec | None = None, **changed: object) -> AskedItem:
    plain = single("갑이다", "을이다", stem=f"{number}번의 답은?")
    asked = AskedItem(number, f"1.{number}", f"q{number}", spec or plain, "exam", shipped=False)
    return replace(asked, **changed)  # type: ignore[arg-type]


def found(quiz: AskedQuiz, code: str) -> list[Finding]:
    return [each for each in check_quiz(quiz, today=TODAY) if each.code == code]


def draw(count: int, *candidates: int, place: str = "2.1", pool: str = "exam") -> AskedDraw:
    return AskedDraw("3~5번", place, count, pool, shipped=True, candidates=frozenset(candidates))


def test_a_quiz_without_fault_finds_nothing() -> None:
    assert check_quiz(AskedQuiz("after_submit", [item(1), item(2)]), today=TODAY) == []


def test_an_empty_quiz_cannot_be_taken() -> None:
    (finding,) = check_quiz(AskedQuiz("after_submit"), today=TODAY)
    assert (finding.code, finding.blocks) == ("empty", True)


def test_the_one_long_choice_that_is_the_key_is_told_by_number() -> None:
    quiz = AskedQuiz("after_submit", [item(11, single("예", LONG, "아니요", key=1))])
    (finding,) = found(quiz, "longest-key")
    assert finding.text == "11번 문제는 정답이 가장 긴 보기입니다."
    assert (finding.place, finding.question) == ("1.11", "q11")


@pytest.mark.parametrize(
    "texts", [("예", "아니요", LONG), ("예입니다", "아닙니다"), (LONG, f"{LONG}!!")]
)
def test_a_key_that_does_not_stand_out_is_no_finding(texts: tuple[str, ...]) -> None:
    assert found(AskedQuiz("after_submit", [item(1, single(*texts))]), "longest-key") == []


def test_keys_that_mostly_stand_out_or_stand_at_one_place_are_told() -> None:
    items = [item(n, single("가", LONG, "나", key=1, stem=f"{n}은?")) for n in range(1, 7)]
    quiz = AskedQuiz("after_submit", items)
    assert "6문제 가운데 100%에서 정답이 가장 긴" in found(quiz, "lengths")[0].text
    assert "6문제에서 정답이 2번째 보기" in found(quiz, "places")[0].text


def test_statements_that_are_mostly_true_are_told() -> None:
    items = [item(n, statement(n != 6, f"{n}은 맞다")) for n in range(1, 7)]
    (finding,) = found(AskedQuiz("after_submit", items), "statements")
    assert finding.text == "맞다/틀리다 6문제 가운데 5문제의 답이 ‘맞다’입니다."


def test_the_same_question_twice_is_told_whatever_its_spelling() -> None:
    twin = single("을 이다", "갑이다", stem="1번의  답은?!", key=1)
    (finding,) = found(AskedQuiz("after_submit", [item(1), item(2, twin)]), "alike")
    assert finding.numbers == (1, 2)


def test_draws_that_find_too_few_or_take_from_each_other_stop_the_quiz() -> None:
    short = AskedQuiz("after_submit", draws=[draw(3, 1, 2)])
    assert "2문제 가운데 3문제" in found(short, "draw-short")[0].text
    overlap = [draw(2, 1, 2, 3, place="1.1"), draw(2, 1, 2, 3, place="1.2")]
    (finding,) = found(AskedQuiz("after_submit", draws=overlap), "draw-overlaps")
    assert (finding.place, finding.blocks) == ("1.2", True)
    apart = [draw(2, 1, 2, place="1.1"), draw(2, 3, 4, place="1.2")]
    assert found(AskedQuiz("after_submit", draws=apart), "draw-overlaps") == []


def test_exam_questions_in_practice_stop_it_and_the_reverse_is_told() -> None:
    practice = AskedQuiz("immediate", [item(1)], [draw(1, 1)])
    assert [each.blocks for each in found(practice, "exam-in-practice")] == [True, True]
    shipped = item(1, pool="practice", shipped=True)
    own = item(2, pool="practice")
    assert len(found(AskedQuiz("after_submit", [shipped, own]), "practice-in-exam")) == 1
    told = found(
        AskedQuiz("after_close", [shipped, own, replace(own, number=3)]), "practice-in-exam"
    )
    assert [each.numbers for each in told] == [(1,), (2, 3)]
    assert told[1].text == "2, 3번 문제는 연습용으로 표시한 문제입니다."


def test_archived_unpublished_and_stale_questions_are_told() -> None:
    items = [
        item(1, archived=True),
        replace(item(2), spec=None),
        item(3, as_of=dt.date(2023, 6, 1)),
        item(4, as_of=dt.date(2025, 6, 1)),
    ]
    findings = check_quiz(AskedQuiz("after_submit", items), today=TODAY)
    assert [each.code for each in findings] == ["unpublished", "archived", "stale"]
    assert "2023-06-01" in findings[-1].text


def test_what_a_public_widget_answers_is_told_for_exams_only() -> None:
    spec = documents.question("scenario", expect=None)
    assert len(found(AskedQuiz("after_submit", [item(1, spec)]), "public-widget")) == 1
    practice = AskedQuiz("immediate", [item(1, spec, pool="practice")])
    assert found(practice, "public-widget") == []


def test_a_stated_time_far_from_the_estimate_is_told() -> None:
    far = AskedQuiz("after_submit", [item(1)], minutes=5, estimate=30)
    assert "5분이라고 적었는데" in found(far, "minutes")[0].text
    near = AskedQuiz("after_submit", [item(1)], minutes=20, estimate=30)
    assert found(near, "minutes") == []


def test_what_stops_the_quiz_comes_first() -> None:
    items = [item(1, single("예", LONG, key=1)), replace(item(2), spec=None)]
    findings = check_quiz(AskedQuiz("after_submit", items), today=TODAY)
    assert [each.blocks for each in findings] == [True, False]
