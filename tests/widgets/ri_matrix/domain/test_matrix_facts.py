"""Every cell against the table of facts: its way or value, how sure it is, and where it was read.

The table is the facts' own, in their words, one line for a cell: column, value, confidence, sources
(`-` where no page was read). What the words mean for the matrix is said below it, apart from it.
"""

import pytest

from apps.kernel.pricing.options import PurchaseOption, Scope
from apps.widgets.ri_matrix.domain.matrix import MATRIX, Cell, Column, Row, row_of
from apps.widgets.ri_matrix.domain.ways import Way

FACTS = """
[on_demand]
region free_choice high od
az free_choice high od
family free_choice high od
size free_choice high od
platform free_choice high od
tenancy default+dedicated+host high di,dh
term none high od
payment pay_per_use high od
discount 0 high -
capacity no high cr
serverless n/a high -
resale no high -
[spot]
region free_choice high spot
az free_choice high spot
family free_choice high spot
size free_choice high spot
platform free_choice medium spot
tenancy default+dedicated medium di,spot_req
term none high spot
payment pay_per_use_spot_price high spot
discount 90 medium -
capacity no high spot
serverless no medium -
resale no high -
[standard_ri]
region not_possible high ri_modify
az modify_or_auto high ri_modify,ri_scope
family not_possible high ri_types,ri_modify
size auto_or_modify high ri_apply,ri_modify
platform not_possible high ri_types
tenancy not_possible high di
term 1y+3y high ri_overview
payment all_upfront+partial_upfront+no_upfront high ri_overview
discount 72 high ri_price,sp_ris
capacity zonal_only high ri_scope,ri_apply
serverless no high sp_ris
resale buy_and_sell medium ri_market
[convertible_ri]
region not_possible high ri_exchange
az modify_or_auto high ri_modify
family exchange high ri_exchange
size auto_or_modify_or_exchange high ri_modify,ri_exchange
platform exchange high ri_exchange
tenancy exchange high di,ri_exchange
term 1y+3y high ri_exchange
payment all_upfront+partial_upfront+no_upfront high ri_exchange
discount 54/66 medium ri_price,sp_ris
capacity zonal_only high ri_scope
serverless no high sp_ris
resale no high ri_types
[compute_sp]
region auto high sp_types
az auto high sp_types
family auto high sp_types
size auto high sp_types
platform auto high sp_types
tenancy auto high sp_types,dh
term 1y+3y high sp_types
payment all_upfront+partial_upfront+no_upfront high sp_types
discount 66 high sp_types
capacity no high cr_bill
serverless yes high sp_types,sp_ris
resale no high sp_ris
[ec2_instance_sp]
region not_possible high sp_types
az auto high sp_types
family not_possible high sp_types
size auto high sp_types
platform auto high sp_types
tenancy auto high sp_types
term 1y+3y high sp_types
payment all_upfront+partial_upfront+no_upfront high sp_types
discount 72 high sp_types
capacity no high cr
serverless no high sp_ris
resale no high sp_ris
[capacity_reservation]
region not_possible high cr
az not_possible high cr,cr_use
family not_possible high cr_use
size not_possible high cr_use
platform not_possible high cr_use
tenancy default+dedicated high cr
term none high cr
payment on_demand_rate_used_or_not high cr_bill
discount 0 high cr_bill
capacity yes high cr
serverless no medium -
resale no high cr
[dedicated_host_on_demand]
region fixed_per_host high dh_work
az fixed_per_host high dh_work
family fixed_per_host high dh_work
size modify_host high dh,dh_work
platform free_choice medium dh
tenancy host high dh_work
term none high dh
payment pay_per_use high dh
discount 0 high dh
capacity host_capacity high di,cr
serverless no high -
resale no high dh_share
[dedicated_host_reservation]
region not_possible high dh
az not_possible high dh
family not_possible high dh
size auto high dh
platform n/a medium dh
tenancy host high dh
term 1y+3y high dh
payment no_upfront+partial_upfront+all_upfront high dh
discount unknown low -
capacity no high dh
serverless no high -
resale no low -
"""

_OPTIONS = {"dedicated_host_on_demand": "dedicated_host"}
_A, _M, _E, _NO, _NA = (
    Way.AUTOMATIC,
    Way.MODIFY,
    Way.EXCHANGE,
    Way.IMPOSSIBLE,
    Way.NOT_APPLICABLE,
)
# The facts speak of a Reserved Instance as a whole; its scope decides between "auto" and "modify".
_WAYS: dict[tuple[str, Scope | None], tuple[Way, ...]] = {
    ("free_choice", None): (_NA,),
    ("n/a", None): (_NA,),
    ("auto", None): (_A,),
    ("not_possible", None): (_NO,),
    ("fixed_per_host", None): (_NO,),
    ("modify_host", None): (_M,),
    **{("not_possible", scope): (_NO,) for scope in Scope},
    **{("exchange", scope): (_E,) for scope in Scope},
    ("modify_or_auto", Scope.REGIONAL): (_A,),
    ("modify_or_auto", Scope.ZONAL): (_M,),
    ("auto_or_modify", Scope.REGIONAL): (_A, _M),
    ("auto_or_modify", Scope.ZONAL): (_M,),
    ("auto_or_modify_or_exchange", Scope.REGIONAL): (_A, _M, _E),
    ("auto_or_modify_or_exchange", Scope.ZONAL): (_M, _E),
}
# Where the facts list tenancies: those that can be chosen, or the one that is fixed.
_TENANCIES = {
    "on_demand": _NA,
    "spot": _NA,
    "capacity_reservation": _NO,
    "dedicated_host": _NO,
    "dedicated_host_reservation": _NO,
}
_UPFRONT = "전체 · 부분 · 없음"
_VALUES: dict[tuple[Column, str], str] = {
    (Column.TERM, "none"): "없음",
    (Column.TERM, "1y+3y"): "1년 · 3년",
    (Column.PAYMENT, "pay_per_use"): "쓴 만큼",
    (Column.PAYMENT, "pay_per_use_spot_price"): "스팟 가격",
    (Column.PAYMENT, "all_upfront+partial_upfront+no_upfront"): _UPFRONT,
    (Column.PAYMENT, "no_upfront+partial_upfront+all_upfront"): _UPFRONT,
    (Column.PAYMENT, "on_demand_rate_used_or_not"): "온디맨드 요금",
    (Column.DISCOUNT, "0"): "0%",
    (Column.DISCOUNT, "66"): "최대 66%",
    (Column.DISCOUNT, "72"): "최대 72%",
    (Column.DISCOUNT, "90"): "최대 90%",
    (Column.DISCOUNT, "54/66"): "54% 또는 66%",
    (Column.DISCOUNT, "unknown"): "확인하지 못함",
    (Column.CAPACITY, "yes"): "예약함",
    (Column.CAPACITY, "host_capacity"): "호스트만큼",
    (Column.SERVERLESS, "yes"): "포함",
    (Column.SERVERLESS, "no"): "포함 안 됨",
    (Column.SERVERLESS, "n/a"): "따로 과금",
    (Column.RESALE, "buy_and_sell"): "팔 수 있음",
}
_NO_CAPACITY = {"보장 없음", "회수될 수 있음", "예약 안 함"}
_NO_RESALE = {"팔 것 없음", "팔 수 없음", "확인하지 못함"}
# The one property that an option has under two names: a host is not paid for by the instance.
_PAID_BY_THE_HOST = "호스트 단위"

# Pages that bear out something a cell says beyond the line of the facts, from other lines of them.
_MORE_SOURCES = {
    ("convertible_ri", Column.AZ): {"ri_scope"},  # "as Standard RI"
    ("convertible_ri", Column.SIZE): {"ri_apply"},  # "exactly as Standard RI"
    ("convertible_ri", Column.CAPACITY): {"ri_apply"},  # "as Standard RI"
    ("compute_sp", Column.TERM): {"sp_return"},  # how a plan can be returned
    ("ec2_instance_sp", Column.TERM): {"sp_return"},
    ("capacity_reservation", Column.TENANCY): {"cr_use"},  # only the quantity can be modified
    ("dedicated_host", Column.TENANCY): {"dh"},  # what runs elsewhere is paid for there
    ("dedicated_host_reservation", Column.DISCOUNT): {"dh"},  # that there is a discount
}


def _lines() -> list[tuple[str, Column, str, str, set[str]]]:
    found, option = [], ""
    for line in FACTS.split("\n"):
        if line.startswith("["):
            option = _OPTIONS.get(line.strip("[]"), line.strip("[]"))
        elif line:
            column, value, confidence, sources = line.split(" ")
            pages = set() if sources == "-" else set(sources.split(","))
            found.append((option, Column(column), value, confidence, pages))
    return found


_CASES = [
    pytest.param(row, *line[1:], id=f"{row.name}-{line[1]}")
    for line in _lines()
    for row in MATRIX
    if row.option == line[0]
]


def _cell(row: Row, column: Column) -> Cell:
    return row.cells[column]


def test_the_facts_name_every_cell_once() -> None:
    named = [(option, column) for option, column, *_ in _lines()]
    assert len(named) == len(set(named)) == len(PurchaseOption) * len(Column)
    assert len(_CASES) == 11 * 12


@pytest.mark.parametrize(("row", "column", "value", "confidence", "sources"), _CASES)
def test_a_cell_says_what_the_facts_say(
    row: Row, column: Column, value: str, confidence: str, sources: set[str]
) -> None:
    cell = _cell(row, column)
    if ("+" in value and column is Column.TENANCY) or value == "host":
        assert cell.ways == (_TENANCIES[row.option.value],)
    elif column in list(Column)[:6]:
        assert cell.ways == _WAYS[value, row.scope]
    else:
        assert cell.ways == ()
        _check_value(row, column, value, cell)


def _check_value(row: Row, column: Column, value: str, cell: Cell) -> None:
    if row.option is PurchaseOption.DEDICATED_HOST and column is Column.PAYMENT:
        assert cell.value == _PAID_BY_THE_HOST
    elif column is Column.CAPACITY and value == "no":
        assert cell.value in _NO_CAPACITY
    elif column is Column.CAPACITY and value == "zonal_only":
        assert cell.value == ("예약함" if row.scope is Scope.ZONAL else "예약 안 함")
    elif column is Column.RESALE and value == "no":
        assert cell.value in _NO_RESALE
    else:
        assert cell.value == _VALUES[column, value]


@pytest.mark.parametrize(("row", "column", "value", "confidence", "sources"), _CASES)
def test_a_cell_is_as_sure_as_the_facts_and_cites_their_pages(
    row: Row, column: Column, value: str, confidence: str, sources: set[str]
) -> None:
    cell = _cell(row, column)
    assert cell.confidence == confidence
    assert len(set(cell.sources)) == len(cell.sources)
    assert set(cell.sources) == sources | _MORE_SOURCES.get((row.option.value, column), set())


def test_the_largest_convertible_discount_names_both_pages_that_disagree() -> None:
    for scope in Scope:
        cell = row_of(PurchaseOption.CONVERTIBLE_RI, scope).cells[Column.DISCOUNT]
        assert "54%" in cell.text
        assert "66%" in cell.text
        assert set(cell.sources) == {"ri_price", "sp_ris"}
        assert cell.settled  # that they disagree is what is known


def test_what_no_document_settles_says_so_and_nothing_else_does() -> None:
    unsettled = {
        (row.option.value, column)
        for row in MATRIX
        for column, cell in row.cells.items()
        if not cell.settled
    }
    low = {(option, column) for option, column, _, confidence, _ in _lines() if confidence == "low"}
    assert (
        unsettled
        == low
        == {
            ("dedicated_host_reservation", Column.DISCOUNT),
            ("dedicated_host_reservation", Column.RESALE),
        }
    )
    for row in MATRIX:
        for cell in row.cells.values():
            assert cell.settled is ("AWS 문서에서 확인하지 못했습니다" not in cell.text)
