"""Situations to begin with, from everything open to the ones that beginners get wrong."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from apps.kernel.documents import Invalid

from .scenario import read_scenario, scenario_to_json

Lists = Mapping[str, Sequence[str]]

_PUBLIC, _PRIVATE = "10.0.1.0/24", "10.0.2.0/24"
_EVERYWHERE = "all * 0.0.0.0/0"
_ALLOW_ALL: Lists = {
    "inbound": ["100 all * 0.0.0.0/0 allow"],
    "outbound": ["100 all * 0.0.0.0/0 allow"],
}
_DENY_ALL: Lists = {"inbound": [], "outbound": []}
# A Linux client's own ports, on the way back. See EPHEMERAL_PORTS in model.py.
_PUBLIC_ACL: Lists = {
    "inbound": [f"100 tcp 32768-60999 {_PRIVATE} allow"],
    "outbound": [f"100 tcp 3306 {_PRIVATE} allow"],
}
_PRIVATE_ACL: Lists = {
    "inbound": [f"100 tcp 3306 {_PUBLIC} allow"],
    "outbound": [f"100 tcp 32768-60999 {_PUBLIC} allow"],
}
# What a new security group has: no way in, every way out. [sg_vpc] 2023-06-15
_SG_APP: Lists = {"inbound": [], "outbound": [_EVERYWHERE]}
# Not 0.0.0.0/0 both ways: AWS would not track such a flow at all. [conntrack] 2023-06-15
_SG_OPEN: Lists = {"inbound": ["all * 10.0.0.0/16"], "outbound": [_EVERYWHERE]}
_SG_DB: Lists = {"inbound": ["tcp 3306 sg-app"], "outbound": []}


class PresetScenario(NamedTuple):
    """A scenario in canonical form, with a title and two sentences on what to notice in it."""

    name: str
    title: str
    notice: str
    scenario: dict[str, Any]


def _preset(name: str, title: str, notice: str, scenario: dict[str, Any]) -> PresetScenario:
    reading = read_scenario(scenario)
    if isinstance(reading, Invalid):
        raise ValueError(f"preset {name}: {reading.problems}")
    return PresetScenario(name, title, notice, scenario_to_json(reading))


def _database(
    *,
    public_acl: Lists = _PUBLIC_ACL,
    private_acl: Lists = _PRIVATE_ACL,
    groups: Mapping[str, Lists] | None = None,
    client_os: str = "linux",
) -> dict[str, Any]:
    """EC2 in the public subnet calls RDS in the private one, with ACLs of their own."""
    return {
        "subnets": {
            "public": {"cidr": _PUBLIC, "nacl": "acl-public", "routes": ["local", "igw"]},
            "private": {"cidr": _PRIVATE, "nacl": "acl-private", "routes": ["local"]},
        },
        "nacls": {"acl-public": _copy(public_acl), "acl-private": _copy(private_acl)},
        "security_groups": _groups({"sg-app": _SG_APP, "sg-db": _SG_DB, **(groups or {})}),
        "hosts": {
            "app": {
                "ip": "10.0.1.10",
                "subnet": "public",
                "security_groups": ["sg-app"],
                "os": client_os,
            },
            "db": {"ip": "10.0.2.20", "subnet": "private", "security_groups": ["sg-db"]},
        },
        "flow": {"from": "app", "to": "db", "protocol": "tcp", "port": 3306},
    }


def _copy(lists: Lists) -> dict[str, list[str]]:
    return {direction: list(lines) for direction, lines in lists.items()}


def _groups(groups: Mapping[str, Lists]) -> dict[str, dict[str, list[str]]]:
    return {name: _copy(lists) for name, lists in groups.items()}


def _same_subnet() -> dict[str, Any]:
    """Both hosts in one subnet, whose ACL denies everything."""
    return {
        "subnets": {"private": {"cidr": _PRIVATE, "nacl": "acl-private", "routes": ["local"]}},
        "nacls": {"acl-private": _copy(_DENY_ALL)},
        "security_groups": _groups({"sg-app": _SG_APP, "sg-db": _SG_DB}),
        "hosts": {
            "app": {"ip": "10.0.2.10", "subnet": "private", "security_groups": ["sg-app"]},
            "db": {"ip": "10.0.2.20", "subnet": "private", "security_groups": ["sg-db"]},
        },
        "flow": {"from": "app", "to": "db", "protocol": "tcp", "port": 3306},
    }


def _default_nacl() -> dict[str, Any]:
    scenario = _database()
    for subnet in scenario["subnets"].values():
        subnet["nacl"] = "default"
    return {**scenario, "nacls": {}}


def _internet_https() -> dict[str, Any]:
    """A browser on the internet calls a web server in the public subnet."""
    return {
        "subnets": {"public": {"cidr": _PUBLIC, "nacl": "acl-public", "routes": ["local", "igw"]}},
        "nacls": {
            "acl-public": {
                "inbound": ["100 tcp 443 0.0.0.0/0 allow"],
                "outbound": ["100 tcp 1024-65535 0.0.0.0/0 allow"],
            }
        },
        "security_groups": {"sg-web": {"inbound": ["tcp 443 0.0.0.0/0"], "outbound": []}},
        "hosts": {"app": {"ip": "10.0.1.10", "subnet": "public", "security_groups": ["sg-web"]}},
        "flow": {"from": "203.0.113.9", "to": "app", "protocol": "tcp", "port": 443},
    }


def _through_nat() -> dict[str, Any]:
    """A server without a public address fetches something from the internet."""
    return {
        "subnets": {
            "private": {"cidr": _PRIVATE, "nacl": "acl-private", "routes": ["local", "nat"]}
        },
        "nacls": {
            "acl-private": {
                "inbound": ["100 tcp 32768-60999 0.0.0.0/0 allow"],
                "outbound": ["100 tcp 443 0.0.0.0/0 allow"],
            }
        },
        "security_groups": {"sg-app": {"inbound": [], "outbound": ["tcp 443 0.0.0.0/0"]}},
        "hosts": {"app": {"ip": "10.0.2.10", "subnet": "private", "security_groups": ["sg-app"]}},
        "flow": {"from": "app", "to": "198.51.100.7", "protocol": "tcp", "port": 443},
    }


PRESETS: tuple[PresetScenario, ...] = (
    _preset(
        "open",
        "모두 허용",
        "규칙이 모두 열려 있어 요청도 응답도 끝까지 갑니다. "
        "응답이 돌아올 때 보안 그룹은 규칙을 다시 보지 않고, NACL은 처음부터 다시 본다는 점을 "
        "눈여겨보시기 바랍니다.",
        _database(
            public_acl=_ALLOW_ALL,
            private_acl=_ALLOW_ALL,
            groups={
                "sg-app": _SG_OPEN,
                "sg-db": _SG_OPEN,
            },
        ),
    ),
    _preset(
        "notes",
        "노트 그대로",
        "노트처럼 NACL의 인바운드와 아웃바운드에 모두 3306번만 열어 두었습니다. "
        "요청은 RDS에 도착하지만, 응답은 EC2의 임시 포트로 돌아가므로 ⑤에서 막힙니다.",
        _database(
            public_acl={
                "inbound": [f"100 tcp 3306 {_PRIVATE} allow"],
                "outbound": [f"100 tcp 3306 {_PRIVATE} allow"],
            },
            private_acl={
                "inbound": [f"100 tcp 3306 {_PUBLIC} allow"],
                "outbound": [f"100 tcp 3306 {_PUBLIC} allow"],
            },
        ),
    ),
    _preset(
        "ephemeral",
        "올바른 임시 포트",
        "요청이 지나는 NACL 규칙에는 3306번을, 응답이 지나는 규칙에는 임시 포트를 열었습니다. "
        "리눅스인 EC2는 32768~60999번에서 출발지 포트를 고르므로 어떤 포트를 골라도 응답이 "
        "돌아옵니다.",
        _database(),
    ),
    _preset(
        "deny-first",
        "낮은 번호의 거부 규칙",
        "프라이빗 서브넷의 인바운드에는 3306번을 허용하는 100번 규칙이 있지만, "
        "같은 트래픽을 거부하는 50번 규칙도 있습니다. "
        "NACL은 번호가 작은 규칙부터 보고 처음 맞은 규칙을 따르므로, 요청은 ②에서 막힙니다.",
        _database(
            private_acl={
                "inbound": [
                    f"50 tcp 3306 {_PUBLIC} deny",
                    f"100 tcp 3306 {_PUBLIC} allow",
                ],
                "outbound": _PRIVATE_ACL["outbound"],
            }
        ),
    ),
    _preset(
        "wrong-cidr",
        "다른 서브넷 CIDR",
        "프라이빗 서브넷의 인바운드 규칙이 EC2가 있는 10.0.1.0/24가 아니라 "
        "10.0.3.0/24를 허용합니다. "
        "포트가 맞아도 출발지 주소가 규칙의 대역 밖이므로 요청은 ②에서 막힙니다.",
        _database(
            private_acl={
                "inbound": ["100 tcp 3306 10.0.3.0/24 allow"],
                "outbound": _PRIVATE_ACL["outbound"],
            }
        ),
    ),
    _preset(
        "wrong-peer",
        "보안 그룹 참조가 틀린 경우",
        "RDS의 보안 그룹은 sg-web에서 오는 3306번만 허용하는데, "
        "EC2에는 sg-app이 연결되어 있습니다. "
        "NACL을 모두 지나온 요청이 RDS 바로 앞인 ③에서 막힙니다.",
        _database(
            groups={
                "sg-web": {"inbound": [], "outbound": [_EVERYWHERE]},
                "sg-db": {"inbound": ["tcp 3306 sg-web"], "outbound": []},
            }
        ),
    ),
    _preset(
        "windows",
        "Windows 클라이언트(49152–)",
        "Windows는 49152~65535번에서 출발지 포트를 고르는데, NACL은 리눅스에 맞춰 32768~60999번만 "
        "열어 두었습니다. "
        "61000번 이상을 고르면 응답이 ⑤에서 막히므로, "
        "같은 설정인데도 연결이 되었다 안 되었다 합니다.",
        _database(client_os="windows"),
    ),
    _preset(
        "same-subnet",
        "같은 서브넷",
        "이 서브넷의 NACL에는 허용 규칙이 하나도 없는데도 EC2와 RDS는 통신합니다. "
        "NACL은 서브넷을 드나드는 트래픽만 검사하므로, 같은 서브넷 안에서는 보안 그룹만 거칩니다.",
        _same_subnet(),
    ),
    _preset(
        "default-nacl",
        "기본 NACL",
        "VPC를 만들 때 함께 생기는 기본 NACL은, 규칙을 고치지 않았다면 모든 트래픽을 허용합니다. "
        "그래서 NACL을 따로 손대지 않은 VPC에서는 보안 그룹이 접근을 가릅니다.",
        _default_nacl(),
    ),
    _preset(
        "closed-egress",
        "아웃바운드를 막은 EC2 보안 그룹",
        "EC2의 보안 그룹에서 아웃바운드 규칙을 모두 지웠기 때문에 요청이 EC2를 떠나지도 못합니다. "
        "새 보안 그룹에는 모든 아웃바운드를 허용하는 규칙이 있어, 이 검사는 있는 줄도 모르고 "
        "지나치기 쉽습니다.",
        _database(groups={"sg-app": _DENY_ALL}),
    ),
    _preset(
        "internet-443",
        "인터넷 → EC2 443",
        "인터넷의 사용자는 VPC 밖에 있으므로 EC2 쪽의 NACL과 보안 그룹만 거칩니다. "
        "사용자가 고를 출발지 포트는 미리 알 수 없으므로, 응답이 나가는 NACL의 아웃바운드에는 "
        "1024~65535번을 넓게 열어 둡니다.",
        _internet_https(),
    ),
    _preset(
        "nat",
        "프라이빗에서 NAT로",
        "퍼블릭 IP가 없는 EC2도 NAT 게이트웨이를 거쳐 인터넷으로 먼저 요청을 보낼 수 있습니다. "
        "응답이 돌아올 때 NACL의 인바운드에는 443번이 아니라 임시 포트가 열려 있어야 합니다.",
        _through_nat(),
    ),
)
