"""The rules of taking, as pure functions: when an attempt ends, what may be told when."""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_STEP = Decimal("0.0001")
STALE_AFTER = dt.timedelta(days=2 * 365)
"""A number that changes is asked in an exam only this long after the day on which it was true."""


@dataclass(frozen=True, slots=True)
class Window:
    """The rules of a run that decide about time; None: no such limit. Times are aware, in UTC.

    `closes_at` is when it is due; `late_until`, where it is set, is later and the real end.
    """

    opens_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None
    time_limit: dt.timedelta | None = None
    time_factor: Decimal = Decimal(1)
    late_until: dt.datetime | None = None

    @property
    def ends_at(self) -> dt.datetime | None:
        """After this nobody may begin or go on."""
        return self.late_until or self.closes_at


def deadline(window: Window, *, started_at: dt.datetime) -> dt.datetime | None:
    """When an attempt ends by itself: its own time is up, or the run ends, whichever is first."""
    ends = [] if window.ends_at is None else [window.ends_at]
    if window.time_limit is not None:
        seconds = Decimal(round(window.time_limit.total_seconds())) * window.time_factor
        ends.append(started_at + dt.timedelta(seconds=float(seconds)))
    return min(ends, default=None)


def is_over(end: dt.datetime | None, *, now: dt.datetime) -> bool:
    """At its deadline an attempt still runs; after it, it is over."""
    return end is not None and now > end


def is_late(finished_at: dt.datetime, window: Window) -> bool:
    """Whether what was finished then came after it was due."""
    return window.closes_at is not None and finished_at > window.closes_at


def deducted(score: Decimal, percent: int) -> Decimal:
    """What is left of a late score, rounded half up to four places."""
    return (score * (100 - percent) / 100).quantize(_STEP, rounding=ROUND_HALF_UP)


def points_for(fraction: Fraction, points: Decimal) -> Decimal:
    """The score of an item, rounded half up to four places: one rounding, here only."""
    exact = Decimal(fraction.numerator) * points / Decimal(fraction.denominator)
    return exact.quantize(_STEP, rounding=ROUND_HALF_UP)


def oldest_fit_for_exams(today: dt.date) -> dt.date:
    """Numbers that were true on this day or later may still be graded."""
    return today - STALE_AFTER
