"""Bills of both sorts of single tenancy, counted again hour by hour."""

from collections.abc import Sequence
from typing import Any

import pytest

from apps.quizzes.generators.billing import break_even, dedicated_bill, host_bill
from tests.quizzes.generators.made import key_text, made


@pytest.mark.parametrize(
    ("instances", "cents"),
    [
        ([5], 10 * (5 * 40 + 200)),
        ([3, 2], 10 * (5 * 40 + 2 * 200)),
        ([3, 0], 10 * (3 * 40 + 200)),
        ([0], 0),
    ],
)
def test_the_fee_is_paid_once_in_each_region_with_instances(
    instances: Sequence[int], cents: int
) -> None:
    assert dedicated_bill(instances, rate=40, fee=200, hours=10) == cents


def test_a_host_costs_the_same_however_full_it_is() -> None:
    assert host_bill(3, rate=500, hours=8) == 12_000


@pytest.mark.parametrize(
    ("rate", "host_rate", "count"), [(40, 800, 16), (40, 799, 15), (40, 840, 17), (65, 950, 12)]
)
def test_the_host_pays_off_only_when_it_costs_less_not_the_same(
    rate: int, host_rate: int, count: int
) -> None:
    assert break_even(rate=rate, fee=200, host_rate=host_rate) == count


def billed(scenario: dict[str, Any]) -> int:
    """Cents, hour by hour and thing by thing."""
    cents = 0
    for _ in range(scenario["hours"]):
        for count in scenario["instances"]:
            if scenario["tenancy"] == "host":
                cents += scenario["host_rate"]
                continue
            cents += scenario["fee"] if count else 0
            for _ in range(count):
                cents += scenario["rate"]
    return cents


def test_the_key_is_the_bill_of_all_hours() -> None:
    variants = made("tenancy-bill")
    for variant in variants:
        cents = billed(variant.scenario)
        assert key_text(variant) == f"{cents / 100:,.2f} USD"
        assert f"= {cents / 100:,.2f} USD" in variant.ask.explanation or (
            f"합계: {cents / 100:,.2f} USD" in variant.ask.explanation
        )
    assert {variant.scenario["tenancy"] for variant in variants} == {"dedicated", "host"}


def test_the_key_is_the_first_count_at_which_the_host_is_cheaper() -> None:
    for variant in made("tenancy-host-pays-off"):
        given = variant.scenario
        count = 1
        while count * given["rate"] + given["fee"] <= given["host_rate"]:
            count += 1
        assert key_text(variant) == f"{count}대"
        assert count < given["seats"]
