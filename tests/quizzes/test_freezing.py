"""What an engine computes is frozen with the item: key, state and the engine's version."""

import json
from dataclasses import replace
from typing import Any

import pytest

from apps.quizzes.freezing import NotComputableError, freeze, frozen_from_json
from apps.quizzes.models import AttemptItem
from apps.quizzes.services.taking import submit_attempt
from apps.widgetkit.engines import engine_version
from apps.widgetkit.registry import get_widget
from tests.quizzes.factories import (
    NOW,
    TYPED,
    items_of,
    make_exam,
    make_spec,
    only_item,
    right,
    save,
    start,
)


@pytest.mark.parametrize("kind", TYPED)
def test_a_typed_question_has_nothing_to_freeze(kind: str) -> None:
    assert freeze(make_spec(kind), seed=1) is None


def test_a_scenario_becomes_a_question_with_the_engines_key() -> None:
    frozen = freeze(make_spec("scenario"), seed=1)
    walk = get_widget("packet-walk")
    assert frozen is not None
    assert walk is not None
    ask = next(each for each in walk.asks(frozen.scenario) if each.id == "disposition")
    assert frozen.question.shown.kind == "single"
    assert frozen.question.secret.key == {"choice": next(iter(ask.key))}
    assert (frozen.widget, frozen.ask, frozen.step) == ("packet-walk", "disposition", ask.step)
    assert frozen.engine == engine_version(walk)


def test_words_of_the_file_stand_before_the_engines_stem_and_after_its_explanation() -> None:
    frozen = freeze(make_spec("scenario", stem="먼저 읽습니다.", explanation="더 읽기."), seed=1)
    assert frozen is not None
    assert frozen.question.shown.stem.startswith("먼저 읽습니다.\n\n")
    assert frozen.question.secret.explanation.endswith("\n\n더 읽기.")


def test_about_and_quote_stay_those_of_the_file() -> None:
    spec = make_spec("scenario")
    frozen = freeze(spec, seed=1)
    assert frozen is not None
    assert frozen.question.about == spec.about


def test_a_scenario_does_not_care_for_the_seed_and_a_generator_does() -> None:
    scenario, generated = make_spec("scenario"), make_spec("generated")
    assert freeze(scenario, seed=1) == freeze(scenario, seed=2)
    assert freeze(generated, seed=1) == freeze(generated, seed=1)
    assert freeze(generated, seed=1) != freeze(generated, seed=2)


@pytest.mark.parametrize("kind", ["scenario", "generated"])
def test_what_is_frozen_survives_the_database(kind: str) -> None:
    frozen = freeze(make_spec(kind), seed=4)
    assert frozen is not None
    assert frozen_from_json(json.loads(json.dumps(frozen.to_json()))) == frozen


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"widget": "gone"}, "‘gone’"),
        ({"preset": "gone"}, "‘gone’"),
        ({"ask": "gone"}, "disposition"),
        ({"scenario": {"flow": {}}}, "시나리오가 맞지 않습니다"),
    ],
)
def test_what_the_engine_does_not_know_is_told(body: dict[str, Any], told: str) -> None:
    spec = make_spec("scenario")
    broken = replace(spec, shown=replace(spec.shown, body={**spec.shown.body, **body}))
    with pytest.raises(NotComputableError, match=told):
        freeze(broken, seed=1)


def test_a_generator_that_is_gone_is_told() -> None:
    with pytest.raises(NotComputableError, match="‘gone’"):
        freeze(make_spec("generated", generator="gone"), seed=1)


def test_parameters_reach_the_generator() -> None:
    spec = make_spec("generated", generator="tenancy-bill", parameters={"tenancy": "host"})
    for seed in range(10):
        frozen = freeze(spec, seed=seed)
        assert frozen is not None
        assert frozen.scenario["tenancy"] == "host"


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"hosts": "2"}, "‘hosts’ 조건은 없습니다. 있는 조건: tenancy"),
        ({"tenancy": "shared"}, "any, dedicated, host 가운데 하나"),
    ],
)
def test_parameters_that_the_generator_has_not_are_told(
    parameters: dict[str, str], told: str
) -> None:
    spec = make_spec("generated", generator="tenancy-bill", parameters=parameters)
    with pytest.raises(NotComputableError, match=told):
        freeze(spec, seed=1)


@pytest.mark.django_db
def test_an_item_is_answered_and_graded_as_it_was_frozen_whatever_the_engine_says_later() -> None:
    item = only_item(start(make_exam("generated")))
    answer = right(item)
    save(item, answer)
    # The version of the question now names a generator that is no more.
    document = {**item.version.document, "shown": {"kind": "generated", "stem": "", "body": {}}}
    type(item.version).objects.update(document=document)
    closed = submit_attempt(attempt=item.attempt, now=NOW)
    assert closed.score == 1
    assert AttemptItem.objects.get().spec.shown.kind == "single"


@pytest.mark.django_db
def test_two_attempts_get_variants_of_their_own_and_one_keeps_its_own() -> None:
    run = make_exam("generated")
    first, second = (only_item(start(run, seed=seed)) for seed in (1, 2))
    assert first.spec.shown.stem != second.spec.shown.stem
    assert items_of(first.attempt)[0].spec == first.spec
