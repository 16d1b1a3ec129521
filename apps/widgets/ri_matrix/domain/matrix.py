"""The matrix: every purchase option, and what its commitment is flexible about.

Eleven rows and twelve columns; every cell with what AWS's documents say, on what conditions, where
that was read and how sure it is, beside what the notes claim. Nothing here is computed: the cells
are data, and the engines of the other panels agree with them (their tests check that).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from apps.kernel.pricing.options import PurchaseOption, Scope

from . import cells_hosts, cells_plain, cells_plans, cells_reserved
from .cells_model import Cell, Cells, Column
from .claims import Claim

__all__ = ["MATRIX", "Cell", "Claim", "Column", "Row", "row_of"]


@dataclass(frozen=True, slots=True)
class Row:
    """A purchase option; Reserved Instances have a row for each scope, the others have none.

    `name` is Korean; `cells` holds every column in its order.
    """

    option: PurchaseOption
    scope: Scope | None
    name: str
    cells: Mapping[Column, Cell]


def _row(option: PurchaseOption, scope: Scope | None, name: str, cells: Cells) -> Row:
    return Row(option, scope, name, MappingProxyType({column: cells[column] for column in Column}))


_REGIONAL, _ZONAL = Scope.REGIONAL, Scope.ZONAL

MATRIX: tuple[Row, ...] = (
    _row(PurchaseOption.ON_DEMAND, None, "온디맨드", cells_plain.ON_DEMAND),
    _row(PurchaseOption.SPOT, None, "스팟", cells_plain.SPOT),
    _row(
        PurchaseOption.STANDARD_RI,
        _REGIONAL,
        "표준 RI · 리전 범위",
        cells_reserved.STANDARD_REGIONAL,
    ),
    _row(
        PurchaseOption.STANDARD_RI,
        _ZONAL,
        "표준 RI · 가용 영역 범위",
        cells_reserved.STANDARD_ZONAL,
    ),
    _row(
        PurchaseOption.CONVERTIBLE_RI,
        _REGIONAL,
        "변동 RI · 리전 범위",
        cells_reserved.CONVERTIBLE_REGIONAL,
    ),
    _row(
        PurchaseOption.CONVERTIBLE_RI,
        _ZONAL,
        "변동 RI · 가용 영역 범위",
        cells_reserved.CONVERTIBLE_ZONAL,
    ),
    _row(PurchaseOption.COMPUTE_SP, None, "Compute Savings Plans", cells_plans.COMPUTE_SP),
    _row(
        PurchaseOption.EC2_INSTANCE_SP,
        None,
        "EC2 Instance Savings Plans",
        cells_plans.EC2_INSTANCE_SP,
    ),
    _row(
        PurchaseOption.CAPACITY_RESERVATION,
        None,
        "온디맨드 용량 예약",
        cells_hosts.CAPACITY_RESERVATION,
    ),
    _row(PurchaseOption.DEDICATED_HOST, None, "전용 호스트", cells_hosts.DEDICATED_HOST),
    _row(
        PurchaseOption.DEDICATED_HOST_RESERVATION,
        None,
        "전용 호스트 예약",
        cells_hosts.DEDICATED_HOST_RESERVATION,
    ),
)

_ROWS: Mapping[tuple[PurchaseOption, Scope | None], Row] = {
    (row.option, row.scope): row for row in MATRIX
}


def row_of(option: PurchaseOption, scope: Scope | None) -> Row:
    """The row of an option; `scope` is needed for Reserved Instances and None for all others."""
    return _ROWS[option, scope]
