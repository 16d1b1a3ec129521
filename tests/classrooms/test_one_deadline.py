"""One effective deadline: lists, pages, the live view and the doors agree on it exactly."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from apps.classrooms.domain.standing import State
from apps.classrooms.models import Assignment, Enrollment
from apps.classrooms.queries.assigned import own_run
from apps.classrooms.queries.assignments import learner_rows
from apps.classrooms.queries.live import live_view
from apps.classrooms.queries.standings import learner_standing, standings
from apps.classrooms.services.starting import start_assignment
from apps.quizzes.models import Attempt
from apps.quizzes.presenting.runs import run_view
from apps.quizzes.services.taking import RefusedError, SaveStatus, submit_attempt
from tests.classrooms.factories import enroll, make_classroom, make_user, signed_in
from tests.classrooms.work_factories import assign_quiz, make_exam_quiz, run_of
from tests.quizzes.factories import (
    HOUR,
    MINUTE,
    NOW,
    extend,
    items_of,
    make_learner,
    right,
    save,
    start,
)

pytestmark = pytest.mark.django_db
TICK = dt.timedelta(microseconds=1)
CLOSES = NOW + 2 * HOUR
LATE = NOW + 4 * HOUR

CASES: dict[str, tuple[dict[str, Any], dict[str, Any], dt.datetime, dt.datetime]] = {
    # rules, extension, due, end
    "closes": ({"closes_at": CLOSES}, {}, CLOSES, CLOSES),
    "late": ({"closes_at": CLOSES, "late_until": LATE, "late_deduction": 33}, {}, CLOSES, LATE),
    "extended": ({"closes_at": CLOSES}, {"closes_at": CLOSES + HOUR}, CLOSES + HOUR, CLOSES + HOUR),
    "extended within lateness": (
        {"closes_at": CLOSES, "late_until": LATE, "late_deduction": 33},
        {"closes_at": CLOSES + HOUR},
        CLOSES + HOUR,
        LATE,
    ),
    "extended to the end of lateness": (
        {"closes_at": CLOSES, "late_until": LATE, "late_deduction": 33},
        {"closes_at": LATE},
        LATE,
        LATE,
    ),
    "extended beyond lateness": (
        {"closes_at": CLOSES, "late_until": LATE, "late_deduction": 33},
        {"closes_at": LATE + HOUR},
        LATE + HOUR,
        LATE + HOUR,
    ),
    "an extension that the class has overtaken": (
        {"closes_at": CLOSES},
        {"closes_at": NOW + HOUR},
        CLOSES,
        CLOSES,
    ),
}


class Clock:
    now = NOW


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


def prepared(
    rules: dict[str, Any], extension: dict[str, Any]
) -> tuple[Assignment, Enrollment, Client]:
    user = make_user()
    place = enroll(make_classroom(), user)
    assignment = assign_quiz(place.classroom, make_exam_quiz("single"), **rules)
    if extension:
        extend(run_of(assignment), place.learner, **extension)
    return assignment, place, signed_in(user)


@pytest.mark.parametrize("case", CASES)
def test_every_page_and_door_opens_and_shuts_at_the_same_moment(case: str, clock: Clock) -> None:
    rules, extension, due, end = CASES[case]
    assignment, place, browser = prepared(rules, extension)
    for clock.now in (due - TICK, due, due + TICK, end, end + TICK):
        now = clock.now
        is_open, is_late = now <= end, now > due
        (row,) = learner_rows(place, now)
        standing = learner_standing(assignment, place, now=now)
        own = own_run(assignment, place, now=now)
        assert own is not None
        live = live_view(assignment, now=now).rows[0].standing
        assert (row.due_at, row.ends_at) == (standing.due_at, standing.ends_at) == (due, end)
        assert standing.state is live.state is (State.MISSING if is_late else State.NOT_STARTED)
        assert row.is_over is (not is_open)
        assert own.view.may_start is (own.no == "") is is_open
        page = browser.get(assignment.get_absolute_url()).content.decode()
        assert ("시작하기" in page) is is_open
        assert start_is_open(assignment, place, now) is is_open


def start_is_open(assignment: Assignment, place: Enrollment, now: dt.datetime) -> bool:
    """Tried, and taken back."""
    try:
        attempt = start_assignment(assignment=assignment, enrollment=place, now=now, seed=1)
    except RefusedError:
        return False
    Attempt.objects.filter(pk=attempt.pk).delete()
    return True


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("handed_in", ["due", "after due", "end", "left open"])
def test_what_is_handed_in_at_the_last_moment_counts_and_is_late_only_after_it_was_due(
    case: str, handed_in: str, clock: Clock
) -> None:
    rules, extension, due, end = CASES[case]
    assignment, place, _ = prepared(rules, extension)
    attempt = start(run_of(assignment), place.learner)
    when = {"due": due, "after due": min(due + TICK, end), "end": end, "left open": end}[handed_in]
    (item,) = items_of(attempt)
    assert save(item, right(item), now=when).status is SaveStatus.SAVED
    if handed_in != "left open":
        submit_attempt(attempt=attempt, now=when)
    clock.now = end + MINUTE
    assert save(item, {}, base=1, sequence=2, now=clock.now).status is SaveStatus.LATE
    standing = standings([assignment], [place], now=clock.now)[assignment.pk, place.pk]
    late = when > due
    assert standing.finished_at == when
    assert standing.state is (State.DONE_LATE if late else State.DONE_ON_TIME)
    assert standing.score == (Decimal("0.67") if late else Decimal(1))
    view = run_view(run_of(assignment), place.learner, now=clock.now)
    assert view.attempts[0].is_late is late


def test_more_time_given_while_one_works_moves_the_end_and_a_closed_attempt_stays_closed(
    clock: Clock,
) -> None:
    assignment, place, browser = prepared({"closes_at": CLOSES, "time_limit": 1800}, {})
    run = run_of(assignment)
    attempt = start(run, place.learner, now=CLOSES - 20 * MINUTE)
    clock.now = CLOSES - MINUTE
    assert own_end(assignment, place, clock.now) == CLOSES
    extend(run, place.learner, closes_at=CLOSES + HOUR, time_factor=Decimal("1.5"))
    assert own_end(assignment, place, clock.now) == CLOSES + 25 * MINUTE
    clock.now = CLOSES + 25 * MINUTE
    assert "이어서 풀기" in browser.get(assignment.get_absolute_url()).content.decode()
    clock.now += TICK
    assert "이어서 풀기" not in browser.get(assignment.get_absolute_url()).content.decode()
    extend(run, place.learner, closes_at=CLOSES + 3 * HOUR, time_factor=Decimal(3))
    attempt.refresh_from_db()
    assert (attempt.is_running, attempt.finished_at) == (False, CLOSES + 25 * MINUTE)


def own_end(assignment: Assignment, place: Enrollment, now: dt.datetime) -> dt.datetime | None:
    own = own_run(assignment, place, now=now)
    assert own is not None
    return own.running_until


def test_a_closing_moved_forward_ends_what_runs_and_moved_back_wakes_nothing(clock: Clock) -> None:
    assignment, place, _ = prepared({"closes_at": CLOSES}, {})
    run = run_of(assignment)
    early, late = start(run, place.learner), start(run, make_learner(), now=NOW + 30 * MINUTE)
    type(run).objects.filter(pk=run.pk).update(closes_at=NOW + 10 * MINUTE)
    clock.now = NOW + 40 * MINUTE
    for attempt, finished_at in ((early, NOW + 10 * MINUTE), (late, NOW + 30 * MINUTE)):
        found = Attempt.objects.get(pk=attempt.pk)
        (item,) = items_of(found)
        assert save(item, right(item), now=clock.now).status is SaveStatus.LATE
        found.refresh_from_db()
        assert (found.is_running, found.finished_at) == (False, finished_at)
    type(run).objects.filter(pk=run.pk).update(closes_at=CLOSES)
    fresh = Assignment.objects.with_targets().get(pk=assignment.pk)
    standing = standings([fresh], [place], now=clock.now)[fresh.pk, place.pk]
    assert (standing.state, standing.is_running) == (State.DONE_ON_TIME, False)
