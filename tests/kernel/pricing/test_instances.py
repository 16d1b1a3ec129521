"""Instance types: names, normalization factors by rule and by name, generations."""

from fractions import Fraction

import pytest

from apps.kernel.pricing.instances import (
    METAL_FACTORS,
    SIZE_FACTORS,
    InstanceType,
    is_other_generation,
    parse_instance_type,
)

# The table of the user guide, written out. [ri_apply] 2023-06-15; 48xlarge and 96xlarge later.
TABLE = {
    "nano": "0.25", "micro": "0.5", "small": "1", "medium": "2", "large": "4", "xlarge": "8",
    "2xlarge": "16", "3xlarge": "24", "4xlarge": "32", "6xlarge": "48", "8xlarge": "64",
    "9xlarge": "72", "10xlarge": "80", "12xlarge": "96", "16xlarge": "128", "18xlarge": "144",
    "24xlarge": "192", "32xlarge": "256", "48xlarge": "384", "56xlarge": "448",
    "96xlarge": "768", "112xlarge": "896",
}  # fmt: skip
METAL = [
    ("32", ["a1"]),
    ("96", ["m5zn", "x2iezn", "z1d"]),
    ("128", ["c6g", "c6gd", "i3", "m6g", "m6gd", "r6g", "r6gd", "x2gd"]),
    ("144", ["c5n"]),
    ("192", ["c5", "c5d", "i3en", "m5", "m5d", "m5dn", "m5n", "r5", "r5b", "r5d", "r5dn", "r5n"]),
    ("256", ["c6i", "c6id", "m6i", "m6id", "r6id"]),
    ("448", ["u-18tb1", "u-24tb1"]),
    ("896", ["u-6tb1", "u-9tb1", "u-12tb1"]),
]


def kind(text: str) -> InstanceType:
    parsed = parse_instance_type(text)
    assert parsed is not None, text
    return parsed


@pytest.mark.parametrize("size", TABLE)
def test_a_size_has_the_factor_of_the_table(size: str) -> None:
    assert kind(f"m5.{size}").factor == Fraction(TABLE[size])


def test_no_size_has_a_factor_but_those_of_the_table() -> None:
    assert SIZE_FACTORS.keys() == TABLE.keys()


@pytest.mark.parametrize("size", [size for size in TABLE if size[0].isdigit()])
def test_nxlarge_counts_eight_times_n(size: str) -> None:
    assert SIZE_FACTORS[size] == 8 * int(size.removesuffix("xlarge"))


@pytest.mark.parametrize(("factor", "families"), METAL)
def test_bare_metal_has_the_factor_that_the_page_names(factor: str, families: list[str]) -> None:
    assert {kind(f"{family}.metal").factor for family in families} == {Fraction(factor)}


def test_no_other_bare_metal_has_a_factor() -> None:
    named = {f"{family}.metal" for _, families in METAL for family in families}
    assert METAL_FACTORS.keys() == named


@pytest.mark.parametrize(
    "text",
    ["mac1.metal", "m7i.metal-24xl", "m7i.metal-48xl", "m5.5xlarge", "m5.huge", "m6idn.metal"],
)
def test_what_the_sources_do_not_name_has_no_factor(text: str) -> None:
    assert kind(text).factor is None


def test_the_tables_cannot_be_changed() -> None:
    for table in (SIZE_FACTORS, METAL_FACTORS):
        with pytest.raises(TypeError):
            table["m5.large"] = Fraction(1)  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "family", "size"),
    [
        ("m5.large", "m5", "large"),
        ("u-6tb1.metal", "u-6tb1", "metal"),
        ("u7i-6tb.112xlarge", "u7i-6tb", "112xlarge"),
        ("x2iezn.metal", "x2iezn", "metal"),
        ("m7i.metal-24xl", "m7i", "metal-24xl"),
    ],
)
def test_a_name_has_a_family_and_a_size_and_is_written_back(
    text: str, family: str, size: str
) -> None:
    assert kind(text) == InstanceType(family, size)
    assert str(kind(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", ".", "m5", "m5.", ".large", "m5.large.x", "M5.large", "m5.LARGE", "m5 .large"),
        *(" m5.large", "m5.large ", "m5.large\n", "5m.large", "-m5.large", "m5.-large"),
        *("m５.large", "엠5.large", "m5．large", "m5.large\u200b", "\ud800.large"),
        *(f"m{'5' * 20}.large", f"m5.{'9' * 21}", "m5." + "x" * 100_000, "m" * 100_000),
        *(None, True, 5, 5.0, 10**5000, b"m5.large", ["m5.large"], {"m5": "large"}),
    ],
    ids=lambda value: repr(value)[:20] if not isinstance(value, int) else "a number",
)
def test_what_is_no_name_of_a_type_is_not_read(text: object) -> None:
    assert parse_instance_type(text) is None


@pytest.mark.parametrize(
    ("family", "other", "expected"),
    [
        ("t2", "t3", True),
        ("m5d", "m6d", True),
        ("c6g", "c7g", True),
        ("inf1", "inf2", True),
        ("t3", "t3", False),
        ("t3", "t3a", False),
        ("m5", "m6i", False),
        ("m5", "c5", False),
        ("m5", "m5d", False),
        ("g6", "gr6", False),
        ("u7i-6tb", "u7i-8tb", False),
        ("u-6tb1", "u-9tb1", False),  # a number of memory, not of a generation
    ],
)
def test_another_generation_has_the_same_letters_and_another_number(
    family: str, other: str, expected: bool
) -> None:
    assert is_other_generation(family, other) is expected
    assert is_other_generation(other, family) is expected
