"""Scores in words, and which of several attempts is the result."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from apps.quizzes.domain.results import Sitting, counted_score, counting_sitting
from apps.quizzes.domain.rules import Window, is_late
from apps.quizzes.models import Attempt, QuizRun
from apps.quizzes.queries import may_see_result, own_window


@dataclass(frozen=True, slots=True)
class Result:
    """The score of an attempt as it may be shown; percentages are rounded half up for display.

    `score` is what the answers are worth. `late_percent` is what lateness takes of it (None: in
    time), and `counted` what is left; whether the learner passed goes by that.
    """

    score: str
    max_score: str
    percent: int
    passed: bool | None
    is_provisional: bool
    late_percent: int | None
    counted: str
    counted_percent: int


def number(value: Decimal) -> str:
    """`3`, `2.5`, `0.67`: two places, rounded half up, and no zeros that say nothing."""
    text = f"{value.quantize(Decimal('0.01'), rounding=ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def result_line(
    attempt: Attempt, *, now: dt.datetime, window: Window | None = None
) -> Result | None:
    """None while the score is not to be known, or not known.

    `window` is the learner's own; without it the attempt's is looked up.
    """
    if attempt.score is None or not may_see_result(attempt, now=now):
        return None
    return result_of(attempt, window or own_window(attempt))


def result_of(attempt: Attempt, window: Window) -> Result | None:
    """The same for who has asked the policy already (`told_attempts`)."""
    run = attempt.run
    counted = counted_score(sitting_of(attempt), window, run.late_deduction)
    if attempt.score is None or attempt.finished_at is None or counted is None:
        return None
    share = counted * 100 / attempt.max_score
    pass_mark = run.quiz.pass_mark
    return Result(
        score=number(attempt.score),
        max_score=number(attempt.max_score),
        percent=_whole(attempt.score * 100 / attempt.max_score),
        passed=None if pass_mark is None or attempt.is_provisional else share >= pass_mark,
        is_provisional=attempt.is_provisional,
        late_percent=run.late_deduction if is_late(attempt.finished_at, window) else None,
        counted=number(counted),
        counted_percent=_whole(share),
    )


def _whole(share: Decimal) -> int:
    return int(share.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def sitting_of(attempt: Attempt) -> Sitting:
    return Sitting(
        attempt.number,
        attempt.score,
        attempt.max_score,
        attempt.finished_at,
        attempt.is_provisional,
    )


def counted_attempt(run: QuizRun, attempts: Sequence[Attempt], window: Window) -> Attempt | None:
    """The attempt that is the learner's result; `window` is the learner's own."""
    by_number = {each.number: each for each in attempts}
    found = counting_sitting(
        [sitting_of(each) for each in attempts],
        counts=run.counts,
        window=window,
        late_deduction=run.late_deduction,
    )
    return by_number[found.number] if found else None
