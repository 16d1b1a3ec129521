"""Fixes: minimal, least privilege, on free numbers, and named where there is none."""

import copy
import ipaddress
from itertools import combinations

import pytest
from hypothesis import assume, given, settings

from apps.widgets.packet_walk.domain import evaluate
from apps.widgets.packet_walk.domain.fixes import Plan, apply_fixes, plan_fixes
from apps.widgets.packet_walk.domain.scenario import scenario_to_json
from apps.widgets.packet_walk.domain.walk import walk

from . import oracle
from .strategies import scenarios
from .worlds import (
    APP_IN,
    APP_OUT,
    DB_IN,
    DB_OUT,
    PING,
    SG_APP_OUT,
    SG_DB_IN,
    SIX,
    Json,
    read,
    world,
)

_MENDABLE = ("request_denied", "response_denied", "partially_delivered")


def fixes(*changes: Json) -> list[tuple[str, str, str]]:
    """Where and what, as (id, direction, rule)."""
    result = evaluate(world(*changes))
    assert result["unfixable"] is None
    return [(fix["id"], fix["direction"], fix["rule"]) for fix in result["fixes"]]


def applied(document: Json, chosen: list[Json]) -> Json:
    """The document with the rules of these fixes written into its lists, by hand."""
    document = copy.deepcopy(document)
    for fix in chosen:
        section = "nacls" if fix["checkpoint"] == "nacl" else "security_groups"
        document[section][fix["id"]][fix["direction"]].append(fix["rule"])
    return document


def delivers(document: Json) -> bool:
    """By the independent check: with every port the client may pick."""
    return all(oracle.connects(document, port) for port in oracle.representatives(document))


NEEDED = {
    SG_APP_OUT: ("sg-app", "outbound", "tcp 3306 sg-db"),
    APP_OUT: ("acl-public", "outbound", "100 tcp 3306 10.0.2.0/24 allow"),
    DB_IN: ("acl-private", "inbound", "100 tcp 3306 10.0.1.0/24 allow"),
    SG_DB_IN: ("sg-db", "inbound", "tcp 3306 sg-app"),
    DB_OUT: ("acl-private", "outbound", "100 tcp 32768-60999 10.0.1.0/24 allow"),
    APP_IN: ("acl-public", "inbound", "100 tcp 32768-60999 10.0.2.0/24 allow"),
}


@pytest.mark.parametrize("path", NEEDED)
def test_one_closed_checkpoint_is_opened_and_nothing_else(path: str) -> None:
    assert fixes({path: []}) == [NEEDED[path]]


def test_all_closed_checkpoints_are_opened_in_the_order_of_the_walk() -> None:
    assert fixes({path: [] for path in NEEDED}) == list(NEEDED.values())


def test_what_is_delivered_or_has_no_route_is_not_mended() -> None:
    assert fixes() == []
    assert fixes({"flow.to": "8.8.8.8"}, {"subnets.public.routes": ["local"]}) == []


@pytest.mark.parametrize(
    ("change", "source"),
    [
        ({}, "32768-60999"),
        ({"hosts.app.os": "windows"}, "49152-65535"),
        ({"hosts.app.os": "elb"}, "1024-65535"),
        ({"flow.source_port": 40000}, "40000"),
        ({"flow.source_port": [5, 9]}, "5-9"),
        ({"port_model": "notes"}, "3306"),
    ],
)
def test_the_response_is_opened_for_the_flows_own_source_ports(change: Json, source: str) -> None:
    rule = f"100 tcp {source} 10.0.1.0/24 allow"
    assert fixes({DB_OUT: [], APP_IN: ["1 all * 0.0.0.0/0 allow"]}, change) == [
        ("acl-private", "outbound", rule)
    ]


def test_a_partial_delivery_is_completed() -> None:
    assert fixes({DB_OUT: ["7 tcp 32768-40000 10.0.1.0/24 allow"]}) == [
        ("acl-private", "outbound", "100 tcp 32768-60999 10.0.1.0/24 allow")
    ]


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (["100 tcp 3306 10.0.1.0/24 deny"], 90),
        (["100 tcp 3306 10.0.1.0/24 deny", "90 udp * 0.0.0.0/0 allow"], 80),
        (["10 tcp 3306 10.0.1.0/24 deny"], 9),
        (["3 all * 0.0.0.0/0 deny", "2 udp * 0.0.0.0/0 allow"], 1),
        (["250 udp * 0.0.0.0/0 allow"], 300),
        (["32766 udp * 0.0.0.0/0 allow"], 32760),
        (["200 all * 0.0.0.0/0 deny", "90 all * 10.0.1.10/32 deny"], 80),
    ],
)
def test_a_fix_takes_a_free_number_in_front_of_every_deny(lines: list[str], number: int) -> None:
    assert fixes({DB_IN: lines}) == [
        ("acl-private", "inbound", f"{number} tcp 3306 10.0.1.0/24 allow")
    ]


@pytest.mark.parametrize(
    ("line", "because"),
    [
        ("100 tcp 3306 10.0.1.0/24 deny", True),
        ("32766 all * 0.0.0.0/0 deny", True),
        ("32766 udp * 0.0.0.0/0 deny", False),
        ("32766 tcp 3307 0.0.0.0/0 deny", False),
        ("32766 tcp 3306 10.9.0.0/16 deny", False),
    ],
)
def test_only_a_deny_of_this_flow_is_a_reason_for_a_lower_number(line: str, because: bool) -> None:
    (fix,) = evaluate(world({DB_IN: [line]}))["fixes"]
    assert ("거부 규칙보다 먼저" in fix["why"]) == because


def test_no_free_number_in_front_of_a_deny_is_named() -> None:
    deny = "2 tcp 3306 0.0.0.0/0 deny"
    result = evaluate(world({DB_IN: ["1 udp * 0.0.0.0/0 allow", deny], SG_DB_IN: []}))
    assert result["fixes"] == []
    why = result["unfixable"].pop("why")
    assert result["unfixable"] == {
        "checkpoint": "nacl", "id": "acl-private", "direction": "inbound", "rule": deny,
    }  # fmt: skip
    assert deny in why


def test_one_list_read_twice_gets_two_numbers() -> None:
    shared = {
        "subnets.private.nacl": "acl-public",
        APP_OUT: ["3 all * 0.0.0.0/0 deny"],
        APP_IN: ["1 all * 0.0.0.0/0 allow"],
    }
    rules = fixes(shared)
    assert sorted(rule.split()[0] for _, _, rule in rules) == ["1", "2"]
    tight = evaluate(world(shared, {APP_OUT: ["2 all * 0.0.0.0/0 deny"]}))
    assert (tight["fixes"], tight["unfixable"]["rule"]) == ([], "2 all * 0.0.0.0/0 deny")


def test_the_number_nearer_to_its_deny_is_given_first() -> None:
    shared = {
        "subnets.private.nacl": "acl-public",
        APP_OUT: ["2 tcp 32768-60999 10.0.1.0/24 deny", "3 tcp 3306 10.0.2.0/24 deny"],
        APP_IN: ["1 all * 0.0.0.0/0 allow"],
    }
    result = evaluate(world(shared))
    assert result["unfixable"]["rule"] == "3 tcp 3306 10.0.2.0/24 deny"
    spaced = {APP_OUT: ["2 tcp 32768-60999 10.0.1.0/24 deny", "4 tcp 3306 10.0.2.0/24 deny"]}
    assert [rule.split()[0] for _, _, rule in fixes(shared, spaced)] == ["3", "1"]


def test_an_outside_peer_is_named_by_its_one_address() -> None:
    flow = {"flow": {"from": "203.0.113.9", "to": "app", "protocol": "tcp", "port": 443}}
    closed: Json = {APP_IN: [], APP_OUT: []}
    assert fixes(flow, closed) == [
        ("acl-public", "inbound", "100 tcp 443 203.0.113.9/32 allow"),
        ("sg-app", "inbound", "tcp 443 203.0.113.9/32"),
        ("acl-public", "outbound", "100 tcp 1024-65535 203.0.113.9/32 allow"),
    ]


def test_an_echo_is_opened_by_its_types() -> None:
    assert fixes(PING, {DB_IN: [], DB_OUT: []}) == [
        ("sg-app", "outbound", "icmp 8/0 sg-db"),
        ("acl-public", "outbound", "200 icmp 8/0 10.0.2.0/24 allow"),
        ("acl-private", "inbound", "100 icmp 8/0 10.0.1.0/24 allow"),
        ("sg-db", "inbound", "icmp 8/0 sg-app"),
        ("acl-private", "outbound", "100 icmp 0/0 10.0.1.0/24 allow"),
        ("acl-public", "inbound", "200 icmp 0/0 10.0.2.0/24 allow"),
    ]


def test_an_ipv6_peer_is_named_by_its_own_block() -> None:
    assert ("acl-private", "inbound", "200 tcp 3306 2001:db8:0:1::/64 allow") in fixes(SIX)


@settings(max_examples=100, deadline=None)
@given(scenarios())
def test_applied_fixes_deliver_and_no_smaller_subset_does(document: Json) -> None:
    result = evaluate(document)
    assume(result["disposition"] in _MENDABLE and result["unfixable"] is None)
    found = result["fixes"]
    assert found
    assert evaluate(applied(document, found))["disposition"] == "delivered"
    assert delivers(applied(document, found))
    for size in range(len(found)):
        for subset in combinations(found, size):
            assert not delivers(applied(document, list(subset)))


@settings(max_examples=100, deadline=None)
@given(scenarios())
def test_fixes_open_no_more_than_the_flow_needs(document: Json) -> None:
    result = evaluate(document)
    for fix in result["fixes"]:
        words = fix["rule"].split()
        protocol, ports, peer = words[1:4] if fix["checkpoint"] == "nacl" else words
        assert protocol == str(document["flow"]["protocol"])
        if protocol != "47":
            assert ports != "*" or document["flow"].get("source_port") == [0, 65535]
        if "/" in peer:
            block = ipaddress.ip_network(peer)
            outside = (document["flow"]["from"], document["flow"]["to"])
            known = [subnet["cidr"] for subnet in document["subnets"].values()]
            assert str(block) in known or str(block.network_address) in outside
            assert block.prefixlen > 0


@settings(max_examples=100, deadline=None)
@given(scenarios())
def test_fixes_keep_what_is_there_and_take_distinct_numbers(document: Json) -> None:
    result = evaluate(document)
    mended = applied(document, result["fixes"])
    for name, nacl in mended["nacls"].items():
        for direction, lines in nacl.items():
            numbers = [line.split()[0] for line in lines]
            assert len(set(numbers)) == len(numbers), (name, direction)
    scenario = read(document)
    plan = plan_fixes(scenario, walk(scenario))
    assert scenario_to_json(apply_fixes(scenario, plan.fixes)) == scenario_to_json(read(mended))


@settings(max_examples=100, deadline=None)
@given(scenarios())
def test_there_are_fixes_or_the_deny_in_the_way_but_never_both(document: Json) -> None:
    result = evaluate(document)
    mendable = result["disposition"] in _MENDABLE
    assert mendable == (bool(result["fixes"]) != (result["unfixable"] is not None))
    if not mendable:
        scenario = read(document)
        assert plan_fixes(scenario, walk(scenario)) == Plan()
    if result["unfixable"] is not None:
        blocked = result["unfixable"]
        lines = document["nacls"][blocked["id"]][blocked["direction"]]
        last = int(blocked["rule"].split()[0])
        free = set(range(1, last)) - {int(line.split()[0]) for line in lines}
        # Another fix of the same list may have taken the one free number.
        assert len(free) <= 1
        assert blocked["rule"].endswith("deny")
