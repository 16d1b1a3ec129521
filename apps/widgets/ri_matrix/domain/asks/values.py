"""Questions as plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from apps.kernel.pricing.amounts import write_amount


@dataclass(frozen=True, slots=True)
class Option:
    """One answer. Neither its id nor its place among the others tells whether it is right."""

    id: str
    text: str
    feedback: str


@dataclass(frozen=True, slots=True)
class Question:
    """`key` holds the ids of all right options; exactly one unless several may be picked."""

    id: str
    stem: str
    options: tuple[Option, ...]
    key: frozenset[str]
    explanation: str
    multiple: bool = False


def sentences(*parts: str) -> str:
    """The parts that say something, each of them once."""
    return " ".join(dict.fromkeys(part for part in parts if part))


def spoken_amount(amount: Fraction) -> str:
    """`4`, `0.5`, `1,000`: as written, with the thousands of a whole number set apart."""
    if amount.denominator == 1:
        return f"{amount.numerator:,}"
    return write_amount(amount)


def amount_id(amount: Fraction) -> str:
    """`0.5`, `20/7`: an id that is the amount itself."""
    return write_amount(amount)


def ascending(amounts: Iterable[Fraction]) -> list[Fraction]:
    """Each amount once, smallest first: the place of one among them tells nothing."""
    return sorted(set(amounts))
