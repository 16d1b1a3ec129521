"""The form of "할인이 따라오나": its query string as a scenario, and back.

    option=standard_ri scope=regional region=us-east-1 type=m5.large count=1
    platform=Linux/UNIX tenancy=default            what was committed to; an absent az is none
    run_region=… run_az=… run_type=… run_count=… run_platform=… run_tenancy=…

A field that the chosen option does not have (the scope of a plan, the zone of a regional RI, the
tenancy of a host) keeps what was typed, hidden, and is not read; so nothing is lost when another
option is tried. `zone` and `run_zone` are zones to begin with where the option that was chosen asks
for one. Buttons send `set=run_type=c5.large`, several values with `;` between them.
"""

from collections.abc import Mapping

from apps.kernel.pricing.options import RESERVED_INSTANCES, PurchaseOption, Scope, Tenancy
from apps.widgetkit.manifest import Json, Pairs, Query

from .domain.commitment import HOSTS

COMMITTED = "committed"
RUNNING = "running"
PREFIXES = {COMMITTED: "", RUNNING: "run_"}
ATTRIBUTES = ("region", "az", "type", "count", "platform", "tenancy")
FIELDS = (
    "option",
    "scope",
    *(f"{prefix}{name}" for prefix in PREFIXES.values() for name in ATTRIBUTES),
)
ZONES = {"az": "zone", "run_az": "run_zone"}
_RESERVED = frozenset(option.value for option in RESERVED_INSTANCES)
_HOSTS = frozenset(option.value for option in HOSTS)
_MOST_DIGITS = 9


def read_fields(query: Query) -> dict[str, str]:
    """Every field as typed, after the buttons that were pressed; absent ones are empty."""
    fields = {}
    for name in FIELDS:
        values = query.get(name)
        fields[name] = values[-1].strip() if values else ""
    for value in query.get("set", ()):
        for part in value.split(";"):
            name, _, text = part.partition("=")
            if name in fields:
                fields[name] = text
    if needs_zone(fields):
        for name, offered in ZONES.items():
            values = query.get(offered)
            if not fields[name] and values:
                fields[name] = values[-1].strip()
    return fields


def decode_follow(query: Query) -> Json:
    """The scenario of a query string; what cannot be read stays in it for the engine to refuse."""
    return scenario_of(read_fields(query))


def scenario_of(fields: Mapping[str, str]) -> Json:
    sides = {
        side: {name: _value(name, fields[f"{prefix}{name}"]) for name in ATTRIBUTES}
        for side, prefix in PREFIXES.items()
    }
    scope: str | None = (fields["scope"] or None) if has_scope(fields) else None
    if not has_zone(fields):
        sides[COMMITTED]["az"] = None
    if is_host(fields):
        sides[COMMITTED]["tenancy"] = Tenancy.HOST.value
    return {"option": fields["option"], "scope": scope, **sides}


def encode_follow(scenario: Json) -> Pairs:
    """A valid scenario as name and value pairs; `decode_follow` gives its canonical form back."""
    pairs = [("option", str(scenario["option"]))]
    if scenario.get("scope") is not None:
        pairs.append(("scope", str(scenario["scope"])))
    for side, prefix in PREFIXES.items():
        for name in ATTRIBUTES:
            value = scenario[side].get(name)
            if value is not None:
                pairs.append((f"{prefix}{name}", str(value)))
    return pairs


def has_scope(fields: Mapping[str, str]) -> bool:
    """Only Reserved Instances have a scope. [ri_scope] 2023-06-15"""
    return fields["option"] in _RESERVED


def has_zone(fields: Mapping[str, str]) -> bool:
    """A regional Reserved Instance names no zone. [ri_scope] 2023-06-15"""
    return not has_scope(fields) or fields["scope"] != Scope.REGIONAL.value


def needs_zone(fields: Mapping[str, str]) -> bool:
    """Zonal Reserved Instances and Capacity Reservations name one. [ri_scope], [cr] 2023-06-15"""
    zonal = has_scope(fields) and fields["scope"] == Scope.ZONAL.value
    return zonal or fields["option"] == PurchaseOption.CAPACITY_RESERVATION.value


def is_host(fields: Mapping[str, str]) -> bool:
    """A host has no other tenancy than host. [dh_work] 2023-06-15"""
    return fields["option"] in _HOSTS


def _value(name: str, text: str) -> str | int | None:
    if name == "az":
        return text or None
    if name == "count" and text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS:
        return int(text)
    return text
