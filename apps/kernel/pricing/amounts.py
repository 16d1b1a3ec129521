"""Exact quantities: strings in JSON, fractions inside, never floats.

A quantity is written as a terminating decimal (`"0.5"`) where there is one, else as a fraction
(`"20/7"`).
"""

import re
from decimal import Decimal
from fractions import Fraction

MAX_WHOLE_DIGITS = 9
MAX_DECIMALS = 9
_DECIMAL = re.compile(rf"[0-9]{{1,{MAX_WHOLE_DIGITS}}}(?:\.[0-9]{{1,{MAX_DECIMALS}}})?")


def read_amount(text: object) -> Fraction | None:
    """A quantity of at least 0 as written in a scenario; None where it is not one.

    Digits are bounded and exponents refused, so that no text is costly to read.
    """
    if not isinstance(text, str) or not _DECIMAL.fullmatch(text) or not text.isascii():
        return None
    return Fraction(text)


def write_amount(amount: Fraction) -> str:
    """`Fraction(1, 2)` → `"0.5"`; `Fraction(20, 7)` → `"20/7"`. Nothing is rounded."""
    rest, twos, fives = amount.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{amount.numerator}/{amount.denominator}"
    places = max(twos, fives)
    digits = amount.numerator * 10**places // amount.denominator
    # scaleb and the format of Decimal are exact here: no context precision applies to a literal.
    return f"{Decimal((digits < 0, tuple(map(int, str(abs(digits)))), -places)):f}"


def write_exact(amount: Fraction | None) -> str | None:
    return None if amount is None else write_amount(amount)
