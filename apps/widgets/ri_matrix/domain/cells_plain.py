"""On-Demand and Spot: nothing is committed, so there is nothing that a change could break.

The sources of every statement stand in its cell; they are read as of the date in `SOURCES`.
"""

from . import claims
from .cells_model import Cell, Cells, Column
from .ways import Way

_NOTHING_COMMITTED = (Way.NOT_APPLICABLE,)

ON_DEMAND: Cells = {
    Column.REGION: Cell(
        _NOTHING_COMMITTED,
        "약정 없음",
        "약정이 없으므로 어느 리전에서나 실행할 수 있습니다. 실행 중인 인스턴스가 옮겨 가는 것은 "
        "아니며, AMI를 복사해 다른 리전에서 새로 실행합니다.",
        sources=("od",),
    ),
    Column.AZ: Cell(
        _NOTHING_COMMITTED,
        "약정 없음",
        "실행할 때 고르는 서브넷이 가용 영역을 정합니다. 약정이 없으므로 다음에는 다른 가용 "
        "영역을 골라도 됩니다.",
        sources=("od",),
    ),
    Column.FAMILY: Cell(
        _NOTHING_COMMITTED,
        "약정 없음",
        "어느 패밀리든 쓸 수 있습니다. EBS 기반 인스턴스는 중지한 뒤 유형을 바꿀 수도 있습니다.",
        sources=("od",),
    ),
    Column.SIZE: Cell(
        _NOTHING_COMMITTED,
        "약정 없음",
        "어느 크기든 쓸 수 있습니다. EBS 기반 인스턴스는 중지한 뒤 크기를 바꿀 수도 있습니다.",
        sources=("od",),
    ),
    Column.PLATFORM: Cell(
        _NOTHING_COMMITTED,
        "약정 없음",
        "어느 플랫폼이든 쓸 수 있습니다. 요금은 플랫폼마다 다릅니다.",
        sources=("od",),
    ),
    Column.TENANCY: Cell(
        _NOTHING_COMMITTED,
        "약정 없음",
        "기본(default)과 전용(dedicated) 테넌시는 인스턴스 요금을 냅니다. 호스트(host) "
        "테넌시에서는 전용 호스트의 요금이 인스턴스 요금을 대신합니다.",
        sources=("di", "dh"),
    ),
    Column.TERM: Cell(
        (),
        "없음",
        "장기 약정이 없습니다.",
        sources=("od",),
        claims=(claims.ON_DEMAND_TERM.agrees("약정이 없습니다."),),
    ),
    Column.PAYMENT: Cell(
        (),
        "쓴 만큼",
        "실행(running) 상태인 시간을 초 단위로 계산하며 최소 60초가 적용됩니다. 시간 단위로 "
        "계산하는 상용 운영 체제도 있습니다.",
        sources=("od",),
        claims=(
            claims.ON_DEMAND_UNIT.agrees(
                "사용한 시간만큼 냅니다. 시간을 재는 단위와 최소 60초는 나오지 않습니다.",
                "on-demand-billing-unit",
            ),
            claims.ON_DEMAND_PAY.agrees("사용한 만큼만 냅니다."),
        ),
    ),
    Column.DISCOUNT: Cell((), "0%", "다른 할인율을 재는 기준 요금입니다."),
    Column.CAPACITY: Cell(
        (),
        "보장 없음",
        "용량을 보장하지 않습니다. 용량이 필요하면 온디맨드 용량 예약이나 가용 영역 범위의 RI를 "
        "함께 씁니다.",
        sources=("cr",),
    ),
    Column.SERVERLESS: Cell(
        (),
        "따로 과금",
        "EC2 인스턴스의 요금제입니다. Fargate와 Lambda에는 자체 온디맨드 요금이 있습니다.",
    ),
    Column.RESALE: Cell((), "팔 것 없음", "약정이 없으므로 팔 것도 없습니다."),
}

SPOT: Cells = {
    Column.REGION: Cell(
        _NOTHING_COMMITTED,
        "약정 없음",
        "약정이 없으므로 요청할 때마다 리전을 고릅니다.",
        sources=("spot",),
    ),
    Column.AZ: Cell(
        _NOTHING_COMMITTED,
        "약정 없음",
        "요청할 때 고르거나 EC2에 맡깁니다. 가격과 남는 용량은 가용 영역마다 다릅니다.",
        sources=("spot",),
    ),
    Column.FAMILY: Cell(
        _NOTHING_COMMITTED,
        "약정 없음",
        "어느 패밀리든 요청할 수 있습니다. 여러 유형으로 나누어 요청하는 편이 좋습니다.",
        sources=("spot",),
    ),
    Column.SIZE: Cell(
        _NOTHING_COMMITTED,
        "약정 없음",
        "어느 크기든 요청할 수 있습니다. 유형·가용 영역·플랫폼의 조합마다 용량이 따로 있습니다.",
        sources=("spot",),
    ),
    Column.PLATFORM: Cell(
        _NOTHING_COMMITTED,
        "약정 없음",
        "요청할 때 고릅니다. 스팟 가격은 플랫폼마다 다릅니다.",
        sources=("spot",),
        confidence="medium",
    ),
    Column.TENANCY: Cell(
        _NOTHING_COMMITTED,
        "약정 없음",
        "기본(default)과 전용(dedicated) 테넌시로 요청할 수 있습니다. 호스트(host) 테넌시로는 "
        "요청할 수 없습니다.",
        conditions=("호스트(host) 테넌시는 쓸 수 없습니다.",),
        sources=("di", "spot_req"),
        confidence="medium",
    ),
    Column.TERM: Cell(
        (),
        "없음",
        "약정이 없습니다. 직접 끝내거나 EC2가 회수할 때까지 실행됩니다.",
        sources=("spot",),
    ),
    Column.PAYMENT: Cell(
        (),
        "스팟 가격",
        "쓴 만큼 스팟 가격을 냅니다. 최고가를 정할 수 있지만, 정하면 중단이 잦아집니다.",
        sources=("spot",),
        claims=(claims.SPOT_SPARE.agrees("AWS의 유휴 용량을 저렴한 가격에 씁니다."),),
    ),
    Column.DISCOUNT: Cell(
        (),
        "최대 90%",
        "AWS가 안내하는 상한은 90%입니다. 실제 할인율은 그때그때의 스팟 가격에 달려 있습니다.",
        confidence="medium",
        claims=(claims.SPOT_DISCOUNT.agrees("최대 90%까지 할인됩니다."),),
    ),
    Column.CAPACITY: Cell(
        (),
        "회수될 수 있음",
        "남는 용량을 쓰는 것이므로 EC2가 회수할 수 있습니다. 용량이 필요할 때, 스팟 가격이 "
        "최고가를 넘을 때, 요청의 제약 조건을 지킬 수 없을 때 중단됩니다.",
        conditions=(
            "중단 알림은 보통 2분 전에 최선형(best effort)으로 옵니다.",
            "최대 절전으로 설정하면 2분의 여유 없이 바로 중단됩니다.",
        ),
        sources=("spot",),
        claims=(
            claims.SPOT_RECLAIM.agrees(
                "AWS가 사전 예고 후 회수할 수 있습니다. 얼마나 먼저 알리는지는 나오지 않습니다.",
                "spot-notice-details",
            ),
            claims.SPOT_WORK.agrees("갑작스럽게 회수될 수 있습니다."),
        ),
    ),
    Column.SERVERLESS: Cell(
        (),
        "포함 안 됨",
        "EC2 스팟은 Fargate와 Lambda에 적용되지 않습니다. Fargate Spot은 별도의 기능입니다.",
        confidence="medium",
    ),
    Column.RESALE: Cell((), "팔 것 없음", "약정이 없으므로 팔 것도 없습니다."),
}
