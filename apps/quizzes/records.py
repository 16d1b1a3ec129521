"""A learner's attempts, when two learners become one, or one goes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F

from apps.accounts.hooks import Moving, Records
from apps.accounts.models import Learner
from apps.quizzes.domain.rules import deadline, is_over
from apps.quizzes.exported import export
from apps.quizzes.models import Attempt, Extension, Grade, QuizRun, Response
from apps.quizzes.queries import extension_of, window_of
from apps.quizzes.services.taking import close_attempt

ERASED_ANSWER = "(계정을 지우면서 함께 지운 답입니다.)"
"""Not an empty answer: nobody would have to grade that, and a score would come from nowhere."""

# Beyond every number there is: while rows are renumbered, old and new numbers never meet.
_ASIDE = 1_000_000


def count(learner: Learner) -> list[tuple[str, int]]:
    attempts = Attempt.objects.of(learner).count()
    return [("퀴즈 응시", attempts)] if attempts else []


def move(moving: Moving) -> None:
    """In each run the attempts of both are numbered by when they began."""
    _move_extensions(moving)
    runs = set(Attempt.objects.of(moving.source).values_list("run", flat=True))
    if not runs:
        return
    attempts = list(
        Attempt.objects.select_for_update(of=("self",))
        .select_related("run__quiz", "learner")
        .filter(learner__in=[moving.source, moving.target], run__in=runs)
        .order_by("pk")
    )
    by_run = defaultdict(list)
    for attempt in attempts:
        by_run[attempt.run_id].append(attempt)
    for of_run in by_run.values():
        _leave_one_running(of_run, moving)
    # One statement each: no moment at which two rows have one number.
    own = Attempt.objects.of(moving.target).filter(run__in=runs)
    own.update(number=F("number") + _ASIDE)
    source = Attempt.objects.of(moving.source)
    source.update(learner=moving.target, number=F("number") + 2 * _ASIDE)
    for of_run in by_run.values():
        of_run.sort(key=lambda attempt: (attempt.started_at, attempt.pk))
        for number, attempt in enumerate(of_run, start=1):
            attempt.number = number
    Attempt.objects.bulk_update(attempts, ["number"], batch_size=200)


def _move_extensions(moving: Moving) -> None:
    """Where both have an exception to one run, the more generous of each kind stays."""
    own = {each.run_id: each for each in Extension.objects.filter(learner=moving.target)}
    for other in Extension.objects.filter(learner=moving.source):
        kept = own.get(other.run_id)
        if kept is None:
            continue
        kept.time_factor = max(kept.time_factor, other.time_factor)
        ends = [each for each in (kept.closes_at, other.closes_at) if each is not None]
        kept.closes_at = max(ends, default=None)
        kept.extra_attempts = max(kept.extra_attempts, other.extra_attempts)
        kept.save()
    moved = Extension.objects.filter(learner=moving.source)
    moved.filter(run__in=own).delete()
    moved.update(learner=moving.target)


def _leave_one_running(attempts: Iterable[Attempt], moving: Moving) -> None:
    """Of two that run, the one begun first is closed with what it holds."""
    running = sorted(
        (each for each in attempts if each.is_running), key=lambda each: (each.started_at, each.pk)
    )
    for attempt in running[:-1]:
        end = _deadline(attempt.run, attempt, moving.target)
        if end is not None and is_over(end, now=moving.now):
            close_attempt(attempt, by=Attempt.ClosedBy.DEADLINE, finished_at=end, now=moving.now)
        else:
            close_attempt(attempt, by=Attempt.ClosedBy.MOVE, finished_at=moving.now, now=moving.now)


def _deadline(run: QuizRun, attempt: Attempt, learner: Learner) -> dt.datetime | None:
    return deadline(window_of(run, extension_of(run, learner)), started_at=attempt.started_at)


def erase(learner: Learner, now: dt.datetime) -> None:
    """Finished attempts stay for the statistics, without what was written in own words.

    One that was never finished tells nothing, and nobody is left who could finish it. Nor does
    anybody need the exceptions, which say something of a person: others would wait for their end.
    """
    Extension.objects.filter(learner=learner).delete()
    unfinished = Attempt.objects.of(learner).running()
    # Grades protect the answers they judged, even from going together.
    Grade.objects.filter(item__attempt__in=unfinished).delete()
    unfinished.delete()
    written = Response.objects.filter(item__attempt__learner=learner, item__version__kind="essay")
    written.exclude(answer={}).update(answer={"text": ERASED_ANSWER})


RECORDS = Records(name="quizzes", count=count, move=move, export=export, erase=erase)
