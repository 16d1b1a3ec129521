"""Fresh situations for practice: EC2 calls a database, and at most one thing is set up wrong.

All chance comes from the seed, and what is asked is chosen before how it comes about, so that every
answer is right equally often.
"""

from collections.abc import Callable, Sequence
from functools import partial
from random import Random
from typing import Any, NamedTuple

from apps.kernel.documents import Invalid

from .model import EPHEMERAL_PORTS, OUTSIDE_EPHEMERAL_PORTS, OperatingSystem
from .ports import PortRange
from .scenario import read_scenario, scenario_to_json

Json = dict[str, Any]


class _Network(NamedTuple):
    """Two subnets of a VPC with a host in each, and the block of a third one."""

    public: str
    private: str
    third: str
    app: str
    db: str


_NETWORKS = (
    _Network("10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24", "10.0.1.10", "10.0.2.20"),
    _Network("10.20.4.0/22", "10.20.8.0/22", "10.20.12.0/22", "10.20.5.31", "10.20.9.77"),
    _Network("172.16.10.0/24", "172.16.20.0/24", "172.16.30.0/24", "172.16.10.15", "172.16.20.15"),
    _Network(
        *("192.168.0.0/26", "192.168.0.64/26", "192.168.0.128/26"),
        *("192.168.0.12", "192.168.0.80"),
    ),
)
# MySQL, PostgreSQL, SQL Server, Oracle: the ports of the engines of RDS.
_SERVICES = (3306, 5432, 1433, 1521)
_OTHER_SERVICES = (22, 80, 443, 8080)
_SYSTEMS = (OperatingSystem.LINUX, OperatingSystem.WINDOWS)
ANY = "any"
"""The value of every parameter that narrows nothing."""


class _Setting(NamedTuple):
    """What the faults have to know of a situation."""

    rng: Random
    net: _Network
    port: int
    os: OperatingSystem

    @property
    def ephemeral(self) -> PortRange:
        """Ports that are open to the response: exactly the client's, or all that AWS names."""
        return self.rng.choice((EPHEMERAL_PORTS[self.os], OUTSIDE_EPHEMERAL_PORTS))


# Changes the rules of a scenario that is right into one that is wrong at one checkpoint.
_Fault = Callable[[Json, _Setting], None]


def about_ending(seed: int) -> Json:
    """Delivered, partly delivered, request denied, response denied: one as often as another."""
    rng = Random(seed)  # noqa: S311
    faults = rng.choice(((None,), (_narrow_ports,), _REQUEST_FAULTS, _RESPONSE_FAULTS))
    fault = rng.choice(faults)
    return _scenario(rng, fault, os=OperatingSystem.WINDOWS if fault is _narrow_ports else None)


def about_stop(seed: int, *, os: str = ANY) -> Json:
    """Stopped at one of the six checkpoints that can stop it, or nowhere; `os`: the client's."""
    rng = Random(seed)  # noqa: S311
    faults = (None, *_REQUEST_FAULTS, *_RESPONSE_FAULTS)
    return _scenario(rng, rng.choice(faults), os=_system(os))


def about_fix(seed: int, *, layer: str = ANY, os: str = ANY) -> Json:
    """Stopped at one checkpoint, where one added rule is enough.

    `layer`: only a security group (`sg`) or only a network ACL (`nacl`) is wrong; `os`: the
    client's.
    """
    rng = Random(seed)  # noqa: S311
    faults = {"sg": _GROUP_FAULTS, "nacl": _ACL_FAULTS}.get(
        layer, (*_REQUEST_FAULTS, *_RESPONSE_FAULTS)
    )
    return _scenario(rng, rng.choice(faults), os=_system(os))


def about_order(seed: int, *, rules: str = ANY) -> Json:
    """The private subnet's ACL has several inbound rules; the request meets them at step 3.

    `rules`: how many, from 2 to 4.
    """
    rng = Random(seed)  # noqa: S311
    return _scenario(rng, partial(_several_rules, None if rules == ANY else int(rules)))


def _system(os: str) -> OperatingSystem | None:
    return None if os == ANY else OperatingSystem(os)


def _scenario(rng: Random, fault: _Fault | None, *, os: OperatingSystem | None = None) -> Json:
    """In canonical form. Everything passes, but for what the fault changes."""
    setting = _Setting(
        rng, rng.choice(_NETWORKS), rng.choice(_SERVICES), os or rng.choice(_SYSTEMS)
    )
    document = _right(setting)
    if fault is not None:
        fault(document, setting)
    reading = read_scenario(document)
    if isinstance(reading, Invalid):
        raise TypeError(f"a generated scenario is not valid: {reading.problems}")
    return scenario_to_json(reading)


def _right(setting: _Setting) -> Json:
    """As AWS asks for: the service port one way, the client's own ports the other."""
    net, port = setting.net, setting.port
    return {
        "subnets": {
            "public": {"cidr": net.public, "nacl": "acl-public", "routes": ["local", "igw"]},
            "private": {"cidr": net.private, "nacl": "acl-private", "routes": ["local"]},
        },
        "nacls": {
            "acl-public": {
                "inbound": [_allow(100, setting.ephemeral, net.private)],
                "outbound": [_allow(100, PortRange(port, port), net.private)],
            },
            "acl-private": {
                "inbound": [_allow(100, PortRange(port, port), net.public)],
                "outbound": [_allow(100, setting.ephemeral, net.public)],
            },
        },
        "security_groups": {
            "sg-app": {
                "inbound": [],
                "outbound": [setting.rng.choice(("all * 0.0.0.0/0", f"tcp {port} sg-db"))],
            },
            "sg-db": {"inbound": [f"tcp {port} sg-app"], "outbound": []},
        },
        "hosts": {
            "app": {
                "ip": net.app,
                "subnet": "public",
                "security_groups": ["sg-app"],
                "os": setting.os.value,
            },
            "db": {"ip": net.db, "subnet": "private", "security_groups": ["sg-db"]},
        },
        "flow": {"from": "app", "to": "db", "protocol": "tcp", "port": port},
    }


def _allow(number: int, ports: PortRange, cidr: str) -> str:
    return _entry(number, ports, cidr, "allow")


def _entry(number: int, ports: PortRange, cidr: str, action: str) -> str:
    spoken = str(ports.low) if ports.low == ports.high else f"{ports.low}-{ports.high}"
    return f"{number} tcp {spoken} {cidr} {action}"


def _no_way_out(document: Json, setting: _Setting) -> None:
    """The client's security group: no outbound rules, or only one for something else."""
    other = f"tcp {setting.rng.choice(_OTHER_SERVICES)} 0.0.0.0/0"
    document["security_groups"]["sg-app"]["outbound"] = setting.rng.choice(([], [other]))


def _no_way_in(document: Json, setting: _Setting) -> None:
    """The database's security group: another group, or another port."""
    document["security_groups"]["sg-web"] = {"inbound": [], "outbound": ["all * 0.0.0.0/0"]}
    other = next(port for port in _SERVICES if port != setting.port)
    document["security_groups"]["sg-db"]["inbound"] = [
        setting.rng.choice((f"tcp {setting.port} sg-web", f"tcp {other} sg-app"))
    ]


def _acl_fault(name: str, direction: str) -> _Fault:
    """An ACL's list that stops what passes there: another subnet, another port, a deny first."""

    def change(document: Json, setting: _Setting) -> None:
        net, port = setting.net, PortRange(setting.port, setting.port)
        peer = net.private if name == "acl-public" else net.public
        is_response = (name, direction) in _RESPONSE_LISTS
        needed = EPHEMERAL_PORTS[setting.os] if is_response else port
        # What the notes say of the response, and its mirror image for the request.
        mistaken = port if is_response else EPHEMERAL_PORTS[setting.os]
        document["nacls"][name][direction] = setting.rng.choice(
            (
                [_allow(100, needed, net.third)],
                [_allow(100, mistaken, peer)],
                [_entry(50, needed, peer, "deny"), _allow(100, needed, peer)],
            )
        )

    return change


_RESPONSE_LISTS = frozenset({("acl-private", "outbound"), ("acl-public", "inbound")})
_REQUEST_FAULTS: Sequence[_Fault] = (
    _no_way_out,
    _acl_fault("acl-public", "outbound"),
    _acl_fault("acl-private", "inbound"),
    _no_way_in,
)
_RESPONSE_FAULTS: Sequence[_Fault] = (
    _acl_fault("acl-private", "outbound"),
    _acl_fault("acl-public", "inbound"),
)
_GROUP_FAULTS: Sequence[_Fault] = (_no_way_out, _no_way_in)
_ACL_FAULTS: Sequence[_Fault] = (
    *(fault for fault in _REQUEST_FAULTS if fault not in _GROUP_FAULTS),
    *_RESPONSE_FAULTS,
)


def _narrow_ports(document: Json, setting: _Setting) -> None:
    """An ACL opens the ports of a Linux client only, and the client is none."""
    linux = EPHEMERAL_PORTS[OperatingSystem.LINUX]
    name, direction, peer = setting.rng.choice(
        (
            ("acl-private", "outbound", setting.net.public),
            ("acl-public", "inbound", setting.net.private),
        )
    )
    document["nacls"][name][direction] = [_allow(100, linux, peer)]


def _several_rules(wanted: int | None, document: Json, setting: _Setting) -> None:
    """Two to four rules; which of them decides, or the default one, is chosen first."""
    rng, net = setting.rng, setting.net
    count = wanted or rng.randint(2, 4)
    decides = rng.randint(0, count)  # `count` itself: none does
    port = PortRange(setting.port, setting.port)
    fitting = [
        (port, net.public),
        (OUTSIDE_EPHEMERAL_PORTS, net.public),
        (port, f"{net.app}/32"),
    ]
    strange = [
        (port, net.third),
        (PortRange(22, 22), net.public),
        (PortRange(443, 443), net.public),
        (EPHEMERAL_PORTS[OperatingSystem.LINUX], net.public),
        (port, net.private),
    ]
    before = rng.sample(strange, min(decides, count))
    after = rng.sample([*fitting, *strange], count)
    traffic = before if decides == count else [*before, rng.choice(fitting)]
    traffic += [each for each in after if each not in traffic][: count - len(traffic)]
    first = rng.choice((10, 50, 100))
    document["nacls"]["acl-private"]["inbound"] = [
        _entry(first + place * first, ports, cidr, rng.choice(("allow", "deny")))
        for place, (ports, cidr) in enumerate(traffic)
    ]
