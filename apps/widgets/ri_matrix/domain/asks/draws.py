"""Scenarios drawn at random for questions: real types and places, and an answer that varies.

Everything comes from the generator of random numbers that is passed in: the same seed, the same
scenario. What is wanted of the answer is drawn first, and scenarios until one of them gives it;
else most answers would be "not covered".
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from random import Random
from typing import Any, TypeVar

from apps.kernel.documents import Invalid
from apps.kernel.pricing.options import (
    LINUX,
    RESERVED_INSTANCES,
    PurchaseOption,
    Scope,
    Tenancy,
)

from ..commitment import Scenario, read_scenario, scenario_to_json
from ..flexibility import assess
from ..flexibility_model import Assessment, Outcome
from ..needs import NeedId, judge_needs, needs_to_json
from ..ways import Attribute
from .outcome import breaking

Json = dict[str, Any]
T = TypeVar("T")

WINDOWS = "Windows"
ANY = "any"
"""The value of every parameter that narrows nothing."""
SIZES: Mapping[str, Sequence[str]] = {
    "m5": ("large", "xlarge", "2xlarge", "4xlarge"),
    "c5": ("large", "xlarge", "2xlarge", "4xlarge"),
    "r5": ("large", "xlarge", "2xlarge", "4xlarge"),
    "t3": ("medium", "large", "xlarge", "2xlarge"),
}
_EXCLUDED = {"g5": ("xlarge", "2xlarge", "4xlarge")}
_ZONES = {"ap-northeast-2": "ac", "us-east-1": "abc", "eu-west-1": "abc"}
_PLANS = (PurchaseOption.COMPUTE_SP, PurchaseOption.EC2_INSTANCE_SP)
_TRIES = 400


def draw_until(rng: Random, draw: Callable[[Random], T], wanted: Callable[[T], bool]) -> T:
    """The first that is wanted; after many tries the last one, whatever it is."""
    drawn = draw(rng)
    for _ in range(_TRIES):
        if wanted(drawn):
            break
        drawn = draw(rng)
    return drawn


def draw_by_outcome(rng: Random) -> Json:
    """Any of the five outcomes, each as often as the others."""
    outcome = rng.choice(list(Outcome))
    return _follow(rng, lambda found: found.outcome is outcome)


def draw_by_breaker(rng: Random) -> Json:
    """Nothing breaks the discount, one of the six attributes does, or several of them do."""
    aim: Attribute | int = rng.choice([*Attribute, 0, 2])

    def is_wanted(found: Assessment) -> bool:
        guilty = [finding.name for finding in breaking(found)]
        return len(guilty) == aim if isinstance(aim, int) else guilty == [aim]

    return _follow(rng, is_wanted)


def draw_by_fraction(rng: Random) -> Json:
    """Nothing, a part (most often) or all of what runs is covered by a Reserved Instance."""
    part = rng.choice(["none", "part", "part", "all"])

    def is_wanted(found: Assessment) -> bool:
        covered = found.covered_fraction
        if covered is None or found.units is None:
            return False
        return part == ("none" if covered == 0 else "all" if covered == 1 else "part")

    return _follow(rng, is_wanted, options=tuple(sorted(RESERVED_INSTANCES)))


def draw_needs(rng: Random, needs: str = ANY) -> Json:
    """Two or three needs (or `needs`) that one option meets, any one, or that none meets."""
    counts = [2, 3] if needs == ANY else [int(needs)]
    aim = rng.choice([True, True, True, False])
    row = rng.choice([fit.row for fit in judge_needs([NeedId.SIZE])])

    def is_wanted(needs: Collection[NeedId]) -> bool:
        fitting = [fit.row for fit in judge_needs(needs) if fit.fits]
        return row in fitting if aim else not fitting

    def draw(rng: Random) -> Collection[NeedId]:
        return rng.sample(list(NeedId), rng.choice(counts))

    return needs_to_json(draw_until(rng, draw, is_wanted))


# A commitment and what runs ---------------------------------------------------------------------

_OPTIONS = (*sorted(RESERVED_INSTANCES), *sorted(RESERVED_INSTANCES), *_PLANS)


def _follow(
    rng: Random,
    wanted: Callable[[Assessment], bool],
    *,
    options: Sequence[PurchaseOption] = _OPTIONS,
) -> Json:
    scenario = draw_until(
        rng, lambda rng: _scenario(rng, rng.choice(options)), lambda drawn: wanted(assess(drawn))
    )
    return scenario_to_json(scenario)


def _scenario(rng: Random, option: PurchaseOption) -> Scenario:
    """A commitment, and usage that differs from it in one or two attributes, perhaps in number."""
    reserved = option in RESERVED_INSTANCES
    zonal = reserved and rng.random() < 0.4
    committed = _side(rng, zonal=zonal)
    running = {**committed, "count": rng.randint(1, 4)}
    if committed["az"] is None:
        running["az"] = rng.choice([None, _zone(rng, committed["region"])])
    for attribute in rng.sample(list(Attribute), rng.choice([1, 1, 2])):
        _change(rng, running, attribute)
    scope = Scope.ZONAL if zonal else Scope.REGIONAL
    document = {
        "option": option.value,
        "scope": scope.value if reserved else None,
        "committed": committed,
        "running": running,
    }
    reading = read_scenario(document)
    if isinstance(reading, Invalid):
        raise TypeError(f"{document}: {reading.problems}")
    return reading


def _side(rng: Random, *, zonal: bool) -> Json:
    families = _EXCLUDED if rng.random() < 0.1 else SIZES
    family = rng.choice(list(families))
    region = rng.choice(list(_ZONES))
    return {
        "region": region,
        "az": _zone(rng, region) if zonal else None,
        "type": f"{family}.{rng.choice(families[family])}",
        "count": rng.randint(1, 4),
        "platform": WINDOWS if rng.random() < 0.2 else LINUX,
        "tenancy": (Tenancy.DEDICATED if rng.random() < 0.15 else Tenancy.DEFAULT).value,
    }


def _zone(rng: Random, region: str) -> str:
    return f"{region}{rng.choice(_ZONES[region])}"


def _change(rng: Random, side: Json, attribute: Attribute) -> None:
    """Another value, in place; where only one is to be had (a family's size), the same."""
    family, size = side["type"].split(".")
    if attribute is Attribute.REGION:
        side["region"] = rng.choice([each for each in _ZONES if each != side["region"]])
        side["az"] = side["az"] and _zone(rng, side["region"])
    elif attribute is Attribute.AZ:
        zones = [f"{side['region']}{letter}" for letter in _ZONES[side["region"]]]
        side["az"] = rng.choice([zone for zone in zones if zone != side["az"]])
    elif attribute is Attribute.FAMILY:
        others = [each for each in SIZES if each != family and size in SIZES[each]]
        side["type"] = f"{rng.choice(others)}.{size}" if others else side["type"]
    elif attribute is Attribute.SIZE:
        sizes = [each for each in {**SIZES, **_EXCLUDED}[family] if each != size]
        side["type"] = f"{family}.{rng.choice(sizes)}"
    elif attribute is Attribute.PLATFORM:
        side["platform"] = LINUX if side["platform"] == WINDOWS else WINDOWS
    else:
        default, dedicated = Tenancy.DEFAULT.value, Tenancy.DEDICATED.value
        side["tenancy"] = default if side["tenancy"] == dedicated else dedicated
