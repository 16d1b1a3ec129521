"""The matrix as the page shows it: rows, cells and their explanations, lit by the open panel."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from apps.kernel.pricing.sources import SOURCES
from apps.widgetkit.manifest import Json

from .domain.matrix import MATRIX, Cell, Claim, Column, Row
from .way_words import WAYS, WayWord

COLUMNS: Mapping[Column, str] = {
    Column.REGION: "리전",
    Column.AZ: "가용 영역",
    Column.FAMILY: "패밀리",
    Column.SIZE: "크기",
    Column.PLATFORM: "플랫폼",
    Column.TENANCY: "테넌시",
    Column.TERM: "기간",
    Column.PAYMENT: "결제",
    Column.DISCOUNT: "최대 할인",
    Column.CAPACITY: "용량 예약",
    Column.SERVERLESS: "Fargate, Lambda",
    Column.RESALE: "되팔기",
}
# Needs that are about a column of another name; all others bear the name of theirs.
_NEED_COLUMNS = {"no_commitment": Column.TERM, "no_interruption": Column.CAPACITY}
ATTRIBUTE_COLUMNS = 6  # the first of them; the others are properties of the option
CONFIDENCE = {"high": "높음", "medium": "보통", "low": "낮음"}


@dataclass(frozen=True, slots=True)
class SourceView:
    title: str
    url: str
    as_of: str  # "" where the copy carries no date
    third_party: bool


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell and what it opens; nothing in it depends on the scenario."""

    id: str  # "standard_ri-regional-size": the tail of the ids in the page
    label: str
    kind: str  # "way" or "property"
    ways: tuple[WayWord, ...]
    value: str
    text: str
    conditions: tuple[str, ...]
    sources: tuple[SourceView, ...]
    confidence: str
    settled: bool
    differing: tuple[Claim, ...]
    agreeing: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class OpenCell:
    """A cell with its explanation, and the id and name of its row."""

    row: str
    name: str
    cell: CellView


@dataclass(frozen=True, slots=True)
class Differing:
    """A claim of the notes that AWS's documents contradict, and the rows that it is about."""

    rows: tuple[str, ...]
    cell: CellView
    claim: Claim


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell in this page: `mark` says why it stands out ("changed", "unmet" or "")."""

    cell: CellView
    mark: str


@dataclass(frozen=True, slots=True)
class RowView:
    id: str
    name: str
    cells: tuple[PlacedCell, ...]
    lit: bool
    fits: bool | None  # None where nobody filters
    unmet: tuple[str, ...]  # short names of the needs that it does not fit


@dataclass(frozen=True, slots=True)
class Highlight:
    """What the open panel says about the matrix."""

    row: str = ""
    changed: frozenset[str] = frozenset()
    unmet: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # row id → ids of needs
    filtered: bool = False


def row_id(option: str, scope: str | None) -> str:
    return f"{option}-{scope}" if scope else option


def matrix_context(highlight: Highlight, need_names: Mapping[str, str], opened: str) -> Json:
    """The table for the template.

    `need_names` gives the short name of every need; `opened` is the id of the cell whose
    explanation is asked for ("" for none; one that nobody knows opens nothing).
    """
    rows = [_row_view(row, highlight, need_names) for row in MATRIX]
    lit = next((row for row in rows if row.lit), None)
    return {
        "columns": tuple(COLUMNS.values()),
        "attribute_columns": ATTRIBUTE_COLUMNS,
        "property_columns": len(COLUMNS) - ATTRIBUTE_COLUMNS,
        "rows": rows,
        "open": _open_cell(opened),
        "differing": _differing_cells(),
        "legend": tuple(WAYS.values()),
        "lit": lit,
        "changed": [label for column, label in COLUMNS.items() if column in highlight.changed],
        "filtered": highlight.filtered,
        "remaining": sum(row.fits is True for row in rows),
    }


def follow_highlight(scenario: Json, result: Json) -> Highlight:
    """The committed option's row; the cells of what has changed, where the engine could say."""
    option, scope = scenario.get("option"), scenario.get("scope")
    if not isinstance(option, str) or not isinstance(scope, str | None):
        return Highlight()
    changed = (each["name"] for each in result.get("attributes", ()) if each["changed"])
    return Highlight(row=row_id(option, scope), changed=frozenset(changed))


def change_highlight(scenario: Json) -> Highlight:
    """The row of what is to be modified, where all of it has one scope; an exchange has none."""
    scopes = {row.get("scope") for row in scenario.get("from", ())}
    offering = scenario.get("offering_class")
    if len(scopes) != 1 or not isinstance(offering, str):
        return Highlight()
    return Highlight(row=row_id(f"{offering}_ri", scopes.pop()))


def needs_highlight(result: Json) -> Highlight:
    options = result.get("options", ())
    return Highlight(
        unmet={
            row_id(each["option"], each["scope"]): tuple(
                reason["need"] for reason in each["reasons"] if not reason["fits"]
            )
            for each in options
        },
        filtered=any(each["reasons"] for each in options),
    )


def _row_view(row: Row, highlight: Highlight, need_names: Mapping[str, str]) -> RowView:
    name = row_id(row.option, row.scope)
    lit = name == highlight.row
    unmet = highlight.unmet.get(name, ())
    changed: Collection[str] = highlight.changed if lit else ()
    return RowView(
        id=name,
        name=row.name,
        cells=tuple(
            PlacedCell(view, _mark(column, changed, unmet))
            for column, view in zip(COLUMNS, _cells_of(name), strict=True)
        ),
        lit=lit,
        fits=not unmet if highlight.filtered else None,
        unmet=tuple(need_names[need] for need in unmet),
    )


def _mark(column: Column, changed: Collection[str], unmet: Iterable[str]) -> str:
    if column in changed:
        return "changed"
    return "unmet" if column in (_NEED_COLUMNS.get(need, need) for need in unmet) else ""


def _cells_of(row: str) -> tuple[CellView, ...]:
    return _views()[row]


@cache
def _views() -> Mapping[str, tuple[CellView, ...]]:
    return {
        row_id(row.option, row.scope): tuple(
            _cell_view(row, column, row.cells[column]) for column in COLUMNS
        )
        for row in MATRIX
    }


def _open_cell(opened: str) -> OpenCell | None:
    return next((each for each in _all_cells() if each.cell.id == opened), None)


@cache
def _all_cells() -> tuple[OpenCell, ...]:
    return tuple(
        OpenCell(row_id(row.option, row.scope), row.name, view)
        for row in MATRIX
        for view in _cells_of(row_id(row.option, row.scope))
    )


@cache
def _differing_cells() -> tuple[Differing, ...]:
    """Where the notes say something else than AWS's documents; rows that say the same, together."""
    found: dict[tuple[str, Claim], tuple[CellView, list[str]]] = {}
    for each in _all_cells():
        for claim in each.cell.differing:
            found.setdefault((each.cell.label, claim), (each.cell, []))[1].append(each.name)
    return tuple(
        Differing(tuple(names), view, claim) for (_, claim), (view, names) in found.items()
    )


def _cell_view(row: Row, column: Column, cell: Cell) -> CellView:
    return CellView(
        id=f"{row_id(row.option, row.scope)}-{column}",
        label=COLUMNS[column],
        kind="way" if cell.ways else "property",
        ways=tuple(WAYS[way] for way in cell.ways),
        value=cell.value.replace(" ·", "\N{NO-BREAK SPACE}·"),  # no line begins with a dot
        text=cell.text,
        conditions=cell.conditions,
        sources=tuple(source_view(key) for key in cell.sources),
        confidence=CONFIDENCE[cell.confidence],
        settled=cell.settled,
        differing=tuple(claim for claim in cell.claims if not claim.agrees),
        agreeing=tuple(claim for claim in cell.claims if claim.agrees),
    )


@cache
def source_view(key: str) -> SourceView:
    source = SOURCES[key]
    return SourceView(source.title, source.url, source.as_of or "", source.third_party)
