"""A class itself: opened, renamed, put away and brought back, its code, and who teaches it."""

import datetime as dt

from django.db import IntegrityError, transaction

from apps.accounts.codes import make_code
from apps.accounts.models import User
from apps.accounts.services.audit import record_audit
from apps.accounts.services.signing import find_user
from apps.classrooms.access import refuse_archived
from apps.classrooms.models import Classroom, Instructorship

JOIN_CODE_SIGNS = 8
MOST_PEOPLE = 1000
"""In one class: far above any class, and an end to what a script can do with an open code."""
NO_SUCH_INSTRUCTOR = (
    "그 로그인 이름의 강사를 찾지 못했습니다. 철자를 확인하고, "
    "강사 계정이 맞는지 본인에게 물어보세요."
)


class RefusedError(Exception):
    """A rule says no; the text (Korean) says which one and what can be done."""


def refuse_full(classroom: Classroom, coming: int = 1) -> None:
    """Raises RefusedError where so many more do not fit."""
    if classroom.enrollments.active().count() + coming > MOST_PEOPLE:
        raise RefusedError(f"한 반에는 {MOST_PEOPLE}명까지 들어올 수 있습니다.")


def locked_classroom(classroom: Classroom) -> Classroom:
    """The class as it is now, and nobody else changes it before this transaction ends."""
    return Classroom.objects.select_for_update(of=("self",)).get(pk=classroom.pk)


def usable_classroom(classroom: Classroom) -> Classroom:
    """The same; raises ArchivedError where nothing may change any more."""
    found = locked_classroom(classroom)
    refuse_archived(found)
    return found


@transaction.atomic
def open_classroom(
    *, name: str, instructor: User, now: dt.datetime, guests_allowed: bool = False
) -> Classroom:
    """A new class with a code of its own, taught by who opens it."""
    classroom = Classroom.objects.create(
        name=name, created_at=now, join_code=fresh_join_code(), guests_allowed=guests_allowed
    )
    Instructorship.objects.create(classroom=classroom, user=instructor, added_at=now)
    return classroom


def fresh_join_code() -> str:
    """A code that no class has. Two classes drawing the same one at once fail on the constraint."""
    while True:
        code = make_code(JOIN_CODE_SIGNS)
        if not Classroom.objects.filter(join_code=code).exists():
            return code


@transaction.atomic
def change_classroom(*, classroom: Classroom, name: str, guests_allowed: bool) -> Classroom:
    """Rename it, and say whether a name alone is enough. Raises ArchivedError."""
    found = usable_classroom(classroom)
    found.name = name
    found.guests_allowed = guests_allowed
    found.save(update_fields=["name", "guests_allowed"])
    return found


@transaction.atomic
def archive_classroom(*, classroom: Classroom, by: User, now: dt.datetime) -> None:
    """From now on it is read only; archiving twice changes nothing."""
    found = locked_classroom(classroom)
    if found.is_archived:
        return
    found.archived_at = now
    found.save(update_fields=["archived_at"])
    record_audit(actor=by, action="classroom-archived", subject=found.name, now=now, pk=found.pk)


@transaction.atomic
def restore_classroom(*, classroom: Classroom, by: User, now: dt.datetime) -> None:
    """It can be used again, as it was."""
    found = locked_classroom(classroom)
    if not found.is_archived:
        return
    found.archived_at = None
    found.save(update_fields=["archived_at"])
    record_audit(actor=by, action="classroom-restored", subject=found.name, now=now, pk=found.pk)


@transaction.atomic
def renew_join_code(*, classroom: Classroom, by: User, now: dt.datetime) -> Classroom:
    """The old code leads nowhere any more. Raises ArchivedError."""
    found = usable_classroom(classroom)
    found.join_code = fresh_join_code()
    found.save(update_fields=["join_code"])
    record_audit(actor=by, action="join-code-renewed", subject=found.name, now=now, pk=found.pk)
    return found


@transaction.atomic
def set_join_open(*, classroom: Classroom, is_open: bool) -> Classroom:
    """Let new people in by the code, or not; who is in stays in. Raises ArchivedError."""
    found = usable_classroom(classroom)
    found.join_open = is_open
    found.save(update_fields=["join_open"])
    return found


def add_instructor(
    *, classroom: Classroom, login_name: str, by: User, now: dt.datetime
) -> Instructorship:
    """A further instructor, by login name.

    Raises ArchivedError, and RefusedError in the same words for a name that does not exist and for
    an account that may not teach: the form must not tell who has an account here.
    """
    try:
        with transaction.atomic():
            found = usable_classroom(classroom)
            user = find_user(login_name)
            if user is None or not user.may_teach:
                raise RefusedError(NO_SUCH_INSTRUCTOR)
            _refuse_learner_here(found, user)
            added = Instructorship.objects.create(classroom=found, user=user, added_at=now)
            record_audit(
                actor=by, action="instructor-added", subject=str(user), now=now, classroom=found.pk
            )
            return added
    except IntegrityError as error:
        raise RefusedError("이미 이 반의 담당 강사입니다.") from error


def _refuse_learner_here(classroom: Classroom, user: User) -> None:
    if classroom.enrollments.active().filter(learner__user=user).exists():
        raise RefusedError("이 반에 학습자로 들어와 있습니다. 먼저 학습자 목록에서 내보내세요.")


@transaction.atomic
def remove_instructor(*, classroom: Classroom, user: User, by: User, now: dt.datetime) -> None:
    """Take an instructor off the class; one who can teach always remains.

    Raises ArchivedError and RefusedError.
    """
    found = usable_classroom(classroom)
    others = [
        each.user
        for each in found.instructorships.exclude(user=user).select_related("user")
        if each.user.may_teach
    ]
    if not others:
        raise RefusedError(
            "마지막 담당 강사는 뺄 수 없습니다. 다른 강사를 먼저 넣거나 반을 보관하세요."
        )
    removed, _ = found.instructorships.filter(user=user).delete()
    if removed:
        record_audit(
            actor=by, action="instructor-removed", subject=str(user), now=now, classroom=found.pk
        )
