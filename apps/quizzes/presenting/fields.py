"""The form of each kind: which controls, in the order dealt, holding what was answered.

Made from the shown part alone: no key can reach a template from here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from apps.quizzes.domain.kinds import kind_of
from apps.quizzes.models import AttemptItem
from apps.quizzes.presenting.html import inline_html, plain

Json = dict[str, Any]
Fields = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose. `text` is plain, for a `<select>`; `html` is what it says with marks."""

    value: str
    html: SafeString
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One control with a name of its own, and what may be chosen in it."""

    id: str
    name: str
    html: SafeString
    text: str
    options: list[Option]
    value: str


def build_field(item: AttemptItem, answer: Json, *, readonly: bool) -> Json:
    """The context of `quizzes/kinds/_<kind>.html`."""
    shown = item.spec.shown
    filled = kind_of(shown.kind).fill(shown.body, answer) if answer else {}
    build = _BUILDERS[shown.kind]
    return {**build(shown.body, item.order, filled), "readonly": readonly}


def _choices(body: Json, order: Json, filled: Fields) -> Json:
    chosen = filled.get("answer", [])
    options = _options(body["choices"], order["choices"], chosen)
    return {"options": options, "pick": body.get("pick")}


def _matching(body: Json, order: Json, filled: Fields) -> Json:
    return {"rows": _rows(body["lefts"], order["lefts"], body["rights"], order["rights"], filled)}


def _categorize(body: Json, order: Json, filled: Fields) -> Json:
    categories = [each["id"] for each in body["categories"]]
    rows = _rows(body["rows"], order["rows"], body["categories"], categories, filled)
    return {"rows": rows, "categories": [inline_html(each["text"]) for each in body["categories"]]}


def _ordering(body: Json, order: Json, filled: Fields) -> Json:
    """Items stand as dealt until they have places; then by place, those without one at the end."""
    places = [str(place) for place in range(1, len(body["items"]) + 1)]
    numbers = [{"id": place, "text": place} for place in places]
    rows = _rows(body["items"], order["items"], numbers, places, filled)
    return {"rows": sorted(rows, key=lambda row: int(row.value) if row.value else len(rows) + 1)}


def _text(body: Json, order: Json, filled: Fields) -> Json:
    return {"value": "".join(filled.get("answer", [])), **body}


def _options(members: list[Json], order: list[str], chosen: list[str]) -> list[Option]:
    texts = {member["id"]: member["text"] for member in members}
    return [Option(id_, inline_html(texts[id_]), plain(texts[id_]), id_ in chosen) for id_ in order]


def _rows(
    askers: list[Json], order: list[str], offers: list[Json], offered: list[str], filled: Fields
) -> list[Row]:
    texts = {member["id"]: member["text"] for member in askers}
    rows = []
    for id_ in order:
        name = f"answer-{id_}"
        value = "".join(filled.get(name, []))
        options = _options(offers, offered, [value])
        rows.append(Row(id_, name, inline_html(texts[id_]), plain(texts[id_]), options, value))
    return rows


_BUILDERS: dict[str, Callable[[Json, Json, Fields], Json]] = {
    "single": _choices,
    "multiple": _choices,
    "true_false": _choices,
    "matching": _matching,
    "categorize": _categorize,
    "ordering": _ordering,
    "numeric": _text,
    "short_text": _text,
    "essay": _text,
}
