"""What the notes say about purchase options, sentence by sentence and cell by cell.

The quotes are the notes' own words (content/lessons/04-ec2-pricing.md), the errata the site's
corrections of them (content/errata.toml). One sentence may be right for one cell and wrong for
another, so what it claims is said for every cell anew.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of the notes as it bears on one cell.

    `section` is the id of the heading that it stands under. `says` is what it claims for this cell
    (Korean). `agrees`: whether AWS's documents say the same for this cell. `erratum` is the id of
    the correction: always there when they do not agree; also where the sentence is right for this
    cell but leaves out something that the cell turns on; else "".
    """

    section: str
    quote: str
    agrees: bool
    says: str
    erratum: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence (or a part of one) of the notes, to make claims of."""

    section: str
    quote: str

    def agrees(self, says: str, erratum: str = "") -> Claim:
        return Claim(self.section, self.quote, agrees=True, says=says, erratum=erratum)

    def differs(self, says: str, erratum: str) -> Claim:
        return Claim(self.section, self.quote, agrees=False, says=says, erratum=erratum)


ON_DEMAND_PAY = Sentence(
    "on-demand", "필요할 때 즉시 인스턴스를 생성하고, 사용한 만큼만 비용을 지불합니다."
)
ON_DEMAND_TERM = Sentence(
    "on-demand",
    "약정을 맺고 사용하는 것이 아닌, 필요할 때 생성하고 필요 없을 때 반납합니다.",
)
ON_DEMAND_UNIT = Sentence("on-demand", "EC2 인스턴스를 사용한 시간만큼만 비용이 발생합니다.")

PLANS_TERM = Sentence("savings-plans", "1년 또는 3년 단위로 약정하여 EC2 비용을 줄이는 방식입니다.")
PLANS_FLEXIBLE = Sentence("savings-plans", "예약 인스턴스 요금제보다 유연하게 사용할 수 있습니다.")
PLANS_DISCOUNT = Sentence("savings-plans", "온디맨드 방식보다 최대 66% 비용을 절감할 수 있습니다.")

COMPUTE_COMPLETE = Sentence("compute-savings-plans", "완전한 유연성을 제공합니다.")
COMPUTE_CHANGE = Sentence(
    "compute-savings-plans", "사용하던 EC2 인스턴스의 리전과 패밀리를 변경할 수 있습니다."
)
COMPUTE_REGION_EXAMPLE = Sentence("compute-savings-plans", "us-east-1 -> ap-northeast-2")
COMPUTE_TYPE_EXAMPLE = Sentence("compute-savings-plans", "m5.large -> c5.xlarge")
COMPUTE_TENANCY = Sentence("compute-savings-plans", "테넌시 변경이 가능합니다.")

EC2_PLAN_RANK = Sentence(
    "ec2-instance-savings-plans",
    "Compute Savings Plans보단 유연성이 낮지만, 예약 인스턴스보단 유연성이 높습니다.",
)
EC2_PLAN_FAMILY = Sentence(
    "ec2-instance-savings-plans",
    "사용하던 EC2의 리전은 변경할 수 없으나, 패밀리는 변경할 수 있습니다.",
)
EC2_PLAN_TENANCY = Sentence("ec2-instance-savings-plans", "테넌시 변경이 가능합니다.")

RI_TERM = Sentence(
    "reserved-instances", "1년 또는 3년 단위로 약정하여 EC2 비용을 줄이는 방식입니다."
)
RI_DISCOUNT = Sentence(
    "reserved-instances", "온디맨드 방식보다 최대 72% 비용을 절감할 수 있습니다."
)

STANDARD_TYPE = Sentence(
    "standard-ri", "약정을 맺은 EC2 인스턴스의 리전과 유형을 변경할 수 없습니다."
)
STANDARD_EXAMPLE = Sentence("standard-ri", "us-east-1이나 c5.large로 변경할 수 없습니다.")
STANDARD_LIST = Sentence("standard-ri", "인스턴스 패밀리, OS, 리전, 테넌시를 변경할 수 없습니다.")
STANDARD_DISCOUNT = Sentence(
    "standard-ri", "온디맨드 방식 대비 최대 72%까지 비용을 절감할 수 있습니다."
)

CONVERTIBLE_TYPE = Sentence(
    "convertible-ri",
    "약정을 맺은 EC2 인스턴스의 리전을 변경할 수 없으나, 유형은 변경할 수 있습니다.",
)
CONVERTIBLE_EXAMPLE = Sentence(
    "convertible-ri",
    "us-east-1으로 리전은 변경할 수 없으나, m5.xlarge로 변경은 가능합니다.",
)
CONVERTIBLE_LIST = Sentence("convertible-ri", "인스턴스 패밀리, OS, 테넌시를 변경할 수 있습니다.")
CONVERTIBLE_DISCOUNT = Sentence(
    "convertible-ri", "온디맨드 방식 대비 최대 54%까지 비용을 절감할 수 있습니다."
)

SPOT_SPARE = Sentence(
    "spot-instances", "AWS의 유휴 EC2 인스턴스를 저렴한 가격에 구매할 수 있습니다."
)
SPOT_RECLAIM = Sentence(
    "spot-instances",
    "구매한 EC2 인스턴스를 AWS가 필요하게 될 때 사전 예고 후 회수할 수 있습니다.",
)
SPOT_WORK = Sentence(
    "spot-instances", "갑작스럽게 회수되어도 상관없는 작업을 실행하는 데 사용해야 합니다."
)
SPOT_DISCOUNT = Sentence(
    "spot-instances", "온디맨드 방식 대비 최대 90%까지 절감된 비용으로 구매할 수 있습니다."
)

HOST_SERVER = Sentence(
    "dedicated-host", "완전히 독립된 물리 서버를 할당받아 EC2 인스턴스를 실행합니다."
)
HOST_LICENSE = Sentence(
    "dedicated-host",
    "자체적으로 소유한 라이선스를 사용할 수 있으므로 라이선스 사용 비용이 발생하지 않습니다.",
)
HOST_MANY = Sentence(
    "dedicated-host",
    "다수의 EC2 인스턴스를 물리적으로 격리하여 운영해야 할 때 사용됩니다.",
)
HOST_ISOLATED = Sentence(
    "dedicated-host", "따라서 다른 EC2 인스턴스와 완전히 격리된 환경에서 실행됩니다."
)
HOST_HYPERVISOR = Sentence(
    "dedicated-host",
    "하이퍼바이저를 사용하여 같은 물리 서버에 여러 개의 가상 머신을 생성하여 여러 대의 EC2 "
    "인스턴스를 실행하는 것과 반대되는 개념입니다.",
)
