"""Whether a modification is allowed: the same footprint, within one family, and the rest of it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from fractions import Fraction

from apps.kernel.pricing.amounts import write_amount
from apps.kernel.pricing.instances import InstanceType, is_other_generation
from apps.kernel.pricing.options import LINUX, OfferingClass, Scope, Tenancy
from apps.kernel.pricing.size_flexibility import (
    EXCLUDED_FAMILIES,
    EXCLUDED_FAMILIES_AS_OF,
    SINGLE_SIZE_TYPES,
)
from apps.kernel.shown import shown

from .model import (
    ACTIVE,
    Modification,
    ModificationResult,
    Reason,
    ReasonCode,
    Row,
    in_order,
    other_regions,
    state_reason,
)

_MODIFY = "ri_modify"
_MAX_NAMED = 3
_SAME_SIZE_CAN = (
    "크기를 그대로 두면 가용 영역과 범위를 바꾸거나 개수를 나누는 수정은 할 수 있습니다."
)


def judge_modification(change: Modification) -> ModificationResult:
    """Every reason to refuse a modification, and the footprints before and after."""
    before, after = _total(change.sources), _total(change.targets)
    reasons = in_order(
        [
            *_footprint_reasons(before, after),
            *_family_reasons(change),
            *_size_reasons(change),
            *_reservation_reasons(change),
        ]
    )
    changes_nothing = _places(change.sources) == _places(change.targets)
    return ModificationResult(
        reasons=reasons,
        units_from=before,
        units_to=after,
        rows_from=tuple(row.units for row in change.sources),
        rows_to=tuple(row.units for row in change.targets),
        changes_nothing=changes_nothing,
        text=_summary(change, reasons, before, changes_nothing=changes_nothing),
    )


def _total(rows: tuple[Row, ...]) -> Fraction:
    return sum((row.units for row in rows), Fraction(0))


def _footprint_reasons(before: Fraction, after: Fraction) -> Iterator[Reason]:
    """The footprint, factor × count, must stay equal. [ri_modify] 2023-06-15"""
    if before != after:
        units = write_amount(before)
        yield Reason(
            ReasonCode.FOOTPRINT,
            f"정규화 단위의 합계가 같아야 합니다. 지금은 {units}단위인데 바꾼 뒤에는 "
            f"{write_amount(after)}단위입니다. 크기나 개수를 고쳐 {units}단위로 맞추십시오.",
            _MODIFY,
        )


def _family_reasons(change: Modification) -> Iterator[Reason]:
    """Only within one family and generation. [ri_modify], [ri_types] 2023-06-15"""
    crossings = _crossings(_units_by_family(change.sources), _units_by_family(change.targets))
    older = [pair for pair in crossings if is_other_generation(*pair)]
    foreign = [pair for pair in crossings if not is_other_generation(*pair)]
    if change.offering_class is OfferingClass.CONVERTIBLE:
        instead = "변동 RI이므로 수정 대신 교환을 요청할 수 있습니다."
    else:
        instead = "표준 RI는 교환할 수도 없으므로 패밀리는 약정이 끝날 때까지 그대로입니다."
    if foreign:
        yield Reason(
            ReasonCode.FAMILY,
            f"수정으로는 패밀리를 바꿀 수 없습니다({_arrows(foreign)}). {instead}",
            _MODIFY,
        )
    if older:
        yield Reason(
            ReasonCode.GENERATION,
            "세대가 다르면 다른 패밀리입니다. 수정으로는 세대를 바꿀 수 없습니다"
            f"({_arrows(older)}). {instead}",
            _MODIFY,
        )


def _units_by_family(rows: tuple[Row, ...]) -> Mapping[str, Fraction]:
    units: dict[str, Fraction] = {}
    for row in rows:
        units[row.type.family] = units.get(row.type.family, Fraction(0)) + row.units
    return units


def _crossings(
    before: Mapping[str, Fraction], after: Mapping[str, Fraction]
) -> list[tuple[str, str]]:
    """The pairs of families between which units would move, by name.

    Where the totals differ so that units are only won or only lost, no pair need be named, unless
    a family is new or gone altogether.
    """
    families = before.keys() | after.keys()
    falling = {name for name in families if after.get(name, 0) < before.get(name, 0)}
    rising = {name for name in families if after.get(name, 0) > before.get(name, 0)}
    if falling and rising:
        lost, gained, givers, takers = falling, rising, falling, rising
    else:
        lost, gained = before.keys() - after.keys(), after.keys() - before.keys()
        givers, takers = set(before), set(after)
    pairs = {(name, taker) for name in lost for taker in _nearest(name, takers)}
    pairs |= {(giver, name) for name in gained for giver in _nearest(name, givers)}
    return sorted(pairs)


def _nearest(family: str, others: Set[str]) -> Set[str]:
    """The other generations of a family among these; all of them where there is none."""
    return {other for other in others if is_other_generation(family, other)} or others


def _arrows(pairs: list[tuple[str, str]]) -> str:
    """`m5 → c5`, and what comes after a few of them counted."""
    text = ", ".join(f"{mine} → {theirs}" for mine, theirs in pairs[:_MAX_NAMED])
    rest = len(pairs) - _MAX_NAMED
    return f"{text} 밖에 {rest}가지" if rest > 0 else text


def _resized(change: Modification) -> frozenset[InstanceType]:
    """The types whose number changes, if a size is given up for another one; else none.

    Fewer or more instances of the same sizes are a matter of the footprint alone.
    """
    counts: Counter[InstanceType] = Counter()
    for row in change.targets:
        counts[row.type] += row.count
    for row in change.sources:
        counts[row.type] -= row.count
    by_family: dict[str, list[int]] = {}
    by_size: Counter[str] = Counter()
    for kind, difference in counts.items():
        by_family.setdefault(kind.family, []).append(difference)
        by_size[kind.size] += difference
    groups = [*by_family.values(), list(by_size.values())]
    if any(min(group) < 0 < max(group) for group in groups):
        return frozenset(kind for kind, difference in counts.items() if difference)
    return frozenset()


def _size_reasons(change: Modification) -> Iterator[Reason]:
    """Another size needs Linux/UNIX, default tenancy and a family with flexible sizes.

    AZ, scope and the split of a count are free on every platform. [ri_modify] 2023-06-15
    """
    resized = _resized(change)
    if not resized:
        return
    instead = _SAME_SIZE_CAN
    if change.offering_class is OfferingClass.CONVERTIBLE:
        instead += " 크기를 바꾸려면 수정 대신 교환을 요청하십시오."  # [ri_exchange] 2023-06-15
    if change.platform != LINUX:
        yield Reason(
            ReasonCode.PLATFORM,
            f"크기를 바꾸는 수정은 {LINUX} 플랫폼에서만 할 수 있습니다. 이 RI의 플랫폼은 "
            f"{shown(change.platform)}입니다. {instead}",
            _MODIFY,
        )
    if change.tenancy is not Tenancy.DEFAULT:
        yield Reason(
            ReasonCode.TENANCY,
            "크기를 바꾸는 수정은 기본(default) 테넌시에서만 할 수 있습니다. 이 RI는 "
            f"{change.tenancy.value} 테넌시입니다. {instead}",
            _MODIFY,
        )
    yield from _type_reasons(resized, instead)


def _type_reasons(resized: frozenset[InstanceType], instead: str) -> Iterator[Reason]:
    """Families without flexible sizes, and types that are the only size of theirs.

    [ri_apply] 2025–26, [ri_modify] 2023-06-15
    """
    excluded = sorted({kind.family for kind in resized} & EXCLUDED_FAMILIES)
    if excluded:
        yield Reason(
            ReasonCode.FAMILY_NOT_MODIFIABLE,
            f"{', '.join(excluded)} 패밀리에는 크기 유연성이 없어 크기를 수정할 수 없습니다"
            f"({EXCLUDED_FAMILIES_AS_OF}년 목록). {instead}",
            "ri_apply",
        )
    single = sorted({str(kind) for kind in resized} & SINGLE_SIZE_TYPES)
    if single:
        yield Reason(
            ReasonCode.SINGLE_SIZE,
            f"{', '.join(single)} 유형은 그 패밀리의 하나뿐인 크기여서 바꿀 다른 크기가 없습니다. "
            f"{instead}",
            _MODIFY,
        )


def _reservation_reasons(change: Modification) -> Iterator[Reason]:
    """One region; active; all Standard or all Convertible; Standard ones ending in one hour.

    [ri_modify] 2023-06-15
    """
    rows = (*change.sources, *change.targets)
    if regions := other_regions(row.region for row in rows):
        yield Reason(
            ReasonCode.REGION,
            f"리전은 약정이 끝날 때까지 바꿀 수 없습니다. 수정은 한 리전 안에서만 하는데, "
            f"{len(regions)}개 리전({', '.join(regions[:_MAX_NAMED])})이 적혀 있습니다. "
            "다른 리전에서 쓰려면 그 리전에 새로 약정해야 합니다.",
            _MODIFY,
        )
    classes = {row.offering_class or change.offering_class for row in rows}
    if len(classes) > 1:
        yield Reason(
            ReasonCode.OFFERING_CLASS,
            "한 번에 수정하는 RI는 모두 표준이거나 모두 변동이어야 합니다. 수정으로 클래스를 "
            "바꿀 수도 없습니다. 클래스별로 나누어 요청하십시오.",
            _MODIFY,
        )
    states = {row.state for row in rows if row.state is not None} - {ACTIVE}
    if states:
        yield state_reason(states, "수정", _MODIFY)
    ends = {
        row.expires.hour
        for row in rows
        if row.expires is not None
        and (row.offering_class or change.offering_class) is OfferingClass.STANDARD
    }
    if len(ends) > 1:
        yield Reason(
            ReasonCode.EXPIRES,
            "표준 RI를 함께 수정하려면 만료 시각이 시(時) 단위까지 같아야 합니다. 만료가 같은 "
            "것끼리 나누어 요청하십시오.",
            _MODIFY,
        )


def _places(rows: tuple[Row, ...]) -> Counter[tuple[object, ...]]:
    return Counter((row.type, row.count, row.scope, row.region, row.az) for row in rows)


def _summary(
    change: Modification,
    reasons: tuple[Reason, ...],
    units: Fraction,
    *,
    changes_nothing: bool,
) -> str:
    if reasons:
        return f"이대로는 수정할 수 없습니다. 규칙 {len(reasons)}개에 어긋납니다."
    if changes_nothing:
        return "바뀌는 것이 없습니다. 수정 전과 후의 구성이 같습니다."
    # Free, and as often as one likes. [ri_modify] 2023-06-15
    text = (
        f"수정할 수 있습니다. 정규화 단위의 합계가 {write_amount(units)}단위로 같습니다. "
        "수정에는 비용이 들지 않습니다."
    )
    before = {row.scope for row in change.sources}
    after = {row.scope for row in change.targets}
    # [ri_scope] 2023-06-15
    if Scope.ZONAL in after - before:
        text += (
            " 가용 영역 범위로 바꾼 RI는 그 가용 영역의 용량을 예약하지만, "
            "다른 가용 영역과 다른 크기에는 적용되지 않습니다."
        )
    if Scope.REGIONAL in after - before:
        text += (
            " 리전 범위로 바꾼 RI는 리전의 모든 가용 영역에 적용되지만, 용량은 예약하지 않습니다."
        )
    return text
