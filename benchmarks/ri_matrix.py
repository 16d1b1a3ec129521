"""How long the engines of commitments take: µs of the default scenarios, ms of the largest.

Targets: assessing ≤ 100 µs, needs ≤ 1 ms, a change ≤ 300 µs, largest ≤ 100 ms.
"""

import timeit
from collections.abc import Callable
from typing import Any

from apps.kernel.documents import Invalid
from apps.widgets.ri_matrix.domain.changes import evaluate_change
from apps.widgets.ri_matrix.domain.commitment import read_scenario
from apps.widgets.ri_matrix.domain.flexibility import assess, evaluate
from apps.widgets.ri_matrix.domain.needs import NEEDS, evaluate_needs

Json = dict[str, Any]

# The specification's own examples.
DEFAULT: Json = {
    "option": "standard_ri",
    "scope": "regional",
    "committed": {
        "region": "ap-northeast-2",
        "az": None,
        "type": "m5.large",
        "count": 1,
        "platform": "Linux/UNIX",
        "tenancy": "default",
    },
    "running": {
        "region": "ap-northeast-2",
        "az": "ap-northeast-2c",
        "type": "m5.xlarge",
        "count": 1,
        "platform": "Linux/UNIX",
        "tenancy": "default",
    },
}
SPLIT: Json = {
    "operation": "modify",
    "offering_class": "standard",
    "platform": "Linux/UNIX",
    "tenancy": "default",
    "from": [
        {"type": "t2.large", "count": 1, "scope": "regional", "region": "us-east-1", "az": None}
    ],
    "to": [
        {"type": "t2.small", "count": 4, "scope": "regional", "region": "us-east-1", "az": None}
    ],
}
ALL_NEEDS: Json = {"needs": [need.id.value for need in NEEDS]}


def largest_commitment() -> Json:
    """Everything differs, every count and name is at its limit: all alternatives are weighed."""
    committed = {
        "region": "r" * 64,
        "az": "a" * 64,
        "type": "m5.24xlarge",
        "count": 1000,
        "platform": "Linux/UNIX",
        "tenancy": "default",
    }
    running = {**committed, "az": "b" * 64, "type": "m5.nano"}
    return {
        "option": "convertible_ri",
        "scope": "zonal",
        "committed": committed,
        "running": running,
    }


def largest_modification() -> Json:
    """Twenty rows on either side, each of another family, region, state and expiry."""
    sizes = ("large", "xlarge", "2xlarge", "4xlarge")
    before = [
        {
            "type": f"{'abcdefghij'[n % 10]}{n}.{sizes[n % 4]}",
            "count": 1000,
            "scope": "zonal",
            "region": f"region-{n}",
            "az": f"region-{n}a",
            "state": f"state-{'x' * n}",
            "expires": f"2027-01-{n + 1:02}T09",
            "offering_class": "standard" if n % 2 else "convertible",
        }
        for n in range(20)
    ]
    after = [{**row, "type": f"{'klmnopqrst'[n % 10]}{n}.small"} for n, row in enumerate(before)]
    kind = {"offering_class": "standard", "platform": "Windows", "tenancy": "dedicated"}
    return {"operation": "modify", **kind, "from": before, "to": after}


def largest_exchange() -> Json:
    """Twenty sources for a target that is worth next to nothing: the longest numbers."""
    source = {
        "type": "m4.large",
        "count": 1000,
        "payment": "all_upfront",
        "list_value": "999999999.999999999",
        "remaining_upfront": "999999999.999999999",
        "hours_left": 9000,
        "term_years": 1,
        "expires": "2027-03-31",
    }
    target = {
        "type": "c5.large",
        "payment": "all_upfront",
        "list_value": "0.000000001",
        "prorated_upfront": "0.000000001",
        "term_years": 1,
    }
    return {
        "operation": "exchange",
        "offering_class": "convertible",
        "from": [source] * 20,
        "to": target,
    }


def run() -> list[tuple[str, float]]:
    """Best of five, in the unit that the label names."""
    scenario = read_scenario(DEFAULT)
    if isinstance(scenario, Invalid):
        raise TypeError(f"the default scenario is not valid: {scenario.problems}")
    commitment, modification = largest_commitment(), largest_modification()
    exchange = largest_exchange()
    results = [evaluate(commitment), evaluate_change(modification), evaluate_change(exchange)]
    for result in results:
        if "problems" in result:
            raise TypeError(f"a largest scenario is not valid: {result['problems']}")
    micro, milli = 1e6, 1e3
    actions: list[tuple[str, Callable[[], object], int, float]] = [
        ("assess, default scenario (µs)", lambda: assess(scenario), 1000, micro),
        ("parse, default scenario (µs)", lambda: read_scenario(DEFAULT), 1000, micro),
        ("evaluate, default scenario (µs)", lambda: evaluate(DEFAULT), 500, micro),
        ("evaluate, a split (µs)", lambda: evaluate_change(SPLIT), 500, micro),
        ("evaluate, all needs (µs)", lambda: evaluate_needs(ALL_NEEDS), 100, micro),
        ("evaluate, largest commitment (ms)", lambda: evaluate(commitment), 20, milli),
        ("evaluate, largest modification (ms)", lambda: evaluate_change(modification), 20, milli),
        ("evaluate, largest exchange (ms)", lambda: evaluate_change(exchange), 20, milli),
    ]
    return [
        (f"ri_matrix: {label}", _best(action, number) * unit)
        for label, action, number, unit in actions
    ]


def _best(action: Callable[[], object], number: int) -> float:
    return min(timeit.repeat(action, number=number, repeat=5)) / number


if __name__ == "__main__":
    for label, figure in run():
        print(f"{label:<50} {figure:10.1f}")
