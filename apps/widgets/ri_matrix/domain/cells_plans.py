"""Savings Plans: dollars per hour are committed, and the discount follows by itself or not at all.

The sources of every statement stand in its cell; they are read as of the date in `SOURCES`.
"""

from . import claims
from .cells_model import Cell, Cells, Column
from .ways import Way

_AUTOMATIC = (Way.AUTOMATIC,)
_IMPOSSIBLE = (Way.IMPOSSIBLE,)

# How a plan can be left again. [sp_return], wording through a third party's summary
_RETURN = (
    "구매한 지 7일이 지나지 않았고, 같은 달이며, 시간당 약정이 100 USD 이하일 때만 반품할 수 "
    "있습니다."
)

_PLANS_TERM = claims.PLANS_TERM.agrees(
    "1년 또는 3년입니다. 시간당 금액을 약정한다는 말은 없습니다.",
    "savings-plans-commit-is-dollar-per-hour",
)
_MORE_FLEXIBLE_TO_SELL = claims.PLANS_FLEXIBLE.differs(
    "예약 인스턴스보다 유연하다고 하지만, 팔 수 있는 쪽은 표준 RI입니다.",
    "savings-plans-more-flexible-than-ri",
)
_MORE_FLEXIBLE_CAPACITY = claims.PLANS_FLEXIBLE.differs(
    "예약 인스턴스보다 유연하다고 하지만, 용량까지 예약하는 쪽은 가용 영역 범위의 RI입니다.",
    "savings-plans-more-flexible-than-ri",
)

COMPUTE_SP: Cells = {
    Column.REGION: Cell(
        _AUTOMATIC,
        "모든 리전",
        "어느 리전에서 실행하든 할인이 자동으로 따라옵니다. 인스턴스를 옮겨 주는 것은 아닙니다.",
        sources=("sp_types",),
        claims=(
            claims.COMPUTE_CHANGE.agrees(
                "리전을 바꿀 수 있습니다. 인스턴스가 아니라 할인이 따라온다는 말은 없습니다.",
                "compute-sp-change-instances",
            ),
            claims.COMPUTE_REGION_EXAMPLE.agrees("다른 리전에서 써도 할인됩니다."),
        ),
    ),
    Column.AZ: Cell(
        _AUTOMATIC,
        "모든 가용 영역",
        "어느 가용 영역에서 실행하든 할인이 자동으로 따라옵니다.",
        sources=("sp_types",),
        claims=(claims.COMPUTE_COMPLETE.agrees("가용 영역에 매이지 않습니다."),),
    ),
    Column.FAMILY: Cell(
        _AUTOMATIC,
        "모든 패밀리",
        "어느 인스턴스 패밀리를 쓰든 할인이 자동으로 따라옵니다. 실행 중인 인스턴스의 유형을 바꿔 "
        "주는 것은 아닙니다.",
        sources=("sp_types",),
        claims=(
            claims.COMPUTE_CHANGE.agrees(
                "패밀리를 바꿀 수 있습니다. 인스턴스가 아니라 할인이 따라온다는 말은 없습니다.",
                "compute-sp-change-instances",
            ),
            claims.COMPUTE_TYPE_EXAMPLE.agrees("m5 대신 c5 패밀리를 써도 할인됩니다."),
        ),
    ),
    Column.SIZE: Cell(
        _AUTOMATIC,
        "모든 크기",
        "어느 크기를 쓰든 할인이 자동으로 따라옵니다.",
        sources=("sp_types",),
        claims=(
            claims.COMPUTE_TYPE_EXAMPLE.agrees("large 대신 xlarge 크기를 써도 할인됩니다."),
            claims.COMPUTE_COMPLETE.agrees("크기에 매이지 않습니다."),
        ),
    ),
    Column.PLATFORM: Cell(
        _AUTOMATIC,
        "모든 OS",
        "어느 운영 체제를 쓰든 할인이 자동으로 따라옵니다.",
        sources=("sp_types",),
        claims=(
            claims.COMPUTE_COMPLETE.agrees("운영 체제에 매이지 않습니다."),
            claims.PLANS_FLEXIBLE.agrees("예약 인스턴스보다 유연합니다."),
        ),
    ),
    Column.TENANCY: Cell(
        _AUTOMATIC,
        "모든 테넌시",
        "기본(default), 전용(dedicated), 호스트(host) 테넌시 모두 할인이 자동으로 따라옵니다. 전용 "
        "호스트의 사용량도 포함됩니다.",
        sources=("sp_types", "dh"),
        claims=(claims.COMPUTE_TENANCY.agrees("테넌시를 바꿀 수 있습니다."),),
    ),
    Column.TERM: Cell(
        (),
        "1년 · 3년",
        "인스턴스가 아니라 시간당 금액을 약정합니다. 약정 금액과 기간은 바꾸거나 취소할 수 "
        "없습니다.",
        conditions=(_RETURN,),
        sources=("sp_types", "sp_return"),
        claims=(
            claims.COMPUTE_COMPLETE.differs(
                "완전히 유연하다고 하지만, 약정 금액과 기간은 바꿀 수 없습니다.",
                "compute-sp-complete-flexibility",
            ),
            _PLANS_TERM,
        ),
    ),
    Column.PAYMENT: Cell(
        (),
        "전체 · 부분 · 없음",
        "전체 선결제, 부분 선결제, 선결제 없음 가운데 고릅니다.",
        sources=("sp_types",),
    ),
    Column.DISCOUNT: Cell(
        (),
        "최대 66%",
        "AWS가 안내하는 상한은 66%입니다. 실제 할인율은 기간과 선결제 방식에 따라 다릅니다.",
        sources=("sp_types",),
        claims=(claims.PLANS_DISCOUNT.agrees("최대 66%까지 할인됩니다."),),
    ),
    Column.CAPACITY: Cell(
        (),
        "예약 안 함",
        "용량을 예약하지 않습니다. 다만 온디맨드 용량 예약의 요금을 할인할 수는 있습니다.",
        sources=("cr_bill",),
        claims=(_MORE_FLEXIBLE_CAPACITY,),
    ),
    Column.SERVERLESS: Cell(
        (),
        "포함",
        "EC2뿐 아니라 AWS Fargate(ECS·EKS)와 AWS Lambda 사용량도 할인합니다.",
        sources=("sp_types", "sp_ris"),
        claims=(
            claims.COMPUTE_COMPLETE.agrees(
                "완전히 유연합니다. Fargate와 Lambda에도 적용된다는 말은 없습니다.",
                "compute-sp-complete-flexibility",
            ),
        ),
    ),
    Column.RESALE: Cell(
        (),
        "팔 수 없음",
        "되팔 수 없습니다.",
        sources=("sp_ris",),
        claims=(_MORE_FLEXIBLE_TO_SELL,),
    ),
}

EC2_INSTANCE_SP: Cells = {
    Column.REGION: Cell(
        _IMPOSSIBLE,
        "한 리전",
        "구매할 때 정한 리전에만 적용되며 바꿀 수 없습니다.",
        sources=("sp_types",),
        claims=(claims.EC2_PLAN_FAMILY.agrees("리전은 바꿀 수 없습니다."),),
    ),
    Column.AZ: Cell(
        _AUTOMATIC,
        "리전 안 모두",
        "약정한 리전이라면 어느 가용 영역이든 할인이 자동으로 따라옵니다.",
        sources=("sp_types",),
    ),
    Column.FAMILY: Cell(
        _IMPOSSIBLE,
        "한 패밀리",
        "구매할 때 정한 패밀리(예: m5)에만 적용되며 바꿀 수 없습니다.",
        sources=("sp_types",),
        claims=(
            claims.EC2_PLAN_FAMILY.differs(
                "패밀리를 바꿀 수 있다고 합니다.", "ec2-instance-sp-family-changeable"
            ),
            claims.EC2_PLAN_RANK.differs(
                "예약 인스턴스보다 유연하다고 하지만, 변동 RI는 교환으로 패밀리를 바꿀 수 "
                "있습니다.",
                "ec2-instance-sp-more-flexible-than-ri",
            ),
        ),
    ),
    Column.SIZE: Cell(
        _AUTOMATIC,
        "패밀리 안 모두",
        "약정한 패밀리 안에서는 어느 크기든 할인이 자동으로 따라옵니다.",
        sources=("sp_types",),
        claims=(claims.EC2_PLAN_RANK.agrees("예약 인스턴스보다 유연합니다."),),
    ),
    Column.PLATFORM: Cell(
        _AUTOMATIC,
        "모든 OS",
        "어느 운영 체제를 쓰든 할인이 자동으로 따라옵니다.",
        sources=("sp_types",),
        claims=(
            claims.EC2_PLAN_RANK.agrees("예약 인스턴스보다 유연합니다."),
            claims.PLANS_FLEXIBLE.agrees("예약 인스턴스보다 유연합니다."),
        ),
    ),
    Column.TENANCY: Cell(
        _AUTOMATIC,
        "모든 테넌시",
        "기본(default), 전용(dedicated), 호스트(host) 테넌시 모두 할인이 자동으로 따라옵니다.",
        sources=("sp_types",),
        claims=(
            claims.EC2_PLAN_TENANCY.agrees("테넌시를 바꿀 수 있습니다."),
            claims.EC2_PLAN_RANK.agrees("예약 인스턴스보다 유연합니다."),
        ),
    ),
    Column.TERM: Cell(
        (),
        "1년 · 3년",
        "한 리전의 한 패밀리에 시간당 금액을 약정합니다. 약정 금액과 기간은 바꾸거나 취소할 수 "
        "없습니다.",
        conditions=(_RETURN,),
        sources=("sp_types", "sp_return"),
        claims=(_PLANS_TERM,),
    ),
    Column.PAYMENT: Cell(
        (),
        "전체 · 부분 · 없음",
        "전체 선결제, 부분 선결제, 선결제 없음 가운데 고릅니다.",
        sources=("sp_types",),
    ),
    Column.DISCOUNT: Cell(
        (),
        "최대 72%",
        "AWS가 안내하는 상한은 72%입니다. 실제 할인율은 기간과 선결제 방식에 따라 다릅니다.",
        sources=("sp_types",),
        claims=(
            claims.PLANS_DISCOUNT.differs(
                "Savings Plans 전체의 상한이 66%라고 합니다.", "savings-plans-66-percent-generic"
            ),
        ),
    ),
    Column.CAPACITY: Cell(
        (),
        "예약 안 함",
        "용량을 예약하지 않습니다.",
        sources=("cr",),
        claims=(_MORE_FLEXIBLE_CAPACITY,),
    ),
    Column.SERVERLESS: Cell(
        (),
        "포함 안 됨",
        "EC2 인스턴스만 할인합니다. Fargate와 Lambda에는 적용되지 않습니다.",
        sources=("sp_ris",),
    ),
    Column.RESALE: Cell(
        (),
        "팔 수 없음",
        "되팔 수 없습니다.",
        sources=("sp_ris",),
        claims=(_MORE_FLEXIBLE_TO_SELL,),
    ),
}
