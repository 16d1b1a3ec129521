"""A run between its attempts: the rules, what may be started, how the past ones ended."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from apps.accounts.models import Learner
from apps.quizzes.domain.rules import Window, is_late, is_over
from apps.quizzes.models import Attempt, Origin, QuizRun
from apps.quizzes.presenting.lateness import cost_of
from apps.quizzes.presenting.result import Result, counted_attempt, result_of
from apps.quizzes.queries import attempts_left, extension_of, window_of
from apps.quizzes.services.taking import close_if_over
from apps.quizzes.told import told_attempts


@dataclass(frozen=True, slots=True)
class PastAttempt:
    """`result` is None while it may not be told.

    `counts`: this one is the learner's result; of none while any may not be told.
    """

    attempt: Attempt
    result: Result | None
    is_late: bool
    counts: bool


@dataclass(frozen=True, slots=True)
class RunView:
    """The context of `quizzes/_run_rules.html` and `quizzes/_past.html`, as `row`."""

    run: QuizRun
    window: Window
    opens_later: bool
    is_closed: bool
    is_late: bool  # due already, but it goes on
    late_cost: str
    limit: str  # such as 15분; "" without one
    allowed: int | None  # how many attempts in all, further ones granted included
    left: int | None
    running: Attempt | None
    attempts: list[PastAttempt]  # the newest first

    @property
    def may_start(self) -> bool:
        """Whether a new attempt may begin, as far as the rules of the run go."""
        return not (self.running or self.is_closed or self.opens_later or self.left == 0)


def section_of(run: QuizRun) -> str:
    """Which part of the site its pages belong to, for the header."""
    sections = {Origin.ASSIGNMENT.value: "classrooms", Origin.TRIAL.value: "studio"}
    return sections.get(run.origin, "quizzes")


def run_view(run: QuizRun, learner: Learner | None, *, now: dt.datetime) -> RunView:
    """What the learner may do here and has done; attempts whose time is over are closed first."""
    own = (
        Attempt.objects.of(learner)
        .filter(run=run)
        .select_related("run__quiz", "learner")
        .order_by("number")
    )
    attempts = [close_if_over(attempt=attempt, now=now) for attempt in own]
    extension = extension_of(run, learner) if learner else None
    window = window_of(run, extension)
    closed = is_over(window.ends_at, now=now)
    extra = extension.extra_attempts if extension else 0
    return RunView(
        run=run,
        window=window,
        opens_later=window.opens_at is not None and now < window.opens_at,
        is_closed=closed,
        is_late=not closed and window.late_until is not None and is_over(window.closes_at, now=now),
        late_cost=cost_of(run.late_deduction),
        limit=_limit_words(window),
        allowed=None if run.max_attempts is None else run.max_attempts + extra,
        left=attempts_left(run, learner),
        running=next((each for each in attempts if each.is_running), None),
        attempts=_past(run, attempts, window, now),
    )


def _past(
    run: QuizRun, attempts: Sequence[Attempt], window: Window, now: dt.datetime
) -> list[PastAttempt]:
    told = told_attempts(attempts, now=now)
    counted = counted_attempt(run, attempts, window)
    # Which is the best would say something of those that are not told.
    if not all(each.is_running or each.pk in told for each in attempts):
        counted = None
    return [
        PastAttempt(
            each,
            result_of(each, window) if each.pk in told else None,
            each.finished_at is not None and is_late(each.finished_at, window),
            each == counted,
        )
        for each in reversed(attempts)
    ]


def _limit_words(window: Window) -> str:
    """15분, 1분 30초; "" without a limit. What a personal factor makes of it, seconds whole."""
    if window.time_limit is None:
        return ""
    whole = int(round(window.time_limit.total_seconds()) * window.time_factor)
    minutes, seconds = divmod(whole, 60)
    words = [f"{minutes}분"] * bool(minutes) + [f"{seconds}초"] * bool(seconds)
    return " ".join(words)
