"""What must be true of every request, and what an independent check says of it."""

import copy
import re
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from apps.kernel.pricing.sources import SOURCES
from apps.widgets.ri_matrix.domain.changes import CHANGE_SCHEMA, change_to_json, evaluate_change

from . import oracle
from .requests import Json, exchange, modify, read, reasons
from .strategies import exchanges, modifications


def answer(document: Json) -> Json:
    """The result without its words."""
    result = evaluate_change(document)
    assert "problems" not in result, result
    return {key: value for key, value in result.items() if key not in ("text", "texts", "sources")}


@settings(max_examples=300, deadline=None)
@given(modifications())
def test_a_modification_agrees_with_the_independent_check(document: Json) -> None:
    found = reasons(document)
    event("allowed" if not found else "refused")
    assert found == oracle.modification_reasons(document)
    result = evaluate_change(document)
    for key, side in (("units_from", "from"), ("units_to", "to")):
        assert Decimal(result[key]) == oracle.footprint(document[side])


@settings(max_examples=200, deadline=None)
@given(exchanges())
def test_an_exchange_agrees_with_the_independent_check(document: Json) -> None:
    expected = oracle_answer(document)
    result = evaluate_change(document)
    event("allowed" if result["allowed"] else "refused")
    assert {key: result[key] for key in expected} == expected
    assert result["allowed"] == (not expected["reasons"])


def oracle_answer(document: Json) -> Json:
    """The independent answer, with the amount as the engine writes it."""
    expected = oracle.exchange_answer(document)
    if expected["true_up"] is not None:
        digits = f"{expected['true_up']:f}"
        expected["true_up"] = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return expected


@settings(max_examples=200, deadline=None)
@given(modifications())
def test_an_allowed_modification_preserves_the_footprint_and_the_families(document: Json) -> None:
    result = evaluate_change(document)
    assume(result["allowed"])
    assert result["units_from"] == result["units_to"]
    families: list[set[str]] = [
        {row["type"].split(".")[0] for row in document[side]} for side in ("from", "to")
    ]
    assert families[0] == families[1]


@settings(max_examples=150, deadline=None)
@given(modifications())
def test_a_modification_is_judged_the_same_backwards(document: Json) -> None:
    back = {**document, "from": document["to"], "to": document["from"]}
    there, again = answer(document), answer(back)
    assert there["reasons"] == again["reasons"]
    assert (there["units_from"], there["units_to"]) == (again["units_to"], again["units_from"])


@settings(max_examples=150, deadline=None)
@given(modifications() | exchanges(), st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(document: Json, random: Random) -> None:
    shuffled = copy.deepcopy(document)
    for side in ("from", "to"):
        if isinstance(shuffled[side], list):
            random.shuffle(shuffled[side])
    assert evaluate_change(shuffled) == evaluate_change(document)


@settings(max_examples=150, deadline=None)
@given(modifications())
def test_a_row_may_be_written_as_several(document: Json) -> None:
    """A count split over rows of the same place is the same request."""
    split = copy.deepcopy(document)
    for side in ("from", "to"):
        split[side] = [
            {**row, "count": part}
            for row in split[side]
            for part in ([1, row["count"] - 1] if row["count"] > 1 else [1])
        ]
    assume(all(len(split[side]) <= 20 for side in ("from", "to")))
    assert answer(split) == answer(document)


@settings(max_examples=100, deadline=None)
@given(modifications())
def test_leaving_everything_as_it_is_breaks_no_rule_of_sizes(document: Json) -> None:
    plain = [{key: row[key] for key in ("type", "count", "scope", "region", "az")}
             for row in document["from"]]  # fmt: skip
    same = {**document, "from": plain, "to": plain}
    assert set(reasons(same)) <= {"region"}


@settings(max_examples=200, deadline=None)
@given(exchanges())
def test_the_count_received_is_the_least_that_suffices(document: Json) -> None:
    result = evaluate_change(document)
    assume(result["allowed"])
    count = result["count_received"]
    assert count >= 1
    assert oracle.suffices(document, count)
    assert count == 1 or not oracle.suffices(document, count - 1)
    assert Fraction(result["true_up"]) >= 0


@settings(max_examples=100, deadline=None)
@given(exchanges(), st.integers(2, 5))
def test_more_of_everything_given_up_never_yields_less(document: Json, times: int) -> None:
    before = evaluate_change(document)
    assume(before["allowed"])
    more = copy.deepcopy(document)
    for row in more["from"]:
        row["count"] *= times
    after = evaluate_change(more)
    assert after["allowed"]
    assert before["count_received"] <= after["count_received"] <= before["count_received"] * times


@settings(max_examples=150, deadline=None)
@given(modifications() | exchanges())
def test_the_canonical_request_is_judged_the_same(document: Json) -> None:
    change = read(document)
    canonical = change_to_json(change)
    assert read(canonical) == change
    assert change_to_json(read(canonical)) == canonical
    assert evaluate_change(canonical) == evaluate_change(document)


@settings(max_examples=150, deadline=None)
@given(modifications() | exchanges())
def test_every_reason_has_a_sentence_and_a_source(document: Json) -> None:
    result = evaluate_change(document)
    for text, source in zip(result["texts"], result["sources"], strict=True):
        assert text.endswith(".")
        assert source in SOURCES
    assert result["text"].endswith(".")


# --- The schema: as much of JSON Schema as it uses


def conforms(value: object, schema: dict[str, Any]) -> bool:
    if "$ref" in schema:
        return conforms(value, CHANGE_SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])
    if "oneOf" in schema and sum(conforms(value, one) for one in schema["oneOf"]) != 1:
        return False
    if "const" in schema and value != schema["const"]:
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    return _is_of_type(value, schema)


def _is_of_type(value: object, schema: dict[str, Any]) -> bool:
    match schema.get("type"):
        case "null":
            return value is None
        case "integer":
            return type(value) is int and (
                schema.get("minimum", value) <= value <= schema.get("maximum", value)
            )
        case "string":
            return (
                isinstance(value, str)
                and schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", 10**6)
                and re.search(schema.get("pattern", ""), value) is not None
            )
        case "array":
            return (
                isinstance(value, list)
                and schema["minItems"] <= len(value) <= schema["maxItems"]
                and all(conforms(member, schema["items"]) for member in value)
            )
        case "object":
            return (
                isinstance(value, dict)
                and set(schema["required"]) <= value.keys() <= schema["properties"].keys()
                and all(conforms(value[key], schema["properties"][key]) for key in value)
            )
    return True


@settings(max_examples=150, deadline=None)
@given(modifications() | exchanges())
def test_what_is_read_conforms_to_the_schema(document: Json) -> None:
    assert conforms(document, CHANGE_SCHEMA)
    assert conforms(change_to_json(read(document)), CHANGE_SCHEMA)


@pytest.mark.parametrize(
    "document",
    [
        modify([], ["m5.large 1 regional us-east-1"]),
        modify(["m5.large 0 regional us-east-1"], ["m5.large 1 regional us-east-1"]),
        modify(["m5.large 1 global us-east-1"], ["m5.large 1 regional us-east-1"]),
        modify(["m5.large 1 regional us-east-1"] * 21, ["m5.large 21 regional us-east-1"]),
        modify(
            ["m5.large 1 regional us-east-1"], ["m5.large 1 regional us-east-1"], tenancy="host"
        ),
        {**modify(["m5.large 1 regional us-east-1"], ["m5.large 1 regional us-east-1"]), "x": 1},
        exchange(["m4.large 1 all_upfront x 5 30 1 2027-03-31"], "c5.large no_upfront 1 - 1"),
        exchange(["m4.large 1 all_upfront 5 5 30 2 2027-03-31"], "c5.large no_upfront 1 - 1"),
        exchange(["m4.large 1 all_upfront 5 5 30 1 tomorrow"], "c5.large no_upfront 1 - 1"),
        {"operation": "sell"},
    ],
)
def test_what_the_schema_refuses_is_not_read(document: Json) -> None:
    assert not conforms(document, CHANGE_SCHEMA)
    assert evaluate_change(document)["problems"]
