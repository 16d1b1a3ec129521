"""What the generators made from many seeds, made once for all tests."""

from functools import cache

from apps.quizzes.generators import GENERATORS
from apps.widgetkit.asks import Variant

SEEDS = range(300)


@cache
def made(name: str) -> tuple[Variant, ...]:
    return tuple(GENERATORS[name].make(seed) for seed in SEEDS)


def key_text(variant: Variant) -> str:
    """What the one right choice says."""
    (key,) = variant.ask.key
    return variant.ask.choice(key).text
