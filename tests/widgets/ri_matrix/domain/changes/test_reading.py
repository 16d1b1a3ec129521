"""Documents that are not valid: every problem at once, each at its path, never an exception."""

import copy
import json
import math
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.widgets.ri_matrix.domain.changes import change_to_json, evaluate_change
from apps.widgets.ri_matrix.domain.changes.fields import MAX_COUNT, MAX_ROWS

from .requests import Json, exchange, modify, read

MISSING = object()
SECONDS = 1.0


def base(operation: str) -> Json:
    """A request with every key that there is."""
    if operation == "modify":
        row = "m5.large 1 zonal us-east-1 us-east-1a state=active expires=2027-03-31T09"
        return modify([f"{row} class=standard"], ["m5.large 1 regional us-east-1"])
    return exchange(
        [
            "m4.large 1 partial_upfront 35 500 4000 1 2027-03-31 region=us-east-1 state=active "
            "offering_class=convertible"
        ],
        "c5.large all_upfront 10 150 1 region=us-east-1 offering_class=convertible",
    )


def put(document: Any, path: str, value: object) -> None:
    """Set a member, or take it away."""
    words: list[Any] = [
        int(word[1:-1]) if word.startswith("[") else word
        for word in path.replace("[", ".[").split(".")
    ]
    place = document
    for word in words[:-1]:
        place = place[word]
    if value is MISSING:
        del place[words[-1]]
    else:
        place[words[-1]] = value


def problems(document: object) -> list[tuple[str, str]]:
    result = evaluate_change(document)
    assert list(result) == ["problems"], result
    return [(problem["path"], problem["message"]) for problem in result["problems"]]


# Where, what is put there, and words of the message at that very place.
MODIFY: list[tuple[str, Any, str]] = [
    ("operation", "merge", "modify, exchange"),
    ("extra", 1, "알 수 없는 항목"),
    ("offering_class", "spot", "standard, convertible"),
    ("offering_class", MISSING, "반드시 있어야"),
    ("platform", "", "1~64자"),
    ("platform", " Windows", "앞뒤에 빈칸이 없는"),
    ("platform", "x" * 65, "1~64자"),
    ("platform", "a\nb", "1~64자"),
    ("tenancy", "host", "default나 dedicated"),
    ("tenancy", "shared", "default, dedicated"),
    ("from", [], "하나 이상"),
    ("from", {}, "배열이어야"),
    ("to", MISSING, "반드시 있어야"),
    ("to[0]", "m5.large", "객체여야"),
    ("to[0].type", "m5", "m5.large처럼"),
    ("to[0].type", "m9x.metal", "정규화 계수를 AWS 문서에서 확인하지 못해"),
    ("to[0].type", "m5.5xlarge", "정규화 계수를"),
    ("to[0].count", 0, f"1~{MAX_COUNT}"),
    ("to[0].count", MAX_COUNT + 1, f"1~{MAX_COUNT}"),
    ("to[0].count", True, "정수"),
    ("to[0].count", 1.0, "정수"),
    ("to[0].count", MISSING, "반드시 있어야"),
    ("to[0].scope", "global", "regional, zonal"),
    ("to[0].scope", "zonal", "zonal"),
    ("to[0].az", "us-east-1a", "가용 영역을 정하지 않습니다"),
    ("to[0].region", None, "리전이 있어야"),
    ("to[0].region", "US East", "us-east-1처럼"),
    ("to[0].state", "Retired!", "payment-pending처럼"),
    ("to[0].expires", "2027-02-29", "있는 날짜"),
    ("to[0].expires", "2027-03-31", "한 가지로 적으십시오"),
    ("to[0].expires", "31.3.2027", "2027-03-31이나"),
    ("to[0].expires", "2027-03-31T24", "있는 날짜와 시각"),
    ("to[0].offering_class", "none", "standard, convertible"),
    ("to[0].payment", "no_upfront", "알 수 없는 항목"),
    ("from[0].az", None, "가용 영역이 있어야"),
    ("from[0].az", "us-west-2a", "us-east-1 리전의 가용 영역"),
    ("from[0].az", "us-east-1", "us-east-1 리전의 가용 영역"),
    ("from[0].az", "us-east-12a", "us-east-1 리전의 가용 영역"),
    ("from[0].az", "A", "us-east-1a처럼"),
]
EXCHANGE: list[tuple[str, Any, str]] = [
    ("platform", "Linux/UNIX", "알 수 없는 항목"),
    ("to", [], "객체여야"),
    ("to.count", 1, "알 수 없는 항목"),
    ("to.list_value", "0", "0보다 커야|0보다 큰"),
    ("to.list_value", 10, "금액이어야"),
    ("to.list_value", "1e9", "금액이어야"),
    ("to.prorated_upfront", "0.0", "0보다 큰"),
    ("to.prorated_upfront", None, "금액이 있어야"),
    ("to.prorated_upfront", MISSING, "금액이 있어야"),
    ("to.term_years", 2, "1년이나 3년"),
    ("to.term_years", True, "1년이나 3년"),
    ("to.payment", "later", "all_upfront, partial_upfront, no_upfront"),
    ("from[0].remaining_upfront", None, "금액이 있어야"),
    ("from[0].remaining_upfront", "-1", "금액이어야"),
    ("from[0].list_value", "1234567890", "정수부 9자리"),
    ("from[0].list_value", MISSING, "반드시 있어야"),
    ("from[0].hours_left", -1, "0~26352"),
    ("from[0].hours_left", 26353, "0~26352"),
    ("from[0].hours_left", "24", "정수"),
    ("from[0].term_years", None, "1년이나 3년"),
    ("from[0].expires", None, "만료일이 있어야"),
    ("from[0].scope", "regional", "알 수 없는 항목"),
    ("from[0].count", None, f"1~{MAX_COUNT}"),
    ("from[0].region", "east!", "us-east-1처럼"),
]
KINDS = [("modify", *kind) for kind in MODIFY] + [("exchange", *kind) for kind in EXCHANGE]


@pytest.mark.parametrize(("operation", "path", "value", "words"), KINDS)
def test_each_mistake_is_found_at_its_place(
    operation: str, path: str, value: object, words: str
) -> None:
    document = base(operation)
    put(document, path, value)
    found = problems(document)
    where = "to[0].az" if (path, value) == ("to[0].scope", "zonal") else path
    assert [place for place, _ in found] == [where]
    assert any(word in found[0][1] for word in words.split("|"))


@pytest.mark.parametrize(
    ("side", "payment", "amount"),
    [("from[0]", "payment", "remaining_upfront"), ("to", "payment", "prorated_upfront")],
)
def test_an_upfront_amount_goes_with_an_upfront_payment(
    side: str, payment: str, amount: str
) -> None:
    document = base("exchange")
    put(document, f"{side}.{payment}", "no_upfront")
    assert [place for place, _ in problems(document)] == [f"{side}.{amount}"]
    put(document, f"{side}.{amount}", None)
    assert "problems" not in evaluate_change(document)


def test_a_request_without_an_operation_is_asked_for_one() -> None:
    assert problems({"offering_class": "standard"}) == [
        ("operation", "반드시 있어야 하는 항목입니다.")
    ]


def test_all_problems_are_given_at_once() -> None:
    document = base("modify")
    for path, value in [
        ("offering_class", "spot"), ("tenancy", "host"), ("from[0].count", 0),
        ("from[0].az", "us-west-2a"), ("to[0].type", "m9x.metal"), ("to[0].region", 7),
    ]:  # fmt: skip
        put(document, path, value)
    assert {place for place, _ in problems(document)} == {
        "offering_class", "tenancy", "from[0].count", "from[0].az", "to[0].type", "to[0].region",
    }  # fmt: skip


@pytest.mark.parametrize("operation", ["modify", "exchange"])
def test_no_more_rows_are_looked_at_than_there_may_be(operation: str) -> None:
    document = base(operation)
    document["from"] *= MAX_ROWS
    assert "problems" not in evaluate_change(document)
    document["from"] = [*document["from"], *([None] * 100_000)]
    assert problems(document) == [("from", f"20개까지 둘 수 있습니다. 적힌 수: {100_020}개")]


@pytest.mark.parametrize("operation", ["modify", "exchange"])
def test_the_largest_request_is_answered_quickly(operation: str) -> None:
    document = base(operation)
    rows = []
    for number in range(MAX_ROWS):
        row = copy.deepcopy(document["from"][0])
        row.update(type=f"m{number + 1}.large", count=MAX_COUNT)
        row.update({} if operation == "modify" else {"list_value": "999999999.999999999"})
        rows.append(row)
    document["from"] = rows
    if operation == "modify":
        document["to"] = [{**row, "type": f"c{n}.large"} for n, row in enumerate(rows)]
    else:
        document["to"]["list_value"] = "0.000000001"
    started = time.process_time()
    result = evaluate_change(document)
    assert time.process_time() - started < SECONDS
    assert result["reasons"] == (["family"] if operation == "modify" else [])
    if operation == "exchange":
        assert result["count_received"] == 999999999999999999 * MAX_COUNT * MAX_ROWS


def test_a_zone_of_a_local_zone_belongs_to_its_region() -> None:
    rows = ["m5.large 1 zonal us-west-2 us-west-2-lax-1a"]
    assert "problems" not in evaluate_change(modify(rows, rows))


@pytest.mark.parametrize("operation", ["modify", "exchange"])
def test_the_canonical_request_is_itself(operation: str) -> None:
    document = base(operation)
    assert change_to_json(read(document)) == document


def test_the_canonical_request_writes_amounts_shortest_and_absent_ones_as_null() -> None:
    document = exchange(
        ["m4.large 1 no_upfront 035.50 0 4000 1 2027-03-31"], "c5.large no_upfront 10.0 - 1"
    )
    del document["to"]["prorated_upfront"], document["to"]["term_years"]
    canonical = change_to_json(read(document))
    assert canonical["from"][0]["list_value"] == "35.5"
    assert canonical["from"][0]["remaining_upfront"] is None
    assert canonical["to"] == {
        "type": "c5.large", "payment": "no_upfront", "list_value": "10",
        "prorated_upfront": None, "term_years": None,
    }  # fmt: skip


def _deep(levels: int) -> list[Any]:
    nested: list[Any] = []
    for _ in range(levels):
        nested = [nested]
    return nested


NONSENSE: list[Any] = [
    None, True, -1, 2**70, 10**5000, math.nan, math.inf, 1.5, "", " ", "x" * 100_000, "\ud800\0",
    "٣", [], [[]], [None], ["", ""], {}, {"": 1}, {"\ud800": {}}, {"x" * 100_000: {"x": 1}},
    _deep(100_000), [math.nan], [10**5000, -1], {"a": _deep(9)},
]  # fmt: skip


def _paths(value: object, path: str = "") -> Iterator[str]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _paths(member, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _paths(member, f"{path}[{index}]")


def _is_answer(result: Json) -> None:
    """Writable as UTF-8 JSON, and short: a mistake is never quoted whole."""
    text = json.dumps(result, ensure_ascii=False, allow_nan=False)
    assert len(text.encode("utf-8")) < 30_000
    if "problems" in result:
        assert result["problems"]
        assert all(problem["message"] for problem in result["problems"])


PLACES = [
    (operation, path) for operation in ("modify", "exchange") for path in _paths(base(operation))
]


@pytest.mark.parametrize(("operation", "path"), PLACES)
def test_nonsense_at_any_path_is_answered_never_raised(operation: str, path: str) -> None:
    for value in NONSENSE:
        document = base(operation)
        put(document, path, value)
        _is_answer(evaluate_change(document))


@pytest.mark.parametrize("document", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_for_a_document_is_answered(document: object) -> None:
    result = evaluate_change(document)
    assert result["problems"]
    _is_answer(result)


_json = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8),
        st.sampled_from(["m5.large", "us-east-1", "zonal", "standard", "35", "2027-03-31"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.one_of(st.text(max_size=4), st.sampled_from(["type", "count", "az", "state"])),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), _json), min_size=1, max_size=4))
def test_any_json_at_any_paths_is_answered(changes: list[tuple[tuple[str, str], Any]]) -> None:
    operation = changes[0][0][0]
    document = base(operation)
    for (_, path), value in changes:
        try:
            put(document, path, value)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took the place away
    _is_answer(evaluate_change(document))
