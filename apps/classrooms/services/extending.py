"""연장: one learner's exception to a set quiz, given, changed and taken back."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.services.audit import record_audit
from apps.classrooms.access import refuse_archived
from apps.classrooms.models import Assignment, Classroom, Enrollment
from apps.classrooms.queries.consequences import extension_consequences
from apps.classrooms.services.assigning import NeedsConsentError, RefusedError
from apps.quizzes.models import Extension, QuizRun

LARGEST_FACTOR = Decimal(3)
MOST_EXTRA_ATTEMPTS = 20
_ONE = Decimal(1)


@transaction.atomic
def extend_assignment(
    *,
    assignment: Assignment,
    enrollment: Enrollment,
    closes_at: dt.datetime | None,
    time_factor: Decimal = _ONE,
    extra_attempts: int = 0,
    by: User,
    now: dt.datetime,
    consent: tuple[str, ...] = (),
) -> Extension:
    """Give the learner this exception instead of any earlier one.

    What the run does not limit cannot be extended: it is left out. Raises ArchivedError,
    RefusedError (with the field), and NeedsConsentError while there are consequences that are not
    in `consent`.
    """
    run = _lock(assignment)
    if enrollment.classroom_id != assignment.classroom_id or not enrollment.is_active:
        raise RefusedError("지금 이 반에 있는 학습자에게만 연장을 줄 수 있습니다.", "learner")
    wanted = Extension(
        run=run,
        learner=enrollment.learner,
        closes_at=closes_at if run.closes_at else None,
        time_factor=time_factor if run.time_limit else _ONE,
        extra_attempts=extra_attempts if run.max_attempts else 0,
    )
    _refuse(run, wanted)
    before = Extension.objects.filter(run=run, learner=enrollment.learner_id).first()
    _ask_consent(extension_consequences(run, before, wanted, now=now), consent)
    extension, _ = Extension.objects.update_or_create(
        run=run, learner=enrollment.learner, defaults=_values(wanted)
    )
    _audit(assignment, enrollment, "extension-given", before, wanted, by, now)
    return extension


@transaction.atomic
def withdraw_extension(
    *,
    assignment: Assignment,
    enrollment: Enrollment,
    by: User,
    now: dt.datetime,
    consent: tuple[str, ...] = (),
) -> None:
    """Take the exception back; without one nothing happens. Raises as above."""
    run = _lock(assignment)
    before = Extension.objects.filter(run=run, learner=enrollment.learner_id).first()
    if before is None:
        return
    _ask_consent(extension_consequences(run, before, None, now=now), consent)
    before.delete()
    _audit(assignment, enrollment, "extension-withdrawn", before, None, by, now)


def _lock(assignment: Assignment) -> QuizRun:
    refuse_archived(
        Classroom.objects.select_for_update(of=("self",)).get(pk=assignment.classroom_id)
    )
    if assignment.run_id is None:
        raise RefusedError("읽기 과제에는 연장이 없습니다. 늦은 사정은 성적표에서 면제로 적으세요.")
    return QuizRun.objects.select_for_update(of=("self",)).get(assignment=assignment)


def _refuse(run: QuizRun, wanted: Extension) -> None:
    if wanted.closes_at and run.closes_at and wanted.closes_at <= run.closes_at:
        raise RefusedError(
            "반 전체의 마감보다 뒤여야 합니다. 연장은 시간을 줄이지 않습니다.", "closes_at"
        )
    if not _ONE <= wanted.time_factor <= LARGEST_FACTOR:
        raise RefusedError("시간 배수는 1에서 3 사이입니다. 1.5는 한 배 반입니다.", "time_factor")
    if not 0 <= wanted.extra_attempts <= MOST_EXTRA_ATTEMPTS:
        raise RefusedError(
            f"추가 응시는 {MOST_EXTRA_ATTEMPTS}번까지 줄 수 있습니다.", "extra_attempts"
        )
    if wanted.closes_at is None and wanted.time_factor == _ONE and not wanted.extra_attempts:
        raise RefusedError(
            "늘린 것이 없습니다. 마감, 시간, 응시 횟수 가운데 하나는 늘려 주세요. "
            "연장을 없애려면 ‘연장 거두기’를 누르세요."
        )


def _ask_consent(consequences: tuple[str, ...], consent: tuple[str, ...]) -> None:
    if not set(consequences) <= set(consent):
        raise NeedsConsentError(consequences)


def _values(extension: Extension) -> dict[str, Any]:
    return {
        "closes_at": extension.closes_at,
        "time_factor": extension.time_factor,
        "extra_attempts": extension.extra_attempts,
    }


def _audit(
    assignment: Assignment,
    enrollment: Enrollment,
    action: str,
    before: Extension | None,
    after: Extension | None,
    by: User,
    now: dt.datetime,
) -> None:
    record_audit(
        actor=by,
        action=action,
        subject=f"{assignment.classroom.name} · {assignment.title}",
        now=now,
        assignment=str(assignment.public_id),
        enrollment=str(enrollment.public_id),
        before=_plain(before),
        after=_plain(after),
    )


def _plain(extension: Extension | None) -> dict[str, Any] | None:
    if extension is None:
        return None
    closes_at = extension.closes_at
    return {
        "closes_at": closes_at.isoformat() if closes_at else None,
        "time_factor": f"{extension.time_factor:.2f}",
        "extra_attempts": extension.extra_attempts,
    }
