"""The shape of the matrix, its conditions by name, and its agreement with the engine beside it."""

import re
from typing import Any

import pytest

from apps.kernel.pricing.options import RESERVED_INSTANCES, PurchaseOption, Scope
from apps.kernel.pricing.size_flexibility import EXCLUDED_FAMILIES, SINGLE_SIZE_TYPES
from apps.kernel.pricing.sources import SOURCES
from apps.widgets.ri_matrix.domain import flexibility
from apps.widgets.ri_matrix.domain.matrix import MATRIX, Cell, Column, Row, row_of
from apps.widgets.ri_matrix.domain.ways import Attribute, Way

_CELLS = [
    pytest.param(cell, id=f"{row.name}-{column}")
    for row in MATRIX
    for column, cell in row.cells.items()
]
_RI_ROWS = [row for row in MATRIX if row.option in RESERVED_INSTANCES]


def test_the_rows_are_the_options_in_order_with_a_scope_for_reserved_instances_only() -> None:
    assert [(row.option.value, row.scope) for row in MATRIX] == [
        ("on_demand", None),
        ("spot", None),
        ("standard_ri", Scope.REGIONAL),
        ("standard_ri", Scope.ZONAL),
        ("convertible_ri", Scope.REGIONAL),
        ("convertible_ri", Scope.ZONAL),
        ("compute_sp", None),
        ("ec2_instance_sp", None),
        ("capacity_reservation", None),
        ("dedicated_host", None),
        ("dedicated_host_reservation", None),
    ]
    assert len({row.name for row in MATRIX}) == len(MATRIX)


def test_every_row_has_every_column_in_order_and_is_found_by_its_option() -> None:
    for row in MATRIX:
        assert list(row.cells) == list(Column)
        assert row_of(row.option, row.scope) is row


def test_the_first_columns_are_the_attributes() -> None:
    attributes = [attribute.value for attribute in Attribute]
    assert [column.value for column in Column][: len(attributes)] == attributes


@pytest.mark.parametrize("cell", _CELLS)
def test_a_cell_cites_pages_that_exist(cell: Cell) -> None:
    assert set(cell.sources) <= set(SOURCES)
    assert cell.confidence in {"high", "medium", "low"}


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=다\.) ", text)


@pytest.mark.parametrize("cell", _CELLS)
def test_a_cell_is_told_in_one_or_two_whole_sentences(cell: Cell) -> None:
    assert len(_sentences(cell.text)) <= 2
    assert all(sentence.endswith("다.") for sentence in _sentences(cell.text))
    for told in (cell.text, cell.value, *cell.conditions, *(claim.says for claim in cell.claims)):
        assert told == told.strip()
        assert "  " not in told
    assert 0 < len(cell.value) <= 12


@pytest.mark.parametrize("row", _RI_ROWS, ids=lambda row: row.name)
def test_a_way_with_a_condition_names_it(row: Row) -> None:
    for column, cell in row.cells.items():
        told = " ".join(cell.conditions)
        if Way.EXCHANGE in cell.ways:
            for words in ("같은 리전", "같거나 커야", "24시간", "처리 중인 교환"):
                assert words in told, column
        if Way.MODIFY in cell.ways:
            for words in ("활성", "처리 중인 수정", "마켓플레이스"):
                assert words in told, column


@pytest.mark.parametrize("row", _RI_ROWS, ids=lambda row: row.name)
def test_size_names_who_is_left_out(row: Row) -> None:
    cell = row.cells[Column.SIZE]
    told = " ".join(cell.conditions)
    assert all(name in told for name in SINGLE_SIZE_TYPES)
    assert all(words in told for words in ("Linux/UNIX", "기본(default)", "같은 패밀리"))
    automatic = row.scope is Scope.REGIONAL
    assert ("Windows" in told) is automatic
    assert ("2025–26년 문서" in told) is automatic
    assert all(re.search(rf"\b{re.escape(name)}\b", told) for name in EXCLUDED_FAMILIES) is (
        automatic
    )
    assert ("범위를 리전으로" in cell.text) is not automatic


def test_only_zonal_reservations_and_allocated_hosts_hold_capacity() -> None:
    held = {
        (row.option.value, row.scope)
        for row in MATRIX
        if row.cells[Column.CAPACITY].value in {"예약함", "호스트만큼"}
    }
    assert held == {
        ("standard_ri", Scope.ZONAL),
        ("convertible_ri", Scope.ZONAL),
        ("capacity_reservation", None),
        ("dedicated_host", None),
    }


_SIDE: dict[str, Any] = {
    "region": "ap-northeast-2",
    "az": "ap-northeast-2a",
    "type": "m5.large",
    "count": 1,
    "platform": "Linux/UNIX",
    "tenancy": "default",
}
_CHANGES = {
    Attribute.REGION: {"region": "us-east-1"},
    Attribute.AZ: {"az": "ap-northeast-2c"},
    Attribute.FAMILY: {"type": "c5.large"},
    Attribute.SIZE: {"type": "m5.xlarge"},
    Attribute.PLATFORM: {"platform": "Windows"},
    Attribute.TENANCY: {"tenancy": "dedicated"},
}
_HOSTS = {PurchaseOption.DEDICATED_HOST, PurchaseOption.DEDICATED_HOST_RESERVATION}


@pytest.mark.parametrize("attribute", Attribute)
@pytest.mark.parametrize("row", MATRIX, ids=lambda row: row.name)
def test_the_engine_finds_the_way_that_the_cell_shows(row: Row, attribute: Attribute) -> None:
    side = {**_SIDE, "tenancy": "host"} if row.option in _HOSTS else _SIDE
    committed = {**side, "az": None} if row.scope is Scope.REGIONAL else side
    result = flexibility.evaluate(
        {
            "option": row.option.value,
            "scope": row.scope,
            "committed": committed,
            "running": {**side, **_CHANGES[attribute]},
        }
    )
    found = next(each for each in result["attributes"] if each["name"] == attribute.value)
    assert found["way"] == row.cells[Column(attribute.value)].ways[0].value
