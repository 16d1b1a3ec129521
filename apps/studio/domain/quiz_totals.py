"""How long a quiz takes, by its kinds of questions: a rule of thumb that the help states."""

from collections.abc import Iterable
from fractions import Fraction

MINUTES = {
    "true_false": Fraction(1, 2),
    "single": Fraction(1),
    "short_text": Fraction(1),
    "multiple": Fraction(3, 2),
    "numeric": Fraction(2),
    "matching": Fraction(2),
    "ordering": Fraction(2),
    "categorize": Fraction(2),
    "generated": Fraction(2),
    "scenario": Fraction(3),
    "essay": Fraction(5),
}
"""Minutes an item of each kind takes most learners."""
UNKNOWN = Fraction(1)


def minutes_of(kind: str) -> Fraction:
    return MINUTES.get(kind, UNKNOWN)


def mean_minutes(kinds: Iterable[str]) -> Fraction:
    """Of an item drawn from questions of these kinds."""
    each = [minutes_of(kind) for kind in kinds]
    return sum(each, Fraction(0)) / len(each) if each else UNKNOWN


def whole_minutes(total: Fraction) -> int:
    """Rounded up; what can be taken at all takes a minute."""
    return max(1, -(-total.numerator // total.denominator))
