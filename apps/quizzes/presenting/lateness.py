"""What a learner is told about the due time of an attempt that may also be handed in after it."""

import datetime as dt
from dataclasses import dataclass

from apps.quizzes.domain.rules import Window, deadline
from apps.quizzes.models import Attempt


@dataclass(frozen=True, slots=True)
class Lateness:
    """`due_at` is when lateness begins, `ends_at` when the attempt ends by itself; both in UTC."""

    due_at: dt.datetime
    ends_at: dt.datetime
    percent: int
    is_late: bool
    seconds_to_due: int

    @property
    def cost(self) -> str:
        """What handing in late does to the score, as the end of a sentence."""
        return cost_of(self.percent)


def cost_of(percent: int) -> str:
    """`지각으로 남고, 점수에서 10%를 뺍니다`, for a sentence that begins with the handing in."""
    if percent == 0:
        return "지각으로 남지만, 점수는 깎이지 않습니다"
    if percent == 100:
        return "지각으로 남고, 점수는 0점이 됩니다"
    return f"지각으로 남고, 점수에서 {percent}%를 뺍니다"


def lateness_of(attempt: Attempt, window: Window, *, now: dt.datetime) -> Lateness | None:
    """None where the attempt cannot become late: its own time is up before, or lateness is shut."""
    end = deadline(window, started_at=attempt.started_at)
    if window.closes_at is None or end is None or end <= window.closes_at:
        return None
    return Lateness(
        due_at=window.closes_at,
        ends_at=end,
        percent=attempt.run.late_deduction,
        is_late=now > window.closes_at,
        seconds_to_due=max(0, int((window.closes_at - now).total_seconds())),
    )
