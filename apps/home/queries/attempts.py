"""A learner's attempts in a list: what may be told of each, without asking for each."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from apps.accounts.models import Learner
from apps.quizzes.domain.rules import deadline, is_over
from apps.quizzes.models import Attempt, Extension
from apps.quizzes.presenting.result import Result, result_of
from apps.quizzes.queries import window_of
from apps.quizzes.services.taking import close_if_over
from apps.quizzes.told import told_attempts


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """`result` is None while it is not to be told, `ends_at` where nothing ends by itself."""

    attempt: Attempt
    result: Result | None
    ends_at: dt.datetime | None


def attempts_to_list(learner: Learner | None, *, now: dt.datetime) -> QuerySet[Attempt]:
    """Running ones first, then the newest. Those whose time is over are closed before."""
    running = list(Attempt.objects.of(learner).running().select_related("run", "learner"))
    extensions = _extensions(running)
    for attempt in running:
        if is_over(_end(attempt, extensions), now=now):
            close_if_over(attempt=attempt, now=now)
    # "running" comes after "closed" in the alphabet.
    rows = Attempt.objects.of(learner).select_related("run__quiz")
    return rows.order_by("-state", "-started_at", "-pk")


def attempt_rows(attempts: Sequence[Attempt], *, now: dt.datetime) -> list[AttemptRow]:
    """One page of them: at most three queries."""
    told = told_attempts(attempts, now=now)
    extensions = _extensions(attempts)
    return [
        AttemptRow(
            attempt,
            result_of(attempt, window_of(attempt.run, extensions.get(attempt.run_id)))
            if attempt.pk in told
            else None,
            _end(attempt, extensions) if attempt.is_running else None,
        )
        for attempt in attempts
    ]


def _extensions(attempts: Sequence[Attempt]) -> dict[int, Extension]:
    """By the run's primary key; the attempts are one learner's."""
    if not attempts:
        return {}
    runs = {attempt.run_id for attempt in attempts}
    found = Extension.objects.filter(learner=attempts[0].learner_id, run__in=runs)
    return {each.run_id: each for each in found}


def _end(attempt: Attempt, extensions: dict[int, Extension]) -> dt.datetime | None:
    window = window_of(attempt.run, extensions.get(attempt.run_id))
    return deadline(window, started_at=attempt.started_at)
