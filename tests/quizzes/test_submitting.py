"""Submitting: once, graded once, and final."""

from decimal import Decimal

import pytest

from apps.quizzes.models import Attempt, Grade
from apps.quizzes.services.taking import submit_attempt
from tests.quizzes.factories import (
    GRADED_BY_MACHINE,
    HOUR,
    MINUTE,
    NOW,
    items_of,
    make_exam,
    only_item,
    right,
    save,
    start,
    wrong,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", GRADED_BY_MACHINE)
def test_the_right_answer_of_every_kind_is_worth_all_points(kind: str) -> None:
    item = only_item(start(make_exam(kind)))
    save(item, right(item))
    closed = submit_attempt(attempt=item.attempt, now=NOW + MINUTE)
    assert closed.score == closed.max_score == 1
    assert not closed.is_provisional
    assert closed.closed_by == Attempt.ClosedBy.LEARNER
    assert closed.finished_at == NOW + MINUTE


def test_what_is_empty_is_worth_nothing_and_graded_all_the_same() -> None:
    attempt = submit_attempt(attempt=start(make_exam("single", "essay", "numeric")), now=NOW)
    assert attempt.score == 0
    assert not attempt.is_provisional
    grades = list(Grade.objects.values_list("score", "response", "reason"))
    assert grades == [(Decimal(0), None, "close")] * 3  # type: ignore[comparison-overlap]


def test_the_score_is_the_sum_over_the_items() -> None:
    attempt = start(make_exam("single", "numeric", "true_false"))
    first, second, third = items_of(attempt)
    save(first, right(first))
    save(second, wrong(second))
    save(third, right(third))
    assert submit_attempt(attempt=attempt, now=NOW).score == Decimal(2)


def test_submitting_twice_changes_nothing_and_grades_once() -> None:
    attempt = start(make_exam())
    first = submit_attempt(attempt=attempt, now=NOW)
    grades = list(Grade.objects.values_list("pk", flat=True))
    second = submit_attempt(attempt=attempt, now=NOW + HOUR)  # from a tab that knows it as running
    assert second.finished_at == first.finished_at == NOW
    assert list(Grade.objects.values_list("pk", flat=True)) == grades


def test_submitting_after_the_deadline_closes_at_the_deadline() -> None:
    attempt = start(make_exam(time_limit=600))
    closed = submit_attempt(attempt=attempt, now=NOW + HOUR)
    assert closed.closed_by == Attempt.ClosedBy.DEADLINE
    assert closed.finished_at == NOW + 10 * MINUTE


def test_a_submission_is_not_rewritten_by_the_deadline_that_passes_later() -> None:
    attempt = start(make_exam(time_limit=600))
    submit_attempt(attempt=attempt, now=NOW + MINUTE)
    again = submit_attempt(attempt=attempt, now=NOW + HOUR)
    assert (again.closed_by, again.finished_at) == (Attempt.ClosedBy.LEARNER, NOW + MINUTE)


def test_an_essay_makes_the_score_provisional() -> None:
    attempt = start(make_exam("single", "essay"))
    single, essay = items_of(attempt)
    save(single, right(single))
    save(essay, {"text": "보안 그룹은 응답을 기억합니다."})
    closed = submit_attempt(attempt=attempt, now=NOW)
    assert closed.score == 1
    assert closed.is_provisional
    assert not essay.grades.exists()


def test_grades_say_which_answer_version_and_engine_they_are_of() -> None:
    attempt = start(make_exam("generated", "single"))
    generated, single = items_of(attempt)
    save(generated, right(generated))
    submit_attempt(attempt=attempt, now=NOW)
    grade = generated.grades.get()
    assert grade.response == generated.responses.get()
    assert grade.version == generated.version
    assert generated.frozen is not None
    assert grade.engine == generated.frozen["engine"] != ""
    assert grade.graded_at == NOW
    assert grade.grader is None
    assert single.grades.get().engine == ""
