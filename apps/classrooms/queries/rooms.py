"""Reads for the pages of classes and their people."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q

from apps.accounts.models import Learner, User
from apps.classrooms.models import Classroom, Enrollment, Instructorship

_State = Enrollment.State
SORTS = {"number": "학번", "name": "이름", "joined": "들어온 순서", "active": "최근에 쓴 순서"}
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class TaughtRooms:
    """`own`: taught by this instructor; `others`: what an administrator sees besides."""

    own: list[Classroom]
    others: list[Classroom]
    archived: list[Classroom]


def taught_rooms(user: User) -> TaughtRooms:
    """Classes an instructor may open, newest first, each with `people` (how many are in it)."""
    people = Count("enrollments", filter=Q(enrollments__state=_State.ACTIVE), distinct=True)
    instructors = Prefetch("instructorships", Instructorship.objects.select_related("user"))
    found = list(
        Classroom.objects.taught_by(user).annotate(people=people).prefetch_related(instructors)
    )
    current = [each for each in found if not each.is_archived]
    own = [each for each in current if _is_of(each, user)]
    return TaughtRooms(
        own=own,
        others=[each for each in current if each not in own],
        archived=[each for each in found if each.is_archived],
    )


def _is_of(classroom: Classroom, user: User) -> bool:
    return any(each.user_id == user.pk for each in classroom.instructorships.all())


def attended_places(learner: Learner | None) -> list[Enrollment]:
    """Where this learner is in, current classes first."""
    places = Enrollment.objects.of(learner).active().select_related("classroom")
    return sorted(places.order_by("-joined_at"), key=lambda place: place.classroom.is_archived)


@dataclass(frozen=True, slots=True)
class People:
    """Who is in, as searched and sorted, and who is out.

    `total` counts all who are in, `waiting` those of them whose card nobody has used yet.
    """

    inside: list[Enrollment]
    outside: list[Enrollment]
    total: int
    waiting: int


def people_of(classroom: Classroom, *, search: str = "", sort: str = "number") -> People:
    """The class's people. `search`: part of a name or number; an unknown `sort` is by number."""
    everybody = list(classroom.enrollments.select_related("learner__user"))
    inside = [place for place in everybody if place.is_active]
    # Who erased their records is nobody any more: nothing can be done with such a place.
    outside = [
        place for place in everybody if not place.is_active and place.learner.erased_at is None
    ]
    wanted = "".join(unicodedata.normalize("NFC", search).lower().split())
    return People(
        inside=_sorted([place for place in inside if wanted in _sought(place)], sort),
        outside=_sorted([place for place in outside if wanted in _sought(place)], sort),
        total=len(inside),
        waiting=sum(is_waiting(place) for place in inside),
    )


def is_waiting(place: Enrollment) -> bool:
    """Put on the roster, and not come in yet."""
    return place.entered_at is None and place.learner.user_id is None


def _sought(place: Enrollment) -> str:
    return "".join(f"{place.name}\n{place.student_number}".lower().split())


def _sorted(places: list[Enrollment], sort: str) -> list[Enrollment]:
    if sort == "name":
        return sorted(places, key=lambda place: (place.name, _by_number(place)))
    if sort == "joined":
        return sorted(places, key=lambda place: (place.joined_at, place.pk))
    if sort == "active":
        return sorted(places, key=_last_used, reverse=True)
    return sorted(places, key=lambda place: (_by_number(place), place.name, place.pk))


def _by_number(place: Enrollment) -> tuple[bool, str]:
    """9 before 10, with or without letters around; who has no number comes last."""
    number = place.student_number
    return not number, _DIGITS.sub(lambda match: match[0].zfill(20), number)


def _last_used(place: Enrollment) -> float:
    if place.entered_at is None or place.learner.active_at is None:
        return 0
    return place.learner.active_at.timestamp()


def namesakes(classroom: Classroom, name: str, *, but: Enrollment | None = None) -> bool:
    """Whether somebody of this name is in the class already."""
    found = classroom.enrollments.active().filter(name=name)
    return (found.exclude(pk=but.pk) if but else found).exists()


def instructors_of(classroom: Classroom) -> Sequence[Instructorship]:
    return list(classroom.instructorships.select_related("user"))
