"""Questions about scenarios of all three panels: keys from the simulators, answers that teach."""

import re
from itertools import combinations
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.kernel.pricing.instances import parse_instance_type
from apps.widgetkit.asks import Ask
from apps.widgetkit.manifest import Json
from apps.widgets.ri_matrix.domain.changes import evaluate_change
from apps.widgets.ri_matrix.domain.flexibility import evaluate
from apps.widgets.ri_matrix.domain.needs import NEEDS, evaluate_needs
from apps.widgets.ri_matrix.domain.presets import PRESETS
from apps.widgets.ri_matrix.questions import asks

from .domain.changes.strategies import exchanges, modifications
from .domain.strategies import scenario as commitment
from .domain.strategies import scenarios as commitments

BY_NAME = {preset.name: preset.scenario for preset in PRESETS}
OUTCOMES = ["covered", "partially_covered", "needs_modify", "needs_exchange", "not_covered"]
REMEDIES = dict(zip(OUTCOMES, ["wait", "wait", "modify", "exchange", "buy"], strict=True))
ATTRIBUTES = ["region", "az", "family", "size", "platform", "tenancy"]
RESERVED = ("standard_ri", "convertible_ri")
PLANS = ("compute_sp", "ec2_instance_sp")
needs = st.sets(st.sampled_from([need.id.value for need in NEEDS])).map(
    lambda ids: {"needs": [need.id.value for need in NEEDS if need.id.value in ids]}
)


def by_id(scenario: Json) -> dict[str, Ask]:
    return {ask.id: ask for ask in asks(scenario)}


def ids(ask: Ask) -> list[str]:
    return [choice.id for choice in ask.choices]


def texts(ask: Ask) -> list[str]:
    return [choice.text for choice in ask.choices]


# What holds of every question -------------------------------------------------------------------

# A closed syllable, then an open one's particle, and the other way round.
WRONG_PARTICLE = re.compile(
    r"(?:리전|영역|플랫폼|유형|방식|예약|교환|수정|약정)(?:는|가|를|와|로)(?![가-힣])"
    r"|(?:패밀리|크기|테넌시|개|단위|달러|RI|Plans|호스트|AZ|범위)(?:은|이|을|과|으로)(?![가-힣])"
)


def check_words(scenario: Json) -> None:
    asked = asks(scenario)
    assert len({ask.id for ask in asked}) == len(asked) >= 1
    for ask in asked:
        assert len(set(texts(ask))) == len(ask.choices) >= 3
        assert ask.stem.endswith(("?", "고르십시오."))
        assert ask.explanation.endswith(("다.", "십시오."))
        for choice in ask.choices:
            assert choice.feedback.endswith(("다.", "십시오.")), (ask.id, choice)
            # A reader of the choices alone must not find the explanation in one of them.
            assert ask.explanation not in choice.text
        words = " ".join([ask.stem, ask.explanation, *texts(ask)])
        words += " ".join(choice.feedback for choice in ask.choices)
        assert not WRONG_PARTICLE.search(words), WRONG_PARTICLE.search(words)
        assert "None" not in words
        assert "  " not in words


@pytest.mark.parametrize("name", list(BY_NAME))
def test_questions_of_the_presets_read_well(name: str) -> None:
    check_words(BY_NAME[name])


@settings(max_examples=150, deadline=None)
@given(scenario=st.one_of(commitments(), needs, modifications(), exchanges()))
def test_questions_of_any_scenario_read_well(scenario: Json) -> None:
    check_words(scenario)


@pytest.mark.parametrize("document", [{}, {"needs": ["x"]}, {"operation": "x"}, {"option": 1}])
def test_an_invalid_scenario_is_asked_nothing(document: Json) -> None:
    assert list(asks(document)) == []


# Does the discount follow? ----------------------------------------------------------------------


def check_follow(scenario: Json) -> None:
    """Every key again, from the JSON that the simulator writes."""
    result, asked = evaluate(scenario), by_id(scenario)
    option, outcome = scenario["option"], result["outcome"]
    assert next(iter(asked)) == "outcome"
    assert asked["outcome"].key == {outcome}
    assert ("broken" in asked) is (option in (*RESERVED, *PLANS))
    assert ("fraction" in asked) is (option in RESERVED)
    if "broken" in asked:
        breaking = {each["name"] for each in result["attributes"] if each["way"] != "automatic"}
        assert asked["broken"].key == (breaking or {"none"})
        assert ids(asked["broken"]) == [*ATTRIBUTES, "none"]
    if "fraction" in asked:
        check_fraction(asked["fraction"], scenario, result)
    changed = any(each["changed"] for each in result["attributes"])
    assert ("remedy" in asked) is (changed and "broken" in asked)
    if "remedy" in asked:
        assert asked["remedy"].key == {REMEDIES[outcome]}


def check_fraction(ask: Ask, scenario: Json, result: Json) -> None:
    assert ask.key == {result["covered_fraction"]}
    assert {"0", "1"} <= set(ids(ask))
    assert 4 <= len(ask.choices) <= 6
    # By place, from nothing to all: the place tells nothing.
    values = [_value(each) for each in ids(ask)]
    assert values == sorted(values)
    # The fraction by instances is always among them: the usual mistake.
    counts = scenario["committed"]["count"], scenario["running"]["count"]
    assert min(1, counts[0] / counts[1]) in [pytest.approx(value) for value in values]


def _value(fraction: str) -> float:
    numerator, _, denominator = fraction.partition("/")
    return float(numerator) / float(denominator or 1)


@settings(max_examples=250, deadline=None)
@given(scenario=commitments())
def test_keys_about_any_commitment_are_right(scenario: Json) -> None:
    check_follow(scenario)


@pytest.mark.parametrize("name", [name for name, each in BY_NAME.items() if "option" in each])
def test_keys_about_the_presets_are_right(name: str) -> None:
    check_follow(BY_NAME[name])


def test_which_endings_are_offered_depends_on_the_option_alone() -> None:
    lines = [
        "standard_ri regional m5.large x1 us-east-1 → m5.large x1 us-east-1a",
        "standard_ri regional m5.large x1 us-east-1 → m5.xlarge x1 us-east-1a",
        "standard_ri zonal m5.large x1 us-east-1a → m5.large x1 us-east-1b",
        "convertible_ri regional m5.large x1 us-east-1 → c5.large x1 us-east-1a",
        "standard_ri regional m5.large x1 us-east-1 → c5.large x1 us-east-1a",
    ]
    offered = [by_id(commitment(line))["outcome"] for line in lines]
    assert [next(iter(ask.key)) for ask in offered] == OUTCOMES
    assert len({tuple(zip(ids(ask), texts(ask), strict=True)) for ask in offered}) == 1
    remedies = [by_id(commitment(line)).get("remedy") for line in lines[1:]]
    assert len({tuple(texts(ask)) for ask in remedies if ask is not None}) == 1


def test_dollars_and_hosts_are_not_covered_in_part() -> None:
    plan = commitment("compute_sp m5.large x1 us-east-1 → m5.large x2 us-east-1")
    host = commitment("dedicated_host m5.large x1 us-east-1a → m5.large x2 us-east-1a")
    for scenario in (plan, host):
        assert "partially_covered" not in ids(by_id(scenario)["outcome"])


def test_the_stem_tells_what_differs_and_says_once_what_does_not() -> None:
    line = "standard_ri zonal m5.large x2 us-east-1a → c5.large x3 us-east-1b"
    same = by_id(commitment(line))["outcome"].stem
    for value in ("us-east-1a", "us-east-1b", "m5.large", "c5.large", "2개", "3개"):
        assert value in same
    assert same.count("Linux/UNIX") == 1
    other = by_id(commitment(f"{line} Windows"))["outcome"].stem
    assert (other.count("Linux/UNIX"), other.count("Windows")) == (1, 1)


# The misconceptions that wrong answers come from ------------------------------------------------


def feedback(line: str, ask_id: str, choice: str) -> str:
    ask = by_id(commitment(line))[ask_id]
    assert choice not in ask.key
    return ask.choice(choice).feedback


def test_the_region_does_not_follow() -> None:
    line = "convertible_ri regional m5.large x1 us-east-1 → m5.large x1 ap-northeast-2"
    assert "같은 리전 안에서만" in feedback(line, "outcome", "needs_exchange")
    assert "같은 리전 안에서만" in feedback(line, "outcome", "covered")


def test_the_family_does_not_follow_an_ec2_instance_plan() -> None:
    line = "ec2_instance_sp m5.large x1 us-east-1 → c5.large x1 us-east-1"
    assert "m5 패밀리의 약정은 c5 패밀리의 사용량을" in feedback(line, "outcome", "covered")
    assert "수정하는 절차가 없습니다" in feedback(line, "remedy", "modify")


def test_windows_is_not_size_flexible() -> None:
    line = "standard_ri regional m5.large x2 us-east-1 Windows → m5.xlarge x1 us-east-1"
    assert "Windows 플랫폼의 약정에는 크기 유연성이 없" in feedback(line, "fraction", "1")


def test_a_convertible_reservation_does_not_change_by_itself() -> None:
    line = "convertible_ri regional m5.large x1 us-east-1 → c5.large x1 us-east-1"
    assert "저절로 바뀌지는 않습니다" in feedback(line, "outcome", "covered")


def test_a_standard_reservation_is_not_exchanged() -> None:
    line = "standard_ri regional m5.large x1 us-east-1 → c5.large x1 us-east-1"
    assert "표준 RI는 교환할 수 없습니다" in feedback(line, "remedy", "exchange")


def test_instances_of_other_sizes_are_not_counted_but_weighed() -> None:
    line = "standard_ri regional m5.large x1 us-east-1 → m5.xlarge x1 us-east-1"
    assert "개수가 아니라 단위로" in feedback(line, "fraction", "1")


# Needs ------------------------------------------------------------------------------------------


def check_needs(scenario: Json) -> None:
    options = evaluate_needs(scenario)["options"]
    fits = {"-".join(filter(None, (o["option"], o["scope"]))): o["fits"] for o in options}
    asked = by_id(scenario)
    assert next(iter(asked)) == "fits"
    if not scenario["needs"]:
        assert asked["fits"].key == {"all"}
        assert all(fits.values())
        return
    offered = [each for each in ids(asked["fits"]) if each != "none"]
    assert asked["fits"].key == ({each for each in offered if fits[each]} or {"none"})
    assert sum(fits[each] for each in offered) <= 1
    if asked["fits"].key == {"none"}:
        assert not any(fits.values())
    assert offered == [each for each in fits if each in offered]  # the order of the matrix
    if "ruled-out" in asked:
        check_ruled_out(asked["ruled-out"], scenario, options)


def check_ruled_out(ask: Ask, scenario: Json, options: list[Json]) -> None:
    named = [option for option in options if f" {option['name']} 방식이" in ask.stem]
    assert len(named) == 1
    failed = {reason["need"] for reason in named[0]["reasons"] if not reason["fits"]}
    assert ask.key == failed
    assert ids(ask) == [*scenario["needs"], "none"]


@settings(max_examples=150, deadline=None)
@given(scenario=needs)
def test_keys_about_any_needs_are_right(scenario: Json) -> None:
    check_needs(scenario)


def test_keys_about_all_pairs_of_needs_are_right() -> None:
    for pair in combinations([need.id.value for need in NEEDS], 2):
        check_needs({"needs": list(pair)})


def test_what_the_documents_leave_open_is_not_asked_about() -> None:
    # Whether a Dedicated Host Reservation can be sold is not documented.
    for second in ("discount", "size", "platform", "no_interruption"):
        scenario = {"needs": [n.id.value for n in NEEDS if n.id.value in ("resale", second)]}
        for ask in asks(scenario):
            assert "dedicated_host_reservation" not in ids(ask)
            assert "전용 호스트 예약 방식이" not in ask.stem


def test_the_wrong_options_are_near_misses() -> None:
    ask = by_id({"needs": ["region", "family", "discount"]})["fits"]
    options = evaluate_needs({"needs": ["region", "family", "discount"]})["options"]
    failed = {
        "-".join(filter(None, (o["option"], o["scope"]))): sum(not r["fits"] for r in o["reasons"])
        for o in options
    }
    wrong = [failed[each] for each in ids(ask) if each not in ("none", *ask.key)]
    assert wrong == [1, 1, 1]


# Changes ----------------------------------------------------------------------------------------


def check_modification(scenario: Json) -> None:
    result, asked = evaluate_change(scenario), by_id(scenario)
    assert list(asked) == ["allowed", "reason", "units"]
    assert asked["allowed"].key == {"free" if result["allowed"] else "refused"}
    assert asked["reason"].key == (set(result["reasons"]) or {"none"})
    for code, text in zip(result["reasons"], result["texts"], strict=True):
        assert asked["reason"].choice(code).feedback == text
    assert asked["units"].key == {result["units_from"]}
    assert len(asked["units"].choices) >= 4


@settings(max_examples=150, deadline=None)
@given(scenario=modifications())
def test_keys_about_any_modification_are_right(scenario: Json) -> None:
    check_modification(scenario)


def check_exchange(scenario: Json) -> None:
    result, asked = evaluate_change(scenario), by_id(scenario)
    assert list(asked)[:3] == ["allowed", "count", "reason"]
    assert asked["reason"].key == (set(result["reasons"]) or {"none"})
    assert asked["count"].key == {str(result["count_received"] or "none")}
    assert ids(asked["count"])[-1] == "none"
    counts = [int(each) for each in ids(asked["count"])[:-1]]
    assert counts == sorted(counts)
    if not result["allowed"]:
        assert asked["allowed"].key == {"refused"}
        assert "true-up" not in asked
        return
    assert asked["allowed"].key == {"even" if result["true_up"] == "0" else "pays"}
    assert ("true-up" in asked) is (scenario["to"]["prorated_upfront"] is not None)
    if "true-up" in asked:
        assert asked["true-up"].key == {result["true_up"]}


@settings(max_examples=150, deadline=None)
@given(scenario=exchanges())
def test_keys_about_any_exchange_are_right(scenario: Json) -> None:
    check_exchange(scenario)


@pytest.mark.parametrize("name", ["split", "footprint", "generation"])
def test_keys_about_the_modifications_to_begin_with_are_right(name: str) -> None:
    check_modification(BY_NAME[name])


def test_rounding_down_and_counting_alike_are_offered_and_refuted() -> None:
    ask = by_id(BY_NAME["exchange"])["count"]
    check_exchange(BY_NAME["exchange"])
    assert ids(ask) == ["1", "3", "4", "none"]
    assert ask.key == {str(ceil(500 / 150))}
    assert "목록 가치 30달러는 내놓는 35달러보다 작습니다" in ask.choice("3").feedback


def test_no_money_comes_back() -> None:
    for ask_id in ("allowed", "true-up"):
        ask = by_id(BY_NAME["exchange"])[ask_id]
        assert "돌려받지는 않습니다" in ask.choice("refund").feedback


def test_a_modification_takes_no_fee() -> None:
    assert (
        "수정에는 요금이 없습니다" in by_id(BY_NAME["footprint"])["allowed"].choice("fee").feedback
    )


def test_units_without_the_size_or_without_the_count_are_offered_and_refuted() -> None:
    scenario = {**BY_NAME["split"]}
    scenario["from"] = [{**scenario["from"][0], "count": 3}]
    ask = by_id(scenario)["units"]
    kind = parse_instance_type("t2.large")
    assert kind is not None
    assert ask.key == {str((kind.factor or 0) * 3)}
    assert ask.choice("3").feedback.startswith("개수만 셌습니다.")
    assert ask.choice("4").feedback.startswith("개수를 곱하지 않았습니다.")


def test_a_rule_that_the_request_brings_up_is_offered_whether_broken_or_not() -> None:
    plain = ids(by_id(BY_NAME["split"])["reason"])
    assert "state" not in plain
    for state in ("active", "retired"):
        scenario = {**BY_NAME["split"]}
        scenario["from"] = [{**scenario["from"][0], "state": state}]
        ask = by_id(scenario)["reason"]
        assert "state" in ids(ask)
        assert ("state" in ask.key) is (state != "active")
