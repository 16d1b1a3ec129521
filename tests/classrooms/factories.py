"""Classes and their people for tests."""

import datetime as dt
from itertools import count
from typing import Any

from django.test import Client

from apps.accounts.codes import code_digest
from apps.accounts.models import Learner, Role, User
from apps.classrooms.models import Classroom, Enrollment, Instructorship
from apps.classrooms.services.joining import entry_purpose

NOW = dt.datetime(2026, 3, 6, 9, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
_numbers = count(1)
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def make_user(name: str = "", role: str = "learner", **changed: Any) -> User:
    """An account with the role `learner`, `instructor` or `admin`; without a usable password."""
    kind = Role(role)
    values = {
        "is_instructor": kind is Role.INSTRUCTOR,
        "is_staff": kind is Role.ADMIN,
        **changed,
    }
    return User.objects.create_user(name or f"{role}-{next(_numbers)}", **values)


def make_classroom(
    instructor: User | None = None, name: str = "클라우드 1반", **changed: Any
) -> Classroom:
    """A class taught by `instructor`, or by a new one."""
    values = {"created_at": NOW - DAY, "join_code": _code(next(_numbers)), **changed}
    classroom = Classroom.objects.create(name=name, **values)
    user = instructor or make_user(role="instructor")
    Instructorship.objects.create(classroom=classroom, user=user, added_at=NOW - DAY)
    return classroom


def enroll(
    classroom: Classroom,
    who: Learner | User | str = "김하늘",
    *,
    entry_code: str = "",
    **changed: Any,
) -> Enrollment:
    """A place in the class: for an account, a learner, or (a text) somebody by name only."""
    learner = _learner(who)
    by_name = learner.user is None
    values = {
        "name": learner.shown_name or "김하늘",
        "state": Enrollment.State.ACTIVE,
        "origin": Enrollment.Origin.NAME if by_name else Enrollment.Origin.ACCOUNT,
        "joined_at": NOW - DAY,
        "entered_at": NOW - DAY,
        **changed,
    }
    if entry_code:
        values["entry_digest"] = code_digest(entry_purpose(classroom), entry_code)
    return Enrollment.objects.create(classroom=classroom, learner=learner, **values)


def _learner(who: Learner | User | str) -> Learner:
    if isinstance(who, Learner):
        return who
    if isinstance(who, User):
        learner, _ = Learner.objects.get_or_create(user=who, defaults={"created_at": NOW - DAY})
        return learner
    return Learner.objects.create(name=who, is_admitted=True, created_at=NOW - DAY)


def signed_in(user: User) -> Client:
    """A browser in which this account is signed in."""
    client = Client()
    client.force_login(user)
    return client


def browser_of(learner: Learner) -> Client:
    """A browser of a learner without account."""
    client = Client()
    session = client.session
    session["learner_id"] = learner.pk
    session.save()
    return client


def _code(number: int) -> str:
    signs = ""
    while number:
        number, rest = divmod(number, len(_SIGNS))
        signs = _SIGNS[rest] + signs
    return signs.rjust(8, "2")
