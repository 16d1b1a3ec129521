"""The largest accepted scenario, and nonsense larger than that: bounded work, by count and time."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from apps.widgets.packet_walk.domain import SCHEMA, evaluate
from apps.widgets.packet_walk.domain.limits import MAX_HOSTS, MAX_LISTS, MAX_RULES, MAX_SUBNETS
from benchmarks.packet_walk import largest

from . import oracle
from .worlds import Json

# The specification's target is 100 ms. A guard, not a benchmark: machines differ, and only an
# engine that has become many times slower may fail here.
SECONDS = 1.0


def seconds(action: Callable[[], object]) -> float:
    """Processor time, which another process does not lengthen; the better of two runs."""

    def once() -> float:
        started = time.process_time()
        action()
        return time.process_time() - started

    return min(once(), once())


def lists(document: Json) -> list[list[str]]:
    return [
        lines
        for section in ("nacls", "security_groups")
        for member in document[section].values()
        for lines in member.values()
    ]


def test_the_largest_scenario_stands_at_every_limit() -> None:
    document = largest()
    assert (MAX_HOSTS, MAX_RULES, MAX_LISTS) == (16, 40, 64)
    assert len(document["hosts"]) == MAX_HOSTS
    assert [len(lines) for lines in lists(document)] == [MAX_RULES] * MAX_LISTS


def test_the_largest_scenario_is_answered_and_quickly() -> None:
    document = largest()
    result = evaluate(document)
    assert result["disposition"] == "partially_delivered"
    assert result["passing_source_ports"] == oracle.passing(document)
    assert len(result["passing_source_ports"]) > 30
    assert result["unfixable"]["rule"] == "1 tcp 32770 10.0.0.0/8 deny"
    assert seconds(lambda: evaluate(document)) < SECONDS


def _one_more(what: str) -> tuple[str, Json]:
    """The largest scenario with one more of something, and where that is a problem."""
    document = largest()
    match what:
        case "host":
            document["hosts"]["one-more"] = {**document["hosts"]["host-0"], "ip": "10.0.0.99"}
            return "hosts", document
        case "rule":
            document["nacls"]["acl-0"]["inbound"].append("50 all * 0.0.0.0/0 allow")
            return "nacls.acl-0.inbound", document
        case "list":
            document["nacls"]["one-more"] = {"inbound": [], "outbound": []}
            return "nacls", document
        case _:
            for n in range(16, MAX_SUBNETS + 1):
                document["subnets"][f"subnet-{n}"] = {"cidr": f"10.0.{n}.0/24"}
            return "subnets", document


@pytest.mark.parametrize("what", ["host", "rule", "list", "subnet"])
def test_one_more_than_the_limit_is_refused(what: str) -> None:
    path, document = _one_more(what)
    assert [problem["path"] for problem in evaluate(document)["problems"]] == [path]


def _too_many() -> dict[str, Any]:
    """A thousand of everything, and every line wrong in four ways."""
    wrong = [f"x{n} y{n} z{n} 1/{n} w" for n in range(1000)]
    both = {"inbound": wrong, "outbound": wrong}
    return {
        "port_model": wrong,
        "subnets": {f"s{n}": {"cidr": "10.0.0.0/16", "routes": wrong} for n in range(1000)},
        "nacls": {f"n{n}": both for n in range(1000)},
        "security_groups": {f"g{n}": both for n in range(1000)},
        "hosts": {
            f"h{n}": {"ip": "10.0.0.9", "subnet": "s0", "security_groups": wrong}
            for n in range(1000)
        },
        "flow": {f"f{n}": n for n in range(1000)},
        **{f"unknown {n}": n for n in range(1000)},
    }


def test_far_too_much_nonsense_costs_no_more_than_sense() -> None:
    document = _too_many()
    assert seconds(lambda: evaluate(document)) < SECONDS
    found = evaluate(document)["problems"]
    # Only as much is read as a valid scenario may hold, however much there is.
    rules = [problem for problem in found if ".inbound[" in problem["path"]]
    assert len({problem["path"] for problem in rules}) == MAX_LISTS * MAX_RULES
    assert sum(problem["path"].startswith("unknown") for problem in found) == 16


class _Counting(dict[str, Any]):
    """A document's object that counts how many of its members are handed out."""

    handed_out = 0

    def items(self) -> Any:
        for item in super().items():
            self.handed_out += 1
            yield item


@pytest.mark.parametrize(("section", "most"), [("nacls", 32), ("hosts", 16), ("subnets", 32)])
def test_no_more_members_are_looked_at_than_may_be_there(section: str, most: int) -> None:
    members = _Counting({f"m{n}": {} for n in range(10_000)})
    document = largest()
    document[section] = members
    assert "problems" in evaluate(document)
    assert members.handed_out <= most


def test_the_schema_states_the_same_limits() -> None:
    sections = SCHEMA["properties"]
    assert sections["hosts"]["maxProperties"] == MAX_HOSTS
    assert sections["subnets"]["maxProperties"] == MAX_SUBNETS
    assert sections["nacls"]["maxProperties"] == MAX_LISTS // 2
    assert sections["security_groups"]["maxProperties"] == MAX_LISTS // 2
    directions = sections["nacls"]["additionalProperties"]["properties"]
    assert [directions[way]["maxItems"] for way in ("inbound", "outbound")] == [MAX_RULES] * 2
