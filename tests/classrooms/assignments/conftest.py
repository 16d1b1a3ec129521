"""A clock that stands still until a test moves it."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.quizzes.factories import NOW


class Clock:
    now: dt.datetime = NOW


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock
