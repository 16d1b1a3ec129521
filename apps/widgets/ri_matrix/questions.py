"""Questions about a scenario as the site asks them, and generators that make fresh ones."""

from collections.abc import Callable, Sequence
from functools import partial
from random import Random

from apps.widgetkit.asks import Ask, Choice, Generator, Variant
from apps.widgetkit.manifest import Json

from .domain.asks import Question, ask_about
from .domain.asks.draws import draw_by_breaker, draw_by_fraction, draw_by_outcome, draw_needs
from .domain.asks.draws_changes import draw_exchange, draw_modification

# Their choices are numbers, the smallest first.
_BY_SIZE = frozenset({"fraction", "units", "count", "true-up"})


def asks(scenario: Json) -> Sequence[Ask]:
    """Of any of the three panels; the first can always be asked; none if it is not valid."""
    return [_ask(question) for question in ask_about(scenario)]


def _ask(question: Question) -> Ask:
    return Ask(
        question.id,
        question.stem,
        "multiple" if question.multiple else "single",
        tuple(Choice(each.id, each.text, each.feedback) for each in question.options),
        question.key,
        question.explanation,
        keep_order=question.id in _BY_SIZE,
    )


def _make(name: str, draw: Callable[[Random], Json], ask_id: str, seed: int) -> Variant:
    # Not a secret: the same seed is to make the same question, today and on another machine.
    scenario = draw(Random(f"{name}/{seed}"))  # noqa: S311
    return Variant(scenario, next(ask for ask in asks(scenario) if ask.id == ask_id))


def _generator(name: str, title: str, draw: Callable[[Random], Json], ask_id: str) -> Generator:
    return Generator(name, title, partial(_make, name, draw, ask_id))


GENERATORS: tuple[Generator, ...] = (
    _generator(
        "ri-broken-attribute", "무엇을 바꾸면 할인이 끊기는지 찾기", draw_by_breaker, "broken"
    ),
    _generator("ri-outcome", "할인이 따라오는지 판단하기", draw_by_outcome, "outcome"),
    _generator("ri-covered-fraction", "얼마가 할인되는지 계산하기", draw_by_fraction, "fraction"),
    _generator("ri-fitting-option", "조건에 맞는 구매 옵션 고르기", draw_needs, "fits"),
    _generator(
        "ri-modification-allowed", "RI 수정이 되는지 판단하기", draw_modification, "allowed"
    ),
    _generator("ri-exchange-count", "교환으로 받는 개수 계산하기", draw_exchange, "count"),
)
