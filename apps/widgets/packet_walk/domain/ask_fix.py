"""Which single added rule mends it? Each answer is added and walked before it is offered."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from .addresses import format_address, format_cidr, single
from .ask_values import Option, Question, list_name, place, quoted, sent, stopped_in_words
from .fixes import Fix, apply_fixes, needed_cidr, needed_traffic, other_end, plan_fixes
from .limits import MAX_RULES
from .model import (
    DEFAULT_NACL_NAME,
    MAX_RULE_NUMBER,
    Direction,
    NetworkAclEntry,
    PortModel,
    RuleAction,
    Scenario,
    SecurityGroupRule,
    Traffic,
)
from .notation import format_rule
from .ports import intersect
from .spoken import DIRECTIONS, LEGS, spoken_ports, spoken_traffic
from .text import explain_fix
from .trace import (
    CHECKPOINTS,
    Checkpoint,
    CheckpointKind,
    Disposition,
    Journey,
    Leg,
    Step,
    Trace,
)
from .walk import is_peer, walk

_MOST_WRONG = 4
_OPPOSITE = {Direction.INBOUND: Direction.OUTBOUND, Direction.OUTBOUND: Direction.INBOUND}


class _Candidate(NamedTuple):
    """A rule that somebody might add, and the misconception behind it in true sentences."""

    fix: Fix
    reason: str


def fix_question(scenario: Scenario, trace: Trace) -> Question | None:
    """None unless one added rule is enough, its list has room, and something else is plausible."""
    fixes, stop, journey = plan_fixes(scenario, trace).fixes, trace.stopped_at, trace.journey
    if len(fixes) != 1 or stop is None or not _is_addable(fixes[0], journey):
        return None
    right = fixes[0]
    end = "응답까지 도착합니다" if journey.has_response else "요청이 도착합니다"
    offered = {_text(right): f"이 규칙을 더하고 다시 따라가면 {end}."}
    for fix, reason in _misconceptions(right, stop, journey):
        if len(offered) > _MOST_WRONG:
            break
        if _text(fix) in offered or not _is_addable(fix, journey):
            continue
        after = walk(apply_fixes(scenario, [fix]))
        if after.stopped_at is not None and after.disposition is not Disposition.DELIVERED:
            still = stopped_in_words(after.stopped_at, after.journey)
            offered[_text(fix)] = f"{reason} 이 규칙을 더해도 여전히 {still}."
    if len(offered) < 2:
        return None
    return Question(
        "fix",
        f"{sent(journey)} 규칙을 하나만 더해 요청과 응답이 모두 도착하게 하려면 무엇을 더해야 "
        "합니까?",
        tuple(Option(text, text, offered[text]) for text in sorted(offered)),
        _text(right),
        f"{list_name(right.checkpoint, journey)} 규칙에 {quoted(right.rule)} 규칙을 더하면 "
        f"{spoken_traffic(stop.packet)}의 {LEGS[stop.checkpoint.leg]}이 통과해 {end}. "
        f"{explain_fix(right, journey)}",
        stop.checkpoint.n,
    )


def _text(fix: Fix) -> str:
    kind = "NACL" if fix.checkpoint.kind is CheckpointKind.NACL else "보안 그룹"
    way = DIRECTIONS[fix.checkpoint.direction]
    return f"{fix.id} {kind}의 {way}: {format_rule(fix.rule)}"


def _is_addable(fix: Fix, journey: Journey) -> bool:
    """Would the scenario still be valid, and the list one that the reader can edit?"""
    end = journey.at(fix.checkpoint.end)
    if isinstance(fix.rule, NetworkAclEntry):
        entries = end.nacl.entries(fix.checkpoint.direction)
        own = end.subnet is not None and end.subnet.nacl == fix.id != DEFAULT_NACL_NAME
        return (
            own and len(entries) < MAX_RULES and all(e.number != fix.rule.number for e in entries)
        )
    group = next(group for group in end.groups if group.name == fix.id)
    rules = group.rules(fix.checkpoint.direction)
    return len(rules) < MAX_RULES and fix.rule not in rules


def _misconceptions(right: Fix, stop: Step, journey: Journey) -> Iterator[_Candidate]:
    """What beginners would add instead, the most telling first."""
    yield from _wrong_port(right, journey)
    yield from _behind_the_deny(right, stop, journey)
    yield from _wrong_direction(right, journey)
    yield from _own_side_as_peer(right, journey)
    yield from _group_for_the_response(journey)
    yield from _other_acls(right, journey)


def _wrong_port(right: Fix, journey: Journey) -> Iterator[_Candidate]:
    """The service port on the response; the client's own port on the request."""
    if not journey.has_ports or journey.port_model is PortModel.NOTES:
        return
    service, source = journey.service_ports, journey.source_ports
    if intersect(source, service[0]):
        return
    if right.checkpoint.leg is Leg.RESPONSE:
        ports = service[0]
        reason = (
            f"응답의 목적지 포트는 서비스 포트 {spoken_ports(service)}이 아니라 "
            f"요청의 출발지 포트 {spoken_ports(source)}입니다."
        )
    else:
        ports = source[0]
        reason = (
            f"규칙의 포트는 목적지 포트와 비교합니다. 요청의 목적지 포트는 "
            f"{spoken_ports(service)}이고, {spoken_ports(source)}은 출발지 포트입니다."
        )
    rule = right.rule._replace(traffic=Traffic(journey.protocol, ports))
    yield _Candidate(replace(right, rule=rule), reason)


def _behind_the_deny(right: Fix, stop: Step, journey: Journey) -> Iterator[_Candidate]:
    """The right rule with a number behind the deny that decides."""
    denials = [
        d.rule
        for d in stop.decisions
        if d.action is RuleAction.DENY and isinstance(d.rule, NetworkAclEntry)
    ]
    if not denials or not isinstance(right.rule, NetworkAclEntry):
        return
    deny = min(denials, key=lambda entry: entry.number)
    taken = _numbers(right.checkpoint, journey)
    for number in range(deny.number + 10, MAX_RULE_NUMBER, 10):
        if number not in taken:
            reason = (
                f"NACL은 번호가 작은 규칙부터 보므로, {number}번 규칙보다 {deny.number}번 거부 "
                "규칙이 먼저 맞습니다."
            )
            yield _Candidate(replace(right, rule=right.rule._replace(number=number)), reason)
            return


def _wrong_direction(right: Fix, journey: Journey) -> Iterator[_Candidate]:
    here = right.checkpoint
    turned = here._replace(direction=_OPPOSITE[here.direction])
    reason = (
        f"이 {LEGS[here.leg]}은 {place(here, journey)} 규칙으로 판정하며, "
        f"{DIRECTIONS[turned.direction]} 규칙은 보지 않습니다."
    )
    yield from _placed(right, turned, journey, reason)


def _own_side_as_peer(right: Fix, journey: Journey) -> Iterator[_Candidate]:
    """The list's own subnet or group where the other end's belongs."""
    own, other = journey.at(right.checkpoint.end), other_end(right.checkpoint, journey)
    way = DIRECTIONS[right.checkpoint.direction]
    if isinstance(right.rule, NetworkAclEntry):
        if own.subnet is None or own.subnet.cidr.holds(other.address):
            return
        reason = (
            f"{way} 규칙의 CIDR은 상대의 주소와 비교하는데, {format_address(other.address)} 주소는 "
            f"{format_cidr(own.subnet.cidr)} 대역 밖에 있습니다."
        )
        yield _Candidate(replace(right, rule=right.rule._replace(cidr=own.subnet.cidr)), reason)
    elif not is_peer(right.id, other):
        reason = (
            f"{way} 규칙의 상대는 통신하는 반대쪽인데, {right.id} 보안 그룹은 반대쪽에 연결되어 "
            "있지 않습니다."
        )
        yield _Candidate(replace(right, rule=right.rule._replace(peer=right.id)), reason)


def _group_for_the_response(journey: Journey) -> Iterator[_Candidate]:
    """A rule of a security group for the response, which needs none."""
    if not journey.has_response:
        return
    for checkpoint in CHECKPOINTS:
        end, other = journey.at(checkpoint.end), other_end(checkpoint, journey)
        is_group = checkpoint.kind is CheckpointKind.SECURITY_GROUP
        if not is_group or checkpoint.leg is Leg.REQUEST or end.host is None:
            continue
        peer = other.group_names[0] if other.host else single(other.address)
        rule = SecurityGroupRule(needed_traffic(Leg.RESPONSE, journey), peer)
        reason = "보안 그룹은 상태를 기억하므로(stateful) 응답을 위한 규칙이 따로 필요 없습니다."
        yield _Candidate(Fix(checkpoint, end.group_names[0], rule), reason)
        return


def _other_acls(right: Fix, journey: Journey) -> Iterator[_Candidate]:
    """The same packet let through at an ACL that lets it through already."""
    here = right.checkpoint
    for checkpoint in CHECKPOINTS:
        end = journey.at(checkpoint.end)
        is_other = checkpoint.kind is CheckpointKind.NACL and checkpoint.n != here.n
        if not is_other or checkpoint.leg is not here.leg or end.host is None:
            continue
        if journey.same_subnet:
            continue
        entry = NetworkAclEntry(
            100,
            needed_traffic(here.leg, journey),
            needed_cidr(other_end(checkpoint, journey)),
            RuleAction.ALLOW,
        )
        leg = LEGS[here.leg]
        reason = (
            f"{place(checkpoint, journey)} 규칙은 이 {leg}을 이미 허용합니다. "
            f"{leg}을 막는 것은 {place(here, journey)} 규칙입니다."
        )
        placed = Fix(checkpoint, end.nacl.name, entry)
        yield from _placed(placed, checkpoint, journey, reason)


def _placed(
    fix: Fix, checkpoint: Checkpoint, journey: Journey, reason: str
) -> Iterator[_Candidate]:
    """The rule at the checkpoint, an ACL's under a number that is free there."""
    rule = fix.rule
    if isinstance(rule, NetworkAclEntry):
        taken = _numbers(checkpoint, journey)
        free = (n for n in range(rule.number, MAX_RULE_NUMBER + 1, 10) if n not in taken)
        number = next(free, None)
        if number is None:
            return
        rule = rule._replace(number=number)
    yield _Candidate(Fix(checkpoint, fix.id, rule), reason)


def _numbers(checkpoint: Checkpoint, journey: Journey) -> set[int]:
    nacl = journey.at(checkpoint.end).nacl
    return {entry.number for entry in nacl.entries(checkpoint.direction)}
