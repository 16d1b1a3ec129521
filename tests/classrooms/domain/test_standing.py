"""How one learner stands in one assignment: the states, the score, and who has the last word."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.classrooms.domain.standing import (
    READING_WORDS,
    WORDS,
    Judgment,
    Rules,
    Standing,
    State,
    standing_of,
    withheld,
)
from apps.quizzes.domain.results import Sitting
from apps.quizzes.domain.rules import Window

DUE = dt.datetime(2026, 3, 6, 15, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
OPENS = DUE - 48 * HOUR
LATEST = DUE + 24 * HOUR
ZERO, FIVE, SIX, EIGHT, NINE, TEN = (Decimal(each) for each in (0, 5, 6, 8, 9, 10))


def rules(**changed: Any) -> Rules:
    window = Window(opens_at=OPENS, closes_at=DUE, late_until=LATEST)
    return replace(Rules(window, TEN, late_deduction=10), **changed)


def reading_rules() -> Rules:
    return Rules(Window(opens_at=OPENS, closes_at=DUE), None)


def sitting(number: int, score: str | None, at: dt.datetime | None, **changed: bool) -> Sitting:
    value = None if score is None else Decimal(score)
    return Sitting(number, value, TEN, at, **changed)


def stand(
    *sittings: Sitting,
    now: dt.datetime = DUE - HOUR,
    judgment: Judgment | None = None,
    of: Rules | None = None,
) -> Standing:
    return standing_of(of or rules(), sittings, judgment, now=now)


def test_before_it_opens_nothing_is_expected() -> None:
    assert stand(now=OPENS - HOUR).state is State.NOT_OPEN
    assert stand(now=OPENS).state is State.NOT_STARTED


def test_at_the_due_time_nothing_is_missing_and_after_it_all_is_that_was_not_handed_in() -> None:
    assert stand(now=DUE).state is State.NOT_STARTED
    after = stand(now=DUE + dt.timedelta(seconds=1))
    assert (after.state, after.score, after.max_score) == (State.MISSING, ZERO, TEN)


def test_without_a_due_time_nothing_is_ever_missing() -> None:
    open_end = rules(window=Window())
    assert stand(now=LATEST + 999 * HOUR, of=open_end).state is State.NOT_STARTED


def test_somebody_working_is_not_missing_even_when_it_is_late_already() -> None:
    running = stand(sitting(1, None, None), now=DUE + HOUR)
    assert (running.state, running.is_running, running.score) == (State.WORKING, True, None)
    assert running.for_total is None


def test_what_was_handed_in_at_the_due_time_is_on_time_and_later_is_late_with_its_deduction() -> (
    None
):
    on_time = stand(sitting(1, "8", DUE), now=LATEST)
    assert (on_time.state, on_time.score, on_time.late_percent) == (State.DONE_ON_TIME, EIGHT, 0)
    late = stand(sitting(1, "8", DUE + HOUR), now=LATEST)
    assert (late.state, late.score, late.raw_score) == (State.DONE_LATE, Decimal("7.2"), EIGHT)
    assert late.late_percent == 10


def test_a_second_attempt_under_way_leaves_the_result_of_the_first() -> None:
    both = stand(sitting(1, "8", DUE - HOUR), sitting(2, None, None))
    assert (both.state, both.score, both.is_running) == (State.DONE_ON_TIME, EIGHT, True)
    assert (both.counting, both.attempts) == (1, 2)


def test_the_best_attempt_is_chosen_after_the_deduction() -> None:
    both = stand(sitting(1, "8", DUE - HOUR), sitting(2, "8.5", DUE + HOUR), now=LATEST)
    assert (both.counting, both.score, both.state) == (1, EIGHT, State.DONE_ON_TIME)


def test_what_waits_for_a_grader_shows_its_score_but_enters_no_sum() -> None:
    waiting = stand(sitting(1, "5", DUE - HOUR, is_provisional=True))
    assert (waiting.state, waiting.score, waiting.for_total) == (State.GRADING, FIVE, None)


def test_an_ungraded_attempt_that_could_still_become_the_best_keeps_the_result_open() -> None:
    done = sitting(1, "8", DUE - HOUR)
    waiting = sitting(2, "2", DUE - HOUR, is_provisional=True)
    assert stand(done, waiting).state is State.GRADING
    perfect = sitting(1, "10", DUE - HOUR)
    assert stand(perfect, waiting).state is State.DONE_ON_TIME
    assert stand(done, waiting, of=rules(counts="first")).state is State.DONE_ON_TIME


def test_an_ungraded_late_attempt_that_the_deduction_keeps_below_changes_nothing() -> None:
    done = sitting(1, "9", DUE - HOUR)
    late = sitting(2, "2", DUE + HOUR, is_provisional=True)  # at most 10 - 10 % = 9
    assert stand(done, late, now=LATEST).state is State.DONE_ON_TIME


def test_an_override_of_ungraded_work_settles_it() -> None:
    override = Judgment(score=Decimal(9), reason="서술형을 읽음")
    settled = stand(sitting(1, "5", DUE + HOUR, is_provisional=True), judgment=override, now=LATEST)
    assert (settled.state, settled.score) == (State.DONE_LATE, NINE)
    assert settled.for_total == (NINE, TEN)


def test_an_override_of_missing_work_counts_and_says_that_it_is_missing() -> None:
    override = Judgment(score=Decimal(6), reason="종이로 냄")
    paper = stand(now=LATEST, judgment=override)
    assert (paper.state, paper.score, paper.is_overridden) == (State.MISSING, SIX, True)
    assert paper.for_total == (SIX, TEN)


def test_a_mark_without_score_and_excuse_is_only_a_word() -> None:
    judgment = Judgment(reason="다시 계산함", comment="잘했습니다.")
    said = stand(sitting(1, "8", DUE), judgment=judgment)
    assert (said.score, said.is_overridden, said.comment) == (EIGHT, False, "잘했습니다.")
    assert said.reason == ""


def test_a_reading_is_done_when_it_was_marked_as_read_and_has_no_score() -> None:
    of = reading_rules()
    read = Sitting(1, None, Decimal(0), DUE)
    late = Sitting(1, None, Decimal(0), DUE + HOUR)
    assert stand(of=of).word == "읽기 전"
    assert stand(read, of=of).state is State.DONE_ON_TIME
    assert stand(late, of=of, now=LATEST).state is State.DONE_LATE
    missing = stand(of=of, now=LATEST)
    assert (missing.state, missing.word) == (State.MISSING, "읽지 않음")
    assert missing.score is None
    assert missing.for_total is None


def test_a_reading_takes_no_score_even_from_a_mark() -> None:
    marked = stand(of=reading_rules(), judgment=Judgment(score=Decimal(3), reason="?"))
    assert marked.score is None
    assert not marked.is_overridden


def test_who_read_before_it_was_open_has_read_it() -> None:
    early = Sitting(1, None, Decimal(0), OPENS - HOUR)
    assert stand(early, of=reading_rules(), now=OPENS - HOUR).state is State.DONE_ON_TIME


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_word_for_quizzes_and_for_readings(state: State) -> None:
    assert WORDS[state]
    assert READING_WORDS[state]


def test_what_is_withheld_tells_the_state_and_no_figure_of_the_work() -> None:
    override = Judgment(score=Decimal(9), reason="다시 읽음", comment="3번은 맞습니다.")
    told = stand(sitting(1, "8", DUE + HOUR), judgment=override, now=LATEST)
    silent = withheld(told)
    assert (silent.state, silent.is_told, silent.max_score) == (State.DONE_LATE, False, TEN)
    assert (silent.score, silent.raw_score, silent.counting) == (None, None, None)
    assert (silent.reason, silent.comment, silent.is_overridden) == ("", "", False)


def test_an_excuse_and_the_zero_of_what_is_missing_are_told_at_once() -> None:
    excused = stand(judgment=Judgment(is_excused=True, reason="병결"))
    assert withheld(excused) == excused
    assert withheld(stand(now=LATEST)).score == 0


moments = st.integers(-72 * 60, 72 * 60).map(lambda minutes: DUE + dt.timedelta(minutes=minutes))
scores = st.integers(0, 1000).map(lambda hundredths: Decimal(hundredths) / 100)


@st.composite
def sittings(draw: st.DrawFn) -> list[Sitting]:
    made = [
        Sitting(number, draw(scores), TEN, draw(moments), draw(st.booleans()))
        for number in range(1, draw(st.integers(0, 4)) + 1)
    ]
    if draw(st.booleans()):
        made.append(Sitting(len(made) + 1, None, TEN, None))
    return made


some_rules = st.builds(
    rules,
    counts=st.sampled_from(["best", "last", "first"]),
    late_deduction=st.integers(0, 100),
)
judgments = st.one_of(
    st.none(),
    st.builds(Judgment, score=scores, reason=st.just("이유")),
    st.builds(Judgment, is_excused=st.just(True), reason=st.just("이유")),
    st.builds(Judgment, comment=st.text(max_size=10)),
)


@given(some_rules, sittings(), scores, moments)
def test_an_override_always_wins(
    of: Rules, made: list[Sitting], score: Decimal, now: dt.datetime
) -> None:
    override = Judgment(score=score, reason="이유")
    standing = standing_of(of, made, override, now=now)
    assert standing.score == score
    assert standing.is_overridden
    assert standing.for_total == (score, TEN)


@given(some_rules, sittings(), moments)
def test_what_is_excused_never_counts(of: Rules, made: list[Sitting], now: dt.datetime) -> None:
    standing = standing_of(of, made, Judgment(is_excused=True, reason="병결"), now=now)
    assert (standing.state, standing.score, standing.for_total) == (State.EXCUSED, None, None)


@given(some_rules, sittings(), moments)
def test_taking_an_override_back_gives_the_computed_score_again(
    of: Rules, made: list[Sitting], now: dt.datetime
) -> None:
    computed = standing_of(of, made, None, now=now)
    assert standing_of(of, made, Judgment(), now=now) == computed


@given(some_rules, sittings(), moments)
def test_lateness_never_raises_a_score(of: Rules, made: list[Sitting], now: dt.datetime) -> None:
    standing = standing_of(of, made, None, now=now)
    if standing.raw_score is not None and standing.score is not None:
        assert 0 <= standing.score <= standing.raw_score
        assert standing.state is not State.DONE_ON_TIME or standing.score == standing.raw_score


@given(some_rules, sittings(), moments, st.integers(0, 96))
def test_an_extension_never_makes_somebody_late_or_missing_who_was_not(
    of: Rules, made: list[Sitting], now: dt.datetime, hours: int
) -> None:
    of = replace(of, counts="first")  # with "best" a later attempt may become the better one
    window = replace(of.window, closes_at=DUE + hours * HOUR, late_until=LATEST + hours * HOUR)
    before = standing_of(of, made, None, now=now)
    after = standing_of(replace(of, window=window), made, None, now=now)
    assert after.state is before.state or before.state in {State.DONE_LATE, State.MISSING}
    assert (after.score or 0) >= (before.score or 0)


@given(some_rules, sittings(), judgments, moments)
def test_what_is_withheld_is_the_same_whatever_the_scores_are(
    of: Rules, made: list[Sitting], judgment: Judgment | None, now: dt.datetime
) -> None:
    """Two learners who differ in scores alone look alike until the policy tells."""
    of = replace(of, counts="last")
    others = [replace(each, score=None if each.score is None else Decimal(1)) for each in made]
    assert withheld(standing_of(of, made, judgment, now=now)) == withheld(
        standing_of(of, others, judgment, now=now)
    )


@given(some_rules, sittings(), judgments, moments)
def test_a_score_is_within_what_can_be_reached(
    of: Rules, made: list[Sitting], judgment: Judgment | None, now: dt.datetime
) -> None:
    standing = standing_of(of, made, judgment, now=now)
    assert standing.score is None or 0 <= standing.score <= TEN
