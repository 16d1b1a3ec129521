"""One learner's work in one assignment, with everything that explains its result."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from apps.classrooms.domain.standing import Rules, Standing, State
from apps.classrooms.models import Assignment, Classroom, Enrollment, Mark
from apps.classrooms.queries.standings import work_of
from apps.quizzes.domain.results import counted_score
from apps.quizzes.domain.rules import is_late
from apps.quizzes.models import Attempt
from apps.quizzes.models.words import Counts
from apps.quizzes.presenting.result import number, sitting_of

_CHOSEN = {
    Counts.BEST.value: "점수가 가장 높은",
    Counts.LAST.value: "마지막에 제출한",
    Counts.FIRST.value: "처음 제출한",
}


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """One attempt; `counted` is its score after deduction, None while there is none."""

    attempt: Attempt
    counted: Decimal | None
    is_late: bool
    is_counting: bool


@dataclass(frozen=True, slots=True)
class MarkedWork:
    """`marks` newest first; `why` says in Korean how the computed score came about."""

    assignment: Assignment
    enrollment: Enrollment
    standing: Standing
    computed: Standing
    why: list[str]
    attempts: list[AttemptLine]
    marks: list[Mark]
    previous: Enrollment | None
    following: Enrollment | None


def member(classroom: Classroom, public_id: UUID) -> Enrollment:
    """An active learner of the class; 404 for anybody else."""
    people = Enrollment.objects.active().filter(classroom=classroom)
    return get_object_or_404(people.select_related("learner"), public_id=public_id)


def members_attempt(assignment: Assignment, public_id: UUID) -> tuple[Attempt, Enrollment]:
    """An attempt at this assignment by an active learner of its class; 404 for any other."""
    attempt = get_object_or_404(
        Attempt.objects.filter(run__assignment=assignment).select_related("run__quiz", "learner"),
        public_id=public_id,
    )
    people = Enrollment.objects.active().of(attempt.learner)
    enrollment = people.filter(classroom=assignment.classroom_id).first()
    if enrollment is None:
        raise Http404
    return attempt, enrollment


def marked_work(assignment: Assignment, enrollment: Enrollment, *, now: dt.datetime) -> MarkedWork:
    """Attempts whose time is over are closed first."""
    work = work_of(assignment, enrollment, now=now)
    standing, computed = work.standing(now=now), work.computed(now=now)
    marks = Mark.objects.filter(assignment=assignment, enrollment=enrollment)
    previous, following = _neighbors(enrollment)
    return MarkedWork(
        assignment,
        enrollment,
        standing,
        computed,
        explained(computed, work.rules, now=now),
        _attempt_lines(assignment, enrollment, work.rules, standing),
        list(marks.select_related("made_by").order_by("-pk")),
        previous,
        following,
    )


def explained(computed: Standing, rules: Rules, *, now: dt.datetime) -> list[str]:
    """Sentences: which attempt counts, what was deducted, what may still change."""
    if computed.is_reading:
        return []
    if computed.counting is None:
        return _nothing_yet(computed, rules, now)
    lines = [_which(computed, rules)]
    if computed.late_percent and computed.raw_score is not None and computed.score is not None:
        lines.append(
            f"늦게 제출해 {number(computed.raw_score)}점에서 {computed.late_percent}%를 빼면 "
            f"{number(computed.score)}점입니다."
        )
    if computed.state is State.GRADING:
        lines.append("사람이 채점할 문제가 남아 있어 점수가 바뀔 수 있습니다.")
    return lines


def _which(computed: Standing, rules: Rules) -> str:
    if computed.attempts == 1:
        return "한 번 응시한 점수입니다."
    chosen = _CHOSEN[rules.counts]
    return f"응시 {computed.attempts}회 가운데 {chosen} {computed.counting}번째 응시의 점수입니다."


def _nothing_yet(computed: Standing, rules: Rules, now: dt.datetime) -> list[str]:
    if computed.state is not State.MISSING:
        return ["아직 제출한 응시가 없습니다."]
    lines = ["마감까지 제출한 응시가 없어 0점입니다."]
    late_until = rules.window.late_until
    if late_until is not None and now <= late_until:
        lines.append("지각 제출을 아직 받고 있어, 늦게라도 내면 점수가 바뀝니다.")
    return lines


def _attempt_lines(
    assignment: Assignment, enrollment: Enrollment, rules: Rules, standing: Standing
) -> list[AttemptLine]:
    if assignment.run_id is None:
        return []
    rows = Attempt.objects.of(enrollment.learner).filter(run=assignment.run_id).order_by("number")
    return [
        AttemptLine(
            attempt,
            counted_score(sitting_of(attempt), rules.window, rules.late_deduction),
            attempt.finished_at is not None and is_late(attempt.finished_at, rules.window),
            attempt.number == standing.counted_attempt,
        )
        for attempt in rows
    ]


def _neighbors(enrollment: Enrollment) -> tuple[Enrollment | None, Enrollment | None]:
    """The learners before and after this one, in the order of the class's list."""
    people = list(Enrollment.objects.active().filter(classroom=enrollment.classroom_id))
    place = next(place for place, each in enumerate(people) if each.pk == enrollment.pk)
    before = people[place - 1] if place else None
    after = people[place + 1] if place + 1 < len(people) else None
    return before, after
