"""An independent answer to the same question: try things out, with no rule of an attribute.

Shares no code with the engine. It counts quarter units one by one, makes every modification that
the rules allow and looks what it covers, and finds an attribute's way by changing that one alone.
"""

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

Json = dict[str, Any]
ATTRIBUTES = ("region", "az", "family", "size", "platform", "tenancy")

# facts.yaml, b_ri_normalization, in quarters of a unit.
_QUARTERS = {"nano": 1, "micro": 2, "small": 4, "medium": 8, "large": 16, "xlarge": 32}
_METAL = {"m5.metal": 192 * 4, "c5.metal": 192 * 4, "a1.metal": 32 * 4}
_INFLEXIBLE = {
    *("g4ad", "g4dn", "g5", "g5g", "g6", "g6e", "g6f", "gr6", "gr6f"),
    *("hpc7a", "inf1", "inf2", "p5", "u7i-6tb", "u7i-8tb"),
}
_ONLY_SIZE = ("cc2.8xlarge", "cr1.8xlarge", "hs1.8xlarge", "t1.micro")

# facts.yaml, a_purchase_options: what a difference does, for whatever is no Reserved Instance.
_A, _X, _N, _M = "automatic", "impossible", "not_applicable", "modify"
_TABLE = {
    "on_demand": (_N, _N, _N, _N, _N, _N),
    "spot": (_N, _N, _N, _N, _N, _N),
    "compute_sp": (_A, _A, _A, _A, _A, _A),
    "ec2_instance_sp": (_X, _A, _X, _A, _A, _A),
    "capacity_reservation": (_X, _X, _X, _X, _X, _X),
    "dedicated_host": (_X, _X, _X, _M, _N, _X),
    "dedicated_host_reservation": (_X, _X, _X, _A, _N, _X),
}


def quarters(kind: str) -> int:
    """What one instance counts, in quarters of a unit."""
    size = kind.split(".")[1]
    if size == "metal":
        return _METAL.get(kind, 4)  # asked of invented types too, where any number will do
    return _QUARTERS.get(size) or 32 * int(size.removesuffix("xlarge"))


def answer(document: Json) -> Json:
    """Outcome, ways in order, the covered fraction, and (by, fraction) of what could be done."""
    if document["scope"] is None:
        return _unscoped(document)
    ways = tuple(_way(document, name) for name in ATTRIBUTES)
    now, modified = _covered(document), _modified(document)
    if now:
        outcome = "covered" if now == 1 else "partially_covered"
    elif modified:
        outcome = "needs_modify"
    else:
        outcome = "needs_exchange" if _exchangeable(document) else "not_covered"
    after = {
        "needs_modify": ("modify", modified),
        "needs_exchange": ("exchange", Fraction(1, document["running"]["count"])),
    }.get(outcome)
    return {"outcome": outcome, "ways": ways, "fraction": now, "after": after}


def _unscoped(document: Json) -> Json:
    option = document["option"]
    before, now = (_values(document[key]) for key in ("committed", "running"))
    ways = []
    for was, is_, way in zip(before, now, _TABLE[option], strict=True):
        same = was == is_ or was is None or is_ is None
        ways.append(_A if same and way != _N else way)
    tb = document["running"]["type"] == "u-6tb1.metal"
    if option.endswith("_sp") and tb and document["running"]["tenancy"] == "host":
        ways[-1] = _X
    outcome = "covered"
    if _X in ways or option in ("on_demand", "spot", "capacity_reservation"):
        outcome = "not_covered"
    elif _M in ways:
        outcome = "needs_modify"
    discountless = option in ("on_demand", "spot", "capacity_reservation")
    return {
        "outcome": outcome,
        "ways": tuple(ways),
        "fraction": Fraction(0) if discountless else None,
        "after": ("modify", None) if outcome == "needs_modify" else None,
    }


def _values(side: Json) -> list[Any]:
    family, size = side["type"].split(".")
    return [side["region"], side["az"], family, size, side["platform"], side["tenancy"]]


def _way(document: Json, name: str) -> str:
    """Let one attribute be the other's, the rest as committed, and see what it takes."""
    alone = json.loads(json.dumps(document))
    mine, theirs = document["committed"], document["running"]
    running = {**mine, "az": mine["az"] or "anywhere"}
    if name == "az":
        running |= {"az": theirs["az"], "region": theirs["region"]}
        if theirs["az"] is None or theirs["az"] == mine["az"]:
            running = dict(mine)
    elif name in ("family", "size"):
        words = mine["type"].split("."), theirs["type"].split(".")
        pick = (1, 0) if name == "family" else (0, 1)
        running["type"] = f"{words[pick[0]][0]}.{words[pick[1]][1]}"
    else:
        running[name] = theirs[name]
    alone["running"] = running
    if mine["az"] is None and name == "az":
        return "automatic"  # nothing was committed to
    if _covered(alone):
        return "automatic"
    if _modified(alone):
        return "modify"
    return "exchange" if _exchangeable(alone) else "impossible"


def _exchangeable(document: Json) -> bool:
    mine, theirs = document["committed"], document["running"]
    return bool(
        document["option"] == "convertible_ri"
        and mine["region"] == theirs["region"]
        and theirs["tenancy"] != "host"
    )


def _resizable(side: Json) -> bool:
    family = side["type"].split(".")[0]
    return (side["platform"], side["tenancy"]) == ("Linux/UNIX", "default") and (
        family not in _INFLEXIBLE
    )


def _covered(document: Json) -> Fraction:
    """The share of the running quarters that finds a committed quarter."""
    mine, theirs = document["committed"], document["running"]
    zonal = document["scope"] == "zonal"
    same = ["region", "platform", "tenancy"] + (["az"] if zonal else [])
    if any(mine[key] != theirs[key] for key in same):
        return Fraction(0)
    by_units = not zonal and _resizable(mine)
    if mine["type"].split(".")[0] != theirs["type"].split(".")[0]:
        return Fraction(0)
    if not by_units and mine["type"] != theirs["type"]:
        return Fraction(0)
    left = quarters(mine["type"]) * mine["count"]
    need = hit = 0
    for _ in range(theirs["count"]):
        for _ in range(quarters(theirs["type"])):
            need += 1
            if left:
                left, hit = left - 1, hit + 1
    return Fraction(hit, need)


def _modified(document: Json) -> Fraction:
    """The most that any one modification covers; 0 where there is none of use."""
    return max((_covered(changed) for changed in _modifications(document)), default=Fraction(0))


def _modifications(document: Json) -> Iterator[Json]:
    """Other zone, other scope, other size of the same footprint: in every combination."""
    mine, theirs = document["committed"], document["running"]
    family = mine["type"].split(".")[0]
    alone = mine["type"] in _ONLY_SIZE
    if alone and theirs["type"] != mine["type"]:
        return  # there is no other size to be covered
    size = theirs["type"].split(".")[1]
    for scope, az in (("regional", None), ("zonal", mine["az"]), ("zonal", theirs["az"])):
        if scope == "zonal" and (az is None or az[:-1] != mine["region"]):
            continue
        for kind in {mine["type"], f"{family}.{size}"}:
            resized = kind != mine["type"]
            footprint = quarters(mine["type"]) * mine["count"]
            if resized and (not _resizable(mine) or footprint % quarters(kind)):
                continue
            count = footprint // quarters(kind) if resized else mine["count"]
            yield {**document, "scope": scope,
                   "committed": {**mine, "az": az, "type": kind, "count": count}}  # fmt: skip
