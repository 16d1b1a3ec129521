"""Valid scenarios whose rules often fit their flow, so that every ending is met.

Rules are drawn whole from short lists, which is many times faster than building them of parts.
"""

from itertools import product

from hypothesis import strategies as st

from .worlds import Json

_PORTS = ["443", "3306", "1024-65535", "32768-60999", "32768-40000", "40001", "49152-65535", "*"]
_TRAFFIC = [
    "all *",
    "47 *",
    "udp *",
    *(f"tcp {ports}" for ports in _PORTS),
    *(f"icmp {icmp}" for icmp in ("*", "8/0", "8/*", "0/0", "3/4")),
    *(f"icmpv6 {icmp}" for icmp in ("*", "128/0", "129/*")),
]
_CIDRS = {
    4: ["0.0.0.0/0", "10.0.1.0/24", "10.0.2.0/24", "10.0.2.20/32", "203.0.113.9/32"],
    6: ["::/0", "2001:db8:0:1::/64", "2001:db8:0:2::/64", "2001:db8:0:2::20/128"],
}
GROUPS = ["sg-a", "sg-b", "sg-c"]
_ALL_CIDRS = [*_CIDRS[4], *_CIDRS[6]]
_FITTING = [f"tcp {ports}" for ports in _PORTS]
_BODIES = [" ".join(words) for words in product(_TRAFFIC, _ALL_CIDRS, ["allow", "deny"])]
# Drawn more often: TCP towards anywhere, which is what cuts a range of ports to pieces.
_CUTS = [" ".join(words) for words in product(_FITTING, ["0.0.0.0/0", "::/0"], ["allow", "deny"])]
_RULES = [" ".join(words) for words in product(_TRAFFIC, [*_ALL_CIDRS, *GROUPS])]

nacl_bodies = st.one_of(st.sampled_from(_CUTS), st.sampled_from(_BODIES))
group_rules = st.sampled_from(_RULES)

# Most lists end in rules that allow the rest: else hardly a walk would be delivered.
_MOSTLY = st.sampled_from([True, True, True, True, False])
_OPEN_ENTRIES = ["32000 all * 0.0.0.0/0 allow", "32001 all * ::/0 allow"]
_OPEN_RULES = ["all * 0.0.0.0/0", "all * ::/0"]
# Numbers side by side leave no room in front of a deny.
_STRIDES = st.sampled_from([1, 2, 10, 100])


@st.composite
def entries(draw: st.DrawFn) -> list[str]:
    """One direction of an ACL."""
    stride = draw(_STRIDES)
    bodies = draw(st.lists(nacl_bodies, max_size=3))
    lines = [f"{stride * place} {body}" for place, body in enumerate(bodies, start=1)]
    return [*lines, *_OPEN_ENTRIES] if draw(_MOSTLY) else lines


@st.composite
def _rules(draw: st.DrawFn) -> list[str]:
    rules = draw(st.lists(group_rules, max_size=2))
    return list(dict.fromkeys([*rules, *_OPEN_RULES] if draw(_MOSTLY) else rules))


_attached = st.lists(st.sampled_from(GROUPS), min_size=1, max_size=3, unique=True)
_routes = st.sampled_from([["local", "igw"], ["igw", "nat"], ["local", "nat"], ["local"]])
_systems = st.sampled_from(["linux", "windows", "nat", "elb"])
_models = st.sampled_from(["aws", "aws", "aws", "notes"])
_nacl_names = st.sampled_from(["acl-1", "acl-1", "acl-2", "acl-2", "default"])
_versions = st.sampled_from([4, 4, 4, 6])
_sometimes = st.sampled_from([False, False, False, True])
_ADDRESSES = {
    4: ("10.0.1.0/24", "10.0.2.0/24", "10.0.1.10", "10.0.1.20", "10.0.2.20", "203.0.113.9"),
    6: (
        "2001:db8:0:1::/64",
        "2001:db8:0:2::/64",
        "2001:db8:0:1::10",
        "2001:db8:0:1::20",
        "2001:db8:0:2::20",
        "2606:4700::9",
    ),
}


@st.composite
def scenarios(draw: st.DrawFn) -> Json:
    """A valid document: hosts in one subnet or two, an end outside or none, IPv4 or IPv6."""
    version = draw(_versions)
    near, far, app, beside, beyond, outside = _ADDRESSES[version]
    together = draw(_sometimes)
    client, server = draw(
        st.sampled_from([("app", "db")] * 4 + [("db", "app"), (outside, "app"), ("db", outside)])
    )
    return {
        "port_model": draw(_models),
        "subnets": {
            "public": {"cidr": near, "nacl": draw(_nacl_names), "routes": draw(_routes)},
            "private": {"cidr": far, "nacl": draw(_nacl_names), "routes": draw(_routes)},
        },
        "nacls": {
            name: {"inbound": draw(entries()), "outbound": draw(entries())}
            for name in ("acl-1", "acl-2")
        },
        "security_groups": {
            name: {"inbound": draw(_rules()), "outbound": draw(_rules())} for name in GROUPS
        },
        "hosts": {
            "app": {
                "ip": app,
                "subnet": "public",
                "security_groups": draw(_attached),
                "os": draw(_systems),
            },
            "db": {
                "ip": beside if together else beyond,
                "subnet": "public" if together else "private",
                "security_groups": draw(_attached),
            },
        },
        "flow": {"from": client, "to": server, **draw(flows(version))},
    }


_SOURCES = [None, None, None, 40000, 40001, [40000, 40001], [39990, 40010], [0, 65535]]
_TCP = [
    {"protocol": "tcp", "port": port, "source_port": source}
    for port, source in product([443, 3306, 40001], _SOURCES)
]


def flows(version: int) -> st.SearchStrategy[Json]:
    """The rest of a flow, mostly TCP; a new dictionary each time."""
    name, echo = ("icmp", [8, 0]) if version == 4 else ("icmpv6", [128, 0])
    others: list[Json] = [
        {"protocol": "udp", "port": 53, "source_port": None},
        {"protocol": name, "icmp": echo},
        {"protocol": name, "icmp": [3, 4]},
        {"protocol": "47"},
    ]
    return st.sampled_from([*_TCP, *others]).map(dict)
