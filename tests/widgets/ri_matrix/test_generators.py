"""Questions made by the dozen: fresh, repeatable by seed, and not all with the same answer."""

from collections import Counter

import pytest

from apps.widgetkit.asks import Generator, Variant
from apps.widgets.ri_matrix.domain.changes import evaluate_change
from apps.widgets.ri_matrix.domain.flexibility import evaluate
from apps.widgets.ri_matrix.domain.needs import evaluate_needs
from apps.widgets.ri_matrix.questions import GENERATORS, asks

SEEDS = range(300)
IDS = [
    "ri-broken-attribute",
    "ri-outcome",
    "ri-covered-fraction",
    "ri-fitting-option",
    "ri-modification-allowed",
    "ri-exchange-count",
]
each_generator = pytest.mark.parametrize("generator", GENERATORS, ids=lambda each: each.id)
_MADE: dict[str, list[Variant]] = {}


def made(generator: Generator) -> list[Variant]:
    if generator.id not in _MADE:
        _MADE[generator.id] = [generator.make(seed) for seed in SEEDS]
    return _MADE[generator.id]


def keys(generator_id: str) -> Counter[str]:
    generator = next(each for each in GENERATORS if each.id == generator_id)
    return Counter(",".join(sorted(variant.ask.key)) for variant in made(generator))


def test_there_are_six_under_their_own_names() -> None:
    assert [generator.id for generator in GENERATORS] == IDS
    assert len({generator.title for generator in GENERATORS}) == len(GENERATORS)


@each_generator
def test_the_same_seed_makes_the_same_question(generator: Generator) -> None:
    assert [generator.make(seed) for seed in range(30)] == made(generator)[:30]


@each_generator
def test_most_questions_are_different(generator: Generator) -> None:
    assert len({repr(variant) for variant in made(generator)[:100]}) >= 50


@each_generator
def test_the_question_is_one_of_those_about_its_scenario(generator: Generator) -> None:
    for variant in made(generator)[:100]:
        assert variant.ask in asks(variant.scenario)


@each_generator
def test_no_answer_is_right_most_of_the_time(generator: Generator) -> None:
    most = keys(generator.id).most_common(1)[0][1]
    limit = 0.6 if generator.id == "ri-modification-allowed" else 0.4
    assert most <= limit * len(SEEDS)


@each_generator
def test_no_place_among_the_answers_is_right_most_of_the_time(generator: Generator) -> None:
    places: Counter[int] = Counter()
    for variant in made(generator):
        ids = [choice.id for choice in variant.ask.choices]
        places.update(ids.index(key) for key in variant.ask.key)
    assert max(places.values()) <= 0.6 * places.total()
    assert len(places) >= 2


def test_every_attribute_breaks_the_discount_now_and_then_and_so_does_none() -> None:
    found = keys("ri-broken-attribute")
    for single in ("region", "az", "family", "size", "platform", "tenancy", "none"):
        assert found[single] >= 15, single
    assert sum(count for key, count in found.items() if "," in key) >= 15


def test_every_outcome_comes_as_often_as_the_others() -> None:
    found = keys("ri-outcome")
    assert len(found) == 5
    assert min(found.values()) >= 40


def test_fractions_are_nothing_all_and_many_parts() -> None:
    found = keys("ri-covered-fraction")
    assert found["0"] >= 40
    assert found["1"] >= 40
    assert len(found) >= 8


def test_every_option_fits_now_and_then_and_sometimes_none_does() -> None:
    found = keys("ri-fitting-option")
    assert len(found) == 12
    assert found["none"] >= 40


def test_modifications_are_allowed_as_often_as_refused_for_many_reasons() -> None:
    found = keys("ri-modification-allowed")
    assert min(found["free"], found["refused"]) >= 100
    generator = next(each for each in GENERATORS if each.id == "ri-modification-allowed")
    reasons = {
        reason
        for variant in made(generator)
        for reason in evaluate_change(variant.scenario)["reasons"]
    }
    expected = {"footprint", "family", "generation", "platform", "tenancy", "region"}
    assert expected <= reasons


def test_exchanges_yield_one_to_six_and_are_refused_now_and_then() -> None:
    found = keys("ri-exchange-count")
    assert set(found) == {"1", "2", "3", "4", "5", "6", "none"}
    assert found["none"] >= 10


@each_generator
def test_the_key_is_what_the_simulator_says(generator: Generator) -> None:
    """From the JSON that `manage.py simulate` writes, not from the values behind the question."""
    for variant in made(generator):
        scenario, key = variant.scenario, variant.ask.key
        if generator.id == "ri-outcome":
            assert key == {evaluate(scenario)["outcome"]}
        elif generator.id == "ri-covered-fraction":
            assert key == {evaluate(scenario)["covered_fraction"]}
        elif generator.id == "ri-broken-attribute":
            attributes = evaluate(scenario)["attributes"]
            assert key == ({a["name"] for a in attributes if a["way"] != "automatic"} or {"none"})
        elif generator.id == "ri-modification-allowed":
            assert key == {"free" if evaluate_change(scenario)["allowed"] else "refused"}
        elif generator.id == "ri-exchange-count":
            assert key == {str(evaluate_change(scenario)["count_received"] or "none")}
        else:
            fits = {
                "-".join(filter(None, (each["option"], each["scope"]))): each["fits"]
                for each in evaluate_needs(scenario)["options"]
            }
            offered = {choice.id for choice in variant.ask.choices} - {"none"}
            assert key == ({each for each in offered if fits[each]} or {"none"})
