"""When key and score may leave the server, and which attempt is the result."""

import datetime as dt
from decimal import Decimal

import pytest

from apps.quizzes.models import Pool
from apps.quizzes.models.words import Counts, Feedback
from apps.quizzes.presenting.result import counted_attempt, result_line
from apps.quizzes.presenting.review import review_page
from apps.quizzes.queries import attempts_left, last_close, may_see_item, may_see_result, window_of
from apps.quizzes.services.taking import check_item, submit_attempt
from tests.quizzes.factories import (
    HOUR,
    MINUTE,
    NOW,
    extend,
    items_of,
    make_exam,
    make_learner,
    make_practice,
    make_question,
    make_quiz,
    make_run,
    only_item,
    right,
    save,
    start,
    wrong,
)

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


def test_a_running_exam_tells_nothing_and_a_submitted_one_everything() -> None:
    item = only_item(start(make_exam("single")))
    assert not may_see_result(item.attempt, now=NOW)
    assert not may_see_item(item, now=NOW)
    item.attempt = submit_attempt(attempt=item.attempt, now=NOW)
    assert may_see_result(item.attempt, now=NOW)
    assert may_see_item(item, now=NOW)


def test_practice_tells_an_item_when_it_was_checked_and_the_rest_after_the_end() -> None:
    first, second = items_of(start(make_practice("single", "numeric")))
    check_item(item=first, now=NOW)
    first.refresh_from_db()
    assert may_see_item(first, now=NOW)
    assert not may_see_item(second, now=NOW)
    assert not may_see_result(first.attempt, now=NOW)
    second.attempt = submit_attempt(attempt=first.attempt, now=NOW)
    assert may_see_item(second, now=NOW)


def test_after_close_waits_for_the_close() -> None:
    run = make_exam("single", feedback=Feedback.AFTER_CLOSE, closes_at=NOW + HOUR)
    attempt = submit_attempt(attempt=start(run), now=NOW)
    assert not may_see_result(attempt, now=NOW + HOUR)  # somebody may still be writing
    assert may_see_result(attempt, now=NOW + HOUR + SECOND)


def test_after_close_waits_for_the_last_extension_of_anybody() -> None:
    run = make_exam("single", feedback=Feedback.AFTER_CLOSE, closes_at=NOW + HOUR)
    attempt = submit_attempt(attempt=start(run), now=NOW)
    extend(run, make_learner(), closes_at=NOW + 3 * HOUR)
    extend(run, make_learner(), closes_at=NOW + 2 * HOUR)
    extend(run, make_learner(), extra_attempts=1)
    assert last_close(run) == NOW + 3 * HOUR
    assert not may_see_result(attempt, now=NOW + 2 * HOUR)
    assert may_see_result(attempt, now=NOW + 3 * HOUR + SECOND)


def test_an_extension_that_ends_before_the_close_hastens_nothing() -> None:
    run = make_exam(feedback=Feedback.AFTER_CLOSE, closes_at=NOW + HOUR)
    extend(run, make_learner(), closes_at=NOW + MINUTE)
    assert last_close(run) == NOW + HOUR


def test_before_its_time_the_review_says_when_and_nothing_else() -> None:
    run = make_exam("single", feedback=Feedback.AFTER_CLOSE, closes_at=NOW + HOUR)
    attempt = submit_attempt(attempt=start(run), now=NOW)
    page = review_page(attempt, now=NOW)
    assert (page["told"], page["told_at"]) == (False, NOW + HOUR)
    assert not {"result", "reviews", "topics", "lessons", "wrong"} & set(page)
    assert result_line(attempt, now=NOW) is None


def test_left_attempts_count_down_with_ones_extension() -> None:
    run, learner = make_exam(max_attempts=2), make_learner()
    assert attempts_left(run, None) == attempts_left(run, learner) == 2
    submit_attempt(attempt=start(run, learner), now=NOW)
    assert attempts_left(run, learner) == 1
    extend(run, learner, extra_attempts=3)
    assert attempts_left(run, learner) == 4
    assert attempts_left(make_exam(), learner) is None


def test_left_attempts_never_fall_below_zero() -> None:
    run, learner = make_exam(max_attempts=2), make_learner()
    for _ in range(2):
        submit_attempt(attempt=start(run, learner), now=NOW)
    run.max_attempts = 1
    run.save()
    assert attempts_left(run, learner) == 0


@pytest.mark.parametrize(
    ("counts", "number"), [(Counts.BEST, 2), (Counts.FIRST, 1), (Counts.LAST, 3)]
)
def test_the_run_says_which_attempt_is_the_result(counts: Counts, number: int) -> None:
    run, learner = make_exam("single", counts=counts), make_learner()
    attempts = []
    for is_right in (False, True, True):
        item = only_item(start(run, learner))
        save(item, right(item) if is_right else wrong(item))
        attempts.append(submit_attempt(attempt=item.attempt, now=NOW))
    attempts.append(start(run, learner))  # still running: no result yet
    counted = counted_attempt(run, attempts, window_of(run, None))
    assert counted is not None
    assert counted.number == number


def test_nothing_counts_before_something_was_submitted() -> None:
    run = make_exam("single", counts=Counts.LAST)
    assert counted_attempt(run, [start(run)], window_of(run, None)) is None


def test_the_result_is_shown_without_zeros_that_say_nothing() -> None:
    attempt = start(make_exam("single", "numeric", "true_false", quiz={"pass_mark": 67}))
    first, second, _ = items_of(attempt)
    save(first, right(first))
    save(second, right(second))
    closed = submit_attempt(attempt=attempt, now=NOW)
    closed.refresh_from_db()
    result = result_line(closed, now=NOW)
    assert result is not None
    assert (result.score, result.max_score, result.percent) == ("2", "3", 67)
    assert result.passed is False  # 66.67 % is not 67 %: the mark is held against the exact share


def test_a_provisional_score_has_passed_nothing_yet() -> None:
    attempt = start(make_exam("single", "essay", quiz={"pass_mark": 50}))
    single, essay = items_of(attempt)
    save(single, right(single))
    save(essay, {"text": "답"})
    result = result_line(submit_attempt(attempt=attempt, now=NOW), now=NOW)
    assert result is not None
    assert (result.passed, result.is_provisional, result.percent) == (None, True, 50)
    assert Decimal(result.score) == 1


def test_no_review_is_the_key_to_an_exam_that_is_still_being_sat() -> None:
    """Two exams draw from one pool: one could be handed in empty to read the other's keys."""
    question = make_question("single", pool=Pool.EXAM)
    topic, mock = (
        make_run(make_quiz([question]), feedback=Feedback.AFTER_SUBMIT) for _ in range(2)
    )
    learner = make_learner()
    sitting = start(mock, learner)
    handed_in = submit_attempt(attempt=start(topic, learner), now=NOW)
    assert not may_see_result(handed_in, now=NOW)
    page = review_page(handed_in, now=NOW)
    assert page["elsewhere"]
    assert "reviews" not in page
    submit_attempt(attempt=sitting, now=NOW)
    assert may_see_result(handed_in, now=NOW)


def test_an_exam_with_other_questions_or_of_somebody_else_hides_nothing() -> None:
    learner = make_learner()
    handed_in = submit_attempt(attempt=start(make_exam("single"), learner), now=NOW)
    start(make_exam("numeric"), learner)
    start(handed_in.run, make_learner())
    assert may_see_result(handed_in, now=NOW)
