"""Changing the tenancy of an instance, and which Dedicated Hosts take one that names none."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from random import Random

from apps.widgetkit.asks import Ask, Choice, Variant

from .making import Json, draw_until, generator, table

DEFAULT, DEDICATED, HOST = "default", "dedicated", "host"
TENANCIES = (DEFAULT, DEDICATED, HOST)
# [lm_tenancy] 2025/2026: which tenancies a billing code may run on.
LICENCES = {
    "Linux": TENANCIES,
    "Windows(라이선스 포함)": TENANCIES,
    "Windows(BYOL)": (DEDICATED, HOST),
    "SQL Server(라이선스 포함)": (DEFAULT, DEDICATED),
    "SLES(라이선스 포함)": (DEFAULT, DEDICATED),
}
_TYPES = ("m5.large", "c5.xlarge", "r5.large", "t3.large", "t3.xlarge")


class Verdict(StrEnum):
    READY = "ready"
    STOP = "stop"
    HOST = "host"
    LICENCE = "licence"
    TYPE = "type"


@dataclass(frozen=True, slots=True)
class Change:
    """A request for another tenancy; `seats`: room on the account's Dedicated Hosts."""

    type: str
    licence: str
    running: bool
    seats: int
    old: str
    new: str


def obstacles(change: Change) -> tuple[Verdict, ...]:
    """What is in the way of running with the new tenancy; nothing: it can be changed now.

    [tenancy_change, lm_tenancy] 2025/2026: any of the three to any other, stopped, where the
    licence allows; onto a host with room. T3: neither onto a host nor off it.
    """
    found = {
        Verdict.STOP: change.running,
        Verdict.HOST: change.new == HOST and change.seats == 0,
        Verdict.LICENCE: change.new not in LICENCES[change.licence],
        Verdict.TYPE: _is_t3(change) and HOST in (change.old, change.new),
    }
    return tuple(verdict for verdict, holds in found.items() if holds)


def _is_t3(change: Change) -> bool:
    return change.type.startswith("t3.")


_TEXTS = {
    Verdict.READY: "지금 테넌시를 바꾸고 시작하면 됩니다.",
    Verdict.STOP: "인스턴스를 먼저 중지해야 합니다.",
    Verdict.HOST: "자리가 있는 전용 호스트가 더 필요합니다.",
    Verdict.LICENCE: "이 라이선스로는 바꿀 수 없습니다.",
    Verdict.TYPE: "이 인스턴스 유형은 바꿀 수 없습니다.",
}
_STATES = {True: "실행 중", False: "중지됨"}
_RULE = (
    "`default`, `dedicated`, `host`는 원칙적으로 서로 어느 쪽으로든 바꿀 수 있습니다. `default`는 "
    "바꾸지 못한다는 설명은 예전 규칙입니다. 인스턴스가 중지되어 있어야 하고, 바꾼 테넌시는 다음에 "
    "시작할 때부터 적용됩니다."
)


def _make_change(name: str, rng: Random) -> Variant:
    verdict = rng.choice(list(Verdict))
    change = draw_until(rng, lambda rng: _draw_change(rng, verdict))
    why = _why(change, verdict)
    choices = [
        Choice(each.value, text, why if each is verdict else _objection(change, each, why))
        for each, text in _TEXTS.items()
    ]
    rng.shuffle(choices)
    explanation = f"{_RULE} {why}"
    ask = Ask(
        name, _stem(change), "single", tuple(choices), frozenset({verdict.value}), explanation
    )
    return Variant(asdict(change), ask)


def _draw_change(rng: Random, verdict: Verdict) -> Change | None:
    """A possible instance, with this in its way and nothing else."""
    old, new = rng.sample(TENANCIES, 2)
    licence = rng.choice(list(LICENCES))
    change = Change(rng.choice(_TYPES), licence, rng.random() < 0.5, rng.choice((0, 2)), old, new)
    if old not in LICENCES[licence]:
        return None
    wanted = () if verdict is Verdict.READY else (verdict,)
    return change if obstacles(change) == wanted else None


def _stem(change: Change) -> str:
    rows = [
        ("유형", change.type),
        ("운영 체제와 라이선스", change.licence),
        ("상태", _STATES[change.running]),
        ("전용 호스트의 빈자리", f"이 유형 {change.seats}대"),
        ("지금 테넌시", f"`{change.old}`"),
        ("바꾸려는 테넌시", f"`{change.new}`"),
    ]
    return (
        "AWS CLI로 다음 EC2 인스턴스의 테넌시를 바꾸어 실행하려고 합니다.\n\n"
        f"{table(('항목', '값'), rows)}\n\n이 변경에 대한 설명으로 맞는 것은 무엇입니까?"
    )


def _why(change: Change, verdict: Verdict) -> str:
    allowed = ", ".join(f"`{each}`" for each in LICENCES[change.licence])
    return {
        Verdict.READY: "상태, 라이선스, 유형 가운데 이 변경을 막는 것이 없습니다.",
        Verdict.STOP: "이 인스턴스는 아직 실행 중입니다. 중지하면 바꿀 수 있습니다.",
        Verdict.HOST: "`host`로 실행하려면 빈자리가 있는 전용 호스트가 필요한데 빈자리가 없습니다.",
        Verdict.LICENCE: f"{change.licence} 인스턴스에 쓸 수 있는 테넌시: {allowed}.",
        Verdict.TYPE: (
            "T3는 전용 호스트에서 시작한 것만 `host`로 쓰고, 나중에 `host`로 옮기거나 "
            "`host`에서 나올 수 없습니다."
        ),
    }[verdict]


def _objection(change: Change, chosen: Verdict, why: str) -> str:
    """The misconception in a wrong choice, and what is true instead."""
    if chosen is Verdict.STOP:
        said = "이미 중지되어 있습니다."
    elif chosen is Verdict.HOST:
        needed = change.new == HOST
        said = "빈자리는 이미 있습니다." if needed else "`host`로 옮기는 변경이 아닙니다."
    elif chosen is Verdict.LICENCE:
        said = f"{change.licence} 인스턴스는 `{change.new}` 테넌시에서 쓸 수 있습니다."
    elif chosen is Verdict.TYPE:
        said = (
            "T3도 `default`와 `dedicated` 사이에서는 바꿀 수 있습니다."
            if _is_t3(change)
            else "유형 때문에 테넌시 변경이 막히는 것은 T3입니다."
        )
    else:
        said = "지금 그대로는 되지 않습니다."
    return f"{said} {why}"


# Placement --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Host:
    """A Dedicated Host that is set up for one type."""

    id: str
    type: str
    auto_placement: bool
    seats: int


def accepting(hosts: Sequence[Host], wanted: str) -> frozenset[str]:
    """Where an instance of tenancy `host` that names no host may start.

    [dh_work] 2023-06-15: auto-placement on takes any untargeted launch of its type; off takes
    only launches that name its host ID.
    """
    return frozenset(
        host.id for host in hosts if host.auto_placement and host.type == wanted and host.seats > 0
    )


_HOST_TYPES = ("m5.large", "m5.xlarge", "c5.large", "r5.xlarge")
_ON_OFF = {True: "켬", False: "끔"}


def _make_placement(name: str, rng: Random) -> Variant:
    wanted, hosts = draw_until(rng, _draw_hosts)
    rows = [
        (f"호스트 {host.id}", host.type, _ON_OFF[host.auto_placement], f"{host.seats}대")
        for host in hosts
    ]
    shown = table(("전용 호스트", "유형", "자동 배치", "빈자리"), rows)
    stem = (
        f"전용 호스트 네 개를 할당했고, 호스트마다 한 가지 유형만 받습니다.\n\n{shown}\n\n"
        f"호스트 ID를 지정하지 않고 테넌시를 `host`로 하여 {wanted} 인스턴스를 시작합니다. "
        "이 인스턴스가 놓일 수 있는 호스트를 모두 고르십시오."
    )
    choices = tuple(
        Choice(host.id.lower(), f"호스트 {host.id}", _on_host(host, wanted)) for host in hosts
    )
    key = accepting(hosts, wanted)
    right = ", ".join(f"호스트 {each}" for each in sorted(key))
    explanation = (
        "호스트 ID를 지정하지 않은 시작은 자동 배치를 켠 호스트만 받습니다. 유형도 맞고 빈자리도 "
        f"있어야 합니다. 세 조건에 모두 맞는 것: {right}."
    )
    ids = frozenset(each.lower() for each in key)
    ask = Ask(name, stem, "multiple", choices, ids, explanation, keep_order=True)
    scenario: Json = {"type": wanted, "hosts": [asdict(host) for host in hosts]}
    return Variant(scenario, ask)


def _draw_hosts(rng: Random) -> tuple[str, list[Host]] | None:
    wanted, other = rng.sample(_HOST_TYPES, 2)
    hosts = [
        Host(
            id_,
            rng.choice((wanted, wanted, wanted, other)),
            rng.random() < 0.7,
            rng.choice((0, 1, 2, 4)),
        )
        for id_ in "ABCD"
    ]
    return (wanted, hosts) if 1 <= len(accepting(hosts, wanted)) <= 3 else None


def _on_host(host: Host, wanted: str) -> str:
    reasons = [
        reason
        for holds, reason in (
            (not host.auto_placement, "자동 배치가 꺼져 있어 호스트 ID를 지정한 시작만 받습니다."),
            (host.type != wanted, f"{host.type} 유형의 호스트입니다."),
            (host.seats == 0, "빈자리가 없습니다."),
        )
        if holds
    ]
    return " ".join(reasons) or "자동 배치가 켜져 있고, 유형이 맞으며, 빈자리가 있습니다."


GENERATORS = (
    generator("tenancy-change", "테넌시를 바꿀 수 있는지 판단하기", _make_change),
    generator("tenancy-host-placement", "자동 배치가 고를 호스트 찾기", _make_placement),
)
