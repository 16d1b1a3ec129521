"""Which rule decides at a checkpoint?"""

from dataclasses import replace

from .ask_values import Option, Question, matches, misfits, place, quoted
from .model import NetworkAclEntry, Rule, RuleAction, SecurityGroupRule
from .notation import format_rule
from .ports import PortRange, PortSet
from .spoken import LEGS, spoken_packet, spoken_ports
from .text import explain
from .trace import Action, CheckpointKind, Code, Decision, Endpoint, Journey, Leg, Step, Trace

_NOTHING, _SESSION = "no-rule", "session"
_MOST_RULES = 10
"""A list with more rules makes no readable question."""


def rule_questions(trace: Trace) -> tuple[Question, ...]:
    """One for each step at which there is something to find out, in path order."""
    questions = []
    for step in trace.steps:
        if not _is_interesting(step, trace) or len(_rules(step, trace.journey)) > _MOST_RULES:
            continue
        if step.checkpoint.kind is CheckpointKind.NACL:
            question = _nacl_question(step, trace)
        else:
            question = _group_question(step, trace)
        if question is not None:
            questions.append(question)
    return tuple(questions)


def _is_interesting(step: Step, trace: Trace) -> bool:
    """The denials; the first remembered response; ACLs with an order or a response to judge."""
    if step.action in (Action.SKIP, Action.NOT_REACHED):
        return False
    if step is trace.stopped_at or step.action is Action.DENY:
        return True
    if step.code is Code.SESSION_MATCHED:
        return step is next(s for s in trace.steps if s.code is Code.SESSION_MATCHED)
    if step.checkpoint.kind is CheckpointKind.SECURITY_GROUP:
        return False
    return step.checkpoint.leg is Leg.RESPONSE or len(_rules(step, trace.journey)) > 1


def _rules(step: Step, journey: Journey) -> list[Rule]:
    """The rules of the checkpoint in list order; a rule that two groups share is there once."""
    end, direction = journey.at(step.checkpoint.end), step.checkpoint.direction
    if step.checkpoint.kind is CheckpointKind.NACL:
        return list(end.nacl.entries(direction))
    return list(dict.fromkeys(rule for group in end.groups for rule in group.rules(direction)))


def _other(step: Step, journey: Journey) -> Endpoint:
    return journey.server if journey.at(step.checkpoint.end) is journey.client else journey.client


def _nacl_question(step: Step, trace: Trace) -> Question | None:
    """None for an empty list: there is nothing to choose from."""
    entries = [e for e in _rules(step, trace.journey) if isinstance(e, NetworkAclEntry)]
    if not entries:
        return None
    decision, ports = _asked(step)
    decided = decision.rule if isinstance(decision.rule, NetworkAclEntry) else None
    aimed = replace(step, packet=step.packet._replace(destination_ports=ports))
    other = _other(step, trace.journey)
    options = [
        Option(
            format_rule(entry), format_rule(entry), _entry_feedback(entry, decided, aimed, other)
        )
        for entry in entries
    ]
    if decided is None:
        last = "위의 규칙 가운데 맞는 것이 없으므로 기본 규칙 *이 거부합니다."
    else:
        last = f"{quoted(decided)} 규칙에 먼저 맞으므로 기본 규칙 *까지 가지 않습니다."
    options.append(Option(_NOTHING, "맞는 규칙이 없어 기본 규칙 *이 거부합니다", last))
    where = place(step.checkpoint, trace.journey)
    return Question(
        f"rule-{step.checkpoint.n}",
        f"{where} 규칙이 {spoken_packet(aimed)}을 봅니다. 어느 규칙이 판정합니까?",
        tuple(options),
        _NOTHING if decided is None else format_rule(decided),
        _decided_by(decided, aimed, trace) + explain(step, trace),
        step.checkpoint.n,
    )


def _asked(step: Step) -> tuple[Decision, PortSet]:
    """The decision that is asked about; of several, a denial's first port, else the last one's."""
    if len(step.decisions) == 1:
        return step.decisions[0], step.packet.destination_ports
    denials = [d for d in step.decisions if d.action is RuleAction.DENY]
    decision = denials[0] if denials else step.decisions[-1]
    low = decision.ports[0].low
    return decision, (PortRange(low, low),)


def _decided_by(decided: NetworkAclEntry | None, aimed: Step, trace: Trace) -> str:
    """Which rule, where the explanation of the whole step names several."""
    ports = aimed.packet.destination_ports
    if not trace.journey.has_ports or len(trace.steps[aimed.checkpoint.n - 1].decisions) == 1:
        return ""
    name = "기본 규칙 *이" if decided is None else f"{quoted(decided)} 규칙이"
    return f"{spoken_ports(ports)} 포트는 {name} 판정합니다. "


def _entry_feedback(
    entry: NetworkAclEntry, decided: NetworkAclEntry | None, aimed: Step, other: Endpoint
) -> str:
    leg = LEGS[aimed.checkpoint.leg]
    if entry == decided:
        return f"이 {leg}이 처음으로 맞는 규칙입니다. NACL은 처음 맞은 규칙만 따릅니다."
    reasons = misfits(entry, aimed.packet, aimed.packet.destination_ports, other)
    if reasons:
        return f"이 {leg}은 이 규칙에 맞지 않습니다. {' '.join(reasons)}"
    number = "" if decided is None else f"{decided.number}번 "
    return f"번호가 더 작은 {number}규칙에 먼저 맞으므로, 이 규칙은 보지 않습니다."


def _group_question(step: Step, trace: Trace) -> Question | None:
    """None where several rules match: then no single one decides."""
    rules = [r for r in _rules(step, trace.journey) if isinstance(r, SecurityGroupRule)]
    packet, other = step.packet, _other(step, trace.journey)
    matching = [r for r in rules if matches(r, packet, packet.destination_ports, other)]
    remembered = step.code is Code.SESSION_MATCHED
    if len(matching) > 1 and not remembered:
        return None
    key = _SESSION if remembered else format_rule(matching[0]) if matching else _NOTHING
    options = [
        Option(format_rule(rule), format_rule(rule), _rule_feedback(rule, step, other))
        for rule in rules
    ]
    if remembered:
        nothing = "요청을 허용할 때 기억한 연결의 응답이므로, 맞는 규칙이 없어도 막지 않습니다."
        session = "보안 그룹은 상태를 기억하므로(stateful) 응답의 규칙을 따로 보지 않습니다."
    else:
        nothing = (
            f"{quoted(matching[0])} 규칙에 맞습니다."
            if matching
            else "보안 그룹에는 허용 규칙만 있으므로, 맞는 것이 없으면 막힙니다."
        )
        session = "요청은 새 연결을 여는 것이어서 기억한 연결이 없습니다. 규칙에 맞아야 합니다."
    options.append(Option(_NOTHING, "맞는 규칙이 없어 막습니다", nothing))
    options.append(Option(_SESSION, "규칙을 보지 않고, 기억한 연결이라 통과시킵니다", session))
    where = place(step.checkpoint, trace.journey)
    return Question(
        f"rule-{step.checkpoint.n}",
        f"{where} 검사에 {spoken_packet(step)}이 닿았습니다. 무엇에 따라 판정합니까?",
        tuple(options),
        key,
        explain(step, trace),
        step.checkpoint.n,
    )


def _rule_feedback(rule: SecurityGroupRule, step: Step, other: Endpoint) -> str:
    if step.code is Code.SESSION_MATCHED:
        return "응답은 규칙을 보지 않습니다. 기억한 연결이므로 이 규칙이 없어도 통과합니다."
    reasons = misfits(rule, step.packet, step.packet.destination_ports, other)
    if reasons:
        return f"이 요청은 이 규칙에 맞지 않습니다. {' '.join(reasons)}"
    return "이 요청에 맞는 허용 규칙입니다. 보안 그룹에서는 하나만 맞아도 통과합니다."
