"""Capacity reservations and Dedicated Hosts: what is held is capacity or a server, not a price.

The sources of every statement stand in its cell; they are read as of the date in `SOURCES`.
"""

from . import claims
from .cells_model import Cell, Cells, Column
from .ways import Way

_AUTOMATIC = (Way.AUTOMATIC,)
_MODIFY = (Way.MODIFY,)
_IMPOSSIBLE = (Way.IMPOSSIBLE,)
_NOT_APPLICABLE = (Way.NOT_APPLICABLE,)

_ONLY_QUANTITY = "수정할 수 있는 것은 수량과 종료 조건뿐입니다."

CAPACITY_RESERVATION: Cells = {
    Column.REGION: Cell(
        _IMPOSSIBLE,
        "한 리전",
        "예약한 리전에서만 쓸 수 있습니다. 다른 리전에는 예약을 새로 만들어야 합니다.",
        sources=("cr",),
    ),
    Column.AZ: Cell(
        _IMPOSSIBLE,
        "한 가용 영역",
        "가용 영역 하나에 용량을 예약하며 바꿀 수 없습니다. 다른 가용 영역에는 예약을 새로 "
        "만들어야 합니다.",
        sources=("cr", "cr_use"),
    ),
    Column.FAMILY: Cell(
        _IMPOSSIBLE,
        "한 유형",
        f"예약한 인스턴스 유형만 쓸 수 있으며 바꿀 수 없습니다. {_ONLY_QUANTITY}",
        sources=("cr_use",),
    ),
    Column.SIZE: Cell(
        _IMPOSSIBLE,
        "한 유형",
        f"예약한 크기만 쓸 수 있으며 바꿀 수 없습니다. {_ONLY_QUANTITY}",
        sources=("cr_use",),
    ),
    Column.PLATFORM: Cell(
        _IMPOSSIBLE,
        "한 플랫폼",
        "플랫폼이 예약과 똑같은 인스턴스만 쓸 수 있으며 바꿀 수 없습니다.",
        sources=("cr_use",),
    ),
    # That it cannot be changed follows from the list of what can be. [cr_use] 2023-06-15
    Column.TENANCY: Cell(
        _IMPOSSIBLE,
        "한 테넌시",
        "기본(default)과 전용(dedicated) 가운데 만들 때 정하며 바꿀 수 없습니다. 전용 호스트에는 "
        "쓸 수 없습니다.",
        sources=("cr", "cr_use"),
    ),
    Column.TERM: Cell(
        (),
        "없음",
        "기간 약정이 없습니다. 필요한 만큼 유지하고 언제든 취소할 수 있습니다.",
        sources=("cr",),
    ),
    Column.PAYMENT: Cell(
        (),
        "온디맨드 요금",
        "쓰든 쓰지 않든 온디맨드 요금을 냅니다.",
        sources=("cr_bill",),
    ),
    Column.DISCOUNT: Cell(
        (),
        "0%",
        "예약만으로는 할인이 없습니다. Savings Plans나 리전 범위의 RI와 함께 쓰면 할인되고, 가용 "
        "영역 범위의 RI 할인은 붙지 않습니다.",
        sources=("cr_bill",),
    ),
    Column.CAPACITY: Cell(
        (),
        "예약함",
        "용량을 예약하려고 쓰는 요금제입니다.",
        sources=("cr",),
    ),
    Column.SERVERLESS: Cell(
        (),
        "포함 안 됨",
        "EC2 인스턴스의 용량만 예약합니다. Fargate와 Lambda에는 적용되지 않습니다.",
        confidence="medium",
    ),
    Column.RESALE: Cell(
        (),
        "팔 수 없음",
        "다른 계정에 넘길 수 없습니다. AWS RAM으로 함께 쓸 수는 있습니다.",
        sources=("cr",),
    ),
}

_HOST_FAMILY = (
    "호스트는 한 패밀리나 한 유형만 지원합니다. 다른 패밀리를 쓰려면 호스트를 새로 할당해야 합니다."
)

DEDICATED_HOST: Cells = {
    Column.REGION: Cell(
        _IMPOSSIBLE,
        "호스트에 고정",
        "호스트는 다른 리전으로 옮길 수 없습니다. 약정은 없으므로 해제하고 다른 리전에 새로 할당할 "
        "수는 있습니다.",
        sources=("dh_work",),
    ),
    Column.AZ: Cell(
        _IMPOSSIBLE,
        "호스트에 고정",
        "가용 영역은 호스트를 할당할 때 정합니다. 다른 가용 영역을 쓰려면 호스트를 새로 할당해야 "
        "합니다.",
        sources=("dh_work",),
    ),
    Column.FAMILY: Cell(
        _IMPOSSIBLE,
        "호스트에 고정",
        _HOST_FAMILY,
        sources=("dh_work",),
    ),
    Column.SIZE: Cell(
        _MODIFY,
        "패밀리 안에서",
        "여러 크기를 지원하는 패밀리라면 한 호스트에 크기를 섞을 수 있습니다. 호스트가 한 유형만 "
        "받는다면, 같은 패밀리 안에서 여러 크기를 받도록 수정합니다.",
        conditions=(
            "수정: 호스트의 인스턴스를 모두 중지해야 하고, 약 10분 동안 호스트가 보류 상태가 "
            "됩니다.",
        ),
        sources=("dh", "dh_work"),
    ),
    Column.PLATFORM: Cell(
        _NOT_APPLICABLE,
        "호스트와 무관",
        "호스트 요금은 운영 체제에 매이지 않습니다. 보유한 라이선스나 AWS가 제공하는 Windows AMI를 "
        "쓸 수 있습니다.",
        conditions=(
            "AWS나 AWS Marketplace가 제공하는 RHEL, SUSE, SQL Server AMI는 쓸 수 없습니다(2023년 "
            "문서 기준, 고용량 메모리 호스트는 예외).",
        ),
        sources=("dh",),
        confidence="medium",
        claims=(
            claims.HOST_LICENSE.differs(
                "보유한 라이선스를 쓰면 비용이 없다고 하지만, 그 라이선스의 구매·유지 비용은 "
                "남습니다.",
                "byol-no-licence-cost",
            ),
        ),
    ),
    Column.TENANCY: Cell(
        _IMPOSSIBLE,
        "host 테넌시만",
        "호스트에서 실행하는 인스턴스의 테넌시는 호스트(host)입니다. 기본(default)이나 "
        "전용(dedicated) 테넌시로 실행하면 인스턴스 요금을 따로 냅니다.",
        sources=("dh_work", "dh"),
        claims=(
            claims.HOST_HYPERVISOR.differs(
                "하이퍼바이저로 여러 인스턴스를 실행하는 것과 반대라고 하지만, 전용 호스트에서도 "
                "그렇게 실행합니다.",
                "dedicated-host-opposite-of-hypervisor",
            ),
            claims.HOST_ISOLATED.differs(
                "다른 모든 인스턴스와 격리된다고 하지만, 내 계정의 인스턴스끼리는 같은 호스트를 "
                "함께 씁니다.",
                "dedicated-host-completely-isolated",
            ),
            claims.HOST_SERVER.agrees(
                "독립된 물리 서버를 할당받습니다. 요금제라기보다 테넌시의 한 종류라는 말은 "
                "없습니다.",
                "dedicated-host-as-pricing-plan",
            ),
            claims.HOST_MANY.agrees("여러 인스턴스를 물리적으로 격리합니다."),
        ),
    ),
    Column.TERM: Cell(
        (),
        "없음",
        "약정이 없습니다. 언제든 호스트를 해제할 수 있습니다.",
        sources=("dh",),
    ),
    Column.PAYMENT: Cell(
        (),
        "호스트 단위",
        "할당한 호스트마다 초 단위로 내며 최소 60초가 적용됩니다. 그 위에서 실행하는 인스턴스의 "
        "수와 크기는 상관없습니다.",
        sources=("dh",),
        claims=(
            claims.HOST_SERVER.agrees(
                "물리 서버를 할당받습니다. 호스트의 요금을 내는 방법은 나오지 않습니다.",
                "dedicated-host-as-pricing-plan",
            ),
        ),
    ),
    Column.DISCOUNT: Cell(
        (),
        "0%",
        "온디맨드 호스트에는 할인이 없습니다. Savings Plans를 함께 쓰면 할인되며, 고용량 메모리 "
        "호스트(u-*tb1.metal)는 제외됩니다.",
        sources=("dh",),
    ),
    Column.CAPACITY: Cell(
        (),
        "호스트만큼",
        "할당되어 있는 동안 그 호스트의 용량은 내 것입니다. 온디맨드 용량 예약은 전용 호스트에 쓸 "
        "수 없습니다.",
        sources=("di", "cr"),
        claims=(claims.HOST_SERVER.agrees("물리 서버를 통째로 할당받습니다."),),
    ),
    Column.SERVERLESS: Cell(
        (), "포함 안 됨", "EC2 인스턴스를 실행하는 서버입니다. Fargate와 Lambda와는 상관없습니다."
    ),
    Column.RESALE: Cell(
        (),
        "팔 수 없음",
        "팔 수 없습니다. AWS RAM으로 다른 계정과 함께 쓸 수는 있습니다.",
        sources=("dh_share",),
    ),
}

DEDICATED_HOST_RESERVATION: Cells = {
    Column.REGION: Cell(
        _IMPOSSIBLE,
        "호스트에 고정",
        "예약을 연결한 호스트의 리전에 매이며 바꿀 수 없습니다.",
        sources=("dh",),
    ),
    Column.AZ: Cell(
        _IMPOSSIBLE,
        "호스트에 고정",
        "예약을 연결한 호스트의 가용 영역과 같아야 하며 바꿀 수 없습니다.",
        sources=("dh",),
    ),
    Column.FAMILY: Cell(
        _IMPOSSIBLE,
        "한 패밀리",
        "예약을 연결한 호스트의 패밀리와 같아야 하며 바꿀 수 없습니다.",
        sources=("dh",),
    ),
    Column.SIZE: Cell(
        _AUTOMATIC,
        "패밀리 안 모두",
        "할인은 호스트의 패밀리에 적용되며 크기는 따지지 않습니다.",
        sources=("dh",),
    ),
    Column.PLATFORM: Cell(
        _NOT_APPLICABLE,
        "호스트와 무관",
        "할인은 호스트 요금에 적용됩니다. 호스트에서 실행하는 운영 체제는 따지지 않습니다.",
        sources=("dh",),
        confidence="medium",
    ),
    Column.TENANCY: Cell(
        _IMPOSSIBLE,
        "host 테넌시만",
        "호스트 요금에만 적용됩니다. 기본(default)이나 전용(dedicated) 테넌시의 인스턴스에는 "
        "적용되지 않습니다.",
        sources=("dh",),
    ),
    Column.TERM: Cell(
        (),
        "1년 · 3년",
        "1년 또는 3년입니다. 예약을 연결한 호스트는 기간이 끝날 때까지 해제할 수 없습니다.",
        sources=("dh",),
    ),
    Column.PAYMENT: Cell(
        (),
        "전체 · 부분 · 없음",
        "전체 선결제, 부분 선결제, 선결제 없음 가운데 고릅니다. 3년 약정의 선결제 없음은 일부 "
        "패밀리에만 있습니다.",
        sources=("dh",),
    ),
    Column.DISCOUNT: Cell(
        (),
        "확인하지 못함",
        "온디맨드 호스트 요금보다 할인됩니다. 최대 할인율은 AWS 문서에서 확인하지 못했습니다.",
        sources=("dh",),
        confidence="low",
    ),
    Column.CAPACITY: Cell(
        (),
        "예약 안 함",
        "이미 할당해 둔 호스트의 요금을 할인할 뿐, 용량을 더 예약하지 않습니다.",
        sources=("dh",),
    ),
    Column.SERVERLESS: Cell(
        (), "포함 안 됨", "호스트의 요금만 할인합니다. Fargate와 Lambda와는 상관없습니다."
    ),
    Column.RESALE: Cell(
        (),
        "확인하지 못함",
        "팔 수 있다는 말을 AWS 문서에서 확인하지 못했습니다.",
        confidence="low",
    ),
}
