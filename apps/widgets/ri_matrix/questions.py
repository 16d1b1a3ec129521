"""Questions about a scenario as the site asks them, and generators that make fresh ones."""

from collections.abc import Callable, Sequence
from functools import partial
from random import Random

from apps.widgetkit.asks import Ask, Choice, Generator, Parameter, Variant
from apps.widgetkit.manifest import Json

from .domain.asks import Question, ask_about
from .domain.asks.draws import (
    ANY,
    draw_by_breaker,
    draw_by_fraction,
    draw_by_outcome,
    draw_needs,
)
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


def _make(
    name: str, draw: Callable[..., Json], ask_id: str, seed: int, **parameters: str
) -> Variant:
    # Not a secret: the same seed is to make the same question, today and on another machine.
    scenario = draw(Random(f"{name}/{seed}"), **parameters)  # noqa: S311
    return Variant(scenario, next(ask for ask in asks(scenario) if ask.id == ask_id))


def _generator(
    name: str, title: str, draw: Callable[..., Json], ask_id: str, *parameters: Parameter
) -> Generator:
    return Generator(name, title, partial(_make, name, draw, ask_id), parameters)


_NEEDS = Parameter("needs", "요구 사항의 수", ((ANY, "섞어서"), ("2", "2개"), ("3", "3개")), ANY)
_RULE = Parameter(
    "rule",
    "익힐 규칙",
    (
        (ANY, "섞어서"),
        ("footprint", "정규화 단위의 합"),
        ("family", "같은 인스턴스 패밀리"),
        ("generation", "같은 세대"),
        ("platform", "플랫폼"),
        ("tenancy", "테넌시"),
        ("region", "같은 리전"),
    ),
    ANY,
)
_ROWS = Parameter("rows", "내놓는 RI", ((ANY, "섞어서"), ("1", "한 종류"), ("2", "두 종류")), ANY)


GENERATORS: tuple[Generator, ...] = (
    _generator(
        "ri-broken-attribute", "무엇을 바꾸면 할인이 끊기는지 찾기", draw_by_breaker, "broken"
    ),
    _generator("ri-outcome", "할인이 따라오는지 판단하기", draw_by_outcome, "outcome"),
    _generator("ri-covered-fraction", "얼마가 할인되는지 계산하기", draw_by_fraction, "fraction"),
    _generator("ri-fitting-option", "조건에 맞는 구매 옵션 고르기", draw_needs, "fits", _NEEDS),
    _generator(
        "ri-modification-allowed", "RI 수정이 되는지 판단하기", draw_modification, "allowed", _RULE
    ),
    _generator("ri-exchange-count", "교환으로 받는 개수 계산하기", draw_exchange, "count", _ROWS),
)
