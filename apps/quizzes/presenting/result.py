"""Scores in words, and which of several attempts is the result."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from apps.quizzes.domain.results import Sitting, counting_sitting
from apps.quizzes.domain.rules import Window
from apps.quizzes.models import Attempt, QuizRun
from apps.quizzes.queries import may_see_result


@dataclass(frozen=True, slots=True)
class Result:
    """The score of an attempt as it may be shown; `percent` is rounded half up for display."""

    score: str
    max_score: str
    percent: int
    passed: bool | None
    is_provisional: bool


def number(value: Decimal) -> str:
    """`3`, `2.5`, `0.67`: two places, rounded half up, and no zeros that say nothing."""
    text = f"{value.quantize(Decimal('0.01'), rounding=ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def result_line(attempt: Attempt, *, now: dt.datetime) -> Result | None:
    """None while the score is not to be known, or not known."""
    if attempt.score is None or not may_see_result(attempt, now=now):
        return None
    share = attempt.score * 100 / attempt.max_score
    pass_mark = attempt.run.quiz.pass_mark
    return Result(
        number(attempt.score),
        number(attempt.max_score),
        int(share.quantize(Decimal(1), rounding=ROUND_HALF_UP)),
        None if pass_mark is None or attempt.is_provisional else share >= pass_mark,
        attempt.is_provisional,
    )


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
