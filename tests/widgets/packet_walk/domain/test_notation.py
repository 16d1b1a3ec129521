"""Rules as one line of text: they round-trip, and a refusal names every reason."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.widgets.packet_walk.domain.addresses import Cidr
from apps.widgets.packet_walk.domain.model import (
    ALL_PROTOCOLS,
    ANY,
    ANY_ICMP,
    ICMP,
    ICMPV6,
    TCP,
    UDP,
    IcmpMessage,
    NetworkAclEntry,
    RuleAction,
    SecurityGroupRule,
    Traffic,
)
from apps.widgets.packet_walk.domain.notation import (
    MAX_LINE_LENGTH,
    NAME_PATTERN,
    Refused,
    format_nacl_entry,
    format_rule,
    format_security_group_rule,
    parse_nacl_entry,
    parse_security_group_rule,
)
from apps.widgets.packet_walk.domain.ports import PortRange

_ports = st.tuples(st.integers(0, 65535), st.integers(0, 65535)).map(
    lambda pair: PortRange(min(pair), max(pair))
)
_byte = st.integers(0, 255)
_icmp = st.one_of(
    st.just(ANY_ICMP),
    st.builds(IcmpMessage, _byte, _byte),
    _byte.map(lambda kind: IcmpMessage(kind, ANY)),
)
_traffic = st.one_of(
    st.tuples(st.sampled_from([TCP, UDP]), _ports).map(lambda pair: Traffic(*pair)),
    st.builds(lambda protocol, icmp: Traffic(protocol, icmp=icmp),
              st.sampled_from([ICMP, ICMPV6]), _icmp),
    st.one_of(st.just(ALL_PROTOCOLS), _byte.filter(lambda n: n not in (ICMP, TCP, UDP, ICMPV6)))
    .map(lambda protocol: Traffic(protocol)),
)  # fmt: skip


@st.composite
def _cidrs(draw: st.DrawFn) -> Cidr:
    version, bits = draw(st.sampled_from([(4, 32), (6, 128)]))
    prefix = draw(st.integers(0, bits))
    network = draw(st.integers(0, 2**bits - 1)) >> (bits - prefix) << (bits - prefix)
    return Cidr(version, network, prefix)


_entries = st.builds(
    NetworkAclEntry, st.integers(1, 32766), _traffic, _cidrs(), st.sampled_from(RuleAction)
)
_peers = st.one_of(_cidrs(), st.from_regex(NAME_PATTERN, fullmatch=True))
_rules = st.builds(SecurityGroupRule, _traffic, _peers)


@settings(max_examples=200, deadline=None)
@given(_entries)
def test_acl_entries_round_trip(entry: NetworkAclEntry) -> None:
    line = format_nacl_entry(entry)
    assert parse_nacl_entry(line) == entry
    assert format_rule(entry) == line
    assert len(line) <= MAX_LINE_LENGTH


@settings(max_examples=200, deadline=None)
@given(_rules)
def test_security_group_rules_round_trip(rule: SecurityGroupRule) -> None:
    line = format_security_group_rule(rule)
    assert parse_security_group_rule(line) == rule
    assert format_rule(rule) == line
    assert len(line) <= MAX_LINE_LENGTH


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_a_rule_that_round_trips_or_is_refused_with_reasons(text: str) -> None:
    entry = parse_nacl_entry(text)
    assert entry.reasons if isinstance(entry, Refused) else parse_nacl_entry(format_rule(entry))
    rule = parse_security_group_rule(text)
    assert rule.reasons if isinstance(rule, Refused) else format_rule(rule)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("100 tcp 3306 100.68.0.18/18 allow", "100 tcp 3306 100.68.0.0/18 allow"),
        ("100 6 3306 10.0.2.0/24 allow", "100 tcp 3306 10.0.2.0/24 allow"),
        ("0100 17 53 0.0.0.0/0 DENY", "100 udp 53 0.0.0.0/0 deny"),
        ("  1\tTCP  0-65535 10.9.8.7/0 Allow ", "1 tcp * 0.0.0.0/0 allow"),
        ("1 tcp 80-80 10.0.0.0/8 allow", "1 tcp 80 10.0.0.0/8 allow"),
        ("1 1 8/0 10.0.0.0/8 allow", "1 icmp 8/0 10.0.0.0/8 allow"),
        ("1 58 128/* 2001:DB8:0:0::1/64 allow", "1 icmpv6 128/* 2001:db8::/64 allow"),
        ("1 ALL * ::/0 deny", "1 all * ::/0 deny"),
        ("32766 47 * 0.0.0.0/0 allow", "32766 47 * 0.0.0.0/0 allow"),
    ],
)
def test_what_is_written_freely_is_printed_canonically(written: str, canonical: str) -> None:
    entry = parse_nacl_entry(written)
    assert isinstance(entry, NetworkAclEntry)
    assert format_nacl_entry(entry) == canonical


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "5칸"),
        ("100 tcp 3306 10.0.2.0/24", "5칸"),
        ("100 tcp 3306 10.0.2.0/24 allow now", "5칸"),
        ("0 tcp 3306 10.0.2.0/24 allow", "규칙 번호"),
        ("32767 tcp 3306 10.0.2.0/24 allow", "규칙 번호"),
        ("* tcp 3306 10.0.2.0/24 allow", "규칙 번호"),
        ("-1 tcp 3306 10.0.2.0/24 allow", "규칙 번호"),
        ("１ tcp 3306 10.0.2.0/24 allow", "규칙 번호"),
        ("1 sctp 3306 10.0.2.0/24 allow", "프로토콜"),
        ("1 256 * 10.0.2.0/24 allow", "프로토콜"),
        ("1 tcp 65536 10.0.2.0/24 allow", "포트는"),
        ("1 tcp 9-8 10.0.2.0/24 allow", "시작이 끝보다"),
        ("1 tcp 1- 10.0.2.0/24 allow", "포트는"),
        ("1 tcp 8/0 10.0.2.0/24 allow", "포트는"),
        ("1 icmp 80 10.0.2.0/24 allow", "유형/코드"),
        ("1 icmp */0 10.0.2.0/24 allow", "유형/코드"),
        ("1 icmp 256/0 10.0.2.0/24 allow", "유형/코드"),
        ("1 all 80 10.0.2.0/24 allow", "tcp와 udp에만"),
        ("1 47 80 10.0.2.0/24 allow", "tcp와 udp에만"),
        ("1 tcp 80 10.0.2.0 allow", "CIDR"),
        ("1 tcp 80 10.0.2.0/33 allow", "CIDR"),
        ("1 tcp 80 10.0.2.0/255.255.255.0 allow", "CIDR"),
        ("1 tcp 80 10.0.2/24 allow", "CIDR"),
        ("1 tcp 80 fe80::1%eth0/64 allow", "CIDR"),
        ("1 tcp 80 sg-app allow", "CIDR"),
        ("1 tcp 80 10.0.2.0/24 permit", "allow 또는 deny"),
        ("1 " * MAX_LINE_LENGTH, "160자"),
    ],
)
def test_a_line_that_is_no_acl_entry_is_refused(line: str, reason: str) -> None:
    refused = parse_nacl_entry(line)
    assert isinstance(refused, Refused)
    assert [reason in text for text in refused.reasons] == [True]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("tcp 3306", "3칸"),
        ("tcp 3306 sg-app allow", "3칸"),
        ("tcp 3306 10.0.2.0", "상대는"),
        ("tcp 3306 sg/app", "상대는"),
        ("tcp 3306 " + "a" * 65, "상대는"),
        ("ftp 3306 sg-app", "프로토콜"),
        ("tcp 70000 sg-app", "포트는"),
    ],
)
def test_a_line_that_is_no_security_group_rule_is_refused(line: str, reason: str) -> None:
    refused = parse_security_group_rule(line)
    assert isinstance(refused, Refused)
    assert [reason in text for text in refused.reasons] == [True]


def test_all_reasons_are_given_at_once() -> None:
    entry = parse_nacl_entry("0 tcp 9-8 nowhere permit")
    assert isinstance(entry, Refused)
    assert len(entry.reasons) == 4
    rule = parse_security_group_rule("tcp x 1/2/3")
    assert isinstance(rule, Refused)
    assert len(rule.reasons) == 2
