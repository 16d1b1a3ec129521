"""What Dedicated Instances and Dedicated Hosts cost, at prices that the question itself gives."""

from collections.abc import Sequence
from random import Random

from apps.widgetkit.asks import Parameter

from .making import Json, Sum, sum_generator, table, usd

FEE = 200
"""Cents an hour for a Region with Dedicated Instances; every stem states it."""
_HOURS = (5, 8, 10, 20, 30, 40)
_ASSUMED = "요금은 계산을 위해 정한 값입니다."


def dedicated_bill(instances: Sequence[int], *, rate: int, fee: int, hours: int) -> int:
    """Of instances by Region, in cents. [di_price] once per Region per hour with any running."""
    return (sum(instances) * rate + sum(count > 0 for count in instances) * fee) * hours


def host_bill(hosts: int, *, rate: int, hours: int) -> int:
    """In cents. [dh, di] 2023-06-15: per host, however many instances run on it."""
    return hosts * rate * hours


def break_even(*, rate: int, fee: int, host_rate: int) -> int:
    """The least number of Dedicated Instances in one Region that cost more than one host."""
    return (host_rate - fee) // rate + 1


# Bills ------------------------------------------------------------------------------------------


_WHICH = Parameter(
    "tenancy",
    "어느 쪽의 요금",
    (("any", "둘을 섞어서"), ("dedicated", "전용 인스턴스"), ("host", "전용 호스트")),
    "any",
)


def _draw_bill(rng: Random, tenancy: str = "any") -> Sum | None:
    if tenancy == "any":
        tenancy = "dedicated" if rng.random() < 0.5 else "host"
    return _draw_dedicated(rng) if tenancy == "dedicated" else _draw_host(rng)


def _draw_dedicated(rng: Random) -> Sum:
    names = rng.sample(("서울", "도쿄", "오리건", "버지니아"), rng.choice((1, 2)))
    counts = [rng.randint(2, 6) for _ in names]
    zones = [min(count, rng.choice((2, 3))) for count in counts]
    rate, hours = rng.randrange(10, 80, 5), rng.choice(_HOURS)
    places = ", ".join(
        f"{name} 리전에 {count}대(가용 영역 {zone}곳)"
        for name, zone, count in zip(names, zones, counts, strict=True)
    )
    prices = table(
        ("항목", "시간당 요금"),
        [("전용 인스턴스 한 대", usd(rate)), ("전용 인스턴스 추가 요금", usd(FEE))],
    )
    stem = (
        f"전용 인스턴스를 {places} 두고 {hours}시간 동안 계속 실행했습니다. {_ASSUMED}\n\n{prices}"
        "\n\n전용 인스턴스 요금은 모두 얼마입니까?"
    )
    scenario: Json = {"tenancy": "dedicated", "instances": counts, "zones": zones}
    scenario |= {"rate": rate, "fee": FEE, "hours": hours}
    key = dedicated_bill(counts, rate=rate, fee=FEE, hours=hours)
    own, fees = sum(counts) * rate * hours, len(names) * FEE * hours
    sums = (
        f"인스턴스: {sum(counts)}대 × {usd(rate)} × {hours}시간 = {usd(own)}. "
        f"추가 요금: 리전 {len(names)}곳 × {usd(FEE)} × {hours}시간 = {usd(fees)}. "
        f"합계: {usd(key)}."
    )
    return _told(scenario, stem, key, _slips_dedicated(counts, zones, rate, hours), sums)


def _slips_dedicated(
    counts: Sequence[int], zones: Sequence[int], rate: int, hours: int
) -> list[tuple[int, str]]:
    own, regions = sum(counts) * rate, len(counts)
    return [
        (own * hours, "리전당 추가 요금을 빠뜨렸습니다."),
        ((own + FEE) * hours, "추가 요금은 전용 인스턴스를 실행한 리전마다 붙습니다."),
        (own * hours + regions * FEE, "추가 요금은 한 번이 아니라 시간마다 붙습니다."),
        (regions * FEE * hours, "인스턴스마다 내는 요금을 빠뜨렸습니다."),
        ((own + sum(zones) * FEE) * hours, "추가 요금은 가용 영역이 아니라 리전마다 붙습니다."),
        (
            (own + sum(counts) * FEE) * hours,
            "추가 요금은 인스턴스마다 붙지 않습니다. 리전에 몇 대가 있든 한 번입니다.",
        ),
        (
            (own + regions * FEE) * _whole_days(hours),
            "하루 단위로 올리지 않고 실행한 시간만큼 계산합니다.",
        ),
    ]


def _draw_host(rng: Random) -> Sum:
    seats, count = rng.choice((8, 10, 16, 20)), rng.choice((2, 3))
    used = [rng.randint(1, seats // 2) for _ in range(count - 1)] + [0]
    host_rate, rate = rng.randrange(300, 900, 50), rng.randrange(10, 60, 5)
    hours = rng.choice(_HOURS)
    prices = table(
        ("항목", "시간당 요금"),
        [
            ("전용 호스트 하나", usd(host_rate)),
            ("같은 유형의 전용 인스턴스 한 대", usd(rate)),
            ("전용 인스턴스 추가 요금", usd(FEE)),
        ],
    )
    placed = ", ".join(f"{each}대" for each in used)
    stem = (
        f"{seats}대씩 들어가는 전용 호스트 {count}개를 {hours}시간 동안 할당했습니다. 그동안 "
        f"호스트마다 실행한 인스턴스는 {placed}입니다. {_ASSUMED}\n\n{prices}\n\n"
        "전용 호스트 요금은 모두 얼마입니까?"
    )
    scenario: Json = {"tenancy": "host", "instances": used, "seats": seats}
    scenario |= {"host_rate": host_rate, "rate": rate, "fee": FEE, "hours": hours}
    key = host_bill(count, rate=host_rate, hours=hours)
    sums = f"호스트 {count}개 × {usd(host_rate)} × {hours}시간 = {usd(key)}."
    return _told(scenario, stem, key, _slips_host(used, seats, host_rate, rate, hours), sums)


def _slips_host(
    used: Sequence[int], seats: int, host_rate: int, rate: int, hours: int
) -> list[tuple[int, str]]:
    key = host_bill(len(used), rate=host_rate, hours=hours)
    busy, instances = sum(count > 0 for count in used), sum(used)
    dedicated = dedicated_bill([instances], rate=rate, fee=FEE, hours=hours)
    return [
        (busy * host_rate * hours, "비어 있는 호스트도 할당되어 있는 동안 요금을 냅니다."),
        (
            key * instances // (len(used) * seats),
            "호스트를 얼마나 채웠는지는 요금과 관계없습니다.",
        ),
        (dedicated, "전용 인스턴스의 계산입니다. 전용 호스트는 호스트마다 요금을 냅니다."),
        (instances * rate * hours, "인스턴스가 아니라 호스트마다 요금을 냅니다."),
        (key + FEE * hours, "리전당 추가 요금은 전용 인스턴스에 붙습니다."),
        (key + instances * rate * hours, "인스턴스 요금을 호스트 요금에 더하지 않습니다."),
        (instances * host_rate * hours, "호스트 요금을 인스턴스마다 내지 않습니다."),
        (
            len(used) * host_rate * _whole_days(hours),
            "하루 단위로 올리지 않고 할당한 시간만큼 계산합니다.",
        ),
    ]


def _whole_days(hours: int) -> int:
    return -(-hours // 24) * 24


def _told(scenario: Json, stem: str, key: int, slips: Sequence[tuple[int, str]], sums: str) -> Sum:
    rule = (
        "전용 인스턴스는 인스턴스마다, 그리고 한 대라도 실행 중인 리전마다 시간당 요금을 냅니다. "
        "전용 호스트는 인스턴스 수와 관계없이 할당한 호스트마다 냅니다."
    )
    told = [(number, f"{why} {sums}") for number, why in slips]
    return Sum(scenario, stem, key, told, f"{rule} {sums}", usd)


# Break-even -------------------------------------------------------------------------------------


def _draw_break_even(rng: Random) -> Sum | None:
    seats, rate = rng.choice((16, 20, 24, 32, 48)), rng.randrange(15, 75, 5)
    host_rate = rng.randrange(500, 1250, 25)
    key = break_even(rate=rate, fee=FEE, host_rate=host_rate)
    if not 4 <= key < seats - 1:
        return None

    def cost(count: int) -> str:
        return f"{count}대의 요금은 시간당 {usd(count * rate + FEE)}"

    sums = (
        f"전용 인스턴스 {cost(key - 1)}, {cost(key)}입니다. 호스트 요금은 {usd(host_rate)}입니다."
    )
    prices = table(
        ("항목", "시간당 요금"),
        [
            ("전용 인스턴스 한 대", usd(rate)),
            ("전용 인스턴스 추가 요금", usd(FEE)),
            (f"전용 호스트 하나(같은 유형을 {seats}대까지)", usd(host_rate)),
        ],
    )
    stem = (
        f"서울 리전에서 같은 유형의 인스턴스를 계속 실행하려고 합니다. {_ASSUMED}\n\n{prices}\n\n"
        "인스턴스가 적어도 몇 대일 때 전용 호스트 하나가 전용 인스턴스보다 저렴합니까?"
    )
    explanation = (
        "전용 인스턴스 요금은 대수만큼 늘고 리전당 추가 요금은 한 번만 붙습니다. 전용 호스트 요금은"
        f" 대수와 관계없습니다. {sums} 그래서 {key}대부터 호스트가 저렴합니다."
    )
    scenario = {"rate": rate, "fee": FEE, "host_rate": host_rate, "seats": seats}
    return Sum(
        scenario,
        stem,
        key,
        [(n, f"{why} {sums}") for n, why in _slips_break_even(rate, host_rate, seats)],
        explanation,
        lambda number: f"{number}대",
    )


def _slips_break_even(rate: int, host_rate: int, seats: int) -> list[tuple[int, str]]:
    key = break_even(rate=rate, fee=FEE, host_rate=host_rate)
    return [
        (host_rate // rate + 1, "리전당 추가 요금을 빠뜨렸습니다."),
        (host_rate // (rate + FEE) + 1, "추가 요금은 인스턴스마다 붙지 않습니다."),
        (
            (host_rate + FEE) // rate + 1,
            "추가 요금은 전용 호스트가 아니라 전용 인스턴스에 붙습니다.",
        ),
        (seats, "호스트를 꽉 채우기 전에 이미 더 저렴해집니다."),
        (key - 1, "이 대수까지는 호스트가 더 저렴하지 않습니다."),
        (key + 1, "한 대 적을 때 이미 호스트가 더 저렴합니다."),
        (1, "한 대만 실행해도 호스트 요금은 모두 냅니다."),
    ]


GENERATORS = (
    sum_generator(
        "tenancy-bill", "전용 인스턴스와 전용 호스트의 요금 계산하기", _draw_bill, _WHICH
    ),
    sum_generator("tenancy-host-pays-off", "전용 호스트가 저렴해지는 대수 찾기", _draw_break_even),
)
