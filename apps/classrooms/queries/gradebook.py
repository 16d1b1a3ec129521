"""The gradebook of a class: learners and assignments as one table."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from apps.classrooms.domain.gradebook import Line, Total, Wish, arranged, wish_of
from apps.classrooms.domain.standing import Standing
from apps.classrooms.domain.table import Cell, Column, Row, Table, Value
from apps.classrooms.models import Assignment, Classroom, Enrollment
from apps.classrooms.queries.standings import full_scores, standings
from apps.quizzes.presenting.result import number

_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Gradebook:
    """A class as somebody wished to see it. `people` counts all learners, shown or not."""

    classroom: Classroom
    assignments: list[Assignment]
    wish: Wish
    table: Table
    people: int


def read_gradebook(
    classroom: Classroom, fields: Mapping[str, str], *, now: dt.datetime
) -> Gradebook:
    """Active learners and current assignments; `fields` is the query string (`Wish`)."""
    assignments = list(Assignment.objects.with_targets().current().filter(classroom=classroom))
    enrollments = list(Enrollment.objects.active().filter(classroom=classroom))
    found = standings(assignments, enrollments, now=now)
    keys = {assignment.pk: key_of(assignment) for assignment in assignments}
    lines = [
        Line(
            each.pk,
            each.student_number,
            each.name,
            {keys[pk]: found[pk, each.pk] for pk in keys},
        )
        for each in enrollments
    ]
    wish = wish_of(fields, list(keys.values()))
    table = _table(assignments, enrollments, arranged(lines, wish))
    return Gradebook(classroom, assignments, wish, table, len(enrollments))


def key_of(assignment: Assignment) -> str:
    """How the gradebook's addresses name an assignment."""
    return assignment.public_id.hex


def percent(value: Decimal) -> str:
    """`87.5`, `50.0`: always one place, so that they stand under each other; rounded half up."""
    return f"{value.quantize(Decimal('0.1'), rounding=ROUND_HALF_UP):f}"


def _table(
    assignments: list[Assignment], enrollments: list[Enrollment], lines: list[Line]
) -> Table:
    maxima = full_scores(each.run.quiz_id for each in assignments if each.run is not None)
    columns = (
        Column("number", "학습자", ("학번", "이름")),
        Column("total", "합계", ("합계", "합계 만점")),
        Column("percent", "백분율 (%)", ("백분율 (%)",)),
        *(_column(each, maxima) for each in assignments),
    )
    people = {each.pk: each for each in enrollments}
    works = [(key_of(each), each.title, _mark_address(each)) for each in assignments]
    rows = (_row(line, people[line.pk].public_id, works) for line in lines)
    return Table(columns, tuple(rows))


def _column(assignment: Assignment, maxima: dict[int, Decimal]) -> Column:
    title = assignment.title
    key, href = key_of(assignment), assignment.get_absolute_url()
    if assignment.run is None:
        return Column(key, title, (f"{title} 상태",), _due(assignment.due_at), href)
    most = number(maxima.get(assignment.run.quiz_id, Decimal(0)))
    labels = (f"{title} 점수 (만점 {most})", f"{title} 상태")
    due = _due(assignment.run.closes_at)
    return Column(key, title, labels, f"{most}점" + (f" · {due}" if due else ""), href)


def _due(when: dt.datetime | None) -> str:
    if when is None:
        return ""
    local = timezone.localtime(when)
    return f"{local.month}/{local.day} {local:%H:%M}까지"


def _mark_address(assignment: Assignment) -> str:
    """With nobody's id: to build each address anew would take longer than all else together."""
    return reverse("classrooms:mark", args=[assignment.public_id, _NOBODY])


def _row(line: Line, person: UUID, works: list[tuple[str, str, str]]) -> Row:
    who = Cell((Value(line.number), Value(line.name)))
    cells = (
        _cell(line.standings[key], title, address.replace(str(_NOBODY), str(person)))
        for key, title, address in works
    )
    return Row((who, *_total_cells(line.total), *cells))


def _total_cells(total: Total | None) -> tuple[Cell, Cell]:
    score, most = (None, None) if total is None else (total.score, total.max_score)
    share = "" if total is None else percent(total.percent)
    return (
        Cell((_figure(score), _figure(most)), "합계"),
        Cell((Value(share, is_number=True),), "백분율 (%)"),
    )


def _cell(standing: Standing, title: str, href: str) -> Cell:
    word = Value(f"{standing.word} · 점수 고침" if standing.is_overridden else standing.word)
    values = (word,) if standing.is_reading else (_figure(standing.score), word)
    return Cell(values, title, standing.state, href)


def _figure(value: Decimal | None) -> Value:
    return Value("" if value is None else number(value), is_number=True)
