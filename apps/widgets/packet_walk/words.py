"""Korean words for what the engine names."""

from .domain.addresses import format_address
from .domain.mismatch import nearest_miss
from .domain.model import ICMP_PROTOCOLS
from .domain.notation import format_icmp, format_ports, format_protocol
from .domain.ports import PortSet
from .domain.trace import (
    Action,
    Checkpoint,
    CheckpointKind,
    Code,
    Disposition,
    Endpoint,
    Journey,
    Leg,
    Packet,
    Step,
)

DIRECTIONS = {"inbound": "인바운드", "outbound": "아웃바운드"}
LEGS = {"request": "요청", "response": "응답"}
# The names that the notes use, for the names of the presets.
_SUBNETS = {"public": "퍼블릭 서브넷", "private": "프라이빗 서브넷"}
_HOSTS = {"app": "EC2", "web": "EC2", "db": "RDS"}
MARKS = {
    "allow": ("✓", "허용"),
    "deny": ("✕", "거부"),
    "partial": ("◐", "일부만 통과"),
    "memory": ("↺", "자동 허용"),
    "skip": ("·", "해당 없음"),
    "not_reached": ("—", "도달 못 함"),
}
VERDICTS = {
    Disposition.DELIVERED: ("allow", "연결됨"),
    Disposition.PARTIALLY_DELIVERED: ("partial", "일부 포트만 통과 – 가끔 되는 연결"),
    Disposition.REQUEST_DENIED: ("deny", "요청이 막힘 – 연결 시간 초과"),
    Disposition.RESPONSE_DENIED: ("deny", "응답이 막힘 – 연결 시간 초과"),
    Disposition.NO_ROUTE: ("deny", "경로 없음 – 연결 시간 초과"),
}


def short(text: str, most: int) -> str:
    """Cut where the picture has no room; the whole name stands in the table."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def subnet_label(name: str) -> str:
    return _SUBNETS.get(name, f"{name} 서브넷")


def host_label(name: str) -> str:
    return _HOSTS.get(name, name)


def end_label(end: Endpoint) -> str:
    return "인터넷" if end.host is None else host_label(end.host.name)


def place_label(checkpoint: Checkpoint, journey: Journey) -> str:
    """`퍼블릭 서브넷 NACL`, `RDS 보안 그룹`."""
    end = journey.at(checkpoint.end)
    if checkpoint.kind is CheckpointKind.SECURITY_GROUP:
        return f"{end_label(end)} 보안 그룹"
    return f"{subnet_label(end.subnet.name)} NACL" if end.subnet else f"{end_label(end)} 쪽 NACL"


def action_key(step: Step) -> str:
    """The look of a step: the engine's action, with a remembered session told apart."""
    if step.code is Code.SESSION_MATCHED:
        return "memory"
    return step.action.value


def ports(values: PortSet) -> str:
    return ", ".join(format_ports(port) for port in values)


def packet_ends(packet: Packet) -> tuple[str, str]:
    """`10.0.1.10:32768-60999` and `10.0.2.20:3306`; IPv6 in brackets."""
    source, destination = format_address(packet.source), format_address(packet.destination)
    if not _has_ports(packet):
        return source, destination
    if packet.source.version == 6:
        source, destination = f"[{source}]", f"[{destination}]"
    return (
        f"{source}:{ports(packet.source_ports)}",
        f"{destination}:{ports(packet.destination_ports)}",
    )


def port_pair(packet: Packet) -> str:
    """What a packet's label says: `32768-60999 → 3306`, or the ICMP message."""
    if packet.protocol in ICMP_PROTOCOLS:
        message = "" if packet.icmp is None else f" {format_icmp(packet.icmp)}"
        return f"{format_protocol(packet.protocol).upper()}{message}"
    if not _has_ports(packet):
        return f"프로토콜 {format_protocol(packet.protocol)}"
    return f"{ports(packet.source_ports)} → {ports(packet.destination_ports)}"


def _has_ports(packet: Packet) -> bool:
    return format_protocol(packet.protocol) in ("tcp", "udp")


def bubble_word(step: Step) -> str:
    """The second line of a packet's label: what happens here, in a few words."""
    if step.code is Code.SESSION_MATCHED:
        return "↺ 기억한 연결"
    if step.action is Action.NOT_REACHED:
        return "여기까지 오지 못함"
    if step.checkpoint.kind is CheckpointKind.SECURITY_GROUP:
        return "맞는 규칙 없음" if step.action is Action.DENY else "규칙에 맞음 · 연결을 기억"
    again = "규칙을 다시 읽음" if step.checkpoint.leg is Leg.RESPONSE else "규칙을 읽음"
    results = {
        Action.ALLOW: "허용",
        Action.PARTIAL: "일부만 허용",
        Action.DENY: "거부" if step.code is Code.ACL_ENTRY_DENY else "맞는 규칙 없음",
    }
    return f"{again} · {results.get(step.action, '')}"


def why(step: Step, journey: Journey) -> str:
    """Why the packet was stopped here, in a sentence or two; the step's own text has the rest."""
    way = DIRECTIONS[step.checkpoint.direction.value]
    name = ", ".join(step.ids)
    if step.code is Code.SG_HAS_NO_RULES:
        return f"{name}에 {way} 규칙이 없습니다. 보안 그룹은 허용한 것만 통과시킵니다."
    if step.code is Code.ACL_ENTRY_DENY:
        return "번호가 작은 거부 규칙이 먼저 맞았습니다. NACL은 처음 맞은 규칙만 따릅니다."
    if step.code is Code.ACL_PARTIAL:
        wanted, passed = ports(step.packet.destination_ports), ports(step.passed)
        return f"{name}의 {way} 규칙이 {wanted} 가운데 {passed}만 허용합니다."
    text = f"{name}의 {way} 규칙에 맞는 것이 없습니다.{nearest_miss(step, journey)}"
    if step.checkpoint.leg is Leg.RESPONSE and _has_ports(step.packet):
        source, destination = packet_ends(step.packet)
        return f"응답은 {source}에서 출발해 {destination} 쪽으로 갑니다. {text}"
    return text
