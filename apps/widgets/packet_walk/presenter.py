"""A scenario and its result as the page shows them: labels and geometry, no HTML."""

from dataclasses import dataclass
from urllib.parse import urlencode

from apps.kernel.documents import Invalid
from apps.widgetkit.manifest import Json, Query

from . import scene
from .domain.addresses import format_address, format_cidr
from .domain.compare import compare
from .domain.model import PortModel, Route, Scenario
from .domain.scenario import read_scenario
from .domain.trace import (
    CHECKPOINTS,
    Action,
    Checkpoint,
    CheckpointKind,
    Disposition,
    Endpoint,
    Journey,
    Leg,
    Step,
    Trace,
)
from .domain.walk import plan_journey, walk
from .draft import read_draft
from .editor import Editor, build_editor
from .forms import encode
from .narrow import narrow
from .wide import wide
from .words import (
    DIRECTIONS,
    LEGS,
    MARKS,
    VERDICTS,
    action_key,
    bubble_word,
    end_label,
    packet_ends,
    place_label,
    port_pair,
    short,
    subnet_label,
    why,
)

LESSON = "sg-vs-nacl"
# Corrections of the lesson, by the step of the walk that they are about (content/errata.toml).
ERRATA = {
    1: "flow-request-missing-ec2-sg-egress",
    6: "flow-private-nacl-outbound-3306",
    7: "flow-public-nacl-inbound-3306",
    8: "flow-response-missing-ec2-sg",
}
PORT_ERRATUM = "flow-response-port-3306"
GATEWAYS = {Route.IGW: "인터넷 게이트웨이", Route.NAT: "NAT 게이트웨이"}


@dataclass(frozen=True, slots=True)
class StepView:
    """One row of the table, and one caption under the picture."""

    n: int
    note: str
    place: str
    names: str
    leg: str
    direction: str
    source: str
    destination: str
    rules: tuple[str, ...]
    action: str
    mark: str
    word: str
    text: str
    state: str
    erratum: str
    stops: bool


@dataclass(frozen=True, slots=True)
class FixView:
    where: str
    direction: str
    rule: str
    why: str
    query: str


@dataclass(frozen=True, slots=True)
class Verdict:
    action: str
    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Compared:
    title: str
    verdict: Verdict
    note: str
    stopped: str


def present(scenario: Json, result: Json, query: Query) -> Json:
    """The template's context. With an empty result (a prediction is asked) nothing is walked."""
    draft = read_draft(query)
    problems = result.get("problems", [])
    reading = read_scenario(scenario)
    context: Json = {"lesson": LESSON, "port_erratum": PORT_ERRATUM}
    shown = _without_rules(scenario) if isinstance(reading, Invalid) else reading
    journey = None if shown is None else plan_journey(shown)
    trace = None
    if result and isinstance(reading, Scenario):
        trace = walk(reading)
        context |= _outcome(scenario, result, reading, trace)
    if shown is not None and journey is not None:
        plan = _plan(shown, journey, trace, asked=not result)
        context["scenes"] = (wide(plan), narrow(plan))
        context["start"] = plan.start
        context["description"] = _description(journey, trace, asked=not result)
    editor: Editor = build_editor(draft, scenario, problems, journey)
    return {**context, "editor": editor}


def _without_rules(scenario: Json) -> Scenario | None:
    """The places alone, so that the picture stays while a rule is being typed."""
    bare: Json = {**scenario}
    for section in ("nacls", "security_groups"):
        bare[section] = {
            name: {"inbound": [], "outbound": []} for name in scenario.get(section, {})
        }
    reading = read_scenario(bare)
    return None if isinstance(reading, Invalid) else reading


def _outcome(scenario: Json, result: Json, reading: Scenario, trace: Trace) -> Json:
    steps = [
        _step_view(step, document, trace)
        for step, document in zip(trace.steps, result["steps"], strict=True)
    ]
    comparison = compare(reading)
    return {
        "steps": steps,
        "final": _final(trace),
        "verdict": _verdict(trace),
        "stopped": next((view for view in steps if view.stops), None),
        "why": "" if trace.stopped_at is None else why(trace.stopped_at, trace.journey),
        "no_route": steps[0].text if trace.disposition is Disposition.NO_ROUTE else "",
        "passing": _passing(trace),
        "fixes": [_fix_view(fix, scenario) for fix in result["fixes"]],
        "unfixable": result["unfixable"],
        "notes_model": reading.port_model is PortModel.NOTES,
        "comparison": [
            _compared("보안 그룹만", comparison.security_groups_only),
            _compared("NACL만", comparison.nacls_only),
            _compared("둘 다", comparison.both),
        ],
    }


def _final(trace: Trace) -> int:
    """The last checkpoint the packet came to; 0 where it never left."""
    reached = [step.checkpoint.n for step in trace.steps if _is_reached(step)]
    return max(reached, default=0)


def _is_reached(step: Step) -> bool:
    return step.action not in (Action.SKIP, Action.NOT_REACHED)


def _state(n: int, final: int) -> scene.State:
    return "now" if n == final else "past" if n < final else "future"


def _step_view(step: Step, document: Json, trace: Trace) -> StepView:
    checkpoint = step.checkpoint
    action = action_key(step)
    mark, word = MARKS[action]
    source, destination = packet_ends(step.packet)
    rule = document["rule"]
    return StepView(
        n=checkpoint.n,
        note=_note(checkpoint),
        place=place_label(checkpoint, trace.journey),
        names=", ".join(step.ids),
        leg=LEGS[checkpoint.leg.value],
        direction=DIRECTIONS[checkpoint.direction.value],
        source=source,
        destination=destination,
        rules=tuple(rule.split(", ")) if rule else (),
        action=action,
        mark=mark,
        word=word,
        text=document["text"],
        state=_state(checkpoint.n, _final(trace)),
        erratum=ERRATA.get(checkpoint.n, ""),
        stops=step is trace.stopped_at,
    )


def _note(checkpoint: Checkpoint) -> str:
    return "" if checkpoint.note is None else str(checkpoint.note)


def _verdict(trace: Trace) -> Verdict:
    action, text = VERDICTS[trace.disposition]
    if trace.disposition is Disposition.DELIVERED and not trace.journey.has_ports:
        text = "응답까지 도착함" if trace.journey.has_response else "요청이 도착함"
    return Verdict(action, MARKS[action][0], text)


def _compared(title: str, trace: Trace) -> Compared:
    stopped = trace.stopped_at
    if stopped is None:
        return Compared(title, _verdict(trace), "", "")
    checkpoint = stopped.checkpoint
    where = place_label(checkpoint, trace.journey)
    way = DIRECTIONS[checkpoint.direction.value]
    return Compared(title, _verdict(trace), _note(checkpoint), f"{where} {way}에서")


def _passing(trace: Trace) -> str:
    if trace.disposition is not Disposition.PARTIALLY_DELIVERED:
        return ""
    return ", ".join(f"{low}–{high}" for low, high in trace.passing_source_ports)


def _fix_view(fix: Json, scenario: Json) -> FixView:
    section = "nacls" if fix["checkpoint"] == "nacl" else "security_groups"
    lists = scenario[section][fix["id"]]
    mended = {
        **scenario,
        section: {
            **scenario[section],
            fix["id"]: {**lists, fix["direction"]: [*lists[fix["direction"]], fix["rule"]]},
        },
    }
    kind = "NACL" if section == "nacls" else "보안 그룹"
    return FixView(
        where=f"{fix['id']} {kind}",
        direction=DIRECTIONS[fix["direction"]],
        rule=fix["rule"],
        why=fix["why"],
        query=urlencode(encode(mended)),
    )


def _plan(scenario: Scenario, journey: Journey, trace: Trace | None, *, asked: bool) -> scene.Plan:
    steps = {} if trace is None else {step.checkpoint.n: step for step in trace.steps}
    final = 0 if trace is None else _final(trace)
    marks = []
    tone = "allow"
    for checkpoint in CHECKPOINTS:
        if not _stands_in_the_way(checkpoint, journey):
            continue
        mark = _mark(checkpoint, steps.get(checkpoint.n), final, tone)
        marks.append(mark)
        if mark.action in ("memory", "partial", "allow"):
            tone = mark.action
    no_route = trace is not None and trace.disposition is Disposition.NO_ROUTE
    delivered = trace is not None and trace.disposition in (
        Disposition.DELIVERED,
        Disposition.PARTIALLY_DELIVERED,
    )
    return scene.Plan(
        client=_end_labels(journey.client, "클라이언트"),
        server=_end_labels(journey.server, "서버"),
        same_subnet=journey.same_subnet,
        asked=asked,
        gateway=_gateway(journey),
        route=_route(journey),
        no_route="경로 없음" if no_route else "",
        marks=marks,
        start=_start(scenario, journey, final),
        delivered=delivered,
        has_response=journey.has_response,
    )


def _stands_in_the_way(checkpoint: Checkpoint, journey: Journey) -> bool:
    """What is known from the places alone: whether a packet could meet this checkpoint."""
    if checkpoint.leg is Leg.RESPONSE and not journey.has_response:
        return False
    if journey.at(checkpoint.end).host is None:
        return False
    return not (journey.same_subnet and checkpoint.kind is CheckpointKind.NACL)


def _mark(checkpoint: Checkpoint, step: Step | None, final: int, tone: str) -> scene.Mark:
    return scene.Mark(
        n=checkpoint.n,
        note=checkpoint.note,
        direction=DIRECTIONS[checkpoint.direction.value],
        action="" if step is None else action_key(step),
        state="future" if step is None else _state(checkpoint.n, final),
        tone=tone,
        ports="" if step is None else short(port_pair(step.packet), 26),
        word="" if step is None else bubble_word(step),
    )


def _start(scenario: Scenario, journey: Journey, final: int) -> scene.Mark:
    """The packet before it meets anything: it leaves the client."""
    port = "" if scenario.flow.port is None else f"{scenario.flow.port}번 포트로 "
    return scene.Mark(
        n=0,
        note=None,
        direction="",
        action="",
        state="now" if final == 0 else "past",
        tone="allow",
        ports=f"{end_label(journey.client)} → {end_label(journey.server)}",
        word=f"{port}요청을 보냅니다",
    )


def _end_labels(end: Endpoint, role: str) -> scene.EndLabels:
    address = short(format_address(end.address), 20)
    if end.host is None or end.subnet is None:
        return scene.EndLabels(end_label(end), address, role, outside=True)
    name = end_label(end)
    title = name if name == end.host.name else f"{name} {end.host.name}"
    return scene.EndLabels(
        title=short(title, 12),
        address=address,
        role=role,
        outside=False,
        subnet=short(subnet_label(end.subnet.name), 16),
        cidr=short(format_cidr(end.subnet.cidr), 20),
        nacl="기본 NACL" if end.subnet.nacl == "default" else short(end.nacl.name, 13),
        groups=short(", ".join(end.group_names), 11),
        gateways=tuple(GATEWAYS[route] for route in end.subnet.routes if route in GATEWAYS),
    )


def _gateway(journey: Journey) -> str:
    """The gateway that the inner end's route table names, whether or not it helps this packet."""
    inner = journey.server if journey.client.subnet is None else journey.client
    outside = None in (journey.client.subnet, journey.server.subnet)
    if not outside or inner.subnet is None:
        return ""
    named = [GATEWAYS[route] for route in GATEWAYS if route in inner.subnet.routes]
    return named[0] if named else ""


def _route(journey: Journey) -> str:
    """The route inside the VPC, where there are two subnets to route between."""
    inside = journey.client.subnet is not None and journey.server.subnet is not None
    return "경로 local" if inside and not journey.same_subnet else ""


def _description(journey: Journey, trace: Trace | None, *, asked: bool) -> str:
    """The picture in words: who stands where. What happened is in the table below it."""
    parts = []
    for end, role in ((journey.client, "클라이언트"), (journey.server, "서버")):
        place = "VPC 밖 인터넷"
        if end.subnet is not None:
            place = f"{subnet_label(end.subnet.name)} {format_cidr(end.subnet.cidr)}"
        parts.append(f"{role}: {end_label(end)} {format_address(end.address)}, {place}.")
    if journey.same_subnet and not asked:
        parts.append("두 호스트가 같은 서브넷에 있어 NACL을 지나지 않습니다.")
    text = " ".join(parts)
    if trace is not None:
        text += f" 결과: {_verdict(trace).text}. 단계마다 내린 판정은 아래 표에 있습니다."
    return text
