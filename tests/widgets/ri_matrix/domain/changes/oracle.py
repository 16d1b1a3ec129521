"""An independent answer to the same questions, from the JSON's own strings.

Shares no code with the engine: its own table of factors, decimals instead of fractions, and for an
exchange a count tried one by one.
"""

from collections import Counter
from decimal import Decimal
from typing import Any

Json = dict[str, Any]

ORDER = [
    "footprint",
    "family",
    "generation",
    "platform",
    "tenancy",
    "region",
    "family_not_modifiable",
    "single_size",
    "offering_class",
    "payment_option",
    "hours_left",
    "term",
    "state",
    "expires",
]
FACTORS = {
    "nano": Decimal("0.25"),
    "micro": Decimal("0.5"),
    "small": Decimal(1),
    "medium": Decimal(2),
    "large": Decimal(4),
    "xlarge": Decimal(8),
    "2xlarge": Decimal(16),
    "3xlarge": Decimal(24),
    "4xlarge": Decimal(32),
    "8xlarge": Decimal(64),
    "12xlarge": Decimal(96),
    "24xlarge": Decimal(192),
}
METAL = {"m5.metal": Decimal(192), "c5n.metal": Decimal(144)}
# Of 2025–26.
EXCLUDED = [
    "g4ad",
    "g4dn",
    "g5",
    "g5g",
    "g6",
    "g6e",
    "g6f",
    "gr6",
    "gr6f",
    "hpc7a",
    "p5",
    "inf1",
    "inf2",
    "u7i-6tb",
    "u7i-8tb",
]
SINGLE = ["cc2.8xlarge", "cr1.8xlarge", "hs1.8xlarge", "t1.micro"]


def units(row: Json) -> Decimal:
    """Factor × count of one row."""
    size = row["type"].split(".")[1]
    factor = METAL[row["type"]] if size == "metal" else FACTORS[size]
    return factor * int(row["count"])


def footprint(rows: list[Json]) -> Decimal:
    return sum((units(row) for row in rows), Decimal(0))


def modification_reasons(document: Json) -> list[str]:
    """Every reason against a modification, in the order of the specification."""
    before, after = document["from"], document["to"]
    rows = [*before, *after]
    found: set[str] = set()
    if footprint(before) != footprint(after):
        found.add("footprint")
    found |= _family_codes(before, after)
    changed = _types_of_another_size(before, after)
    if changed:
        if document["platform"] != "Linux/UNIX":
            found.add("platform")
        if document["tenancy"] == "dedicated":
            found.add("tenancy")
        if any(kind.split(".")[0] in EXCLUDED for kind in changed):
            found.add("family_not_modifiable")
        if any(kind in SINGLE for kind in changed):
            found.add("single_size")
    if any(row["region"] != rows[0]["region"] for row in rows):
        found.add("region")
    classes = [row.get("offering_class") or document["offering_class"] for row in rows]
    if "standard" in classes and "convertible" in classes:
        found.add("offering_class")
    if any((row.get("state") or "active") != "active" for row in rows):
        found.add("state")
    ends = {
        row["expires"][:13]
        for row, offering_class in zip(rows, classes, strict=True)
        if offering_class == "standard" and row.get("expires")
    }
    if len(ends) > 1:
        found.add("expires")
    return [code for code in ORDER if code in found]


def _split(family: str) -> tuple[str, str, str]:
    """`m5d` → `m`, `5`, `d`."""
    letters = family.rstrip("abcdefghijklmnopqrstuvwxyz-")
    stem = letters.rstrip("0123456789")
    return stem, letters[len(stem) :], family[len(letters) :]


def _same_line(one: str, other: str) -> bool:
    mine, theirs = _split(one), _split(other)
    return mine[0] == theirs[0] and mine[2] == theirs[2] and mine[1] != theirs[1]


def _family_codes(before: list[Json], after: list[Json]) -> set[str]:
    """Units that leave one family for another, seen from both ends."""
    balance: dict[str, Decimal] = {}
    for rows, sign in ((before, -1), (after, 1)):
        for row in rows:
            family = row["type"].split(".")[0]
            balance[family] = balance.get(family, Decimal(0)) + sign * units(row)
    old = {row["type"].split(".")[0] for row in before}
    new = {row["type"].split(".")[0] for row in after}
    losers = {family for family, change in balance.items() if change < 0}
    winners = {family for family, change in balance.items() if change > 0}
    if losers and winners:
        ends = [(family, winners) for family in losers] + [(family, losers) for family in winners]
    else:
        ends = [(family, new) for family in old - new] + [(family, old) for family in new - old]
    return {
        "generation" if any(_same_line(family, other) for other in others) else "family"
        for family, others in ends
    }


def _types_of_another_size(before: list[Json], after: list[Json]) -> set[str]:
    """Types of which there are more or fewer, where one size gives way to another."""
    change: Counter[str] = Counter()
    for row in after:
        change[row["type"]] += row["count"]
    for row in before:
        change[row["type"]] -= row["count"]
    sizes: Counter[str] = Counter()
    for kind, number in change.items():
        sizes[kind.split(".")[1]] += number
    swaps = any(n < 0 for n in sizes.values()) and any(n > 0 for n in sizes.values())
    for one, fewer in change.items():
        for other, more in change.items():
            same = one.split(".")[0] == other.split(".")[0]
            swaps = swaps or (same and fewer < 0 < more)
    return {kind for kind, number in change.items() if number} if swaps else set()


def exchange_answer(document: Json) -> Json:
    """`reasons`, and the four values of an exchange that is allowed, counted up one by one."""
    rows, target = document["from"], document["to"]
    years = {row["term_years"] for row in rows}
    term = 3 if len(years) > 1 else min(years)
    checks = {
        "offering_class": document["offering_class"] == "standard"
        or any(row.get("offering_class") == "standard" for row in [*rows, target]),
        "payment_option": target["payment"] == "no_upfront"
        and any(row["payment"] != "no_upfront" for row in rows),
        "hours_left": any(row["hours_left"] < 24 for row in rows),
        "term": target["term_years"] is not None and target["term_years"] != term,
        "state": any((row.get("state") or "active") != "active" for row in rows),
        "region": len({row["region"] for row in [*rows, target] if row.get("region")}) > 1,
    }
    reasons = [code for code in ORDER if checks.get(code)]
    if reasons:
        nothing = dict.fromkeys(("count_received", "true_up", "expires", "term_years"))
        return {"reasons": reasons, **nothing}
    n = 1
    while not suffices(document, n):
        n += 1
    owed = n * Decimal(target["prorated_upfront"] or 0) - _upfront(rows)
    return {
        "reasons": [],
        "count_received": n,
        "true_up": max(owed, Decimal(0)),
        "expires": max(row["expires"] for row in rows),
        "term_years": term,
    }


def suffices(document: Json, n: int) -> bool:
    """Are n of the target worth no less than what is given up?"""
    rows, target = document["from"], document["to"]
    value = sum((row["count"] * Decimal(row["list_value"]) for row in rows), Decimal(0))
    if n * Decimal(target["list_value"]) < value:
        return False
    price = target["prorated_upfront"]
    return price is None or n * Decimal(price) >= _upfront(rows)


def _upfront(rows: list[Json]) -> Decimal:
    return sum((row["count"] * Decimal(row["remaining_upfront"] or 0) for row in rows), Decimal(0))
