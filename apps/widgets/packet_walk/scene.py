"""Where everything in the picture stands: two compositions of one journey, in plain numbers.

Wide: the client on the left, the server on the right, time runs to the right and back. Narrow: the
client above, the server below. Neither knows HTML, color or Korean; both draw what they are given.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

Point = tuple[int, int]
GLYPHS = {
    "allow": "M-4 0.5l2.8 2.8l5.2-6",
    "deny": "M-3.4-3.4l6.8 6.8m0-6.8l-6.8 6.8",
    "memory": "M3.8 1.2a4 4 0 1 1-1-4.2l1.4 1.3m0-3v3h-3",
    "partial": "M0-4a4 4 0 0 1 0 8zm0 0a4 4 0 0 0 0 8",
    "not_reached": "M-3.5 0h7",
}
State = Literal["past", "now", "future"]


@dataclass(frozen=True, slots=True)
class EndLabels:
    """One end of the journey, in words."""

    title: str
    address: str
    role: str
    outside: bool
    subnet: str = ""
    cidr: str = ""
    nacl: str = ""
    groups: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """One checkpoint that stands in the way, and what is shown of it."""

    n: int
    note: int | None
    direction: str
    action: str
    """allow, deny, partial, memory, not_reached; empty while the outcome is hidden."""
    state: State
    tone: str
    """How the packet arrives here: allow, memory or partial."""
    ports: str
    word: str

    @property
    def glyph(self) -> str:
        """The action as a small drawing around the origin: never color alone."""
        return GLYPHS.get(self.action, "")


@dataclass(frozen=True, slots=True)
class Plan:
    """What the picture shows."""

    client: EndLabels
    server: EndLabels
    same_subnet: bool
    gateway: str
    route: str
    no_route: str
    """Said at the border where the packet finds no way; empty while there is one, or unknown."""
    marks: Sequence[Mark]
    start: Mark
    delivered: bool
    has_response: bool


@dataclass(frozen=True, slots=True)
class Shape:
    cls: str
    x: int = 0
    y: int = 0
    w: int = 0
    h: int = 0
    r: int = 0
    d: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    x: int
    y: int
    text: str
    cls: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Segment:
    """The way to checkpoint `n`, from the one before."""

    n: int
    d: str
    tone: str
    state: State


@dataclass(frozen=True, slots=True)
class Marker:
    x: int
    y: int
    mark: Mark
    label_x: int
    label_y: int


@dataclass(frozen=True, slots=True)
class Bubble:
    """The packet's label at a stop: source port → destination port."""

    mark: Mark
    x: int
    y: int
    w: int
    h: int
    tip: str

    @property
    def text_x(self) -> int:
        return self.x + self.w // 2

    @property
    def ports_y(self) -> int:
        return self.y + 19

    @property
    def word_y(self) -> int:
        return self.y + self.h - 9


@dataclass(slots=True)
class Scene:
    name: str
    width: int
    height: int
    shapes: list[Shape] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    markers: list[Marker] = field(default_factory=list)
    bubbles: list[Bubble] = field(default_factory=list)
    start: Point = (0, 0)
    packet: Point = (0, 0)


GLOBE = "a11 11 0 1 0 0.1 0M-11 0h22M0 -11c-8 6-8 16 0 22c8-6 8-16 0-22"
REQUEST = (1, 2, 3, 4)


def _line(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)


def add_ways(
    scene: Scene,
    plan: Plan,
    stops: dict[int, Point],
    ends: tuple[Point, Point, Point, Point],
    bubble: Callable[[Mark, Point], Bubble],
    label: Callable[[Mark, Point], Point],
) -> None:
    """Lay the request's and the response's way through the stops, with markers and labels.

    `ends`: where the request leaves and arrives, where the response leaves and arrives.
    """
    leave, arrive, turn, home = ends
    at = leave
    scene.start = scene.packet = leave
    scene.bubbles.append(bubble(plan.start, leave))
    turned = False
    last: Mark | None = None
    for mark in plan.marks:
        stop = stops[mark.n]
        points = [at, stop]
        if mark.n not in REQUEST and not turned:
            points, turned = [at, arrive, turn, stop], True
        scene.segments.append(Segment(mark.n, _line(points), mark.tone, mark.state))
        scene.markers.append(Marker(*stop, mark, *label(mark, stop)))
        scene.bubbles.append(bubble(mark, stop))
        if mark.state == "now":
            scene.packet = stop
        at, last = stop, mark
    goal = home if turned else arrive
    points = [at, goal] if turned or not plan.has_response else [at, arrive, turn, home]
    tone = "allow" if last is None else "memory" if last.action == "memory" else last.tone
    scene.segments.append(Segment(9, _line(points), tone, "past" if plan.delivered else "future"))


def wide(plan: Plan) -> Scene:
    """Client left, server right; 880 × 392."""
    scene = Scene("wide", 880, 392)
    left = 262 if plan.client.outside else 12
    right = 618 if plan.server.outside else 868
    scene.shapes.append(Shape("vpc", left, 14, right - left, 364, 22))
    scene.texts.append(Text(left + 18, 38, "VPC", "caption"))
    if plan.same_subnet:
        scene.shapes.append(Shape("subnet subnet--client", 30, 52, 820, 310, 16))
        scene.texts += [
            Text(46, 78, plan.client.subnet, "place"),
            Text(834, 78, plan.client.cidr, "mono", "end"),
        ]
        scene.shapes.append(Shape("gate gate--idle", 350, 36, 180, 34, 10))
        scene.texts += [
            Text(440, 58, f"NACL {plan.client.nacl}", "mono", "middle"),
            Text(440, 96, "같은 서브넷 안에서는 지나지 않습니다", "small", "middle"),
        ]
    for end, side in ((plan.client, -1), (plan.server, 1)):
        _wide_end(scene, plan, end, side)
    if plan.route:
        scene.texts.append(Text(440, 350, plan.route, "small", "middle"))
    xs = {1: 242, 2: 352, 3: 528, 4: 638, 5: 638, 6: 528, 7: 352, 8: 242}
    stops = {n: (x, 164 if n in REQUEST else 272) for n, x in xs.items()}
    ends = ((_card_edge(plan.client, -1), 164), (_card_edge(plan.server, 1), 164))
    back = ((_card_edge(plan.server, 1), 272), (_card_edge(plan.client, -1), 272))
    add_ways(scene, plan, stops, ends + back, _wide_bubble, _wide_label)
    if plan.no_route:
        x = 262 if plan.client.outside else 618
        scene.shapes.append(Shape("cross", d=f"M{x - 9} 155l18 18m0-18l-18 18"))
        scene.texts.append(Text(x, 142, plan.no_route, "stop", "middle"))
    return scene


def _card_edge(end: EndLabels, side: int) -> int:
    offset = 256 if end.outside else 227
    return 440 + side * offset


def _wide_end(scene: Scene, plan: Plan, end: EndLabels, side: int) -> None:
    center = 440 + side * (330 if end.outside else 285)
    if end.outside:
        scene.shapes += [
            Shape("card card--outside", center - 74, 136, 148, 164, 18),
            Shape("icon", d=f"M{center + 11} 168{GLOBE}"),
        ]
        scene.texts += [
            Text(center, 212, end.title, "name", "middle"),
            Text(center, 234, end.address, "mono", "middle"),
            Text(center, 256, end.role, "small", "middle"),
        ]
        if plan.gateway:
            x = 440 + side * 178
            scene.shapes.append(Shape("gateway", x - 42, 118, 84, 200, 42))
            for row, word in enumerate(plan.gateway.split()):
                scene.texts.append(Text(x, 212 + 18 * row, word, "label", "middle"))
        return
    if not plan.same_subnet:
        kind = "client" if side < 0 else "server"
        x = 30 if side < 0 else 528
        scene.shapes.append(Shape(f"subnet subnet--{kind}", x, 52, 322, 310, 16))
        outer, anchor = (46, "start") if side < 0 else (834, "end")
        scene.texts += [
            Text(outer, 78, f"{end.subnet}", "place", anchor),
            Text(outer, 346, end.cidr, "mono", anchor),
        ]
        gate = 440 + side * 88
        scene.shapes.append(Shape("gate", gate - 46, 116, 92, 204, 14))
        scene.texts += [
            Text(gate, 88, "네트워크 ACL", "small", "middle"),
            Text(gate, 106, end.nacl, "mono", "middle"),
            Text(gate, 222, "규칙 목록", "small", "middle"),
        ]
    scene.shapes += [
        Shape("shield", center - 87, 102, 174, 230, 40),
        Shape("card", center - 58, 136, 116, 164, 16),
        Shape("chip", center - 70, 92, 140, 22, 11),
    ]
    scene.texts += [
        Text(center, 107, f"보안 그룹 {end.groups}", "label label--shield", "middle"),
        Text(center, 204, end.title, "name", "middle"),
        Text(center, 226, end.address, "mono", "middle"),
        Text(center, 250, end.role, "small", "middle"),
    ]


def _wide_bubble(mark: Mark, stop: Point) -> Bubble:
    x, y = stop
    left = min(max(x - 102, 20), 656)
    if mark.n in (0, *REQUEST):
        return Bubble(mark, left, 193, 204, 50, f"M{x - 8} 194l8-10l8 10z")
    return Bubble(mark, left, 193, 204, 50, f"M{x - 8} 242l8 10l8-10z")


def _wide_label(mark: Mark, stop: Point) -> Point:
    return (stop[0], 138) if mark.n in REQUEST else (stop[0], 308)


# The narrow picture, from top to bottom. Lanes: the request goes down at 200, the response up at 264.
DOWN, UP = 200, 264


def narrow(plan: Plan) -> Scene:
    """Client above, server below; 320 wide, for phones."""
    scene = Scene("narrow", 320, 536)
    top = 128 if plan.client.outside else 4
    bottom = 408 if plan.server.outside else 532
    scene.shapes.append(Shape("vpc", 4, top, 312, bottom - top, 18))
    if plan.same_subnet:
        scene.shapes += [
            Shape("subnet subnet--client", 14, 14, 292, 508, 14),
            Shape("gate gate--idle", 22, 246, 150, 44, 12),
        ]
        scene.texts += [
            Text(34, 265, f"NACL {plan.client.nacl}", "mono"),
            Text(34, 282, "지나지 않습니다", "small"),
        ]
    for end, lower in ((plan.client, False), (plan.server, True)):
        _narrow_end(scene, plan, end, lower)
    if plan.route and not plan.same_subnet:
        scene.texts.append(Text(30, 272, plan.route, "small"))
    ys = {1: 132, 2: 220, 3: 316, 4: 404, 5: 404, 6: 316, 7: 220, 8: 132}
    stops = {n: (DOWN if n in REQUEST else UP, y) for n, y in ys.items()}
    upper = 96 if plan.client.outside else 114
    lower_edge = 440 if plan.server.outside else 422
    ends = ((DOWN, upper), (DOWN, lower_edge), (UP, lower_edge), (UP, upper))
    add_ways(scene, plan, stops, ends, _narrow_bubble, lambda mark, stop: stop)
    if plan.no_route:
        y = 128 if plan.client.outside else 408
        scene.shapes.append(Shape("cross", d=f"M{DOWN - 9} {y - 9}l18 18m0-18l-18 18"))
        scene.texts.append(Text(DOWN + 16, y - 8, plan.no_route, "stop"))
    return scene


def _narrow_end(scene: Scene, plan: Plan, end: EndLabels, lower: bool) -> None:
    def flip(y: int, height: int = 0) -> int:
        """The lower end mirrors the upper one."""
        return 536 - y - height if lower else y

    if end.outside:
        scene.shapes.append(Shape("card card--outside", 60, flip(20, 76), 252, 76, 16))
        scene.shapes.append(Shape("icon", d=f"M97 {flip(58)}{GLOBE}"))
        _narrow_names(scene, end, 118, flip(58))
        if plan.gateway:
            scene.shapes.append(Shape("gateway", 60, flip(110, 36), 252, 36, 18))
            scene.texts.append(Text(76, flip(128) + 5, plan.gateway, "label"))
        return
    if not plan.same_subnet:
        kind = "server" if lower else "client"
        scene.shapes.append(Shape(f"subnet subnet--{kind}", 14, flip(14, 206), 292, 206, 14))
        scene.shapes.append(Shape("gate", 22, flip(196, 48), 276, 48, 12))
        scene.texts += [
            Text(34, flip(220) - 3, end.nacl, "mono"),
            Text(34, flip(220) + 14, "네트워크 ACL", "small"),
        ]
    scene.texts += [
        Text(28, flip(32) + (10 if lower else 0), end.subnet, "place"),
        Text(292, flip(32) + (10 if lower else 0), end.cidr, "mono", "end"),
    ]
    scene.shapes += [
        Shape("shield", 24, flip(48, 84), 272, 84, 26),
        Shape("card", 36, flip(60, 54), 248, 54, 12),
        Shape("chip", 44, flip(121, 22), 118, 22, 11),
    ]
    scene.texts.append(Text(103, flip(132) + 4, f"보안 그룹 {end.groups}", "label label--shield", "middle"))
    _narrow_names(scene, end, 52, flip(87))


def _narrow_names(scene: Scene, end: EndLabels, x: int, y: int) -> None:
    scene.texts += [
        Text(x, y - 4, end.title, "name"),
        Text(x, y + 16, f"{end.address}", "mono"),
    ]


def _narrow_bubble(mark: Mark, stop: Point) -> Bubble:
    x, y = stop
    # Each label stands in the gap before the checkpoint where the packet is read.
    top = {0: 150, 1: 150, 2: 150, 3: 246, 4: 342, 5: 342, 6: 342, 7: 246, 8: 150}[mark.n]
    tip = f"M{x - 7} {top + 1}l7-8l7 8z" if top > y else f"M{x - 7} {top + 43}l7 8l7-8z"
    return Bubble(mark, 112, top, 196, 44, tip)
