"""What a spreadsheet would compute is text; what is a number stays one."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.classrooms.csv_export import attachment, csv_bytes, guarded
from apps.classrooms.domain.table import Cell, Column, Row, Table, Value

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "−", "﹦")


@pytest.mark.parametrize("sign", DANGEROUS)
def test_text_that_begins_like_a_formula_gets_an_apostrophe(sign: str) -> None:
    assert guarded(Value(f"{sign}1+1")) == f"'{sign}1+1"
    assert guarded(Value(f"가{sign}1")) == f"가{sign}1"


@pytest.mark.parametrize(
    "before", ["  ", "\u3000", "\x0b", "\0", "\u200b", "\ufeff", "\xad\u2060 "]
)
def test_a_formula_behind_what_nobody_sees_is_one_too(before: str) -> None:
    assert guarded(Value(f"{before}=1+1")) == f"'{before}=1+1"
    assert guarded(Value(f"{before}1=1")) == f"{before}1=1"


@pytest.mark.parametrize("number", ["7.5", "0", "-1"])
def test_numbers_stay_numbers(number: str) -> None:
    assert guarded(Value(number, is_number=True)) == number


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=5))
def test_any_text_comes_back_as_it_was_behind_at_most_an_apostrophe(texts: list[str]) -> None:
    columns = tuple(Column(str(index), "열", ("열",)) for index in range(len(texts)))
    row = Row(tuple(Cell((Value(text),)) for text in texts))
    content = csv_bytes(Table(columns, (row,))).decode("utf-8-sig")
    _, read = csv.reader(io.StringIO(content, newline=""))
    for before, now in zip(texts, read, strict=True):
        assert now in {before, f"'{before}"}
        assert not now.startswith(DANGEROUS)


def test_a_file_name_keeps_hangul_and_loses_what_no_disk_takes() -> None:
    header = attachment("../반\r\n: 1.csv", "plain.csv")
    assert header.startswith("attachment; filename=\"plain.csv\"; filename*=UTF-8''")
    assert "\r" not in header
    assert header.endswith("%20%EB%B0%98%201.csv")
