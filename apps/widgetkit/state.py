"""Widget state: a scenario as a query string, readable, bounded, shareable."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from apps.widgetkit.manifest import Json, Preset, Query, Widget

# Long enough for any scenario a person edits, short enough for every browser and proxy.
MAX_QUERY_LENGTH = 8_000
MAX_DEPTH = 12
# Parameters of the page, not of the scenario.
PAGE_PARAMETERS = frozenset(
    {"preset", "mode", "json", "csrfmiddlewaretoken", "ask", "answer", "uid", "edit"}
)


@dataclass(frozen=True, slots=True)
class State:
    """What the page shows: the scenario, the query it came from, what was wrong with the query."""

    scenario: Json
    query: Query
    preset: Preset | None
    problems: tuple[str, ...] = ()


def is_too_long(parameters: QueryDict) -> bool:
    return len(parameters.urlencode()) > MAX_QUERY_LENGTH


def read_state(widget: Widget, parameters: QueryDict) -> State:
    """The scenario that the parameters ask for; without any, the first preset.

    Nonsense never fails: the page then shows what was wrong beside the first preset, or beside
    what was typed.
    """
    first = widget.presets[0]
    if is_too_long(parameters):
        return _from_preset(
            widget,
            first,
            f"주소가 너무 깁니다. {MAX_QUERY_LENGTH:,}자까지 쓸 수 있습니다. "
            "규칙을 줄여 주세요. 지금은 처음 상황을 보여 드립니다.",
        )
    if "json" in parameters:
        return _from_json(widget, parameters.get("json", ""))
    own = {name: values for name, values in parameters.lists() if name not in PAGE_PARAMETERS}
    if own:
        named = widget.preset(parameters.get("preset", ""))
        scenario = widget.decode(own)
        same = named if named and named.scenario == scenario else None
        return State(scenario, own, same or preset_of(widget, scenario))
    name = parameters.get("preset", first.name)
    preset = widget.preset(name)
    if preset is None:
        return _from_preset(
            widget, first, f"‘{name[:40]}’이라는 상황은 없습니다. 처음 상황을 보여 드립니다."
        )
    return _from_preset(widget, preset)


def preset_of(widget: Widget, scenario: Json) -> Preset | None:
    """The preset whose scenario this is."""
    return next((preset for preset in widget.presets if preset.scenario == scenario), None)


def _from_preset(widget: Widget, preset: Preset, *problems: str) -> State:
    return State(preset.scenario, as_query(widget.encode(preset.scenario)), preset, problems)


def _from_json(widget: Widget, text: str) -> State:
    try:
        scenario = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return _from_preset(
            widget, widget.presets[0], "json의 내용을 읽지 못했습니다. JSON 형식인지 확인해 주세요."
        )
    if not isinstance(scenario, dict) or depth(scenario) > MAX_DEPTH:
        return _from_preset(
            widget, widget.presets[0], "json은 { }로 묶은 시나리오 하나여야 합니다."
        )
    result = widget.evaluate(scenario)
    if "problems" in result:
        reasons = [f"{item['path']}: {item['message']}" for item in result["problems"]]
        return _from_preset(widget, widget.presets[0], *reasons)
    query = as_query(widget.encode(scenario))
    return State(scenario, query, preset_of(widget, scenario))


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def depth(value: Any, limit: int = MAX_DEPTH + 1) -> int:
    """How deep lists and objects are nested, counted no further than `limit`."""
    if limit == 0 or not isinstance(value, dict | list):
        return 0
    children = value.values() if isinstance(value, dict) else value
    return 1 + max((depth(child, limit - 1) for child in children), default=0)


def as_query(pairs: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    query: dict[str, list[str]] = {}
    for name, value in pairs:
        query.setdefault(name, []).append(value)
    return query


def permalink(path: str, widget: Widget, scenario: Json) -> str:
    """The address of a valid state; presets have short ones."""
    preset = preset_of(widget, scenario)
    if preset is not None:
        return f"{path}?{urlencode({'preset': preset.name})}"
    return f"{path}?{urlencode(widget.encode(scenario))}"


def as_parameters(query: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Name and value pairs, for hidden fields."""
    return [(name, value) for name, values in query.items() for value in values]
