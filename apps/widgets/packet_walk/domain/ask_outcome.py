"""How does it end, and which checkpoint stops it?"""

from .ask_values import Option, Question, may_split, place, quoted, sent, stopped_in_words
from .model import Route
from .spoken import LEGS, spoken_ports
from .text import explain
from .trace import Action, CheckpointKind, Code, Disposition, Journey, Leg, Step, Trace

_NO_ROUTE = "규칙을 보기도 전에, 패킷을 보낼 경로가 없습니다."
_TEXTS = {
    Disposition.DELIVERED: "요청도 응답도 도착합니다.",
    Disposition.PARTIALLY_DELIVERED: (
        "클라이언트가 고른 출발지 포트에 따라 되기도 하고 안 되기도 합니다."
    ),
    Disposition.REQUEST_DENIED: "요청이 가는 길에 막힙니다.",
    Disposition.RESPONSE_DENIED: "요청은 도착하지만, 응답이 돌아오는 길에 막힙니다.",
    Disposition.NO_ROUTE: "경로가 없어 보낼 수 없습니다.",
}


def disposition_question(trace: Trace) -> Question:
    """How the walk ends. Which endings are offered depends on the flow, not on its end."""
    journey = trace.journey
    offered = [
        ending
        for ending in _TEXTS
        if (ending is not Disposition.PARTIALLY_DELIVERED or may_split(journey))
        and (ending is not Disposition.RESPONSE_DENIED or journey.has_response)
    ]
    options = [
        Option(ending.value, _ending_text(ending, journey), _ending_feedback(ending, trace))
        for ending in offered
    ]
    telling = _denied(trace) or _last_read(trace)
    return Question(
        "disposition",
        f"{sent(journey)} 결과는 어떻게 됩니까?",
        tuple(options),
        trace.disposition.value,
        _explanation(telling, trace),
        None if telling is None else telling.checkpoint.n,
    )


def stop_question(trace: Trace) -> Question:
    """Which checkpoint stops it first: in path order, with no route before and nothing after."""
    journey, stop = trace.journey, trace.stopped_at
    stem = f"{sent(journey)} 요청과 응답을 통틀어 처음으로 막히는 곳은 어디입니까?"
    if may_split(journey):
        stem += " 일부 포트만 막히는 곳도 막히는 곳으로 봅니다."
    options = [Option("no-route", "검사를 받기 전에 경로가 없어 막힙니다.", _route(trace))]
    options += [
        Option(
            f"step-{step.checkpoint.n}",
            f"{place(step.checkpoint, journey)} – {LEGS[step.checkpoint.leg]}",
            _checkpoint_feedback(step, trace),
        )
        for step in trace.steps
        if step.code not in (Code.OUTSIDE_VPC, Code.NO_RESPONSE)
        and journey.at(step.checkpoint.end).host is not None
        and (journey.has_response or step.checkpoint.leg is Leg.REQUEST)
    ]
    options.append(Option("none", "막히는 곳이 없습니다.", _nowhere(trace)))
    key = "none" if stop is None else f"step-{stop.checkpoint.n}"
    if trace.disposition is Disposition.NO_ROUTE:
        key = "no-route"
    telling = stop or _last_read(trace)
    number = None if telling is None else telling.checkpoint.n
    return Question("stop", stem, tuple(options), key, _explanation(telling, trace), number)


def _last_read(trace: Trace) -> Step | None:
    """The last step at which rules were read; None where none were."""
    return next((step for step in reversed(trace.steps) if step.decisions), None)


def _denied(trace: Trace) -> Step | None:
    """Where nothing goes on, else where the first ports are lost."""
    return next((s for s in trace.steps if s.action is Action.DENY), trace.stopped_at)


def _explanation(step: Step | None, trace: Trace) -> str:
    """What the telling step decides, with its rule and ports."""
    if step is None:
        return explain(trace.steps[0], trace)
    if step.action is not Action.ALLOW:
        return f"{stopped_in_words(step, trace.journey)}. {explain(step, trace)}"
    end = "응답까지 도착합니다" if trace.journey.has_response else "요청이 도착합니다"
    where = place(step.checkpoint, trace.journey)
    return (
        f"지나는 검사를 모두 통과해 {end}. 마지막으로 규칙을 보는 곳은 {where}입니다. "
        f"{explain(step, trace)}"
    )


def _ending_text(ending: Disposition, journey: Journey) -> str:
    if ending is Disposition.DELIVERED and not journey.has_response:
        return "도착합니다. 돌아올 응답은 없습니다."
    return _TEXTS[ending]


def _ending_feedback(ending: Disposition, trace: Trace) -> str:
    actual, stop = trace.disposition, trace.stopped_at
    if ending is Disposition.NO_ROUTE:
        return _route(trace)
    if actual is Disposition.NO_ROUTE:
        return _NO_ROUTE
    if ending is actual:
        return _as_it_is(trace)
    if ending is Disposition.DELIVERED:
        return _nowhere(trace)
    if actual is Disposition.REQUEST_DENIED and stop is not None:
        where = place(stop.checkpoint, trace.journey)
        if ending is Disposition.RESPONSE_DENIED:
            return f"서버가 응답하기도 전에, {where}에서 요청이 막힙니다."
        return f"출발지 포트와 상관없이 {where}에서 요청이 막힙니다."
    if ending is Disposition.REQUEST_DENIED:
        more = " 막히는 것은 응답입니다." if stop is not None else ""
        return f"요청은 지나는 검사를 모두 통과해 도착합니다.{more}"
    if ending is Disposition.PARTIALLY_DELIVERED:
        what = "돌아옵니다" if stop is None else "돌아오지 못합니다"
        return f"클라이언트가 출발지 포트로 무엇을 골라도 응답은 {what}."
    if actual is Disposition.PARTIALLY_DELIVERED:
        passing = spoken_ports(trace.passing_source_ports)
        return f"응답이 모두 막히지는 않습니다. {passing} 포트로 가는 응답은 돌아옵니다."
    return _why_the_response_returns(trace)


def _as_it_is(trace: Trace) -> str:
    """On the right ending."""
    if trace.disposition is Disposition.PARTIALLY_DELIVERED:
        passing = spoken_ports(trace.passing_source_ports)
        return f"출발지 포트가 {passing}일 때만 응답이 돌아옵니다."
    denied = _denied(trace)
    if denied is None:
        return _nowhere(trace)
    return f"{stopped_in_words(denied, trace.journey)}."


def _why_the_response_returns(trace: Trace) -> str:
    journey = trace.journey
    judged = any(
        step.checkpoint.kind is CheckpointKind.NACL
        and step.checkpoint.leg is Leg.RESPONSE
        and step.action is Action.ALLOW
        for step in trace.steps
    )
    if not judged:
        return "응답은 NACL을 지나지 않고, 보안 그룹은 연결을 기억하므로 응답이 돌아옵니다."
    if journey.has_ports:
        ports = spoken_ports(journey.response_ports)
        return f"응답의 목적지 포트 {ports}을 NACL이 모두 허용하므로 응답도 돌아옵니다."
    return "응답도 지나는 NACL의 허용 규칙에 맞아 돌아옵니다."


def _nowhere(trace: Trace) -> str:
    """On the answer that nothing stops it."""
    stop = trace.stopped_at
    if trace.disposition is Disposition.NO_ROUTE:
        return _NO_ROUTE
    if stop is None:
        legs = "요청과 응답이" if trace.journey.has_response else "요청이"
        return f"{legs} 지나는 검사를 모두 통과합니다."
    return f"{stopped_in_words(stop, trace.journey)}."


def _route(trace: Trace) -> str:
    """On the answer that there is no route."""
    journey = trace.journey
    if journey.route is None:
        return "라우팅 테이블에 이 패킷을 나를 경로가 없습니다."
    if journey.route is Route.LOCAL:
        return "VPC 안의 주소로 가는 local 경로는 언제나 있습니다."
    gateway = "인터넷 게이트웨이" if journey.route is Route.IGW else "NAT 게이트웨이"
    return f"라우팅 테이블에 {gateway} 경로가 있어 패킷을 나를 수 있습니다."


def _checkpoint_feedback(step: Step, trace: Trace) -> str:
    stop = trace.stopped_at
    if step.code is Code.SAME_SUBNET:
        return "두 호스트가 같은 서브넷에 있어, 오가는 트래픽이 NACL을 지나지 않습니다."
    if trace.disposition is Disposition.NO_ROUTE:
        return f"{_NO_ROUTE} 이 검사까지 오지 못합니다."
    if stop is not None and step.checkpoint.n == stop.checkpoint.n:
        before = any(s.decisions for s in trace.steps[: stop.checkpoint.n - 1])
        more = " 그 앞의 검사는 모두 통과합니다." if before else ""
        return f"{stopped_in_words(stop, trace.journey)}.{more}"
    if stop is not None and step.checkpoint.n > stop.checkpoint.n:
        return f"이보다 먼저 {stopped_in_words(stop, trace.journey)}."
    if step.code is Code.SESSION_MATCHED:
        return "보안 그룹은 요청을 허용할 때 기억한 연결의 응답을 규칙과 상관없이 통과시킵니다."
    rules = ", ".join(quoted(d.rule) for d in step.decisions if d.rule is not None)
    return f"이 {LEGS[step.checkpoint.leg]}은 {rules} 규칙에 맞아 여기를 통과합니다."
