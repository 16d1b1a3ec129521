"""Over all widgets and generators: whatever can be asked can be asked in a quiz."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.kernel.documents import Findings
from apps.quizzes.domain.reading import dump_question, read_question
from apps.quizzes.freezing import freeze
from apps.studio.domain.selftest import Report, advice, self_test
from apps.studio.views.from_widget import document_of, problems_of
from apps.widgetkit.asks import Generator
from apps.widgetkit.manifest import Preset, Widget
from apps.widgetkit.registry import all_widgets
from apps.widgetkit.state import State, as_query
from tests.studio.widgets.combinations import COMBINATIONS, GENERATORS, IDS

PRESETS = [
    pytest.param(widget, preset, id=f"{widget.slug}:{preset.name}")
    for widget in all_widgets()
    for preset in widget.presets
]
PLACE = {"topic": "other", "level": "이해", "difficulty": 2}
each_combination = pytest.mark.parametrize(("generator", "parameters"), COMBINATIONS, ids=IDS)
WITH_PARAMETERS = [each for each in GENERATORS if each.parameters]


@pytest.mark.parametrize("named", [True, False], ids=["by name", "whole"])
@pytest.mark.parametrize(("widget", "preset"), PRESETS)
def test_every_ask_becomes_a_question_with_the_engines_key(
    widget: Widget, preset: Preset, named: bool
) -> None:
    query = as_query(widget.encode(preset.scenario))
    state = State(preset.scenario, query, preset if named else None)
    assert problems_of(widget, state) == []
    asks = widget.asks(preset.scenario)
    assert asks
    for ask in asks:
        findings = Findings()
        spec = read_question(document_of(widget, state, ask) | PLACE, findings)
        assert spec is not None, findings.problems()
        assert set(spec.secret.key["expect"]) == ask.key
        frozen = freeze(spec, seed=0)
        assert frozen is not None
        assert frozen.scenario == preset.scenario
        key = frozen.question.secret.key
        assert set(key.get("choices") or [key["choice"]]) == ask.key


@cache
def report_of(generator: Generator, parameters: tuple[tuple[str, str], ...]) -> Report:
    """Made once for all tests."""
    return self_test(generator, dict(parameters), range(150))


@each_combination
def test_every_combination_of_parameters_passes_the_self_test(
    generator: Generator, parameters: dict[str, str]
) -> None:
    report = report_of(generator, tuple(parameters.items()))
    assert report.is_sound, report.failures
    assert report.different >= 20


@each_combination
def test_no_parameter_makes_guessing_pay_where_it_did_not(
    generator: Generator, parameters: dict[str, str]
) -> None:
    """Which habits a generator has by default is its own affair; narrowing adds none."""
    before = advice(report_of(generator, tuple(generator.settle({}).items())))
    found = advice(report_of(generator, tuple(parameters.items())))
    assert len(found) <= len(before), found


def test_at_least_five_generators_have_parameters() -> None:
    assert len(WITH_PARAMETERS) >= 5


@each_combination
@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 2**53 - 1))
def test_any_seed_makes_the_same_sound_question_twice(
    generator: Generator, parameters: dict[str, str], seed: int
) -> None:
    report = self_test(generator, parameters, [seed])
    assert report.is_sound, report.failures


@pytest.mark.parametrize("generator", GENERATORS, ids=lambda each: each.id)
def test_defaults_are_what_comes_without_parameters(generator: Generator) -> None:
    settled = generator.settle({})
    for seed in range(20):
        assert generator.make(seed) == generator.make(seed, **settled)


@each_combination
def test_parameters_survive_as_a_document_and_reach_the_generator(
    generator: Generator, parameters: dict[str, str]
) -> None:
    document = {**PLACE, "kind": "generated", "generator": generator.id}
    if parameters:
        document["parameters"] = parameters
    findings = Findings()
    spec = read_question(document, findings)
    assert spec is not None, findings.problems()
    assert dump_question(spec) == document
    frozen = freeze(spec, seed=7)
    assert frozen is not None
    assert frozen.scenario == generator.make(7, **parameters).scenario
