"""패킷 따라가기: one packet through security groups and network ACLs, checkpoint by checkpoint."""

from apps.widgetkit.manifest import Preset, Simulator, Source, Widget

from .domain import SCHEMA, evaluate
from .domain.presets import PRESETS
from .domain.sources import SOURCES
from .forms import decode, encode
from .presenter import present
from .questions import GENERATORS, asks

# All rules of the model are stated by pages that were read, but for the addresses that AWS reserves
# in a subnet, of whose page no dated copy was at hand.
_CONFIDENCE = {"subnet_sizing": "medium"}

WIDGET = Widget(
    slug="packet-walk",
    title="패킷 따라가기",
    summary=(
        "EC2에서 RDS로 가는 패킷이 보안 그룹과 네트워크 ACL을 지나며 "
        "어디에서 허용되고 막히는지 봅니다."
    ),
    simulators=(Simulator("packet-walk", evaluate, SCHEMA),),
    presets=tuple(Preset(*preset) for preset in PRESETS),
    decode=decode,
    encode=encode,
    present=present,
    asks=asks,
    template="packet_walk/walk.html",
    sources=tuple(Source(*source, _CONFIDENCE.get(key, "high")) for key, source in SOURCES.items()),
    styles=(
        "packet_walk/packet_walk.css",
        "packet_walk/transport.css",
        "packet_walk/words.css",
        "packet_walk/editor.css",
    ),
    scripts=("packet_walk/packet_walk.js",),
    lessons=("sg-vs-nacl",),
    generators=GENERATORS,
    picture="packet_walk/_picture.html",
)
