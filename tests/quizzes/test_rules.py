"""The rules of time and points, as pure functions."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from apps.quizzes.domain.rules import Window, deadline, is_over, points_for

NOW = dt.datetime(2026, 3, 6, 9, 0, tzinfo=dt.UTC)
times = st.datetimes(
    dt.datetime(2026, 1, 1),  # noqa: DTZ001
    dt.datetime(2027, 1, 1),  # noqa: DTZ001
    timezones=st.just(dt.UTC),
)
limits = st.integers(1, 600 * 60).map(lambda seconds: dt.timedelta(seconds=seconds))
factors = st.decimals(1, 9, places=2)
windows = st.builds(
    Window,
    opens_at=st.none() | times,
    closes_at=st.none() | times,
    time_limit=st.none() | limits,
    time_factor=factors,
)
points = st.decimals("0.01", "100", places=2)


def test_nothing_that_ends_has_no_deadline() -> None:
    assert deadline(Window(opens_at=NOW), started_at=NOW) is None
    assert not is_over(None, now=NOW)


def test_a_factor_is_exact_to_the_second() -> None:
    window = Window(time_limit=dt.timedelta(minutes=15), time_factor=Decimal("1.25"))
    assert deadline(window, started_at=NOW) == NOW + dt.timedelta(minutes=18, seconds=45)


@given(windows, times)
def test_the_deadline_is_the_earlier_of_both_ends(window: Window, start: dt.datetime) -> None:
    end = deadline(window, started_at=start)
    if window.closes_at is None and window.time_limit is None:
        assert end is None
        return
    assert end is not None
    if window.closes_at is not None:
        assert end <= window.closes_at
    if window.time_limit is not None:
        assert end <= start + window.time_limit * 9
        # Own time is never shorter than the limit, unless the run closes before.
        assert end == window.closes_at or end >= start + window.time_limit


@given(windows, times, factors)
def test_more_time_never_ends_sooner(window: Window, start: dt.datetime, factor: Decimal) -> None:
    more = Window(window.opens_at, window.closes_at, window.time_limit, window.time_factor + factor)
    before, after = deadline(window, started_at=start), deadline(more, started_at=start)
    assert (before is None) == (after is None)
    assert before is None or after is None or after >= before


@given(times, st.timedeltas(dt.timedelta(microseconds=1), dt.timedelta(days=9)))
def test_an_attempt_runs_up_to_its_deadline_and_no_longer(
    end: dt.datetime, later: dt.timedelta
) -> None:
    assert not is_over(end, now=end - later)
    assert not is_over(end, now=end)
    assert is_over(end, now=end + later)


@given(st.fractions(0, 1), points)
def test_points_stay_within_what_the_item_is_worth(fraction: Fraction, most: Decimal) -> None:
    score = points_for(fraction, most)
    assert 0 <= score <= most
    assert abs(Fraction(score) - fraction * Fraction(most)) <= Fraction(1, 20_000)
    assert int(score.as_tuple().exponent) >= -4


@given(points)
def test_all_and_nothing_are_exact(most: Decimal) -> None:
    assert points_for(Fraction(1), most) == most
    assert points_for(Fraction(0), most) == 0


@given(st.fractions(0, 1), st.fractions(0, 1), points)
def test_a_better_answer_is_never_worth_less(one: Fraction, other: Fraction, most: Decimal) -> None:
    worse, better = sorted((one, other))
    assert points_for(worse, most) <= points_for(better, most)


def test_halves_are_rounded_up() -> None:
    assert points_for(Fraction(1, 3), Decimal(1)) == Decimal("0.3333")
    assert points_for(Fraction(2, 3), Decimal(1)) == Decimal("0.6667")
    assert points_for(Fraction(1, 2), Decimal("0.0001")) == Decimal("0.0001")
