"""What the buttons of "수정·교환" do to the rows of the form.

    add=to  remove=to.1      a row more, a row less
    split=to.0               the same units in the next smaller size
    halve=to.0               the count in two rows, so that one of them can go elsewhere
    merge=to                 rows of one family in one place as one row, as large as it fits
    move=to.0=us-east-1b     another zone, or `regional`
    same=to                  begin again from what is there before

A button that names nothing does nothing.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType

from apps.kernel.pricing.instances import SIZE_FACTORS, InstanceType, parse_instance_type
from apps.kernel.pricing.options import Scope
from apps.widgetkit.manifest import Query

from .change_draft import EXCHANGE, FROM, LISTS, TO, Cells, Draft, is_blank

# Sizes that double from one to the next. Which of them a family really has is not modeled.
LADDER: Mapping[str, Fraction] = MappingProxyType(
    {
        size: SIZE_FACTORS[size]
        for size in (
            *("nano", "micro", "small", "medium", "large", "xlarge"),
            *("2xlarge", "4xlarge", "8xlarge", "16xlarge"),
        )
    }
)
_MOST_DIGITS = 6


def press(draft: Draft, query: Query) -> None:
    """Do to the draft what the pressed buttons ask for."""
    for side in query.get("add", ()):
        if side in LISTS:
            _add(draft, side)
    for key in query.get("remove", ()):
        found = draft.row(key)
        if found:
            del found[0][found[1]]
    if draft.kind == EXCHANGE:
        return
    for key in query.get("split", ()):
        _replace(draft, key, smaller)
    for key in query.get("halve", ()):
        found = draft.row(key)
        if found:
            rows, index = found
            rows[index : index + 1] = halves(rows[index])
    for value in query.get("move", ()):
        key, _, place = value.partition("=")
        found = draft.row(key)
        if found and place:
            found[0][found[1]] = moved(found[0][found[1]], place)
    if TO in query.get("same", ()):
        draft.rows[TO] = unchanged(draft)
    if TO in query.get("merge", ()):
        draft.rows[TO] = merged(draft.rows[TO])


def smaller(row: Cells) -> Cells | None:
    """`t2.large` × 1 → `t2.medium` × 2; None where there is no smaller size."""
    kind, count = parse_instance_type(row["type"]), count_of(row)
    if kind is None or count is None or kind.size not in SIZE_FACTORS:
        return None
    factor = SIZE_FACTORS[kind.size]
    fitting = [size for size, less in LADDER.items() if less < factor and _divides(less, factor)]
    if not fitting:
        return None
    times = factor / LADDER[fitting[-1]]
    return {**row, "type": f"{kind.family}.{fitting[-1]}", "count": str(int(count * times))}


def halves(row: Cells) -> list[Cells]:
    """Two rows with half of the count each, the first one larger where it is odd."""
    count = count_of(row)
    if count is None or count < 2:
        return [row]
    less = count // 2
    return [{**row, "count": str(count - less)}, {**row, "count": str(less)}]


def moved(row: Cells, place: str) -> Cells:
    """The same reservations for the whole region, or for one zone."""
    if place == Scope.REGIONAL.value:
        return {**row, "scope": place, "az": ""}
    return {**row, "scope": Scope.ZONAL.value, "az": place}


def merged(rows: list[Cells]) -> list[Cells]:
    """Rows that differ in size and count alone become one; the others stay as they are."""
    groups: dict[tuple[str, ...], list[Cells]] = {}
    for index, row in enumerate(rows):
        kind = parse_instance_type(row["type"])
        countable = kind is not None and kind.size in SIZE_FACTORS and count_of(row) is not None
        rest = tuple(text for name, text in row.items() if name not in ("type", "count"))
        key = (kind.family, *rest) if countable and kind else (f"#{index}",)
        groups.setdefault(key, []).append(row)
    return [_as_one(group) for group in groups.values()]


def unchanged(draft: Draft) -> list[Cells]:
    """What is there before, as something to ask for: a state and an end are not asked for."""
    return [{**row, "state": "", "expires": ""} for row in draft.rows[FROM]]


def count_of(row: Cells) -> int | None:
    text = row["count"]
    if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and int(text):
        return int(text)
    return None


def _as_one(rows: list[Cells]) -> Cells:
    kind = parse_instance_type(rows[0]["type"])
    if kind is None or kind.size not in SIZE_FACTORS:
        return rows[0]
    units = sum((_units(row) for row in rows), Fraction(0))
    fitting = [size for size, factor in LADDER.items() if _divides(factor, units)]
    if not fitting:
        return rows[0]
    whole = InstanceType(kind.family, fitting[-1])
    return {**rows[0], "type": str(whole), "count": str(int(units / LADDER[fitting[-1]]))}


def _units(row: Cells) -> Fraction:
    kind, count = parse_instance_type(row["type"]), count_of(row)
    if kind is None or count is None:
        return Fraction(0)
    return SIZE_FACTORS.get(kind.size, Fraction(0)) * count


def _divides(part: Fraction, whole: Fraction) -> bool:
    return whole >= part and (whole / part).denominator == 1


def _replace(draft: Draft, key: str, change: Callable[[Cells], Cells | None]) -> None:
    found = draft.row(key)
    if found is None:
        return
    rows, index = found
    rows[index] = change(rows[index]) or rows[index]


def _add(draft: Draft, side: str) -> None:
    """One more like the last: then a single value has to be changed. The target is one alone."""
    if draft.kind == EXCHANGE and side == TO:
        return
    rows = draft.rows[side]
    filled = [row for row in rows if not is_blank(row)]
    rows.append({**filled[-1], "count": "1"} if filled else draft.blank(side))
