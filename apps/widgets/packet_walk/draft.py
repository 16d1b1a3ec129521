"""What stands in the form: lines and rule rows as they were typed, right or wrong.

A query string names everything in the domain's notation:

    subnet=public 10.0.1.0/24 acl-public local,igw      name, CIDR, ACL, routes ("-" for none)
    host=app 10.0.1.10 public sg-app linux              name, address, subnet, groups, system
    nacl=acl-public   sg=sg-app                         the lists there are
    acl-public.in=100 tcp 3306 10.0.2.0/24 allow        a rule; repeated for each
    from=app to=db protocol=tcp port=3306 source_port=32768-60999 port_model=notes

`port` of ICMP is its type and code, as in a rule: `8/0`. Where an ACL and a group share a name,
`nacl:` or `sg:` stands before it. The editor sends a rule by columns (`acl-public.in.0.number`),
so that the page works as a plain form; buttons send `add`, `remove`, `fill` and `sort`.
"""

import re
from dataclasses import dataclass, field

from apps.widgetkit.manifest import Query

NACL = "nacl"
SG = "sg"
INBOUND = "in"
OUTBOUND = "out"
DIRECTIONS = {INBOUND: "inbound", OUTBOUND: "outbound"}
COLUMNS = {
    NACL: ("number", "protocol", "ports", "peer", "action"),
    SG: ("protocol", "ports", "peer"),
}
FLOW_FIELDS = ("from", "to", "protocol", "port", "source_port", "port_model")
NO_ROUTES = "-"
# Stands in a rule's line for a cell left empty: the notation refuses it in every column.
EMPTY = "?"

_LIST = re.compile(
    r"(?:(?P<kind>nacl|sg):)?(?P<name>[^:.]+)\.(?P<direction>in|out)"
    r"(?:\.(?P<index>\d{1,3})\.(?P<column>number|protocol|ports|peer|action))?\Z"
)
_NUMBER_STEP = 100


@dataclass(slots=True)
class Row:
    """A rule as typed, by column."""

    cells: dict[str, str]

    @property
    def is_blank(self) -> bool:
        """A row just added, with nothing filled in yet: no rule and no mistake."""
        return not (self.cells["ports"].strip() or self.cells["peer"].strip())

    def line(self, kind: str) -> str:
        """The rule in the notation; what is missing shows as a word that is refused."""
        cells = ("".join(self.cells[column].split()) for column in COLUMNS[kind])
        return " ".join(cell or EMPTY for cell in cells)


@dataclass(frozen=True, slots=True)
class ListId:
    """One direction of one ACL or security group."""

    kind: str
    name: str
    direction: str


@dataclass(slots=True)
class Draft:
    """The whole form."""

    subnets: list[str] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)
    names: dict[str, list[str]] = field(default_factory=lambda: {NACL: [], SG: []})
    lists: dict[ListId, list[Row]] = field(default_factory=dict)
    flow: dict[str, str] = field(default_factory=dict)

    def rows(self, name: ListId) -> list[Row]:
        return self.lists.setdefault(name, [])

    def key(self, name: ListId) -> str:
        """The list's name in the query: short where that is clear."""
        shared = name.name in self.names[NACL] and name.name in self.names[SG]
        prefix = f"{name.kind}:" if shared else ""
        return f"{prefix}{name.name}.{name.direction}"

    def find(self, key: str) -> ListId | None:
        """The list that a button names, if there is such a list."""
        found = _LIST.match(key)
        if (
            found is None
            or found["index"]
            or not any(found["name"] in n for n in self.names.values())
        ):
            return None
        return self.declare(found)

    def declare(self, found: re.Match[str]) -> ListId:
        """The list that a rule of the query belongs to; it is there from then on."""
        name, kind = found["name"], found["kind"]
        if kind is None and name in self.names[NACL]:
            kind = NACL
        elif kind is None and name in self.names[SG]:
            kind = SG
        elif kind is None:
            # Nobody declared it: an ACL if a subnet names it, else a group.
            used = {words[2] for words in map(str.split, self.subnets) if len(words) > 2}
            kind = NACL if name in used else SG
        if name not in self.names[kind]:
            self.names[kind].append(name)
        return ListId(kind, name, found["direction"])


def read_draft(query: Query) -> Draft:
    """Read a query string of any shape, then do what the pressed button asks for."""
    draft = Draft(subnets=_lines(query, "subnet"), hosts=_lines(query, "host"))
    for kind in (NACL, SG):
        draft.names[kind] = list(dict.fromkeys(_lines(query, kind)))
    for part in FLOW_FIELDS:
        values = query.get(part)
        draft.flow[part] = values[-1].strip() if values else ""
    _read_rules(draft, query)
    _press(draft, query)
    return draft


def _read_rules(draft: Draft, query: Query) -> None:
    """Rules as lines, and behind them those by columns."""
    columns: dict[ListId, dict[int, dict[str, str]]] = {}
    for key, values in query.items():
        found = _LIST.match(key)
        if found is None:
            continue
        name = draft.declare(found)
        if found["index"] is None:
            draft.rows(name).extend(row_of(name.kind, line) for line in values if line.strip())
        else:
            row = columns.setdefault(name, {}).setdefault(int(found["index"]), {})
            row[found["column"]] = values[-1] if values else ""
    for name, by_index in columns.items():
        for index in sorted(by_index):
            cells = {column: by_index[index].get(column, "") for column in COLUMNS[name.kind]}
            draft.rows(name).append(Row(cells))


def row_of(kind: str, line: str) -> Row:
    """A line of the notation by columns; words too many stay with the last one, to be refused."""
    columns = COLUMNS[kind]
    words = line.split()
    if len(words) > len(columns):
        words[len(columns) - 1 :] = ["".join(words[len(columns) - 1 :])]
    words += [""] * (len(columns) - len(words))
    return Row(dict(zip(columns, words, strict=True)))


def next_number(rows: list[Row]) -> int:
    """A round rule number behind all others."""
    numbers = [int(text) for row in rows if is_number(text := row.cells["number"].strip())]
    return (max(numbers, default=0) // _NUMBER_STEP + 1) * _NUMBER_STEP


def _lines(query: Query, name: str) -> list[str]:
    return [stripped for value in query.get(name, ()) if (stripped := " ".join(value.split()))]


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 5


def _press(draft: Draft, query: Query) -> None:
    """The buttons of the editor; one that names nothing does nothing."""
    for key in query.get("add", ()):
        if name := draft.find(key):
            number = str(next_number(draft.rows(name))) if name.kind == NACL else ""
            cells = {
                "number": number,
                "protocol": "tcp",
                "ports": "",
                "peer": "",
                "action": "allow",
            }
            draft.rows(name).append(Row({column: cells[column] for column in COLUMNS[name.kind]}))
    for value in query.get("fill", ()):
        key, _, text = value.partition("=")
        place, _, column = key.rpartition(".")
        row = _row(draft, place)
        if row is not None and column in row.cells:
            row.cells[column] = text
    for value in query.get("remove", ()):
        key, _, index = value.rpartition(".")
        owner = draft.find(key)
        if owner is not None and _row(draft, value) is not None:
            del draft.rows(owner)[int(index)]
    for key in query.get("sort", ()):
        owner = draft.find(key)
        if owner is not None and owner.kind == NACL:
            draft.rows(owner).sort(key=_by_number)


def _row(draft: Draft, key: str) -> Row | None:
    """The row that `acl-public.in.2` names."""
    key, _, index = key.rpartition(".")
    name = draft.find(key)
    if name is None or not is_number(index):
        return None
    rows = draft.rows(name)
    return rows[int(index)] if int(index) < len(rows) else None


def _by_number(row: Row) -> int:
    text = row.cells["number"].strip()
    return int(text) if is_number(text) else 10**6
