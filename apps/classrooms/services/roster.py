"""A roster becomes places in the class, each with a personal code."""

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from apps.accounts.models import Learner, User
from apps.accounts.services.audit import record_audit
from apps.classrooms.domain.roster import Roster, RosterRow, check_against, read_roster
from apps.classrooms.models import Classroom, Enrollment
from apps.classrooms.services.joining import new_entry_codes
from apps.classrooms.services.rooms import RefusedError, refuse_full, usable_classroom

CHANGED_MEANWHILE = (
    "그사이 반에 들어온 학습자가 명단과 겹칩니다. 아무도 넣지 않았습니다. 명단을 다시 확인하세요."
)


def compare_roster(classroom: Classroom, source: bytes | str) -> Roster:
    """What was sent, less who is in the class already; nothing is written."""
    roster = read_roster(source)
    people = classroom.enrollments.active().values_list("name", "student_number")
    return check_against(roster, people)


def add_roster(
    *, classroom: Classroom, rows: Sequence[RosterRow], by: User, now: dt.datetime
) -> list[tuple[Enrollment, str]]:
    """All of these people or nobody; with each the personal code, which nobody can show again.

    Raises ArchivedError, and RefusedError where somebody came in meanwhile who is among them.
    """
    try:
        with transaction.atomic():
            found = usable_classroom(classroom)
            return _add(found, rows, by, now)
    except IntegrityError as error:
        raise RefusedError(CHANGED_MEANWHILE) from error


def _add(
    classroom: Classroom, rows: Sequence[RosterRow], by: User, now: dt.datetime
) -> list[tuple[Enrollment, str]]:
    refuse_full(classroom, len(rows))
    people = classroom.enrollments.active().values_list("name", "student_number")
    if check_against(Roster(rows=tuple(rows)), people).problems:
        raise RefusedError(CHANGED_MEANWHILE)
    learners = Learner.objects.bulk_create(
        [Learner(name=row.name, is_admitted=True, created_at=now) for row in rows]
    )
    codes = new_entry_codes(classroom, len(rows))
    places = Enrollment.objects.bulk_create(
        [
            Enrollment(
                classroom=classroom,
                learner=learner,
                name=row.name,
                student_number=row.student_number,
                origin=Enrollment.Origin.ROSTER,
                entry_digest=digest,
                joined_at=now,
            )
            for row, learner, (_, digest) in zip(rows, learners, codes, strict=True)
        ]
    )
    record_audit(
        actor=by,
        action="roster-added",
        subject=classroom.name,
        now=now,
        classroom=classroom.pk,
        people=len(places),
    )
    return [(place, code) for place, (code, _) in zip(places, codes, strict=True)]
