"""Valid requests that are often allowed, so that every ending is met."""

from typing import Any

from hypothesis import strategies as st

from .oracle import FACTORS
from .requests import Json

_FAMILIES = ["m5", "m5", "m5", "m4", "m5d", "c5", "t2", "t3", "g5", "inf1", "cc2", "t1", "hs1"]
_SIZES = ["small", "medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "micro"]
_ZONES = {"us-east-1": ["us-east-1a", "us-east-1b"], "us-west-2": ["us-west-2a"]}

_regions = st.sampled_from(["us-east-1"] * 12 + ["us-west-2"])
_classes = st.sampled_from(["standard", "standard", "convertible"])
_row_classes = st.sampled_from([None] * 12 + ["standard", "convertible"])
_states = st.sampled_from([None] * 8 + ["active"] * 4 + ["retired", "payment-pending"])
_ends = st.sampled_from(
    [None] * 6 + ["2027-03-31T09"] * 3 + ["2027-03-31T09:40:00Z", "2027-03-31T10"]
)


@st.composite
def _anywhere(draw: st.DrawFn, kind: str, count: int) -> Json:
    """A row of this type and number, at some place."""
    region = draw(_regions)
    az = draw(st.sampled_from([None, *_ZONES[region]]))
    return {
        "type": kind,
        "count": count,
        "scope": "regional" if az is None else "zonal",
        "region": region,
        "az": az,
    }


@st.composite
def _of_the_same_units(draw: st.DrawFn, family: str, total: int) -> list[tuple[str, int]]:
    """Types and counts of one family with so many quarter units, the first of them the largest."""
    sizes = draw(st.lists(st.sampled_from(_SIZES), min_size=1, max_size=3, unique=True))
    parts: list[tuple[str, int]] = []
    for size in sorted(sizes, key=lambda name: -FACTORS[name]):
        each = int(FACTORS[size] * 4)
        if total >= each:
            number = draw(st.integers(1, total // each))
            parts.append((f"{family}.{size}", number))
            total -= number * each
    for size in ("small", "micro", "nano"):  # what is left over
        each = int(FACTORS[size] * 4)
        if total >= each:
            parts.append((f"{family}.{size}", total // each))
            total %= each
    return parts


@st.composite
def modifications(draw: st.DrawFn) -> Json:
    """Rows of one family or two; the rows after are as likely as not of the same footprint."""
    pair = (st.sampled_from(_FAMILIES), st.sampled_from(_SIZES))
    before = draw(st.lists(st.tuples(*pair, st.integers(1, 4)), min_size=1, max_size=3))
    if draw(st.sampled_from([True, True, False])):
        before = [(before[0][0], size, count) for _, size, count in before]
    sources = [(f"{family}.{size}", count) for family, size, count in before]
    how = draw(st.sampled_from(["same units", "same units", "same rows", "same sizes", "any"]))
    if how == "same units":
        targets = [
            part
            for family, size, count in before
            for part in draw(_of_the_same_units(family, int(FACTORS[size] * 4 * count)))
        ]
    elif how == "same rows":
        targets = list(sources)
    elif how == "same sizes":
        family = draw(st.sampled_from(_FAMILIES))
        targets = [(f"{family}.{size}", count) for _, size, count in before]
    else:
        after = draw(st.lists(st.tuples(*pair, st.integers(1, 4)), min_size=1, max_size=3))
        targets = [(f"{family}.{size}", count) for family, size, count in after]
    return {
        "operation": "modify",
        "offering_class": draw(_classes),
        "platform": draw(st.sampled_from(["Linux/UNIX"] * 4 + ["Windows", "SUSE Linux"])),
        "tenancy": draw(st.sampled_from(["default"] * 4 + ["dedicated"])),
        "from": [draw(_detailed(kind, count)) for kind, count in sources],
        "to": [draw(_anywhere(kind, count)) for kind, count in targets],
    }


@st.composite
def _detailed(draw: st.DrawFn, kind: str, count: int) -> Json:
    known: dict[str, Any] = {
        "state": draw(_states),
        "expires": draw(_ends),
        "offering_class": draw(_row_classes),
    }
    place = draw(_anywhere(kind, count))
    return {**place, **{key: value for key, value in known.items() if value is not None}}


_kinds = st.sampled_from(["m4.large", "m5.large", "c5.xlarge", "x9z.huge"])
_payments = st.sampled_from(["all_upfront", "partial_upfront", "no_upfront"])
_values = st.sampled_from(["0", "0.01", "1", "2.5", "10", "35", "99.999999999"])
_prices = st.sampled_from(["0.5", "1", "3.3", "10", "35", "150"])
_upfronts = st.sampled_from(["0", "12.75", "150", "500"])


@st.composite
def _given_up(draw: st.DrawFn) -> Json:
    payment = draw(_payments)
    known: dict[str, Any] = {
        "region": draw(st.sampled_from([None] * 4 + ["us-east-1"] * 4 + ["us-west-2"])),
        "state": draw(_states),
        "offering_class": draw(st.sampled_from([None] * 8 + ["convertible"] * 4 + ["standard"])),
    }
    return {
        "type": draw(_kinds),
        "count": draw(st.integers(1, 4)),
        "payment": payment,
        "list_value": draw(_values),
        "remaining_upfront": None if payment == "no_upfront" else draw(_upfronts),
        "hours_left": draw(st.sampled_from([4000] * 6 + [24, 24, 23, 0])),
        "term_years": draw(st.sampled_from([1, 1, 3])),
        "expires": draw(st.sampled_from(["2027-03-31", "2028-02-29", "2027-12-01"])),
        **{key: value for key, value in known.items() if value is not None},
    }


@st.composite
def exchanges(draw: st.DrawFn) -> Json:
    payment = draw(_payments)
    return {
        "operation": "exchange",
        "offering_class": draw(st.sampled_from(["convertible"] * 8 + ["standard"])),
        "from": draw(st.lists(_given_up(), min_size=1, max_size=3)),
        "to": {
            "type": draw(_kinds),
            "payment": payment,
            "list_value": draw(_prices),
            "prorated_upfront": None if payment == "no_upfront" else draw(_prices),
            "term_years": draw(st.sampled_from([None, None, 1, 3])),
        },
    }
