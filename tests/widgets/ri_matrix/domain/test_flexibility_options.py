"""Everything that is no Reserved Instance: plans, reserved capacity, hosts, and no commitment."""

import pytest

from .strategies import found, run, ways


@pytest.mark.parametrize(
    ("line", "letters", "outcome"),
    [
        # A Compute plan follows everything, a plan of one family neither region nor family.
        ("compute_sp m5.large x1 us-east-1a → c5.xlarge x4 eu-west-1b Windows dedicated",
         "aaaaaa", "covered"),
        ("compute_sp m5.large x1 us-east-1 → m5.large x1 us-east-1a host", ".....a", "covered"),
        ("ec2_instance_sp m5.large x1 us-east-1a → m5.xlarge x4 us-east-1b Windows host",
         ".a.aaa", "covered"),
        ("ec2_instance_sp m5.large x1 us-east-1 → c5.large x1 us-east-1a",
         "..!...", "not_covered"),
        ("ec2_instance_sp m5.large x1 us-east-1 → m5.large x1 eu-west-1a",
         "!.....", "not_covered"),
        ("ec2_instance_sp m5.large x1 us-east-1 → m5d.large x1 us-east-1a",
         "..!...", "not_covered"),
        ("compute_sp m7i.metal-24xl x1 us-east-1 → mac2.metal x1 us-east-1a",
         "..aa..", "covered"),
        ("compute_sp u-6tb1.metal x1 us-east-1 → u-6tb1.metal x1 us-east-1 host",
         ".....!", "not_covered"),
        ("compute_sp u-6tb1.metal x1 us-east-1 host → u-6tb1.metal x1 us-east-1",
         "......", "not_covered"),
    ],
)  # fmt: skip
def test_a_savings_plan_says_only_whether_usage_is_eligible(
    line: str, letters: str, outcome: str
) -> None:
    result = run(line)
    assert ways(line) == letters
    assert result["outcome"] == outcome
    assert (result["units"], result["covered_fraction"], result["after"]) == (None, None, None)
    if outcome == "covered":
        assert "시간당 금액" in result["text"]


@pytest.mark.parametrize("option", ["on_demand", "spot"])
def test_where_nothing_is_committed_nothing_follows(option: str) -> None:
    result = run(f"{option} m5.large x1 us-east-1 → m5.large x1 us-east-1a")
    assert {a["way"] for a in result["attributes"]} == {"not_applicable"}
    assert (result["outcome"], result["covered_fraction"]) == ("not_covered", "0")
    assert (result["units"], result["after"]) == (None, None)


def test_spot_has_no_host_tenancy() -> None:
    line = "spot m5.large x1 us-east-1 → m5.large x1 us-east-1a host"
    assert "host 테넌시로 실행할 수 없습니다" in found(line, "tenancy")["text"]


@pytest.mark.parametrize(
    ("running", "letters", "words"),
    [
        ("m5.large x2 us-east-1a", "......", "2개가 모두 예약한 용량을"),
        ("m5.large x3 us-east-1a", "......", "3개 가운데 2개까지"),
        ("m5.xlarge x1 us-east-1a", "...!..", "크기가 달라"),
        ("m5.large x1 us-east-1b", ".!....", "가용 영역이 달라"),
        ("c5.large x1 eu-west-1a Windows", "!!!.!.", "리전, 가용 영역, 패밀리, 플랫폼이 달라"),
        ("m5.large x1 us-east-1a host", ".....!", "테넌시가 달라"),
    ],
)
def test_a_capacity_reservation_is_no_discount(running: str, letters: str, words: str) -> None:
    line = f"capacity_reservation m5.large x2 us-east-1a → {running}"
    result = run(line)
    assert ways(line) == letters
    assert (result["outcome"], result["covered_fraction"]) == ("not_covered", "0")
    assert result["units"] is None
    assert words in result["text"]
    assert "할인이 아니며" in result["text"]


@pytest.mark.parametrize(
    ("option", "running", "letters", "outcome"),
    [
        ("dedicated_host", "m5.large x4 us-east-1a", "......", "covered"),
        ("dedicated_host", "m5.xlarge x1 us-east-1a", "...m..", "needs_modify"),
        ("dedicated_host", "m5.xlarge x1 us-east-1b", ".!.m..", "not_covered"),
        ("dedicated_host", "c5.large x1 us-east-1a", "..!...", "not_covered"),
        ("dedicated_host", "m5.large x1 us-east-1a default", ".....!", "not_covered"),
        ("dedicated_host", "m5.large x1 us-east-1a Windows", "....-.", "covered"),
        ("dedicated_host_reservation", "m5.xlarge x1 us-east-1a", "...a..", "covered"),
        ("dedicated_host_reservation", "m5.large x1 eu-west-1a", "!!....", "not_covered"),
        ("dedicated_host_reservation", "c5.large x1 us-east-1a", "..!...", "not_covered"),
        ("dedicated_host_reservation", "m5.large x1 us-east-1a dedicated", ".....!", "not_covered"),
    ],
)
def test_a_host_pays_for_what_runs_on_it(
    option: str, running: str, letters: str, outcome: str
) -> None:
    line = f"{option} m5.large x1 us-east-1a → {running}"
    result = run(line)
    assert ways(line) == letters
    assert result["outcome"] == outcome
    assert (result["units"], result["covered_fraction"]) == (None, None)
    assert (result["after"] is None) == (outcome != "needs_modify")
    if outcome != "not_covered":
        room = result["text"] + (result["after"] or {"text": ""})["text"]
        assert "여기서 따지지 않습니다" in room


def test_a_modified_host_is_promised_nothing_exact() -> None:
    after = run("dedicated_host m5.large x1 us-east-1a → m5.xlarge x1 us-east-1a")["after"]
    assert after.pop("text")
    assert after == {
        "by": "modify", "outcome": "covered", "covered_fraction": None, "units": None,
        "exact": False,
    }  # fmt: skip


@pytest.mark.parametrize("option", ["dedicated_host", "capacity_reservation", "compute_sp"])
def test_a_zone_that_is_not_named_is_no_other_zone(option: str) -> None:
    line = f"{option} m5.large x1 us-east-1a → m5.large x1 us-east-1"
    assert found(line, "az") | {"text": "", "source": ""} == {
        "name": "az", "changed": False, "way": "automatic", "alternatives": [],
        "text": "", "source": "",
    }  # fmt: skip
