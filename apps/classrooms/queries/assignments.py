"""The lists of assignments on both pages of a class."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from apps.classrooms.domain.standing import Standing
from apps.classrooms.models import Assignment, Classroom, Enrollment
from apps.classrooms.queries.standings import learner_standings
from apps.lessons.models import ReadingProgress
from apps.quizzes.domain.rules import is_over
from apps.quizzes.models import Attempt
from apps.quizzes.queries import window_of


@dataclass(frozen=True, slots=True)
class Tally:
    """For instructors: of `learners` so many began, so many have something handed in or read."""

    learners: int
    begun: int
    done: int


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """One assignment in a list. `standing`: a learner's own; `tally`: an instructor's.

    `opens_at`: only while it is still to come. `due_at` and `ends_at` are the learner's own.
    """

    assignment: Assignment
    now: dt.datetime
    opens_at: dt.datetime | None
    due_at: dt.datetime | None
    ends_at: dt.datetime | None
    is_extended: bool = False
    standing: Standing | None = None
    tally: Tally | None = None

    @property
    def kind(self) -> str:
        return "읽기" if self.assignment.is_reading else "퀴즈"

    @property
    def is_over(self) -> bool:
        return is_over(self.ends_at, now=self.now)

    @property
    def takes_late(self) -> bool:
        """Due already, and still taken."""
        return is_over(self.due_at, now=self.now) and not self.is_over

    @property
    def phase(self) -> str:
        """For instructors: what it is doing now."""
        if self.assignment.retired_at is not None:
            return "내림"
        if self.opens_at is not None:
            return "열리기 전"
        if self.is_over:
            return "마감"
        return "지각 받는 중" if self.takes_late else "진행 중"


def learner_rows(enrollment: Enrollment, now: dt.datetime) -> list[AssignmentRow]:
    """What is set to this learner, the next one due first; a constant number of queries."""
    assignments = list(
        Assignment.objects.current().with_targets().filter(classroom=enrollment.classroom_id)
    )
    standings = learner_standings(assignments, enrollment, now=now)
    rows = []
    for each in assignments:
        standing = standings[each.pk]
        rows.append(
            AssignmentRow(
                each,
                now,
                _still_to_come(each, now),
                standing.due_at,
                standing.ends_at,
                is_extended=each.run is not None and standing.due_at != each.run.closes_at,
                standing=standing,
            )
        )
    return sorted(rows, key=_learners_order)


def _learners_order(row: AssignmentRow) -> tuple[bool, bool, float, int]:
    """What is still to be done, by its end; then the rest, the newest first."""
    finished = row.standing is not None and row.standing.state.is_done and not _goes_on(row)
    settled = finished or row.is_over
    end = row.ends_at.timestamp() if row.ends_at is not None else 0.0
    return settled, row.ends_at is None, -end if settled else end, -row.assignment.pk


def _goes_on(row: AssignmentRow) -> bool:
    return row.standing is not None and row.standing.is_running


def instructor_rows(classroom: Classroom, now: dt.datetime) -> list[AssignmentRow]:
    """All assignments, what was taken down last; a constant number of queries."""
    assignments = list(Assignment.objects.with_targets().filter(classroom=classroom))
    tallies = _tallies(classroom, assignments)
    rows = []
    for each in assignments:
        due_at, ends_at = _ends(each)
        rows.append(
            AssignmentRow(
                each, now, _still_to_come(each, now), due_at, ends_at, tally=tallies[each.pk]
            )
        )
    return sorted(rows, key=_instructors_order)


def _instructors_order(row: AssignmentRow) -> tuple[bool, bool, int]:
    return row.assignment.retired_at is not None, row.is_over, -row.assignment.pk


def _still_to_come(assignment: Assignment, now: dt.datetime) -> dt.datetime | None:
    run = assignment.run
    opens_at = assignment.opens_at if run is None else run.opens_at
    return opens_at if opens_at is not None and now < opens_at else None


def _ends(assignment: Assignment) -> tuple[dt.datetime | None, dt.datetime | None]:
    if assignment.run is None:
        return assignment.due_at, assignment.due_at
    window = window_of(assignment.run, None)
    return window.closes_at, window.ends_at


def _tallies(classroom: Classroom, assignments: Iterable[Assignment]) -> dict[int, Tally]:
    """By assignment. What is over but was not looked at since still counts as begun only."""
    people = Enrollment.objects.active().filter(classroom=classroom)
    learners = people.values("learner")
    assignments = list(assignments)
    attempts = Attempt.objects.filter(
        run__in=[each.run_id for each in assignments if each.run_id], learner__in=learners
    ).order_by()
    begun = dict(attempts.values_list("run").annotate(Count("learner", distinct=True)))
    closed = attempts.filter(state=Attempt.State.CLOSED)
    done = dict(closed.values_list("run").annotate(Count("learner", distinct=True)))
    read = dict(
        ReadingProgress.objects.filter(
            lesson__in=[each.lesson_id for each in assignments if each.lesson_id],
            learner__in=learners,
            read_at__isnull=False,
        )
        .order_by()
        .values_list("lesson")
        .annotate(Count("learner", distinct=True))
    )
    count = people.count()
    return {
        each.pk: Tally(count, read.get(each.lesson_id, 0), read.get(each.lesson_id, 0))
        if each.is_reading
        else Tally(count, begun.get(each.run_id, 0), done.get(each.run_id, 0))
        for each in assignments
    }
