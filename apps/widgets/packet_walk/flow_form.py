"""The flow's own fields: who calls whom, by which protocol and ports."""

from dataclasses import dataclass

from apps.widgetkit.manifest import Json

from .draft import Draft
from .words import host_label

PROTOCOLS = (("tcp", "TCP"), ("udp", "UDP"), ("icmp", "ICMP"), ("icmpv6", "ICMPv6"))
PORT_MODELS = (("aws", "AWS 실제 동작"), ("notes", "노트의 단순화"))
LABELS = {
    "from": "보내는 쪽",
    "to": "받는 쪽",
    "protocol": "프로토콜",
    "port": "서비스 포트",
    "source_port": "출발지 포트",
}
# The engine speaks of JSON there; a form has one text field.
_ICMP = "ICMP는 유형/코드로 적습니다(예: 에코 요청은 8/0). 값은 0~255입니다."
_SOURCE = "출발지 포트는 수 하나(49152)나 범위(32768-60999)로 적습니다. 값은 0~65535입니다."
_OUTSIDE = "203.0.113.9"


@dataclass(frozen=True, slots=True)
class FlowField:
    name: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...]
    hint: str
    problems: tuple[str, ...]
    radio: bool = False


def flow_fields(
    draft: Draft, scenario: Json, at: dict[str, list[str]], ephemeral: str
) -> list[FlowField]:
    """The fields with their mistakes; takes what it shows out of `at`.

    `ephemeral` says which source port the client picks by itself.
    """
    hosts = tuple(
        (name, _host(name, host.get("ip", ""))) for name, host in scenario["hosts"].items()
    )
    typed = draft.flow
    is_icmp = "icmp" in typed["protocol"]
    fields = []
    for name, label in LABELS.items():
        options: tuple[tuple[str, str], ...] = ()
        hint = ""
        if name in ("from", "to"):
            options = _with(typed[name], (*hosts, (_OUTSIDE, f"인터넷 {_OUTSIDE}")))
        elif name == "protocol":
            options = _with(typed[name], PROTOCOLS)
        elif name == "port" and is_icmp:
            label, hint = "ICMP 유형/코드", "8/0"
        elif name == "source_port":
            hint = ephemeral
        problems = at.pop(f"flow.{name}", [])
        if name == "port" and at.pop("flow.icmp", []):
            problems = [_ICMP]
        if name == "source_port":
            ranges = [at.pop(f"flow.source_port[{i}]", []) for i in (0, 1)]
            if any(ranges) or (problems and isinstance(scenario["flow"]["source_port"], str)):
                problems = [_SOURCE]
        if name == "port":
            pairs = [at.pop(f"flow.icmp[{i}]", []) for i in (0, 1)]
            problems = [_ICMP] if any(pairs) else problems
        fields.append(FlowField(name, label, typed[name], options, hint, tuple(problems)))
    model = typed["port_model"] or "aws"
    fields.append(
        FlowField(
            "port_model",
            "응답의 목적지 포트",
            model,
            PORT_MODELS,
            "",
            tuple(at.pop("port_model", [])),
            radio=True,
        )
    )
    return fields


def _host(name: str, address: str) -> str:
    label = host_label(name)
    return f"{name} {address}" if label == name else f"{label} ({name} {address})"


def _with(value: str, options: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The choices, and what stands there even if it is none of them."""
    if value in [name for name, _ in options]:
        return options
    return (*options, (value, value or "고르세요"))
