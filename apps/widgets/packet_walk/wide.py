"""The wide picture: the client on the left, the server on the right."""

from .scene import (
    GLOBE,
    REQUEST,
    ROUTER,
    Bubble,
    EndLabels,
    Mark,
    Plan,
    Point,
    Scene,
    Shape,
    Text,
    add_ways,
)


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
        gate = "gate" if plan.asked else "gate gate--idle"
        scene.shapes.append(Shape(gate, 350, 36, 180, 34, 10))
        scene.texts.append(Text(440, 58, f"NACL {plan.client.nacl}", "mono", "middle"))
        if not plan.asked:
            said = "같은 서브넷 안에서는 지나지 않습니다"
            scene.texts.append(Text(440, 96, said, "small", "middle"))
    for end, side in ((plan.client, -1), (plan.server, 1)):
        _wide_end(scene, plan, end, side)
    if plan.route:
        scene.texts.append(Text(440, 350, plan.route, "small", "middle"))
        scene.shapes.append(Shape("icon", d=f"M440 322{ROUTER}"))
    xs = {1: 242, 2: 352, 3: 528, 4: 638, 5: 638, 6: 528, 7: 352, 8: 242}
    stops = {n: (x, 164 if n in REQUEST else 272) for n, x in xs.items()}
    ends = ((_card_edge(plan.client, -1), 164), (_card_edge(plan.server, 1), 164))
    back = ((_card_edge(plan.server, 1), 272), (_card_edge(plan.client, -1), 272))
    low, high = _card_edge(plan.client, -1) + 11, _card_edge(plan.server, 1) - 233

    def bubble(mark: Mark, stop: Point) -> Bubble:
        return _wide_bubble(mark, stop, low, high)

    add_ways(scene, plan, stops, ends + back, bubble, _wide_label)
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
        if end.gateways and not plan.gateway:
            middle = 440 + side * 190
            scene.shapes.append(Shape("gateway", middle - 85, 3, 170, 22, 11))
            scene.texts.append(Text(middle, 18, " · ".join(end.gateways), "small", "middle"))
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


def _wide_bubble(mark: Mark, stop: Point, low: int, high: int) -> Bubble:
    """Between the two ways, so that neither is hidden; between the cards too."""
    left = min(max(stop[0] - 111, low), high)
    x = max(stop[0], left + 18)
    if mark.n in (0, *REQUEST):
        return Bubble(mark, left, 193, 222, 50, f"M{x - 8} 194l8-10l8 10z")
    return Bubble(mark, left, 193, 222, 50, f"M{x - 8} 242l8 10l8-10z")


def _wide_label(mark: Mark, stop: Point) -> Point:
    return (stop[0], 138) if mark.n in REQUEST else (stop[0], 308)
