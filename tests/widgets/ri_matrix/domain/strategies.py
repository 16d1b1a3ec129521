"""Scenarios of `simulate ri-matrix`: written in one line, or generated.

`standard_ri regional m5.large x1 ap-northeast-2 → m5.xlarge x1 ap-northeast-2c`: an option and a
scope, then type, count and place of both sides. A place is a region or a zone. `Windows`, `RHEL`,
`Linux` name a platform, `default`, `dedicated`, `host` a tenancy; what the right side does not
name is as on the left.
"""

from itertools import product
from typing import Any

from hypothesis import strategies as st

from apps.widgets.ri_matrix.domain.flexibility import evaluate

Json = dict[str, Any]

PLATFORMS = {"Linux": "Linux/UNIX", "Windows": "Windows", "RHEL": "Red Hat Enterprise Linux"}
TENANCIES = ("default", "dedicated", "host")
RESERVED = ("standard_ri", "convertible_ri")
HOSTS = ("dedicated_host", "dedicated_host_reservation")
UNSCOPED = (
    *("on_demand", "spot", "compute_sp", "ec2_instance_sp", "capacity_reservation"),
    *HOSTS,
)


def scenario(line: str) -> Json:
    """The document of a line."""
    left, right = line.split(" → ")
    option, *words = left.split()
    scope = words.pop(0) if words[0] in ("regional", "zonal") else None
    tenancy = "host" if option in HOSTS else "default"
    committed = _side(words, "Linux/UNIX", tenancy)
    running = _side(right.split(), committed["platform"], committed["tenancy"])
    return {"option": option, "scope": scope, "committed": committed, "running": running}


def _side(words: list[str], platform: str, tenancy: str) -> Json:
    kind, count, place, *rest = words
    for word in rest:
        if word in TENANCIES:
            tenancy = word
        else:
            platform = PLATFORMS[word]
    is_zone = place[-1].isalpha()
    return {
        "region": place[:-1] if is_zone else place,
        "az": place if is_zone else None,
        "type": kind,
        "count": int(count.removeprefix("x")),
        "platform": platform,
        "tenancy": tenancy,
    }


def run(line: str) -> Json:
    result = evaluate(scenario(line))
    assert "problems" not in result, result
    return result


def found(line: str, name: str) -> Json:
    """What is said of one attribute."""
    return next(a for a in run(line)["attributes"] if a["name"] == name)


def ways(line: str) -> str:
    """One letter per attribute, in order; a point where nothing has changed."""
    letters = {"automatic": "a", "modify": "m", "exchange": "x", "impossible": "!"}
    return "".join(
        letters.get(a["way"], "-") if a["changed"] else "." for a in run(line)["attributes"]
    )


# Size-flexible families twice, one that is excluded, one of a single size, bare metal, a fraction.
TYPES = (
    *("m5.large", "m5.xlarge", "m5.2xlarge", "m5.metal", "m5.24xlarge", "c5.large", "c5.xlarge"),
    *("t2.nano", "t2.micro", "t2.small", "g5.xlarge", "g5.2xlarge", "t1.micro", "m5d.large"),
)
PLACES = ("us-east-1a", "us-east-1b", "ap-northeast-2a")
_FACTORLESS = ("m7i.metal-24xl", "mac2.metal", "u-6tb1.metal")

# Mostly like the other side, so that every ending is met.
_MOSTLY = st.sampled_from([True, True, True, True, False])


@st.composite
def sides(draw: st.DrawFn, types: tuple[str, ...], near: Json | None = None) -> Json:
    """A side; where `near` is given, mostly like that one. Counts are small: they meet often."""
    side = {
        "az": draw(st.sampled_from(PLACES)),
        "type": draw(st.sampled_from(types)),
        "count": draw(st.integers(1, 5)),
        "platform": draw(st.sampled_from(list(PLATFORMS.values()))),
        "tenancy": draw(st.sampled_from(TENANCIES[:2])),
    }
    for key in side:
        if near is not None and key != "count" and draw(_MOSTLY):
            side[key] = near[key]
    if near is not None and not draw(_MOSTLY):
        # The same family, so that sizes differ more often than families do.
        family = near["type"].partition(".")[0] + "."
        side["type"] = draw(st.sampled_from([t for t in types if t.startswith(family)]))
    return {"region": side["az"][:-1], **side}


@st.composite
def scenarios(draw: st.DrawFn, options: tuple[str, ...] = (*RESERVED * 4, *UNSCOPED)) -> Json:
    """A valid document of any option; every second one of Reserved Instances."""
    option = draw(st.sampled_from(options))
    reserved = option in RESERVED
    types = TYPES if reserved else (*TYPES, *_FACTORLESS)
    committed = draw(sides(types))
    if draw(_MOSTLY):
        committed |= {"platform": "Linux/UNIX", "tenancy": "default"}
    running = draw(sides(types, committed))
    scope = draw(st.sampled_from(["regional", "zonal"])) if reserved else None
    if option in HOSTS:
        committed["tenancy"] = "host"
        running["tenancy"] = "host" if draw(_MOSTLY) else running["tenancy"]
    elif not draw(_MOSTLY):
        running["tenancy"] = "host"
    if scope == "regional":
        committed["az"] = None
    if scope != "zonal" and not draw(_MOSTLY):
        running["az"] = None
    return {"option": option, "scope": scope, "committed": committed, "running": running}


def grid() -> list[Json]:
    """Reserved Instances of each scope against usage that differs in every way: no chance in it."""
    kinds = ("m5.large", "m5.xlarge", "c5.large", "g5.xlarge", "t1.micro")
    mine = product(RESERVED, (("regional", "us-east-1"), ("zonal", "us-east-1a")), kinds,
                   ("Linux", "Windows"), ("default", "dedicated"))  # fmt: skip
    usage = ("m5.large x1 us-east-1a", "m5.xlarge x1 us-east-1b", "m5.xlarge x3 us-east-1b Linux",
             "c5.xlarge x2 us-east-1a host", "g5.2xlarge x1 us-east-1a", "m5.large x4 eu-west-1a",
             "m5.large x1 us-east-1a default")  # fmt: skip
    return [
        scenario(f"{option} {scope} {kind} x2 {place} {platform} {tenancy} → {theirs}")
        for (option, (scope, place), kind, platform, tenancy), theirs in product(mine, usage)
    ]
