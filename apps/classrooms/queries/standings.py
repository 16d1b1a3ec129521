"""How learners stand in assignments, read in a constant number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from apps.classrooms.domain.standing import Judgment, Rules, Standing, standing_of, withheld
from apps.classrooms.models import Assignment, Enrollment, Mark
from apps.lessons.models import ReadingProgress
from apps.quizzes.domain.results import Sitting
from apps.quizzes.domain.rules import Window, deadline, is_over
from apps.quizzes.models import Attempt, Draw, Extension, QuizRun
from apps.quizzes.models.words import Counts
from apps.quizzes.queries import window_of
from apps.quizzes.services.taking import close_if_over
from apps.quizzes.told import asked_elsewhere, untold_runs

Pair = tuple[int, int]


def standings(
    assignments: Iterable[Assignment], enrollments: Iterable[Enrollment], *, now: dt.datetime
) -> dict[Pair, Standing]:
    """Everything there is, for instructors; by (assignment pk, enrollment pk) of one class each.

    Attempts whose time is over are closed first. The number of queries does not grow with learners
    or assignments. Assignments want their `run` loaded (`with_targets`).
    """
    assignments, enrollments = list(assignments), list(enrollments)
    facts = _read(assignments, enrollments, now)
    return {
        (assignment.pk, enrollment.pk): facts.work(assignment, enrollment).standing(now=now)
        for assignment in assignments
        for enrollment in enrollments
        if assignment.classroom_id == enrollment.classroom_id
    }


def learner_standings(
    assignments: Iterable[Assignment], enrollment: Enrollment, *, now: dt.datetime
) -> dict[int, Standing]:
    """What the learner may know, by assignment pk: the state always, the rest when it is told.

    Also a constant number of queries.
    """
    assignments = list(assignments)
    facts = _read(assignments, [enrollment], now)
    works = {each.pk: facts.work(each, enrollment) for each in assignments}
    whole = {pk: work.standing(now=now) for pk, work in works.items()}
    runs = [each.run for each in assignments if each.run is not None]
    silent = untold_runs(runs, now=now)
    telling = {
        each.pk: facts.telling(each, enrollment, whole[each.pk])
        for each in assignments
        if each.run_id not in silent
    }
    hidden = asked_elsewhere(set().union(*telling.values()), now=now).keys()
    for each in assignments:
        if each.run_id in silent or telling[each.pk] & hidden:
            # Which of several attempts is the best would tell something of their scores.
            work = works[each.pk]
            blind = replace(work, rules=replace(work.rules, counts="last"))
            whole[each.pk] = withheld(blind.standing(now=now))
    return whole


def learner_standing(
    assignment: Assignment, enrollment: Enrollment, *, now: dt.datetime
) -> Standing:
    """The same for one assignment."""
    return learner_standings([assignment], enrollment, now=now)[assignment.pk]


@dataclass(frozen=True, slots=True)
class Work:
    """Everything that decides about one learner's result in one assignment."""

    rules: Rules
    sittings: Sequence[Sitting]
    judgment: Judgment | None

    def standing(self, *, now: dt.datetime) -> Standing:
        return standing_of(self.rules, self.sittings, self.judgment, now=now)

    def computed(self, *, now: dt.datetime) -> Standing:
        """As if no instructor had said anything."""
        return standing_of(self.rules, self.sittings, None, now=now)


def work_of(assignment: Assignment, enrollment: Enrollment, *, now: dt.datetime) -> Work:
    """What a mark page explains; attempts whose time is over are closed first."""
    return _read([assignment], [enrollment], now).work(assignment, enrollment)


def full_scores(quiz_ids: Iterable[int]) -> dict[int, Decimal]:
    """What a whole attempt of each quiz would be worth if it began now, by the quiz's pk."""
    draws = Draw.objects.filter(section__quiz__in=set(quiz_ids))
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for quiz, points, count in draws.values_list("section__quiz", "points", "count"):
        sums[quiz] += points * count
    return dict(sums)


@dataclass(frozen=True, slots=True)
class _Facts:
    """All that was read; by (run or lesson pk, learner pk), marks by (assignment, enrollment)."""

    extensions: dict[Pair, Extension]
    attempts: dict[Pair, list[tuple[int, Sitting]]]
    read_at: dict[Pair, dt.datetime]
    judgments: dict[Pair, Judgment]
    maxima: dict[int, Decimal]

    def work(self, assignment: Assignment, enrollment: Enrollment) -> Work:
        return Work(
            self._rules(assignment, enrollment.learner_id),
            self._sittings(assignment, enrollment),
            self.judgments.get((assignment.pk, enrollment.pk)),
        )

    def telling(
        self, assignment: Assignment, enrollment: Enrollment, standing: Standing
    ) -> set[int]:
        """The attempts of which the result says something: which is the best, says it of all."""
        rows = self.attempts.get((assignment.run_id or 0, enrollment.learner_id), [])
        if assignment.run is not None and assignment.run.counts == Counts.BEST:
            return {pk for pk, sitting in rows if sitting.finished_at is not None}
        return {pk for pk, sitting in rows if sitting.number == standing.counting}

    def _rules(self, assignment: Assignment, learner_id: int) -> Rules:
        run = assignment.run
        if run is None:
            return Rules(Window(opens_at=assignment.opens_at, closes_at=assignment.due_at), None)
        return Rules(
            window_of(run, self.extensions.get((run.pk, learner_id))),
            self.maxima.get(run.quiz_id, Decimal(0)),
            run.counts,
            run.late_deduction,
        )

    def _sittings(self, assignment: Assignment, enrollment: Enrollment) -> Sequence[Sitting]:
        if assignment.lesson_id is not None:
            read_at = self.read_at.get((assignment.lesson_id, enrollment.learner_id))
            return [] if read_at is None else [Sitting(1, None, Decimal(0), read_at)]
        rows = self.attempts.get((assignment.run_id or 0, enrollment.learner_id), [])
        return [sitting for _, sitting in rows]


def _read(
    assignments: Sequence[Assignment], enrollments: Sequence[Enrollment], now: dt.datetime
) -> _Facts:
    runs = {each.run.pk: each.run for each in assignments if each.run is not None}
    learners = {each.learner_id for each in enrollments}
    extensions = {
        (each.run_id, each.learner_id): each
        for each in Extension.objects.filter(run__in=runs, learner__in=learners)
    }
    _close_overdue(runs, learners, extensions, now)
    lessons = {each.lesson_id for each in assignments if each.lesson_id is not None}
    return _Facts(
        extensions,
        _attempts(runs, learners),
        _readings(lessons, learners),
        _judgments(assignments, enrollments),
        full_scores(run.quiz_id for run in runs.values()),
    )


def _close_overdue(
    runs: dict[int, QuizRun],
    learners: set[int],
    extensions: dict[Pair, Extension],
    now: dt.datetime,
) -> None:
    running = Attempt.objects.running().filter(run__in=runs, learner__in=learners)
    for attempt in running.select_related("run", "learner"):
        window = window_of(attempt.run, extensions.get((attempt.run_id, attempt.learner_id)))
        if is_over(deadline(window, started_at=attempt.started_at), now=now):
            close_if_over(attempt=attempt, now=now)


def _attempts(runs: Iterable[int], learners: set[int]) -> dict[Pair, list[tuple[int, Sitting]]]:
    found: dict[Pair, list[tuple[int, Sitting]]] = defaultdict(list)
    rows = (
        Attempt.objects.filter(run__in=list(runs), learner__in=learners)
        .order_by("number")
        .values_list(
            *("run_id", "learner_id", "pk", "number", "score", "max_score", "finished_at"),
            "is_provisional",
        )
    )
    for run, learner, pk, number, score, most, finished_at, provisional in rows:
        found[run, learner].append((pk, Sitting(number, score, most, finished_at, provisional)))
    return dict(found)


def _readings(lessons: set[int], learners: set[int]) -> dict[Pair, dt.datetime]:
    if not lessons:
        return {}
    rows = ReadingProgress.objects.filter(
        lesson__in=lessons, learner__in=learners, read_at__isnull=False
    )
    found = rows.values_list("lesson_id", "learner_id", "read_at")
    return {(lesson, learner): at for lesson, learner, at in found if at is not None}


def _judgments(
    assignments: Sequence[Assignment], enrollments: Sequence[Enrollment]
) -> dict[Pair, Judgment]:
    rows = Mark.objects.filter(
        assignment__in=[each.pk for each in assignments],
        enrollment__in=[each.pk for each in enrollments],
    ).order_by("pk")
    return {(each.assignment_id, each.enrollment_id): judgment_of(each) for each in rows}


def judgment_of(mark: Mark) -> Judgment:
    return Judgment(mark.score, mark.is_excused, mark.reason, mark.comment)
