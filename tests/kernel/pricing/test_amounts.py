"""Quantities as text: exact both ways, and no text is costly."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.kernel.pricing.amounts import (
    MAX_DECIMALS,
    MAX_WHOLE_DIGITS,
    read_amount,
    write_amount,
    write_exact,
)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("0", Fraction(0)),
        ("4", Fraction(4)),
        ("0.5", Fraction(1, 2)),
        ("0.50", Fraction(1, 2)),
        ("007", Fraction(7)),
        ("0.192", Fraction(24, 125)),
        ("9" * MAX_WHOLE_DIGITS, Fraction(10**9 - 1)),
        ("0." + "0" * (MAX_DECIMALS - 1) + "1", Fraction(1, 10**9)),
    ],
)
def test_a_decimal_is_read_exactly(text: str, amount: Fraction) -> None:
    assert read_amount(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", ".5", "5.", "-1", "+1", "1/2", "1e9", "1E-9", "0x1", "1_000", "1,5", "1.2.3"),
        *("nan", "inf", " 1", "1 ", "1\n", "１", "٣", "½", "0.1\u200b", "\ud800"),
        *("1" * (MAX_WHOLE_DIGITS + 1), "0." + "1" * (MAX_DECIMALS + 1), "9" * 100_000),
        "0." + "0" * 100_000,
        *(None, True, 1, 0.5, 10**5000, b"1", ["1"], {"1": 1}),
    ],
    ids=lambda value: repr(value)[:20] if not isinstance(value, int) else "a number",
)
def test_what_is_no_plain_decimal_is_not_read(text: object) -> None:
    assert read_amount(text) is None


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(4), "4"),
        (Fraction(100), "100"),
        (Fraction(1, 2), "0.5"),
        (Fraction(1, 4), "0.25"),
        (Fraction(1, 1000), "0.001"),
        (Fraction(1, 10**9), "0.000000001"),
        (Fraction(207, 1000), "0.207"),
        (Fraction(20, 7), "20/7"),
        (Fraction(1, 3), "1/3"),
        (Fraction(5, 6), "5/6"),
        (Fraction(-1, 2), "-0.5"),
        (Fraction(-2, 3), "-2/3"),
        (Fraction(10**40 + 1), "1" + "0" * 39 + "1"),
        (Fraction(10**30 + 1, 10**20), "10000000000.00000000000000000001"),
    ],
)
def test_a_quantity_is_a_decimal_where_there_is_one_else_a_fraction(
    amount: Fraction, text: str
) -> None:
    assert write_amount(amount) == text


@given(st.fractions(max_denominator=10**6))
def test_what_is_written_is_the_quantity_itself(amount: Fraction) -> None:
    text = write_amount(amount)
    assert Fraction(text) == amount
    assert "e" not in text.lower()


@given(st.integers(0, 10**9 - 1), st.integers(0, MAX_DECIMALS))
def test_every_decimal_of_a_scenario_is_read_back(digits: int, places: int) -> None:
    amount = Fraction(digits, 10**places)
    assert read_amount(write_amount(amount)) == amount


def test_nothing_stays_nothing() -> None:
    assert write_exact(None) is None
    assert write_exact(Fraction(1, 2)) == "0.5"
