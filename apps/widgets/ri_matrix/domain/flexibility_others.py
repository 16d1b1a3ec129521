"""What is no discount on instances: On-Demand, Spot, reserved capacity, whole hosts."""

from fractions import Fraction

from apps.kernel.pricing.options import PurchaseOption, Tenancy

from .commitment import Scenario
from .flexibility_model import (
    After,
    Assessment,
    AttributeFinding,
    Change,
    Outcome,
    changed_in,
    changes_of,
    kept,
    subject,
    subjects,
    topic,
)
from .ways import Attribute, Way

_NOTHING = Fraction(0)


def assess_uncommitted(scenario: Scenario) -> Assessment:
    """On-Demand and Spot: nothing is committed, so nothing can follow. [od], [spot] 2023-06-15"""
    attributes = tuple(
        AttributeFinding(name, change.changed, Way.NOT_APPLICABLE, (), *_chosen(scenario, name))
        for name, change in changes_of(scenario).items()
    )
    text = "온디맨드에는 약정이 없으므로 약정 할인도 없습니다. 실행한 만큼 온디맨드 요금을 냅니다."
    if scenario.option is PurchaseOption.SPOT:
        text = (
            "스팟에는 약정이 없으므로 약정 할인도 없습니다. 실행하는 동안의 스팟 요금을 내며, "
            "AWS가 인스턴스를 회수할 수 있습니다."
        )
    return Assessment(attributes, Outcome.NOT_COVERED, _NOTHING, None, None, text)


def _chosen(scenario: Scenario, name: Attribute) -> tuple[str, str]:
    spot = scenario.option is PurchaseOption.SPOT
    if spot and name is Attribute.TENANCY and scenario.running.tenancy is Tenancy.HOST:
        # [spot_req] 2023-06-15
        text = "약정한 테넌시가 없습니다. 다만 스팟 인스턴스는 host 테넌시로 실행할 수 없습니다."
        return text, "spot_req"
    text = f"약정한 {subject(name)} 없으므로 실행할 때마다 고릅니다."
    if not spot:
        return text, "di" if name is Attribute.TENANCY else "od"
    return text, "spot_req" if name is Attribute.TENANCY else "spot"


def assess_capacity(scenario: Scenario) -> Assessment:
    """An On-Demand Capacity Reservation: capacity in one zone, no discount. [cr], [cr_bill]"""
    attributes = tuple(
        _reserved(scenario, name, change) for name, change in changes_of(scenario).items()
    )
    broken = changed_in(attributes, Way.IMPOSSIBLE)
    mine, theirs = scenario.committed.count, scenario.running.count
    if broken:
        text = f"{subjects(broken)} 달라 예약한 용량을 쓰지 못합니다."
    elif theirs > mine:
        text = f"실행하는 {theirs}개 가운데 {mine}개까지 예약한 용량을 쓸 수 있습니다."
    else:
        text = f"실행하는 {theirs}개가 모두 예약한 용량을 쓸 수 있습니다."
    text += (
        " 용량 예약은 용량을 확보할 뿐 할인이 아니며, 쓰지 않아도 온디맨드 요금을 냅니다. "
        "할인은 Savings Plans나 리전 범위의 예약 인스턴스로 받습니다."
    )
    return Assessment(attributes, Outcome.NOT_COVERED, _NOTHING, None, None, text)


def _reserved(scenario: Scenario, name: Attribute, change: Change) -> AttributeFinding:
    """Only the quantity, the end and the release mode can be modified. [cr_use] 2023-06-15"""
    source = "cr" if name in (Attribute.REGION, Attribute.TENANCY) else "cr_use"
    if not change.changed:
        text = kept(name, change.committed or "", "예약한 용량의 조건")
        if change.running is None:
            text = (
                f"실행하는 가용 영역을 적지 않았으므로 예약한 {change.committed} 가용 영역이라고 "
                "봅니다."
            )
        return AttributeFinding(name, False, Way.AUTOMATIC, (), text, source)
    text = f"용량 예약의 {topic(name)} 수정할 수 없으므로 새 용량 예약을 만들어야 합니다."
    if name is Attribute.TENANCY and scenario.running.tenancy is Tenancy.HOST:
        text = "용량 예약은 전용 호스트(host 테넌시)에 쓸 수 없습니다."
    return AttributeFinding(name, True, Way.IMPOSSIBLE, (), text, source)


def assess_host(scenario: Scenario) -> Assessment:
    """A Dedicated Host, paid On-Demand or with a reservation. [dh], [dh_work] 2023-06-15

    How much room a host has is not modeled, hence no units.
    """
    attributes = tuple(
        _on_host(scenario.option, name, change) for name, change in changes_of(scenario).items()
    )
    broken = changed_in(attributes, Way.IMPOSSIBLE)
    if broken:
        text = (
            f"{subjects(broken)} 달라 이 호스트에서 실행되지 않으므로 "
            "호스트의 요금에 들어가지 않습니다."
        )
        return Assessment(attributes, Outcome.NOT_COVERED, None, None, None, text)
    if changed_in(attributes, Way.MODIFY):
        text = "지금은 호스트가 받는 크기와 다릅니다. 호스트를 수정하면 실행할 수 있습니다."
        return Assessment(attributes, Outcome.NEEDS_MODIFY, None, None, _MODIFIED_HOST, text)
    payment = "요금은 호스트에 냅니다."
    if scenario.option is PurchaseOption.DEDICATED_HOST_RESERVATION:
        payment = "예약이 호스트의 요금을 할인합니다."
    text = f"{payment} 호스트에서 실행하는 인스턴스에는 요금을 따로 내지 않습니다. {_ROOM}"
    return Assessment(attributes, Outcome.COVERED, None, None, None, text)


_ROOM = "호스트에 자리가 남아 있는지는 여기서 따지지 않습니다."

_MODIFIED_HOST = After(
    by=Way.MODIFY,
    outcome=Outcome.COVERED,
    covered_fraction=None,
    units=None,
    exact=False,
    text=f"호스트가 이 크기를 받도록 수정하면 호스트의 요금에 들어갑니다. {_ROOM}",
)

_ON_DEMAND_HOST = {
    Attribute.REGION: "호스트는 할당한 리전에 있습니다. 다른 리전에는 새 호스트를 할당해야 합니다.",
    Attribute.AZ: (
        "호스트의 가용 영역은 할당할 때 정해집니다. 다른 가용 영역에는 새 호스트를 할당해야 합니다."
    ),
    Attribute.FAMILY: (
        "호스트 하나는 한 패밀리만 받습니다. 다른 패밀리에는 새 호스트를 할당해야 합니다."
    ),
}
_HOST_RESERVATION = {
    Attribute.REGION: "호스트 예약은 짝지은 호스트에 묶여 있으므로 다른 리전으로 옮길 수 없습니다.",
    Attribute.AZ: (
        "호스트 예약은 짝지은 호스트와 같은 가용 영역이어야 하므로 다른 가용 영역으로 옮길 수 "
        "없습니다."
    ),
    Attribute.FAMILY: (
        "호스트 예약은 짝지은 호스트와 같은 패밀리여야 하므로 다른 패밀리에 적용되지 않습니다."
    ),
}


def _on_host(option: PurchaseOption, name: Attribute, change: Change) -> AttributeFinding:
    reservation = option is PurchaseOption.DEDICATED_HOST_RESERVATION
    source = "dh" if reservation or name is Attribute.PLATFORM else "dh_work"
    if name is Attribute.PLATFORM:
        way, text = Way.NOT_APPLICABLE, _PLATFORM
    elif not change.changed:
        way, text = Way.AUTOMATIC, _same_on_host(name, change)
    elif name is Attribute.TENANCY:
        way = Way.IMPOSSIBLE
        text = (
            "호스트의 요금에는 host 테넌시의 인스턴스만 들어갑니다. "
            f"{change.running} 테넌시의 인스턴스는 호스트 밖에서 실행되고 요금도 따로 냅니다."
        )
    elif name is Attribute.SIZE:
        way, text = (Way.AUTOMATIC, _ANY_SIZE) if reservation else (Way.MODIFY, _OTHER_SIZE)
    else:
        way, text = Way.IMPOSSIBLE, (_HOST_RESERVATION if reservation else _ON_DEMAND_HOST)[name]
    return AttributeFinding(name, change.changed, way, (), text, source)


_PLATFORM = (
    "호스트의 요금은 호스트 단위이므로 플랫폼에 약정하지 않습니다. "
    "다만 호스트에서 쓸 수 없는 AMI가 있습니다."
)
_ANY_SIZE = (
    "호스트 예약은 크기가 아니라 호스트의 패밀리에 적용됩니다. "
    "호스트가 이 크기를 받는지는 호스트의 설정에 달려 있습니다."
)
_OTHER_SIZE = (
    "호스트를 같은 패밀리 안에서 한 유형용이나 여러 유형용으로 수정할 수 있습니다. "
    "여러 크기를 함께 받는 패밀리인지는 여기서 따지지 않습니다."
)


def _same_on_host(name: Attribute, change: Change) -> str:
    if change.committed is None or change.running is None:
        return "가용 영역을 적지 않았으므로 호스트가 있는 가용 영역이라고 봅니다."
    return kept(name, change.committed, "호스트의 조건")
