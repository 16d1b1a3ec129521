"""What stands in the form of "수정·교환": rows as they were typed, right or wrong.

    operation=modify class=standard platform=Linux/UNIX tenancy=default
    from=t2.large 1 zonal us-east-1 us-east-1a     type, count, scope, region, zone; repeated
    to=t2.small 4 regional us-east-1 state=active  words with "=" are what is seldom said

    operation=exchange class=convertible
    from=m4.large 1 partial_upfront 35 500 4000 1 2027-03-31
                    type, count, payment, list value, upfront left, hours left, years, end
    to=c5.large all_upfront 10 150 1               type, payment, list value, upfront, years

`-` stands for a value that is absent. The page sends a row by columns (`from.0.type`), so that it
works as a plain form; what its buttons do to rows is in `change_buttons`.
"""

import re
from dataclasses import dataclass, field

from apps.widgetkit.manifest import Query

FROM = "from"
TO = "to"
LISTS = (FROM, TO)
MODIFY = "modify"
EXCHANGE = "exchange"
HEAD = {MODIFY: ("class", "platform", "tenancy"), EXCHANGE: ("class",)}
ABSENT = "-"

# A column's name in the query, and in the scenario.
_ROW = {
    "type": "type",
    "count": "count",
    "scope": "scope",
    "region": "region",
    "az": "az",
}
_SOURCE = {
    "type": "type",
    "count": "count",
    "payment": "payment",
    "list": "list_value",
    "upfront": "remaining_upfront",
    "hours": "hours_left",
    "term": "term_years",
    "expires": "expires",
}
_TARGET = {
    "type": "type",
    "payment": "payment",
    "list": "list_value",
    "upfront": "prorated_upfront",
    "term": "term_years",
}
_STATE = {"state": "state", "class": "offering_class"}
COLUMNS = {
    (MODIFY, FROM): _ROW,
    (MODIFY, TO): _ROW,
    (EXCHANGE, FROM): _SOURCE,
    (EXCHANGE, TO): _TARGET,
}
"""What stands in a line by its position."""
EXTRAS = {
    (MODIFY, FROM): {**_STATE, "expires": "expires"},
    (MODIFY, TO): {**_STATE, "expires": "expires"},
    (EXCHANGE, FROM): {**_STATE, "region": "region"},
    (EXCHANGE, TO): {"region": "region", "class": "offering_class"},
}
"""What may be left out of a row, and stands in a line as `name=value`."""
_NAMES = sorted({name for each in (*COLUMNS.values(), *EXTRAS.values()) for name in each})
_FIELD = re.compile(rf"(?P<list>from|to)\.(?P<index>[0-9]{{1,3}})\.(?P<column>{'|'.join(_NAMES)})")

Cells = dict[str, str]
"""A row as typed, by column; every column is there."""


@dataclass(slots=True)
class Draft:
    """The whole form, right or wrong as it was typed."""

    operation: str
    head: Cells
    rows: dict[str, list[Cells]] = field(default_factory=lambda: {FROM: [], TO: []})

    @property
    def kind(self) -> str:
        """How rows are read: what is no operation at all is read as a modification."""
        return EXCHANGE if self.operation == EXCHANGE else MODIFY

    def columns(self, side: str) -> dict[str, str]:
        return COLUMNS[self.kind, side]

    def extras(self, side: str) -> dict[str, str]:
        return EXTRAS[self.kind, side]

    def blank(self, side: str) -> Cells:
        return dict.fromkeys((*self.columns(side), *self.extras(side)), "")

    def row(self, key: str) -> tuple[list[Cells], int] | None:
        """The list and the index that `to.1` names, if there is such a row."""
        side, _, index = key.partition(".")
        if side not in self.rows or not re.fullmatch(r"[0-9]{1,3}", index):
            return None
        rows = self.rows[side]
        return (rows, int(index)) if int(index) < len(rows) else None


def read_draft(query: Query) -> Draft:
    """Every row as typed, lines first, then those by columns. Buttons are not looked at."""
    operation = _last(query, "operation")
    draft = Draft(operation, {})
    draft.head = {name: _last(query, name) for name in HEAD[draft.kind]}
    by_index: dict[tuple[str, int], Cells] = {}
    for side in LISTS:
        draft.rows[side] = [row_of(draft, side, line) for line in query.get(side, ())]
    for name, values in query.items():
        found = _FIELD.fullmatch(name)
        if found:
            row = by_index.setdefault((found["list"], int(found["index"])), {})
            row[found["column"]] = values[-1].strip() if values else ""
    for side, index in sorted(by_index):
        cells = draft.blank(side)
        typed = by_index[side, index]
        draft.rows[side].append({name: typed.get(name, "") for name in cells})
    return draft


def is_blank(row: Cells) -> bool:
    """A row just added: nothing in it yet, no mistake either."""
    if "count" in row:
        return not (row["type"] or row["count"])
    return not any(row.values())


def row_of(draft: Draft, side: str, line: str) -> Cells:
    """A line by columns; words too many stay with the last column, to be refused there."""
    row = draft.blank(side)
    words = []
    for word in line.split():
        name, equals, value = word.partition("=")
        if equals and name in draft.extras(side):
            row[name] = value
        else:
            words.append(word)
    names = list(draft.columns(side))
    if len(words) > len(names):
        words[len(names) - 1 :] = [" ".join(words[len(names) - 1 :])]
    for name, word in zip(names, words, strict=False):
        row[name] = "" if word == ABSENT else word
    return row


def line_of(draft: Draft, side: str, row: Cells) -> str:
    words = [row[name] or ABSENT for name in draft.columns(side)]
    while words and words[-1] == ABSENT:
        words.pop()
    words += [f"{name}={row[name]}" for name in draft.extras(side) if row[name]]
    return " ".join(words)


def _last(query: Query, name: str) -> str:
    values = query.get(name)
    return values[-1].strip() if values else ""
