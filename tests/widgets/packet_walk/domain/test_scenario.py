"""Documents that are not valid: every problem at once, each at its path, never an exception."""

import copy
import json
import math
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.widgets.packet_walk.domain import evaluate
from apps.widgets.packet_walk.domain.scenario import scenario_to_json

from .worlds import DB_IN, MISSING, PING, SG_DB_IN, SIX, Json, put, read, world

_SEVENTEEN: Json = {
    f"h{n}": {"ip": f"10.0.2.{n + 30}", "subnet": "private", "security_groups": ["sg-db"]}
    for n in range(15)
}
_EMPTY: Json = {"inbound": [], "outbound": []}


def problems(document: object) -> list[tuple[str, str]]:
    result = evaluate(document)
    assert list(result) == ["problems"], result
    return [(problem["path"], problem["message"]) for problem in result["problems"]]


# Where, what is put there, where the problem is found, and words of its message.
KINDS: list[tuple[str, Any, str, str]] = [
    ("vpc", {}, "vpc", "알 수 없는 항목"),
    ("flow", MISSING, "flow", "반드시 있어야"),
    ("hosts.db", [], "hosts.db", "객체여야"),
    ("port_model", "real", "port_model", "aws, notes"),
    ("subnets.public.zone", "a", "subnets.public.zone", "알 수 없는 항목"),
    ("subnets.public.cidr", MISSING, "subnets.public.cidr", "반드시 있어야"),
    ("subnets.public.cidr", "10.0.1.0", "subnets.public.cidr", "10.0.1.0/24처럼"),
    ("subnets.public.cidr", "10.0.0.0/15", "subnets.public.cidr", "/16~/28"),
    ("subnets.public.cidr", "10.0.1.0/29", "subnets.public.cidr", "/16~/28"),
    ("subnets.public.cidr", "2001:db8::/63", "subnets.public.cidr", "/44~/64"),
    ("subnets.private.cidr", "10.0.0.0/16", "subnets.private.cidr", "public 서브넷의 CIDR와 겹"),
    ("subnets.public.nacl", "acl-x", "subnets.public.nacl", "nacls에 없는 NACL"),
    ("subnets.public.routes", ["vpn"], "subnets.public.routes[0]", "local, igw, nat"),
    ("subnets.public.routes", ["igw", "igw"], "subnets.public.routes[1]", "두 번"),
    ("subnets.a b", {"cidr": "10.9.0.0/24"}, "subnets.a b", "이름은"),
    ("nacls.default", _EMPTY, "nacls.default", "default는"),
    ("nacls.acl-public.inbound", MISSING, "nacls.acl-public.inbound", "반드시 있어야"),
    (DB_IN, "100 tcp 3306 10.0.1.0/24 allow", DB_IN, "배열이어야"),
    (DB_IN, [100], f"{DB_IN}[0]", "문자열이어야"),
    (DB_IN, ["tcp"], f"{DB_IN}[0]", "5칸"),
    (DB_IN, ["1 tcp 65536 10.0.0.0/8 allow"], f"{DB_IN}[0]", "포트는"),
    (DB_IN, ["1 tcp 9-8 10.0.0.0/8 allow"], f"{DB_IN}[0]", "시작이 끝보다"),
    (DB_IN, ["1 tcp 1 10.0.0.0/8 allow", "1 all * ::/0 deny"], f"{DB_IN}[1]", "1번이 이 방향에"),
    (DB_IN, [f"{n} tcp 1 10.0.0.0/8 allow" for n in range(1, 42)], DB_IN, "40개까지"),
    (SG_DB_IN, ["tcp 3306 sg-x"], f"{SG_DB_IN}[0]", "security_groups에 없는"),
    (SG_DB_IN, ["tcp 1 sg-app", "6 1-1 sg-app"], f"{SG_DB_IN}[1]", "같은 규칙"),
    (SG_DB_IN, ["tcp 1 sg-app", "tcp 1"], f"{SG_DB_IN}[1]", "3칸"),
    ("hosts.db.subnet", "nowhere", "hosts.db.subnet", "subnets에 없는"),
    ("hosts.db.ip", "10.0.2", "hosts.db.ip", "10.0.1.10처럼"),
    ("hosts.db.ip", "10.0.3.20", "hosts.db.ip", "속하지 않는"),
    ("hosts.db.ip", "10.0.2.3", "hosts.db.ip", "예약"),
    ("hosts.db.ip", "10.0.2.255", "hosts.db.ip", "예약"),
    ("hosts.db.security_groups", [], "hosts.db.security_groups", "하나 이상"),
    ("hosts.db.security_groups", ["sg-x"], "hosts.db.security_groups[0]", "없는 보안 그룹"),
    ("hosts.db.security_groups", ["sg-db"] * 2, "hosts.db.security_groups[1]", "두 번"),
    ("hosts.db.os", "beos", "hosts.db.os", "linux, windows, nat, elb"),
    ("flow.from", "web", "flow.from", "hosts에 없는"),
    ("flow.from", "10.0.1.77", "flow.from", "그 주소를 쓰는 호스트가 없습니다"),
    ("flow.from", "192.168.0.1", "flow.from", "사설"),
    ("flow.from", "169.254.169.254", "flow.from", "링크 로컬"),
    ("flow.to", "224.0.0.5", "flow.to", "멀티캐스트"),
    ("flow.to", "app", "flow.to", "같습니다"),
    ("flow.to", "10.0.1.10", "flow.to", "같습니다"),
    ("flow.to", "2606:4700::9", "flow", "한 버전으로"),
    ("flow.protocol", "all", "flow.protocol", "all은 규칙에만"),
    ("flow.protocol", 256, "flow.protocol", "0~255"),
    ("flow.protocol", True, "flow.protocol", "0~255"),
    ("flow.port", MISSING, "flow.port", "서비스 포트가 있어야"),
    ("flow.port", 65536, "flow.port", "0~65535"),
    ("flow.port", 80.0, "flow.port", "0~65535"),
    ("flow.port", -1, "flow.port", "0~65535"),
    ("flow.port", "80", "flow.port", "0~65535"),
    ("flow.icmp", [8, 0], "flow.icmp", "icmp나 icmpv6일 때만"),
    ("flow.source_port", [9, 8], "flow.source_port", "시작이 끝보다"),
    ("flow.source_port", [1], "flow.source_port", "수 두 개"),
    ("flow.source_port", [1, 70000], "flow.source_port[1]", "0~65535"),
    ("flow.source_port", {}, "flow.source_port", "0~65535"),
]


@pytest.mark.parametrize(("path", "value", "where", "words"), KINDS)
def test_each_mistake_is_found_at_its_place(
    path: str, value: object, where: str, words: str
) -> None:
    found = problems(world({path: value}))
    assert [place for place, _ in found] == [where]
    assert words in found[0][1]


@pytest.mark.parametrize(
    ("changes", "where", "words"),
    [
        ({"hosts.db.subnet": "public", "hosts.db.ip": "10.0.1.10"}, "hosts.db.ip", "호스트 app의"),
        ({**PING, "flow.icmp": MISSING}, "flow.icmp", "[유형, 코드]"),
        ({**PING, "flow.icmp": [8, 0, 0]}, "flow.icmp", "수 두 개"),
        ({**PING, "flow.icmp": [256, 0]}, "flow.icmp[0]", "0~255"),
        ({**PING, "flow.port": 80}, "flow.port", "tcp와 udp에만"),
        ({**PING, "flow.source_port": 80}, "flow.source_port", "tcp와 udp에만"),
        ({**PING, "flow.protocol": "icmpv6"}, "flow.protocol", "IPv4의 ICMP는 icmp"),
        ({**PING, **SIX}, "flow.protocol", "IPv6의 ICMP는 icmpv6"),
        ({"flow.protocol": 47, "flow.source_port": 1, "flow.port": MISSING},
         "flow.source_port", "tcp와 udp에만"),
        ({"flow.from": "203.0.113.9", "flow.to": "8.8.8.8"}, "flow", "VPC 안의 호스트"),
        ({"subnets.private.cidr": "2001:db8::/64"}, "hosts.db.ip", "한 버전으로"),
        ({f"hosts.{name}": host for name, host in _SEVENTEEN.items()}, "hosts", "16개까지"),
        ({f"nacls.a{n}": _EMPTY for n in range(29)}, "nacls", "64개까지"),
        ({f"security_groups.a{n}": _EMPTY for n in range(29)}, "security_groups", "64개까지"),
    ],
)  # fmt: skip
def test_mistakes_of_several_fields_are_found_too(changes: Json, where: str, words: str) -> None:
    found = problems(world(changes))
    assert [place for place, _ in found] == [where]
    assert words in found[0][1]


def test_all_problems_are_given_at_once() -> None:
    apart: dict[str, Any] = {
        "vpc": 1,
        "port_model": "real",
        "subnets.public.routes": ["vpn"],
        "nacls.default": _EMPTY,
        DB_IN: ["1 tcp 9-8 nowhere permit"],
        SG_DB_IN: ["tcp 3306 sg-x"],
        "hosts.db.ip": "10.0.3.20",
        "hosts.app.os": "beos",
        "flow.port": 65536,
        "flow.source_port": [9, 8],
    }
    found = problems(world(apart))
    assert {place for place, _ in found} == {
        "vpc", "port_model", "subnets.public.routes[0]", "nacls.default", f"{DB_IN}[0]",
        f"{SG_DB_IN}[0]", "hosts.db.ip", "hosts.app.os", "flow.port", "flow.source_port",
    }  # fmt: skip
    assert [place for place, _ in found].count(f"{DB_IN}[0]") == 3
    assert len(set(found)) == len(found)


def test_a_faulty_member_is_no_unknown_one() -> None:
    found = problems(world({"hosts.db": 7, "security_groups.sg-app": [], "subnets.private": None}))
    assert [place for place, _ in found] == [
        "subnets.private",
        "security_groups.sg-app",
        "hosts.db",
    ]


def test_defaults_are_written_out() -> None:
    gone = dict.fromkeys(
        ["port_model", "subnets.public.routes", "subnets.public.nacl", "hosts.app.os",
         "flow.source_port"], MISSING,
    )  # fmt: skip
    document = scenario_to_json(read(world(gone)))
    assert document["port_model"] == "aws"
    assert document["subnets"]["public"] == {
        "cidr": "10.0.1.0/24", "nacl": "default", "routes": ["local"],
    }  # fmt: skip
    assert (document["hosts"]["app"]["os"], document["flow"]["source_port"]) == ("linux", None)


def test_a_hosts_address_stands_for_the_host() -> None:
    assert read(world({"flow.to": "10.0.2.20"})) == read(world())


def test_a_protocol_number_stands_for_its_name() -> None:
    assert read(world({"flow.protocol": 6})) == read(world({"flow.protocol": "6"})) == read(world())


def _deep(levels: int) -> list[Any]:
    nested: list[Any] = []
    for _ in range(levels):
        nested = [nested]
    return nested


NONSENSE: list[Any] = [
    None, True, -1, 2**70, 10**5000, math.nan, math.inf, 1.5, "", " ", "x" * 100_000, "\ud800\0",
    [], [[]], [None], ["", ""], ["1 1 1 1 1"] * 50, {}, {"": 1}, {"\ud800": {}},
    {"x" * 100_000: {"x": 1}}, _deep(100_000), [math.nan, math.nan], [10**5000, -1],
    {"a": _deep(9)},
]  # fmt: skip


def _paths(value: object, path: str = "") -> Iterator[str]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _paths(member, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _paths(member, f"{path}[{index}]")


def _is_answer(result: Json) -> None:
    """Writable as UTF-8 JSON, and short: a mistake is never quoted whole."""
    text = json.dumps(result, ensure_ascii=False, allow_nan=False)
    assert len(text.encode("utf-8")) < 30_000
    if "problems" in result:
        assert result["problems"]
        assert all(problem["message"] for problem in result["problems"])


@pytest.mark.parametrize("path", [*_paths(world()), "nacls.new", "hosts.new", "subnets.new.routes"])
def test_nonsense_at_any_path_is_answered_never_raised(path: str) -> None:
    for value in NONSENSE:
        document = world({"subnets.new": {"cidr": "10.0.9.0/24"}} if ".new." in path else {})
        # Not `put`: that copies, and nothing copies a hundred thousand levels.
        put(document, path, None)
        _put_bare(document, path, value)
        _is_answer(evaluate(document))


def _put_bare(document: Json, path: str, value: object) -> None:
    words = path.replace("[", ".[").split(".")
    place: Any = document
    for word in words[:-1]:
        place = place[int(word[1:-1]) if word.startswith("[") else word]
    last = words[-1]
    place[int(last[1:-1]) if last.startswith("[") else last] = value


@pytest.mark.parametrize("document", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_for_a_document_is_answered(document: object) -> None:
    result = evaluate(document)
    assert result["problems"]
    _is_answer(result)


@pytest.mark.parametrize("section", ["subnets", "nacls", "security_groups", "hosts"])
def test_long_names_are_never_quoted_whole(section: str) -> None:
    member = copy.deepcopy(next(iter(world()[section].values())))
    names = {f"{n}{'x' * 100_000}": member for n in range(16)}
    _is_answer(evaluate(world({section: names})))
    _is_answer(evaluate(world({section: {"\ud800": member, "\ud800x": member}})))


_json = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8),
        st.sampled_from(["app", "db", "10.0.1.10", "public", "sg-db", "tcp", "1 all * ::/0 deny"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.one_of(st.text(max_size=4), st.sampled_from(["cidr", "ip", "inbound", "from"])),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(_paths(world()))), _json), min_size=1, max_size=4))
def test_any_json_at_any_paths_is_answered(changes: list[tuple[str, Any]]) -> None:
    document = world()
    for path, value in changes:
        try:
            put(document, path, value)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took the place away
    _is_answer(evaluate(document))
