"""The people of a class after they came in: renamed, removed, blocked, brought back, new codes."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.accounts.models import Learner, User
from apps.accounts.services.audit import record_audit
from apps.accounts.services.moving import lock_learners
from apps.accounts.services.resetting import void_reset_codes
from apps.classrooms.access import refuse_archived
from apps.classrooms.models import Classroom, Enrollment
from apps.classrooms.services.joining import admit, new_entry_codes
from apps.classrooms.services.rooms import RefusedError, usable_classroom

_State = Enrollment.State
OUT = {_State.REMOVED: "person-removed", _State.BLOCKED: "person-blocked"}


def _usable(place: Enrollment) -> Enrollment:
    """The place as it is now, locked with its learner; raises ArchivedError."""
    # The learner first, as moving and erasing lock them: else two could wait for each other.
    lock_learners(place.learner)
    found = (
        Enrollment.objects.select_for_update(of=("self",))
        .select_related("classroom", "learner__user")
        .get(pk=place.pk)
    )
    refuse_archived(found.classroom)
    return found


def rename_person(*, place: Enrollment, name: str, student_number: str) -> Enrollment:
    """Under which name and number the class knows them. Raises ArchivedError, RefusedError."""
    try:
        with transaction.atomic():
            found = _usable(place)
            found.name, found.student_number = name, student_number
            found.save(update_fields=["name", "student_number"])
            if found.learner.user_id is None:
                Learner.objects.filter(pk=found.learner_id).update(name=name)
            return found
    except IntegrityError as error:
        raise RefusedError(f"학번 {student_number}: 이 반에 이미 있습니다.") from error


@transaction.atomic
def send_out(*, place: Enrollment, state: Enrollment.State, by: User, now: dt.datetime) -> None:
    """Remove (may come back by the class's code) or block (may not). Raises ArchivedError."""
    found = _usable(place)
    if found.state == state:
        return
    _put_out(found, state)
    _record(found, OUT[state], by, now)


@transaction.atomic
def leave(*, place: Enrollment) -> None:
    """The learner goes; what was done stays with the class. Raises ArchivedError."""
    found = _usable(place)
    if found.is_active:
        _put_out(found, _State.LEFT)


def _put_out(place: Enrollment, state: Enrollment.State) -> None:
    place.state = state
    place.save(update_fields=["state"])
    learner = place.learner
    if learner.user is not None:
        void_reset_codes(learner.user)  # who gave it has no say about the account any more
    elsewhere = learner.enrollments.active().exclude(pk=place.pk).exists()
    if learner.user_id is None and not elsewhere:
        Learner.objects.filter(pk=learner.pk).update(is_admitted=False)


def bring_back(*, place: Enrollment, by: User, now: dt.datetime) -> None:
    """Undo removing or blocking.

    Raises ArchivedError; RefusedError for who left on their own (an instructor gains rights over
    an account by having it in a class, so only its owner may do that), and where somebody else has
    the number by now.
    """
    try:
        with transaction.atomic():
            found = _usable(place)
            if found.is_active:
                return
            if found.learner.erased_at is not None:
                raise RefusedError("기록을 모두 지우고 떠난 학습자입니다. 되돌릴 수 없습니다.")
            if found.state == _State.LEFT:
                raise RefusedError(
                    "스스로 나간 학습자입니다. 참여 코드로 본인이 다시 들어올 수 있습니다."
                )
            found.state = _State.ACTIVE
            found.save(update_fields=["state"])
            admit(found.learner)
            _record(found, "person-restored", by, now)
    except IntegrityError as error:
        raise RefusedError(
            f"학번 {place.student_number}: 그사이 다른 학습자가 쓰고 있습니다. "
            "한쪽의 학번을 고친 뒤 되돌리세요."
        ) from error


@transaction.atomic
def issue_entry_codes(
    *, classroom: Classroom, chosen: Collection[UUID], by: User, now: dt.datetime
) -> list[tuple[Enrollment, str]]:
    """New personal codes for the chosen people, sorted as the class is; the old ones are void.

    People with an account and people who are not in the class get none. Raises ArchivedError, and
    RefusedError when nobody is left.
    """
    found = usable_classroom(classroom)
    places = list(
        found.enrollments.active()
        .select_for_update(of=("self",))
        .filter(public_id__in=chosen, learner__user__isnull=True)
    )
    if not places:
        raise RefusedError(
            "카드를 만들 학습자를 고르세요. 계정이 있는 학습자는 로그인하므로 카드가 필요 없습니다."
        )
    cards = []
    for place, (code, digest) in zip(places, new_entry_codes(found, len(places)), strict=True):
        place.entry_digest = digest
        cards.append((place, code))
    Enrollment.objects.bulk_update(places, ["entry_digest"])
    record_audit(
        actor=by,
        action="entry-codes-issued",
        subject=found.name,
        now=now,
        classroom=found.pk,
        people=[str(place.public_id) for place in places],
    )
    return cards


def _record(place: Enrollment, action: str, by: User, now: dt.datetime) -> None:
    record_audit(
        actor=by,
        action=action,
        subject=f"{place.classroom.name} · {place.public_id}",
        now=now,
        classroom=place.classroom_id,
    )
