"""Coming into a class: with an account, by name only, back with a personal code."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from apps.accounts.codes import code_digest, make_code, read_code
from apps.accounts.models import Learner, User
from apps.accounts.services.learners import learner_of
from apps.accounts.services.moving import lock_learners, move_records
from apps.accounts.services.resetting import void_reset_codes
from apps.classrooms.models import Classroom, Enrollment
from apps.classrooms.services.rooms import RefusedError, refuse_full

__all__ = [
    "CANNOT_JOIN",
    "NUMBER_TAKEN",
    "RefusedError",
    "claim",
    "come_back",
    "entry_purpose",
    "find_by_entry_code",
    "join_by_name",
    "join_with_account",
    "new_entry_codes",
    "refuse_outsiders",
    "rejoin",
]

ENTRY_CODE_SIGNS = 8
REPEAT_WITHIN = dt.timedelta(minutes=10)
CANNOT_JOIN = "지금은 이 반에 들어올 수 없습니다. 담당 강사에게 물어보세요."
ACCOUNT_NEEDED = "이 반에는 계정이 있어야 들어올 수 있습니다."
NUMBER_TAKEN = (
    "이 학번은 이미 반에 있습니다. 학번을 다시 확인하세요. 강사가 명단에 미리 "
    "넣어 두었다면, 받은 카드의 개인 코드로 들어오세요."
)
_State = Enrollment.State


def entry_purpose(classroom: Classroom) -> str:
    """What personal codes are digested for: a code means something in its own class only."""
    return f"entry:{classroom.pk}"


def new_entry_codes(classroom: Classroom, count: int) -> list[tuple[str, str]]:
    """So many personal codes that nobody in the class has, each with the digest that is kept."""
    made: dict[str, str] = {}
    while len(made) < count:
        codes = [make_code(ENTRY_CODE_SIGNS) for _ in range(count - len(made))]
        digests = {code_digest(entry_purpose(classroom), code): code for code in codes}
        taken = Enrollment.objects.filter(entry_digest__in=digests)
        for digest in taken.values_list("entry_digest", flat=True):
            del digests[digest]
        made |= digests
    return [(code, digest) for digest, code in made.items()]


def find_by_entry_code(classroom: Classroom, code: str) -> Enrollment | None:
    """Whose personal code this is, in any state; never an account's place: those sign in."""
    digest = code_digest(entry_purpose(classroom), read_code(code))
    return (
        Enrollment.objects.select_related("learner__user", "classroom")
        .filter(classroom=classroom, entry_digest=digest, learner__user__isnull=True)
        .first()
    )


def join_with_account(
    *, classroom: Classroom, user: User, name: str, student_number: str, now: dt.datetime
) -> Enrollment:
    """The account's place in the class, made or opened again; joining twice is joining once.

    Raises RefusedError: closed, archived or blocked; an instructor of the class; number taken.
    """

    def join() -> Enrollment:
        current = Classroom.objects.get(pk=classroom.pk)
        found = learner_of(user, now=now)
        # Held, so that who is erased at this moment leaves no name here.
        learner = lock_learners(found)[found.pk]
        if learner.user_id is None:
            raise RefusedError(CANNOT_JOIN)
        # Locked, so that coming back never writes over a block of this very moment.
        places = current.enrollments.select_for_update(of=("self",))
        place = places.filter(learner=learner).first()
        if place is not None and place.is_active:
            return place
        _refuse_closed(current)
        if current.instructorships.filter(user=user).exists():
            raise RefusedError("이 반의 담당 강사입니다. 학습자로는 들어올 수 없습니다.")
        # An instructor's code for a new password was given for the classes of before.
        void_reset_codes(user)
        if place is not None:
            place.name, place.student_number = name, student_number
            return _reopened(place, now)
        return Enrollment.objects.create(
            classroom=current,
            learner=learner,
            name=name,
            student_number=student_number,
            origin=Enrollment.Origin.ACCOUNT,
            joined_at=now,
            entered_at=now,
        )

    return _once_more(join)


def _once_more(join: Callable[[], Enrollment]) -> Enrollment:
    """Twice at once: whoever loses finds at the second look what the first one made.

    What still fails then is the number, the only other thing that is unique here.
    """
    try:
        with transaction.atomic():
            return join()
    except IntegrityError:
        try:
            with transaction.atomic():
                return join()
        except IntegrityError as error:
            raise RefusedError(NUMBER_TAKEN) from error


def _refuse_closed(classroom: Classroom) -> None:
    if classroom.is_archived or not classroom.join_open:
        raise RefusedError(CANNOT_JOIN)
    refuse_full(classroom)


def refuse_outsiders(classroom: Classroom, *, user: User | None, place: Enrollment | None) -> None:
    """Raises RefusedError for who cannot come in whatever they type.

    Asked before anything that tells who is in the class. `place`: the one they have had in it.
    """
    _refuse_closed(classroom)
    if user is None and not classroom.guests_allowed:
        raise RefusedError(ACCOUNT_NEEDED)
    if place is not None and place.state == _State.BLOCKED:
        raise RefusedError(CANNOT_JOIN)


def _reopened(place: Enrollment, now: dt.datetime) -> Enrollment:
    """Back in after having left or been removed; blocked people stay out. `place` is locked."""
    if place.state == _State.BLOCKED or place.learner.erased_at is not None:
        raise RefusedError(CANNOT_JOIN)
    place.state = _State.ACTIVE
    place.entered_at = place.entered_at or now
    place.save(update_fields=["state", "entered_at", "name", "student_number"])
    admit(place.learner)
    return place


def admit(learner: Learner) -> None:
    """Somebody without account may use a closed site as long as a class has them."""
    if learner.user_id is None and not learner.is_admitted:
        learner.is_admitted = True
        learner.save(update_fields=["is_admitted"])


def join_by_name(
    *,
    classroom: Classroom,
    name: str,
    student_number: str,
    now: dt.datetime,
    place: UUID | None = None,
) -> tuple[Enrollment, str]:
    """A new learner of this class alone, and the personal code, which nobody can show again.

    `place` is drawn by the form: a form that was sent twice makes one learner, and the second
    answer brings a code too, since the first answer may never have been seen. Raises RefusedError:
    closed, archived, names not enough here; number taken.
    """
    place = place or uuid4()
    current = Classroom.objects.get(pk=classroom.pk)
    _refuse_closed(current)
    if not current.guests_allowed:
        raise RefusedError(ACCOUNT_NEEDED)
    repeated = _sent_before(current, place, name, now)
    if repeated is not None:
        return _with_new_code(repeated)
    ((code, digest),) = new_entry_codes(current, 1)
    try:
        with transaction.atomic():
            learner = Learner.objects.create(
                name=name, is_admitted=True, created_at=now, active_at=now
            )
            made = Enrollment.objects.create(
                public_id=place,
                classroom=current,
                learner=learner,
                name=name,
                student_number=student_number,
                origin=Enrollment.Origin.NAME,
                entry_digest=digest,
                joined_at=now,
                entered_at=now,
            )
            return made, code
    except IntegrityError as error:
        repeated = _sent_before(current, place, name, now)
        if repeated is None:
            raise RefusedError(NUMBER_TAKEN) from error
        return _with_new_code(repeated)


def _sent_before(
    classroom: Classroom, place: UUID, name: str, now: dt.datetime
) -> Enrollment | None:
    return (
        classroom.enrollments.active()
        .select_related("learner")
        .filter(
            public_id=place,
            name=name,
            origin=Enrollment.Origin.NAME,
            learner__user__isnull=True,
            joined_at__gt=now - REPEAT_WITHIN,
        )
        .first()
    )


def _with_new_code(place: Enrollment) -> tuple[Enrollment, str]:
    ((code, place.entry_digest),) = new_entry_codes(place.classroom, 1)
    place.save(update_fields=["entry_digest"])
    return place, code


def come_back(*, place: Enrollment, now: dt.datetime) -> Enrollment:
    """In again with a personal code (`find_by_entry_code`), or for the first time with a card.

    Raises RefusedError for who may not: blocked, or removed and the class is closed.
    """
    if not place.is_active:
        return rejoin(place=place, now=now)
    if place.entered_at is None:
        place.entered_at = now
        place.save(update_fields=["entered_at"])
    admit(place.learner)
    return place


def rejoin(*, place: Enrollment, now: dt.datetime) -> Enrollment:
    """Back into a class that one left or was removed from, as long as it is open.

    Raises RefusedError.
    """

    def again() -> Enrollment:
        current = (
            Enrollment.objects.select_for_update(of=("self",))
            .select_related("learner__user", "classroom")
            .get(pk=place.pk)
        )
        if current.is_active:
            return current
        _refuse_closed(current.classroom)
        return _reopened(current, now)

    return _once_more(again)


@transaction.atomic
def claim(*, enrollment: Enrollment, user: User, now: dt.datetime) -> Enrollment:
    """An account takes over a place that was had by name only, with all that was done there.

    The personal code ends: from now on the account signs in. Raises RefusedError where the account
    has been in the class already or teaches it, and where another account was quicker.
    """
    target = learner_of(user, now=now)
    # Learners before places, as moving and erasing lock them: else two could wait for each other.
    lock_learners(enrollment.learner, target)
    found = (
        Enrollment.objects.select_for_update(of=("self",))
        .select_related("learner__user", "classroom")
        .get(pk=enrollment.pk)
    )
    if found.learner.user_id is not None:
        raise RefusedError("이 자리는 이미 계정에 이어져 있습니다. 그 계정으로 로그인하세요.")
    place = come_back(place=found, now=now)
    classroom = place.classroom
    if classroom.instructorships.filter(user=user).exists():
        raise RefusedError("이 반의 담당 강사입니다. 학습자로는 들어올 수 없습니다.")
    if classroom.enrollments.filter(learner=target).exists():
        raise RefusedError(
            "이 계정은 이미 이 반에 들어온 적이 있습니다. 자리를 합쳐야 하면 강사에게 말하세요."
        )
    move_records(source=place.learner, target=target, now=now)
    Enrollment.objects.filter(pk=place.pk).update(learner=target, entry_digest="")
    return Enrollment.objects.select_related("learner__user", "classroom").get(pk=place.pk)
