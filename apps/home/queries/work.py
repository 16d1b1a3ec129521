"""What a learner's classes still want."""

import datetime as dt
from collections.abc import Sequence

from apps.classrooms.domain.standing import State
from apps.classrooms.models import Enrollment
from apps.classrooms.queries.assignments import AssignmentRow, learner_rows

_UNDONE = {State.NOT_STARTED, State.WORKING, State.MISSING}
_FAR = dt.datetime.max.replace(tzinfo=dt.UTC)


def open_work(classes: Sequence[Enrollment], *, now: dt.datetime) -> list[AssignmentRow]:
    """What can still be done, the nearest end first. A constant number of queries a class."""
    rows = [row for place in classes for row in learner_rows(place, now) if _is_open(row)]
    return sorted(rows, key=lambda row: (row.ends_at or _FAR, row.assignment.pk))


def _is_open(row: AssignmentRow) -> bool:
    standing = row.standing
    if standing is None:
        return False
    # A reading that is due may still be read; it has no end.
    if row.is_over and not row.assignment.is_reading:
        return False
    return standing.state in _UNDONE or standing.is_running
