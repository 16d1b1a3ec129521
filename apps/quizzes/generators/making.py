"""What all generators share: random numbers by seed, and answers that do not stand out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any, TypeVar

from apps.widgetkit.asks import Ask, Choice, Generator, Parameter, Variant

Json = dict[str, Any]
T = TypeVar("T")
CHOICES = 4
_TRIES = 2000


@dataclass(frozen=True, slots=True)
class Sum:
    """A question whose answer is a number, with the numbers that come of mistakes."""

    scenario: Json
    stem: str
    key: int
    slips: Sequence[tuple[int, str]]  # a wrong number, and the misconception behind it
    explanation: str
    show: Callable[[int], str]  # the number with its unit


def generator(
    name: str, title: str, make: Callable[..., Variant], *parameters: Parameter
) -> Generator:
    """`make(name, rng, **parameters)`: all chance comes from `rng`."""
    return Generator(name, title, partial(_make, name, make), parameters)


def sum_generator(
    name: str, title: str, draw: Callable[..., Sum | None], *parameters: Parameter
) -> Generator:
    """`draw(rng, **parameters)` may return None for numbers that make no good question; it is
    asked again.
    """
    return generator(name, title, partial(_sum_variant, draw), *parameters)


def draw_until(rng: Random, draw: Callable[[Random], T | None]) -> T:
    """The first drawn that is good enough to be one."""
    for _ in range(_TRIES):
        drawn = draw(rng)
        if drawn is not None:
            return drawn
    raise ValueError("nothing drawn is good enough")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def usd(cents: int) -> str:
    return f"{cents // 100:,}.{cents % 100:02} USD"


def _make(name: str, make: Callable[..., Variant], seed: int, **parameters: str) -> Variant:
    # Not a secret: the same seed is to make the same question, today and on another machine.
    return make(name, Random(f"{name}/{seed}"), **parameters)  # noqa: S311


def _sum_variant(
    draw: Callable[..., Sum | None], name: str, rng: Random, **parameters: str
) -> Variant:
    """The place of the key among the ascending numbers is drawn first: no place is a tell."""
    place = rng.randrange(CHOICES)

    def fitting(rng: Random) -> tuple[Sum, dict[int, str]] | None:
        drawn = draw(rng, **parameters)
        wrong = None if drawn is None else _around(rng, drawn, place)
        return None if drawn is None or wrong is None else (drawn, wrong)

    drawn, wrong = draw_until(rng, fitting)
    texts = {**wrong, drawn.key: drawn.explanation}
    choices = tuple(Choice(f"n{n}", drawn.show(n), texts[n]) for n in sorted(texts))
    key = frozenset({f"n{drawn.key}"})
    ask = Ask(name, drawn.stem, "single", choices, key, drawn.explanation, keep_order=True)
    return Variant(drawn.scenario, ask)


def _around(rng: Random, drawn: Sum, place: int) -> dict[int, str] | None:
    """Wrong numbers, as many below the key as `place` says; None if there are not enough."""
    slips: dict[int, str] = {}
    for number, why in drawn.slips:
        if number >= 0 and number != drawn.key:
            slips.setdefault(number, why)
    below = [number for number in slips if number < drawn.key]
    above = [number for number in slips if number > drawn.key]
    if len(below) < place or len(above) < CHOICES - 1 - place:
        return None
    picked = rng.sample(below, place) + rng.sample(above, CHOICES - 1 - place)
    return {number: slips[number] for number in picked}
