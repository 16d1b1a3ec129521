"""What a learner may need of a purchase option."""

from dataclasses import dataclass
from enum import StrEnum


class NeedId(StrEnum):
    """In the order in which needs are listed, asked and answered."""

    REGION = "region"
    AZ = "az"
    FAMILY = "family"
    SIZE = "size"
    PLATFORM = "platform"
    TENANCY = "tenancy"
    CAPACITY = "capacity"
    SERVERLESS = "serverless"
    DISCOUNT = "discount"
    RESALE = "resale"
    NO_INTERRUPTION = "no_interruption"
    NO_COMMITMENT = "no_commitment"


@dataclass(frozen=True, slots=True)
class Need:
    """`label`: the need in the learner's words; `explanation`: what meets it (Korean both)."""

    id: NeedId
    label: str
    explanation: str


NEEDS: tuple[Need, ...] = (
    Need(
        NeedId.REGION,
        "리전을 바꿀 수 있어야 합니다",
        "다른 리전에서 실행해도 할인을 잃지 않아야 합니다. 약정이 없으면 잃을 것도 없습니다.",
    ),
    Need(
        NeedId.AZ,
        "가용 영역을 바꿀 수 있어야 합니다",
        "같은 리전의 다른 가용 영역에서 실행해도 할인이 따라오거나, 수정해서 옮길 수 있으면 "
        "됩니다.",
    ),
    Need(
        NeedId.FAMILY,
        "인스턴스 패밀리를 바꿀 수 있어야 합니다",
        "m5에서 c5로 바꾸는 경우입니다. 할인이 따라오거나, 교환해서 바꿀 수 있으면 됩니다.",
    ),
    Need(
        NeedId.SIZE,
        "크기가 자주 바뀝니다",
        "같은 패밀리 안에서 large를 xlarge로 바꾸는 경우입니다. 할인이 따라오거나, 바뀔 때마다 "
        "수정하거나 교환할 수 있으면 됩니다.",
    ),
    Need(
        NeedId.PLATFORM,
        "운영 체제를 바꿀 수 있어야 합니다",
        "Linux에서 Windows로 바꾸는 경우입니다. 할인이 따라오거나, 교환해서 바꿀 수 있으면 됩니다.",
    ),
    Need(
        NeedId.TENANCY,
        "테넌시를 바꿀 수 있어야 합니다",
        "공유 하드웨어에서 전용 하드웨어로 바꾸는 경우입니다. 할인이 따라오거나, 교환해서 바꿀 수 "
        "있으면 됩니다.",
    ),
    Need(
        NeedId.CAPACITY,
        "용량이 보장되어야 합니다",
        "필요할 때 실행할 자리를 미리 잡아 두어야 합니다. 할인과는 다른 일입니다.",
    ),
    Need(
        NeedId.SERVERLESS,
        "Fargate와 Lambda도 할인받아야 합니다",
        "EC2 인스턴스가 아닌 사용량에도 할인이 적용되어야 합니다.",
    ),
    Need(
        NeedId.DISCOUNT,
        "온디맨드보다 저렴해야 합니다",
        "그 요금제만으로 온디맨드보다 저렴해야 합니다. 할인율을 서로 견주지는 않습니다.",
    ),
    Need(
        NeedId.RESALE,
        "남은 약정을 팔 수 있어야 합니다",
        "쓰지 않게 된 기간을 다른 사람에게 넘길 수 있어야 합니다. 약정이 없는 요금제는 팔 것이 "
        "없으므로 빠집니다.",
    ),
    Need(
        NeedId.NO_INTERRUPTION,
        "AWS가 도중에 회수하면 안 됩니다",
        "여기서 따지는 중단은 스팟의 회수뿐입니다. 장애나 점검은 따지지 않습니다.",
    ),
    Need(
        NeedId.NO_COMMITMENT,
        "약정을 맺고 싶지 않습니다",
        "1년이나 3년을 약정하지 않고 언제든 그만둘 수 있어야 합니다.",
    ),
)
