"""Questions as plain values, and the words that all of them share."""

from dataclasses import dataclass

from .addresses import format_address, format_cidr
from .model import TCP, NetworkAclEntry, PortModel, Rule, RuleAction
from .notation import format_rule
from .ports import PortSet, intersect, merge
from .spoken import DIRECTIONS, LEGS, spoken_icmp, spoken_ports
from .trace import (
    Action,
    Checkpoint,
    CheckpointKind,
    Endpoint,
    Journey,
    Packet,
    Step,
)
from .walk import is_peer

_CIRCLED = "⓪①②③④⑤⑥"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer. Neither its id nor its place among the others tells whether it is right."""

    id: str
    text: str
    feedback: str


@dataclass(frozen=True, slots=True)
class Question:
    """`key` is the id of the one right option; `step` the step of the walk where it shows."""

    id: str
    stem: str
    options: tuple[Option, ...]
    key: str
    explanation: str
    step: int | None


def sent(journey: Journey) -> str:
    """What the client does, in a sentence: the opening of every stem."""
    client, server = _end(journey.client), _end(journey.server)
    if journey.has_ports:
        name = "TCP" if journey.protocol == TCP else "UDP"
        ports = f"{name} {spoken_ports(journey.service_ports)} 포트"
        return f"{client}에서 {server}의 {ports}로 요청을 보냅니다."
    if journey.request_icmp is not None:
        message = spoken_icmp(journey.protocol, journey.request_icmp)
        return f"{client}에서 {server}에 {message} 메시지를 보냅니다."
    return f"{client}에서 {server}에 {journey.protocol}번 프로토콜의 패킷을 보냅니다."


def _end(end: Endpoint) -> str:
    address = format_address(end.address)
    return f"인터넷({address})" if end.host is None else f"{end.host.name}({address})"


def place(checkpoint: Checkpoint, journey: Journey) -> str:
    """`6단계(⑤) acl-private NACL의 아웃바운드`."""
    note = "" if checkpoint.note is None else f"({_CIRCLED[checkpoint.note]})"
    return f"{checkpoint.n}단계{note} {list_name(checkpoint, journey)}"


def list_name(checkpoint: Checkpoint, journey: Journey) -> str:
    """`acl-private NACL의 아웃바운드`, `sg-app, sg-web 보안 그룹의 인바운드`."""
    end = journey.at(checkpoint.end)
    way = DIRECTIONS[checkpoint.direction]
    if checkpoint.kind is CheckpointKind.SECURITY_GROUP:
        return f"{', '.join(end.group_names)} 보안 그룹의 {way}"
    return f"{end.nacl.name} NACL의 {way}"


def may_split(journey: Journey) -> bool:
    """Can some source ports fare otherwise than others? Known before anything is judged."""
    low, high = journey.source_ports[0]
    return journey.has_ports and journey.port_model is PortModel.AWS and low < high


def stopped_in_words(step: Step, journey: Journey) -> str:
    """`6단계(⑤) …에서 응답이 막힙니다`, without a full stop."""
    where, leg = place(step.checkpoint, journey), LEGS[step.checkpoint.leg]
    if step.action is Action.PARTIAL:
        denied = merge(
            ports for d in step.decisions if d.action is RuleAction.DENY for ports in d.ports
        )
        return f"{where}에서 {spoken_ports(denied)} 포트로 가는 {leg}이 막힙니다"
    return f"{where}에서 {leg}이 막힙니다"


def matches(rule: Rule, packet: Packet, ports: PortSet, other: Endpoint) -> bool:
    """Does the rule select some of the packets to these destination ports?"""
    return not misfits(rule, packet, ports, other)


def misfits(rule: Rule, packet: Packet, ports: PortSet, other: Endpoint) -> list[str]:
    """What of the rule does not fit the packet: whole sentences; none where the rule matches."""
    reasons = []
    if not rule.traffic.selects(packet.protocol, packet.icmp):
        reasons.append("규칙의 프로토콜이나 ICMP 유형이 이 패킷과 다릅니다.")
    elif not intersect(ports, rule.traffic.ports):
        reasons.append(
            f"규칙의 포트는 {spoken_ports((rule.traffic.ports,))}인데, "
            f"이 패킷의 목적지 포트는 {spoken_ports(ports)}입니다."
        )
    peer = rule.cidr if isinstance(rule, NetworkAclEntry) else rule.peer
    if is_peer(peer, other):
        return reasons
    address = format_address(other.address)
    if not isinstance(peer, str):
        reasons.append(f"상대인 {address} 주소가 규칙의 대역 {format_cidr(peer)} 밖에 있습니다.")
    elif other.host is None:
        reasons.append(f"상대인 {address} 주소는 VPC 밖에 있어 보안 그룹이 없습니다.")
    else:
        reasons.append(f"{peer} 보안 그룹은 {other.host.name} 호스트에 연결되어 있지 않습니다.")
    return reasons


def quoted(rule: Rule) -> str:
    return f"「{format_rule(rule)}」"
