"""A class again for new people: its assignments with all times moved by whole days."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.services.audit import record_audit
from apps.classrooms.domain.run_rules import RunRules
from apps.classrooms.models import Assignment, Classroom
from apps.classrooms.services.assigning import (
    RefusedError as NotAssignableError,
)
from apps.classrooms.services.assigning import (
    asks_exam_questions,
    create_quiz_assignment,
    create_reading_assignment,
    rules_of,
    usable_quizzes,
)
from apps.classrooms.services.rooms import open_classroom


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of one assignment; `problem` (Korean): why it is left out.

    Times are those of the copy; None where the assignment has none.
    """

    assignment: Assignment
    opens_at: dt.datetime | None
    due_at: dt.datetime | None
    late_until: dt.datetime | None
    problem: str = ""


def first_day(classroom: Classroom, zone: dt.tzinfo) -> dt.date | None:
    """The earliest day of any of its assignments, in `zone`; None: nothing has a time."""
    times = [when for each in _current(classroom) for when in _times(each) if when is not None]
    return min(times).astimezone(zone).date() if times else None


def plan_clone(
    classroom: Classroom, start: dt.date | None, zone: dt.tzinfo, *, by: User
) -> list[Planned]:
    """Every current assignment as it will be when the first day becomes `start`.

    `start` None: the times stay as they are. `by` may not set every quiz that a colleague set.
    """
    first = first_day(classroom, zone)
    days = (start - first).days if start is not None and first is not None else 0
    usable = usable_quizzes(by)
    return [_planned(each, days, zone, usable) for each in _current(classroom)]


def _current(classroom: Classroom) -> list[Assignment]:
    return list(classroom.assignments.current().with_targets())


def _times(assignment: Assignment) -> tuple[dt.datetime | None, ...]:
    if assignment.run is None:
        return (assignment.opens_at, assignment.due_at, None)
    return (assignment.run.opens_at, assignment.run.closes_at, assignment.run.late_until)


def _planned(
    assignment: Assignment, days: int, zone: dt.tzinfo, usable: Collection[int]
) -> Planned:
    opens_at, due_at, late_until = (_moved(when, days, zone) for when in _times(assignment))
    return Planned(assignment, opens_at, due_at, late_until, _problem(assignment, usable))


def _problem(assignment: Assignment, usable: Collection[int]) -> str:
    """Why it cannot be set again; "" where it can."""
    run, lesson = assignment.run, assignment.lesson
    if lesson is not None and lesson.retired_at is not None:
        return "지금 과정에 없는 레슨이라서 옮기지 않습니다."
    if run is None:
        return ""
    if run.quiz.retired_at is not None:
        return "더는 내지 않는 퀴즈라서 옮기지 않습니다."
    if run.quiz_id not in usable:
        return "다른 강사가 만든 퀴즈이고 공유받지 않아서 옮기지 않습니다."
    if run.is_practice and asks_exam_questions(run.quiz):
        return "시험 문제가 들어와 문제마다 정답을 보일 수 없게 된 퀴즈라서 옮기지 않습니다."
    return ""


def _moved(when: dt.datetime | None, days: int, zone: dt.tzinfo) -> dt.datetime | None:
    """The same time of day by the clock on the wall, also where clocks change in between."""
    if when is None:
        return None
    wall = when.astimezone(zone).replace(tzinfo=None) + dt.timedelta(days=days)
    return wall.replace(tzinfo=zone).astimezone(dt.UTC)


@transaction.atomic
def clone_classroom(
    *,
    classroom: Classroom,
    name: str,
    start: dt.date | None,
    zone: dt.tzinfo,
    by: User,
    now: dt.datetime,
) -> Classroom:
    """A new class with the same settings and assignments, without people; `by` teaches it."""
    made = open_classroom(
        name=name, instructor=by, now=now, guests_allowed=classroom.guests_allowed
    )
    for planned in plan_clone(classroom, start, zone, by=by):
        if not planned.problem:
            _copy(planned, made, by, now)
    record_audit(
        actor=by, action="classroom-cloned", subject=name, now=now, source=classroom.pk, pk=made.pk
    )
    return made


def _copy(planned: Planned, classroom: Classroom, by: User, now: dt.datetime) -> None:
    old = planned.assignment
    if old.lesson is not None:
        create_reading_assignment(
            classroom=classroom,
            lesson=old.lesson,
            title=old.title,
            note=old.note,
            by=by,
            now=now,
            opens_at=planned.opens_at,
            due_at=planned.due_at,
        )
    elif old.run is not None:
        rules: RunRules = replace(
            rules_of(old.run),
            opens_at=planned.opens_at,
            closes_at=planned.due_at,
            late_until=planned.late_until,
        )
        create_quiz_assignment(
            classroom=classroom,
            quiz=old.run.quiz,
            title=old.title,
            note=old.note,
            by=by,
            now=now,
            rules=rules,
        )


__all__ = ["NotAssignableError", "Planned", "clone_classroom", "first_day", "plan_clone"]
