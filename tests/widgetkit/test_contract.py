"""What every widget is held to, over the whole registry."""

import ast
import copy
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.widgetkit.manifest import Json, Preset, Simulator, Widget
from apps.widgetkit.registry import all_simulators, all_widgets
from apps.widgetkit.state import MAX_QUERY_LENGTH, as_query, permalink

HTMX = {"HX-Request": "true"}
WIDGETS = all_widgets()
PRESETS = [
    pytest.param(widget, preset, id=f"{widget.slug}:{preset.name}")
    for widget in WIDGETS
    for preset in widget.presets
]
SIMULATORS = [pytest.param(each, id=each.name) for each in all_simulators().values()]
each_widget = pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: widget.slug)
each_preset = pytest.mark.parametrize(("widget", "preset"), PRESETS)

# A widget's page needs no database: none of these tests may touch it.


def page(widget: Widget, client: Client, query: str = "", **headers: str) -> str:
    response = client.get(f"/widgets/{widget.slug}/{query}", headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_there_are_widgets() -> None:
    assert WIDGETS


@each_widget
def test_it_says_what_it_is_and_where_its_rules_come_from(widget: Widget) -> None:
    assert widget.title
    assert widget.summary.endswith((".", "다"))
    assert widget.sources
    assert len({preset.name for preset in widget.presets}) == len(widget.presets) >= 1
    for preset in widget.presets:
        assert preset.notice.count("다.") + preset.notice.count("다!") >= 2, preset.name


@each_preset
def test_every_preset_is_a_valid_scenario(widget: Widget, preset: Preset) -> None:
    assert "problems" not in widget.evaluate(preset.scenario)


@each_preset
def test_the_address_says_the_whole_state(widget: Widget, preset: Preset) -> None:
    query = as_query(widget.encode(preset.scenario))
    assert widget.decode(query) == preset.scenario
    assert len("".join(f"&{k}={v}" for k, v in widget.encode(preset.scenario))) < MAX_QUERY_LENGTH


@each_preset
def test_json_and_query_string_lead_to_the_same_page(
    widget: Widget, preset: Preset, client: Client
) -> None:
    by_name = page(widget, client, f"?preset={preset.name}")
    path = f"/widgets/{widget.slug}/"
    by_json = client.get(path, {"json": json.dumps(preset.scenario)}).content.decode()
    by_fields = client.get(path, as_query(widget.encode(preset.scenario))).content.decode()
    # The header's link to the sign-in page comes back to the address it stands on.
    assert below_the_header(by_json) == below_the_header(by_name)
    assert below_the_header(by_fields) == below_the_header(by_name)
    assert permalink(path, widget, preset.scenario) == f"{path}?preset={preset.name}"


def below_the_header(html: str) -> str:
    return html[html.index("<main") :]


@each_widget
def test_a_page_without_htmx_and_a_fragment_with_it(widget: Widget, client: Client) -> None:
    assert "<html" in page(widget, client)
    fragment = page(widget, client, **HTMX)
    assert "<html" not in fragment
    assert f'data-widget="{widget.slug}"' in fragment


@each_widget
def test_restoring_history_gets_the_whole_page(widget: Widget, client: Client) -> None:
    assert "<html" in page(widget, client, **HTMX, **{"HX-History-Restore-Request": "true"})


@each_widget
def test_page_and_fragment_are_told_apart_by_caches(widget: Widget, client: Client) -> None:
    assert "HX-Request" in client.get(f"/widgets/{widget.slug}/")["Vary"]


NONSENSE = [
    "?preset=nirgends",
    "?json=",
    "?json=[]",
    "?json=null",
    "?json=" + "[" * 3000,
    '?json={"a":' * 300,
    "?json=NaN",
    "?json=" + "9" * 5000,
    "?mode=predict&preset=nirgends",
    "?mode=nonsense",
    "?ask=nirgends&mode=predict",
    "?uid=%22%3E%3Cscript%3E",
    "?" + "x" * 9000,
    "?a=1&a=2&b=%00&c=%F0%9F%98%80",
    "?%FF=%FE",
]


@each_widget
@pytest.mark.parametrize("query", NONSENSE, ids=lambda query: query[:24])
def test_nonsense_is_answered_with_a_page(widget: Widget, query: str, client: Client) -> None:
    body = page(widget, client, query)
    assert f'data-widget="{widget.slug}"' in body
    assert "<script>" not in body


@each_widget
@settings(max_examples=60, deadline=None)
@given(pairs=st.lists(st.tuples(st.text(max_size=12), st.text(max_size=40)), max_size=8))
def test_no_query_string_breaks_the_page(widget: Widget, pairs: list[tuple[str, str]]) -> None:
    names = [name for name, _ in widget.encode(widget.presets[0].scenario)]
    query = as_query([(names[len(name) % len(names)], value) for name, value in pairs])
    assert Client().get(f"/widgets/{widget.slug}/", query).status_code == 200


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda children: (
        st.lists(children, max_size=4) | st.dictionaries(st.text(max_size=12), children, max_size=4)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("simulator", SIMULATORS)
@settings(max_examples=150, deadline=None)
@given(scenario=JSON)
def test_an_engine_refuses_nonsense_in_korean_and_never_fails(
    simulator: Simulator, scenario: object
) -> None:
    result = simulator.evaluate(scenario)
    for problem in result["problems"]:
        assert set(problem) == {"path", "message"}
        assert any("가" <= letter <= "힣" for letter in problem["message"])


@pytest.mark.parametrize("simulator", SIMULATORS)
def test_every_simulator_has_a_schema_that_closes_its_objects(simulator: Simulator) -> None:
    assert simulator.schema.get("type") == "object" or "oneOf" in simulator.schema
    json.dumps(simulator.schema)


@each_preset
def test_asks_are_well_made_and_the_page_that_asks_holds_no_outcome(
    widget: Widget, preset: Preset, client: Client
) -> None:
    asks = widget.asks(preset.scenario)
    assert asks
    assert len({ask.id for ask in asks}) == len(asks)
    for ask in asks:
        assert len(ask.choices) >= 2
        asking = page(widget, client, f"?preset={preset.name}&mode=predict&ask={ask.id}")
        assert ask.stem.split("\n")[0][:20] in asking or ask.stem[:5] in asking
        assert ask.explanation not in asking
        for choice in ask.choices:
            assert not choice.feedback or choice.feedback not in asking


@each_widget
def test_a_generator_makes_fresh_valid_questions_and_repeats_itself_by_seed(widget: Widget) -> None:
    for generator in widget.generators:
        variants = [generator.make(seed) for seed in range(100)]
        assert variants[:20] == [generator.make(seed) for seed in range(20)], generator.id
        assert len({repr(variant) for variant in variants}) >= 20, generator.id
        for variant in variants:
            assert "problems" not in widget.evaluate(variant.scenario), generator.id
            assert variant.ask in widget.asks(variant.scenario), generator.id


@each_preset
def test_text_that_a_database_cannot_keep_is_a_problem(widget: Widget, preset: Preset) -> None:
    for path in _texts(preset.scenario):
        for text in ("\0", "a\0", "\ud800"):
            assert "problems" in widget.evaluate(_with(preset.scenario, path, text)), (path, text)


@each_preset
def test_a_prediction_fits_into_the_database(widget: Widget, preset: Preset) -> None:
    names = [widget.slug, *(ask.id for ask in widget.asks(preset.scenario))]
    limits = [50, *([80] * (len(names) - 1))]
    assert [name for name, most in zip(names, limits, strict=True) if len(name) > most] == []


@each_widget
def test_a_page_that_asks_is_not_stored(widget: Widget, client: Client) -> None:
    response = client.get(f"/widgets/{widget.slug}/?mode=predict")
    assert "no-store" in response["Cache-Control"]


@each_preset
def test_a_scenario_answers_within_the_time_of_a_blink(widget: Widget, preset: Preset) -> None:
    """Not a benchmark: a guard against an engine that hangs (the bound is 20 times the aim)."""
    start = time.process_time()
    widget.evaluate(preset.scenario)
    assert time.process_time() - start < 2


ALLOWED_ROOTS = {"apps.kernel"}


@pytest.mark.parametrize(
    "path",
    sorted(Path("apps/widgets").glob("*/domain/**/*.py")),
    ids=lambda path: "/".join(path.parts[2:]),
)
def test_domains_import_only_the_standard_library_and_the_kernel(path: Path) -> None:
    import sys

    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [] if node.level else [node.module or ""]
        else:
            continue
        for name in names:
            root = name.split(".")[0]
            own = name.startswith((*ALLOWED_ROOTS, ".".join(path.parts[:3])))
            assert root in sys.stdlib_module_names or own, name


Place = tuple[str | int, ...]


def _texts(value: Any, path: Place = ()) -> Iterator[Place]:
    """Where in a scenario a text stands."""
    if isinstance(value, str):
        yield path
    elif isinstance(value, dict | list):
        for key, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(child, (*path, key))


def _with(scenario: Json, path: Place, text: str) -> Json:
    """A copy of the scenario with another text at that place."""
    changed = copy.deepcopy(scenario)
    place: Any = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = text
    return changed
