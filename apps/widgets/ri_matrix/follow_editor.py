"""The form of "할인이 따라오나": fields with their mistakes, values to pick, changes to try."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from apps.kernel.pricing.instances import parse_instance_type
from apps.kernel.pricing.options import LINUX, PurchaseOption, Scope, Tenancy

from .change_buttons import LADDER
from .domain.flexibility_model import OPTION_NAMES
from .follow_form import (
    ATTRIBUTES,
    COMMITTED,
    PREFIXES,
    RUNNING,
    has_scope,
    has_zone,
    is_host,
    needs_zone,
)
from .form_fields import (
    PLATFORMS,
    SCOPES,
    TENANCIES,
    Button,
    Field,
    by_path,
    label_of,
    left_over,
    make_field,
    suggested,
    zones,
)

LABELS = {
    "region": "리전",
    "az": "가용 영역",
    "type": "인스턴스 유형",
    "count": "개수",
    "platform": "플랫폼",
    "tenancy": "테넌시",
}
_SUGGESTIONS = {"region": "regions", "az": "zones", "type": "types", "platform": "platforms"}
_OPTIONS = tuple((option.value, name) for option, name in OPTION_NAMES.items())
_COUNTABLE_DIGITS = 4
_Try = tuple[str, str, dict[str, str]]
"""A key, what the button says, and the fields that it sets."""


@dataclass(frozen=True, slots=True)
class Form:
    """What was committed to, what runs, and what was typed into fields that are not shown."""

    committed: tuple[Field, ...]
    running: tuple[Field, ...]
    fixed: tuple[tuple[str, str], ...]
    hidden: tuple[tuple[str, str], ...]
    tries: tuple[Button, ...]
    lists: Mapping[str, tuple[str, ...]]
    problems: tuple[str, ...]


def build_form(fields: Mapping[str, str], problems: Sequence[Mapping[str, str]]) -> Form:
    at = by_path(problems)
    hidden = []
    fixed = []
    committed = [
        make_field(
            "option", "option", "요금제", fields["option"], at.pop("option", ()), options=_OPTIONS
        )
    ]
    if has_scope(fields):
        committed.append(
            make_field(
                "scope", "scope", "범위", fields["scope"], at.pop("scope", ()), options=SCOPES
            )
        )
    else:
        hidden.append(("scope", fields["scope"] or Scope.REGIONAL.value))
    for name in ATTRIBUTES:
        if name == "az" and not has_zone(fields):
            hidden.append((name, fields[name]))
        elif name == "tenancy" and is_host(fields):
            hidden.append((name, fields[name]))
            fixed.append((LABELS[name], label_of(Tenancy.HOST.value, TENANCIES)))
        else:
            committed.append(_side_field(COMMITTED, name, fields, at))
    if not needs_zone(fields):
        hidden += [("zone", _zone(fields["region"])), ("run_zone", _zone(fields["run_region"]))]
    return Form(
        committed=tuple(committed),
        running=tuple(_side_field(RUNNING, name, fields, at) for name in ATTRIBUTES),
        fixed=tuple(fixed),
        hidden=tuple(hidden),
        tries=tuple(_tries(fields)),
        lists=suggested((fields["region"], fields["run_region"])),
        problems=left_over(at),
    )


def _side_field(side: str, name: str, fields: Mapping[str, str], at: dict[str, list[str]]) -> Field:
    key = f"{PREFIXES[side]}{name}"
    label = LABELS[name]
    if name == "az" and not needs_zone(fields):
        label += " (없어도 됨)"
    return make_field(
        key,
        name,
        label,
        fields[key],
        at.pop(f"{side}.{name}", ()),
        options=_tenancies(side, fields) if name == "tenancy" else (),
        suggestions=_SUGGESTIONS.get(name, ""),
    )


def _tenancies(side: str, fields: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Reserved Instances and Capacity Reservations are not bought for hosts. [di], [cr]"""
    reserved = has_scope(fields) or fields["option"] == PurchaseOption.CAPACITY_RESERVATION.value
    if side == COMMITTED and reserved:
        return TENANCIES[:2]
    return TENANCIES


def _zone(region: str) -> str:
    """A zone to begin with."""
    return next(iter(zones(region)), "")


def _tries(fields: Mapping[str, str]) -> list[Button]:
    """One attribute at a time, away from what was committed to."""
    changes = [("same", "약정과 똑같이", _same(fields)), *_sizes(fields), *_places(fields)]
    system = PLATFORMS[1] if fields["platform"] == LINUX else LINUX
    changes.append(("platform", f"플랫폼: {system}", {"run_platform": system}))
    if not is_host(fields):
        changes.append(
            ("tenancy", "테넌시: 전용 인스턴스", {"run_tenancy": Tenancy.DEDICATED.value})
        )
    return [
        Button("set", ";".join(f"{name}={value}" for name, value in pairs.items()), label, id=key)
        for key, label, pairs in changes
        if any(fields[name] != value for name, value in pairs.items())
        and not any(";" in value for value in pairs.values())
    ]


def _same(fields: Mapping[str, str]) -> dict[str, str]:
    same = {f"run_{name}": fields[name] for name in ATTRIBUTES}
    if not has_zone(fields):
        same["run_az"] = fields["run_az"] if fields["run_region"] == fields["region"] else ""
    if is_host(fields):
        same["run_tenancy"] = Tenancy.HOST.value
    return same


def _sizes(fields: Mapping[str, str]) -> list[_Try]:
    kind = parse_instance_type(fields["type"])
    if kind is None:
        return []
    other = "c5" if kind.family != "c5" else "m5"
    sizes = list(LADDER)
    at = sizes.index(kind.size) + 1 if kind.size in sizes else 0
    size = sizes[at] if at < len(sizes) else sizes[-2]
    return [
        ("size", f"크기: {size}", {"run_type": f"{kind.family}.{size}"}),
        ("family", f"패밀리: {other}", {"run_type": f"{other}.{kind.size}"}),
        *_counts(fields["count"]),
    ]


def _counts(text: str) -> list[_Try]:
    if not (text.isascii() and text.isdigit() and len(text) < _COUNTABLE_DIGITS):
        return []
    return [("count", "개수: 2배", {"run_count": str(2 * int(text))})]


def _places(fields: Mapping[str, str]) -> list[_Try]:
    region = fields["region"]
    if not region:
        return []
    zone = next((zone for zone in reversed(zones(region)) if zone != fields["az"]), "")
    away = "us-east-1" if region != "us-east-1" else "ap-northeast-2"
    away_az = _zone(away) if fields["run_az"] else ""
    return [
        ("az", f"가용 영역: {zone}", {"run_region": region, "run_az": zone}),
        ("region", f"리전: {away}", {"run_region": away, "run_az": away_az}),
    ]
