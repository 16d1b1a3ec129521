"""Modifications, rule by rule: what AWS accepts, and every reason where it does not."""

import pytest

from apps.kernel.pricing.size_flexibility import EXCLUDED_FAMILIES, SINGLE_SIZE_TYPES
from apps.kernel.pricing.sources import SOURCES
from apps.widgets.ri_matrix.domain.changes import evaluate_change, judge
from apps.widgets.ri_matrix.domain.changes.model import Modification, ReasonCode

from .requests import Json, modify, read, reasons, why

EAST, WEST = "us-east-1", "us-west-2"


def one(source: str, target: str, **fields: object) -> Json:
    """`t2.large 1` → `t2.small 4`, all regional in one region."""
    return modify([f"{source} regional {EAST}"], [f"{target} regional {EAST}"], **fields)


def test_the_example_of_the_specification() -> None:
    result = evaluate_change(
        {"operation": "modify", "offering_class": "standard", "platform": "Linux/UNIX",
         "tenancy": "default",
         "from": [{"type": "t2.large", "count": 1, "scope": "regional", "region": "us-east-1",
                   "az": None}],
         "to": [{"type": "t2.small", "count": 4, "scope": "regional", "region": "us-east-1",
                 "az": None}]}
    )  # fmt: skip
    text = result.pop("text")
    assert text.startswith("수정할 수 있습니다. 정규화 단위의 합계가 4단위로 같습니다.")
    assert result == {
        "allowed": True, "reasons": [], "texts": [], "sources": [],
        "units_from": "4", "units_to": "4",
    }  # fmt: skip


# Before, after (all regional, Linux/UNIX, default tenancy, standard), and the reasons.
SIZES: list[tuple[str, str, list[str]]] = [
    ("t2.large 1", "t2.small 4", []),
    ("t2.small 4", "t2.large 1", []),
    ("t2.micro 2", "t2.small 1", []),
    ("t2.nano 4", "t2.small 1", []),
    ("m5.large 2", "m5.xlarge 1", []),  # the notes' example, for two
    ("m5.large 1", "m5.xlarge 1", ["footprint"]),  # and as they have it
    ("m5.24xlarge 1", "m5.metal 1", []),
    ("c5n.metal 1", "c5n.18xlarge 1", []),
    ("m5.metal 1", "m5.large 1", ["footprint"]),
    ("m5.large 2", "m5.large 1", ["footprint"]),
    ("m5.large 1", "m5.large 1", []),
    ("m5.large 1", "c5.large 1", ["family"]),
    ("m5.large 1", "c5.xlarge 1", ["footprint", "family"]),
    ("m5.large 1", "m5d.large 1", ["family"]),  # attributes are part of the family
    ("m5.large 1", "m6i.large 1", ["family"]),
    ("t2.large 1", "t3.large 1", ["generation"]),
    ("t2.large 1", "t3.xlarge 1", ["footprint", "generation"]),
    ("m5d.large 1", "m6d.large 1", ["generation"]),
    ("g5.xlarge 2", "g5.2xlarge 1", ["family_not_modifiable"]),
    ("g5.xlarge 2", "g6.xlarge 2", ["generation"]),
    ("t1.micro 2", "t1.small 1", ["single_size"]),
    ("cc2.8xlarge 1", "cc2.4xlarge 2", ["single_size"]),
    ("cc2.8xlarge 2", "cc2.8xlarge 2", []),
]


@pytest.mark.parametrize(("source", "target", "expected"), SIZES)
def test_sizes_and_families(source: str, target: str, expected: list[str]) -> None:
    assert reasons(one(source, target)) == expected
    assert reasons(one(target, source)) == expected


def test_reservations_are_split_and_merged() -> None:
    split = modify(
        [f"m5.xlarge 2 regional {EAST}"],
        [f"m5.large 2 regional {EAST}", f"m5.xlarge 1 zonal {EAST} {EAST}a"],
    )
    assert reasons(split) == []
    assert reasons({**split, "from": split["to"], "to": split["from"]}) == []


def test_the_footprint_says_what_there_is_and_what_is_asked() -> None:
    result = evaluate_change(one("m5.large 1", "m5.xlarge 1"))
    assert (result["units_from"], result["units_to"]) == ("4", "8")
    assert "지금은 4단위인데 바꾼 뒤에는 8단위입니다" in result["texts"][0]
    halves = evaluate_change(one("t2.micro 1", "t2.nano 3"))
    assert (halves["units_from"], halves["units_to"]) == ("0.5", "0.75")


# --- What needs Linux/UNIX and default tenancy, and what does not. [ri_modify] 2023-06-15

PLACES: list[tuple[list[str], list[str]]] = [
    ([f"m5.large 2 zonal {EAST} {EAST}a"], [f"m5.large 2 zonal {EAST} {EAST}b"]),
    ([f"m5.large 2 zonal {EAST} {EAST}a"], [f"m5.large 2 regional {EAST}"]),
    ([f"m5.large 2 regional {EAST}"], [f"m5.large 2 zonal {EAST} {EAST}a"]),
    ([f"m5.large 2 regional {EAST}"], [f"m5.large 1 regional {EAST}"] * 2),
    (
        [f"m5.large 10 zonal {EAST} {EAST}a"],
        [f"m5.large 5 zonal {EAST} {EAST}a", f"m5.large 5 zonal {EAST} {EAST}b"],
    ),
]


@pytest.mark.parametrize("offering_class", ["standard", "convertible"])
@pytest.mark.parametrize("tenancy", ["default", "dedicated"])
@pytest.mark.parametrize("platform", ["Linux/UNIX", "Windows", "Red Hat Enterprise Linux", "OS/2"])
@pytest.mark.parametrize(("sources", "targets"), PLACES)
def test_zone_scope_and_splits_are_free_for_all(
    sources: list[str], targets: list[str], platform: str, tenancy: str, offering_class: str
) -> None:
    fields = {"platform": platform, "tenancy": tenancy, "offering_class": offering_class}
    assert reasons(modify(sources, targets, **fields)) == []
    g5 = [[line.replace("m5.large", "g5.xlarge") for line in side] for side in (sources, targets)]
    assert reasons(modify(g5[0], g5[1], **fields)) == []


@pytest.mark.parametrize(
    "platform",
    ["Windows", "Windows with SQL Standard", "Red Hat Enterprise Linux", "SUSE Linux", "linux/unix",
     "Linux with SQL Server", "OS/2"],
)  # fmt: skip
def test_another_size_needs_linux(platform: str) -> None:
    document = one("m5.large 2", "m5.xlarge 1", platform=platform)
    assert reasons(document) == ["platform"]
    assert f"「{platform}」" in why(document, "platform")


def test_another_size_needs_default_tenancy() -> None:
    document = one("m5.large 2", "m5.xlarge 1", tenancy="dedicated")
    assert reasons(document) == ["tenancy"]
    assert "dedicated 테넌시" in why(document, "tenancy")


def test_fewer_instances_of_one_size_are_no_change_of_size() -> None:
    assert reasons(one("m5.large 2", "m5.large 1", platform="Windows")) == ["footprint"]


@pytest.mark.parametrize("family", sorted(EXCLUDED_FAMILIES))
def test_families_without_flexible_sizes_keep_theirs(family: str) -> None:
    document = one(f"{family}.xlarge 2", f"{family}.2xlarge 1")
    assert reasons(document) == ["family_not_modifiable"]
    assert f"{family} 패밀리" in why(document, "family_not_modifiable")
    assert "2025–26" in why(document, "family_not_modifiable")  # the list grows: it has a date


@pytest.mark.parametrize("name", sorted(SINGLE_SIZE_TYPES))
def test_the_only_size_of_a_family_keeps_it(name: str) -> None:
    family, _, size = name.partition(".")
    other, count = ("nano", 2) if size == "micro" else ("4xlarge", 2)
    document = one(f"{name} 1", f"{family}.{other} {count}")
    assert reasons(document) == ["single_size"]
    assert f"{name} 유형" in why(document, "single_size")


def test_an_excluded_family_that_stays_as_it_is_does_not_matter() -> None:
    document = modify(
        [f"g5.xlarge 1 regional {EAST}", f"m5.large 2 regional {EAST}"],
        [f"g5.xlarge 1 zonal {EAST} {EAST}a", f"m5.xlarge 1 regional {EAST}"],
    )
    assert reasons(document) == []


# --- One family each way, one region, one class, one hour, active. [ri_modify] 2023-06-15


@pytest.mark.parametrize(
    ("sources", "targets", "expected"),
    [
        (["m5.large 1", "c5.large 1"], ["m5.xlarge 1"], ["family"]),  # merged into one of them
        (["t2.large 1", "t3.large 1"], ["t3.xlarge 1"], ["generation"]),
        (["m5.large 1", "c5.xlarge 1"], ["m5.xlarge 1", "c5.large 1"], ["family"]),  # traded
        (["t2.large 1", "t3.xlarge 1"], ["t2.xlarge 1", "t3.large 1"], ["generation"]),
        (["m5.large 1", "c5.large 1"], ["m5.large 1"], ["footprint", "family"]),
        (["m5.large 1"], ["m5.large 1", "c5.large 1"], ["footprint", "family"]),
        (["m5.large 1", "t2.large 1"], ["c5.large 1", "t3.large 1"], ["family", "generation"]),
        (["m5.large 2", "c5.large 2"], ["m5.xlarge 1", "c5.xlarge 1"], []),  # each within its own
        (["m5.large 1", "c5.large 1"], ["m5.xlarge 1", "c5.xlarge 1"], ["footprint"]),
    ],
)
def test_units_stay_in_their_family(
    sources: list[str], targets: list[str], expected: list[str]
) -> None:
    document = modify(*([f"{row} regional {EAST}" for row in side] for side in (sources, targets)))
    assert reasons(document) == expected


def test_a_family_is_named_with_what_it_would_become() -> None:
    document = one("m5.large 1", "c5.large 1")
    assert "(m5 → c5)" in why(document, "family")
    assert "표준 RI는 교환할 수도 없으므로" in why(document, "family")
    convertible = one("m5.large 1", "c5.large 1", offering_class="convertible")
    assert "수정 대신 교환" in why(convertible, "family")
    assert "(t2 → t3)" in why(one("t2.large 1", "t3.large 1"), "generation")


def test_many_families_are_not_all_named() -> None:
    targets = [f"{family}5.large 1 regional {EAST}" for family in "abcdefgh"]
    document = modify([f"m5.large 8 regional {EAST}"], targets)
    assert "(m5 → a5, m5 → b5, m5 → c5 밖에 5가지)" in why(document, "family")


def test_the_region_stays() -> None:
    document = modify([f"m5.large 1 regional {EAST}"], [f"m5.large 1 regional {WEST}"])
    assert reasons(document) == ["region"]
    assert f"2개 리전({EAST}, {WEST})" in why(document, "region")
    zonal = modify([f"m5.large 1 zonal {EAST} {EAST}a"], [f"m5.large 1 zonal {WEST} {WEST}a"])
    assert reasons(zonal) == ["region"]


@pytest.mark.parametrize("state", ["retired", "payment-pending", "payment-failed", "queued"])
def test_only_active_reservations_are_modified(state: str) -> None:
    document = one("m5.large 1", "m5.large 1")
    document["from"][0]["state"] = state
    assert reasons(document) == ["state"]
    assert f"{state} 상태" in why(document, "state")
    document["from"][0]["state"] = "active"
    assert reasons(document) == []


def test_classes_are_not_mixed_nor_changed() -> None:
    both = [f"m5.large 1 regional {EAST} class=standard", f"m5.large 1 regional {EAST}"]
    merged = [f"m5.xlarge 1 regional {EAST}"]
    assert reasons(modify(both, merged)) == []
    assert reasons(modify(both, merged, offering_class="convertible")) == ["offering_class"]
    changed = modify(
        [f"m5.large 1 regional {EAST}"], [f"m5.large 1 regional {EAST} class=convertible"]
    )
    assert reasons(changed) == ["offering_class"]


@pytest.mark.parametrize(
    ("one_end", "other_end", "expected"),
    [
        ("2027-03-31", "2027-03-31", []),
        ("2027-03-31", "2027-04-01", ["expires"]),
        ("2027-03-31T09", "2027-03-31T09:59:59Z", []),
        ("2027-03-31T09:59", "2027-03-31T10:00", ["expires"]),
        ("2027-03-31T09", "2027-04-01T09", ["expires"]),
    ],
)
def test_standard_reservations_end_in_the_same_hour(
    one_end: str, other_end: str, expected: list[str]
) -> None:
    rows = [f"m5.large 1 regional {EAST} expires={end}" for end in (one_end, other_end)]
    merged = [f"m5.xlarge 1 regional {EAST}"]
    assert reasons(modify(rows, merged)) == expected
    assert reasons(modify(rows, merged, offering_class="convertible")) == []


def test_a_class_of_its_own_row_decides_whether_the_hour_counts() -> None:
    rows = [
        f"m5.large 1 regional {EAST} expires={end} class=standard"
        for end in ("2027-03-31", "2027-04-01")
    ]
    merged = [f"m5.xlarge 1 regional {EAST} class=standard"]
    assert reasons(modify(rows, merged, offering_class="convertible")) == ["expires"]
    mixed = [rows[0], rows[1].replace("standard", "convertible")]
    assert reasons(modify(mixed, merged)) == ["offering_class"]


def test_an_expiry_that_is_not_known_is_not_compared() -> None:
    rows = [f"m5.large 1 regional {EAST} expires=2027-03-31", f"m5.large 1 regional {EAST}"]
    assert reasons(modify(rows, [f"m5.xlarge 1 regional {EAST}"])) == []


def test_every_reason_is_given_once_and_in_order() -> None:
    document = modify(
        [
            f"m5.large 1 regional {EAST} expires=2027-03-31",
            f"t2.large 1 regional {EAST} state=retired expires=2027-04-01",
            f"t1.micro 1 regional {EAST} state=retired",
        ],
        [
            f"g5.xlarge 1 zonal {WEST} {WEST}a class=convertible",
            f"t3.xlarge 2 zonal {WEST} {WEST}a",
        ],
        platform="Windows",
        tenancy="dedicated",
    )
    assert reasons(document) == [
        "footprint", "family", "generation", "platform", "tenancy", "region",
        "family_not_modifiable", "single_size", "offering_class", "state", "expires",
    ]  # fmt: skip
    result = evaluate_change(document)
    assert result["text"] == "이대로는 수정할 수 없습니다. 규칙 11개에 어긋납니다."
    assert set(result["sources"]) <= SOURCES.keys()
    assert len(set(result["texts"])) == 11
    order = [code.value for code in ReasonCode]
    assert result["reasons"] == sorted(result["reasons"], key=order.index)


# --- What is said of an allowed one


def test_nothing_to_do_is_said() -> None:
    rows = [f"m5.large 1 regional {EAST}", f"c5.large 2 zonal {EAST} {EAST}a"]
    result = evaluate_change(modify(rows, rows[::-1]))
    assert result["allowed"]
    assert result["text"].startswith("바뀌는 것이 없습니다.")
    merged = evaluate_change(modify([rows[0]] * 2, [f"m5.large 2 regional {EAST}"]))
    assert merged["text"].startswith("수정할 수 있습니다.")


def test_nothing_to_do_does_not_hide_a_reason() -> None:
    row = f"m5.large 1 regional {EAST}"
    assert reasons(modify([f"{row} state=retired"], [row])) == ["state"]


def test_what_another_scope_means_is_said() -> None:
    to_zone = evaluate_change(
        modify([f"m5.large 1 regional {EAST}"], [f"m5.large 1 zonal {EAST} {EAST}a"])
    )
    assert "용량을 예약하지만" in to_zone["text"]
    to_region = evaluate_change(
        modify([f"m5.large 1 zonal {EAST} {EAST}a"], [f"m5.large 1 regional {EAST}"])
    )
    assert "용량은 예약하지 않습니다" in to_region["text"]
    other_zone = evaluate_change(
        modify([f"m5.large 1 zonal {EAST} {EAST}a"], [f"m5.large 1 zonal {EAST} {EAST}b"])
    )
    assert "범위로" not in other_zone["text"]


def test_units_are_given_row_by_row_for_the_picture() -> None:
    change = read(
        modify(
            [f"t2.large 1 regional {EAST}", f"t2.micro 1 regional {EAST}"],
            [f"t2.small 4 regional {EAST}", f"t2.nano 2 regional {EAST}"],
        )
    )
    assert isinstance(change, Modification)
    result = judge(change)
    assert [str(units) for units in result.rows_from] == ["4", "1/2"]
    assert [str(units) for units in result.rows_to] == ["4", "1/2"]
    assert result.allowed
    assert not result.changes_nothing
