"""Questions about a scenario: the keys are right, and nothing but the walk tells which they are."""

import copy
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.widgetkit.asks import Ask
from apps.widgetkit.manifest import Json
from apps.widgets.packet_walk.domain import evaluate
from apps.widgets.packet_walk.domain.presets import PRESETS
from apps.widgets.packet_walk.questions import asks
from tests.widgets.packet_walk.domain import oracle

from .scenarios import valid_scenarios

BY_NAME = {preset.name: preset.scenario for preset in PRESETS}
each_preset = pytest.mark.parametrize("scenario", BY_NAME.values(), ids=list(BY_NAME))
ENDINGS = ["delivered", "partially_delivered", "request_denied", "response_denied", "no_route"]
FIX = re.compile(
    r"(?P<id>\S+) (?P<kind>NACL|보안 그룹)의 (?P<way>인바운드|아웃바운드): (?P<rule>.+)"
)


def by_id(scenario: Json) -> dict[str, Ask]:
    return {ask.id: ask for ask in asks(scenario)}


def key_of(ask: Ask) -> str:
    (key,) = ask.key
    return key


def with_rule(scenario: Json, choice: str) -> Json:
    """The scenario with the rule that the text of a choice describes."""
    match = FIX.fullmatch(choice)
    assert match, choice
    changed = copy.deepcopy(scenario)
    section = "nacls" if match["kind"] == "NACL" else "security_groups"
    direction = "inbound" if match["way"] == "인바운드" else "outbound"
    changed[section][match["id"]][direction].append(match["rule"])
    return changed


def check(scenario: Json) -> None:
    """All that must hold of the questions about any valid scenario."""
    result = evaluate(scenario)
    steps = {step["n"]: step for step in result["steps"]}
    asked = by_id(scenario)
    assert list(asked)[:2] == ["disposition", "stop"]
    assert key_of(asked["disposition"]) == result["disposition"] == judged(scenario)
    check_stop(asked["stop"], result)
    for ask in asked.values():
        assert ask.explanation
        assert all(choice.feedback.endswith(("다.", "다!")) for choice in ask.choices)
        if ask.id.startswith("rule-"):
            check_rule(ask, steps[int(ask.id.removeprefix("rule-"))])
    if "fix" in asked:
        check_fix(asked["fix"], scenario)
        assert len(result["fixes"]) == 1


def judged(scenario: Json) -> str:
    """The disposition by the rule-by-rule judge of the domain tests, which shares no code."""
    if not oracle.has_route(scenario):
        return "no_route"
    if not oracle.request_passes(scenario):
        return "request_denied"
    passes = {oracle.response_passes(scenario, port) for port in oracle.representatives(scenario)}
    if passes == {True}:
        return "delivered"
    return "partially_delivered" if True in passes else "response_denied"


def check_stop(ask: Ask, result: Json) -> None:
    stopping = [s["n"] for s in result["steps"] if s["action"] in ("deny", "partial")]
    if result["disposition"] == "no_route":
        assert key_of(ask) == "no-route"
    else:
        assert key_of(ask) == (f"step-{stopping[0]}" if stopping else "none")
    numbers = [int(c.id[5:]) for c in ask.choices if c.id.startswith("step-")]
    assert numbers == sorted(numbers)


def check_rule(ask: Ask, step: Json) -> None:
    assert ask.step == step["n"]
    key = key_of(ask)
    if step["code"] == "SESSION_MATCHED":
        assert key == "session"
    elif step["checkpoint"] == "security_group" or "ranges" not in step:
        assert key == ("no-rule" if step["rule"] in (None, "*") else step["rule"])
    else:
        # Several rules decide: the question names one port, and the key is that port's rule.
        port = max(int(found) for found in re.findall(r" (\d+)번 포트", ask.stem))
        decided = [r["rule"] for r in step["ranges"] if port in span(r["ports"])]
        assert [key] == ["no-rule" if rule == "*" else rule for rule in decided]


def span(ports: str) -> range:
    low, _, high = ("0-65535" if ports == "*" else ports).partition("-")
    return range(int(low), int(high or low) + 1)


def check_fix(ask: Ask, scenario: Json) -> None:
    right = []
    for choice in ask.choices:
        after = evaluate(with_rule(scenario, choice.text))
        assert "problems" not in after
        if judged(with_rule(scenario, choice.text)) == "delivered":
            right.append(choice.id)
    assert right == [key_of(ask)]
    texts = [choice.text for choice in ask.choices]
    assert texts == sorted(texts)
    assert len(texts) >= 2


@each_preset
def test_keys_of_the_presets_are_right(scenario: Json) -> None:
    check(scenario)


@settings(max_examples=150, deadline=None)
@given(scenario=valid_scenarios())
def test_keys_of_any_scenario_are_right(scenario: Json) -> None:
    check(scenario)


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_keys_stay_right_when_a_rule_of_a_preset_is_changed(data: st.DataObject) -> None:
    scenario = copy.deepcopy(data.draw(st.sampled_from(list(BY_NAME.values()))))
    lists = [
        group[direction]
        for section in ("nacls", "security_groups")
        for group in scenario[section].values()
        for direction in ("inbound", "outbound")
        if group[direction]
    ]
    rules = data.draw(st.sampled_from(lists))
    at = data.draw(st.integers(0, len(rules) - 1))
    change = data.draw(st.sampled_from(["remove", "deny", "port"]))
    if change == "remove":
        del rules[at]
    elif change == "deny":
        rules[at] = rules[at].replace(" allow", " deny")
    else:
        rules[at] = re.sub(r"tcp \S+", f"tcp {data.draw(st.integers(1, 65535))}", rules[at])
    check(scenario)


def test_the_four_kinds_of_question_exist() -> None:
    assert {"disposition", "stop", "rule-3", "fix"} <= set(by_id(BY_NAME["deny-first"]))


def test_one_rule_is_asked_for_only_where_one_is_enough() -> None:
    having = {name for name, scenario in BY_NAME.items() if "fix" in by_id(scenario)}
    assert having == {"deny-first", "wrong-cidr", "wrong-peer", "closed-egress"}


def test_what_is_offered_does_not_depend_on_the_outcome() -> None:
    same_flow = ["open", "notes", "ephemeral", "deny-first", "wrong-cidr", "wrong-peer"]
    offered = {
        tuple((choice.id, choice.text) for choice in by_id(BY_NAME[name])[kind].choices)
        for name in same_flow
        for kind in ("disposition", "stop")
    }
    assert len(offered) == 2
    ids = [choice.id for choice in by_id(BY_NAME["notes"])["disposition"].choices]
    assert ids == ENDINGS


def test_the_page_asks_first_how_it_ends() -> None:
    for scenario in BY_NAME.values():
        assert asks(scenario)[0].id == "disposition"


def test_an_invalid_scenario_is_asked_nothing() -> None:
    assert list(asks({})) == []


def test_the_response_by_the_service_port_is_offered_and_refuted() -> None:
    scenario = copy.deepcopy(BY_NAME["ephemeral"])
    scenario["nacls"]["acl-private"]["outbound"] = []
    ask = by_id(scenario)["fix"]
    wrong = next(c for c in ask.choices if "아웃바운드: 100 tcp 3306 10.0.1.0/24" in c.text)
    assert wrong.id not in ask.key
    assert "서비스 포트 3306번이 아니라 요청의 출발지 포트 32768~60999번" in wrong.feedback
    assert "6단계(⑤) acl-private NACL의 아웃바운드에서 응답이 막힙니다" in wrong.feedback
    texts = " ".join(choice.text for choice in ask.choices)
    assert "acl-private NACL의 인바운드" in texts  # the wrong direction
    assert "10.0.2.0/24" in texts  # the wrong subnet
    assert "sg-db 보안 그룹의 아웃바운드" in texts  # a group's rule for the response


def test_a_right_rule_behind_the_deny_is_offered_and_refuted() -> None:
    ask = by_id(BY_NAME["deny-first"])["fix"]
    wrong = next(c for c in ask.choices if "인바운드: 60 tcp 3306 10.0.1.0/24" in c.text)
    assert "50번 거부 규칙이 먼저 맞습니다" in wrong.feedback


def test_the_explanation_names_the_rule_and_the_ports() -> None:
    explanation = by_id(BY_NAME["notes"])["stop"].explanation
    assert "100 tcp 3306 10.0.1.0/24 allow" in explanation
    assert "32768~60999번" in explanation
