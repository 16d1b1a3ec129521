"""Questions made by the dozen: fresh, repeatable by seed, and nothing but the matter tells."""

import json
import re
from collections import Counter

import pytest

from apps.quizzes.generators import GENERATORS
from apps.widgetkit.registry import all_widgets
from tests.quizzes.generators.made import SEEDS, made

NAMES = [
    *("tenancy-change", "tenancy-host-placement", "tenancy-bill", "tenancy-host-pays-off"),
    *("storage-snapshots-stored", "storage-snapshot-deleted", "storage-multipart-part"),
    *("storage-version-got", "storage-versions-kept"),
]
# T3 and S3 are names, always read the same way.
_BAD_PARTICLE = r"(?<![TS])\d( USD| MiB| GiB| MB)?(은|는|이|가|을|를|과|와|로|으로)\b"
each_name = pytest.mark.parametrize("name", NAMES)


def test_they_have_names_that_no_widgets_generator_has() -> None:
    assert list(GENERATORS) == NAMES
    of_widgets = {each.id for widget in all_widgets() for each in widget.generators}
    assert of_widgets
    assert not of_widgets & set(NAMES)
    assert len({each.title for each in GENERATORS.values()}) == len(NAMES)


@each_name
def test_the_same_seed_makes_the_same_question(name: str) -> None:
    assert tuple(GENERATORS[name].make(seed) for seed in range(30)) == made(name)[:30]


@each_name
def test_most_questions_are_different(name: str) -> None:
    assert len({variant.ask.stem for variant in made(name)[:100]}) >= 60


@each_name
def test_a_scenario_survives_as_json(name: str) -> None:
    for variant in made(name):
        assert json.loads(json.dumps(variant.scenario)) == variant.scenario


@each_name
def test_no_answer_is_right_most_of_the_time(name: str) -> None:
    keys = Counter(",".join(sorted(variant.ask.key)) for variant in made(name))
    assert keys.most_common(1)[0][1] <= 0.4 * len(SEEDS)
    assert len(keys) >= 4


@each_name
def test_no_place_among_the_answers_is_right_more_often_than_others(name: str) -> None:
    places: Counter[int] = Counter()
    for variant in made(name):
        ids = [choice.id for choice in variant.ask.choices]
        places.update(ids.index(key) for key in variant.ask.key)
    even = places.total() / len(made(name)[0].ask.choices)
    assert len(places) == len(made(name)[0].ask.choices)
    assert max(places.values()) <= 1.35 * even
    assert min(places.values()) >= 0.65 * even


@each_name
def test_the_longest_answer_is_right_no_more_often_than_chance_makes_it(name: str) -> None:
    hits = 0
    singles = [each for each in made(name) if each.ask.kind == "single"]
    for variant in singles:
        lengths = {choice.id: len(choice.text) for choice in variant.ask.choices}
        longest = [id_ for id_, length in lengths.items() if length == max(lengths.values())]
        hits += len(longest) == 1 and longest[0] in variant.ask.key
    assert hits <= len(singles) / 3


@each_name
def test_answers_are_distinct_and_each_says_why(name: str) -> None:
    for variant in made(name):
        texts = [choice.text for choice in variant.ask.choices]
        assert len(set(texts)) == len(texts) >= 4
        for choice in variant.ask.choices:
            assert choice.feedback.endswith(".")
        assert len(variant.ask.explanation) >= 40


@each_name
def test_numbers_keep_their_ascending_order(name: str) -> None:
    for variant in made(name):
        texts = [choice.text for choice in variant.ask.choices]
        amounts = [re.match(r"[\d,.]+(?= USD| GiB| MiB| MB|대)", text) for text in texts]
        if all(amounts):
            values = [float(each[0].replace(",", "")) for each in amounts if each]
            assert values == sorted(values)
            assert variant.ask.keep_order


@each_name
def test_no_particle_stands_right_after_a_number_or_a_unit(name: str) -> None:
    for variant in made(name):
        texts = [variant.ask.stem, variant.ask.explanation]
        texts += [choice.feedback for choice in variant.ask.choices]
        for text in texts:
            assert not re.search(_BAD_PARTICLE, text)
