"""Tenancy: changes of a stopped instance by the documented matrix, and hosts by auto-placement."""

from itertools import product
from typing import Any

import pytest

from apps.quizzes.generators.tenancy import (
    LICENCES,
    TENANCIES,
    Change,
    Host,
    Verdict,
    accepting,
    obstacles,
)
from tests.quizzes.generators.made import made

LINUX, BYOL, SQL = "Linux", "Windows(BYOL)", "SQL Server(라이선스 포함)"
NOT_ALLOWED = {
    (BYOL, "default"),
    (SQL, "host"),
    ("SLES(라이선스 포함)", "host"),
}


@pytest.mark.parametrize(
    ("old", "new"), [(old, new) for old, new in product(TENANCIES, repeat=2) if old != new]
)
def test_a_stopped_linux_instance_changes_from_any_tenancy_to_any(old: str, new: str) -> None:
    assert obstacles(Change("m5.large", LINUX, False, 1, old, new)) == ()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (Change("m5.large", LINUX, True, 1, "default", "dedicated"), (Verdict.STOP,)),
        (Change("m5.large", LINUX, False, 0, "default", "host"), (Verdict.HOST,)),
        (Change("m5.large", LINUX, False, 0, "host", "default"), ()),
        (Change("m5.large", SQL, False, 1, "default", "host"), (Verdict.LICENCE,)),
        (Change("m5.large", BYOL, False, 1, "host", "default"), (Verdict.LICENCE,)),
        (Change("t3.large", LINUX, False, 1, "default", "host"), (Verdict.TYPE,)),
        (Change("t3.large", LINUX, False, 1, "host", "dedicated"), (Verdict.TYPE,)),
        (Change("t3.large", LINUX, False, 1, "dedicated", "default"), ()),
        (
            Change("t3.large", SQL, True, 0, "default", "host"),
            (Verdict.STOP, Verdict.HOST, Verdict.LICENCE, Verdict.TYPE),
        ),
    ],
)
def test_what_is_in_the_way_of_a_change(change: Change, expected: tuple[Verdict, ...]) -> None:
    assert obstacles(change) == expected


def test_exactly_the_documented_changes_are_possible() -> None:
    for type_, licence, running, seats, old, new in product(
        ("m5.large", "t3.large"), LICENCES, (True, False), (0, 2), TENANCIES, TENANCIES
    ):
        refused = (
            running
            or (licence, new) in NOT_ALLOWED
            or (new == "host" and not seats)
            or (type_ == "t3.large" and "host" in {old, new})
        )
        change = Change(type_, licence, running, seats, old, new)
        assert bool(obstacles(change)) == refused, change


def test_a_question_has_one_obstacle_or_none_and_an_instance_that_can_exist() -> None:
    for variant in made("tenancy-change"):
        change = Change(**variant.scenario)
        assert change.old != change.new
        assert (change.licence, change.old) not in NOT_ALLOWED
        assert variant.ask.key == frozenset(obstacles(change) or (Verdict.READY,))


def test_every_verdict_comes_up() -> None:
    keys = [next(iter(variant.ask.key)) for variant in made("tenancy-change")]
    for verdict in Verdict:
        assert keys.count(verdict) >= len(keys) / 8


@pytest.mark.parametrize(
    ("host", "accepts"),
    [
        (Host("A", "m5.large", True, 1), True),
        (Host("A", "m5.large", False, 1), False),
        (Host("A", "m5.xlarge", True, 1), False),
        (Host("A", "m5.large", True, 0), False),
    ],
)
def test_a_host_takes_an_untargeted_launch_of_its_type_if_it_places_by_itself(
    host: Host, accepts: bool
) -> None:
    assert accepting([host], "m5.large") == ({"A"} if accepts else set())


def taking(scenario: dict[str, Any]) -> set[str]:
    """The hosts left when those that refuse are struck out one reason after another."""
    left = {each["id"]: each for each in scenario["hosts"]}
    for refuses in (
        lambda host: not host["auto_placement"],
        lambda host: host["type"] != scenario["type"],
        lambda host: host["seats"] < 1,
    ):
        left = {id_: host for id_, host in left.items() if not refuses(host)}
    return {id_.lower() for id_ in left}


def test_the_hosts_to_choose_are_those_that_refuse_for_no_reason() -> None:
    for variant in made("tenancy-host-placement"):
        assert variant.ask.kind == "multiple"
        assert variant.ask.key == taking(variant.scenario)
        assert 1 <= len(variant.ask.key) <= 3
