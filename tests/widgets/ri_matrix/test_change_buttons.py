"""The buttons of "수정·교환": rows are split, merged and moved, and the footprint stays."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.widgetkit.manifest import Json
from apps.widgetkit.state import as_query
from apps.widgets.ri_matrix.change_form import decode_change, encode_change
from apps.widgets.ri_matrix.domain.changes import evaluate_change

from .domain.changes.requests import exchange, modify
from .domain.changes.strategies import modifications
from .pages import buttons, form, get

HERE = "regional us-east-1"


def pressed(document: Json, name: str, value: str) -> Json:
    return decode_change(as_query(encode_change(document)) | {name: [value]})


def after(targets: list[str], name: str, value: str, sources: list[str] | None = None) -> list[str]:
    """The rows after a press, in short: `t2.small 4`, with the zone where there is one."""
    document = pressed(modify(sources or [f"t2.large 1 {HERE}"], targets), name, value)
    return [
        " ".join(filter(None, (row["type"], str(row["count"]), row["az"])))
        for row in document["to"]
    ]


@pytest.mark.parametrize(
    ("row", "less"),
    [
        ("t2.large 1", "t2.medium 2"),
        ("t2.medium 3", "t2.small 6"),
        ("t2.micro 1", "t2.nano 2"),
        ("m5.12xlarge 1", "m5.4xlarge 3"),
        ("m5.3xlarge 2", "m5.xlarge 6"),
        ("m5.24xlarge 1", "m5.8xlarge 3"),
        ("t2.nano 1", "t2.nano 1"),
        ("m5.metal 1", "m5.metal 1"),
    ],
)
def test_a_row_is_split_into_the_next_smaller_size(row: str, less: str) -> None:
    assert after([f"{row} {HERE}"], "split", "to.0") == [less]


@pytest.mark.parametrize(
    ("count", "parts"), [(1, ["1"]), (2, ["1", "1"]), (5, ["3", "2"]), (1000, ["500", "500"])]
)
def test_a_count_is_halved_into_two_rows(count: int, parts: list[str]) -> None:
    rows = after([f"m5.large {count} {HERE}", f"m5.xlarge 1 {HERE}"], "halve", "to.0")
    assert rows == [*(f"m5.large {part}" for part in parts), "m5.xlarge 1"]


@pytest.mark.parametrize(
    ("rows", "whole"),
    [
        (["t2.small 4"], ["t2.large 1"]),
        (["t2.small 2", "t2.medium 1"], ["t2.large 1"]),
        (["t2.large 1", "t2.small 2"], ["t2.medium 3"]),
        (["m5.large 2", "c5.large 2"], ["m5.xlarge 1", "c5.xlarge 1"]),
        (["t2.nano 1", "t2.micro 1"], ["t2.nano 3"]),
        (["m5.metal 1", "m5.large 2"], ["m5.metal 1", "m5.xlarge 1"]),
        (["t2.large 1"], ["t2.large 1"]),
    ],
)
def test_rows_of_one_family_in_one_place_are_merged(rows: list[str], whole: list[str]) -> None:
    assert after([f"{row} {HERE}" for row in rows], "merge", "to") == whole


def test_rows_in_different_places_are_not_merged() -> None:
    rows = ["m5.large 1 zonal us-east-1 us-east-1a", "m5.large 1 zonal us-east-1 us-east-1b"]
    assert after(rows, "merge", "to") == ["m5.large 1 us-east-1a", "m5.large 1 us-east-1b"]


def test_a_row_is_moved_to_a_zone_and_back() -> None:
    assert after([f"m5.large 1 {HERE}"], "move", "to.0=us-east-1b") == ["m5.large 1 us-east-1b"]
    zonal = "m5.large 1 zonal us-east-1 us-east-1b"
    assert after([zonal], "move", "to.0=us-east-1a") == ["m5.large 1 us-east-1a"]
    assert after([zonal], "move", "to.0=regional") == ["m5.large 1"]


def test_a_row_is_added_like_the_last_one_and_removed() -> None:
    assert after([f"m5.large 3 {HERE}"], "add", "to") == ["m5.large 3", "m5.large 1"]
    assert after([f"m5.large 3 {HERE}", f"m5.xlarge 1 {HERE}"], "remove", "to.0") == ["m5.xlarge 1"]


def test_one_can_begin_again_from_what_is_there_before() -> None:
    sources = ["m5.large 1 zonal us-east-1 us-east-1a state=active expires=2027-03-31"]
    assert after([f"c5.large 9 {HERE}"], "same", "to", sources) == ["m5.large 1 us-east-1a"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("remove", key) for key in ("to.9", "to.-1", "to", "nowhere.0", "to.0.type", "")),
        *(("split", key) for key in ("to.7", "to", "")),
        *(("halve", key) for key in ("to.7", "to.0")),
        *(("move", key) for key in ("to.0=", "to.0", "to.5=us-east-1a")),
        *(("merge", key) for key in ("from", "to.0")),
        *(("same", "from"), ("add", "elsewhere")),
    ],
)
def test_a_button_that_names_nothing_does_nothing(name: str, value: str) -> None:
    document = modify([f"t2.large 1 {HERE}"], [f"t2.large 1 {HERE}"])
    assert pressed(document, name, value) == decode_change(as_query(encode_change(document)))


@pytest.mark.parametrize("name", ["split", "halve", "move", "merge", "same"])
def test_an_exchange_has_rows_to_add_and_remove_and_nothing_else(name: str) -> None:
    old = "m4.large 2 partial_upfront 35 500 4000 1 2027-03-31"
    document = exchange([old], "c5.large all_upfront 10 150 1")
    values = {"move": "from.0=us-east-1a", "merge": "to", "same": "to"}
    same = decode_change(as_query(encode_change(document)))
    assert pressed(document, name, values.get(name, "from.0")) == same
    assert len(pressed(document, "add", "from")["from"]) == 2
    assert pressed(document, "add", "to") == same


@settings(max_examples=150, deadline=None)
@given(
    document=modifications(),
    press=st.sampled_from(
        [("split", "to.0"), ("halve", "to.0"), ("merge", "to"), ("move", "to.0=us-east-1b")]
    ),
)
def test_splitting_merging_and_moving_keep_the_footprint(
    document: Json, press: tuple[str, str]
) -> None:
    before = evaluate_change(document)
    done = pressed(document, *press)
    if press[0] == "move":
        done["to"][0]["region"] = "us-east-1"
    result = evaluate_change(done)
    if "problems" in result:  # a count may become larger than a row may hold
        assert {problem["path"][-5:] for problem in result["problems"]} == {"count"}
    else:
        assert Fraction(result["units_to"]) == Fraction(before["units_to"])


@settings(max_examples=25, deadline=None)
@given(document=modifications())
def test_every_button_of_a_page_leads_to_another_page(document: Json) -> None:
    page = get(as_query(encode_change(document)))
    offered = buttons(page)
    assert ("add", "to") in offered
    for name, value in offered:
        sent = form(page)
        assert decode_change(sent | {name: [value]}) != decode_change(sent), (name, value)
