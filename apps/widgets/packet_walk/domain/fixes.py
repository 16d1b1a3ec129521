"""The smallest set of added rules that delivers the walk: computed, then verified by walking."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from types import MappingProxyType

from .addresses import Cidr, single
from .model import (
    ANY_ICMP,
    MAX_RULE_NUMBER,
    MIN_RULE_NUMBER,
    Direction,
    NetworkAclEntry,
    Rule,
    RuleAction,
    Scenario,
    SecurityGroupRule,
    Traffic,
)
from .ports import ALL_PORTS
from .trace import (
    CHECKPOINTS,
    Action,
    Checkpoint,
    CheckpointKind,
    Disposition,
    End,
    Endpoint,
    Journey,
    Leg,
    Step,
    Trace,
)
from .walk import examine, walk

# AWS recommends to number in steps of 10 or 100, so that rules fit in between. [nacl] 2023-06-15
_WIDE_STEP = 100
_NARROW_STEP = 10


@dataclass(frozen=True, slots=True)
class Fix:
    """A rule to add: to the ACL or security group `id`, in the checkpoint's direction."""

    checkpoint: Checkpoint
    id: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Unfixable:
    """A deny that no rule can be put in front of: the entry `rule` of the ACL `id`."""

    checkpoint: Checkpoint
    id: str
    rule: NetworkAclEntry


@dataclass(frozen=True, slots=True)
class Plan:
    """Fixes to apply together, by step; or none, and the deny that rules them out."""

    fixes: tuple[Fix, ...] = ()
    unfixable: Unfixable | None = None


@dataclass(frozen=True, slots=True)
class _NaclNeed:
    """An ACL entry that has to be placed below the number `limit`."""

    step: Step
    allow: NetworkAclEntry
    limit: int
    blocker: NetworkAclEntry | None


def plan_fixes(scenario: Scenario, trace: Trace) -> Plan:
    """The smallest set of additions that delivers all of `trace`, the walk of `scenario`.

    Every checkpoint is examined on its own, with all ports, so that those the packet did not reach
    are opened too. One rule a checkpoint is both enough and needed: no two checkpoints of a walk
    read one list for the same packet.
    """
    journey = trace.journey
    if trace.disposition in (Disposition.DELIVERED, Disposition.NO_ROUTE):
        return Plan()
    fixes: list[Fix] = []
    needs: list[_NaclNeed] = []
    for checkpoint in CHECKPOINTS:
        ports = journey.service_ports if _is_request(checkpoint) else journey.response_ports
        step = examine(checkpoint, journey, ports)
        if step.action not in (Action.DENY, Action.PARTIAL):
            continue
        if checkpoint.kind is CheckpointKind.NACL:
            needs.append(_nacl_need(step, journey))
        else:
            fixes.append(_security_group_fix(step, journey))
    numbered = _number(needs, journey)
    if isinstance(numbered, Unfixable):
        return Plan(unfixable=numbered)
    plan = Plan(tuple(sorted([*fixes, *numbered], key=lambda fix: fix.checkpoint.n)))
    if walk(apply_fixes(scenario, plan.fixes)).disposition is not Disposition.DELIVERED:
        raise RuntimeError("fixes do not deliver: the plan and the walk disagree")
    return plan


def apply_fixes(scenario: Scenario, fixes: Iterable[Fix]) -> Scenario:
    """The scenario with the rules added; nothing that was there is changed."""
    nacls, groups = dict(scenario.nacls), dict(scenario.security_groups)
    for fix in fixes:
        inbound = fix.checkpoint.direction is Direction.INBOUND
        if isinstance(fix.rule, NetworkAclEntry):
            nacl = nacls[fix.id]
            entries = tuple(sorted((*nacl.entries(fix.checkpoint.direction), fix.rule)))
            nacls[fix.id] = (
                replace(nacl, inbound=entries) if inbound else replace(nacl, outbound=entries)
            )
        else:
            group = groups[fix.id]
            rules = (*group.rules(fix.checkpoint.direction), fix.rule)
            groups[fix.id] = (
                replace(group, inbound=rules) if inbound else replace(group, outbound=rules)
            )
    return replace(
        scenario, nacls=MappingProxyType(nacls), security_groups=MappingProxyType(groups)
    )


def needed_traffic(leg: Leg, journey: Journey) -> Traffic:
    """What a rule on this leg must select, and no more: least privilege."""
    icmp = journey.request_icmp if leg is Leg.REQUEST else journey.response_icmp
    if icmp is not None:
        return Traffic(journey.protocol, icmp=icmp)
    if not journey.has_ports:
        return Traffic(journey.protocol, ALL_PORTS, ANY_ICMP)
    ports = journey.service_ports if leg is Leg.REQUEST else journey.response_ports
    return Traffic(journey.protocol, ports[0])


def other_end(checkpoint: Checkpoint, journey: Journey) -> Endpoint:
    """The end that the checkpoint's rules name."""
    return journey.server if checkpoint.end is End.CLIENT else journey.client


def needed_cidr(other: Endpoint) -> Cidr:
    """The other end as an ACL names it: its subnet, or its one address outside."""
    return single(other.address) if other.subnet is None else other.subnet.cidr


def _is_request(checkpoint: Checkpoint) -> bool:
    return checkpoint.leg is Leg.REQUEST


def _security_group_fix(step: Step, journey: Journey) -> Fix:
    other = other_end(step.checkpoint, journey)
    peer = other.group_names[0] if other.host else single(other.address)
    rule = SecurityGroupRule(needed_traffic(step.checkpoint.leg, journey), peer)
    return Fix(step.checkpoint, step.ids[0], rule)


def _nacl_need(step: Step, journey: Journey) -> _NaclNeed:
    denies = [
        decision.rule
        for decision in step.decisions
        if decision.action is RuleAction.DENY and isinstance(decision.rule, NetworkAclEntry)
    ]
    blocker = min(denies, default=None, key=lambda entry: entry.number)
    limit = MAX_RULE_NUMBER + 1 if blocker is None else blocker.number
    traffic = needed_traffic(step.checkpoint.leg, journey)
    cidr = needed_cidr(other_end(step.checkpoint, journey))
    allow = NetworkAclEntry(MIN_RULE_NUMBER, traffic, cidr, RuleAction.ALLOW)
    return _NaclNeed(step, allow, limit, blocker)


def _number(needs: list[_NaclNeed], journey: Journey) -> list[Fix] | Unfixable:
    """Give every entry a number; those with the least room choose first, so that none starves."""
    taken: dict[tuple[str, Direction], set[int]] = {}
    fixes: list[Fix] = []
    for need in sorted(needs, key=lambda need: need.limit):
        checkpoint = need.step.checkpoint
        nacl = journey.at(checkpoint.end).nacl
        entries = nacl.entries(checkpoint.direction)
        numbers = taken.setdefault(
            (nacl.name, checkpoint.direction), {entry.number for entry in entries}
        )
        number = _free_number(numbers, need)
        if number is None:
            # Without an explicit deny the limit lies above every number: some number is free.
            if need.blocker is None:
                raise RuntimeError("a list has no free number at all")
            return Unfixable(checkpoint, nacl.name, need.blocker)
        numbers.add(number)
        fixes.append(Fix(checkpoint, nacl.name, need.allow._replace(number=number)))
    return fixes


def _free_number(taken: set[int], need: _NaclNeed) -> int | None:
    """A round number: after all others where it only has to beat `*`, else just before the deny."""
    if need.blocker is None:
        following = (max(taken, default=0) // _WIDE_STEP + 1) * _WIDE_STEP
        if following <= MAX_RULE_NUMBER:
            return following
    last = need.limit - 1
    for step in (_NARROW_STEP, 1):
        for number in range(last - last % step, MIN_RULE_NUMBER - 1, -step):
            if number not in taken:
                return number
    return None
