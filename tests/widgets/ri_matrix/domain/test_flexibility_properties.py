"""What must be true of every assessment, and that an independent oracle agrees."""

import copy
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from apps.kernel.pricing.options import Scope
from apps.widgets.ri_matrix.domain import (
    flexibility_plans,
    flexibility_ri,
    flexibility_ri_attributes,
)
from apps.widgets.ri_matrix.domain.flexibility import evaluate
from apps.widgets.ri_matrix.domain.ways import Attribute

from . import oracle
from .strategies import RESERVED, Json, grid, scenario, scenarios


def engine(document: Json) -> Json:
    """The engine's answer in the oracle's words."""
    result = evaluate(document)
    assert "problems" not in result, result
    after = result["after"]
    return {
        "outcome": result["outcome"],
        "ways": tuple(attribute["way"] for attribute in result["attributes"]),
        "fraction": _fraction(result["covered_fraction"]),
        "after": None if after is None else (after["by"], _fraction(after["covered_fraction"])),
    }


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


@settings(max_examples=250, deadline=None)
@given(scenarios())
def test_the_oracle_agrees(document: Json) -> None:
    expected = oracle.answer(document)
    event(f"{document['option']} {expected['outcome']}")
    assert engine(document) == expected


def test_the_oracle_agrees_over_the_grid() -> None:
    answers = [oracle.answer(document) for document in grid()]
    assert {answer["outcome"] for answer in answers} == {
        "covered", "partially_covered", "needs_modify", "needs_exchange", "not_covered",
    }  # fmt: skip
    assert [engine(document) for document in grid()] == answers


# A slip that somebody could make, and where to plant it.
def _any_platform(*, family: str, scope: Scope, **_: object) -> bool:
    return scope is Scope.REGIONAL and family != "g5"


def _zonal_too(*, platform: str, **_: object) -> bool:
    return platform == "Linux/UNIX"


FAULTS: dict[str, tuple[Any, str, Any]] = {
    "Windows is size-flexible": (flexibility_ri_attributes, "is_size_flexible", _any_platform),
    "a zonal RI is size-flexible": (flexibility_ri_attributes, "is_size_flexible", _zonal_too),
    "no family is excluded": (flexibility_ri_attributes, "EXCLUDED_FAMILIES", frozenset()),
    "every type has other sizes": (flexibility_ri_attributes, "SINGLE_SIZE_TYPES", frozenset()),
    "an RI covers its own size alone": (flexibility_ri, "flexible_in", lambda *_: False),
    "all of the running usage is covered": (flexibility_ri, "min", max),
    "sizes do not count": (flexibility_ri, "_footprint", lambda side: Fraction(side.count)),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_oracle_notices_a_planted_fault(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, name, value = FAULTS[fault]
    documents = [
        *grid(),
        scenario("standard_ri zonal t1.micro x1 us-east-1a → t1.small x1 us-east-1a"),
        scenario("standard_ri zonal m5.large x1 us-east-1a → m5.xlarge x1 us-east-1a"),
        scenario("standard_ri zonal m5.large x3 us-east-1a → m5.xlarge x2 us-east-1a"),
    ]
    assert all(engine(document) == oracle.answer(document) for document in documents)
    monkeypatch.setattr(where, name, value, raising=name != "min")
    assert any(engine(document) != oracle.answer(document) for document in documents)


@pytest.mark.parametrize("freed", [Attribute.REGION, Attribute.FAMILY])
def test_the_oracle_notices_a_plan_that_follows_too_far(
    freed: Attribute, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = scenario("ec2_instance_sp m5.large x1 us-east-1 → c5.large x1 eu-west-1a")
    assert engine(document) == oracle.answer(document)
    kept = {option: names - {freed} for option, names in flexibility_plans._FIXED.items()}
    monkeypatch.setattr(flexibility_plans, "_FIXED", kept)
    assert engine(document) != oracle.answer(document)


@settings(max_examples=150, deadline=None)
@given(scenarios(RESERVED))
def test_never_more_is_covered_than_runs_or_is_committed(document: Json) -> None:
    result = evaluate(document)
    answers = [result] + ([result["after"]] if result["after"] else [])
    for answer in answers:
        assert 0 <= Fraction(answer["covered_fraction"]) <= 1
        if answer["units"] is None:
            continue
        units = {name: Fraction(text) for name, text in answer["units"].items()}
        assert units["covered"] <= min(units["committed"], units["running"])
        assert Fraction(answer["covered_fraction"]) == units["covered"] / units["running"]


@settings(max_examples=150, deadline=None)
@given(scenarios())
def test_the_outcome_and_the_attributes_tell_one_story(document: Json) -> None:
    result = evaluate(document)
    outcome = result["outcome"]
    found = {attribute["way"] for attribute in result["attributes"] if attribute["changed"]}
    impossible = any(attribute["way"] == "impossible" for attribute in result["attributes"])
    if outcome != "not_covered":
        assert not impossible
    if outcome in ("covered", "partially_covered"):
        assert found <= {"automatic", "not_applicable"}
    if outcome == "needs_modify":
        assert "modify" in found
        assert "exchange" not in found
    if outcome == "needs_exchange":
        assert "exchange" in found
        assert document["option"] == "convertible_ri"
    assert (result["after"] is None) == (not outcome.startswith("needs_"))
    fraction = result["covered_fraction"]
    if fraction is not None:
        assert (fraction == "1") == (outcome == "covered")
        assert (fraction not in ("0", "1")) == (outcome == "partially_covered")


@settings(max_examples=100, deadline=None)
@given(scenarios(RESERVED))
def test_what_is_promised_of_a_modification_is_so_once_it_is_done(document: Json) -> None:
    after = evaluate(document)["after"]
    if after is None or after["by"] != "modify":
        return
    regional = copy.deepcopy(document)
    regional["scope"], regional["committed"]["az"] = "regional", None
    done = evaluate(regional)
    assert (done["outcome"], done["units"]) == (after["outcome"], after["units"])


def _renamed_zones(document: Json) -> None:
    for side in ("committed", "running"):
        if document[side]["az"] is not None:
            document[side]["az"] = f"{document[side]['az']}-renamed"


def _renamed_regions(document: Json) -> None:
    for side in ("committed", "running"):
        document[side]["region"] = f"{document[side]['region']}-renamed"


def _keys_reversed(document: Json) -> None:
    turned = {key: document[key] for key in reversed(document)}
    document.clear()
    document.update(turned)


def _tenfold(document: Json) -> None:
    for side in ("committed", "running"):
        document[side]["count"] *= 10


@settings(max_examples=40, deadline=None)
@given(scenarios())
@pytest.mark.parametrize("turn", [_renamed_zones, _renamed_regions, _keys_reversed])
def test_names_and_order_do_not_matter(turn: Callable[[Json], None], document: Json) -> None:
    before = engine(document)
    turn(document)
    assert engine(document) == before


@settings(max_examples=80, deadline=None)
@given(scenarios())
def test_ten_of_each_are_covered_like_one_of_each(document: Json) -> None:
    before = evaluate(document)
    _tenfold(document)
    after = evaluate(document)
    for key in ("outcome", "covered_fraction"):
        assert after[key] == before[key]


@settings(max_examples=80, deadline=None)
@given(scenarios(RESERVED), st.integers(1, 5))
def test_another_committed_instance_never_covers_less(document: Json, more: int) -> None:
    before = Fraction(evaluate(document)["covered_fraction"])
    document["committed"]["count"] += more
    assert Fraction(evaluate(document)["covered_fraction"]) >= before


@settings(max_examples=80, deadline=None)
@given(scenarios(("standard_ri",)))
def test_a_convertible_ri_covers_what_a_standard_one_covers(document: Json) -> None:
    standard = evaluate(document)
    convertible = evaluate({**document, "option": "convertible_ri"})
    assert convertible["units"] == standard["units"]
    if standard["outcome"] != "not_covered":
        assert convertible["outcome"] == standard["outcome"]


@settings(max_examples=60, deadline=None)
@given(scenarios(("on_demand", "spot")), scenarios(("compute_sp",)))
def test_where_nothing_is_committed_what_was_asked_for_is_irrelevant(
    document: Json, other: Json
) -> None:
    before = evaluate(document)
    document["committed"] = other["committed"]
    after = evaluate(document)
    for result in (before, after):
        for attribute in result["attributes"]:
            del attribute["changed"]
    assert after == before
