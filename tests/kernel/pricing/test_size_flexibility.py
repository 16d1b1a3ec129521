"""When sizes of a family stand for each other: every condition by name."""

from itertools import product

import pytest

from apps.kernel.pricing.options import LINUX, Scope, Tenancy
from apps.kernel.pricing.size_flexibility import (
    EXCLUDED_FAMILIES,
    EXCLUDED_FAMILIES_AS_OF,
    SINGLE_SIZE_TYPES,
    is_size_flexible,
)

# [ri_apply] 2023-06-15, and what the copy of 2025–26 added.
OF_2023 = {"g4ad", "g4dn", "g5", "g5g", "inf1"}
ADDED = {"g6", "g6e", "g6f", "gr6", "gr6f", "hpc7a", "inf2", "p5", "u7i-6tb", "u7i-8tb"}


def flexible(
    family: str = "m5",
    scope: Scope = Scope.REGIONAL,
    platform: str = LINUX,
    tenancy: Tenancy = Tenancy.DEFAULT,
) -> bool:
    return is_size_flexible(family=family, scope=scope, platform=platform, tenancy=tenancy)


def test_a_regional_linux_reservation_of_default_tenancy_is_size_flexible() -> None:
    assert flexible()


def test_a_zonal_reservation_is_not() -> None:
    assert not flexible(scope=Scope.ZONAL)


@pytest.mark.parametrize(
    "platform",
    [
        *("Windows", "Windows with SQL Server Standard", "Red Hat Enterprise Linux"),
        *("SUSE Linux", "Linux with SQL Server Web"),
        *("", "Linux", "linux/unix", "LINUX/UNIX", " Linux/UNIX"),  # compared as given
    ],
)
def test_no_other_platform_is_size_flexible(platform: str) -> None:
    assert not flexible(platform=platform)


@pytest.mark.parametrize("tenancy", [Tenancy.DEDICATED, Tenancy.HOST])
def test_no_other_tenancy_is_size_flexible(tenancy: Tenancy) -> None:
    assert not flexible(tenancy=tenancy)


@pytest.mark.parametrize("family", sorted(OF_2023 | ADDED))
def test_no_excluded_family_is_size_flexible(family: str) -> None:
    assert not flexible(family=family)


def test_the_list_of_excluded_families_is_the_one_of_its_date() -> None:
    assert EXCLUDED_FAMILIES == OF_2023 | ADDED
    assert EXCLUDED_FAMILIES_AS_OF == "2025–26"


@pytest.mark.parametrize("family", ["m5", "m5d", "t2", "g3", "g4", "p4d", "u-6tb1", "g5d"])
def test_every_other_family_is_size_flexible(family: str) -> None:
    assert flexible(family=family)


def test_all_conditions_are_needed_at_once() -> None:
    settings = product(("m5", "g5"), Scope, (LINUX, "Windows"), Tenancy)
    assert [case for case in settings if flexible(*case)] == [
        ("m5", Scope.REGIONAL, LINUX, Tenancy.DEFAULT)
    ]


def test_types_that_are_the_only_size_of_their_family() -> None:
    assert {"cc2.8xlarge", "cr1.8xlarge", "hs1.8xlarge", "t1.micro"} == SINGLE_SIZE_TYPES
