"""Reserved Instances: class and scope together decide what the discount follows.

The sources of every statement stand in its cell; they are read as of the date in `SOURCES`.
"""

from apps.kernel.pricing.size_flexibility import (
    EXCLUDED_FAMILIES,
    EXCLUDED_FAMILIES_AS_OF,
    SINGLE_SIZE_TYPES,
)

from . import claims
from .cells_model import Cell, Cells, Column
from .ways import Way

_AUTOMATIC = (Way.AUTOMATIC,)
_MODIFY = (Way.MODIFY,)
_EXCHANGE = (Way.EXCHANGE,)
_IMPOSSIBLE = (Way.IMPOSSIBLE,)

# [ri_apply] 2023-06-15; the excluded families as of EXCLUDED_FAMILIES_AS_OF.
_SIZE_AUTOMATIC = (
    "자동: Linux/UNIX 플랫폼과 기본(default) 테넌시에만 적용됩니다. Windows, RHEL, SUSE Linux에는 "
    "적용되지 않습니다.",
    "자동: 같은 패밀리 안에서만 적용됩니다. m5, m5d, m6i는 서로 다른 패밀리입니다.",
    "자동: 크기 유연성이 없는 패밀리는 빠집니다. "
    f"{EXCLUDED_FAMILIES_AS_OF}년 문서 기준: {', '.join(sorted(EXCLUDED_FAMILIES))}",
)
# [ri_modify] 2023-06-15
_SIZE_MODIFY = (
    "수정: Linux/UNIX, 기본(default) 테넌시, 같은 패밀리여야 하고 정규화 단위의 합이 수정 전과 "
    "같아야 합니다.",
    f"수정: 크기가 하나뿐인 유형은 크기를 바꿀 수 없습니다. {', '.join(sorted(SINGLE_SIZE_TYPES))}",
)
_MODIFY_STATE = (
    "수정: 활성 상태이고, 처리 중인 수정이 없고, 마켓플레이스에 올려 두지 않은 RI여야 합니다.",
)
# [ri_exchange] 2023-06-15
_EXCHANGE_TERMS = (
    "교환: 같은 리전의 다른 변동 RI로만 바꿀 수 있고, 새 RI의 가치가 같거나 커야 합니다. 차액은 더 "
    "내며 돌려받지는 못합니다.",
    "교환: 만료까지 24시간 이상 남은 활성 RI여야 하고, 처리 중인 교환이 없어야 합니다.",
)

_TERM_CLAIM = claims.RI_TERM.agrees(
    "1년 또는 3년입니다. 인스턴스가 아니라 결제 할인이라는 말은 없습니다.",
    "ri-is-billing-discount",
)
_SERVERLESS = Cell(
    (),
    "포함 안 됨",
    "EC2 인스턴스만 할인합니다. Fargate와 Lambda에는 적용되지 않습니다.",
    sources=("sp_ris",),
)
_CAPACITY_REGIONAL = Cell(
    (),
    "예약 안 함",
    "리전 범위의 RI는 용량을 예약하지 않습니다. 범위를 가용 영역으로 수정하면 용량을 예약하지만, "
    "가용 영역과 크기의 유연성은 사라집니다.",
    sources=("ri_scope", "ri_apply"),
)
_CAPACITY_ZONAL = Cell(
    (),
    "예약함",
    "구매한 가용 영역에 용량을 예약합니다. 예약한 용량은 RI를 소유한 계정만 쓸 수 있습니다.",
    sources=("ri_scope", "ri_apply"),
)

_STANDARD: Cells = {
    Column.REGION: Cell(
        _IMPOSSIBLE,
        "한 리전",
        "구매한 리전에만 적용되며 기간이 끝날 때까지 바꿀 수 없습니다.",
        sources=("ri_modify",),
        claims=(
            claims.STANDARD_TYPE.agrees("리전을 바꿀 수 없습니다."),
            claims.STANDARD_LIST.agrees("리전을 바꿀 수 없습니다."),
            claims.STANDARD_EXAMPLE.agrees("다른 리전으로 바꿀 수 없습니다."),
        ),
    ),
    Column.FAMILY: Cell(
        _IMPOSSIBLE,
        "한 패밀리",
        "구매한 패밀리에만 적용됩니다. 수정으로 바꿀 수 없고, 표준 RI는 교환도 할 수 없습니다.",
        sources=("ri_types", "ri_modify"),
        claims=(
            claims.STANDARD_LIST.agrees("패밀리를 바꿀 수 없습니다."),
            claims.STANDARD_TYPE.agrees("유형의 패밀리를 바꿀 수 없습니다."),
            claims.STANDARD_EXAMPLE.agrees("m5를 c5로 바꿀 수 없습니다."),
        ),
    ),
    Column.PLATFORM: Cell(
        _IMPOSSIBLE,
        "한 플랫폼",
        "살 때 정한 플랫폼에만 적용되며 바꿀 수 없습니다.",
        sources=("ri_types",),
        claims=(claims.STANDARD_LIST.agrees("OS를 바꿀 수 없습니다."),),
    ),
    Column.TENANCY: Cell(
        _IMPOSSIBLE,
        "한 테넌시",
        "기본(default)과 전용(dedicated) 가운데 살 때 정하며 바꿀 수 없습니다. 호스트(host) "
        "테넌시에는 적용되지 않습니다.",
        sources=("di",),
        claims=(claims.STANDARD_LIST.agrees("테넌시를 바꿀 수 없습니다."),),
    ),
    Column.TERM: Cell(
        (),
        "1년 · 3년",
        "1년(31,536,000초) 또는 3년(94,608,000초)입니다. 자동으로 갱신되지 않고, 취소할 수 "
        "없습니다.",
        sources=("ri_overview",),
        claims=(_TERM_CLAIM,),
    ),
    Column.PAYMENT: Cell(
        (),
        "전체 · 부분 · 없음",
        "전체 선결제, 부분 선결제, 선결제 없음 가운데 고릅니다. 선결제 없음은 결제 이력이 있는 "
        "계정만 고를 수 있습니다.",
        sources=("ri_overview",),
    ),
    Column.DISCOUNT: Cell(
        (),
        "최대 72%",
        "AWS가 안내하는 상한은 72%입니다. 실제 할인율은 기간, 결제 옵션, 인스턴스 유형에 따라 "
        "다릅니다.",
        sources=("ri_price", "sp_ris"),
        claims=(
            claims.STANDARD_DISCOUNT.agrees("최대 72%까지 할인됩니다."),
            claims.RI_DISCOUNT.agrees("최대 72%까지 할인됩니다."),
        ),
    ),
    Column.SERVERLESS: _SERVERLESS,
    # [ri_market] 2023-06-15: the 30 days are for reservations with an upfront payment.
    Column.RESALE: Cell(
        (),
        "팔 수 있음",
        "남은 기간을 예약 인스턴스 마켓플레이스에서 팔 수 있고, 다른 사람이 내놓은 RI를 살 수도 "
        "있습니다.",
        conditions=(
            "선결제가 있는 RI는 결제가 끝나고 30일 이상 보유한 뒤에 팔 수 있습니다.",
            "기간이 한 달 이상 남아 있어야 합니다.",
            "판매 가격의 12%를 수수료로 냅니다.",
            "대금을 받을 미국 은행 계좌가 있어야 합니다.",
        ),
        sources=("ri_market",),
        confidence="medium",
    ),
}

_AZ_LEFT_OUT = claims.STANDARD_LIST.agrees(
    "바꿀 수 없는 것에 가용 영역을 넣지 않았습니다. 가용 영역을 바꿀 수 있다는 말도 없습니다.",
    "standard-ri-attribute-list",
)
_TYPE_IMMUTABLE = "standard-ri-type-immutable"

_AZ_REGIONAL = "구매한 리전의 어느 가용 영역에서 실행하든 할인이 자동으로 따라옵니다."
_AZ_ZONAL = (
    "구매한 가용 영역에만 적용됩니다. 같은 리전의 다른 가용 영역으로 수정하거나, 범위를 리전으로 "
    "수정하면 됩니다."
)
_AZ_ZONAL_CONDITIONS = ("수정: 어느 플랫폼이든 할 수 있습니다.", *_MODIFY_STATE)

STANDARD_REGIONAL: Cells = {
    **_STANDARD,
    Column.AZ: Cell(
        _AUTOMATIC,
        "리전 안 모두",
        _AZ_REGIONAL,
        sources=("ri_modify", "ri_scope"),
        claims=(_AZ_LEFT_OUT,),
    ),
    Column.SIZE: Cell(
        (Way.AUTOMATIC, Way.MODIFY),
        "패밀리 안, 조건부",
        "조건에 맞으면 같은 패밀리의 다른 크기에도 정규화 단위만큼 할인이 자동으로 따라오고, "
        "크기를 수정할 수도 있습니다. Windows처럼 조건에 맞지 않으면 구매한 크기에만 적용됩니다.",
        conditions=(*_SIZE_AUTOMATIC, *_SIZE_MODIFY, *_MODIFY_STATE),
        sources=("ri_apply", "ri_modify"),
        claims=(
            claims.STANDARD_TYPE.differs(
                "유형을 바꿀 수 없다고 하지만, 크기는 자동으로 따라오거나 수정할 수 있습니다.",
                _TYPE_IMMUTABLE,
            ),
        ),
    ),
    Column.CAPACITY: _CAPACITY_REGIONAL,
}

STANDARD_ZONAL: Cells = {
    **_STANDARD,
    Column.AZ: Cell(
        _MODIFY,
        "한 가용 영역",
        _AZ_ZONAL,
        conditions=_AZ_ZONAL_CONDITIONS,
        sources=("ri_modify", "ri_scope"),
        claims=(_AZ_LEFT_OUT,),
    ),
    Column.SIZE: Cell(
        _MODIFY,
        "한 크기",
        "구매한 크기에만 적용됩니다. 조건에 맞으면 크기를 수정하거나, 범위를 리전으로 수정해 크기 "
        "유연성을 얻을 수 있습니다.",
        conditions=(*_SIZE_MODIFY, *_MODIFY_STATE),
        sources=("ri_apply", "ri_modify"),
        claims=(
            claims.STANDARD_TYPE.differs(
                "유형을 바꿀 수 없다고 하지만, 조건에 맞으면 크기를 수정할 수 있습니다.",
                _TYPE_IMMUTABLE,
            ),
        ),
    ),
    Column.CAPACITY: _CAPACITY_ZONAL,
}

_BY_EXCHANGE = "convertible-ri-type-changeable"

_CONVERTIBLE: Cells = {
    Column.REGION: Cell(
        _IMPOSSIBLE,
        "한 리전",
        "구매한 리전에만 적용됩니다. 교환도 같은 리전 안에서만 할 수 있습니다.",
        sources=("ri_exchange",),
        claims=(
            claims.CONVERTIBLE_TYPE.agrees("리전을 바꿀 수 없습니다."),
            claims.CONVERTIBLE_EXAMPLE.agrees("다른 리전으로 바꿀 수 없습니다."),
        ),
    ),
    Column.FAMILY: Cell(
        _EXCHANGE,
        "교환해야 함",
        "할인이 저절로 따라오지 않습니다. 가치가 같거나 큰 다른 변동 RI로 교환해야 패밀리가 "
        "바뀝니다.",
        conditions=_EXCHANGE_TERMS,
        sources=("ri_exchange",),
        claims=(
            claims.CONVERTIBLE_LIST.agrees(
                "패밀리를 바꿀 수 있습니다. 교환해야 한다는 말은 없습니다.", _BY_EXCHANGE
            ),
            claims.CONVERTIBLE_TYPE.agrees(
                "유형을 바꿀 수 있습니다. 교환해야 한다는 말은 없습니다.", _BY_EXCHANGE
            ),
        ),
    ),
    Column.PLATFORM: Cell(
        _EXCHANGE,
        "교환해야 함",
        "할인이 저절로 따라오지 않습니다. 다른 변동 RI로 교환해야 플랫폼이 바뀝니다.",
        conditions=_EXCHANGE_TERMS,
        sources=("ri_exchange",),
        claims=(
            claims.CONVERTIBLE_LIST.agrees(
                "OS를 바꿀 수 있습니다. 교환해야 한다는 말은 없습니다.", _BY_EXCHANGE
            ),
        ),
    ),
    Column.TENANCY: Cell(
        _EXCHANGE,
        "교환해야 함",
        "교환하면 기본(default)과 전용(dedicated) 사이를 바꿀 수 있습니다. 수정으로는 바꿀 수 "
        "없고, 호스트(host) 테넌시에는 적용되지 않습니다.",
        conditions=_EXCHANGE_TERMS,
        sources=("di", "ri_exchange"),
        claims=(
            claims.CONVERTIBLE_LIST.agrees(
                "테넌시를 바꿀 수 있습니다. 교환해야 한다는 말은 없습니다.", _BY_EXCHANGE
            ),
        ),
    ),
    Column.TERM: Cell(
        (),
        "1년 · 3년",
        "1년 또는 3년입니다. 하나를 교환하면 기간이 그대로이고, 기간이 다른 RI를 합쳐 교환하면 "
        "3년이 됩니다.",
        conditions=("합쳐 교환하면 만료일은 합친 RI 가운데 가장 늦은 날입니다.",),
        sources=("ri_exchange",),
        claims=(_TERM_CLAIM,),
    ),
    Column.PAYMENT: Cell(
        (),
        "전체 · 부분 · 없음",
        "전체 선결제, 부분 선결제, 선결제 없음 가운데 고릅니다. 교환할 때 전체나 부분 선결제를 "
        "선결제 없음으로 바꿀 수는 없습니다.",
        sources=("ri_exchange",),
    ),
    # The one cell where two official pages contradict each other.
    Column.DISCOUNT: Cell(
        (),
        "54% 또는 66%",
        "AWS의 공식 자료 둘이 다릅니다. EC2 예약 인스턴스 요금 페이지는 최대 54%, Savings Plans "
        "사용 설명서의 비교표는 최대 66%라고 합니다.",
        conditions=("표준 RI(최대 72%)보다 상한이 낮다는 점은 두 자료가 같습니다.",),
        sources=("ri_price", "sp_ris"),
        confidence="medium",
        claims=(
            claims.CONVERTIBLE_DISCOUNT.differs(
                "최대 54%라고 하지만, 66%라고 하는 AWS 자료도 있습니다.",
                "convertible-ri-54-percent",
            ),
            claims.RI_DISCOUNT.differs(
                "예약 인스턴스 전체의 상한이 72%라고 하지만, 72%는 표준 RI의 상한입니다.",
                "ri-72-percent-generic",
            ),
        ),
    ),
    Column.SERVERLESS: _SERVERLESS,
    Column.RESALE: Cell(
        (),
        "팔 수 없음",
        "예약 인스턴스 마켓플레이스에서 팔 수도 살 수도 없습니다.",
        sources=("ri_types",),
    ),
}

_SIZE_SAID = (
    claims.CONVERTIBLE_EXAMPLE.agrees(
        "m5.xlarge로 바꿀 수 있습니다. 표준 RI에서도 된다는 말은 없습니다.",
        "convertible-ri-example-same-family",
    ),
    claims.CONVERTIBLE_TYPE.agrees("유형을 바꿀 수 있습니다."),
)

CONVERTIBLE_REGIONAL: Cells = {
    **_CONVERTIBLE,
    Column.AZ: Cell(
        _AUTOMATIC,
        "리전 안 모두",
        _AZ_REGIONAL,
        sources=("ri_modify", "ri_scope"),
    ),
    Column.SIZE: Cell(
        (Way.AUTOMATIC, Way.MODIFY, Way.EXCHANGE),
        "패밀리 안, 조건부",
        "조건에 맞으면 같은 패밀리의 다른 크기에도 정규화 단위만큼 할인이 자동으로 따라오고, "
        "크기를 수정할 수도 있습니다. Windows처럼 조건에 맞지 않으면 교환해야 합니다.",
        conditions=(*_SIZE_AUTOMATIC, *_SIZE_MODIFY, *_MODIFY_STATE, *_EXCHANGE_TERMS),
        sources=("ri_apply", "ri_modify", "ri_exchange"),
        claims=_SIZE_SAID,
    ),
    Column.CAPACITY: _CAPACITY_REGIONAL,
}

CONVERTIBLE_ZONAL: Cells = {
    **_CONVERTIBLE,
    Column.AZ: Cell(
        _MODIFY,
        "한 가용 영역",
        _AZ_ZONAL,
        conditions=_AZ_ZONAL_CONDITIONS,
        sources=("ri_modify", "ri_scope"),
    ),
    Column.SIZE: Cell(
        (Way.MODIFY, Way.EXCHANGE),
        "한 크기",
        "구매한 크기에만 적용됩니다. 조건에 맞으면 크기를 수정하거나, 범위를 리전으로 수정해 크기 "
        "유연성을 얻거나, 다른 변동 RI로 교환할 수 있습니다.",
        conditions=(*_SIZE_MODIFY, *_MODIFY_STATE, *_EXCHANGE_TERMS),
        sources=("ri_apply", "ri_modify", "ri_exchange"),
        claims=_SIZE_SAID,
    ),
    Column.CAPACITY: _CAPACITY_ZONAL,
}
