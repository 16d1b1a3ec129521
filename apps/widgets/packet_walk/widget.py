"""패킷 따라가기: one packet through security groups and network ACLs, checkpoint by checkpoint."""

from apps.widgetkit.manifest import Preset, Simulator, Source, Widget

from .domain import SCHEMA, evaluate
from .domain.sources import SOURCES
from .forms import canonical, decode, encode
from .presenter import present
from .questions import asks

NOTES = {
    "port_model": "aws",
    "subnets": {
        "public": {"cidr": "10.0.1.0/24", "nacl": "acl-public", "routes": ["local", "igw"]},
        "private": {"cidr": "10.0.2.0/24", "nacl": "acl-private", "routes": ["local"]},
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

WIDGET = Widget(
    slug="packet-walk",
    title="패킷 따라가기",
    summary="EC2에서 RDS로 가는 패킷이 보안 그룹과 네트워크 ACL을 지나며 어디에서 허용되고 막히는지 봅니다.",
    simulators=(Simulator("packet-walk", evaluate, SCHEMA),),
    presets=(
        Preset(
            "notes",
            "노트 그대로",
            "노트의 규칙은 응답도 3306으로 간다고 봅니다. 실제 응답은 임시 포트로 돌아가 ⑤에서 막힙니다.",
            canonical(NOTES),
        ),
    ),
    decode=decode,
    encode=encode,
    present=present,
    asks=asks,
    template="packet_walk/walk.html",
    sources=tuple(Source(s.title, s.url, s.as_of, "high") for s in SOURCES.values() if s.as_of),
    styles=(
        "packet_walk/packet_walk.css",
        "packet_walk/transport.css",
        "packet_walk/words.css",
        "packet_walk/editor.css",
    ),
    scripts=("packet_walk/packet_walk.js",),
    lessons=("sg-vs-nacl",),
)
