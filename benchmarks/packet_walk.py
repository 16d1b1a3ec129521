"""How long the packet-walk engine takes: µs of the default scenario, ms of the largest accepted.

Targets: walk ≤ 50 µs, parsing ≤ 300 µs, fixes ≤ 300 µs, largest ≤ 100 ms.
"""

import timeit
from collections.abc import Callable
from typing import Any

from apps.kernel.documents import Invalid
from apps.widgets.packet_walk.domain import evaluate
from apps.widgets.packet_walk.domain.fixes import plan_fixes
from apps.widgets.packet_walk.domain.scenario import read_scenario
from apps.widgets.packet_walk.domain.walk import walk

# The specification's own example: five rules, stopped at the private subnet's outbound list.
DEFAULT: dict[str, Any] = {
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
        "acl-private": {"inbound": ["100 tcp 3306 10.0.1.0/24 allow"], "outbound": []},
    },
    "security_groups": {
        "sg-app": {"inbound": [], "outbound": ["all * 0.0.0.0/0"]},
        "sg-db": {"inbound": ["tcp 3306 sg-app"], "outbound": []},
    },
    "hosts": {
        "app": {
            "ip": "10.0.1.10",
            "subnet": "public",
            "security_groups": ["sg-app"],
            "os": "linux",
        },
        "db": {"ip": "10.0.2.20", "subnet": "private", "security_groups": ["sg-db"]},
    },
    "flow": {"from": "app", "to": "db", "protocol": "tcp", "port": 3306, "source_port": None},
}


def largest() -> dict[str, Any]:
    """A scenario at every limit: 16 hosts, 64 lists of 40 rules, no rule matching until the last.

    Every second ephemeral port is denied by itself, so that the response is cut into pieces.
    """
    decoys = [f"{n} udp {n} 2001:db8:{n:x}::/48 deny" for n in range(1, 40)]
    holes = [f"{n} tcp {32768 + 2 * n} 10.0.0.0/8 deny" for n in range(1, 40)]
    nacls = {
        f"acl-{n}": {
            "inbound": [*decoys, "32766 all * 0.0.0.0/0 allow"],
            "outbound": [*holes, "32766 all * 0.0.0.0/0 allow"],
        }
        for n in range(16)
    }
    groups: dict[str, dict[str, list[str]]] = {f"sg-{n}": {} for n in range(16)}
    for n, group in enumerate(groups.values()):
        rules = [f"tcp {port} 2001:db8:{n:x}::/48" for port in range(39)]
        group.update(inbound=[*rules, "all * sg-0"], outbound=[*rules, "tcp 3306 10.0.0.0/8"])
    names = list(groups)
    return {
        "port_model": "aws",
        "subnets": {
            f"subnet-{n}": {"cidr": f"10.0.{n}.0/24", "nacl": f"acl-{n}"} for n in range(16)
        },
        "nacls": nacls,
        "security_groups": groups,
        "hosts": {
            f"host-{n}": {"ip": f"10.0.{n}.10", "subnet": f"subnet-{n}", "security_groups": names}
            for n in range(16)
        },
        "flow": {"from": "host-0", "to": "host-15", "protocol": "tcp", "port": 3306},
    }


def run() -> list[tuple[str, float]]:
    """Best of five, in the unit that the label names."""
    scenario = read_scenario(DEFAULT)
    if isinstance(scenario, Invalid):
        raise TypeError(f"the default scenario is not valid: {scenario.problems}")
    trace = walk(scenario)
    great = largest()
    if "problems" in evaluate(great):
        raise TypeError("the largest scenario is not valid")
    micro, milli = 1e6, 1e3
    actions: list[tuple[str, Callable[[], object], int, float]] = [
        ("walk, default scenario (µs)", lambda: walk(scenario), 2000, micro),
        ("parse, default scenario (µs)", lambda: read_scenario(DEFAULT), 500, micro),
        ("fixes, default scenario (µs)", lambda: plan_fixes(scenario, trace), 500, micro),
        ("evaluate, default scenario (µs)", lambda: evaluate(DEFAULT), 300, micro),
        ("evaluate, largest scenario (ms)", lambda: evaluate(great), 3, milli),
    ]
    return [
        (f"packet_walk: {label}", _best(action, number) * unit)
        for label, action, number, unit in actions
    ]


def _best(action: Callable[[], object], number: int) -> float:
    return min(timeit.repeat(action, number=number, repeat=5)) / number


if __name__ == "__main__":
    for label, figure in run():
        print(f"{label:<50} {figure:10.1f}")
