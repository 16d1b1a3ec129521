"""Reserved Instances: how much the discount covers now, and once somebody has acted."""

from fractions import Fraction

from apps.kernel.pricing.amounts import write_amount
from apps.kernel.pricing.instances import InstanceType
from apps.kernel.pricing.options import PurchaseOption

from .commitment import Scenario, Side
from .flexibility_model import (
    After,
    Assessment,
    AttributeFinding,
    Outcome,
    Units,
    changed_in,
    subjects,
)
from .flexibility_ri_attributes import find_reserved, flexible_in
from .ways import Way


def assess_reserved(scenario: Scenario) -> Assessment:
    """A standard or convertible RI; `read_scenario` has made sure that both types have a factor."""
    attributes = find_reserved(scenario)
    if changed_in(attributes, Way.IMPOSSIBLE):
        return _not_covered(scenario, attributes)
    if changed_in(attributes, Way.EXCHANGE):
        return _needs_exchange(scenario, attributes)
    if changed_in(attributes, Way.MODIFY):
        return _needs_modify(scenario, attributes)
    flexible = flexible_in(scenario.committed, scenario.scope)
    units = _units(scenario, _covered(scenario.committed, scenario.running, flexible=flexible))
    return Assessment(
        attributes=attributes,
        outcome=_outcome(units),
        covered_fraction=units.fraction,
        units=units,
        after=None,
        text=_spoken(scenario, units),
    )


def _not_covered(scenario: Scenario, attributes: tuple[AttributeFinding, ...]) -> Assessment:
    units = _units(scenario, Fraction(0))
    broken = changed_in(attributes, Way.IMPOSSIBLE)
    means = (
        "수정이나 교환으로도" if scenario.option is PurchaseOption.CONVERTIBLE_RI else "수정으로도"
    )
    return Assessment(
        attributes=attributes,
        outcome=Outcome.NOT_COVERED,
        covered_fraction=units.fraction,
        units=units,
        after=None,
        text=f"{subjects(broken)} 달라 할인이 적용되지 않으며, {means} 맞출 수 없습니다. "
        "실행하는 인스턴스에는 온디맨드 요금이 적용되고, 약정한 요금도 기간이 끝날 때까지 냅니다.",
    )


def _needs_exchange(scenario: Scenario, attributes: tuple[AttributeFinding, ...]) -> Assessment:
    """One exchange carries every attribute within the region. [ri_types], [ri_exchange] 2023-06-15

    How many instances it yields depends on prices, but it is at least one: rounded up.
    """
    count = scenario.running.count
    units = _units(scenario, Fraction(0))
    text = "실행하는 조건의 변동 RI로 교환하면 적어도 1개를 받으므로, "
    if count == 1:
        text += "이 인스턴스의 사용량을 모두 할인합니다."
    else:
        text += (
            f"인스턴스 {count}개 가운데 적어도 1개의 사용량을 할인합니다. "
            "몇 개를 받는지는 두 약정의 가격에 달려 있습니다."
        )
    after = After(
        by=Way.EXCHANGE,
        outcome=Outcome.COVERED if count == 1 else Outcome.PARTIALLY_COVERED,
        covered_fraction=Fraction(1, count),
        units=None,
        exact=count == 1,
        text=text + " 새 약정의 선결제 금액이 더 크면 차액을 냅니다.",
    )
    changed = changed_in(attributes, Way.EXCHANGE, Way.MODIFY)
    return Assessment(
        attributes=attributes,
        outcome=Outcome.NEEDS_EXCHANGE,
        covered_fraction=units.fraction,
        units=units,
        after=after,
        text=f"지금은 {subjects(changed)} 달라 할인이 적용되지 않습니다. "
        "교환을 마치면 다시 할인을 받습니다.",
    )


def _needs_modify(scenario: Scenario, attributes: tuple[AttributeFinding, ...]) -> Assessment:
    units = _units(scenario, Fraction(0))
    changed = changed_in(attributes, Way.MODIFY)
    return Assessment(
        attributes=attributes,
        outcome=Outcome.NEEDS_MODIFY,
        covered_fraction=units.fraction,
        units=units,
        after=_modified(scenario),
        text=f"지금은 {subjects(changed)} 달라 할인이 적용되지 않습니다. "
        "수정을 마치면 다시 할인을 받습니다.",
    )


def _modified(scenario: Scenario) -> After:
    text, covered = _modification(scenario)
    units = _units(scenario, covered)
    return After(
        by=Way.MODIFY,
        outcome=_outcome(units),
        covered_fraction=units.fraction,
        units=units,
        exact=True,
        text=f"{text} {_spoken(scenario, units)}",
    )


def _modification(scenario: Scenario) -> tuple[str, Fraction]:
    """A request that covers as much as any can, and the units it covers. [ri_modify] 2023-06-15

    The zonal scope stays where it can, because it reserves capacity. Otherwise the regional scope
    covers at least as much as a split into several sizes.
    """
    mine, theirs = scenario.committed, scenario.running
    if mine.type == theirs.type:
        return f"{theirs.az} 가용 영역으로 옮기도록 수정하면", _covered(
            mine, theirs, flexible=False
        )
    count, rest = divmod(_footprint(mine), _factor(theirs.type))
    if rest == 0:
        text = f"{theirs.az} 가용 영역의 {theirs.type} 유형 {count}개로 수정하면"
        return text, min(count, theirs.count) * _factor(theirs.type)
    return "범위를 리전으로 수정하면", _covered(mine, theirs, flexible=True)


def _covered(committed: Side, running: Side, *, flexible: bool) -> Fraction:
    """Units covered where nothing but size and count differ. [ri_apply] 2023-06-15"""
    if flexible:
        return min(_footprint(committed), _footprint(running))
    if committed.type == running.type:
        return min(committed.count, running.count) * _factor(running.type)
    return Fraction(0)


def _factor(kind: InstanceType) -> Fraction:
    if kind.factor is None:
        raise ValueError(f"{kind} has no factor, and read_scenario refuses it")
    return kind.factor


def _footprint(side: Side) -> Fraction:
    return _factor(side.type) * side.count


def _units(scenario: Scenario, covered: Fraction) -> Units:
    return Units(_footprint(scenario.committed), _footprint(scenario.running), covered)


def _outcome(units: Units) -> Outcome:
    return Outcome.COVERED if units.covered == units.running else Outcome.PARTIALLY_COVERED


def _spoken(scenario: Scenario, units: Units) -> str:
    """What is covered, what no discount reaches, and what of the commitment is left idle."""
    kind = scenario.running.type
    if scenario.committed.type == kind:
        unit, word = _factor(kind), "개"  # nothing to convert: one instance is one instance
    else:
        unit, word = Fraction(1), "단위"
    mine, theirs, covered = (
        f"{write_amount(amount / unit)}{word}"
        for amount in (units.committed, units.running, units.covered)
    )
    if units.covered < units.running:
        rest = f"{write_amount((units.running - units.covered) / unit)}{word}"
        return (
            f"약정한 {mine}로 실행하는 {theirs} 가운데 {covered}를 할인합니다. "
            f"나머지 {rest}에는 온디맨드 요금이 적용됩니다."
        )
    text = f"약정한 {mine}로 실행하는 {theirs}를 모두 할인합니다."
    if units.covered < units.committed:
        rest = f"{write_amount((units.committed - units.covered) / unit)}{word}"
        text += f" 약정한 것 가운데 {rest}는 쓰이지 않고 남습니다."
    return text
