"""Scenarios for the engine's tests: a whole one that delivers, changed at named paths."""

import copy
import re
from collections.abc import Mapping
from typing import Any, Final

from apps.widgets.packet_walk.domain import evaluate
from apps.widgets.packet_walk.domain.model import Scenario
from apps.widgets.packet_walk.domain.scenario import read_scenario

Json = dict[str, Any]

MISSING: Final = object()
"""As the value of a change: take the member away."""

_DELIVERED: Json = {
    "port_model": "aws",
    "subnets": {
        "public": {"cidr": "10.0.1.0/24", "nacl": "acl-public", "routes": ["local", "igw"]},
        "private": {"cidr": "10.0.2.0/24", "nacl": "acl-private", "routes": ["local"]},
    },
    "nacls": {
        "acl-public": {
            "inbound": ["100 tcp 1024-65535 10.0.2.0/24 allow"],
            "outbound": ["100 tcp 3306 10.0.2.0/24 allow"],
        },
        "acl-private": {
            "inbound": ["100 tcp 3306 10.0.1.0/24 allow"],
            "outbound": ["100 tcp 1024-65535 10.0.1.0/24 allow"],
        },
    },
    "security_groups": {
        "sg-app": {"inbound": [], "outbound": ["tcp 3306 sg-db"]},
        "sg-db": {"inbound": ["tcp 3306 sg-app"], "outbound": []},
    },
    "hosts": {
        "app": {
            "ip": "10.0.1.10",
            "subnet": "public",
            "security_groups": ["sg-app"],
            "os": "linux",
        },
        "db": {
            "ip": "10.0.2.20",
            "subnet": "private",
            "security_groups": ["sg-db"],
            "os": "linux",
        },
    },
    "flow": {"from": "app", "to": "db", "protocol": "tcp", "port": 3306, "source_port": None},
}

DB_OUT = "nacls.acl-private.outbound"
DB_IN = "nacls.acl-private.inbound"
APP_OUT = "nacls.acl-public.outbound"
APP_IN = "nacls.acl-public.inbound"
SG_APP_OUT = "security_groups.sg-app.outbound"
SG_DB_IN = "security_groups.sg-db.inbound"

OPEN: Json = {
    "subnets.public.nacl": "default",
    "subnets.private.nacl": "default",
    "nacls": {},
    SG_APP_OUT: ["all * 0.0.0.0/0", "all * ::/0"],
    SG_DB_IN: ["all * 0.0.0.0/0", "all * ::/0"],
}
"""Changes that let everything pass from app to db."""

PING: Json = {"flow": {"from": "app", "to": "db", "protocol": "icmp", "icmp": [8, 0]}}

SIX: Json = {
    "subnets.public.cidr": "2001:db8:0:1::/64",
    "subnets.private.cidr": "2001:db8:0:2::/64",
    "hosts.app.ip": "2001:db8:0:1::10",
    "hosts.db.ip": "2001:db8:0:2::20",
}
"""Changes that move both hosts to IPv6; the rules stay those of IPv4."""


def world(*changes: Mapping[str, Any]) -> Json:
    """The delivering scenario with values put in at paths: `{"nacls.acl-public.inbound": []}`."""
    document = copy.deepcopy(_DELIVERED)
    for change in changes:
        for path, value in change.items():
            put(document, path, value)
    return document


def put(document: Json, path: str, value: Any) -> None:
    """Set, or with `MISSING` remove, the member at a path such as `nacls.a.inbound[0]`."""
    *parents, last = [
        int(word[1:-1]) if word.startswith("[") else word
        for word in re.findall(r"\[\d+\]|[^.\[]+", path)
    ]
    place: Any = document
    for key in parents:
        place = place[key]
    if value is MISSING:
        del place[last]
    else:
        place[last] = copy.deepcopy(value)


def read(document: Json) -> Scenario:
    """The scenario of a document that must be valid."""
    scenario = read_scenario(document)
    assert isinstance(scenario, Scenario), scenario
    return scenario


def run(*changes: Json) -> Json:
    """The result of a changed scenario that must be valid."""
    result = evaluate(world(*changes))
    assert "problems" not in result, result
    return result


def step(result: Json, n: int) -> Json:
    """The step with this number."""
    found: Json = result["steps"][n - 1]
    assert found["n"] == n
    return found


def actions(result: Json) -> str:
    """One letter a step: Allow, Deny, Partial, Skip, Not reached."""
    return "".join(s["action"][0].upper() for s in result["steps"])


def codes(result: Json) -> list[str]:
    """The code of every step."""
    return [s["code"] for s in result["steps"]]
