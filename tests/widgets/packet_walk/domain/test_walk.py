"""The walk, table by table: which checkpoint decides what, by which rule, on which ports."""

from typing import Any

import pytest

from .worlds import (
    APP_IN,
    APP_OUT,
    DB_IN,
    DB_OUT,
    OPEN,
    PING,
    SG_APP_OUT,
    SG_DB_IN,
    SIX,
    Json,
    actions,
    codes,
    run,
    step,
)

LINUX = [32768, 60999]


# n, note, leg, checkpoint, id, direction, code, rule: the table of the specification.
ROWS = [
    (1, None, "request", "security_group", "sg-app", "outbound", "SESSION_CREATED",
     "tcp 3306 sg-db"),
    (2, 1, "request", "nacl", "acl-public", "outbound", "ACL_ENTRY_ALLOW",
     "100 tcp 3306 10.0.2.0/24 allow"),
    (3, 2, "request", "nacl", "acl-private", "inbound", "ACL_ENTRY_ALLOW",
     "100 tcp 3306 10.0.1.0/24 allow"),
    (4, 3, "request", "security_group", "sg-db", "inbound", "SESSION_CREATED",
     "tcp 3306 sg-app"),
    (5, 4, "response", "security_group", "sg-db", "outbound", "SESSION_MATCHED", None),
    (6, 5, "response", "nacl", "acl-private", "outbound", "ACL_ENTRY_ALLOW",
     "100 tcp 1024-65535 10.0.1.0/24 allow"),
    (7, 6, "response", "nacl", "acl-public", "inbound", "ACL_ENTRY_ALLOW",
     "100 tcp 1024-65535 10.0.2.0/24 allow"),
    (8, None, "response", "security_group", "sg-app", "inbound", "SESSION_MATCHED", None),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"step {row[0]}")
def test_each_checkpoint_is_passed_in_the_order_of_the_table(row: tuple[Any, ...]) -> None:
    n, note, leg, checkpoint, name, direction, code, rule = row
    got = step(run(), n)
    assert got.pop("text")
    assert got == {
        "n": n, "note": note, "leg": leg, "checkpoint": checkpoint, "id": [name],
        "direction": direction, "action": "allow", "code": code, "rule": rule,
    }  # fmt: skip


def test_a_delivered_walk_has_nothing_to_mend() -> None:
    result = run()
    assert len(result.pop("steps")) == 8
    assert result == {
        "disposition": "delivered",
        "symptom": "connected",
        "passing_source_ports": [LINUX],
        "fixes": [],
        "unfixable": None,
        "code": None,
    }


@pytest.mark.parametrize(
    ("path", "expected", "code", "disposition"),
    [
        (SG_APP_OUT, "DNNNNNNN", "SG_HAS_NO_RULES", "request_denied"),
        (APP_OUT, "ADNNNNNN", "ACL_DEFAULT_DENY", "request_denied"),
        (DB_IN, "AADNNNNN", "ACL_DEFAULT_DENY", "request_denied"),
        (SG_DB_IN, "AAADNNNN", "SG_HAS_NO_RULES", "request_denied"),
        (DB_OUT, "AAAAADNN", "ACL_DEFAULT_DENY", "response_denied"),
        (APP_IN, "AAAAAADN", "ACL_DEFAULT_DENY", "response_denied"),
    ],
)
def test_the_walk_stops_at_the_first_denial(
    path: str, expected: str, code: str, disposition: str
) -> None:
    result = run({path: []})
    assert actions(result) == expected
    denied = step(result, expected.index("D") + 1)
    assert denied["code"] == code
    assert denied.get("reachability_code") == (
        "SUBNET_ACL_RESTRICTION" if denied["checkpoint"] == "nacl" else None
    )
    assert (result["disposition"], result["symptom"]) == (disposition, "timeout")
    assert result["passing_source_ports"] == []


@pytest.mark.parametrize(
    "path", ["security_groups.sg-db.outbound", "security_groups.sg-app.inbound"]
)
@pytest.mark.parametrize("rules", [[], ["udp 53 10.9.0.0/16"], ["all * 0.0.0.0/0"]])
def test_the_rules_against_a_session_are_never_read(path: str, rules: list[str]) -> None:
    result = run({path: rules})
    assert result["disposition"] == "delivered"
    assert [step(result, n)["code"] for n in (5, 8)] == ["SESSION_MATCHED"] * 2


@pytest.mark.parametrize(
    ("entries", "code", "rule"),
    [
        (["100 tcp 3306 10.0.1.0/24 allow"], "ACL_ENTRY_ALLOW", "100 tcp 3306 10.0.1.0/24 allow"),
        (["200 all * 0.0.0.0/0 allow", "90 tcp 3306 10.0.1.10/32 deny"], "ACL_ENTRY_DENY",
         "90 tcp 3306 10.0.1.10/32 deny"),
        (["90 tcp 3306 10.0.1.10/32 allow", "91 all * 0.0.0.0/0 deny"], "ACL_ENTRY_ALLOW",
         "90 tcp 3306 10.0.1.10/32 allow"),
        (["100 udp 3306 10.0.1.0/24 allow"], "ACL_DEFAULT_DENY", "*"),
        (["100 tcp 3305 10.0.1.0/24 allow"], "ACL_DEFAULT_DENY", "*"),
        (["100 tcp 3306 10.0.3.0/24 allow"], "ACL_DEFAULT_DENY", "*"),
        (["100 all * ::/0 allow"], "ACL_DEFAULT_DENY", "*"),
        (["100 6 0-65535 10.0.1.77/24 allow"], "ACL_ENTRY_ALLOW", "100 tcp * 10.0.1.0/24 allow"),
    ],
)  # fmt: skip
def test_the_first_matching_entry_decides(entries: list[str], code: str, rule: str) -> None:
    got = step(run({DB_IN: entries}), 3)
    assert (got["code"], got["rule"]) == (code, rule)


@pytest.mark.parametrize(
    ("rules", "rule"),
    [
        (["tcp 3306 sg-app"], "tcp 3306 sg-app"),
        (["tcp 3306 10.0.1.0/24", "tcp 3000-4000 10.0.1.10/32"], "tcp 3000-4000 10.0.1.10/32"),
        (["udp 3306 sg-app", "all * 10.0.0.0/8"], "all * 10.0.0.0/8"),
        (["tcp 3306 sg-db"], None),
        (["tcp 3307 sg-app"], None),
        (["tcp 3306 10.0.2.0/24"], None),
        (["all * ::/0"], None),
    ],
)
def test_a_security_group_names_its_least_matching_rule(rules: list[str], rule: str | None) -> None:
    got = step(run({SG_DB_IN: rules}), 4)
    assert got["rule"] == rule
    assert got["code"] == ("SESSION_CREATED" if rule else "ENI_SG_RULES_MISMATCH")


def test_all_attached_groups_are_read_together() -> None:
    groups = {
        "security_groups.sg-more": {"inbound": ["tcp 3306 sg-app"], "outbound": []},
        SG_DB_IN: [],
        "hosts.db.security_groups": ["sg-more", "sg-db"],
    }
    got = step(run(groups), 4)
    assert (got["id"], got["rule"]) == (["sg-db", "sg-more"], "tcp 3306 sg-app")


def test_a_group_may_name_itself_as_its_peer() -> None:
    shared = {
        "hosts.app.security_groups": ["sg-db"],
        "security_groups.sg-db": {"inbound": ["tcp 3306 sg-db"], "outbound": ["tcp 3306 sg-db"]},
    }
    assert run(shared)["disposition"] == "delivered"


def test_the_response_is_judged_by_the_clients_port() -> None:
    both_ways = {
        DB_OUT: ["100 tcp 3306 10.0.1.0/24 allow"],
        APP_IN: ["1 tcp 3306 10.0.2.0/24 allow"],
    }
    result = run(both_ways)
    assert (actions(result), step(result, 6)["note"]) == ("AAAAADNN", 5)
    assert run(both_ways, {"port_model": "notes"})["disposition"] == "delivered"
    assert (
        run({"port_model": "notes", DB_OUT: ["9 tcp 32768-60999 10.0.1.0/24 allow"]})["disposition"]
        == "response_denied"
    )


def test_a_range_passes_in_part() -> None:
    result = run({DB_OUT: [
        "10 tcp 40000-40099 10.0.1.0/24 deny",
        "20 tcp 32768-49999 10.0.1.0/24 allow",
    ]})  # fmt: skip
    assert actions(result) == "AAAAAPAA"
    assert (result["disposition"], result["symptom"]) == ("partially_delivered", "intermittent")
    assert result["passing_source_ports"] == [[32768, 39999], [40100, 49999]]
    got = step(result, 6)
    deny, allow = "10 tcp 40000-40099 10.0.1.0/24 deny", "20 tcp 32768-49999 10.0.1.0/24 allow"
    assert (got["code"], got["rule"]) == ("ACL_PARTIAL", f"{deny}, {allow}, *")
    assert "reachability_code" not in got
    assert got["ranges"] == [
        {"ports": "32768-39999", "action": "allow", "rule": allow},
        {"ports": "40000-40099", "action": "deny", "rule": deny},
        {"ports": "40100-49999", "action": "allow", "rule": allow},
        {"ports": "50000-60999", "action": "deny", "rule": "*"},
    ]


def test_two_lists_cut_a_range_twice() -> None:
    result = run({
        DB_OUT: ["1 tcp 32768-50000 10.0.1.0/24 allow"],
        APP_IN: ["1 tcp 40000-65535 10.0.2.0/24 allow"],
    })  # fmt: skip
    assert actions(result) == "AAAAAPPA"
    assert result["passing_source_ports"] == [[40000, 50000]]


def test_two_lists_with_nothing_in_common_deny() -> None:
    result = run({
        DB_OUT: ["1 tcp 32768-39999 10.0.1.0/24 allow"],
        APP_IN: ["1 tcp 40000-65535 10.0.2.0/24 allow"],
    })  # fmt: skip
    assert (actions(result), result["disposition"]) == ("AAAAAPDN", "response_denied")


def test_several_entries_may_allow_a_range_together() -> None:
    result = run(
        {DB_OUT: ["1 tcp 1-50000 10.0.1.0/24 allow", "2 tcp 50001-65535 10.0.1.0/24 allow"]}
    )
    got = step(result, 6)
    assert (result["disposition"], got["code"]) == ("delivered", "ACL_ENTRY_ALLOW")
    assert [piece["ports"] for piece in got["ranges"]] == ["32768-50000", "50001-60999"]


@pytest.mark.parametrize(
    ("system", "disposition", "passing"),
    [
        ("linux", "delivered", [LINUX]),
        ("windows", "partially_delivered", [[49152, 60999]]),
        ("nat", "partially_delivered", [LINUX]),
        ("elb", "partially_delivered", [LINUX]),
    ],
)
def test_the_system_of_the_client_picks_the_ports(
    system: str, disposition: str, passing: list[list[int]]
) -> None:
    result = run({"hosts.app.os": system, DB_OUT: ["1 tcp 32768-60999 10.0.1.0/24 allow"]})
    assert (result["disposition"], result["passing_source_ports"]) == (disposition, passing)


@pytest.mark.parametrize(
    ("source", "disposition", "passing"),
    [
        (1024, "delivered", [[1024, 1024]]),
        (1023, "response_denied", []),
        ([1000, 1030], "partially_delivered", [[1024, 1030]]),
        ([50000, 50000], "delivered", [[50000, 50000]]),
    ],
)
def test_source_ports_may_be_given(
    source: int | list[int], disposition: str, passing: list[list[int]]
) -> None:
    result = run({"flow.source_port": source})
    assert (result["disposition"], result["passing_source_ports"]) == (disposition, passing)


def test_inside_one_subnet_no_acl_is_met() -> None:
    same = {"hosts.db.subnet": "public", "hosts.db.ip": "10.0.1.20", APP_IN: [], APP_OUT: []}
    result = run(same)
    assert (actions(result), result["disposition"]) == ("ASSAASSA", "delivered")
    assert [step(result, n)["code"] for n in (2, 3, 6, 7)] == ["SAME_SUBNET"] * 4
    assert actions(run(same, {SG_APP_OUT: []})) == "DSSNNSSN"


def test_the_default_acl_allows_everything() -> None:
    result = run(OPEN)
    assert result["disposition"] == "delivered"
    assert [step(result, n)["id"] for n in (2, 3, 6, 7)] == [["default"]] * 4
    assert step(result, 6)["rule"] == "100 all * 0.0.0.0/0 allow"


def test_ipv6_meets_only_ipv6_rules() -> None:
    result = run(SIX, OPEN, {"flow.protocol": "udp", "flow.port": 53})
    assert (result["disposition"], step(result, 2)["rule"]) == (
        "delivered", "101 all * ::/0 allow",
    )  # fmt: skip
    assert actions(run(SIX, {APP_OUT: ["1 all * 0.0.0.0/0 allow"]})) == "ADNNNNNN"


def test_an_echo_is_answered_by_a_reply() -> None:
    reply = {DB_OUT: ["1 icmp 0/0 10.0.1.0/24 allow"], APP_IN: ["1 icmp 0/* 10.0.2.0/24 allow"]}
    ask = {DB_IN: ["1 icmp 8/0 10.0.1.0/24 allow"], APP_OUT: ["1 icmp 8/* 10.0.2.0/24 allow"]}
    groups = {SG_APP_OUT: ["icmp 8/0 sg-db"], SG_DB_IN: ["icmp * sg-app"]}
    result = run(PING, reply, ask, groups)
    assert (result["disposition"], result["passing_source_ports"]) == ("delivered", [])
    refused = run(PING, ask, groups, {DB_OUT: ["1 icmp 8/0 10.0.1.0/24 allow"]})
    assert actions(refused) == "AAAAADNN"


def test_an_icmpv6_echo_is_answered_by_a_reply() -> None:
    flow = {"flow": {"from": "app", "to": "db", "protocol": "icmpv6", "icmp": [128, 0]}}
    nacl = {"subnets.private.nacl": "acl-private", "nacls": {"acl-private": {
        "inbound": ["1 icmpv6 128/0 ::/0 allow"], "outbound": ["1 icmpv6 129/0 ::/0 allow"],
    }}}  # fmt: skip
    assert run(SIX, OPEN, flow, nacl)["disposition"] == "delivered"


def test_a_message_without_a_reply_has_no_response() -> None:
    result = run(OPEN, PING, {"flow.icmp": [3, 4]})
    assert (result["disposition"], actions(result)) == ("delivered", "AAAASSSS")
    assert codes(result)[4:] == ["NO_RESPONSE"] * 4


@pytest.mark.parametrize(
    ("changes", "opening"),
    [
        ({DB_OUT: []}, "acl-private NACL에 아웃바운드 규칙이 하나도 없으므로"),
        ({DB_OUT: ["5 tcp 3306 10.0.1.0/24 allow"]}, "acl-private NACL은 아웃바운드 규칙을"),
    ],
)
def test_the_text_of_a_denied_response_names_the_right_port(changes: Json, opening: str) -> None:
    text = step(run(changes), 6)["text"]
    assert text.startswith(opening)
    assert "서비스 포트인 3306번이 아니라 요청의 출발지 포트인 32768~60999번입니다" in text
