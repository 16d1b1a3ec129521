"""What must be true of every walk, over generated scenarios and against an independent check."""

import copy
from random import Random

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from apps.widgets.packet_walk.domain import evaluate
from apps.widgets.packet_walk.domain.scenario import scenario_to_json

from . import oracle
from .strategies import GROUPS, entries, group_rules, nacl_bodies, scenarios
from .worlds import Json, read

_SECTIONS = st.tuples(st.sampled_from(["acl-1", "acl-2"]), st.sampled_from(["inbound", "outbound"]))
_WORKS = ("delivered", "partially_delivered")


@settings(max_examples=200, deadline=None)
@given(scenarios())
def test_the_disposition_agrees_with_the_independent_check(document: Json) -> None:
    result = evaluate(document)
    event(result["disposition"])
    ports = oracle.representatives(document)
    if not oracle.has_route(document):
        expected = "no_route"
    elif not oracle.request_passes(document):
        expected = "request_denied"
    else:
        answers = {oracle.response_passes(document, port) for port in ports}
        expected = {
            frozenset({True}): "delivered",
            frozenset({False}): "response_denied",
        }.get(frozenset(answers), "partially_delivered")
    assert result["disposition"] == expected


@settings(max_examples=80, deadline=None)
@given(scenarios())
def test_every_passing_source_port_passes_and_no_other(document: Json) -> None:
    result = evaluate(document)
    if document["flow"]["protocol"] not in ("tcp", "udp"):
        assert result["passing_source_ports"] == []
        return
    assert result["passing_source_ports"] == oracle.passing(document)


@settings(max_examples=80, deadline=None)
@given(scenarios(), st.tuples(st.integers(39980, 40020), st.integers(0, 40)))
def test_a_small_range_agrees_port_by_port(document: Json, window: tuple[int, int]) -> None:
    assume(document["flow"]["protocol"] in ("tcp", "udp"))
    low, width = window
    document["flow"]["source_port"] = [low, low + width]
    passing = evaluate(document)["passing_source_ports"]
    for port in range(low, low + width + 1):
        inside = any(first <= port <= last for first, last in passing)
        assert inside == oracle.connects(document, port)


@settings(max_examples=80, deadline=None)
@given(scenarios())
def test_delivered_means_that_some_single_port_walks_through(document: Json) -> None:
    result = evaluate(document)
    works = any(oracle.connects(document, port) for port in oracle.representatives(document))
    assert works == (result["disposition"] in _WORKS)


@settings(max_examples=80, deadline=None)
@given(scenarios(), st.sampled_from(GROUPS), st.sampled_from(["inbound", "outbound"]), group_rules)
def test_another_security_group_rule_never_denies_what_was_delivered(
    document: Json, group: str, direction: str, rule: str
) -> None:
    before = evaluate(document)
    assume(before["disposition"] in _WORKS)
    rules = document["security_groups"][group][direction]
    assume(rule not in rules)
    rules.append(rule)
    after = evaluate(document)
    assert after["disposition"] == before["disposition"]
    assert after["passing_source_ports"] == before["passing_source_ports"]


@settings(max_examples=80, deadline=None)
@given(
    scenarios(),
    _SECTIONS,
    st.sampled_from(["allow", "deny"]),
    st.lists(nacl_bodies, min_size=1, max_size=4),
)
def test_an_entry_behind_a_match_changes_nothing(
    document: Json, section: tuple[str, str], action: str, bodies: list[str]
) -> None:
    name, direction = section
    lines = [line for line in document["nacls"][name][direction] if int(line.split()[0]) < 30000]
    lines += [f"30000 all * 0.0.0.0/0 {action}", f"30001 all * ::/0 {action}"]
    document["nacls"][name][direction] = lines
    before = evaluate(document)
    behind = [f"{31000 + place} {body}" for place, body in enumerate(bodies)]
    document["nacls"][name][direction] = [*behind, *lines]
    after = evaluate(document)
    assert _without_fix_numbers(after) == _without_fix_numbers(before)


@settings(max_examples=80, deadline=None)
@given(scenarios(), st.randoms(use_true_random=False))
def test_the_order_of_groups_and_of_their_rules_never_matters(
    document: Json, random: Random
) -> None:
    before = evaluate(document)
    shuffled = copy.deepcopy(document)
    for host in shuffled["hosts"].values():
        random.shuffle(host["security_groups"])
    for group in shuffled["security_groups"].values():
        random.shuffle(group["inbound"])
        random.shuffle(group["outbound"])
    sections = list(shuffled["security_groups"].items())
    random.shuffle(sections)
    shuffled["security_groups"] = dict(sections)
    assert evaluate(shuffled) == before


@settings(max_examples=80, deadline=None)
@given(scenarios(), st.randoms(use_true_random=False))
def test_acl_entries_are_read_by_number_however_they_are_written(
    document: Json, random: Random
) -> None:
    before = evaluate(document)
    for nacl in document["nacls"].values():
        random.shuffle(nacl["inbound"])
        random.shuffle(nacl["outbound"])
    assert evaluate(document) == before


@settings(max_examples=80, deadline=None)
@given(scenarios(), entries())
def test_lists_that_the_flow_does_not_meet_change_nothing(document: Json, more: list[str]) -> None:
    before = evaluate(document)
    document["nacls"]["acl-elsewhere"] = {"inbound": more, "outbound": more}
    assert evaluate(document) == before


@settings(max_examples=80, deadline=None)
@given(scenarios())
def test_the_canonical_document_walks_the_same(document: Json) -> None:
    scenario = read(document)
    canonical = scenario_to_json(scenario)
    assert read(canonical) == scenario
    assert scenario_to_json(read(canonical)) == canonical
    assert evaluate(canonical) == evaluate(document)


@settings(max_examples=80, deadline=None)
@given(scenarios())
def test_every_result_has_the_shape_of_the_specification(document: Json) -> None:
    result = evaluate(document)
    assert [step["n"] for step in result["steps"]] == list(range(1, 9))
    actions = [step["action"] for step in result["steps"]]
    if "deny" in actions:
        behind = actions[actions.index("deny") + 1 :]
        assert set(behind) <= {"skip", "not_reached"}
    assert actions.count("deny") == (result["disposition"].endswith("_denied"))
    for step in result["steps"]:
        assert step["text"].endswith("."), step
        assert (step["rule"] is None) == (
            step["action"] in ("skip", "not_reached")
            or step["code"] in ("SESSION_MATCHED", "SG_HAS_NO_RULES", "ENI_SG_RULES_MISMATCH")
        )
        assert step["id"] == sorted(step["id"])


def _without_fix_numbers(result: Json) -> Json:
    """The result with the numbers of proposed entries taken out of rules and reasons."""
    result = copy.deepcopy(result)
    for fix in result["fixes"]:
        if fix["checkpoint"] == "nacl":
            number, _, fix["rule"] = fix["rule"].partition(" ")
            fix["why"] = fix["why"].replace(f"{number}번에", "")
    return result
