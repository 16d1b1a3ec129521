"""A scenario of `simulate ri-matrix`: what was committed to, and what runs now."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.kernel.documents import Findings, Invalid, join, read_choice, read_object, read_text
from apps.kernel.pricing.instances import InstanceType, parse_instance_type
from apps.kernel.pricing.options import RESERVED_INSTANCES, PurchaseOption, Scope, Tenancy
from apps.kernel.shown import shown

MAX_COUNT = 1000
"""Instances (for hosts: instances on them) of one side."""
MAX_NAME = 64
"""Characters in the name of a region, a zone or a platform."""

_NAME = re.compile(r"\S(?:.*\S)?", re.DOTALL)
_OPTIONS = {option.value: option for option in PurchaseOption}
_SCOPES = {scope.value: scope for scope in Scope}
_TENANCIES = {tenancy.value: tenancy for tenancy in Tenancy}

HOSTS = frozenset({PurchaseOption.DEDICATED_HOST, PurchaseOption.DEDICATED_HOST_RESERVATION})
_NOT_ON_HOSTS = RESERVED_INSTANCES | {PurchaseOption.CAPACITY_RESERVATION}


@dataclass(frozen=True, slots=True)
class Side:
    """Instances of one kind: those committed to, or those that run."""

    region: str
    az: str | None  # None: no zone was named
    type: InstanceType
    count: int
    platform: str  # compared exactly as given
    tenancy: Tenancy


@dataclass(frozen=True, slots=True)
class Scenario:
    """A commitment, and usage that may differ from it in each of the six attributes."""

    option: PurchaseOption
    scope: Scope | None  # of a Reserved Instance; None for everything else
    committed: Side
    running: Side


def read_scenario(document: object) -> Scenario | Invalid:
    """Read a decoded JSON document of any shape; never raises."""
    findings = Findings()
    root = read_object(
        document,
        "",
        findings,
        required=("option", "committed", "running"),
        optional=("scope",),
    )
    if root is None:
        return Invalid(findings.problems())
    option = _read_option(root, findings)
    scope = _read_scope(root, option, findings)
    committed = _read_side(root, "committed", option, findings)
    running = _read_side(root, "running", option, findings)
    _check_tenancy(root, option, findings)
    _check_zones(root, option, scope, findings)
    if findings or option is None or committed is None or running is None:
        return Invalid(findings.problems())
    return Scenario(option, scope, committed, running)


def scenario_to_json(scenario: Scenario) -> dict[str, Any]:
    """The canonical document: every key written out, in the order of the specification.

    `read_scenario` reads it back to an equal scenario.
    """
    return {
        "option": scenario.option.value,
        "scope": None if scenario.scope is None else scenario.scope.value,
        "committed": _side_to_json(scenario.committed),
        "running": _side_to_json(scenario.running),
    }


def _side_to_json(side: Side) -> dict[str, Any]:
    return {
        "region": side.region,
        "az": side.az,
        "type": str(side.type),
        "count": side.count,
        "platform": side.platform,
        "tenancy": side.tenancy.value,
    }


def _read_option(root: Mapping[str, object], findings: Findings) -> PurchaseOption | None:
    if "option" not in root:
        return None
    word = read_choice(root["option"], "option", findings, choices=_OPTIONS)
    return None if word is None else _OPTIONS[word]


def _read_scope(
    root: Mapping[str, object], option: PurchaseOption | None, findings: Findings
) -> Scope | None:
    """Only Reserved Instances have a scope, and they always have one. [ri_scope] 2023-06-15"""
    value = root.get("scope")
    if value is None:
        if option in RESERVED_INSTANCES:
            findings.add(
                "scope", "예약 인스턴스에는 범위가 있어야 합니다. regional이나 zonal을 고르십시오."
            )
        return None
    if option is not None and option not in RESERVED_INSTANCES:
        findings.add("scope", "범위는 예약 인스턴스에만 있습니다. 비워 두십시오(null).")
        return None
    word = read_choice(value, "scope", findings, choices=_SCOPES)
    return None if word is None else _SCOPES[word]


def _read_side(
    root: Mapping[str, object], key: str, option: PurchaseOption | None, findings: Findings
) -> Side | None:
    if key not in root:
        return None
    fields = read_object(
        root[key],
        key,
        findings,
        required=("region", "type", "count", "platform", "tenancy"),
        optional=("az",),
    )
    if fields is None:
        return None
    region = _read_name(fields, key, "region", "리전", findings)
    az = None
    if fields.get("az") is not None:
        az = _read_name(fields, key, "az", "가용 영역", findings)
    kind = _read_type(fields, key, option, findings)
    count = _read_count(fields, key, findings)
    platform = _read_name(fields, key, "platform", "플랫폼", findings)
    tenancy = None
    if "tenancy" in fields:
        path = join(key, "tenancy")
        tenancy = read_choice(fields["tenancy"], path, findings, choices=_TENANCIES)
    if region is None or kind is None or count is None or platform is None or tenancy is None:
        return None
    return Side(region, az, kind, count, platform, _TENANCIES[tenancy])


def _read_name(
    fields: Mapping[str, object], parent: str, key: str, what: str, findings: Findings
) -> str | None:
    """A name that is compared as given, so one that merely looks like another is refused."""
    if key not in fields:
        return None
    path = join(parent, key)
    text = read_text(fields[key], path, findings)
    if text is None:
        return None
    if len(text) <= MAX_NAME and _NAME.fullmatch(text) and text.isprintable():
        return text
    findings.add(
        path,
        f"{what} 이름은 앞뒤에 빈칸이 없는 1~{MAX_NAME}자여야 합니다. 적힌 값: {shown(text)}",
    )
    return None


def _read_type(
    fields: Mapping[str, object], parent: str, option: PurchaseOption | None, findings: Findings
) -> InstanceType | None:
    if "type" not in fields:
        return None
    path = join(parent, "type")
    kind = parse_instance_type(fields["type"])
    if kind is None:
        findings.add(
            path, f"m5.large처럼 적은 인스턴스 유형이어야 합니다. 적힌 값: {shown(fields['type'])}"
        )
        return None
    if option in RESERVED_INSTANCES and kind.factor is None:
        # Only Reserved Instances are counted in units; a factor is never guessed.
        findings.add(
            path,
            f"{kind} 유형의 정규화 계수를 AWS 문서에서 확인하지 못해 계산할 수 없습니다. "
            "다른 유형을 고르십시오.",
        )
        return None
    return kind


def _read_count(fields: Mapping[str, object], parent: str, findings: Findings) -> int | None:
    if "count" not in fields:
        return None
    value = fields["count"]
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MAX_COUNT:
        return value
    findings.add(
        join(parent, "count"),
        f"개수는 1~{MAX_COUNT}의 정수여야 합니다. 적힌 값: {shown(value)}",
    )
    return None


def _check_tenancy(
    root: Mapping[str, object], option: PurchaseOption | None, findings: Findings
) -> None:
    """Reserved Instances and Capacity Reservations know no host tenancy; hosts no other.

    [di], [dh], [cr] 2023-06-15
    """
    committed = root.get("committed")
    tenancy = committed.get("tenancy") if isinstance(committed, dict) else None
    if not isinstance(tenancy, str) or tenancy not in _TENANCIES:
        return  # already a problem of its own
    if option in HOSTS and tenancy != Tenancy.HOST:
        findings.add("committed.tenancy", "전용 호스트에 약정한 테넌시는 host여야 합니다.")
    if option in _NOT_ON_HOSTS and tenancy == Tenancy.HOST:
        what = "예약 인스턴스는" if option in RESERVED_INSTANCES else "온디맨드 용량 예약은"
        findings.add(
            "committed.tenancy",
            f"{what} host 테넌시로 만들 수 없습니다. default나 dedicated를 고르십시오.",
        )


def _check_zones(
    root: Mapping[str, object],
    option: PurchaseOption | None,
    scope: Scope | None,
    findings: Findings,
) -> None:
    """Which sides must name a zone, and which must not. [ri_scope], [cr] 2023-06-15"""
    needed = scope is Scope.ZONAL or option is PurchaseOption.CAPACITY_RESERVATION
    what = "온디맨드 용량 예약" if scope is None else "가용 영역 범위(zonal)의 예약 인스턴스"
    if needed and _has_zone(root, "committed") is False:
        findings.add("committed.az", f"{what}에는 가용 영역이 있어야 합니다.")
    if scope is Scope.ZONAL and _has_zone(root, "running") is False:
        findings.add("running.az", f"{what}와 견주려면 실행하는 가용 영역이 있어야 합니다.")
    if scope is Scope.REGIONAL and _has_zone(root, "committed"):
        findings.add(
            "committed.az",
            "리전 범위(regional)의 예약 인스턴스는 가용 영역을 정하지 않습니다. 비워 "
            "두십시오(null).",
        )


def _has_zone(root: Mapping[str, object], key: str) -> bool | None:
    """Whether a side names a zone, be it a faulty one; None where there is no side to ask."""
    side = root.get(key)
    return side.get("az") is not None if isinstance(side, dict) else None
