"""What a request to change Reserved Instances is made of, and what comes of it. Immutable."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from apps.kernel.pricing.instances import InstanceType
from apps.kernel.pricing.options import OfferingClass, PaymentOption, Scope, Tenancy

ACTIVE = "active"
"""The one state in which an RI can be modified or exchanged. [ri_modify], [ri_exchange]
2023-06-15"""

MIN_HOURS_LEFT = 24
"""An exchange must come at least this long before the RI ends. [ri_exchange] 2023-06-15"""

LONG_TERM_YEARS = 3
"""The term of what is merged from RIs of different terms. [ri_exchange] 2023-06-15"""


class ReasonCode(StrEnum):
    """Why a request is refused, in the order in which results list the reasons."""

    FOOTPRINT = "footprint"
    FAMILY = "family"
    GENERATION = "generation"
    PLATFORM = "platform"
    TENANCY = "tenancy"
    REGION = "region"
    FAMILY_NOT_MODIFIABLE = "family_not_modifiable"
    SINGLE_SIZE = "single_size"
    OFFERING_CLASS = "offering_class"
    PAYMENT_OPTION = "payment_option"
    HOURS_LEFT = "hours_left"
    TERM = "term"
    STATE = "state"
    EXPIRES = "expires"


class Reason(NamedTuple):
    """A rule that was broken, what one can do instead (Korean), and the key of its source."""

    code: ReasonCode
    text: str
    source: str


class Expiry(NamedTuple):
    """When an RI ends, and how it was written: a day, or a day with its hour at least."""

    moment: datetime
    text: str

    @property
    def is_day(self) -> bool:
        return "T" not in self.text

    @property
    def hour(self) -> datetime:
        """What must agree in one modification of Standard RIs. [ri_modify] 2023-06-15"""
        return self.moment.replace(minute=0, second=0)


@dataclass(frozen=True, slots=True)
class Row:
    """Reserved Instances of one configuration, before or after a modification.

    `az` is None exactly where the scope is regional. What is not known of the reservation itself
    (`state`, `expires`) is None; an `offering_class` of None is that of the request.
    """

    type: InstanceType
    count: int
    scope: Scope
    region: str
    az: str | None
    state: str | None
    expires: Expiry | None
    offering_class: OfferingClass | None

    @property
    def units(self) -> Fraction:
        """The footprint, factor × count. The reading refuses types without a factor."""
        return (self.type.factor or Fraction(0)) * self.count


@dataclass(frozen=True, slots=True)
class Modification:
    """Turn these rows into those. Platform and tenancy are the reservations' own and stay."""

    offering_class: OfferingClass
    platform: str
    tenancy: Tenancy
    sources: tuple[Row, ...]
    targets: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ExchangeSource:
    """Convertible RIs to give up; `list_value` and `remaining_upfront` (US$) are per instance."""

    type: InstanceType
    count: int
    payment: PaymentOption
    list_value: Fraction
    remaining_upfront: Fraction | None  # None exactly where there is no upfront payment
    hours_left: int
    term_years: int
    expires: Expiry
    region: str | None  # None: not given
    state: str | None
    offering_class: OfferingClass | None

    @property
    def units(self) -> Fraction | None:
        """The footprint, for the picture only; None where the type's factor is not known."""
        return _footprint(self.type, self.count)


@dataclass(frozen=True, slots=True)
class ExchangeTarget:
    """The one configuration to get; its values (US$) are per instance."""

    type: InstanceType
    payment: PaymentOption
    list_value: Fraction
    prorated_upfront: Fraction | None  # None exactly where there is no upfront payment
    term_years: int | None  # None: whatever results
    region: str | None
    offering_class: OfferingClass | None


@dataclass(frozen=True, slots=True)
class Exchange:
    """Give up one or more Convertible RIs for as many of the target as their value asks."""

    offering_class: OfferingClass
    sources: tuple[ExchangeSource, ...]
    target: ExchangeTarget


Change: TypeAlias = Modification | Exchange


@dataclass(frozen=True, slots=True)
class ModificationResult:
    """Normalized units in all and by row (in input order), and every reason to refuse."""

    reasons: tuple[Reason, ...]
    units_from: Fraction
    units_to: Fraction
    rows_from: tuple[Fraction, ...]
    rows_to: tuple[Fraction, ...]
    changes_nothing: bool
    text: str

    @property
    def allowed(self) -> bool:
        return not self.reasons


@dataclass(frozen=True, slots=True)
class Received:
    """What an allowed exchange yields.

    `by_list_value` and `by_upfront` are the counts that each comparison of value asks for; the
    second is None where the target has no upfront price. `count` is the larger one.
    """

    count: int
    by_list_value: int
    by_upfront: int | None
    true_up: Fraction  # US$, never negative: the difference is charged, not refunded
    expires: Expiry
    term_years: int


@dataclass(frozen=True, slots=True)
class ExchangeResult:
    """Every reason to refuse, or what is received; sums (US$) over all the sources.

    Units (by source row, and of what is received) are None where a factor is not known.
    """

    reasons: tuple[Reason, ...]
    received: Received | None
    list_value: Fraction
    remaining_upfront: Fraction
    rows_from: tuple[Fraction | None, ...]
    units_to: Fraction | None
    text: str

    @property
    def allowed(self) -> bool:
        return not self.reasons


def _footprint(kind: InstanceType, count: int) -> Fraction | None:
    return None if kind.factor is None else kind.factor * count


def received_units(kind: InstanceType, received: Received | None) -> Fraction | None:
    """The footprint of what an exchange yields, where it yields something of a known factor."""
    return None if received is None else _footprint(kind, received.count)


def other_regions(regions: Iterable[str | None]) -> tuple[str, ...]:
    """All the regions of a request, by name, where they are more than one; else nothing.

    The region is fixed for the whole term, for an exchange too. [ri_modify], [ri_exchange]
    2023-06-15
    """
    named = sorted({region for region in regions if region is not None})
    return tuple(named) if len(named) > 1 else ()


def in_order(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """The reasons as results list them."""
    order = list(ReasonCode)
    return tuple(sorted(reasons, key=lambda reason: order.index(reason.code)))


def state_reason(states: Iterable[str], what: str, source: str) -> Reason:
    """Only active RIs can be modified or exchanged (`what`). [ri_modify], [ri_exchange]
    2023-06-15"""
    return Reason(
        ReasonCode.STATE,
        f"{ACTIVE} 상태인 RI만 {what}할 수 있습니다. {', '.join(sorted(states))} 상태인 RI가 "
        "있습니다. 그 RI는 빼고 요청하십시오.",
        source,
    )
