"""Numbers of files, exactly: what was written stays as it was written wherever it can."""

import re
from fractions import Fraction

_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})")
_POWER = re.compile(rf"({_DECIMAL.pattern})[eE]([+-]?[0-9]{{1,2}})")
_LONGEST = 60


def read_decimal(text: str) -> Fraction | None:
    """The value of `-0.5`, `.5`, `3e2`; None for what is no decimal."""
    text = text.strip()
    if _DECIMAL.fullmatch(text):
        return Fraction(text.rstrip("."))
    power = _POWER.fullmatch(text)
    if power is None:
        return None
    return Fraction(power[1].rstrip(".")) * Fraction(10) ** int(power[2])


def is_decimal(text: str) -> bool:
    return _DECIMAL.fullmatch(text) is not None


def write_decimal(number: Fraction) -> str | None:
    """Without rounding; None where no decimal of reasonable length says it."""
    places, rest = 0, number.denominator
    while rest % 10 == 0:
        rest, places = rest // 10, places + 1
    for factor in (2, 5):
        while rest % factor == 0:
            rest, places = rest // factor, places + 1
    if rest != 1 or places > _LONGEST:
        return None
    digits = str(abs(number.numerator) * 10**places // number.denominator).rjust(places + 1, "0")
    whole, part = digits[: len(digits) - places], digits[len(digits) - places :].rstrip("0")
    text = f"{whole}.{part}" if part else whole
    return f"-{text}" if number < 0 else text


def nearest_decimal(number: Fraction, places: int) -> str:
    """Rounded to so many places."""
    return write_decimal(Fraction(round(number * 10**places), 10**places)) or "0"
