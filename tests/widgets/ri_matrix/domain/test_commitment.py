"""Scenario documents: canonical form, every problem at once at its path, never an exception."""

import copy
import json
import math
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.widgets.ri_matrix.domain.commitment import (
    MAX_COUNT,
    MAX_NAME,
    Scenario,
    read_scenario,
    scenario_to_json,
)
from apps.widgets.ri_matrix.domain.flexibility import evaluate
from apps.widgets.ri_matrix.domain.schema import SCHEMA

from .strategies import Json, scenario, scenarios

MISSING = object()
BASE = "standard_ri zonal m5.large x1 us-east-1a → m5.xlarge x2 us-east-1b Windows dedicated"


def world(changes: Json | None = None, line: str = BASE) -> Json:
    """The document of a line with some values put in or taken out."""
    document = scenario(line)
    for path, value in (changes or {}).items():
        *parents, last = path.split(".")
        place = document
        for name in parents:
            place = place[name]
        if value is MISSING:
            del place[last]
        else:
            place[last] = value
    return document


def problems(document: object) -> list[tuple[str, str]]:
    result = evaluate(document)
    assert list(result) == ["problems"], result
    return [(problem["path"], problem["message"]) for problem in result["problems"]]


def read(document: object) -> Scenario:
    reading = read_scenario(document)
    assert isinstance(reading, Scenario), reading
    return reading


# What is put where, and words of the one problem there.
KINDS: list[tuple[str, Any, str]] = [
    ("region", "us-east-1", "알 수 없는 항목"),
    ("option", MISSING, "반드시 있어야"),
    ("option", "reserved", "on_demand, spot, standard_ri"),
    ("option", None, "on_demand, spot, standard_ri"),
    ("committed", MISSING, "반드시 있어야"),
    ("running", [], "객체여야"),
    ("scope", MISSING, "범위가 있어야"),
    ("scope", None, "regional이나 zonal"),
    ("scope", "az", "regional, zonal"),
    ("committed.size", "large", "알 수 없는 항목"),
    ("committed.region", MISSING, "반드시 있어야"),
    ("committed.region", "", "1~64자"),
    ("committed.region", " us-east-1", "앞뒤에 빈칸이 없는"),
    ("committed.region", "us-east-1\n", "앞뒤에 빈칸이 없는"),
    ("committed.region", "us\x00east", "1~64자"),
    ("committed.region", "u" * (MAX_NAME + 1), "1~64자"),
    ("committed.region", 1, "문자열이어야"),
    ("committed.az", 1, "문자열이어야"),
    ("committed.az", None, "가용 영역이 있어야"),
    ("committed.az", MISSING, "가용 영역이 있어야"),
    ("running.az", None, "실행하는 가용 영역이"),
    ("running.az", "", "1~64자"),
    ("running.type", MISSING, "반드시 있어야"),
    ("running.type", "m5", "m5.large처럼"),
    ("running.type", "M5.Large", "m5.large처럼"),
    ("running.type", "m5.large.xlarge", "m5.large처럼"),
    ("running.type", None, "m5.large처럼"),
    ("committed.type", "m7i.metal-24xl", "m7i.metal-24xl 유형의 정규화 계수"),
    ("running.type", "mac2.metal", "mac2.metal 유형의 정규화 계수"),
    ("running.count", MISSING, "반드시 있어야"),
    ("running.count", 0, "1~1000의 정수"),
    ("running.count", -1, "1~1000의 정수"),
    ("running.count", MAX_COUNT + 1, "1~1000의 정수"),
    ("running.count", 1.0, "1~1000의 정수"),
    ("running.count", True, "1~1000의 정수"),
    ("running.count", "1", "1~1000의 정수"),
    ("running.platform", "", "플랫폼 이름은"),
    ("running.platform", None, "문자열이어야"),
    ("running.tenancy", MISSING, "반드시 있어야"),
    ("running.tenancy", "shared", "default, dedicated, host"),
    ("committed.tenancy", "host", "예약 인스턴스는 host 테넌시로"),
]


@pytest.mark.parametrize(("path", "value", "words"), KINDS)
def test_each_mistake_is_found_at_its_place(path: str, value: object, words: str) -> None:
    found = problems(world({path: value}))
    assert [place for place, _ in found] == [path]
    assert words in found[0][1]


@pytest.mark.parametrize(
    ("line", "changes", "where", "words"),
    [
        ("compute_sp m5.large x1 us-east-1 → m5.large x1 us-east-1", {"scope": "regional"},
         "scope", "예약 인스턴스에만"),
        ("on_demand m5.large x1 us-east-1 → m5.large x1 us-east-1", {"scope": "zonal"},
         "scope", "예약 인스턴스에만"),
        ("standard_ri regional m5.large x1 us-east-1 → m5.large x1 us-east-1",
         {"committed.az": "us-east-1a"}, "committed.az", "비워 두십시오"),
        ("capacity_reservation m5.large x1 us-east-1 → m5.large x1 us-east-1a", {},
         "committed.az", "용량 예약에는 가용 영역이"),
        ("capacity_reservation m5.large x1 us-east-1a host → m5.large x1 us-east-1a", {},
         "committed.tenancy", "용량 예약은 host 테넌시로"),
        ("dedicated_host m5.large x1 us-east-1a default → m5.large x1 us-east-1a", {},
         "committed.tenancy", "host여야"),
        ("dedicated_host_reservation m5.large x1 us-east-1a dedicated → m5.large x1 us-east-1a",
         {}, "committed.tenancy", "host여야"),
    ],
)  # fmt: skip
def test_mistakes_of_several_fields_are_found_too(
    line: str, changes: Json, where: str, words: str
) -> None:
    found = problems(world(changes, line))
    assert [place for place, _ in found] == [where]
    assert words in found[0][1]


def test_all_problems_are_given_at_once() -> None:
    apart: Json = {
        "scope": "zonal",
        "region": 1,
        "committed.az": None,
        "committed.type": "m7i.metal-24xl",
        "committed.tenancy": "host",
        "running.az": None,
        "running.count": 0,
        "running.platform": "",
        "running.extra": 1,
    }
    found = problems(world(apart))
    assert sorted(place for place, _ in found) == sorted(apart.keys() - {"scope"})


def test_what_is_wrong_with_one_side_does_not_hide_the_other() -> None:
    found = problems({"option": "standard_ri", "scope": "zonal", "committed": 7, "running": {}})
    assert [place for place, _ in found] == [
        "committed", "running.region", "running.type", "running.count", "running.platform",
        "running.tenancy", "running.az",
    ]  # fmt: skip


@pytest.mark.parametrize("option", ["on_demand", "compute_sp", "dedicated_host"])
def test_a_type_without_a_factor_is_refused_only_where_units_are_counted(option: str) -> None:
    tenancy = "host" if option == "dedicated_host" else "default"
    line = f"{option} m7i.metal-24xl x1 us-east-1 {tenancy} → mac2.metal x1 us-east-1a"
    assert "problems" not in evaluate(scenario(line))


def test_an_unknown_platform_is_never_refused() -> None:
    changes = {"committed.platform": "템플OS 5.03", "running.platform": "Linux with SQL Server"}
    assert "problems" not in evaluate(world(changes))


def test_what_is_left_out_is_written_out() -> None:
    line = "compute_sp m5.large x1 us-east-1 → m5.large x1 us-east-1"
    document = world({"scope": MISSING, "committed.az": MISSING, "running.az": MISSING}, line)
    assert scenario_to_json(read(document)) == scenario(line)


@settings(max_examples=100, deadline=None)
@given(scenarios())
def test_the_canonical_document_is_read_back_to_the_same_scenario(document: Json) -> None:
    canonical = scenario_to_json(read(document))
    assert canonical == document
    assert list(canonical) == ["option", "scope", "committed", "running"]
    assert list(canonical["running"]) == ["region", "az", "type", "count", "platform", "tenancy"]
    assert read(json.loads(json.dumps(canonical))) == read(document)


@settings(max_examples=60, deadline=None)
@given(scenarios())
def test_evaluating_leaves_the_document_as_it_was(document: Json) -> None:
    before = copy.deepcopy(document)
    evaluate(document)
    assert document == before


# The schema, checked by hand: the words it uses are few.


def accepts(schema: Json, value: object) -> bool:
    """Does the schema accept the value? Knows the words that SCHEMA uses, and no others."""
    known = {"$schema", "$defs", "title", "description", "examples", "default", "type",
             "properties", "required", "additionalProperties", "enum", "oneOf", "$ref",
             "pattern", "minLength", "maxLength", "minimum", "maximum"}  # fmt: skip
    assert schema.keys() <= known, schema.keys() - known
    if "$ref" in schema:
        return accepts(SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")], value)
    if "oneOf" in schema:
        return sum(accepts(part, value) for part in schema["oneOf"]) == 1
    match schema["type"]:
        case "null":
            return value is None
        case "integer":
            is_whole = isinstance(value, int) and not isinstance(value, bool)
            return is_whole and schema["minimum"] <= value <= schema["maximum"]
        case "string":
            return isinstance(value, str) and _accepts_text(schema, value)
        case "object":
            return isinstance(value, dict) and _accepts_object(schema, value)
    raise AssertionError(schema["type"])


def _accepts_text(schema: Json, text: str) -> bool:
    return (
        text in schema.get("enum", [text])
        and re.search(schema.get("pattern", ""), text) is not None
        and schema.get("minLength", 0) <= len(text) <= schema.get("maxLength", len(text))
    )


def _accepts_object(schema: Json, value: Json) -> bool:
    assert schema["additionalProperties"] is False
    members = schema["properties"]
    return (
        set(schema["required"]) <= value.keys() <= members.keys()
        and all(accepts(members[key], value[key]) for key in value)
    )  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(scenarios())
def test_the_schema_accepts_what_the_engine_accepts(document: Json) -> None:
    assert accepts(SCHEMA, document)


@pytest.mark.parametrize(("path", "value", "_words"), KINDS)
def test_the_schema_refuses_what_one_field_makes_wrong(
    path: str, value: object, _words: str
) -> None:
    # No pattern knows what is printable, and `$` stands before a final line feed too.
    beyond_a_schema = [
        ("scope", MISSING), ("scope", None), ("committed.az", None), ("committed.az", MISSING),
        ("running.az", None), ("committed.type", "m7i.metal-24xl"), ("running.type", "mac2.metal"),
        ("committed.tenancy", "host"),
        ("committed.region", "us\x00east"), ("committed.region", "us-east-1\n"),
    ]  # fmt: skip
    assert accepts(SCHEMA, world({path: value})) == ((path, value) in beyond_a_schema)


def _deep(levels: int) -> list[Any]:
    nested: list[Any] = []
    for _ in range(levels):
        nested = [nested]
    return nested


NONSENSE: list[Any] = [
    None, True, -1, 2**70, 10**5000, math.nan, math.inf, 1.5, "", " ", "x" * 100_000, "\ud800\0",
    "m5.large" * 10_000, "m" * 50_000 + ".", [], [[]], [None], {}, {"": 1}, {"\ud800": {}},
    {"x" * 100_000: {"x": 1}}, {f"k{n}": n for n in range(1000)}, _deep(100_000), [10**5000, -1],
]  # fmt: skip


def _paths(value: object, path: str = "") -> Iterator[str]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _paths(member, f"{path}.{key}" if path else key)


def _is_answer(result: Json) -> None:
    """Writable as UTF-8 JSON, and short: a mistake is never quoted whole."""
    text = json.dumps(result, ensure_ascii=False, allow_nan=False)
    assert len(text.encode("utf-8")) < 30_000
    if "problems" in result:
        assert result["problems"]
        assert all(problem["message"] for problem in result["problems"])


@pytest.mark.parametrize("path", [*_paths(world()), "committed.new", "new"])
def test_nonsense_at_any_path_is_answered_never_raised(path: str) -> None:
    for value in NONSENSE:
        _is_answer(evaluate(world({path: value})))


@pytest.mark.parametrize("document", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_for_a_document_is_answered(document: object) -> None:
    result = evaluate(document)
    assert result["problems"]
    _is_answer(result)


_json = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8),
        st.sampled_from(["spot", "zonal", "us-east-1a", "m5.large", "m5.metal", "host"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    scenarios(),
    st.lists(st.tuples(st.sampled_from(list(_paths(world()))), _json), min_size=1, max_size=4),
)
def test_any_json_at_any_paths_is_answered(document: Json, changes: list[tuple[str, Any]]) -> None:
    for path, value in changes:
        *parents, last = path.split(".")
        place = document[parents[0]] if parents else document
        if isinstance(place, dict):
            place[last] = value
    result = evaluate(document)
    _is_answer(result)
    assert ("problems" in result) or accepts(SCHEMA, document)


def test_the_largest_counts_are_answered() -> None:
    line = f"standard_ri regional t2.nano x{MAX_COUNT} us-east-1 → t2.2xlarge x999 us-east-1a"
    result = evaluate(scenario(line))
    assert result["units"] == {"committed": "250", "running": "15984", "covered": "250"}
    assert result["covered_fraction"] == "125/7992"
