"""How the discount of a Reserved Instance follows each attribute."""

from apps.kernel.pricing.options import LINUX, PurchaseOption, Scope, Tenancy
from apps.kernel.pricing.size_flexibility import (
    EXCLUDED_FAMILIES,
    EXCLUDED_FAMILIES_AS_OF,
    SINGLE_SIZE_TYPES,
    is_size_flexible,
)

from .commitment import Scenario, Side
from .flexibility_model import (
    NOUNS,
    Alternative,
    AttributeFinding,
    Change,
    changes_of,
    kept,
    topic,
)
from .ways import Attribute, Way

_Found = tuple[Way, tuple[Alternative, ...], str, str]
"""The way, its alternatives, the text, its source."""

_NEITHER = "수정할 수도 교환할 수도 없습니다."


def find_reserved(scenario: Scenario) -> tuple[AttributeFinding, ...]:
    """The six attributes of a standard or convertible RI, each judged on its own."""
    return tuple(
        AttributeFinding(name, change.changed, *_find(scenario, name, change))
        for name, change in changes_of(scenario).items()
    )


def flexible_in(committed: Side, scope: Scope | None) -> bool:
    """Would units count instead of the exact size, were this the scope?"""
    return scope is not None and is_size_flexible(
        family=committed.type.family,
        scope=scope,
        platform=committed.platform,
        tenancy=committed.tenancy,
    )


def _find(scenario: Scenario, name: Attribute, change: Change) -> _Found:
    if not change.changed:
        return _unchanged(scenario, name, change)
    if name is Attribute.REGION:
        return _region(scenario)
    if name is Attribute.AZ:
        return _zone(scenario)
    if name is Attribute.SIZE:
        return _size(scenario)
    return _by_class(scenario, name, change)


def _unchanged(scenario: Scenario, name: Attribute, change: Change) -> _Found:
    if name is Attribute.AZ and scenario.scope is Scope.REGIONAL:
        # A regional RI applies in any zone of its region. [ri_scope] 2023-06-15
        text = "리전 범위의 약정이므로 약정한 리전의 어느 가용 영역에서 실행해도 할인이 적용됩니다."
        return Way.AUTOMATIC, (), text, "ri_scope"
    source = "ri_scope" if name in (Attribute.REGION, Attribute.AZ) else "ri_overview"
    return Way.AUTOMATIC, (), kept(name, change.committed or ""), source


def _region(scenario: Scenario) -> _Found:
    """The region is fixed; an exchange stays within it. [ri_modify], [ri_exchange] 2023-06-15"""
    convertible = scenario.option is PurchaseOption.CONVERTIBLE_RI
    text = (
        "변동 RI의 교환도 같은 리전 안에서만 할 수 있습니다. "
        if convertible
        else f"표준 RI의 리전은 {_NEITHER} "
    )
    text += (
        f"{scenario.committed.region} 리전의 약정은 "
        f"{scenario.running.region} 리전의 사용량을 할인하지 않습니다."
    )
    return Way.IMPOSSIBLE, (), text, "ri_exchange" if convertible else "ri_modify"


def _zone(scenario: Scenario) -> _Found:
    """A zonal RI moves within its region, on every platform. [ri_modify], [ri_scope] 2023-06-15"""
    mine, zone = scenario.committed, scenario.running.az
    if mine.region != scenario.running.region:
        text = (
            f"가용 영역은 같은 리전 안에서만 옮길 수 있으므로 {zone} 가용 영역으로는 수정할 수 "
            "없습니다."
        )
        return Way.IMPOSSIBLE, (), text, "ri_modify"
    text = (
        f"가용 영역 범위의 약정은 {mine.az} 가용 영역에만 적용됩니다. "
        f"{zone} 가용 영역으로 옮기도록 수정할 수 있으며, 수정은 무료입니다."
    )
    regional = Alternative(
        Way.MODIFY,
        "범위를 리전으로 수정하면 리전의 모든 가용 영역에 적용됩니다. 대신 용량 예약은 없어집니다.",
    )
    return Way.MODIFY, (regional,), text, "ri_modify"


def _size(scenario: Scenario) -> _Found:
    """Flexible, else modified, else exchanged. [ri_apply], [ri_modify] 2023-06-15"""
    mine = scenario.committed
    family = mine.type.family
    convertible = scenario.option is PurchaseOption.CONVERTIBLE_RI
    if flexible_in(mine, scenario.scope):
        text = (
            f"크기 유연성이 있는 약정이므로 {family} 패밀리의 모든 크기에 "
            "정규화 단위로 계산해 저절로 적용됩니다."
        )
        return Way.AUTOMATIC, (), text, "ri_apply"
    obstacles = _obstacles(mine)
    if not obstacles:
        return _resized(family, convertible)
    if convertible:
        text = (
            f"{' '.join(obstacles)} 가치가 같거나 더 큰 {scenario.running.type.size} 크기의 "
            "변동 RI로 교환해야 합니다."
        )
        return Way.EXCHANGE, (), text, "ri_exchange"
    text = f"{' '.join(obstacles)} 표준 RI는 교환할 수도 없습니다."
    return Way.IMPOSSIBLE, (), text, "ri_modify"


def _resized(family: str, convertible: bool) -> _Found:
    """A zonal RI that could be flexible. [ri_modify] 2023-06-15"""
    text = (
        "가용 영역 범위의 약정은 정한 크기에만 적용됩니다. 정규화 단위의 합이 같도록 "
        f"{family} 패밀리의 다른 크기로 수정할 수 있으며, 수정은 무료입니다."
    )
    alternatives = [
        Alternative(
            Way.MODIFY,
            "범위를 리전으로 수정하면 크기 유연성이 생깁니다. 대신 용량 예약은 없어집니다.",
        )
    ]
    if convertible:
        alternatives.append(
            Alternative(Way.EXCHANGE, "가치가 같거나 더 큰 변동 RI로 교환할 수도 있습니다.")
        )
    return Way.MODIFY, tuple(alternatives), text, "ri_modify"


def _obstacles(committed: Side) -> list[str]:
    """Why the size is neither flexible nor to be modified; the scope is no reason."""
    reasons = []
    if committed.platform != LINUX:
        reasons.append(
            f"{committed.platform} 플랫폼의 약정에는 크기 유연성이 없고 "
            "크기를 수정할 수도 없습니다."
        )
    if committed.tenancy is not Tenancy.DEFAULT:
        reasons.append(
            f"{committed.tenancy.value} 테넌시의 약정에는 크기 유연성이 없고 "
            "크기를 수정할 수도 없습니다."
        )
    if committed.type.family in EXCLUDED_FAMILIES:
        reasons.append(
            f"{committed.type.family} 패밀리는 크기 유연성에서 제외되며"
            f"({EXCLUDED_FAMILIES_AS_OF}년 목록 기준) 크기를 수정할 수도 없습니다."
        )
    if str(committed.type) in SINGLE_SIZE_TYPES:
        reasons.append(
            f"{committed.type} 유형은 패밀리에 하나뿐인 크기이므로 크기를 수정할 수 없습니다."
        )
    return reasons


def _by_class(scenario: Scenario, name: Attribute, change: Change) -> _Found:
    """Family, platform, tenancy: never by modification, by exchange only if convertible.

    [ri_types], [ri_exchange], [di] 2023-06-15
    """
    if name is Attribute.TENANCY and scenario.running.tenancy is Tenancy.HOST:
        text = (
            "예약 인스턴스는 host 테넌시에 적용되지 않습니다. 전용 호스트에는 전용 호스트 예약이나 "
            "Savings Plans를 씁니다."
        )
        return Way.IMPOSSIBLE, (), text, "di"
    noun = NOUNS[name]
    if scenario.option is PurchaseOption.CONVERTIBLE_RI:
        text = (
            f"변동 RI도 저절로 바뀌지는 않습니다. 가치가 같거나 더 큰 {change.running} {noun}의 "
            "변동 RI로 교환해야 합니다."
        )
        return Way.EXCHANGE, (), text, "ri_exchange"
    text = (
        f"표준 RI의 {topic(name)} {_NEITHER} {change.committed} {noun}의 약정은 "
        f"{change.running} {noun}의 사용량을 할인하지 않습니다."
    )
    return Way.IMPOSSIBLE, (), text, "di" if name is Attribute.TENANCY else "ri_types"
