"""Which of several sittings is the result, and what it is worth after lateness."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.quizzes.domain.rules import Window, deducted, is_late


@dataclass(frozen=True, slots=True)
class Sitting:
    """One attempt as far as its result is concerned.

    `finished_at` None: it is running. `score` None: it was never graded.
    """

    number: int
    score: Decimal | None
    max_score: Decimal
    finished_at: dt.datetime | None
    is_provisional: bool = False


def counted_score(sitting: Sitting, window: Window, late_deduction: int) -> Decimal | None:
    """The score that counts: less `late_deduction` percent if it was finished late."""
    if sitting.score is None or sitting.finished_at is None:
        return None
    if is_late(sitting.finished_at, window):
        return deducted(sitting.score, late_deduction)
    return sitting.score


def counting_sitting(
    sittings: Sequence[Sitting], *, counts: str, window: Window, late_deduction: int
) -> Sitting | None:
    """The sitting that is the result; None before the first one is finished.

    `counts`: "best" (after deduction; of equals the earlier one), "last" or "first". An attempt
    that still runs never counts.
    """
    finished = [(each, counted_score(each, window, late_deduction)) for each in sittings]
    closed = [(each, score) for each, score in finished if score is not None]
    if not closed:
        return None
    if counts == "first":
        return min(closed, key=lambda pair: pair[0].number)[0]
    if counts == "last":
        return max(closed, key=lambda pair: pair[0].number)[0]
    # By points, not by share: practice of a few items that went wrong is no better result.
    return max(closed, key=lambda pair: (pair[1], -pair[0].number))[0]
