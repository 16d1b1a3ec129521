"""Reads: an attempt with its items, and what the rules of its run say."""

import datetime as dt

from apps.accounts.models import Learner
from apps.quizzes.domain.rules import Window, deadline
from apps.quizzes.models import Attempt, AttemptItem, Extension, Origin, QuizRun
from apps.quizzes.told import told_attempts


def current_items(attempt: Attempt) -> list[AttemptItem]:
    """The newest try of each position, in order."""
    newest = {
        item.position: item
        for item in attempt.items.select_related("version").order_by("position", "try_number")
    }
    for item in newest.values():
        item.attempt = attempt
    return list(newest.values())


def extension_of(run: QuizRun, learner: Learner) -> Extension | None:
    return Extension.objects.filter(run=run, learner=learner).first()


def window_of(run: QuizRun, extension: Extension | None) -> Window:
    """The run's rules about time, with this learner's exception."""
    closes_at, late_until = run.closes_at, run.late_until
    if extension and extension.closes_at and closes_at:
        closes_at = max(closes_at, extension.closes_at)
        if late_until is not None and late_until <= closes_at:
            late_until = None  # in time until the very end
    limit = None if run.time_limit is None else dt.timedelta(seconds=run.time_limit)
    factor = extension.time_factor if extension else Window().time_factor
    return Window(run.opens_at, closes_at, limit, factor, late_until)


def own_window(attempt: Attempt) -> Window:
    """The rules about time for this attempt; an extension given meanwhile already counts."""
    return window_of(attempt.run, extension_of(attempt.run, attempt.learner))


def deadline_of(attempt: Attempt) -> dt.datetime | None:
    """When the attempt ends by itself."""
    return deadline(own_window(attempt), started_at=attempt.started_at)


def last_close(run: QuizRun) -> dt.datetime | None:
    """When the run has ended for everybody, lateness and extensions included."""
    end = run.late_until or run.closes_at
    if end is None:
        return None
    later = run.extensions.filter(closes_at__isnull=False).values_list("closes_at", flat=True)
    return max([end, *(each for each in later if each is not None)])


def may_see_result(attempt: Attempt, *, now: dt.datetime) -> bool:
    """Whether key, explanation and score of the whole attempt may leave the server."""
    return attempt.pk in told_attempts([attempt], now=now)


def may_see_item(item: AttemptItem, *, now: dt.datetime) -> bool:
    """In practice an item tells all once it was checked; else the whole attempt decides."""
    if item.attempt.run.is_practice and item.checked_at is not None:
        return True
    return may_see_result(item.attempt, now=now)


def is_repeatable(run: QuizRun) -> bool:
    """Whether its wrong items may be taken again as an attempt of their own.

    Not in an exam; and not in an assignment, where an attempt of a few items might become the
    result, and only the page of the assignment knows who may still begin.
    """
    return run.is_practice and run.origin == Origin.CATALOGUE


def attempts_left(run: QuizRun, learner: Learner | None) -> int | None:
    """How often this learner may still start; None for as often as wished."""
    if run.max_attempts is None:
        return None
    if learner is None:
        return run.max_attempts
    extension = extension_of(run, learner)
    allowed = run.max_attempts + (extension.extra_attempts if extension else 0)
    return max(0, allowed - Attempt.objects.of(learner).filter(run=run).count())
