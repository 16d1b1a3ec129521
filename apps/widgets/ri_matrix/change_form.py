"""The form of "수정·교환" as a scenario, and back. Nothing is refused: the engine does that."""

from typing import Any

from apps.kernel.pricing.options import Scope
from apps.widgetkit.manifest import Json, Pairs, Query

from .change_buttons import press
from .change_draft import (
    FROM,
    LISTS,
    MODIFY,
    TO,
    Cells,
    Draft,
    is_blank,
    line_of,
    read_draft,
    row_of,
)

_NUMBERS = frozenset({"count", "hours", "term"})
_MOST_DIGITS = 9


def typed(query: Query) -> Draft:
    """The form as it was typed, after the buttons that were pressed."""
    draft = read_draft(query)
    press(draft, query)
    return draft


def decode_change(query: Query) -> Json:
    """The scenario of a query string; what cannot be read stays in it for the engine to refuse."""
    return scenario_of(typed(query))


def scenario_of(draft: Draft) -> Json:
    rows = {
        side: [row_to_json(draft, side, row) for row in draft.rows[side] if not is_blank(row)]
        for side in LISTS
    }
    scenario: Json = {"operation": draft.operation, "offering_class": draft.head["class"]}
    if draft.kind == MODIFY:
        return {
            **scenario,
            "platform": draft.head["platform"],
            "tenancy": draft.head["tenancy"],
            **rows,
        }
    return {**scenario, FROM: rows[FROM], TO: rows[TO][-1] if rows[TO] else None}


def encode_change(scenario: Json) -> Pairs:
    """A valid scenario as name and value pairs; `decode_change` gives its canonical form back."""
    head = {"class": "offering_class", "platform": "platform", "tenancy": "tenancy"}
    pairs = [("operation", str(scenario["operation"]))]
    pairs += [(name, str(scenario[key])) for name, key in head.items() if key in scenario]
    draft = draft_of(scenario)
    for side in LISTS:
        rows = draft.rows[side]
        lines = [line_of(draft, side, row) for row in rows]
        if [row_of(draft, side, line) for line in lines] == rows:
            pairs += [(side, line) for line in lines]
            continue
        # A value with a blank in it, say: a line could not be taken apart again.
        for index, row in enumerate(rows):
            pairs += [(f"{side}.{index}.{name}", text) for name, text in row.items() if text]
    return pairs


def draft_of(scenario: Json) -> Draft:
    """A valid scenario as the form shows it."""
    draft = Draft(scenario["operation"], {})
    draft.head = {
        "class": scenario["offering_class"],
        "platform": scenario.get("platform", ""),
        "tenancy": scenario.get("tenancy", ""),
    }
    targets = scenario[TO] if draft.kind == MODIFY else [scenario[TO]]
    for side, documents in ((FROM, scenario[FROM]), (TO, targets)):
        keys = {**draft.columns(side), **draft.extras(side)}
        draft.rows[side] = [
            {name: _text(document.get(key)) for name, key in keys.items()} for document in documents
        ]
    return draft


def row_to_json(draft: Draft, side: str, row: Cells) -> Json:
    document: Json = {key: _value(name, row[name]) for name, key in draft.columns(side).items()}
    for name, key in draft.extras(side).items():
        if row[name]:
            document[key] = row[name]
    if draft.kind == MODIFY and row["scope"] == Scope.REGIONAL.value:
        document["az"] = None  # kept in its hidden field for when the scope is zonal again
    return document


def _value(name: str, text: str) -> Any:
    if name in _NUMBERS and text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS:
        return int(text)
    return text or None


def _text(value: Any) -> str:
    return "" if value is None else str(value)
