"""Whether the discount follows, table by table: each rule of the facts by name."""

from typing import Any

import pytest

from apps.kernel.pricing.size_flexibility import EXCLUDED_FAMILIES
from apps.kernel.pricing.sources import SOURCES
from apps.widgets.ri_matrix.domain.commitment import Scenario, read_scenario
from apps.widgets.ri_matrix.domain.flexibility import assess, cite, evaluate

from .strategies import found, grid, run, scenario, ways


def test_the_example_of_the_specification_is_answered_as_it_says() -> None:
    document = {
        "option": "standard_ri", "scope": "regional",
        "committed": {"region": "ap-northeast-2", "az": None, "type": "m5.large", "count": 1,
                      "platform": "Linux/UNIX", "tenancy": "default"},
        "running": {"region": "ap-northeast-2", "az": "ap-northeast-2c", "type": "m5.xlarge",
                    "count": 1, "platform": "Linux/UNIX", "tenancy": "default"},
    }  # fmt: skip
    result = evaluate(document)
    size = result["attributes"][3]
    assert result.pop("text")
    attributes = result.pop("attributes")
    assert result == {
        "outcome": "partially_covered",
        "covered_fraction": "0.5",
        "units": {"committed": "4", "running": "8", "covered": "4"},
        "after": None,
    }
    assert [a["name"] for a in attributes] == [
        "region", "az", "family", "size", "platform", "tenancy",
    ]  # fmt: skip
    assert list(size) == ["name", "changed", "way", "alternatives", "text", "source"]
    assert (size["changed"], size["way"], size["alternatives"]) == (True, "automatic", [])
    assert size["source"] == (
        "EC2 User Guide – How Reserved Instance discounts are applied · 2023-06-15"
    )


# The line, the ways of region, AZ, family, size, platform, tenancy, the outcome, the fraction.
RESERVED: list[tuple[str, str, str, str]] = [
    # Nothing differs; counts do.
    ("standard_ri regional m5.large x1 us-east-1 → m5.large x1 us-east-1a",
     "......", "covered", "1"),
    ("standard_ri regional m5.large x1 us-east-1 → m5.large x3 us-east-1a",
     "......", "partially_covered", "1/3"),
    ("standard_ri regional m5.large x3 us-east-1 → m5.large x1 us-east-1a",
     "......", "covered", "1"),
    ("standard_ri zonal m5.large x2 us-east-1a → m5.large x5 us-east-1a",
     "......", "partially_covered", "0.4"),
    # The region is fixed for the whole term, whatever the class and the scope.
    ("standard_ri regional m5.large x1 us-east-1 → m5.large x1 ap-northeast-2a",
     "!.....", "not_covered", "0"),
    ("convertible_ri regional m5.large x1 us-east-1 → m5.large x1 ap-northeast-2a",
     "!.....", "not_covered", "0"),
    ("standard_ri zonal m5.large x1 us-east-1a → m5.large x1 ap-northeast-2a",
     "!!....", "not_covered", "0"),
    # A zonal RI keeps to its zone until it is modified, on every platform.
    ("standard_ri zonal m5.large x1 us-east-1a → m5.large x1 us-east-1b",
     ".m....", "needs_modify", "0"),
    ("standard_ri zonal m5.large x1 us-east-1a Windows dedicated → m5.large x1 us-east-1b",
     ".m....", "needs_modify", "0"),
    # The family is never modified.
    ("standard_ri regional m5.large x1 us-east-1 → c5.large x1 us-east-1a",
     "..!...", "not_covered", "0"),
    ("standard_ri regional m5.large x1 us-east-1 → c5.xlarge x1 us-east-1a",
     "..!a..", "not_covered", "0"),
    ("convertible_ri regional m5.large x1 us-east-1 → c5.xlarge x1 us-east-1a",
     "..xa..", "needs_exchange", "0"),
    # Generation and attributes are part of the family.
    ("standard_ri regional m5.large x1 us-east-1 → m5d.large x1 us-east-1a",
     "..!...", "not_covered", "0"),
    ("standard_ri regional m5.large x1 us-east-1 → m6i.large x1 us-east-1a",
     "..!...", "not_covered", "0"),
    # Size flexibility: regional, Linux/UNIX, default tenancy; the class plays no part.
    ("standard_ri regional m5.xlarge x1 us-east-1 → m5.large x2 us-east-1a",
     "...a..", "covered", "1"),
    ("convertible_ri regional m5.large x1 us-east-1 → m5.2xlarge x1 us-east-1a",
     "...a..", "partially_covered", "0.25"),
    ("standard_ri regional t2.nano x1 us-east-1 → t2.small x3 us-east-1a",
     "...a..", "partially_covered", "1/12"),
    # Bare metal has the factor of the largest size, and takes part.
    ("standard_ri regional m5.24xlarge x1 us-east-1 → m5.metal x1 us-east-1a",
     "...a..", "covered", "1"),
    ("standard_ri regional i3.metal x1 us-east-1 → i3.4xlarge x8 us-east-1a",
     "...a..", "partially_covered", "0.5"),
    # Without it the size is modified, where it can be; else exchanged, if convertible.
    ("standard_ri zonal m5.large x2 us-east-1a → m5.xlarge x1 us-east-1a",
     "...m..", "needs_modify", "0"),
    ("convertible_ri zonal m5.large x2 us-east-1a → m5.xlarge x1 us-east-1a",
     "...m..", "needs_modify", "0"),
    ("standard_ri regional m5.large x2 us-east-1 Windows → m5.xlarge x1 us-east-1a",
     "...!..", "not_covered", "0"),
    ("convertible_ri regional m5.large x2 us-east-1 Windows → m5.xlarge x1 us-east-1a",
     "...x..", "needs_exchange", "0"),
    ("standard_ri regional m5.large x2 us-east-1 RHEL → m5.xlarge x1 us-east-1a",
     "...!..", "not_covered", "0"),
    ("standard_ri regional m5.large x2 us-east-1 dedicated → m5.xlarge x1 us-east-1a",
     "...!..", "not_covered", "0"),
    ("standard_ri zonal m5.large x2 us-east-1a dedicated → m5.xlarge x1 us-east-1a",
     "...!..", "not_covered", "0"),
    ("standard_ri regional g5.xlarge x2 us-east-1 → g5.2xlarge x1 us-east-1a",
     "...!..", "not_covered", "0"),
    ("convertible_ri zonal g5.xlarge x2 us-east-1a → g5.2xlarge x1 us-east-1a",
     "...x..", "needs_exchange", "0"),
    # What is not flexible still covers its own size.
    ("standard_ri regional g5.xlarge x2 us-east-1 → g5.xlarge x4 us-east-1a",
     "......", "partially_covered", "0.5"),
    ("standard_ri regional m5.large x1 us-east-1 Windows → m5.large x1 us-east-1c",
     "......", "covered", "1"),
    # A type that is the only size of its family has nothing to be modified to.
    ("standard_ri zonal t1.micro x2 us-east-1a → t1.small x1 us-east-1a",
     "...!..", "not_covered", "0"),
    ("convertible_ri zonal t1.micro x2 us-east-1a → t1.small x1 us-east-1a",
     "...x..", "needs_exchange", "0"),
    # Platform and tenancy: by exchange or never; host tenancy never.
    ("standard_ri regional m5.large x1 us-east-1 → m5.large x1 us-east-1a Windows",
     "....!.", "not_covered", "0"),
    ("convertible_ri regional m5.large x1 us-east-1 → m5.large x1 us-east-1a Windows",
     "....x.", "needs_exchange", "0"),
    ("standard_ri regional m5.large x1 us-east-1 → m5.large x1 us-east-1a dedicated",
     ".....!", "not_covered", "0"),
    ("standard_ri regional m5.large x1 us-east-1 dedicated → m5.large x1 us-east-1a default",
     ".....!", "not_covered", "0"),
    ("convertible_ri regional m5.large x1 us-east-1 → m5.large x1 us-east-1a dedicated",
     ".....x", "needs_exchange", "0"),
    ("convertible_ri regional m5.large x1 us-east-1 dedicated → m5.large x1 us-east-1a default",
     ".....x", "needs_exchange", "0"),
    ("convertible_ri regional m5.large x1 us-east-1 → m5.large x1 us-east-1a host",
     ".....!", "not_covered", "0"),
    # One exchange carries everything within the region; one impossible attribute spoils it all.
    ("convertible_ri zonal m5.large x1 us-east-1a → c5.xlarge x1 us-east-1b Windows dedicated",
     ".mxmxx", "needs_exchange", "0"),
    ("convertible_ri zonal m5.large x1 us-east-1a → c5.xlarge x1 eu-west-1b Windows dedicated",
     "!!xmxx", "not_covered", "0"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "letters", "outcome", "fraction"), RESERVED, ids=lambda v: str(v))
def test_a_reserved_instance_follows(line: str, letters: str, outcome: str, fraction: str) -> None:
    result = run(line)
    assert ways(line) == letters
    assert (result["outcome"], result["covered_fraction"]) == (outcome, fraction)


@pytest.mark.parametrize("family", sorted(EXCLUDED_FAMILIES))
def test_an_excluded_family_is_not_size_flexible(family: str) -> None:
    line = f"standard_ri regional {family}.large x2 us-east-1 → {family}.xlarge x1 us-east-1a"
    assert ways(line) == "...!.."
    assert f"{family} 패밀리는" in found(line, "size")["text"]


def test_the_units_are_of_the_whole_count() -> None:
    result = run("standard_ri regional t2.micro x3 us-east-1 → t2.nano x10 us-east-1a")
    assert result["units"] == {"committed": "1.5", "running": "2.5", "covered": "1.5"}
    assert result["covered_fraction"] == "0.6"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        # Units where sizes differ, plain instances where they do not.
        ("standard_ri regional m5.large x1 us-east-1 → m5.xlarge x1 us-east-1a",
         "약정한 4단위로 실행하는 8단위 가운데 4단위를 할인합니다. "
         "나머지 4단위에는 온디맨드 요금이 적용됩니다."),
        ("standard_ri regional m5.large x2 us-east-1 Windows → m5.large x3 us-east-1a",
         "약정한 2개로 실행하는 3개 가운데 2개를 할인합니다. "
         "나머지 1개에는 온디맨드 요금이 적용됩니다."),
        ("standard_ri regional t2.small x3 us-east-1 → t2.nano x2 us-east-1a",
         "약정한 3단위로 실행하는 0.5단위를 모두 할인합니다. "
         "약정한 것 가운데 2.5단위는 쓰이지 않고 남습니다."),
        ("standard_ri zonal m5.large x3 us-east-1a → m5.large x1 us-east-1a",
         "약정한 3개로 실행하는 1개를 모두 할인합니다. "
         "약정한 것 가운데 2개는 쓰이지 않고 남습니다."),
        ("standard_ri regional m5.large x1 us-east-1 → m5.large x1 us-east-1a",
         "약정한 1개로 실행하는 1개를 모두 할인합니다."),
    ],
)  # fmt: skip
def test_what_is_covered_and_what_is_left_over_is_told(line: str, text: str) -> None:
    assert run(line)["text"] == text


@pytest.mark.parametrize(
    ("line", "opening"),
    [
        ("standard_ri regional m5.large x1 us-east-1 → c5.large x1 eu-west-1a",
         "리전, 패밀리가 달라 할인이 적용되지 않으며, 수정으로도"),
        ("convertible_ri regional m5.large x1 us-east-1 → c5.large x1 eu-west-1a",
         "리전이 달라 할인이 적용되지 않으며, 수정이나 교환으로도"),
        ("standard_ri regional m5.large x1 us-east-1 → m5.large x1 us-east-1a Windows",
         "플랫폼이 달라"),
        ("convertible_ri zonal m5.large x1 us-east-1a → c5.large x1 us-east-1b",
         "지금은 가용 영역, 패밀리가 달라 할인이 적용되지 않습니다. 교환을 마치면"),
        ("standard_ri zonal m5.large x1 us-east-1a → m5.large x1 us-east-1b",
         "지금은 가용 영역이 달라 할인이 적용되지 않습니다. 수정을 마치면"),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_is_told(line: str, opening: str) -> None:
    assert run(line)["text"].startswith(opening)


def test_every_obstacle_to_another_size_is_named() -> None:
    line = "standard_ri regional g5.large x2 us-east-1 Windows dedicated → g5.xlarge x1 us-east-1a"
    text = found(line, "size")["text"]
    assert "Windows 플랫폼" in text
    assert "dedicated 테넌시" in text
    assert "g5 패밀리" in text


# The line, by what, the outcome then, the fraction then, the covered units then, exact, words.
AFTER: list[tuple[str, Any]] = [
    ("standard_ri zonal m5.large x1 us-east-1a → m5.large x3 us-east-1b",
     ("modify", "partially_covered", "1/3", "4", True, "us-east-1b 가용 영역으로 옮기도록")),
    ("standard_ri zonal m5.large x1 us-east-1a Windows → m5.large x1 us-east-1b",
     ("modify", "covered", "1", "4", True, "us-east-1b 가용 영역으로 옮기도록")),
    ("standard_ri zonal m5.xlarge x1 us-east-1a → m5.large x2 us-east-1a",
     ("modify", "covered", "1", "8", True, "us-east-1a 가용 영역의 m5.large 유형 2개로 수정하면")),
    # One m5.large is no m5.xlarge: only the regional scope lets it cover half of one.
    ("standard_ri zonal m5.large x1 us-east-1a → m5.xlarge x1 us-east-1b",
     ("modify", "partially_covered", "0.5", "4", True, "범위를 리전으로 수정하면")),
    # Three m5.large make one m5.xlarge and a half; in the regional scope the half counts too.
    ("standard_ri zonal m5.large x3 us-east-1a → m5.xlarge x2 us-east-1a",
     ("modify", "partially_covered", "0.75", "12", True, "범위를 리전으로 수정하면")),
    ("convertible_ri regional m5.large x1 us-east-1 → c5.large x1 us-east-1a",
     ("exchange", "covered", "1", None, True, "적어도 1개를 받으므로")),
    ("convertible_ri regional m5.large x9 us-east-1 → c5.large x3 us-east-1a",
     ("exchange", "partially_covered", "1/3", None, False, "3개 가운데 적어도 1개")),
]  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), AFTER, ids=lambda v: str(v))
def test_what_would_be_covered_after_a_change(line: str, expected: tuple[Any, ...]) -> None:
    by, outcome, fraction, covered, exact, words = expected
    after = run(line)["after"]
    assert list(after) == ["by", "outcome", "covered_fraction", "units", "exact", "text"]
    assert (after["by"], after["outcome"], after["covered_fraction"]) == (by, outcome, fraction)
    assert (after["units"] or {}).get("covered") == covered
    assert after["exact"] is exact
    assert words in after["text"]


@pytest.mark.parametrize(
    ("line", "name", "alternatives"),
    [
        ("standard_ri zonal m5.large x1 us-east-1a → m5.large x1 us-east-1b", "az", ["modify"]),
        ("standard_ri zonal m5.large x1 us-east-1a → m5.xlarge x1 us-east-1a", "size", ["modify"]),
        ("convertible_ri zonal m5.large x1 us-east-1a → m5.xlarge x1 us-east-1a", "size",
         ["modify", "exchange"]),
        ("convertible_ri regional m5.large x1 us-east-1 → m5.xlarge x1 us-east-1a", "size", []),
        ("standard_ri zonal m5.large x1 us-east-1a → m5.large x1 eu-west-1a", "az", []),
    ],
)  # fmt: skip
def test_other_ways_to_the_same_end_are_named(
    line: str, name: str, alternatives: list[str]
) -> None:
    given = found(line, name)["alternatives"]
    assert [alternative["way"] for alternative in given] == alternatives
    assert all(alternative["text"].endswith(".") for alternative in given)


def test_names_of_platforms_are_compared_as_given() -> None:
    document = scenario("standard_ri regional m5.large x1 us-east-1 → m5.large x1 us-east-1a")
    document["committed"]["platform"] = document["running"]["platform"] = "linux/unix"
    assert evaluate(document)["outcome"] == "covered"
    document["running"]["type"] = "m5.xlarge"
    assert evaluate(document)["outcome"] == "not_covered"
    document["running"] |= {"type": "m5.large", "platform": "Linux/UNIX"}
    assert evaluate(document)["outcome"] == "not_covered"


def test_every_finding_of_the_grid_has_a_source_and_whole_sentences() -> None:
    for document in grid():
        reading = read_scenario(document)
        assert isinstance(reading, Scenario)
        assessment = assess(reading)
        texts = [assessment.text, *(finding.text for finding in assessment.attributes)]
        texts += [] if assessment.after is None else [assessment.after.text]
        assert all(text.endswith("니다.") for text in texts), texts
        assert all("None" not in text for text in texts)
        assert all(finding.source in SOURCES for finding in assessment.attributes)


def test_a_source_without_a_date_says_so() -> None:
    assert cite("sp_ris").endswith(" · 날짜를 모르는 사본")
    assert cite("ri_apply").endswith(" · 2023-06-15")
