"""Readiness: other apps say here what they need before the site can serve."""

from collections.abc import Callable

Check = Callable[[], list[str]]

_checks: list[Check] = []


def register_readiness_check(check: Check) -> None:
    """Called in `AppConfig.ready`; the check returns its problems in English, for operators."""
    _checks.append(check)


def readiness_problems() -> list[str]:
    return [problem for check in _checks for problem in check()]
