"""Generated questions: balanced, always askable, and nothing beside the scenario tells the key."""

from collections import Counter

import pytest

from apps.widgetkit.asks import Ask, Generator
from apps.widgets.packet_walk.domain import evaluate
from apps.widgets.packet_walk.questions import GENERATORS

SEEDS = range(240)
BY_ID = {generator.id: generator for generator in GENERATORS}
each_generator = pytest.mark.parametrize("generator", GENERATORS, ids=lambda each: each.id)


def made(name: str) -> list[Ask]:
    return [BY_ID[f"packet-walk-{name}"].make(seed).ask for seed in SEEDS]


def keys(asks: list[Ask]) -> Counter[str]:
    return Counter(key for ask in asks for key in ask.key)


@each_generator
def test_a_large_seed_is_as_good_as_a_small_one(generator: Generator) -> None:
    assert "problems" not in evaluate(generator.make(2**53 - 1).scenario)


@each_generator
def test_every_choice_says_what_is_right_or_wrong_with_it(generator: Generator) -> None:
    for seed in SEEDS:
        for choice in generator.make(seed).ask.choices:
            assert choice.feedback, (seed, choice.text)


def test_every_ending_comes_as_often_as_another() -> None:
    endings = keys(made("ending"))
    assert set(endings) == {
        *("delivered", "partially_delivered"),
        *("request_denied", "response_denied"),
    }
    assert min(endings.values()) > len(SEEDS) / 4 * 0.6


def test_every_checkpoint_stops_as_often_as_another() -> None:
    stops = keys(made("stop"))
    assert set(stops) == {"none", *(f"step-{n}" for n in (1, 2, 3, 4, 6, 7))}
    assert min(stops.values()) > len(SEEDS) / 7 * 0.5


def test_missing_rules_are_missing_in_every_list() -> None:
    lists = Counter(key.split(":")[0] for key in keys(made("fix")).elements())
    assert len(lists) == 6
    assert min(lists.values()) > len(SEEDS) / 6 * 0.5


def test_any_rule_may_decide_and_the_default_one_too() -> None:
    asks = made("order")
    places = Counter(
        "default" if ask.key == {"no-rule"} else [c.id for c in ask.choices].index(min(ask.key))
        for ask in asks
    )
    assert {0, 1, 2, "default"} <= set(places)
    assert places["default"] > len(SEEDS) * 0.15
    assert {len(ask.choices) for ask in asks} == {3, 4, 5}


def test_the_deciding_rule_allows_as_often_as_it_denies() -> None:
    actions = Counter(key.rsplit(" ", 1)[-1] for key in keys(made("order")).elements())
    assert 0.6 < actions["allow"] / actions["deny"] < 1.7
