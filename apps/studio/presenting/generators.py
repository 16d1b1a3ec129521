"""Questions that an engine makes, as learners see them, with the key beside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString

from apps.quizzes.domain.kinds import kind_of
from apps.quizzes.domain.spec import About, Level, QuestionSpec, Secret, Shown
from apps.quizzes.freezing import GENERATED, SCENARIO, freeze
from apps.quizzes.generators import SUBJECTS
from apps.quizzes.models import AttemptItem
from apps.quizzes.presenting.fields import build_field
from apps.quizzes.presenting.html import block_html, inline_html
from apps.quizzes.presenting.scene import Scene, scene_of, widget_address
from apps.studio.services.writing import OTHER_TOPIC
from apps.widgetkit.asks import Ask, Generator, Parameter
from apps.widgetkit.manifest import Json, Widget
from apps.widgetkit.registry import all_widgets

PREFIX = "p-"
"""Of parameters in an address: their names are the generators' own."""
SAMPLES = 10
_LAST_SEED = 999_990


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One choice as the author sees it."""

    html: SafeString
    is_right: bool
    feedback: SafeString


@dataclass(frozen=True, slots=True)
class Sample:
    """A question that an engine made: what learners see, and what they are told afterwards."""

    number: int
    label: str  # of the kind, Korean
    kind: str
    template: str
    stem: SafeString
    scene: Scene | None
    field: dict[str, Any]
    lines: list[KeyLine]
    explanation: SafeString
    widget_address: str


@dataclass(frozen=True, slots=True)
class Group:
    """Generators of one subject."""

    title: str
    widget: Widget | None
    generators: tuple[Generator, ...]


@dataclass(frozen=True, slots=True)
class Control:
    """A parameter in a form, with the value that holds."""

    parameter: Parameter
    name: str
    value: str


def all_groups() -> list[Group]:
    """Those without a widget first, by subject; then widget by widget."""
    groups = [Group(each.title, None, each.generators) for each in SUBJECTS]
    return groups + [
        Group(widget.title, widget, widget.generators)
        for widget in all_widgets()
        if widget.generators
    ]


def lessons_of(generator: Generator, widget: Widget | None) -> Sequence[str]:
    """Slugs of the lessons that explain what a generator asks about."""
    if widget is not None:
        return widget.lessons
    return [each.lesson for each in SUBJECTS if generator in each.generators]


def controls(generator: Generator, sent: QueryDict) -> list[Control]:
    """Every parameter with its value: what was sent, where it is offered, else the default."""
    found = []
    for parameter in generator.parameters:
        name = f"{PREFIX}{parameter.name}"
        value = sent.get(name, parameter.default)
        known = value in [each for each, _ in parameter.choices]
        found.append(Control(parameter, name, value if known else parameter.default))
    return found


def chosen(controls: Sequence[Control]) -> dict[str, str]:
    """The parameters as a document names them: only those that are not as they are by default."""
    return {
        each.parameter.name: each.value for each in controls if each.value != each.parameter.default
    }


def first_seed(sent: QueryDict) -> int:
    """With which seed the samples begin; nonsense begins at the first."""
    said = sent.get("from", "")
    if not (said.isascii() and said.isdigit() and len(said) <= len(str(_LAST_SEED))):
        return 0
    return min(int(said), _LAST_SEED)


def samples(generator: Generator, parameters: Mapping[str, str], *, first: int) -> list[Sample]:
    """Ten questions, of the seeds from `first` on."""
    body: Json = {"generator": generator.id}
    if parameters:
        body["parameters"] = dict(parameters)
    return [
        _sample(_template(GENERATED, body), number=number, seed=first + number - 1)
        for number in range(1, SAMPLES + 1)
    ]


def asked(widget: Widget, scenario: Json, asks: Sequence[Ask]) -> list[tuple[Ask, Sample]]:
    """What can be asked about a valid scenario, the choices in the engine's order.

    Without the scene: it is the same for all.
    """
    bodies = [{"widget": widget.slug, "ask": ask.id, "scenario": scenario} for ask in asks]
    return [
        (ask, _sample(_template(SCENARIO, body), number=number))
        for number, (ask, body) in enumerate(zip(asks, bodies, strict=True), start=1)
    ]


def _template(kind: str, body: Json) -> QuestionSpec:
    return QuestionSpec(
        Shown(kind, "", body), Secret({"expect": []}), About(OTHER_TOPIC, Level.UNDERSTAND, 1)
    )


def _sample(spec: QuestionSpec, *, number: int, seed: int | None = None) -> Sample:
    """With a seed as it would be dealt under it; without one as the engine says it."""
    frozen = freeze(spec, seed=seed or 0)
    if frozen is None:
        raise TypeError(f"{spec.shown.kind} is typed, not computed")
    shown, secret = frozen.question.shown, frozen.question.secret
    kind = kind_of(shown.kind)
    order = kind.deal(shown.body, seed=seed or 0, shuffle=seed is not None)
    # Never saved: it carries what the pages of an attempt show.
    item = AttemptItem(
        position=number, seed=seed or 0, order=order, frozen=frozen.to_json(), points=Decimal(1)
    )
    return Sample(
        number=number,
        label=kind.label,
        kind=shown.kind,
        template=f"quizzes/kinds/_{shown.kind}.html",
        stem=block_html(shown.stem),
        scene=None if seed is None else scene_of(item),
        field=build_field(item, {}, readonly=True),
        lines=_key_lines(shown, secret, order["choices"]),
        explanation=block_html(secret.explanation),
        widget_address=widget_address(item),
    )


def _key_lines(shown: Shown, secret: Secret, order: Sequence[str]) -> list[KeyLine]:
    key = secret.key
    right = set(key["choices"]) if "choices" in key else {key["choice"]}
    texts = {each["id"]: each["text"] for each in shown.body["choices"]}
    return [
        KeyLine(inline_html(texts[id_]), id_ in right, inline_html(secret.feedback.get(id_, "")))
        for id_ in order
    ]
