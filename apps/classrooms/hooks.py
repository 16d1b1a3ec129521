"""What an app above `classrooms` shows on its pages: it registers here, in `AppConfig.ready`."""

from typing import Protocol

from apps.accounts.models import User
from apps.classrooms.models import Classroom


class OpenReports(Protocol):
    """How many reports wait for the instructor, of one class or (None) of all: one query."""

    def __call__(self, user: User, /, classroom: Classroom | None = None) -> int: ...


def _none(user: User, /, classroom: Classroom | None = None) -> int:
    return 0


_open_reports: OpenReports = _none


def register_open_reports(count: OpenReports) -> None:
    global _open_reports  # set once, when the site starts
    _open_reports = count


def open_reports(user: User, classroom: Classroom | None = None) -> int:
    """0 where nobody keeps reports."""
    return _open_reports(user, classroom=classroom)
