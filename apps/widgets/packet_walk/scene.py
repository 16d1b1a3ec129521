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
    gateways: tuple[str, ...] = ()
    """What the subnet's route table names beside the VPC itself."""


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
    asked: bool
    """An outcome is asked for: nothing may say by which checkpoints the packet does not pass."""
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


GLOBE = "a11 11 0 1 0-22 0a11 11 0 1 0 22 0m-22 0h22m-11-11c-8 6-8 16 0 22c8-6 8-16 0-22"
ROUTER = "m-12-7h17l-4-4m11 15h-17l4 4"
REQUEST = (1, 2, 3, 4)
PASSED = ("allow", "memory", "partial")


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
    tone = "allow" if last is None else last.action if last.action in PASSED else last.tone
    scene.segments.append(Segment(9, _line(points), tone, "past" if plan.delivered else "future"))
