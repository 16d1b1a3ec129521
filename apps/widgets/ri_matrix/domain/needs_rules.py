"""Whether a row of the matrix meets a need, and the sentence that says why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from apps.kernel.pricing.options import RESERVED_INSTANCES, SAVINGS_PLANS, PurchaseOption, Scope

from .cells_model import Column
from .matrix import Row
from .needs_model import NeedId
from .ways import Attribute, Way


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an option meets one need or does not.

    `way` is the main way of the matrix cell for the six attributes, None for every other need.
    `source` is a key of `SOURCES`; None where the cell has none.
    """

    need: NeedId
    fits: bool
    way: Way | None
    text: str
    source: str | None


_COMMITTED_FOR_YEARS = frozenset(
    {*RESERVED_INSTANCES, *SAVINGS_PLANS, PurchaseOption.DEDICATED_HOST_RESERVATION}
)
_HOLDS_CAPACITY = frozenset({PurchaseOption.CAPACITY_RESERVATION, PurchaseOption.DEDICATED_HOST})

# What the option alone does; the cells of the same name cite where that was read.
_MEETS: Mapping[NeedId, Callable[[Row], bool]] = {
    NeedId.CAPACITY: lambda row: row.scope is Scope.ZONAL or row.option in _HOLDS_CAPACITY,
    NeedId.SERVERLESS: lambda row: row.option is PurchaseOption.COMPUTE_SP,
    # A host reservation's largest discount is not known, that it discounts is. [dh] 2023-06-15
    NeedId.DISCOUNT: lambda row: (
        row.option in _COMMITTED_FOR_YEARS or row.option is PurchaseOption.SPOT
    ),
    NeedId.RESALE: lambda row: row.option is PurchaseOption.STANDARD_RI,
    NeedId.NO_INTERRUPTION: lambda row: row.option is not PurchaseOption.SPOT,
    NeedId.NO_COMMITMENT: lambda row: row.option not in _COMMITTED_FOR_YEARS,
}
_COLUMNS: Mapping[NeedId, Column] = {
    NeedId.CAPACITY: Column.CAPACITY,
    NeedId.SERVERLESS: Column.SERVERLESS,
    NeedId.DISCOUNT: Column.DISCOUNT,
    NeedId.RESALE: Column.RESALE,
    NeedId.NO_COMMITMENT: Column.TERM,
}
_ATTRIBUTES = {NeedId(attribute.value): Column(attribute.value) for attribute in Attribute}

# Only Spot Instances are reclaimed; the rest is what the other options are. [spot] 2023-06-15
_DISCOUNT_ONLY = (
    "할인만 더하는 약정이며, 인스턴스는 온디맨드로 실행되므로 스팟처럼 회수되지 않습니다."
)
_NOT_RECLAIMED: Mapping[PurchaseOption, tuple[str, str]] = {
    PurchaseOption.ON_DEMAND: ("온디맨드 인스턴스는 스팟처럼 회수되지 않습니다.", "spot"),
    PurchaseOption.STANDARD_RI: (_DISCOUNT_ONLY, "ri_overview"),
    PurchaseOption.CONVERTIBLE_RI: (_DISCOUNT_ONLY, "ri_overview"),
    PurchaseOption.COMPUTE_SP: (_DISCOUNT_ONLY, "sp_types"),
    PurchaseOption.EC2_INSTANCE_SP: (_DISCOUNT_ONLY, "sp_types"),
    PurchaseOption.CAPACITY_RESERVATION: (
        "온디맨드 인스턴스를 실행할 자리를 잡아 두는 것이므로 스팟처럼 회수되지 않습니다.",
        "cr",
    ),
    PurchaseOption.DEDICATED_HOST: (
        "내 계정에 할당된 호스트에서 실행하므로 스팟처럼 회수되지 않습니다.",
        "di",
    ),
    PurchaseOption.DEDICATED_HOST_RESERVATION: (
        "호스트의 요금만 할인합니다. 인스턴스는 내 계정에 할당된 호스트에서 실행하므로 스팟처럼 "
        "회수되지 않습니다.",
        "dh",
    ),
}


def judge_need(row: Row, need: NeedId) -> Reason:
    """Whether one row meets one need.

    An attribute may change where the cell's main way is anything but `impossible`: the discount
    follows by itself, or after a request (`modify`) or an exchange, which the text then names; or
    nothing is committed that a change could break (`not_applicable`). What was allocated or
    reserved and cannot move (a host, a capacity reservation) does not meet it, though it could be
    given up and made anew elsewhere. All other needs are met by what the option alone does, not in
    combination with another.
    """
    if need in _ATTRIBUTES:
        return _judge_attribute(row, need)
    if need is NeedId.NO_INTERRUPTION:
        return _judge_interruption(row)
    cell = row.cells[_COLUMNS[need]]
    return Reason(need, _MEETS[need](row), None, cell.text, next(iter(cell.sources), None))


def _judge_attribute(row: Row, need: NeedId) -> Reason:
    cell = row.cells[_ATTRIBUTES[need]]
    way, text = cell.ways[0], cell.text
    if way is Way.MODIFY:
        text = f"{text} 저절로 되지는 않으며 수정을 요청해야 합니다."
    fits = way is not Way.IMPOSSIBLE
    return Reason(need, fits, way, text, next(iter(cell.sources), None))


def _judge_interruption(row: Row) -> Reason:
    need = NeedId.NO_INTERRUPTION
    if not _MEETS[need](row):
        return Reason(need, False, None, row.cells[Column.CAPACITY].text, "spot")
    text, source = _NOT_RECLAIMED[row.option]
    return Reason(need, True, None, text, source)
