"""How a class is getting on with an assignment right now, for its instructors only.

Asked every few seconds by every instructor who watches: `live_digest` says in a handful of small
queries whether anything changed, and only then `live_view` reads the whole, in a number of queries
that does not grow with the class.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db.models import Count, Max, Q, Sum

from apps.classrooms.domain.standing import Standing, State
from apps.classrooms.models import Assignment, Enrollment, Mark
from apps.classrooms.queries.missed import MissedItem, missed_items
from apps.classrooms.queries.standings import standings
from apps.lessons.models import ReadingProgress
from apps.quizzes.domain.rules import deadline, is_over
from apps.quizzes.models import Attempt, AttemptItem, Extension, QuizRun, Response
from apps.quizzes.presenting.result import number
from apps.quizzes.queries import last_close, window_of
from apps.quizzes.services.taking import close_if_over

WAITING, WORKING, DONE, EXCUSED = "waiting", "working", "done", "excused"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a running attempt is."""

    answered: int
    total: int

    @property
    def share(self) -> float:
        return self.answered / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class LiveRow:
    """One learner. `attempt`: the running one, else the one that counts."""

    enrollment: Enrollment
    standing: Standing
    group: str  # waiting | working | done | excused
    attempt: Attempt | None
    progress: Progress | None
    until: dt.datetime | None
    is_extended: bool

    @property
    def word(self) -> str:
        if self.group == WORKING and self.standing.attempts > 1:
            return f"{self.standing.attempts}번째 응시 중"
        return self.standing.word

    @property
    def score(self) -> str:
        """`8 / 10점`; "" where there is none."""
        standing = self.standing
        if standing.score is None or standing.max_score is None or self.group != DONE:
            return ""
        return f"{number(standing.score)} / {number(standing.max_score)}점"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many learners are where; the four groups make the class."""

    waiting: int
    working: int
    done: int
    excused: int
    late: int  # of those done

    @property
    def total(self) -> int:
        return self.waiting + self.working + self.done + self.excused


@dataclass(frozen=True, slots=True)
class LiveView:
    rows: list[LiveRow]
    counts: Counts
    median_progress: str
    missed: list[MissedItem]
    is_final: bool


def live_digest(assignment: Assignment, *, now: dt.datetime) -> str:
    """Changes whenever anything changed that `live_view` shows. Closes what is over first.

    A learner's new name alone does not change it.
    """
    people = Enrollment.objects.active().filter(classroom=assignment.classroom_id)
    marks = Mark.objects.filter(assignment=assignment)
    facts: list[Any] = [
        (assignment.pk, assignment.title, assignment.retired_at, assignment.classroom.archived_at),
        # Sums of keys: one who goes and one who comes are not the same class.
        people.aggregate(n=Count("pk"), sum=Sum("pk"), newest=Max("pk")),
        marks.aggregate(newest=Max("pk")),
    ]
    if assignment.run is None:
        facts.append(_reading_facts(assignment, now))
    else:
        facts.append(_run_facts(assignment.run, now))
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]


def _reading_facts(assignment: Assignment, now: dt.datetime) -> list[Any]:
    read = ReadingProgress.objects.filter(
        lesson=assignment.lesson_id,
        read_at__isnull=False,
        learner__enrollments__classroom=assignment.classroom_id,
    )
    ends = (assignment.opens_at, assignment.due_at)
    return [
        ends,
        _passed(ends, now),
        read.aggregate(n=Count("pk"), sum=Sum("pk"), newest=Max("read_at")),
    ]


def _run_facts(run: QuizRun, now: dt.datetime) -> list[Any]:
    extensions = list(Extension.objects.filter(run=run).order_by("pk"))
    running = _close_overdue(run, extensions, now)
    attempts = Attempt.objects.filter(run=run).aggregate(
        n=Count("pk"),
        newest=Max("pk"),
        closed=Count("pk", filter=Q(state=Attempt.State.CLOSED)),
        waiting=Count("pk", filter=Q(is_provisional=True)),
        score=Sum("score"),
    )
    # Anybody's newest answer: one look at an index, where the run's own would be a search.
    newest = Response.objects.aggregate(newest=Max("pk")) if running else None
    rules = (run.opens_at, run.closes_at, run.late_until, run.late_deduction, run.time_limit)
    exceptions = [
        (each.learner_id, each.closes_at, each.time_factor, each.extra_attempts)
        for each in extensions
    ]
    ends = [run.opens_at, run.closes_at, run.late_until, *(each.closes_at for each in extensions)]
    return [rules, run.counts, exceptions, _passed(ends, now), running, attempts, newest]


def _passed(ends: Iterable[dt.datetime | None], now: dt.datetime) -> int:
    """How many of these are over: states change with them, though no row does."""
    return sum(is_over(each, now=now) for each in ends)


def _close_overdue(run: QuizRun, extensions: Sequence[Extension], now: dt.datetime) -> list[int]:
    """Close what is over; the keys of what still runs."""
    of_learner = {each.learner_id: each for each in extensions}
    running = Attempt.objects.running().filter(run=run).order_by("pk")
    left = []
    for pk, learner, started_at in running.values_list("pk", "learner", "started_at"):
        window = window_of(run, of_learner.get(learner))
        if is_over(deadline(window, started_at=started_at), now=now):
            attempt = Attempt.objects.select_related("run__quiz", "learner").get(pk=pk)
            close_if_over(attempt=attempt, now=now)
        else:
            left.append(pk)
    return left


def live_view(assignment: Assignment, *, now: dt.datetime) -> LiveView:
    """Everything on the live page."""
    people = list(
        Enrollment.objects.active()
        .filter(classroom=assignment.classroom_id)
        .select_related("learner")
    )
    of_pair = standings([assignment], people, now=now)
    standing_of = {each.pk: of_pair[assignment.pk, each.pk] for each in people}
    run = assignment.run
    if run is None:
        rows = [_row(each, standing_of[each.pk]) for each in people]
        return LiveView(rows, _counts(rows), "", [], is_final=False)
    rows = _quiz_rows(run, people, standing_of)
    running = any(row.group == WORKING for row in rows)
    counting = [row.attempt.pk for row in rows if row.attempt and not row.attempt.is_running]
    return LiveView(
        rows,
        _counts(rows),
        _median(rows),
        missed_items(counting),
        is_final=not running and is_over(last_close(run), now=now),
    )


def _quiz_rows(
    run: QuizRun, people: list[Enrollment], standing_of: dict[int, Standing]
) -> list[LiveRow]:
    learners = [each.learner_id for each in people]
    extensions = {
        each.learner_id: each for each in Extension.objects.filter(run=run, learner__in=learners)
    }
    attempts: dict[int, list[Attempt]] = {}
    # Without repeats of what was wrong: that is practice after the work is done.
    sat = Attempt.objects.filter(run=run, learner__in=learners, repeats=None)
    for attempt in sat.order_by("number"):
        attempts.setdefault(attempt.learner_id, []).append(attempt)
    running = [each.pk for own in attempts.values() for each in own if each.is_running]
    progress = _progress(running)
    rows = []
    for person in people:
        standing = standing_of[person.pk]
        shown = _shown(attempts.get(person.learner_id, []), standing)
        extension = extensions.get(person.learner_id)
        until = None
        if shown is not None and shown.is_running:
            until = deadline(window_of(run, extension), started_at=shown.started_at)
        rows.append(_row(person, standing, shown, progress, until, extension is not None))
    return rows


def _shown(attempts: Sequence[Attempt], standing: Standing) -> Attempt | None:
    running = next((each for each in attempts if each.is_running), None)
    return running or next((each for each in attempts if each.number == standing.counting), None)


def _row(
    person: Enrollment,
    standing: Standing,
    attempt: Attempt | None = None,
    progress: dict[int, Progress] | None = None,
    until: dt.datetime | None = None,
    is_extended: bool = False,
) -> LiveRow:
    working = attempt is not None and attempt.is_running
    if standing.state is State.EXCUSED:
        group = EXCUSED
    elif working:
        group = WORKING
    else:
        group = DONE if standing.state.is_done else WAITING
    far = progress.get(attempt.pk) if progress and attempt is not None and working else None
    return LiveRow(person, standing, group, attempt, far, until, is_extended)


def _counts(rows: Sequence[LiveRow]) -> Counts:
    groups = [row.group for row in rows]
    return Counts(
        waiting=groups.count(WAITING),
        working=groups.count(WORKING),
        done=groups.count(DONE),
        excused=groups.count(EXCUSED),
        late=sum(row.group == DONE and row.standing.state is State.DONE_LATE for row in rows),
    )


def _progress(attempts: Sequence[int]) -> dict[int, Progress]:
    """By attempt; an item that was answered and emptied again is empty."""
    if not attempts:
        return {}
    totals = (
        AttemptItem.objects.filter(attempt__in=attempts)
        .order_by()
        .values_list("attempt")
        .annotate(Count("position", distinct=True))
    )
    newest = (
        Response.objects.filter(item__attempt__in=attempts, is_late=False)
        .order_by()
        .values("item")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    answered: dict[int, set[int]] = {}
    rows = Response.objects.filter(pk__in=newest).order_by()
    for attempt, position, answer in rows.values_list(
        "item__attempt_id", "item__position", "answer"
    ):
        if answer:
            answered.setdefault(attempt, set()).add(position)
    return {pk: Progress(len(answered.get(pk, ())), total) for pk, total in totals}


def _median(rows: Sequence[LiveRow]) -> str:
    """`12문제 중 5문제`; as a share where not all have the same number; "" while nobody works."""
    far = [row.progress for row in rows if row.progress is not None]
    if not far:
        return ""
    totals = {each.total for each in far}
    if len(totals) > 1:
        return f"{round(median(each.share for each in far) * 100)}%"
    middle = median(each.answered for each in far)
    return f"{totals.pop()}문제 중 {middle:g}문제"
