"""Why nothing matched: the rule that came nearest, and what it got wrong."""

from typing import NamedTuple

from .addresses import format_address, format_cidr
from .model import ICMP_PROTOCOLS, NetworkAclEntry, Rule, RuleAction
from .notation import format_rule
from .ports import intersect
from .spoken import spoken_ports
from .trace import CheckpointKind, End, Endpoint, Journey, Step
from .walk import is_peer


class _Fault(NamedTuple):
    """One difference, as the middle and as the end of a Korean sentence."""

    middle: str
    end: str


def nearest_miss(step: Step, journey: Journey) -> str:
    """A sentence with a leading space about the rule with the fewest differences, or "".

    Only rules that allow are considered; of equally near ones, an ACL's first by number and a
    group's first by its text, so that the order of groups and rules never shows.
    """
    end, other = journey.client, journey.server
    if step.checkpoint.end is End.SERVER:
        end, other = other, end
    candidates = [(_faults(rule, step, other), rule) for rule in _allowing_rules(step, end)]
    if not candidates:
        return ""
    faults, rule = min(candidates, key=lambda candidate: len(candidate[0]))
    if not faults:
        return ""
    differences = ", ".join([*(fault.middle for fault in faults[:-1]), faults[-1].end])
    return f" 가장 가까운 허용 규칙은 「{format_rule(rule)}」인데, {differences}."


def _allowing_rules(step: Step, end: Endpoint) -> list[Rule]:
    direction = step.checkpoint.direction
    if step.checkpoint.kind is CheckpointKind.NACL:
        entries = end.nacl.entries(direction)
        return [entry for entry in entries if entry.action is RuleAction.ALLOW]
    rules = {rule for group in end.groups for rule in group.rules(direction)}
    return sorted(rules, key=format_rule)


def _faults(rule: Rule, step: Step, other: Endpoint) -> list[_Fault]:
    packet, traffic = step.packet, rule.traffic
    faults: list[_Fault] = []
    if not traffic.selects(packet.protocol, packet.icmp):
        same = traffic.protocol == packet.protocol and packet.protocol in ICMP_PROTOCOLS
        name = "ICMP 유형이나 코드가" if same else "프로토콜이"
        faults.append(_Fault(f"{name} 다르고", f"{name} 다릅니다"))
    elif not intersect(packet.destination_ports, traffic.ports):
        ports = spoken_ports((traffic.ports,)), spoken_ports(packet.destination_ports)
        detail = f"(규칙은 {ports[0]}, 패킷의 목적지는 {ports[1]})"
        faults.append(_Fault(f"포트가 다르고{detail}", f"포트가 다릅니다{detail}"))
    peer = rule.cidr if isinstance(rule, NetworkAclEntry) else rule.peer
    if not is_peer(peer, other):
        if not isinstance(peer, str):
            place = f"{format_address(other.address)} 주소가 {format_cidr(peer)} 대역 밖"
            faults.append(_Fault(f"{place}에 있고", f"{place}에 있습니다"))
        elif other.host is None:
            place = f"{format_address(other.address)} 주소는 VPC 밖이라 보안 그룹이"
            faults.append(_Fault(f"{place} 없고", f"{place} 없습니다"))
        else:
            place = f"{peer} 보안 그룹은 {other.host.name} 호스트에 연결되어"
            faults.append(_Fault(f"{place} 있지 않고", f"{place} 있지 않습니다"))
    return faults
