"""How one learner stands in one assignment. Everybody's pages ask this one function."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from apps.quizzes.domain.results import Sitting, counted_score, counting_sitting
from apps.quizzes.domain.rules import Window, deducted, is_late, is_over

_ZERO = Decimal(0)


class State(StrEnum):
    NOT_OPEN = "not_open"
    NOT_STARTED = "not_started"
    WORKING = "working"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    MISSING = "missing"
    EXCUSED = "excused"
    GRADING = "grading"

    @property
    def is_done(self) -> bool:
        """Handed in, or read."""
        return self in {State.DONE_ON_TIME, State.DONE_LATE, State.GRADING}


WORDS = {
    State.NOT_OPEN: "열리기 전",
    State.NOT_STARTED: "시작 전",
    State.WORKING: "응시 중",
    State.DONE_ON_TIME: "제출",
    State.DONE_LATE: "지각 제출",
    State.MISSING: "미제출",
    State.EXCUSED: "면제",
    State.GRADING: "채점 중",
}
READING_WORDS = WORDS | {
    State.NOT_STARTED: "읽기 전",
    State.DONE_ON_TIME: "읽음",
    State.DONE_LATE: "늦게 읽음",
    State.MISSING: "읽지 않음",
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What an assignment asks of one learner: `window` is the learner's own, extension included.

    `max_score` is what can be reached by who has not begun; None for a reading, which has no score.
    For a reading `window.closes_at` is when it is due.
    """

    window: Window
    max_score: Decimal | None
    counts: str = "best"  # best | last | first
    late_deduction: int = 0  # percent

    @property
    def is_reading(self) -> bool:
        return self.max_score is None


@dataclass(frozen=True, slots=True)
class Judgment:
    """The newest word of an instructor. Neither score nor excuse: the computed score holds."""

    score: Decimal | None = None
    is_excused: bool = False
    reason: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """State and result of one learner in one assignment.

    - `score`: what counts, after deduction or as an instructor set it; 0 for what is missing;
      None where there is none (yet), where it is excused, and where it must not be told
    - `max_score`: None for a reading
    - `raw_score`: of the counting attempt before deduction; `late_percent`: what was deducted
    - `counting`: the number of the attempt that counts; `attempts`: how many there are
    - `is_running`: an attempt is under way, whatever the state says of earlier ones
    - `reason`: of an override or excuse; `comment`: the newest mark's
    - `due_at`, `ends_at`: this learner's; after `ends_at` nothing can be handed in
    - `finished_at`: of the attempt that counts; of a reading, when it was marked as read
    - `is_told`: False where result and comment are withheld from the learner
    """

    state: State
    score: Decimal | None
    max_score: Decimal | None
    raw_score: Decimal | None = None
    late_percent: int = 0
    counting: int | None = None
    attempts: int = 0
    is_running: bool = False
    is_overridden: bool = False
    reason: str = ""
    comment: str = ""
    due_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    finished_at: dt.datetime | None = None
    is_told: bool = True

    @property
    def is_reading(self) -> bool:
        return self.max_score is None

    @property
    def word(self) -> str:
        """The state in Korean."""
        return (READING_WORDS if self.is_reading else WORDS)[self.state]

    @property
    def counted_attempt(self) -> int | None:
        """The number of the attempt whose score is the result; None where a person set another."""
        return None if self.is_overridden or self.state is State.EXCUSED else self.counting

    @property
    def for_total(self) -> tuple[Decimal, Decimal] | None:
        """Points and maximum that enter a sum; None for what is left out of it.

        Left out: readings, what is excused, what is not due and not handed in, and what a person
        still has to grade. What was not handed in when it was due enters as zero.
        """
        if self.score is None or self.max_score is None:
            return None
        if self.state is State.GRADING:
            return None
        return self.score, self.max_score


def standing_of(
    rules: Rules, sittings: Sequence[Sitting], judgment: Judgment | None, *, now: dt.datetime
) -> Standing:
    """The one status function.

    `sittings` are the learner's attempts; those whose time is over must have been closed before.
    A reading has none, or one without a score whose `finished_at` is when it was read.
    """
    computed = _reading(rules, sittings, now) if rules.is_reading else _quiz(rules, sittings, now)
    return computed if judgment is None else _judged(computed, judgment)


def withheld(standing: Standing) -> Standing:
    """The same without what a feedback policy does not tell yet; an excuse is told at once."""
    if standing.state is State.EXCUSED:
        return replace(standing, raw_score=None, counting=None)
    return replace(
        standing,
        score=_ZERO if standing.state is State.MISSING and not standing.is_overridden else None,
        raw_score=None,
        counting=None,
        is_overridden=False,
        reason="",
        comment="",
        is_told=False,
    )


def _reading(rules: Rules, sittings: Sequence[Sitting], now: dt.datetime) -> Standing:
    read_at = next((each.finished_at for each in sittings if each.finished_at), None)
    if read_at is None:
        state = _undone(rules.window, now)
    elif is_late(read_at, rules.window):
        state = State.DONE_LATE
    else:
        state = State.DONE_ON_TIME
    due_at = rules.window.closes_at
    return Standing(state, None, None, due_at=due_at, ends_at=due_at, finished_at=read_at)


def _quiz(rules: Rules, sittings: Sequence[Sitting], now: dt.datetime) -> Standing:
    window = rules.window
    base = Standing(
        State.WORKING,
        None,
        rules.max_score,
        attempts=len(sittings),
        is_running=any(each.finished_at is None for each in sittings),
        due_at=window.closes_at,
        ends_at=window.ends_at,
    )
    counting = counting_sitting(
        sittings, counts=rules.counts, window=window, late_deduction=rules.late_deduction
    )
    if counting is None or counting.finished_at is None:
        if base.is_running:
            return base
        state = _undone(window, now)
        return replace(base, state=state, score=_ZERO if state is State.MISSING else None)
    late = is_late(counting.finished_at, window)
    score = counted_score(counting, window, rules.late_deduction)
    state = State.DONE_LATE if late else State.DONE_ON_TIME
    if _waits_for_a_grader(counting, score, rules, sittings):
        state = State.GRADING
    return replace(
        base,
        state=state,
        score=score,
        max_score=counting.max_score,
        raw_score=counting.score,
        late_percent=rules.late_deduction if late else 0,
        counting=counting.number,
        finished_at=counting.finished_at,
    )


def _undone(window: Window, now: dt.datetime) -> State:
    """Of what nobody has begun. Missing from the due time on, even while it may come late."""
    if window.opens_at is not None and now < window.opens_at:
        return State.NOT_OPEN
    return State.MISSING if is_over(window.closes_at, now=now) else State.NOT_STARTED


def _waits_for_a_grader(
    counting: Sitting, score: Decimal | None, rules: Rules, sittings: Sequence[Sitting]
) -> bool:
    """Whether grading may still change the result, be it that another attempt becomes the best."""
    if counting.is_provisional:
        return True
    if rules.counts != "best" or score is None:
        return False
    return any(
        _best_case(each, rules) > score
        for each in sittings
        if each.is_provisional and each.finished_at is not None
    )


def _best_case(sitting: Sitting, rules: Rules) -> Decimal:
    if sitting.finished_at is not None and is_late(sitting.finished_at, rules.window):
        return deducted(sitting.max_score, rules.late_deduction)
    return sitting.max_score


def _judged(computed: Standing, judgment: Judgment) -> Standing:
    """An instructor's word over what was computed."""
    said = replace(computed, comment=judgment.comment)
    if judgment.is_excused:
        return replace(said, state=State.EXCUSED, score=None, reason=judgment.reason)
    if judgment.score is None or computed.is_reading:
        return said
    state = computed.state
    if state is State.GRADING:  # a person has graded it as a whole
        late = _finished_late(computed)
        state = State.DONE_LATE if late else State.DONE_ON_TIME
    return replace(
        said, state=state, score=judgment.score, is_overridden=True, reason=judgment.reason
    )


def _finished_late(standing: Standing) -> bool:
    if standing.finished_at is None:
        return False
    return is_late(standing.finished_at, Window(closes_at=standing.due_at))
