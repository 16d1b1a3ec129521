"""The situations to begin with: each ends as its two sentences say."""

import re

import pytest

from apps.widgetkit.manifest import Json
from apps.widgetkit.state import as_query
from apps.widgets.ri_matrix.domain.changes import evaluate_change
from apps.widgets.ri_matrix.domain.flexibility import evaluate
from apps.widgets.ri_matrix.domain.needs import evaluate_needs
from apps.widgets.ri_matrix.domain.presets import PRESETS
from apps.widgets.ri_matrix.forms import decode, encode
from apps.widgets.ri_matrix.widget import WIDGET

BY_NAME = {preset.name: preset for preset in PRESETS}
each_preset = pytest.mark.parametrize("name", list(BY_NAME))

# name, outcome, covered fraction, what keeps the discount from following by itself
FOLLOW = [
    ("half", "partially_covered", "0.5", []),
    ("convertible-size", "partially_covered", "0.5", []),
    ("two-for-one", "covered", "1", []),
    ("standard-family", "not_covered", "0", ["family"]),
    ("convertible-family", "needs_exchange", "0", ["family"]),
    ("compute-sp-region", "covered", None, []),
    ("compute-sp-family", "covered", None, []),
    ("ec2-sp-region", "not_covered", None, ["region"]),
    ("ec2-sp-family", "not_covered", None, ["family"]),
    ("windows", "not_covered", "0", ["size"]),
    ("zonal-az", "needs_modify", "0", ["az"]),
    ("dedicated", "not_covered", "0", ["tenancy"]),
]
# name, every option that fits
NEEDS = [
    ("needs-region", {"spot", "compute_sp"}),
    (
        "needs-size",
        {
            *("spot", "compute_sp", "ec2_instance_sp", "dedicated_host_reservation"),
            *("standard_ri-regional", "standard_ri-zonal"),
            *("convertible_ri-regional", "convertible_ri-zonal"),
        },
    ),
    ("needs-capacity", {"standard_ri-zonal", "convertible_ri-zonal"}),
]
# name, the reasons to refuse it
CHANGES: list[tuple[str, list[str]]] = [
    ("split", []),
    ("footprint", ["footprint"]),
    ("generation", ["generation"]),
    ("exchange", []),
]


def scenario(name: str) -> Json:
    return BY_NAME[name].scenario


def test_they_stand_by_panel_and_the_widget_offers_them() -> None:
    names = [name for name, *_ in [*FOLLOW, *NEEDS, *CHANGES]]
    assert [preset.name for preset in PRESETS] == names
    assert [preset.name for preset in WIDGET.presets] == names


def test_the_first_of_each_panel_is_the_one_that_it_starts_with() -> None:
    assert [FOLLOW[0][0], NEEDS[0][0], CHANGES[0][0]] == ["half", "needs-region", "split"]


@pytest.mark.parametrize(("name", "outcome", "fraction", "breaking"), FOLLOW)
def test_each_commitment_follows_as_it_should(
    name: str, outcome: str, fraction: str | None, breaking: list[str]
) -> None:
    result = evaluate(scenario(name))
    assert (result["outcome"], result["covered_fraction"]) == (outcome, fraction)
    guilty = [each["name"] for each in result["attributes"] if each["way"] != "automatic"]
    assert guilty == breaking


@pytest.mark.parametrize(("name", "fitting"), NEEDS)
def test_each_need_leaves_the_options_that_it_should(name: str, fitting: set[str]) -> None:
    options = evaluate_needs(scenario(name))["options"]
    fits = {
        "-".join(filter(None, (each["option"], each["scope"]))) for each in options if each["fits"]
    }
    assert fits == fitting


@pytest.mark.parametrize(("name", "reasons"), CHANGES)
def test_each_change_is_judged_as_it_should(name: str, reasons: list[str]) -> None:
    result = evaluate_change(scenario(name))
    assert result["reasons"] == reasons
    assert result["allowed"] is (reasons == [])


def test_the_exchange_yields_what_its_notice_says() -> None:
    result = evaluate_change(scenario("exchange"))
    assert (result["count_received"], result["true_up"]) == (4, "100")
    assert "4개를 받고" in BY_NAME["exchange"].notice
    assert "차액 100달러" in BY_NAME["exchange"].notice


def test_the_units_of_the_notices_are_those_of_the_engine() -> None:
    half = evaluate(scenario("half"))["units"]
    assert half == {"committed": "4", "running": "8", "covered": "4"}
    two = evaluate(scenario("two-for-one"))["units"]
    assert two == {"committed": "8", "running": "8", "covered": "8"}
    assert evaluate_change(scenario("split"))["units_from"] == "4"
    refused = evaluate_change(scenario("footprint"))
    assert (refused["units_from"], refused["units_to"]) == ("4", "8")


def test_the_zone_can_be_moved_for_nothing_as_the_notice_says() -> None:
    after = evaluate(scenario("zonal-az"))["after"]
    assert (after["by"], after["covered_fraction"]) == ("modify", "1")


@each_preset
def test_the_notice_is_two_sentences(name: str) -> None:
    notice = BY_NAME[name].notice
    assert len(re.findall(r"다\.(?:\s|$)", notice)) == 2
    assert notice.endswith("다.")
    assert len(BY_NAME[name].title) <= 24


@each_preset
def test_the_scenario_survives_the_address(name: str) -> None:
    assert decode(as_query(encode(scenario(name)))) == scenario(name)


def test_no_two_are_the_same() -> None:
    for first in PRESETS:
        assert [p.name for p in PRESETS if p.scenario == first.scenario] == [first.name]
    assert len({preset.title for preset in PRESETS}) == len(PRESETS)
