"""Situations to begin with: the notes' own examples, and what beginners get wrong about them.

The first of each panel (`half`, `needs-region`, `split`) is where that panel starts.
"""

from typing import Any, NamedTuple

from apps.kernel.documents import Invalid
from apps.kernel.pricing.options import LINUX, PurchaseOption, Scope, Tenancy

from .changes import change_to_json, read_change
from .commitment import read_scenario, scenario_to_json
from .needs import needs_to_json, read_needs

Json = dict[str, Any]

_SEOUL, _VIRGINIA = "ap-northeast-2", "us-east-1"
_WINDOWS = "Windows"
_STANDARD, _CONVERTIBLE = PurchaseOption.STANDARD_RI, PurchaseOption.CONVERTIBLE_RI


class PresetScenario(NamedTuple):
    """A scenario in canonical form, with a title and two sentences on what to notice in it."""

    name: str
    title: str
    notice: str
    scenario: Json


def _side(
    type_: str,
    region: str = _SEOUL,
    az: str | None = None,
    *,
    count: int = 1,
    platform: str = LINUX,
    tenancy: Tenancy = Tenancy.DEFAULT,
) -> Json:
    return {
        "region": region,
        "az": az,
        "type": type_,
        "count": count,
        "platform": platform,
        "tenancy": tenancy.value,
    }


def _reserved(
    option: PurchaseOption, committed: Json, running: Json, scope: Scope = Scope.REGIONAL
) -> Json:
    document = {"scope": scope.value, "committed": committed, "running": running}
    return _canonical({"option": option.value, **document})


def _plan(option: PurchaseOption, committed: Json, running: Json) -> Json:
    return _canonical({"option": option.value, "committed": committed, "running": running})


def _canonical(document: Json) -> Json:
    reading = read_scenario(document)
    if isinstance(reading, Invalid):
        raise ValueError(f"{document}: {reading.problems}")
    return scenario_to_json(reading)


def _needs(*ids: str) -> Json:
    reading = read_needs({"needs": list(ids)})
    if isinstance(reading, Invalid):
        raise ValueError(f"{ids}: {reading.problems}")
    return needs_to_json(reading)


def _change(document: Json) -> Json:
    reading = read_change(document)
    if isinstance(reading, Invalid):
        raise ValueError(f"{document}: {reading.problems}")
    return change_to_json(reading)


def _row(type_: str, count: int, az: str | None = None, region: str = _VIRGINIA) -> Json:
    scope = Scope.REGIONAL if az is None else Scope.ZONAL
    return {"type": type_, "count": count, "scope": scope.value, "region": region, "az": az}


def _modify(before: list[Json], after: list[Json]) -> Json:
    kind = {"offering_class": "standard", "platform": LINUX, "tenancy": Tenancy.DEFAULT.value}
    return _change({"operation": "modify", **kind, "from": before, "to": after})


# The reservations of the exchange that the specification computes: list values are examples.
_OLD = {"type": "m4.large", "count": 1, "payment": "partial_upfront", "list_value": "35"}
_EXCHANGE = {
    "operation": "exchange",
    "offering_class": "convertible",
    "from": [
        {
            **_OLD,
            "remaining_upfront": "500",
            "hours_left": 4000,
            "term_years": 1,
            "expires": "2027-03-31",
        }
    ],
    "to": {
        "type": "c5.large",
        "payment": "all_upfront",
        "list_value": "10",
        "prorated_upfront": "150",
        "term_years": 1,
    },
}

_FOLLOW = (
    PresetScenario(
        "half",
        "표준 RI: 크기 바꾸기",
        "약정한 m5.large 1개는 4단위이고, 지금 쓰는 m5.xlarge 1개는 8단위입니다. "
        "크기가 달라도 할인은 저절로 따라오지만, 4단위만큼인 절반에만 적용됩니다.",
        _reserved(_STANDARD, _side("m5.large"), _side("m5.xlarge", az="ap-northeast-2c")),
    ),
    PresetScenario(
        "convertible-size",
        "변동 RI: 크기 바꾸기",
        "노트가 변동 RI의 장점으로 든 예이지만, 크기 유연성에는 표준과 변동의 차이가 없습니다. "
        "표준 RI일 때와 똑같이 절반에 할인이 저절로 적용됩니다.",
        _reserved(_CONVERTIBLE, _side("m5.large"), _side("m5.xlarge")),
    ),
    PresetScenario(
        "two-for-one",
        "표준 RI: 2개로 큰 것 1개",
        "m5.large 2개와 m5.xlarge 1개는 똑같이 8단위입니다. "
        "개수가 달라도 단위가 맞으면, 수정을 요청하지 않아도 할인이 모두 적용됩니다.",
        _reserved(_STANDARD, _side("m5.large", count=2), _side("m5.xlarge")),
    ),
    PresetScenario(
        "standard-family",
        "표준 RI: 패밀리 바꾸기",
        "크기가 같아도 패밀리가 m5에서 c5로 바뀌면 표준 RI의 할인은 따라가지 않습니다. "
        "수정으로는 패밀리를 바꿀 수 없고, 표준 RI는 교환할 수도 없습니다.",
        _reserved(_STANDARD, _side("m5.large"), _side("c5.large")),
    ),
    PresetScenario(
        "convertible-family",
        "변동 RI: 패밀리 바꾸기",
        "변동 RI도 가만히 두면 c5.large에는 할인이 적용되지 않습니다. "
        "가치가 같거나 더 큰 변동 RI로 교환해야 하며, 차액을 낼 수도 있습니다.",
        _reserved(_CONVERTIBLE, _side("m5.large"), _side("c5.large")),
    ),
    PresetScenario(
        "compute-sp-region",
        "Compute SP: 리전 바꾸기",
        "Compute Savings Plans는 리전에 묶이지 않으므로, 서울로 옮겨도 할인이 저절로 따라옵니다. "
        "다만 약정한 것은 시간당 금액이므로, 할인율은 옮긴 리전의 요금에 따라 달라집니다.",
        _plan(PurchaseOption.COMPUTE_SP, _side("m5.large", _VIRGINIA), _side("m5.large", _SEOUL)),
    ),
    PresetScenario(
        "compute-sp-family",
        "Compute SP: 패밀리 바꾸기",
        "패밀리와 크기가 함께 바뀌어도 Compute Savings Plans의 할인은 저절로 따라옵니다. "
        "수정이나 교환을 요청할 일이 없습니다.",
        _plan(PurchaseOption.COMPUTE_SP, _side("m5.large"), _side("c5.xlarge")),
    ),
    PresetScenario(
        "ec2-sp-region",
        "EC2 Instance SP: 리전 바꾸기",
        "EC2 Instance Savings Plans는 한 리전에 약정하므로, 다른 리전에서는 할인되지 않습니다. "
        "이 점은 노트의 설명과 같습니다.",
        _plan(
            PurchaseOption.EC2_INSTANCE_SP,
            _side("m5.large", _VIRGINIA),
            _side("m5.large", _SEOUL),
        ),
    ),
    PresetScenario(
        "ec2-sp-family",
        "EC2 Instance SP: 패밀리 바꾸기",
        "노트에는 패밀리를 바꿀 수 있다고 되어 있지만, 약정한 패밀리를 벗어나면 할인되지 않습니다. "
        "m5 안에서 크기만 바꾼다면 할인이 저절로 따라옵니다.",
        _plan(PurchaseOption.EC2_INSTANCE_SP, _side("m5.large"), _side("c5.xlarge")),
    ),
    PresetScenario(
        "windows",
        "Windows: 크기 바꾸기",
        "m5.large 2개와 m5.xlarge 1개는 단위가 같지만, 이 약정의 플랫폼은 Windows입니다. "
        "크기 유연성은 Linux/UNIX에만 있으므로 할인이 전혀 적용되지 않습니다.",
        _reserved(
            _STANDARD,
            _side("m5.large", count=2, platform=_WINDOWS),
            _side("m5.xlarge", platform=_WINDOWS),
        ),
    ),
    PresetScenario(
        "zonal-az",
        "표준 RI: 가용 영역 바꾸기",
        "가용 영역 2a를 지정한 RI는 2a에서만 할인되므로, 2c에서 쓰면 적용되지 않습니다. "
        "가용 영역을 옮기거나 범위를 리전으로 바꾸는 수정은 표준 RI에서도 무료입니다.",
        _reserved(
            _STANDARD,
            _side("m5.large", az="ap-northeast-2a"),
            _side("m5.large", az="ap-northeast-2c"),
            Scope.ZONAL,
        ),
    ),
    PresetScenario(
        "dedicated",
        "표준 RI: 테넌시 바꾸기",
        "default 테넌시로 약정한 표준 RI는 dedicated 테넌시의 인스턴스를 할인하지 않습니다. "
        "테넌시는 수정으로 바꿀 수 없고, 변동 RI라면 교환할 수 있습니다.",
        _reserved(_STANDARD, _side("m5.large"), _side("m5.large", tenancy=Tenancy.DEDICATED)),
    ),
)

_NEEDS = (
    PresetScenario(
        "needs-region",
        "리전과 패밀리가 바뀔 때",
        "리전과 패밀리를 모두 바꾸면서도 할인을 받으려는 경우입니다. "
        "RI와 EC2 Instance Savings Plans가 어느 조건에서 탈락하는지 견주어 보시기 바랍니다.",
        _needs("region", "family", "discount"),
    ),
    PresetScenario(
        "needs-size",
        "크기가 자주 바뀔 때",
        "크기만 자주 바뀐다면 맞는 구매 옵션이 여럿입니다. "
        "같은 RI라도 범위가 리전인지 가용 영역인지에 따라 크기를 따라가는 방법이 다릅니다.",
        _needs("size", "discount"),
    ),
    PresetScenario(
        "needs-capacity",
        "용량이 보장되어야 할 때",
        "할인을 받는다고 해서 용량까지 보장되지는 않습니다. "
        "리전 범위의 RI와 Savings Plans가 탈락하고, 가용 영역 범위의 RI가 남는 까닭을 "
        "확인해 보시기 바랍니다.",
        _needs("capacity", "discount"),
    ),
)

_CHANGES = (
    PresetScenario(
        "split",
        "수정: t2.large 나누기",
        "t2.large 1개는 4단위, t2.small 4개도 4단위입니다. "
        "단위 합계가 같으므로 표준 RI도 추가 요금 없이 나눌 수 있습니다.",
        _modify([_row("t2.large", 1)], [_row("t2.small", 4)]),
    ),
    PresetScenario(
        "footprint",
        "수정: 단위 합계가 다를 때",
        "m5.large 1개는 4단위, m5.xlarge 1개는 8단위라서 수정 요청이 거절됩니다. "
        "수정은 단위 합계를 늘리지도 줄이지도 못하므로, m5.large가 2개 있어야 합니다.",
        _modify([_row("m5.large", 1)], [_row("m5.xlarge", 1)]),
    ),
    PresetScenario(
        "generation",
        "수정: 세대를 바꿀 때",
        "단위 합계가 같아도 t2와 t3은 세대가 다른 별개의 패밀리라서 수정이 거절됩니다. "
        "변동 RI라면 수정이 아니라 교환으로 세대를 바꿀 수 있습니다.",
        _modify([_row("t2.large", 1)], [_row("t3.large", 1)]),
    ),
    PresetScenario(
        "exchange",
        "교환: m4.large를 c5.large로",
        "교환할 때는 받는 RI의 가치가 내놓는 RI보다 작아지지 않도록 개수를 올려서 정합니다. "
        "여기서는 4개를 받고, 남은 선결제 금액과의 차액 100달러를 냅니다.",
        _change(_EXCHANGE),
    ),
)

PRESETS: tuple[PresetScenario, ...] = (*_FOLLOW, *_NEEDS, *_CHANGES)
