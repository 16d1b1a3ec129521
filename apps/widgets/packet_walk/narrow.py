"""The narrow picture, for phones: the client above, the server below."""

from .scene import GLOBE, Bubble, EndLabels, Mark, Plan, Point, Scene, Shape, Text, add_ways

# The request goes down on the left, the response up on the right. With one end outside there is
# only one subnet, and the picture is shorter.
DOWN, UP = 200, 264
TALL, SHORT = 560, 452


def narrow(plan: Plan) -> Scene:
    """Client above, server below; 320 wide, for phones."""
    height = SHORT if plan.client.outside or plan.server.outside else TALL
    scene = Scene("narrow", 320, height)
    top = 128 if plan.client.outside else 4
    bottom = height - 128 if plan.server.outside else height - 4
    scene.shapes.append(Shape("vpc", 4, top, 312, bottom - top, 18))
    if plan.same_subnet:
        scene.shapes += [
            Shape("subnet subnet--client", 14, 14, 292, 532, 14),
            Shape("gate" if plan.asked else "gate gate--idle", 22, 258, 150, 44, 12),
        ]
        scene.texts.append(Text(34, 277, f"NACL {plan.client.nacl}", "mono"))
        if not plan.asked:
            scene.texts.append(Text(34, 294, "지나지 않습니다", "small"))
    for end, lower in ((plan.client, False), (plan.server, True)):
        _narrow_end(scene, plan, end, lower)
    if plan.route:
        scene.texts.append(Text(34, 284, plan.route, "small"))
    ys = {1: 132, 2: 230, 3: height - 230, 4: height - 132}
    stops = {n: (DOWN, y) for n, y in ys.items()} | {9 - n: (UP, y) for n, y in ys.items()}
    upper = 96 if plan.client.outside else 114
    lower_edge = height - (96 if plan.server.outside else 114)
    ends = ((DOWN, upper), (DOWN, lower_edge), (UP, lower_edge), (UP, upper))

    def bubble(mark: Mark, stop: Point) -> Bubble:
        return _narrow_bubble(mark, stop, height)

    add_ways(scene, plan, stops, ends, bubble, lambda mark, stop: stop)
    if plan.no_route:
        y = top if plan.client.outside else bottom
        scene.shapes.append(Shape("cross", d=f"M{DOWN - 9} {y - 9}l18 18m0-18l-18 18"))
        scene.texts.append(Text(DOWN - 20, y - 8, plan.no_route, "stop", "end"))
    return scene


def _narrow_end(scene: Scene, plan: Plan, end: EndLabels, lower: bool) -> None:
    def flip(y: int, height: int = 0) -> int:
        """The lower end mirrors the upper one."""
        return scene.height - y - height if lower else y

    if end.outside:
        scene.shapes += [
            Shape("card card--outside", 24, flip(20, 76), 272, 76, 16),
            Shape("icon", d=f"M65 {flip(58)}{GLOBE}"),
        ]
        _narrow_names(scene, end, 82, flip(58))
        if plan.gateway:
            scene.shapes.append(Shape("gateway", 24, flip(110, 36), 272, 36, 18))
            scene.texts.append(Text(42, flip(128) + 5, plan.gateway, "label"))
        return
    if not plan.same_subnet:
        kind = "server" if lower else "client"
        scene.shapes += [
            Shape(f"subnet subnet--{kind}", 14, flip(14, 216), 292, 216, 14),
            Shape("gate", 22, flip(206, 48), 276, 48, 12),
        ]
        scene.texts += [
            Text(34, flip(230) - 3, end.nacl, "mono"),
            Text(34, flip(230) + 14, "네트워크 ACL", "small"),
        ]
    if end.gateways and not plan.gateway and not plan.same_subnet:
        scene.shapes.append(Shape("gateway", 34, flip(178, 24), 128, 24, 12))
        scene.texts.append(Text(98, flip(190) + 4, " · ".join(end.gateways), "small", "middle"))
    shift = 10 if lower else 0
    scene.texts += [
        Text(28, flip(32) + shift, end.subnet, "place"),
        Text(292, flip(32) + shift, end.cidr, "mono", "end"),
        Text(107, flip(133) + 5, f"보안 그룹 {end.groups}", "label label--shield", "middle"),
    ]
    scene.shapes += [
        Shape("shield", 24, flip(48, 84), 272, 84, 26),
        Shape("card", 36, flip(60, 54), 248, 54, 12),
        Shape("chip", 40, flip(121, 24), 134, 24, 12),
    ]
    _narrow_names(scene, end, 52, flip(87))


def _narrow_names(scene: Scene, end: EndLabels, x: int, y: int) -> None:
    scene.texts += [
        Text(x, y - 4, end.title, "name"),
        Text(x, y + 16, end.address, "mono"),
    ]


def _narrow_bubble(mark: Mark, stop: Point, height: int) -> Bubble:
    """In the gap before the checkpoint where the packet is read."""
    x, y = stop
    tops = {3: height - 302, 4: height - 198, 5: height - 198, 6: height - 198, 7: 258}
    top = tops.get(mark.n, 150)
    tip = f"M{x - 7} {top + 1}l7-8l7 8z" if top > y else f"M{x - 7} {top + 43}l7 8l7-8z"
    return Bubble(mark, 102, top, 210, 44, tip)
