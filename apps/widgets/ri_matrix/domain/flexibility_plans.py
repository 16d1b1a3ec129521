"""Savings Plans: a commitment in dollars, so what is answered is whether usage is eligible."""

import re

from apps.kernel.pricing.options import PurchaseOption, Tenancy

from .commitment import Scenario, Side
from .flexibility_model import (
    NOUNS,
    OPTION_NAMES,
    Assessment,
    AttributeFinding,
    Change,
    Outcome,
    accusative,
    changed_in,
    changes_of,
    kept,
    subjects,
    topic,
)
from .ways import Attribute, Way

# [sp_types] in the copy of 2025/2026
_FIXED = {
    PurchaseOption.COMPUTE_SP: frozenset[Attribute](),
    PurchaseOption.EC2_INSTANCE_SP: frozenset({Attribute.REGION, Attribute.FAMILY}),
}


# The only hosts that Savings Plans do not reach. [dh] 2023-06-15
_UNREACHED_HOST = re.compile(r"u-[0-9]+tb1\.metal")


def assess_plan(scenario: Scenario) -> Assessment:
    """A Compute or EC2 Instance Savings Plan."""
    name = OPTION_NAMES[scenario.option]
    attributes = tuple(
        _find(scenario, attribute, change) for attribute, change in changes_of(scenario).items()
    )
    broken = changed_in(attributes, Way.IMPOSSIBLE)
    outcome = Outcome.NOT_COVERED
    if _is_unreached(scenario.running):
        text = f"{scenario.running.type} 전용 호스트는 Savings Plans의 할인 대상이 아닙니다."
    elif broken:
        text = (
            f"{subjects(broken)} 달라 {name}의 할인 대상이 아닙니다. "
            "약정은 바꿀 수 없고, 쓰지 못한 약정 금액도 냅니다."
        )
    else:
        outcome = Outcome.COVERED
        text = (
            f"이 사용량은 {name}의 할인 대상입니다. 약정한 것은 시간당 금액이므로, "
            "그 금액으로 충분한지는 요금에 달려 있으며 여기서는 계산하지 않습니다."
        )
    return Assessment(attributes, outcome, None, None, None, text)


def _find(scenario: Scenario, name: Attribute, change: Change) -> AttributeFinding:
    plan, noun = OPTION_NAMES[scenario.option], NOUNS[name]
    way, source = Way.AUTOMATIC, "sp_types"
    if name is Attribute.TENANCY and _is_unreached(scenario.running):
        # Impossible even where nothing has changed: it is the host that is out of reach.
        way, source = Way.IMPOSSIBLE, "dh"
        text = (
            "Savings Plans는 host 테넌시에도 적용되지만, "
            f"{scenario.running.type} 전용 호스트에는 적용되지 않습니다."
        )
    elif name not in _FIXED[scenario.option]:
        where = "어느 가용 영역에나" if change.running is None else f"{change.running} {noun}에도"
        text = f"{plan}는 {accusative(name)} 가리지 않으므로 {where} 할인이 저절로 적용됩니다."
    elif not change.changed:
        text = kept(name, change.committed or "")
    else:
        way = Way.IMPOSSIBLE
        text = (
            f"{plan}의 {topic(name)} 약정할 때 정해져 바꿀 수 없습니다. "
            f"{change.committed} {noun}의 약정은 {change.running} {noun}의 사용량을 "
            "할인하지 않습니다."
        )
    return AttributeFinding(name, change.changed, way, (), text, source)


def _is_unreached(running: Side) -> bool:
    is_host = running.tenancy is Tenancy.HOST
    return is_host and _UNREACHED_HOST.fullmatch(str(running.type)) is not None
