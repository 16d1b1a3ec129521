"""Rules as one line of text, in the column order of AWS's console. Reads and writes.

    NACL:  <number> <protocol> <ports> <cidr> allow|deny      100 tcp 3306 10.0.2.0/24 allow
    SG:    <protocol> <ports> <peer>                          tcp 3306 sg-app

The same lines stand in forms, URLs, quiz files, JSON and tests. A refusal is a value, and holds
every reason at once.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from apps.kernel.shown import shown

from .addresses import Cidr, format_cidr, parse_cidr
from .model import (
    ALL_PROTOCOLS,
    ANY,
    ANY_ICMP,
    ICMP,
    ICMP_PROTOCOLS,
    ICMPV6,
    MAX_PROTOCOL,
    MAX_RULE_NUMBER,
    MIN_RULE_NUMBER,
    PROTOCOLS_WITH_PORTS,
    TCP,
    UDP,
    IcmpMessage,
    NetworkAclEntry,
    Rule,
    RuleAction,
    SecurityGroupRule,
    Traffic,
)
from .ports import ALL_PORTS, MAX_PORT, PortRange

PROTOCOL_NUMBERS: Mapping[str, int] = {"tcp": TCP, "udp": UDP, "icmp": ICMP, "icmpv6": ICMPV6}
_PROTOCOL_NAMES = {number: name for name, number in PROTOCOL_NUMBERS.items()}
_ACTIONS = {action.value: action for action in RuleAction}

NAME_PATTERN = "[A-Za-z0-9가-힣_-]{1,64}"
"""Names of subnets, lists, groups and hosts: never mistaken for an address, a block or a column."""
NAME = re.compile(NAME_PATTERN)

MAX_LINE_LENGTH = 160
_NACL_COLUMNS = "번호 프로토콜 포트 CIDR allow|deny"
_SG_COLUMNS = "프로토콜 포트 상대"


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a line is no rule: Korean sentences, at least one."""

    reasons: tuple[str, ...]


def parse_nacl_entry(line: str) -> NetworkAclEntry | Refused:
    """`100 tcp 3306 10.0.2.0/24 allow`, or every reason why not."""
    words = _words(line, 5, _NACL_COLUMNS, "100 tcp 3306 10.0.2.0/24 allow")
    if isinstance(words, Refused):
        return words
    reasons: list[str] = []
    number = _rule_number(words[0], reasons)
    traffic = _traffic(words[1], words[2], reasons)
    cidr = _cidr(words[3], reasons)
    action = _ACTIONS.get(words[4].lower())
    if action is None:
        reasons.append(f"동작은 allow 또는 deny로 적어야 합니다. 적힌 값: {shown(words[4])}")
    if number is None or traffic is None or cidr is None or action is None:
        return Refused(tuple(reasons))
    return NetworkAclEntry(number, traffic, cidr, action)


def format_nacl_entry(entry: NetworkAclEntry) -> str:
    """The canonical line of an entry; `parse_nacl_entry` reads it back."""
    number, traffic, cidr, action = entry
    return f"{number} {format_traffic(traffic)} {format_cidr(cidr)} {action.value}"


def parse_security_group_rule(line: str) -> SecurityGroupRule | Refused:
    """`tcp 3306 sg-app` or `all * 0.0.0.0/0`, or every reason why not."""
    words = _words(line, 3, _SG_COLUMNS, "tcp 3306 sg-app")
    if isinstance(words, Refused):
        return words
    reasons: list[str] = []
    traffic = _traffic(words[0], words[1], reasons)
    peer = _peer(words[2], reasons)
    if traffic is None or peer is None:
        return Refused(tuple(reasons))
    return SecurityGroupRule(traffic, peer)


def format_security_group_rule(rule: SecurityGroupRule) -> str:
    """The canonical line of a rule; `parse_security_group_rule` reads it back."""
    peer = rule.peer if isinstance(rule.peer, str) else format_cidr(rule.peer)
    return f"{format_traffic(rule.traffic)} {peer}"


def format_rule(rule: Rule) -> str:
    """The canonical line of either kind of rule."""
    if isinstance(rule, NetworkAclEntry):
        return format_nacl_entry(rule)
    return format_security_group_rule(rule)


def parse_protocol(word: str) -> int | None:
    """`tcp`, `udp`, `icmp`, `icmpv6` or an IANA number; None for anything else, `all` included."""
    number = PROTOCOL_NUMBERS.get(word.lower())
    return _number(word, MAX_PROTOCOL) if number is None else number


def format_protocol(protocol: int) -> str:
    """A name where the notation has one, else the number."""
    if protocol == ALL_PROTOCOLS:
        return "all"
    return _PROTOCOL_NAMES.get(protocol, str(protocol))


def parse_ports(word: str) -> PortRange | Refused:
    """`3306`, `1024-65535` or `*`."""
    if word == "*":
        return ALL_PORTS
    first, dash, second = word.partition("-")
    low = _number(first, MAX_PORT)
    high = _number(second, MAX_PORT) if dash else low
    if low is None or high is None:
        return _refuse(
            f"포트는 0~{MAX_PORT}의 수, 범위(1024-65535), * 가운데 하나입니다. "
            f"적힌 값: {shown(word)}"
        )
    if low > high:
        return _refuse(f"포트 범위의 시작이 끝보다 큽니다. 적힌 값: {shown(word)}")
    return PortRange(low, high)


def format_ports(ports: PortRange) -> str:
    """The inverse of `parse_ports`; all ports print `*`."""
    if ports == ALL_PORTS:
        return "*"
    return str(ports.low) if ports.low == ports.high else f"{ports.low}-{ports.high}"


def parse_icmp(word: str) -> IcmpMessage | Refused:
    """`8/0`, `8/*` or `*`.

    All types with one code is no rule in AWS either: -1 for the type asks for -1 as the code
    (EC2 API Reference, IpPermission; not among the dated facts).
    """
    if word == "*":
        return ANY_ICMP
    head, slash, tail = word.partition("/")
    kind = _number(head, 255)
    code = ANY if tail == "*" else _number(tail, 255)
    if not slash or kind is None or code is None:
        return _refuse(
            "ICMP는 포트 자리에 유형/코드(8/0), 유형/*, * 가운데 하나를 적습니다(값은 0~255). "
            f"적힌 값: {shown(word)}"
        )
    return IcmpMessage(kind, code)


def format_icmp(icmp: IcmpMessage) -> str:
    """The inverse of `parse_icmp`."""
    if icmp.type == ANY:
        return "*"
    return f"{icmp.type}/{'*' if icmp.code == ANY else icmp.code}"


def format_traffic(traffic: Traffic) -> str:
    """The protocol column and the port column."""
    protocol, ports, icmp = traffic
    if protocol in ICMP_PROTOCOLS:
        return f"{format_protocol(protocol)} {format_icmp(icmp)}"
    return f"{format_protocol(protocol)} {format_ports(ports)}"


def _words(line: str, count: int, columns: str, example: str) -> list[str] | Refused:
    # Bounded before it is split: a line of a megabyte costs no more than a short one.
    if len(line) > MAX_LINE_LENGTH:
        return _refuse(f"규칙 한 줄은 {MAX_LINE_LENGTH}자를 넘을 수 없습니다.")
    words = line.split()
    if len(words) == count:
        return words
    return _refuse(
        f"규칙은 「{columns}」의 {count}칸으로 적습니다(예: {example}). 적힌 칸: {len(words)}"
    )


def _refuse(reason: str) -> Refused:
    return Refused((reason,))


def _number(word: str, most: int) -> int | None:
    if word.isascii() and word.isdigit() and len(word) <= 5 and int(word) <= most:
        return int(word)
    return None


def _rule_number(word: str, reasons: list[str]) -> int | None:
    number = _number(word, MAX_RULE_NUMBER)
    if number is None or number < MIN_RULE_NUMBER:
        reasons.append(
            f"규칙 번호는 {MIN_RULE_NUMBER}~{MAX_RULE_NUMBER}의 정수입니다. 적힌 값: {shown(word)}"
        )
        return None
    return number


def _traffic(protocol_word: str, ports_word: str, reasons: list[str]) -> Traffic | None:
    everything = protocol_word.lower() == "all"
    protocol = ALL_PROTOCOLS if everything else parse_protocol(protocol_word)
    if protocol is None:
        reasons.append(
            f"프로토콜은 tcp, udp, icmp, icmpv6, all 또는 0~{MAX_PROTOCOL}의 번호입니다. "
            f"적힌 값: {shown(protocol_word)}"
        )
        return None
    selector: PortRange | IcmpMessage | Refused
    if protocol in PROTOCOLS_WITH_PORTS:
        selector = parse_ports(ports_word)
    elif protocol in ICMP_PROTOCOLS:
        selector = parse_icmp(ports_word)
    elif ports_word == "*":
        selector = ALL_PORTS
    else:
        selector = _refuse(
            "포트는 tcp와 udp에만 있습니다. 다른 프로토콜에는 * 하나만 적습니다. "
            f"적힌 값: {shown(ports_word)}"
        )
    if isinstance(selector, Refused):
        reasons.extend(selector.reasons)
        return None
    if isinstance(selector, IcmpMessage):
        return Traffic(protocol, icmp=selector)
    return Traffic(protocol, ports=selector)


def _cidr(word: str, reasons: list[str]) -> Cidr | None:
    cidr = parse_cidr(word)
    if cidr is None:
        reasons.append(f"CIDR는 10.0.2.0/24처럼 적습니다. 적힌 값: {shown(word)}")
    return cidr


def _peer(word: str, reasons: list[str]) -> Cidr | str | None:
    if NAME.fullmatch(word):
        return word
    cidr = parse_cidr(word)
    if cidr is None:
        reasons.append(
            f"상대는 CIDR(10.0.2.0/24, 주소 하나는 10.0.2.20/32) 또는 보안 그룹의 이름입니다. "
            f"적힌 값: {shown(word)}"
        )
    return cidr
