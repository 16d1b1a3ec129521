"""When a feedback policy lets a learner know, for many attempts at once.

The same rule as `quizzes.queries.may_see_result`, which asks the database for every attempt; a test
holds the two together.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Max

from apps.quizzes.domain.rules import is_over
from apps.quizzes.models import Attempt, AttemptItem, Extension, QuizRun
from apps.quizzes.models.runs import Feedback


def untold_runs(runs: Iterable[QuizRun], *, now: dt.datetime) -> set[int]:
    """Of these, the runs that tell no result yet: they wait until all have ended."""
    waiting = {each.pk: each for each in runs if each.feedback == Feedback.AFTER_CLOSE}
    if not waiting:
        return set()
    extended = dict(
        Extension.objects.filter(run__in=waiting, closes_at__isnull=False)
        .order_by()
        .values_list("run")
        .annotate(Max("closes_at"))
    )
    return {pk for pk, run in waiting.items() if not _has_ended(run, extended.get(pk), now)}


def _has_ended(run: QuizRun, extended: dt.datetime | None, now: dt.datetime) -> bool:
    ends = [each for each in (run.late_until or run.closes_at, extended) if each is not None]
    return is_over(max(ends, default=None), now=now)


def untold_attempts(attempts: Iterable[int], learner_id: int) -> set[int]:
    """Of these attempts of one learner, those whose questions an exam is asking right now."""
    attempts = list(attempts)
    if not attempts:
        return set()
    asked = AttemptItem.objects.filter(
        attempt__learner=learner_id, attempt__state=Attempt.State.RUNNING
    ).exclude(attempt__run__feedback=Feedback.IMMEDIATE)
    held = AttemptItem.objects.filter(
        attempt__in=attempts, version__question__in=asked.values("version__question")
    )
    return set(held.values_list("attempt", flat=True))
