"""Questions whose key a widget's engine computes, made into questions that can be answered.

A `scenario` names a state of a widget and what to ask about it; a `generated` one names a
generator, perhaps with parameters, and gets its seed when it is dealt. What the engine says is kept
with the item, key and version of the engine included: a later change of the engine rewrites
nothing.
"""

from dataclasses import dataclass
from typing import Any

from apps.quizzes.domain.concrete import make_concrete
from apps.quizzes.domain.kinds.choices import Choice
from apps.quizzes.domain.spec import QuestionSpec, spec_from_json
from apps.quizzes.generators import GENERATORS, engine_name
from apps.widgetkit.asks import Ask, Generator, ParameterError, Variant
from apps.widgetkit.engines import engine_version
from apps.widgetkit.manifest import Widget
from apps.widgetkit.registry import all_widgets, get_widget

SCENARIO = "scenario"
GENERATED = "generated"
COMPUTED = frozenset({SCENARIO, GENERATED})


class NotComputableError(Exception):
    """The engine has no such question: a widget, a preset, an ask or a generator is missing."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """What the engine made: a question as anybody can answer it, and the state it is about."""

    question: QuestionSpec
    widget: str  # "" where the engine is a generator without a widget
    scenario: dict[str, Any]
    ask: str
    step: int | None
    engine: str

    def to_json(self) -> dict[str, Any]:
        return {
            "question": self.question.to_json(),
            "widget": self.widget,
            "scenario": self.scenario,
            "ask": self.ask,
            "step": self.step,
            "engine": self.engine,
        }


def frozen_from_json(document: dict[str, Any]) -> Frozen:
    return Frozen(**{**document, "question": spec_from_json(document["question"])})


def freeze(spec: QuestionSpec, *, seed: int) -> Frozen | None:
    """What the engine says now; None for a question that was typed. Raises NotComputableError."""
    widget: Widget | None
    if spec.shown.kind == SCENARIO:
        widget, variant = _of_scenario(spec.shown.body)
    elif spec.shown.kind == GENERATED:
        widget, variant = _of_generator(spec.shown.body, seed)
    else:
        return None
    return Frozen(
        _question(spec, variant.ask),
        widget.slug if widget else "",
        variant.scenario,
        variant.ask.id,
        variant.ask.step,
        engine_version(widget) if widget else engine_name(),
    )


def _of_scenario(body: dict[str, Any]) -> tuple[Widget, Variant]:
    widget = get_widget(body["widget"])
    if widget is None:
        raise NotComputableError(f"‘{body['widget']}’이라는 실습은 없습니다.")
    scenario = body.get("scenario")
    if scenario is None:
        preset = widget.preset(body["preset"])
        if preset is None:
            raise NotComputableError(
                f"{widget.title} 실습에 ‘{body['preset']}’이라는 상황은 없습니다."
            )
        scenario = preset.scenario
    result = widget.evaluate(scenario)
    if "problems" in result:
        first = result["problems"][0]
        raise NotComputableError(f"시나리오가 맞지 않습니다. {first['path']}: {first['message']}")
    asks = {ask.id: ask for ask in widget.asks(scenario)}
    if body["ask"] not in asks:
        raise NotComputableError(
            f"이 시나리오에는 ‘{body['ask']}’이라는 물음이 없습니다. 있는 것: {', '.join(asks)}"
        )
    return widget, Variant(scenario, asks[body["ask"]])


def find_generator(name: str) -> tuple[Widget | None, Generator]:
    """The generator and the widget it belongs to, if any. Raises NotComputableError."""
    if name in GENERATORS:
        return None, GENERATORS[name]
    for widget in all_widgets():
        for generator in widget.generators:
            if generator.id == name:
                return widget, generator
    raise NotComputableError(f"‘{name}’이라는 생성기는 없습니다.")


def _of_generator(body: dict[str, Any], seed: int) -> tuple[Widget | None, Variant]:
    widget, generator = find_generator(body["generator"])
    try:
        parameters = generator.settle(body.get("parameters", {}))
    except ParameterError as error:
        raise NotComputableError(str(error)) from None
    return widget, generator.make(seed, **parameters)


def _question(spec: QuestionSpec, ask: Ask) -> QuestionSpec:
    choices = [
        Choice(choice.id, choice.text, choice.id in ask.key, choice.feedback)
        for choice in ask.choices
    ]
    try:
        return make_concrete(
            spec,
            kind=ask.kind,
            stem=_both(spec.shown.stem, ask.stem),
            choices=choices,
            explanation=_both(ask.explanation, spec.secret.explanation),
            keep_order=ask.keep_order,
        )
    except ValueError as error:
        raise NotComputableError(f"{ask.id}: {error}") from None


def _both(first: str, second: str) -> str:
    return "\n\n".join(text for text in (first, second) if text)
