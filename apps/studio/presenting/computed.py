"""What a question is computed from, in words: a widget's state and ask, or a generator."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from apps.quizzes.freezing import GENERATED, SCENARIO, NotComputableError, find_generator
from apps.studio.presenting.generators import PREFIX
from apps.widgetkit.asks import Ask, Generator
from apps.widgetkit.manifest import Json, Widget
from apps.widgetkit.registry import get_widget
from apps.widgetkit.state import permalink


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: what it is called (Korean), what it says, and where to see it ("" for nowhere)."""

    label: str
    text: str
    address: str = ""


def computed_from(document: Mapping[str, Any]) -> list[Fact]:
    """Nothing for kinds that are typed. What this site does not know stands as it was written."""
    if document.get("kind") == SCENARIO:
        return _of_scenario(document)
    return _of_generator(document) if document.get("kind") == GENERATED else []


def _of_generator(document: Mapping[str, Any]) -> list[Fact]:
    name, given = str(document.get("generator", "")), document.get("parameters")
    given = given if isinstance(given, dict) else {}
    try:
        _, generator = find_generator(name)
    except NotComputableError:
        return [Fact("생성기", name), *(Fact(str(key), str(each)) for key, each in given.items())]
    labels = {each.name: each.label for each in generator.parameters}
    chosen = [
        Fact(labels.get(key, str(key)), _value(generator, key, each)) for key, each in given.items()
    ]
    query = urlencode({f"{PREFIX}{key}": str(each) for key, each in given.items()})
    address = reverse("studio:generator", args=[generator.id])
    return [Fact("생성기", generator.title, f"{address}?{query}" if query else address), *chosen]


def _value(generator: Generator, name: object, value: object) -> str:
    for parameter in generator.parameters:
        if parameter.name == name:
            return parameter.label_of(str(value))
    return str(value)


def _of_scenario(document: Mapping[str, Any]) -> list[Fact]:
    slug, asked = str(document.get("widget", "")), str(document.get("ask", ""))
    widget = get_widget(slug)
    if widget is None:
        return [Fact("실습", slug), Fact("물음", asked)]
    state, text = _state(widget, document)
    asks = [] if state is None else widget.asks(state)
    ask = next((each for each in asks if each.id == asked), None)
    path = reverse("widgetkit:detail", args=[widget.slug])
    address = permalink(path, widget, state) if asks and state is not None else path
    facts = [
        Fact("실습", widget.title, path),
        Fact("상황", text, address),
        Fact("물음", ask.stem if ask else asked),
    ]
    expected = document.get("expect")
    if isinstance(expected, list) and expected:
        facts.append(Fact("정답", " · ".join(_said(ask, str(each)) for each in expected)))
    return facts


def _state(widget: Widget, document: Mapping[str, Any]) -> tuple[Json | None, str]:
    """The scenario (None where there is none that is valid), and what it is called."""
    scenario = document.get("scenario")
    if isinstance(scenario, dict):
        valid = "problems" not in widget.evaluate(scenario)
        return (scenario if valid else None), "직접 고친 상황"
    name = str(document.get("preset", ""))
    preset = widget.preset(name)
    return (None, name) if preset is None else (preset.scenario, preset.title)


def _said(ask: Ask | None, expected: str) -> str:
    """What a choice says that is named by its id; the text itself else."""
    choices = ask.choices if ask else ()
    return next((each.text for each in choices if each.id == expected), expected)
