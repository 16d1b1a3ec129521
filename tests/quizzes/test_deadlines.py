"""The end that comes by itself: the server's clock, the learner's exceptions."""

import datetime as dt
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from apps.quizzes.models import Attempt
from apps.quizzes.queries import deadline_of
from apps.quizzes.services.taking import (
    SaveStatus,
    check_item,
    close_if_over,
    close_overdue,
    flag_item,
    submit_attempt,
    try_again,
)
from tests.quizzes.factories import (
    HOUR,
    MINUTE,
    NOW,
    extend,
    make_exam,
    make_learner,
    make_practice,
    only_item,
    right,
    save,
    start,
    wrong,
)

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


def test_without_limit_and_close_nothing_ends() -> None:
    attempt = start(make_exam())
    assert deadline_of(attempt) is None
    assert close_if_over(attempt=attempt, now=NOW + 10_000 * HOUR).is_running


def test_the_limit_runs_from_the_start() -> None:
    assert deadline_of(start(make_exam(time_limit=900))) == NOW + 15 * MINUTE


def test_the_close_cuts_the_time_of_who_starts_late() -> None:
    run = make_exam(time_limit=900, closes_at=NOW + 10 * MINUTE)
    assert deadline_of(start(run)) == NOW + 10 * MINUTE
    early = start(run, now=NOW - HOUR)
    assert deadline_of(early) == NOW - 45 * MINUTE


def test_a_personal_factor_stretches_the_limit_and_not_the_close() -> None:
    run, learner = make_exam(time_limit=600, closes_at=NOW + 14 * MINUTE), make_learner()
    extend(run, learner, time_factor=Decimal("1.5"))
    assert deadline_of(start(run, learner)) == NOW + 14 * MINUTE
    extend(run, learner, closes_at=NOW + HOUR)
    assert deadline_of(Attempt.objects.get()) == NOW + 15 * MINUTE


def test_an_extension_never_shortens() -> None:
    run, learner = make_exam(closes_at=NOW + HOUR), make_learner()
    extend(run, learner, closes_at=NOW + MINUTE)
    assert deadline_of(start(run, learner)) == NOW + HOUR


def test_a_close_of_ones_own_says_nothing_where_the_run_does_not_close() -> None:
    run, learner = make_exam(), make_learner()
    extend(run, learner, closes_at=NOW + MINUTE)
    assert deadline_of(start(run, learner)) is None


def test_at_the_deadline_an_answer_still_counts_and_a_second_later_it_does_not() -> None:
    attempt = start(make_exam("single", time_limit=600))
    item = only_item(attempt)
    end = NOW + 10 * MINUTE
    assert save(item, wrong(item), now=end).status is SaveStatus.SAVED
    assert save(item, right(item), sequence=2, now=end + SECOND).status is SaveStatus.LATE


def test_an_extension_given_while_running_counts_at_once() -> None:
    run, learner = make_exam("single", time_limit=600), make_learner()
    item = only_item(start(run, learner))
    extend(run, learner, time_factor=Decimal(2))
    assert save(item, right(item), now=NOW + 15 * MINUTE).status is SaveStatus.SAVED
    closed = close_if_over(attempt=item.attempt, now=NOW + 21 * MINUTE)
    assert closed.score == 1
    assert closed.finished_at == NOW + 20 * MINUTE


def test_an_extension_reopens_nothing_that_was_closed() -> None:
    run, learner = make_exam(time_limit=600), make_learner()
    attempt = start(run, learner)
    close_if_over(attempt=attempt, now=NOW + HOUR)
    extend(run, learner, time_factor=Decimal(9))
    seen = close_if_over(attempt=Attempt.objects.get(), now=NOW + 20 * MINUTE)
    assert (seen.is_running, seen.finished_at) == (False, NOW + 10 * MINUTE)
    assert start(run, learner, now=NOW + 20 * MINUTE) != attempt


def test_whoever_looks_first_closes_it_and_nobody_closes_it_again() -> None:
    attempt = start(make_exam("single", time_limit=600))
    item = only_item(attempt)
    save(item, right(item), now=NOW + MINUTE)
    stale = Attempt.objects.get(pk=attempt.pk)
    first = close_if_over(attempt=attempt, now=NOW + 11 * MINUTE)
    second = close_if_over(attempt=stale, now=NOW + HOUR)
    for closed in (first, second, Attempt.objects.get()):
        assert closed.closed_by == Attempt.ClosedBy.DEADLINE
        assert closed.finished_at == NOW + 10 * MINUTE
        assert closed.score == 1
    assert item.grades.count() == 1


def test_who_looks_with_an_old_copy_does_not_turn_a_submission_into_a_deadline() -> None:
    attempt = start(make_exam(time_limit=600))
    stale = Attempt.objects.get(pk=attempt.pk)
    submit_attempt(attempt=attempt, now=NOW + MINUTE)
    seen = close_if_over(attempt=stale, now=NOW + HOUR)
    assert (seen.closed_by, seen.finished_at) == (Attempt.ClosedBy.LEARNER, NOW + MINUTE)


def test_after_the_end_nothing_can_be_flagged_checked_or_tried_again() -> None:
    item = only_item(start(make_practice("single", time_limit=600)))
    after = NOW + HOUR
    assert not flag_item(item=item, flagged=True, now=after)

    item = only_item(start(make_practice("single", time_limit=600)))
    save(item, right(item))
    grade = check_item(item=item, now=after)
    assert grade is not None
    assert grade.reason == "close"
    item.refresh_from_db()
    assert item.checked_at is None

    item = only_item(start(make_practice("single", time_limit=600)))
    check_item(item=item, now=NOW)
    assert try_again(item=item, seed=1, now=after).try_number == 1
    assert not Attempt.objects.running().exists()


def test_close_overdue_closes_what_is_over_and_nothing_else() -> None:
    over = start(make_exam(time_limit=600))
    running = start(make_exam(time_limit=7200))
    endless = start(make_exam())
    submitted = submit_attempt(attempt=start(make_exam(time_limit=600)), now=NOW)
    assert close_overdue(now=NOW + HOUR) == 1
    assert close_overdue(now=NOW + HOUR) == 0
    over.refresh_from_db()
    assert over.finished_at == NOW + 10 * MINUTE
    assert set(Attempt.objects.running()) == {running, endless}
    submitted.refresh_from_db()
    assert submitted.closed_by == Attempt.ClosedBy.LEARNER


def test_the_command_says_how_many_it_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        start(make_exam(time_limit=600))
    monkeypatch.setattr(timezone, "now", lambda: NOW + HOUR)
    out = StringIO()
    call_command("close_overdue", stdout=out)
    call_command("close_overdue", stdout=out)
    assert out.getvalue().splitlines() == [
        "시간이 끝난 응시 2건을 마감했습니다.",
        "마감할 응시가 없습니다.",
    ]


def test_an_end_that_was_moved_before_the_start_ends_it_at_its_start() -> None:
    run = make_exam("single", closes_at=NOW + HOUR)
    attempt = start(run)
    run.closes_at = NOW - HOUR
    run.save()
    attempt = close_if_over(attempt=Attempt.objects.get(pk=attempt.pk), now=NOW)
    assert (attempt.is_running, attempt.finished_at) == (False, NOW)
