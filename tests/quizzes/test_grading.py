"""Grades: made from raw answers, only ever added, and always the same when made again."""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.quizzes.models import Attempt, AttemptItem, Grade, Question, Response
from apps.quizzes.services.grading import (
    counted_response,
    counted_responses,
    grade_item,
    score_of,
)
from apps.quizzes.services.taking import check_item, submit_attempt, try_again
from tests.quizzes.factories import (
    EVERY_KIND,
    MINUTE,
    NOW,
    items_of,
    make_exam,
    make_practice,
    only_item,
    right,
    save,
    start,
    wrong,
)

pytestmark = pytest.mark.django_db


def checked(expected: int = 0) -> str:
    """What `check_scores` prints; it must end as expected."""
    out = StringIO()
    if not expected:
        call_command("check_scores", stdout=out)
        return out.getvalue()
    with pytest.raises(CommandError) as failure:
        call_command("check_scores", stdout=out)
    assert failure.value.returncode == expected
    return out.getvalue() + str(failure.value)


def submitted(*kinds: str) -> Attempt:
    """An attempt with right, wrong and empty answers."""
    attempt = start(make_exam(*kinds))
    for number, item in enumerate(items_of(attempt)):
        if number % 3 < 2:
            save(item, right(item), now=NOW)
    return submit_attempt(attempt=attempt, now=NOW)


def test_the_newest_answer_in_time_is_the_one_that_counts() -> None:
    item = only_item(start(make_exam("single")))
    assert counted_response(item) is None
    save(item, right(item), sequence=1)
    save(item, wrong(item), sequence=2)
    submit_attempt(attempt=item.attempt, now=NOW)
    save(item, right(item), sequence=3, now=NOW + MINUTE)
    counted = counted_response(item)
    assert counted is not None
    assert (counted.revision, counted.answer) == (2, wrong(item))


def test_looking_at_many_items_finds_what_looking_at_each_finds() -> None:
    attempt = start(make_exam("single", "numeric", "true_false", "short_text"))
    several, one, late_only, _ = items_of(attempt)
    save(several, right(several), sequence=1)
    save(several, wrong(several), sequence=2)
    save(one, right(one))
    submit_attempt(attempt=attempt, now=NOW)
    save(several, right(several), sequence=3, now=NOW + MINUTE)
    save(late_only, right(late_only), now=NOW + MINUTE)
    items = items_of(attempt)
    found = counted_responses(items)
    assert set(found) == {several.pk, one.pk}
    assert [found.get(item.pk) for item in items] == [counted_response(item) for item in items]


def test_points_are_shared_out_and_rounded_once() -> None:
    item = only_item(start(make_exam("matching")))
    answer = right(item)
    answer["given"] = dict(list(answer["given"].items())[:2])
    save(item, answer)
    AttemptItem.objects.update(points=Decimal("2.5"))
    Attempt.objects.update(max_score=Decimal("2.5"))
    closed = submit_attempt(attempt=item.attempt, now=NOW)
    assert closed.score == Decimal("1.6667")
    assert checked()


@pytest.mark.parametrize(("scoring", "score"), [("partial", "0.5"), ("all_or_nothing", "0")])
def test_half_of_several_counts_as_the_quiz_says(scoring: str, score: str) -> None:
    item = only_item(start(make_exam("multiple", quiz={"scoring": scoring})))
    save(item, {"choices": right(item)["choices"][:1]})
    assert submit_attempt(attempt=item.attempt, now=NOW).score == Decimal(score)


def test_an_answer_taken_back_is_worth_nothing_and_needs_no_grader() -> None:
    item = only_item(start(make_exam("essay")))
    save(item, {"text": "답"}, sequence=1)
    save(item, {}, sequence=2)
    assert score_of(item, counted_response(item)) == 0


@pytest.mark.parametrize("model", [Response, Grade])
def test_what_was_sent_and_judged_is_never_changed(model: type[Response | Grade]) -> None:
    submitted("single")
    row = model.objects.get()
    with pytest.raises(TypeError, match="only ever added"):
        row.save()


def test_a_published_version_is_never_changed() -> None:
    version = start(make_exam("single")).items.get().version
    with pytest.raises(TypeError, match="immutable"):
        version.save()


def test_the_newest_grade_holds_and_the_others_stay() -> None:
    attempt = submitted("single")
    item = only_item(attempt)
    with_reason = grade_item(item, reason=Grade.Reason.REGRADE, now=NOW + MINUTE)
    assert item.grades.last() == with_reason
    assert item.grades.count() == 2


def test_recomputing_gives_the_same_scores_over_every_kind() -> None:
    submitted(*EVERY_KIND)
    start(make_exam(*EVERY_KIND))
    item = only_item(start(make_practice("generated")))
    save(item, right(item))
    check_item(item=item, now=NOW)
    again = try_again(item=item, seed=3, now=NOW)
    save(again, right(again))
    submit_attempt(attempt=item.attempt, now=NOW)
    graded = Grade.objects.count()
    assert f"응시 3건의 채점 {graded}건을" in checked()


def test_an_edited_question_or_quiz_changes_no_old_score() -> None:
    attempt = start(make_exam("multiple", "single", quiz={"scoring": "partial"}))
    several, single = items_of(attempt)
    save(several, {"choices": right(several)["choices"][:1]})
    save(single, right(single))
    submit_attempt(attempt=attempt, now=NOW)
    quiz = attempt.run.quiz
    quiz.scoring = "all_or_nothing"
    quiz.save()
    Question.objects.update(current=None)
    assert "다른 곳이 없습니다" in checked()


def test_a_score_that_is_not_what_the_answers_say_is_reported() -> None:
    attempt = submitted("single", "numeric")
    grade = Grade.objects.filter(item__position=1).get()
    Grade.objects.filter(pk=grade.pk).update(score=Decimal("0.25"))
    told = checked(expected=1)
    assert f"채점 {grade.pk}" in told
    assert "0.25" in told
    assert str(attempt.public_id) in told


@pytest.mark.parametrize(
    "change",
    [{"score": Decimal("0.5")}, {"score": None}, {"is_provisional": True}, {"max_score": 9}],
)
def test_a_sum_that_is_not_the_sum_of_the_grades_is_reported(change: dict[str, object]) -> None:
    attempt = submitted("single", "numeric")
    Attempt.objects.update(**change)
    told = checked(expected=1)
    assert str(attempt.public_id) in told
    assert "채점 " not in told.splitlines()[0]


def test_a_grade_of_another_answer_than_the_one_that_counts_is_reported() -> None:
    attempt = submitted("single")
    item = only_item(attempt)
    Response.objects.create(
        item=item, revision=2, answer=wrong(item), client="", received_at=NOW, is_late=False
    )
    assert str(attempt.public_id) in checked(expected=1)


def test_an_item_without_grade_that_no_person_has_to_read_is_reported() -> None:
    attempt = submitted("single", "numeric")
    Grade.objects.filter(item__position=2).delete()
    assert f"{attempt.public_id} 2번(1번째 풀이): 채점한 기록이 없습니다." in checked(expected=1)


def test_what_a_person_graded_is_summed_but_not_recomputed() -> None:
    attempt = start(make_exam("essay"))
    item = only_item(attempt)
    save(item, {"text": "답"})
    submit_attempt(attempt=attempt, now=NOW)
    assert "다른 곳이 없습니다" in checked()
    Grade.objects.create(
        item=item,
        response=item.responses.get(),
        version=item.version,
        score=Decimal("0.75"),
        max_score=1,
        reason=Grade.Reason.MANUAL,
        graded_at=NOW,
    )
    assert str(attempt.public_id) in checked(expected=1)
    Attempt.objects.update(score=Decimal("0.75"), is_provisional=False)
    assert "다른 곳이 없습니다" in checked()


def test_an_empty_database_has_nothing_to_tell() -> None:
    assert "다른 곳이 없습니다" in checked()
