"""Which results a learner may know: asked once for as many attempts as are shown."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum

from django.db.models import Max, Q

from apps.quizzes.domain.rules import is_over
from apps.quizzes.models import Attempt, AttemptItem, Extension, QuizRun
from apps.quizzes.models.words import Feedback, Origin


class Elsewhere(StrEnum):
    """Where else a learner met a question of an attempt, so that its key has to wait."""

    SITTING = "sitting"  # in an exam that this learner is still sitting
    WAITING = "waiting"  # in one that was handed in and tells nothing before all have ended


def told_attempts(attempts: Sequence[Attempt], *, now: dt.datetime) -> set[int]:
    """Primary keys of those attempts whose key and score may leave the server.

    They have their `run` at hand. At most three queries.
    """
    closed = [each for each in attempts if not each.is_running]
    silent = untold_runs((each.run for each in closed), now=now)
    ended = {each.pk for each in closed if each.run_id not in silent}
    return ended - asked_elsewhere(ended, now=now).keys()


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


def asked_elsewhere(attempts: Iterable[int], *, now: dt.datetime) -> dict[int, Elsewhere]:
    """Of these attempts (primary keys), those whose learner met a question of theirs elsewhere too.

    Two exams may ask the same: the review of the one would be the key to the other, be it for the
    learner who sits it or for others who still do. Practice asks what anybody may look up; it only
    waits while its own learner sits the exam. An author's trial tells nobody else anything, and who
    may try a quiz may read its key: it neither waits nor lets wait. At most two queries.
    """
    attempts = list(attempts)
    secret = _secret_questions(attempts, now) if attempts else {}
    if not secret:
        return {}
    asked = AttemptItem.objects.filter(attempt__in=attempts)
    rows = asked.exclude(attempt__run__origin=Origin.TRIAL).values_list(
        *("attempt", "attempt__learner", "version__question"),
        *("attempt__run", "attempt__run__feedback"),
    )
    found: dict[int, Elsewhere] = {}
    for pk, learner, question, run, feedback in rows:
        for other, state in secret.get((learner, question), ()):
            if state == Attempt.State.RUNNING:
                found[pk] = Elsewhere.SITTING
            elif other != run and feedback != Feedback.IMMEDIATE:
                found.setdefault(pk, Elsewhere.WAITING)
    return found


def _secret_questions(
    attempts: Sequence[int], now: dt.datetime
) -> dict[tuple[int, int], set[tuple[int, str]]]:
    """What the learners of these attempts were asked in exams that go on: run and state of each.

    A trial is no exam: its author knows the key.
    """
    run = "attempt__run__"
    extended = Extension.objects.filter(closes_at__gte=now).values("run")
    goes_on = (
        Q(**{f"{run}late_until__gte": now})
        | Q(**{f"{run}late_until": None, f"{run}closes_at__gte": now})
        | Q(attempt__run__in=extended)
    )
    sat = Q(attempt__state=Attempt.State.RUNNING) & ~Q(**{f"{run}feedback": Feedback.IMMEDIATE})
    rows = AttemptItem.objects.filter(
        sat | Q(**{f"{run}feedback": Feedback.AFTER_CLOSE}) & goes_on,
        attempt__learner__in=Attempt.objects.filter(pk__in=attempts).values("learner"),
    ).exclude(attempt__run__origin=Origin.TRIAL)
    found: dict[tuple[int, int], set[tuple[int, str]]] = defaultdict(set)
    for learner, question, other, state in rows.order_by().values_list(
        "attempt__learner", "version__question", "attempt__run", "attempt__state"
    ):
        found[learner, question].add((other, state))
    return found
