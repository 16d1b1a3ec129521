"""The query string of the panel that filters by needs."""

from hypothesis import given
from hypothesis import strategies as st

from apps.widgetkit.state import as_query
from apps.widgets.ri_matrix.domain.needs import NEEDS, evaluate_needs
from apps.widgets.ri_matrix.forms import decode, encode, simulator_of
from apps.widgets.ri_matrix.needs_form import decode_needs

IDS = [need.id.value for need in NEEDS]
needs = st.sets(st.sampled_from(IDS)).map(
    lambda chosen: {"needs": [need for need in IDS if need in chosen]}
)


@given(scenario=needs)
def test_what_is_encoded_is_decoded(scenario: dict[str, list[str]]) -> None:
    assert decode(as_query(encode(scenario))) == scenario


@given(scenario=needs, order=st.randoms())
def test_the_order_of_the_boxes_in_the_address_does_not_matter(
    scenario: dict[str, list[str]], order: st.DataObject
) -> None:
    shuffled = [*scenario["needs"]]
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert decode_needs({"need": shuffled}) == scenario


def test_a_need_that_stands_twice_is_meant_once() -> None:
    assert decode_needs({"need": ["size", "region", "size"]}) == {"needs": ["region", "size"]}


def test_no_need_is_a_scenario_of_its_own() -> None:
    assert encode({"needs": []}) == [("panel", "needs")]
    assert decode({"panel": ["needs"]}) == {"needs": []}


@given(name=st.text(max_size=20).filter(lambda name: name not in IDS))
def test_what_nobody_knows_stays_for_the_engine_to_refuse(name: str) -> None:
    scenario = decode_needs({"need": [name, "az"]})
    assert scenario == {"needs": ["az", name]}
    problems = evaluate_needs(scenario)["problems"]
    assert [problem["path"] for problem in problems] == ["needs[1]"]


def test_every_scenario_has_its_simulator() -> None:
    assert simulator_of({"needs": []}) == "ri-needs"
    assert simulator_of({"operation": "modify"}) == "ri-modification"
    assert simulator_of({"option": "spot"}) == "ri-matrix"
    assert simulator_of({}) == "ri-matrix"
