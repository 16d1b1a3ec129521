"""The form of "수정·교환": rows with their mistakes, and what its buttons would make of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from apps.kernel.pricing.options import OfferingClass, PaymentOption, Scope, Tenancy
from apps.widgetkit.manifest import Json, Pairs

from .change_buttons import count_of, halves, merged, smaller, unchanged
from .change_draft import EXCHANGE, FROM, LISTS, MODIFY, TO, Cells, Draft, is_blank, line_of
from .form_fields import (
    CLASSES,
    PAYMENTS,
    SCOPES,
    TENANCIES,
    TERMS,
    Button,
    Field,
    Options,
    by_path,
    left_over,
    make_field,
    suggested,
    zones,
)

TITLES = {
    (MODIFY, FROM): "바꾸기 전",
    (MODIFY, TO): "바꾼 뒤",
    (EXCHANGE, FROM): "내놓는 RI",
    (EXCHANGE, TO): "받을 RI",
}
LABELS = {
    "type": "인스턴스 유형",
    "count": "개수",
    "scope": "범위",
    "region": "리전",
    "az": "가용 영역",
    "payment": "결제 옵션",
    "list": "목록 가치 ($/1개)",
    "hours": "남은 시간",
    "term": "기간",
    "expires": "만료",
    "state": "상태",
    "class": "클래스",
}
UPFRONT = {FROM: "남은 선결제 ($/1개)", TO: "선결제 ($/1개)"}
_HEAD_KEYS = {"class": "offering_class", "platform": "platform", "tenancy": "tenancy"}
_HEAD_LABELS = {"class": "클래스", "platform": "플랫폼", "tenancy": "테넌시"}
_SUGGESTIONS = {"type": "types", "region": "regions", "az": "zones", "state": "states"}
_OPTIONS: Mapping[str, Options] = {
    "scope": SCOPES,
    "payment": PAYMENTS,
    "term": TERMS,
}
_HERE: Options = (("", "위와 같음"), *CLASSES)
_ANY_TERM: Options = (("", "정해지는 대로"), *TERMS)


@dataclass(frozen=True, slots=True)
class RowView:
    """One row: `extras` are fields that are seldom filled in."""

    key: str
    id: str
    n: int
    line: str
    fields: tuple[Field, ...]
    hidden: tuple[tuple[str, str], ...]
    extras: tuple[Field, ...]
    more: str
    open: bool
    buttons: tuple[Button, ...]
    removable: bool
    blank: bool


@dataclass(frozen=True, slots=True)
class ListView:
    side: str
    title: str
    rows: tuple[RowView, ...]
    buttons: tuple[Button, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Switch:
    """The other operation, with the instances carried over."""

    operation: str
    title: str
    pairs: Pairs
    current: bool


@dataclass(frozen=True, slots=True)
class Form:
    operation: str
    head: tuple[Field, ...]
    lists: tuple[ListView, ...]
    suggestions: Mapping[str, tuple[str, ...]]
    problems: tuple[str, ...]


def build_form(draft: Draft, problems: Sequence[Mapping[str, str]]) -> Form:
    """The whole form as typed, each mistake at its field."""
    at = by_path(problems)
    regions = [row.get("region", "") for side in LISTS for row in draft.rows[side]]
    return Form(
        operation=draft.kind,
        head=tuple(_head_field(name, draft, at) for name in draft.head),
        lists=tuple(_list_view(draft, side, at) for side in LISTS),
        suggestions=suggested(regions),
        problems=left_over(at),
    )


def _head_field(name: str, draft: Draft, at: dict[str, list[str]]) -> Field:
    options: Mapping[str, Options] = {"class": CLASSES, "tenancy": TENANCIES[:2]}
    return make_field(
        name,
        name,
        _HEAD_LABELS[name],
        draft.head[name],
        at.pop(_HEAD_KEYS[name], ()),
        options=options.get(name, ()),
        suggestions="platforms" if name == "platform" else "",
    )


def _list_view(draft: Draft, side: str, at: dict[str, list[str]]) -> ListView:
    rows = []
    index = 0
    for position, row in enumerate(draft.rows[side]):
        path = TO if draft.kind == EXCHANGE and side == TO else f"{side}[{index}]"
        blank = is_blank(row)
        rows.append(_row_view(draft, side, position, {} if blank else at, path))
        index += not blank
    return ListView(
        side=side,
        title=TITLES[draft.kind, side],
        rows=tuple(rows),
        buttons=tuple(_list_buttons(draft, side)),
        problems=tuple(at.pop(side, ())),
    )


def _row_view(
    draft: Draft, side: str, position: int, at: dict[str, list[str]], path: str
) -> RowView:
    key = f"{side}.{position}"
    row = draft.rows[side][position]
    hidden = ("az",) if row.get("scope") == Scope.REGIONAL.value else ()
    fields = [
        _cell(draft, side, key, name, row, at.pop(f"{path}.{document_key}", ()))
        for name, document_key in draft.columns(side).items()
        if name not in hidden
    ]
    extras = [
        _cell(draft, side, key, name, row, at.pop(f"{path}.{document_key}", ()))
        for name, document_key in draft.extras(side).items()
    ]
    told = any(each.value or each.problems for each in extras)
    if draft.kind == MODIFY and side == TO and not told:
        extras = []  # what is asked for has no state yet, and ends when the others do
    return RowView(
        key=key,
        id=key.replace(".", "-"),
        n=position + 1,
        line=line_of(draft, side, row),
        fields=tuple(fields),
        hidden=tuple((f"{key}.{name}", row[name]) for name in hidden),
        extras=tuple(extras),
        more="·".join(each.label for each in extras),
        open=told,
        buttons=tuple(_row_buttons(draft, side, key, row)),
        removable=len(draft.rows[side]) > 1,
        blank=is_blank(row),
    )


def _cell(
    draft: Draft, side: str, key: str, name: str, row: Cells, problems: Sequence[str]
) -> Field:
    options = _OPTIONS.get(name, ())
    if name == "class":
        options = _HERE
    elif name == "term" and side == TO:
        options = _ANY_TERM
    label = UPFRONT[side] if name == "upfront" else LABELS[name]
    if name == "upfront" and row["payment"] == PaymentOption.NO_UPFRONT.value:
        label += ", 없음"
    return make_field(
        f"{key}.{name}",
        name,
        label,
        row[name],
        problems,
        options=options,
        suggestions=_SUGGESTIONS.get(name, ""),
    )


def _row_buttons(draft: Draft, side: str, key: str, row: Cells) -> Iterator[Button]:
    """What can be asked of AWS for these reservations, each as one button."""
    if draft.kind == EXCHANGE or side == FROM:
        return
    less = smaller(row)
    if less is not None:
        yield Button("split", key, f"더 작게: {less['type']} × {less['count']}")
    parts = halves(row)
    if len(parts) > 1:
        yield Button("halve", key, f"두 줄로: {parts[0]['count']} + {parts[1]['count']}")
    if row["scope"] == Scope.ZONAL.value:
        yield Button("move", f"{key}={Scope.REGIONAL.value}", "리전 범위로")
    for zone in zones(row["region"])[:2]:
        if not (row["scope"] == Scope.ZONAL.value and row["az"] == zone):
            yield Button("move", f"{key}={zone}", f"{zone} 가용 영역으로")


def _list_buttons(draft: Draft, side: str) -> Iterator[Button]:
    if draft.kind == EXCHANGE and side == TO:
        return
    yield Button("add", side, "행 추가", TITLES[draft.kind, side])
    if draft.kind == EXCHANGE or side == FROM:
        return
    rows = draft.rows[TO]
    if merged(rows) != rows:
        yield Button("merge", TO, "합치기")
    if rows != unchanged(draft):
        yield Button("same", TO, "바꾸기 전과 같게")


# Modify or exchange -------------------------------------------------------------------------------

_REGION = "us-east-1"
_PLATFORM = "Linux/UNIX"
# The numbers of the specification's example. What AWS quotes is another matter; the page says so.
_SOURCE_REST = "partial_upfront 35 500 4000 1 2027-03-31"
_TARGET = "c5.large all_upfront 10 150 1"


def switches(draft: Draft) -> tuple[Switch, ...]:
    """Both operations as links; types and counts go along."""
    return (
        Switch(MODIFY, "수정", _as_modification(draft), draft.kind == MODIFY),
        Switch(EXCHANGE, "교환", _as_exchange(draft), draft.kind == EXCHANGE),
    )


def _as_modification(draft: Draft) -> Pairs:
    rows = _carried(draft)
    return [
        ("operation", MODIFY),
        ("class", draft.head["class"] or OfferingClass.STANDARD.value),
        ("platform", _PLATFORM),
        ("tenancy", Tenancy.DEFAULT.value),
        *((side, f"{row} {Scope.REGIONAL.value} {_REGION}") for side in LISTS for row in rows),
    ]


def _as_exchange(draft: Draft) -> Pairs:
    return [
        ("operation", EXCHANGE),
        ("class", OfferingClass.CONVERTIBLE.value),
        *((FROM, f"{row} {_SOURCE_REST}") for row in _carried(draft)),
        (TO, _TARGET),
    ]


def _carried(draft: Draft) -> list[str]:
    """`t2.large 1`: what both operations know of a row."""
    rows = [row for row in draft.rows[FROM] if row["type"] and count_of(row) is not None]
    return [f"{''.join(row['type'].split())} {row['count']}" for row in rows] or ["t2.large 1"]


def facts(draft: Draft, scenario: Json) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What is given, in words, for the page that asks: titles and their rows."""
    head = [
        f"{_HEAD_LABELS[name]}: {dict((*CLASSES, *TENANCIES)).get(value, value)}"
        for name, value in draft.head.items()
    ]
    targets = scenario[TO] if draft.kind == MODIFY else [scenario[TO]]
    described = {FROM: scenario[FROM], TO: targets}
    return (
        ("요청", tuple(head)),
        *(
            (TITLES[draft.kind, side], tuple(describe(row, side) for row in described[side]))
            for side in LISTS
        ),
    )


def describe(row: Json, side: str) -> str:
    """A row of a valid scenario in one line of words."""
    parts = [row["type"]]
    if "count" in row:
        parts[0] += f" {row['count']:,}개"
    if "scope" in row:
        parts.append(f"{dict(SCOPES)[row['scope']]} {row['az'] or row['region']}")
    else:
        parts.append(dict(PAYMENTS)[row["payment"]])
        parts.append(f"목록 가치 1개당 {row['list_value']}달러")
        upfront = row.get("remaining_upfront") or row.get("prorated_upfront")
        if upfront is not None:
            parts.append(f"{'남은 선결제' if side == FROM else '선결제'} 1개당 {upfront}달러")
        if "hours_left" in row:
            parts.append(f"{row['hours_left']:,}시간 남음")
        if row["term_years"] is not None:
            parts.append(f"{row['term_years']}년 기간")
        if "region" in row:
            parts.append(f"{row['region']} 리전")
    if "state" in row:
        parts.append(f"상태 {row['state']}")
    if "expires" in row:
        parts.append(f"{row['expires']} 만료")
    if "offering_class" in row:
        parts.append(dict(CLASSES)[row["offering_class"]])
    return " · ".join(parts)
