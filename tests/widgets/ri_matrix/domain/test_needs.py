"""Which options meet a need: by name, and what must hold for any set of needs."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.kernel.documents import Invalid
from apps.kernel.pricing.sources import SOURCES
from apps.widgets.ri_matrix.domain.matrix import MATRIX, Column
from apps.widgets.ri_matrix.domain.needs import (
    NEEDS,
    NEEDS_SCHEMA,
    NeedId,
    evaluate_needs,
    judge_needs,
    needs_to_json,
    read_needs,
)
from apps.widgets.ri_matrix.domain.ways import Attribute, Way

_IDS = [need.value for need in NeedId]
_SETS = st.lists(st.sampled_from(_IDS), unique=True)
_UNCOMMITTED = "on_demand, spot"
_STANDARD = "standard_ri regional, standard_ri zonal"
_CONVERTIBLE = "convertible_ri regional, convertible_ri zonal"
_PLANS = "compute_sp, ec2_instance_sp"
_HOSTS = "dedicated_host, dedicated_host_reservation"

Json = dict[str, Any]


def _options(*needs: str) -> list[Json]:
    found: list[Json] = evaluate_needs({"needs": list(needs)})["options"]
    return found


def _name(option: Json) -> str:
    return " ".join(filter(None, (option["option"], option["scope"])))


def _fitting(*needs: str) -> str:
    return ", ".join(_name(option) for option in _options(*needs) if option["fits"])


@pytest.mark.parametrize(
    ("need", "options"),
    [
        ("region", f"{_UNCOMMITTED}, compute_sp"),
        ("az", f"{_UNCOMMITTED}, {_STANDARD}, {_CONVERTIBLE}, {_PLANS}"),
        ("family", f"{_UNCOMMITTED}, {_CONVERTIBLE}, compute_sp"),
        ("size", f"{_UNCOMMITTED}, {_STANDARD}, {_CONVERTIBLE}, {_PLANS}, {_HOSTS}"),
        ("platform", f"{_UNCOMMITTED}, {_CONVERTIBLE}, {_PLANS}, {_HOSTS}"),
        ("tenancy", f"{_UNCOMMITTED}, {_CONVERTIBLE}, {_PLANS}"),
        (
            "capacity",
            "standard_ri zonal, convertible_ri zonal, capacity_reservation, dedicated_host",
        ),
        ("serverless", "compute_sp"),
        (
            "discount",
            f"spot, {_STANDARD}, {_CONVERTIBLE}, {_PLANS}, dedicated_host_reservation",
        ),
        ("resale", _STANDARD),
        (
            "no_interruption",
            f"on_demand, {_STANDARD}, {_CONVERTIBLE}, {_PLANS}, capacity_reservation, {_HOSTS}",
        ),
        ("no_commitment", f"{_UNCOMMITTED}, capacity_reservation, dedicated_host"),
    ],
)
def test_who_meets_a_need(need: str, options: str) -> None:
    assert _fitting(need) == options


@pytest.mark.parametrize(
    ("needs", "options"),
    [
        (["region", "discount", "no_interruption"], "compute_sp"),
        (["family", "discount", "no_interruption"], f"{_CONVERTIBLE}, compute_sp"),
        (["capacity", "discount"], "standard_ri zonal, convertible_ri zonal"),
        (["capacity", "no_commitment"], "capacity_reservation, dedicated_host"),
        (["discount", "no_commitment"], "spot"),
        (["capacity", "region"], ""),
        (["resale", "family"], ""),
    ],
)
def test_who_meets_several_needs_at_once(needs: list[str], options: str) -> None:
    assert _fitting(*needs) == options


def test_with_no_needs_every_option_fits_and_no_reason_is_given() -> None:
    assert [(option["fits"], option["reasons"]) for option in _options()] == [(True, [])] * 11


def test_every_option_is_told_in_the_order_of_the_matrix() -> None:
    assert [(each["option"], each["scope"], each["name"]) for each in _options("region")] == [
        (row.option.value, row.scope, row.name) for row in MATRIX
    ]


def test_a_reason_has_the_keys_of_the_contract() -> None:
    option = next(each for each in _options("family") if each["option"] == "convertible_ri")
    assert list(option) == ["option", "scope", "name", "fits", "reasons"]
    [reason] = option["reasons"]
    assert list(reason) == ["need", "fits", "way", "text", "source"]
    assert (reason["need"], reason["fits"], reason["way"]) == ("family", True, "exchange")
    assert reason["source"] == (
        "EC2 User Guide – Exchange Convertible Reserved Instances · 2023-06-15"
    )


@pytest.mark.parametrize("attribute", Attribute)
def test_an_attribute_is_met_unless_the_matrix_says_impossible(attribute: Attribute) -> None:
    for row, fit in zip(MATRIX, judge_needs([NeedId(attribute.value)]), strict=True):
        [reason] = fit.reasons
        assert reason.way is row.cells[Column(attribute.value)].ways[0]
        assert reason.fits is (reason.way is not Way.IMPOSSIBLE)


def test_what_has_to_be_done_is_said() -> None:
    words = {Way.MODIFY: "수정을 요청", Way.EXCHANGE: "교환", Way.AUTOMATIC: ""}
    for fit in judge_needs(list(NeedId)):
        for reason in fit.reasons:
            if reason.way in words:
                assert words[reason.way] in reason.text
            assert ("수정을 요청" in reason.text) is (reason.way is Way.MODIFY)


def test_only_attributes_have_a_way() -> None:
    attributes = {attribute.value for attribute in Attribute}
    for fit in judge_needs(list(NeedId)):
        assert {reason.need.value for reason in fit.reasons if reason.way} == attributes


def test_a_reason_cites_a_page_wherever_the_matrix_has_one() -> None:
    without = {
        (fit.row.option.value, reason.need.value)
        for fit in judge_needs(list(NeedId))
        for reason in fit.reasons
        if reason.source is None
    }
    assert without == {
        ("on_demand", "serverless"),
        ("on_demand", "discount"),
        ("on_demand", "resale"),
        ("spot", "serverless"),
        ("spot", "discount"),
        ("spot", "resale"),
        ("capacity_reservation", "serverless"),
        ("dedicated_host", "serverless"),
        ("dedicated_host_reservation", "serverless"),
        ("dedicated_host_reservation", "resale"),
    }
    for fit in judge_needs(list(NeedId)):
        assert {reason.source for reason in fit.reasons} - {None} <= set(SOURCES)


def test_a_host_reservation_is_not_said_to_be_sellable_for_want_of_a_document() -> None:
    option = next(each for each in _options("resale") if "host_res" in each["option"])
    assert option["fits"] is False
    assert "AWS 문서에서 확인하지 못했습니다" in option["reasons"][0]["text"]


@given(_SETS, st.sampled_from(_IDS))
def test_another_need_never_makes_more_options_fit(needs: list[str], other: str) -> None:
    with_it = [*needs, *({other} - set(needs))]
    before, after = _options(*needs), _options(*with_it)
    assert all(one["fits"] for one, two in zip(before, after, strict=True) if two["fits"])


@given(_SETS, st.randoms())
def test_the_order_of_needs_is_irrelevant(needs: list[str], random: Any) -> None:
    shuffled = list(needs)
    random.shuffle(shuffled)
    assert evaluate_needs({"needs": shuffled}) == evaluate_needs({"needs": needs})


@given(_SETS)
def test_an_option_fits_if_every_reason_does_and_none_is_left_out(needs: list[str]) -> None:
    asked = [need for need in _IDS if need in needs]
    for option in _options(*needs):
        assert [reason["need"] for reason in option["reasons"]] == asked
        assert option["fits"] is all(reason["fits"] for reason in option["reasons"])


@given(_SETS)
def test_a_reason_does_not_depend_on_what_else_is_asked(needs: list[str]) -> None:
    together = {_name(option): option["reasons"] for option in _options(*needs)}
    for need in needs:
        for option in _options(need):
            assert option["reasons"][0] in together[_name(option)]


@given(_SETS)
def test_reading_and_writing_gives_the_canonical_order(needs: list[str]) -> None:
    reading = read_needs({"needs": needs})
    assert not isinstance(reading, Invalid)
    written = needs_to_json(reading)
    assert written == {"needs": [need for need in _IDS if need in needs]}
    assert read_needs(written) == reading


def _problems(document: object) -> dict[str, str]:
    return {each["path"]: each["message"] for each in evaluate_needs(document)["problems"]}


def test_an_unknown_need_is_refused_by_name_with_those_that_exist() -> None:
    message = _problems({"needs": ["region", "cheap"]})["needs[1]"]
    assert "「cheap」" in message
    assert all(need in message for need in _IDS)


def test_a_need_is_asked_for_once() -> None:
    problems = _problems({"needs": ["size", "az", "size"]})
    assert list(problems) == ["needs[2]"]
    assert "「size」" in problems["needs[2]"]


def test_every_mistake_is_found_at_once() -> None:
    problems = _problems({"needs": ["cheap", None, 3, "az", "az"], "option": "spot"})
    assert set(problems) == {"option", "needs[0]", "needs[1]", "needs[2]", "needs[4]"}


def test_no_more_needs_are_read_than_there_are() -> None:
    problems = _problems({"needs": ["?"] * 1000})
    assert len(problems) == 1 + len(_IDS)
    assert "1000개" in problems["needs"]


@pytest.mark.parametrize(
    ("document", "path"),
    [
        (None, ""),
        ([], ""),
        ("needs", ""),
        ({}, "needs"),
        ({"needs": None}, "needs"),
        ({"needs": "region"}, "needs"),
        ({"needs": {"region": True}}, "needs"),
        ({"needs": [["region"]]}, "needs[0]"),
        ({"needs": [True]}, "needs[0]"),
    ],
)
def test_nonsense_is_refused_where_it_stands(document: object, path: str) -> None:
    assert list(_problems(document)) == [path]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(_IDS),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text() | st.just("needs"), inner, max_size=3)
    ),
    max_leaves=20,
)


@given(_JSON | st.fixed_dictionaries({"needs": st.lists(_JSON)}))
def test_no_document_makes_the_engine_fail(document: object) -> None:
    result = evaluate_needs(document)
    if "problems" in result:
        assert result["problems"]
    else:
        assert len(result["options"]) == len(MATRIX)


def test_the_needs_are_listed_in_order_and_told_in_sentences() -> None:
    assert [need.id for need in NEEDS] == list(NeedId)
    for need in NEEDS:
        assert need.label.endswith("니다")
        assert need.explanation.endswith("니다.")


def test_the_schema_allows_what_the_engine_reads() -> None:
    needs = NEEDS_SCHEMA["properties"]["needs"]
    assert needs["items"]["enum"] == _IDS
    assert (needs["maxItems"], needs["uniqueItems"]) == (len(_IDS), True)
    assert NEEDS_SCHEMA["required"] == ["needs"]
    assert NEEDS_SCHEMA["additionalProperties"] is False
