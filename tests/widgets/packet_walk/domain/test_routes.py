"""Ends outside the VPC, and the routes that lead there."""

import pytest

from .worlds import APP_IN, APP_OUT, SIX, Json, actions, codes, run, step

INTERNET_IN: Json = {
    "flow": {"from": "203.0.113.9", "to": "app", "protocol": "tcp", "port": 443},
    "security_groups.sg-app.inbound": ["tcp 443 0.0.0.0/0"],
    APP_IN: ["100 tcp 443 0.0.0.0/0 allow"],
    APP_OUT: ["100 tcp 1024-65535 0.0.0.0/0 allow"],
}


def test_an_outside_client_has_no_checkpoints() -> None:
    result = run(INTERNET_IN)
    assert (actions(result), result["disposition"]) == ("SSAAAASS", "delivered")
    assert [step(result, n)["code"] for n in (1, 2, 7, 8)] == ["OUTSIDE_VPC"] * 4
    assert [step(result, n)["id"] for n in (1, 2, 7, 8)] == [[]] * 4
    assert result["passing_source_ports"] == [[1024, 65535]]
    assert actions(run(INTERNET_IN, {APP_IN: []})) == "SSDNNNSS"


OUT: Json = {
    "flow": {"from": "db", "to": "8.8.8.8", "protocol": "tcp", "port": 443},
    "subnets.private.nacl": "default",
    "security_groups.sg-db.outbound": ["all * 0.0.0.0/0"],
}


@pytest.mark.parametrize(
    ("routes", "change", "delivered"),
    [
        (["local"], {}, False),
        ([], {}, False),
        (["local", "igw"], {}, True),
        (["nat"], {}, True),
        (["nat"], {"flow.protocol": "udp"}, True),
        (
            ["nat"],
            {"flow": {"from": "db", "to": "8.8.8.8", "protocol": "icmp", "icmp": [8, 0]}},
            True,
        ),
        (["nat"], {"flow": {"from": "db", "to": "8.8.8.8", "protocol": 47}}, False),
        (["igw"], {"flow": {"from": "db", "to": "8.8.8.8", "protocol": 47}}, True),
    ],
)
def test_leaving_the_vpc_needs_a_route(routes: list[str], change: Json, delivered: bool) -> None:
    result = run(OUT, {"subnets.private.routes": routes}, change)
    if delivered:
        assert (result["disposition"], actions(result)) == ("delivered", "AASSSSAA")
        return
    assert (result["disposition"], result["symptom"]) == ("no_route", "no_route")
    assert result["code"] == "NO_ROUTE_TO_DESTINATION"
    assert (actions(result), result["fixes"], result["unfixable"]) == ("N" * 8, [], None)
    assert "timeout" in step(result, 1)["text"]


@pytest.mark.parametrize("routes", [["local"], ["nat"], []])
def test_entering_the_vpc_needs_an_internet_gateway(routes: list[str]) -> None:
    assert run(INTERNET_IN, {"subnets.public.routes": routes})["disposition"] == "no_route"


def test_a_nat_gateway_carries_no_ipv6() -> None:
    to_six = {"flow.to": "2606:4700::9", "security_groups.sg-db.outbound": ["all * ::/0"]}
    for routes, disposition in ((["nat"], "no_route"), (["igw"], "delivered")):
        change = {"subnets.private.routes": routes}
        assert run(SIX, OUT, to_six, change)["disposition"] == disposition


def test_a_missing_route_wins_over_any_denial() -> None:
    result = run(OUT, {"security_groups.sg-db.outbound": []})
    assert (result["disposition"], set(codes(result))) == ("no_route", {"NOT_REACHED"})


def test_the_local_route_is_always_there() -> None:
    bare: Json = {"subnets.public.routes": [], "subnets.private.routes": []}
    assert run(bare)["disposition"] == "delivered"
