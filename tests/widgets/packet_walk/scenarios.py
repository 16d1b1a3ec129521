"""Scenarios for the page's tests: the notes' one with some of it changed, and generated ones."""

import copy
import json
from urllib.parse import urlencode

from hypothesis import strategies as st

from apps.widgetkit.manifest import Json
from apps.widgets.packet_walk.forms import canonical

PATH = "/widgets/packet-walk/"

_NOTES: Json = {
    "subnets": {
        "public": {"cidr": "10.0.1.0/24", "nacl": "acl-public", "routes": ["local", "igw"]},
        "private": {"cidr": "10.0.2.0/24", "nacl": "acl-private"},
    },
    "nacls": {
        "acl-public": {
            "inbound": ["100 tcp 3306 10.0.2.0/24 allow"],
            "outbound": ["100 tcp 3306 10.0.2.0/24 allow"],
        },
        "acl-private": {
            "inbound": ["100 tcp 3306 10.0.1.0/24 allow"],
            "outbound": ["100 tcp 3306 10.0.1.0/24 allow"],
        },
    },
    "security_groups": {
        "sg-app": {"inbound": [], "outbound": ["all * 0.0.0.0/0"]},
        "sg-db": {"inbound": ["tcp 3306 sg-app"], "outbound": []},
    },
    "hosts": {
        "app": {"ip": "10.0.1.10", "subnet": "public", "security_groups": ["sg-app"]},
        "db": {"ip": "10.0.2.20", "subnet": "private", "security_groups": ["sg-db"]},
    },
    "flow": {"from": "app", "to": "db", "protocol": "tcp", "port": 3306},
}


def notes(**rules: list[str]) -> Json:
    """The notes' scenario; `acl_private_outbound=[…]` puts other rules into a list."""
    scenario = copy.deepcopy(_NOTES)
    for name, lines in rules.items():
        *words, direction = name.split("_")
        section = "nacls" if words[0] == "acl" else "security_groups"
        scenario[section]["-".join(words)][direction] = lines
    return canonical(scenario)


def by_json(scenario: Json) -> str:
    """The address of a scenario as JSON."""
    return f"{PATH}?{urlencode({'json': json.dumps(scenario)})}"


_ports = st.one_of(
    st.just("*"),
    st.integers(0, 65535).map(str),
    st.tuples(st.integers(0, 65535), st.integers(0, 65535)).map(
        lambda pair: f"{min(pair)}-{max(pair)}"
    ),
)
_traffic = st.one_of(
    st.just("all *"),
    st.just("47 *"),
    st.sampled_from(["icmp *", "icmp 8/0", "icmp 3/*"]),
    st.tuples(st.sampled_from(["tcp", "udp"]), _ports).map(" ".join),
)
_cidr = st.sampled_from(
    ["0.0.0.0/0", "10.0.1.0/24", "10.0.2.0/24", "203.0.113.9/32", "10.0.0.0/16"]
)
_entry = st.tuples(_traffic, _cidr, st.sampled_from(["allow", "deny"])).map(" ".join)
_entries = st.lists(st.tuples(st.integers(1, 32766), _entry), max_size=4, unique_by=lambda e: e[0])
_acl = _entries.map(lambda entries: [f"{number} {entry}" for number, entry in entries])


def _group(names: list[str]) -> st.SearchStrategy[list[str]]:
    peer = st.one_of(_cidr, st.sampled_from(names))
    return st.lists(st.tuples(_traffic, peer).map(" ".join), max_size=3, unique=True)


_flow = st.one_of(
    st.fixed_dictionaries(
        {
            "protocol": st.sampled_from(["tcp", "udp"]),
            "port": st.integers(0, 65535),
            "source_port": st.one_of(
                st.none(),
                st.integers(0, 65535),
                st.tuples(st.integers(0, 65535), st.integers(0, 65535)).map(
                    lambda pair: sorted(pair) if pair[0] != pair[1] else pair[0]
                ),
            ),
        }
    ),
    st.fixed_dictionaries(
        {"protocol": st.just("icmp"), "icmp": st.sampled_from([[8, 0], [3, 4], [0, 0]])}
    ),
    st.just({"protocol": "47"}),
)


@st.composite
def valid_scenarios(draw: st.DrawFn) -> Json:
    """Valid scenarios in canonical form, with names that collide and lists that are empty."""
    # An ACL and a group may share a name; names may be Korean.
    groups = draw(st.sampled_from([["sg-app", "sg-db"], ["acl-1", "웹"], ["a", "b"]]))
    acls = draw(st.sampled_from([["acl-1", "acl-2"], ["sg-app", "기본"], []]))
    subnet_acl = st.sampled_from([*acls, "default"])
    routes = st.sampled_from([["local"], ["local", "igw"], ["nat"], []])
    second = draw(st.sampled_from([("10.0.1.20", "public"), ("10.0.2.20", "private")]))
    ends = st.sampled_from(
        [("app", "db"), ("db", "app"), ("203.0.113.9", "app"), ("db", "8.8.8.8")]
    )
    client, server = draw(ends)
    scenario = {
        "port_model": draw(st.sampled_from(["aws", "notes"])),
        "subnets": {
            "public": {"cidr": "10.0.1.0/24", "nacl": draw(subnet_acl), "routes": draw(routes)},
            "private": {"cidr": "10.0.2.0/24", "nacl": draw(subnet_acl), "routes": draw(routes)},
        },
        "nacls": {acl: {"inbound": draw(_acl), "outbound": draw(_acl)} for acl in acls},
        "security_groups": {
            group: {"inbound": draw(_group(groups)), "outbound": draw(_group(groups))}
            for group in groups
        },
        "hosts": {
            "app": {
                "ip": "10.0.1.10",
                "subnet": "public",
                "security_groups": draw(st.sampled_from([groups[:1], groups])),
                "os": draw(st.sampled_from(["linux", "windows", "nat", "elb"])),
            },
            "db": {"ip": second[0], "subnet": second[1], "security_groups": groups[1:]},
        },
        "flow": {"from": client, "to": server, **draw(_flow)},
    }
    return canonical(scenario)
