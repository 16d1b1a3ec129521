"""Which sitting is the result, and what lateness takes of it."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.quizzes.domain.results import Sitting, counted_score, counting_sitting
from apps.quizzes.domain.rules import Window, deducted, is_late

DUE = dt.datetime(2026, 3, 6, 9, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
LATE = Window(closes_at=DUE, late_until=DUE + 24 * HOUR)
MOST = Decimal(10)

scores = st.decimals(0, 10, places=4)
percents = st.integers(0, 100)
finishes = st.integers(-48, 48).map(lambda hours: DUE + hours * HOUR)
windows = st.sampled_from([Window(), Window(closes_at=DUE), LATE])
ways = st.sampled_from(["best", "last", "first"])


def _sitting(number: int, score: Decimal | None, finished: dt.datetime | None) -> Sitting:
    return Sitting(number, score, MOST, finished)


@st.composite
def sittings(draw: st.DrawFn) -> list[Sitting]:
    """Numbered from one, in any order; some still run, some were never graded."""
    rows = draw(st.lists(st.tuples(st.none() | scores, st.none() | finishes), max_size=6))
    made = [_sitting(number, *row) for number, row in enumerate(rows, start=1)]
    return draw(st.permutations(made))


def _closed(all_of_them: Sequence[Sitting]) -> list[Sitting]:
    return [s for s in all_of_them if s.score is not None and s.finished_at is not None]


@given(scores, finishes, windows, percents)
def test_in_time_everything_counts_and_late_never_more(
    score: Decimal, finished: dt.datetime, window: Window, percent: int
) -> None:
    counted = counted_score(_sitting(1, score, finished), window, percent)
    assert counted is not None
    if is_late(finished, window):
        assert 0 <= counted <= score
        assert counted == deducted(score, percent)
    else:
        assert counted == score


@given(scores, percents, percents)
def test_a_harder_deduction_never_leaves_more(score: Decimal, one: int, other: int) -> None:
    mild, hard = sorted((one, other))
    assert deducted(score, hard) <= deducted(score, mild)


@given(scores)
def test_nothing_and_everything_are_taken_exactly(score: Decimal) -> None:
    assert deducted(score, 0) == score
    assert deducted(score, 100) == 0


def test_at_the_due_time_itself_nothing_is_late() -> None:
    sitting = _sitting(1, Decimal(8), DUE)
    assert counted_score(sitting, LATE, 10) == Decimal(8)
    a_moment_later = _sitting(1, Decimal(8), DUE + dt.timedelta(microseconds=1))
    assert counted_score(a_moment_later, LATE, 10) == Decimal("7.2")


def test_what_is_left_is_rounded_half_up_to_four_places() -> None:
    assert deducted(Decimal("0.3333"), 50) == Decimal("0.1667")
    assert deducted(Decimal("0.6667"), 10) == Decimal("0.6000")


@given(sittings(), ways, windows, percents)
def test_the_result_is_one_of_the_finished_ones(
    given_ones: list[Sitting], counts: str, window: Window, percent: int
) -> None:
    found = counting_sitting(given_ones, counts=counts, window=window, late_deduction=percent)
    closed = _closed(given_ones)
    assert (found is None) == (not closed)
    assert found is None or found in closed


@given(sittings(), windows, percents)
def test_the_best_is_the_earliest_of_those_that_count_most(
    given_ones: list[Sitting], window: Window, percent: int
) -> None:
    found = counting_sitting(given_ones, counts="best", window=window, late_deduction=percent)
    if found is None:
        return
    counted = {s.number: counted_score(s, window, percent) for s in _closed(given_ones)}
    most = max(score for score in counted.values() if score is not None)
    assert found.number == min(number for number, score in counted.items() if score == most)


@given(sittings(), windows, percents)
def test_the_order_of_the_rows_decides_nothing(
    given_ones: list[Sitting], window: Window, percent: int
) -> None:
    for counts in ("best", "last", "first"):
        one, other = (
            counting_sitting(rows, counts=counts, window=window, late_deduction=percent)
            for rows in (given_ones, given_ones[::-1])
        )
        assert one == other


@given(sittings(), windows, percents)
def test_first_and_last_go_by_number_whatever_the_score(
    given_ones: list[Sitting], window: Window, percent: int
) -> None:
    numbers = [s.number for s in _closed(given_ones)]
    for counts, number in (("first", min), ("last", max)):
        found = counting_sitting(given_ones, counts=counts, window=window, late_deduction=percent)
        assert (found.number if found else None) == (number(numbers) if numbers else None)


@pytest.mark.parametrize(("percent", "number"), [(10, 2), (50, 1)])
def test_a_better_but_late_one_counts_only_while_it_stays_better(percent: int, number: int) -> None:
    both = [_sitting(1, Decimal(6), DUE - HOUR), _sitting(2, Decimal(10), DUE + HOUR)]
    found = counting_sitting(both, counts="best", window=LATE, late_deduction=percent)
    assert found is not None
    assert found.number == number


def test_a_later_end_of_ones_own_makes_it_in_time() -> None:
    extended = Window(closes_at=DUE + 3 * HOUR)
    late_for_others = _sitting(1, Decimal(10), DUE + HOUR)
    assert counted_score(late_for_others, extended, 50) == Decimal(10)
