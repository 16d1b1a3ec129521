"""The rule editor: every list as rows, each mistake at its field, quick values to fill in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from apps.widgetkit.manifest import Json

from .domain.addresses import format_cidr
from .domain.model import DEFAULT_NACL
from .domain.notation import Refused, format_nacl_entry, parse_nacl_entry, parse_security_group_rule
from .domain.trace import CHECKPOINTS, Checkpoint, CheckpointKind, End, Journey, Leg
from .draft import COLUMNS, DIRECTIONS, NACL, SG, Draft, ListId, Row, is_number
from .flow_form import PROTOCOLS, FlowField, flow_fields
from .forms import SECTIONS
from .words import DIRECTIONS as SPOKEN
from .words import LEGS, host_label, ports, subnet_label

LABELS = {
    "number": "번호",
    "protocol": "프로토콜",
    "ports": "포트",
    "peer": "상대",
    "action": "판정",
}
PEER_LABELS = {"in": "출발지", "out": "목적지"}
RULE_PROTOCOLS = (*PROTOCOLS, ("all", "모두"))
ACTIONS = (("allow", "허용"), ("deny", "거부"))
BLANK = {
    "number": "규칙 번호를 적어 주세요(1~32766).",
    "protocol": "프로토콜을 골라 주세요.",
    "ports": "포트를 적어 주세요(예: 3306, 1024-65535, *).",
    "peer": "CIDR를 적어 주세요(예: 10.0.2.0/24).",
    "action": "허용과 거부 가운데 하나를 골라 주세요.",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a rule."""

    name: str
    id: str
    column: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quick:
    """A button that fills a field."""

    value: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class RowView:
    key: str
    id: str
    line: str
    cells: tuple[Cell, ...]
    quick: tuple[Quick, ...]
    blank: bool


@dataclass(frozen=True, slots=True)
class ListView:
    key: str
    id: str
    direction: str
    read: tuple[tuple[str, str], ...]
    """When this flow has it read: the notes' number, and in words."""
    rows: tuple[RowView, ...]
    unordered: bool
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """An ACL or a security group with its two lists."""

    kind: str
    title: str
    name: str
    lists: tuple[ListView, ...]


@dataclass(slots=True)
class Editor:
    groups: list[GroupView] = field(default_factory=list)
    defaults: list[str] = field(default_factory=list)
    """Subnets with AWS's own ACL, which is not edited here."""
    default_rules: tuple[str, ...] = ()
    flow: list[FlowField] = field(default_factory=list)
    hidden: list[tuple[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """What has no field of its own, such as a subnet's block."""


def build_editor(
    draft: Draft, scenario: Json, problems: Sequence[Json], journey: Journey | None
) -> Editor:
    """The whole form as typed. `journey` is None while the places themselves are not valid."""
    at: dict[str, list[str]] = {}
    for problem in problems:
        at.setdefault(problem["path"], []).append(problem["message"])
    editor = Editor()
    editor.flow = flow_fields(draft, scenario, at, _ephemeral(journey))
    editor.hidden = [("subnet", line) for line in draft.subnets]
    editor.hidden += [("host", line) for line in draft.hosts]
    editor.hidden += [(kind, name) for kind in (NACL, SG) for name in draft.names[kind]]
    quick = _quick_values(scenario, journey)
    for kind, name, title in _in_order(draft, journey):
        lists = []
        for direction in ("out", "in"):
            list_id = ListId(kind, name, direction)
            lists.append(_list_view(draft, list_id, at, quick, _read_at(list_id, journey)))
        editor.groups.append(GroupView(kind, title, name, tuple(lists)))
    editor.defaults = [
        subnet_label(name)
        for name, subnet in scenario["subnets"].items()
        if subnet.get("nacl", "default") == "default"
    ]
    editor.default_rules = tuple(format_nacl_entry(entry) for entry in DEFAULT_NACL.inbound)
    editor.problems = [
        f"{path}: {message}" if path else message
        for path, messages in at.items()
        for message in messages
    ]
    return editor


def _ephemeral(journey: Journey | None) -> str:
    if journey is None or not journey.has_ports:
        return ""
    return f"임시 포트 {ports(journey.source_ports)}"


def _in_order(draft: Draft, journey: Journey | None) -> list[tuple[str, str, str]]:
    """Lists in the order in which the request meets them, then those it never meets."""
    order: dict[tuple[str, str], str] = {}
    if journey is not None:
        for checkpoint in CHECKPOINTS[:4]:
            end = journey.at(checkpoint.end)
            if end.host is None or end.subnet is None:
                continue
            if checkpoint.kind is CheckpointKind.SECURITY_GROUP:
                for name in end.group_names:
                    order.setdefault((SG, name), f"{host_label(end.host.name)} 보안 그룹")
            elif end.subnet.nacl in draft.names[NACL]:
                order.setdefault((NACL, end.subnet.nacl), f"{subnet_label(end.subnet.name)} NACL")
    for kind, title in ((NACL, "NACL"), (SG, "보안 그룹")):
        for name in draft.names[kind]:
            order.setdefault((kind, name), title)
    return [(kind, name, title) for (kind, name), title in order.items()]


def _read_at(name: ListId, journey: Journey | None) -> tuple[tuple[str, str], ...]:
    """When this flow has the list read: the notes' number, and a few words."""
    if journey is None:
        return ()
    parts = []
    for checkpoint in CHECKPOINTS:
        if not _is_read(checkpoint, name, journey):
            continue
        note = "" if checkpoint.note is None else str(checkpoint.note)
        words = f"{LEGS[checkpoint.leg.value]} 때 읽음"
        if checkpoint.kind is CheckpointKind.SECURITY_GROUP and checkpoint.leg is Leg.RESPONSE:
            words = "응답은 기억한 연결이라 읽지 않음"
        parts.append((note, words))
    return tuple(parts) or (("", "이 흐름에서는 읽지 않음"),)


def _is_read(checkpoint: Checkpoint, name: ListId, journey: Journey) -> bool:
    end = journey.at(checkpoint.end)
    if end.subnet is None or checkpoint.direction.value != DIRECTIONS[name.direction]:
        return False
    if checkpoint.leg is Leg.RESPONSE and not journey.has_response:
        return False
    if checkpoint.kind is CheckpointKind.NACL:
        return name.kind == NACL and end.subnet.nacl == name.name and not journey.same_subnet
    return name.kind == SG and name.name in end.group_names


def _list_view(
    draft: Draft,
    list_id: ListId,
    at: dict[str, list[str]],
    quick: dict[str, list[tuple[str, str]]],
    read: tuple[tuple[str, str], ...],
) -> ListView:
    key = draft.key(list_id)
    path = f"{SECTIONS[list_id.kind]}.{list_id.name}.{DIRECTIONS[list_id.direction]}"
    rows = draft.lists.get(list_id, [])
    views = []
    index = 0
    for position, row in enumerate(rows):
        found: list[str] = []
        if not row.is_blank:
            found = at.pop(f"{path}[{index}]", [])
            index += 1
        views.append(_row_view(list_id, f"{key}.{position}", row, found, quick))
    numbers = [int(n) for row in rows if is_number(n := row.cells.get("number", ""))]
    return ListView(
        key=key,
        id=re.sub(r"[.:]", "-", key),
        direction=SPOKEN[DIRECTIONS[list_id.direction]],
        read=read,
        rows=tuple(views),
        unordered=numbers != sorted(numbers),
        problems=tuple(at.pop(path, [])),
    )


def _row_view(
    list_id: ListId,
    key: str,
    row: Row,
    found: list[str],
    quick: dict[str, list[tuple[str, str]]],
) -> RowView:
    wrong = _problems_by_column(list_id.kind, row, found)
    cells = []
    for column in COLUMNS[list_id.kind]:
        label = PEER_LABELS[list_id.direction] if column == "peer" else LABELS[column]
        cells.append(
            Cell(
                name=f"{key}.{column}",
                id=re.sub(r"[.:]", "-", f"{key}.{column}"),
                column=column,
                label=label,
                value=row.cells[column],
                options=_options(column, row.cells[column]),
                problems=tuple(wrong.get(column, ())),
            )
        )
    buttons = [
        Quick(f"{key}.{column}={text}", label, text)
        for column, group in (("ports", "ports"), ("peer", f"peer-{list_id.kind}"))
        for text, label in quick[group]
        if text != row.cells[column]
    ]
    return RowView(
        key=key,
        id=re.sub(r"[.:]", "-", key),
        line=row.line(list_id.kind),
        cells=tuple(cells),
        quick=tuple(buttons),
        blank=row.is_blank,
    )


def _problems_by_column(kind: str, row: Row, found: list[str]) -> dict[str, list[str]]:
    """The engine's messages of one line, at the fields they speak of.

    Each field is read alone, in a line that is right but for it; a message that comes up then is
    that field's. What is left over is about the rule beside others: its number, or its peer.
    """
    if not found:
        return {}
    wrong: dict[str, list[str]] = {}
    for column in COLUMNS[kind]:
        if not row.cells[column].strip():
            wrong[column] = [BLANK[column]]
        elif reasons := _reasons(kind, row, column):
            wrong[column] = list(reasons)
    said = {message for messages in wrong.values() for message in messages}
    whole = [message for message in found if message not in said]
    if not wrong:
        wrong["number" if kind == NACL else "peer"] = whole
    return wrong


def _reasons(kind: str, row: Row, column: str) -> tuple[str, ...]:
    right = {"number": "1", "protocol": "all", "ports": "*", "peer": "0.0.0.0/0", "action": "allow"}
    right[column] = row.cells[column]
    if column == "ports":
        right["protocol"] = row.cells["protocol"]
    line = Row(right).line(kind)
    reading = parse_nacl_entry(line) if kind == NACL else parse_security_group_rule(line)
    if not isinstance(reading, Refused):
        return ()
    if column == "ports" and _reasons(kind, row, "protocol"):
        return ()  # how ports are written depends on the protocol
    return reading.reasons


def _options(column: str, value: str) -> tuple[tuple[str, str], ...]:
    """The choices of a select, with what stands there even if it is none of them."""
    if column not in ("protocol", "action"):
        return ()
    options = RULE_PROTOCOLS if column == "protocol" else ACTIONS
    if value in [name for name, _ in options]:
        return options
    return (*options, (value, value or "고르세요"))


def _quick_values(scenario: Json, journey: Journey | None) -> dict[str, list[tuple[str, str]]]:
    """Values worth a button, by column: (text, label)."""
    values: dict[str, list[tuple[str, str]]] = {"ports": [], "peer-nacl": [], "peer-sg": []}
    if journey is None:
        return values
    if journey.has_ports:
        values["ports"] = [
            (ports(journey.service_ports), "서비스 포트"),
            (ports(journey.source_ports), "임시 포트"),
            ("1024-65535", "넓은 임시 포트"),
        ]
    values["ports"].append(("*", "모든 포트"))
    blocks = []
    for end in (End.CLIENT, End.SERVER):
        subnet = journey.at(end).subnet
        if subnet is not None:
            blocks.append((format_cidr(subnet.cidr), subnet_label(subnet.name)))
    everyone = "0.0.0.0/0" if journey.server.address.version == 4 else "::/0"
    blocks.append((everyone, "모든 주소"))
    values["peer-nacl"] = list(dict.fromkeys(blocks))
    groups = [(name, "보안 그룹") for name in scenario["security_groups"]][:6]
    values["peer-sg"] = [*groups, *values["peer-nacl"]]
    return values
