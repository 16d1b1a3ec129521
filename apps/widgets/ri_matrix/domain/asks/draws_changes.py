"""Modifications and exchanges drawn at random for questions; see `draws`."""

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

from apps.kernel.documents import Invalid
from apps.kernel.pricing.instances import SIZE_FACTORS
from apps.kernel.pricing.options import (
    LINUX,
    OfferingClass,
    PaymentOption,
    Scope,
    Tenancy,
)

from ..changes import (
    Exchange,
    ExchangeResult,
    Modification,
    ModificationResult,
    ReasonCode,
    change_to_json,
    judge,
    read_change,
)
from .draws import ANY, SIZES, WINDOWS, draw_until

Json = dict[str, Any]

_OTHER_FAMILIES = {"m5": ("m4", "c5"), "c5": ("c4", "m5"), "r5": ("r4", "m5"), "t3": ("t2", "m5")}
_REGION, _OTHER_REGION = "ap-northeast-2", "us-east-1"
_REASONS = (
    ReasonCode.FOOTPRINT,
    ReasonCode.FAMILY,
    ReasonCode.GENERATION,
    ReasonCode.PLATFORM,
    ReasonCode.TENANCY,
    ReasonCode.REGION,
)
_EXPIRES = ("2027-03-31", "2027-09-30", "2028-01-31")
_OLD, _NEW = ("m4.large", "c4.large", "r4.large", "m5.large"), ("c5.large", "m6i.large", "r5.large")


# Modifications ----------------------------------------------------------------------------------


def draw_modification(rng: Random, rule: str = ANY) -> Json:
    """Allowed as often as refused, and refused for any of the usual reasons or for `rule`."""
    reason = rng.choice(_REASONS) if rule == ANY else ReasonCode(rule)
    allowed = rng.random() < 0.5

    def is_wanted(change: Modification) -> bool:
        result: ModificationResult = judge(change)
        if allowed:
            return result.allowed and not result.changes_nothing
        return reason in [each.code for each in result.reasons]

    drawn = draw_until(rng, lambda rng: _modification(rng, reason), is_wanted)
    return change_to_json(drawn)


def _modification(rng: Random, reason: ReasonCode) -> Modification:
    """A split or a merger, or one of them with a rule broken."""
    family = rng.choice(list(SIZES))
    before, after = (f"{family}.{size}" for size in rng.sample(list(SIZES[family]), 2))
    count = rng.randint(1, 4)
    breaks = rng.random() < 0.5
    if breaks and reason in (ReasonCode.FAMILY, ReasonCode.GENERATION):
        after = f"{rng.choice(_OTHER_FAMILIES[family])}.{after.split('.')[1]}"
    units = _factor(before) * count
    target = max(1, int(units / _factor(after)))
    if breaks and reason is ReasonCode.FOOTPRINT:
        target = rng.choice([count, target + 1])
    if rng.random() < 0.25:  # a move, which every platform allows
        after, target = before, count
    document = {
        "operation": "modify",
        "offering_class": rng.choice(list(OfferingClass)).value,
        "platform": WINDOWS if rng.random() < 0.2 else LINUX,
        "tenancy": (Tenancy.DEDICATED if rng.random() < 0.2 else Tenancy.DEFAULT).value,
        "from": [_row(before, count, _REGION, None)],
        "to": [
            _row(
                after,
                target,
                _OTHER_REGION if breaks and reason is ReasonCode.REGION else _REGION,
                rng.choice([None, None, "a", "c"]),
            )
        ],
    }
    change = read_change(document)
    if not isinstance(change, Modification):
        raise TypeError(f"{document}: {_problems(change)}")
    return change


def _factor(kind: str) -> Fraction:
    return SIZE_FACTORS[kind.split(".")[1]]


def _row(kind: str, count: int, region: str, zone: str | None) -> Json:
    scope = Scope.REGIONAL if zone is None else Scope.ZONAL
    az = None if zone is None else f"{region}{zone}"
    return {"type": kind, "count": count, "scope": scope.value, "region": region, "az": az}


def _problems(change: object) -> object:
    return change.problems if isinstance(change, Invalid) else change


# Exchanges --------------------------------------------------------------------------------------


def draw_exchange(rng: Random, rows: str = ANY) -> Json:
    """Any number from one to six received as often as another; now and then a refusal.

    `rows`: how many rows are given away, 1 or 2.
    """
    counts = [1, 1, 2] if rows == ANY else [int(rows)]
    wanted = rng.choice([0, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6])

    def is_wanted(change: Exchange) -> bool:
        result: ExchangeResult = judge(change)
        return (0 if result.received is None else result.received.count) == wanted

    return change_to_json(draw_until(rng, lambda rng: _exchange(rng, counts), is_wanted))


def _exchange(rng: Random, counts: Sequence[int]) -> Exchange:
    sources = [_source(rng) for _ in range(rng.choice(counts))]
    payment = rng.choice([*PaymentOption, PaymentOption.ALL_UPFRONT])
    upfront = None if payment is PaymentOption.NO_UPFRONT else str(rng.randrange(60, 400, 10))
    document = {
        "operation": "exchange",
        "offering_class": OfferingClass.CONVERTIBLE.value,
        "from": sources,
        "to": {
            "type": rng.choice(_NEW),
            "payment": payment.value,
            "list_value": str(rng.randrange(8, 40)),
            "prorated_upfront": upfront,
            "term_years": None,
        },
    }
    change = read_change(document)
    if not isinstance(change, Exchange):
        raise TypeError(f"{document}: {_problems(change)}")
    return change


def _source(rng: Random) -> Json:
    payment = rng.choice(list(PaymentOption))
    upfront = None if payment is PaymentOption.NO_UPFRONT else str(rng.randrange(100, 700, 50))
    return {
        "type": rng.choice(_OLD),
        "count": rng.randint(1, 3),
        "payment": payment.value,
        "list_value": str(rng.randrange(15, 60, 5)),
        "remaining_upfront": upfront,
        "hours_left": rng.choice([12, 2000, 4000, 6000, 8000]),
        "term_years": rng.choice([1, 3]),
        "expires": rng.choice(_EXPIRES),
    }
