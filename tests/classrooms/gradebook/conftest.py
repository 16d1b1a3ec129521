"""A clock that stands, and a class with an instructor."""

import pytest
from django.test import Client
from django.utils import timezone

from apps.accounts.models import User
from apps.classrooms.models import Classroom
from tests.classrooms.factories import make_classroom, make_user, signed_in
from tests.quizzes.factories import NOW


class Clock:
    now = NOW


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def teacher(db: None) -> User:
    return make_user("teacher", role="instructor", display_name="김강사")


@pytest.fixture
def classroom(teacher: User) -> Classroom:
    return make_classroom(teacher)


@pytest.fixture
def desk(teacher: User) -> Client:
    """The instructor's browser."""
    return signed_in(teacher)
