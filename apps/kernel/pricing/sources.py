"""The pages that the rules of pricing come from. Comments cite them by key: `[ri_apply]`."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Source(NamedTuple):
    """A page, its address, and the copy of it that was read."""

    title: str
    url: str
    as_of: str | None  # the date of the copy; None where it is not known
    third_party: bool = False  # the wording was read in copies that are not AWS's own


_EC2 = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/"
_PLANS = "https://docs.aws.amazon.com/savingsplans/latest/userguide/"
_MIRROR = "2023-06-15"


def _ec2(title: str, page: str) -> Source:
    return Source(f"EC2 User Guide – {title}", f"{_EC2}{page}.html", _MIRROR)


def _plans(title: str, page: str, as_of: str | None, *, third_party: bool = False) -> Source:
    return Source(f"Savings Plans User Guide – {title}", f"{_PLANS}{page}.html", as_of, third_party)


SOURCES: Mapping[str, Source] = MappingProxyType(
    {
        "ri_scope": _ec2(
            "Regional and zonal Reserved Instances (scope)", "reserved-instances-scope"
        ),
        "ri_types": _ec2(
            "Types of Reserved Instances (offering classes)", "reserved-instances-types"
        ),
        "ri_overview": _ec2(
            "Reserved Instances overview (key pricing variables)", "ec2-reserved-instances"
        ),
        "ri_modify": _ec2("Modify Reserved Instances", "ri-modifying"),
        "ri_apply": _ec2("How Reserved Instance discounts are applied", "apply_ri"),
        "ri_exchange": _ec2("Exchange Convertible Reserved Instances", "ri-convertible-exchange"),
        "ri_market": _ec2("Sell in the Reserved Instance Marketplace", "ri-market-general"),
        "ri_billing": _ec2(
            "How you are billed (RIs and consolidated billing)",
            "concepts-reserved-instances-application",
        ),
        "ri_price": Source(
            "AWS pricing page – EC2 Reserved Instances",
            "https://aws.amazon.com/ec2/pricing/reserved-instances/",
            None,
            third_party=True,
        ),
        "sp_types": _plans("Savings Plans types", "plan-types", "2025–2026", third_party=True),
        "sp_ris": _plans(
            "Compute Savings Plans and Reserved Instances", "sp-ris", None, third_party=True
        ),
        "sp_apply": _plans(
            "Understanding how Savings Plans apply to your AWS usage", "sp-applying", None
        ),
        "sp_return": _plans(
            "Returning a purchased Savings Plan", "return-sp", None, third_party=True
        ),
        "od": _ec2("On-Demand Instances", "ec2-on-demand-instances"),
        "spot": _ec2("Spot Instance interruptions / notices", "spot-interruptions"),
        "spot_req": _ec2("Work with Spot Instance requests (tenancy)", "spot-requests"),
        "dh": _ec2("Dedicated Hosts", "dedicated-hosts-overview"),
        "dh_work": _ec2("Work with Dedicated Hosts", "how-dedicated-hosts-work"),
        "dh_rec": _ec2("Dedicated Host recovery", "dedicated-hosts-recovery"),
        "dh_share": _ec2("Work with shared Dedicated Hosts", "dh-sharing"),
        "di": _ec2("Amazon EC2 Dedicated Instances", "dedicated-instance"),
        "cr": _ec2("On-Demand Capacity Reservations", "ec2-capacity-reservations"),
        "cr_bill": _ec2(
            "Capacity Reservation pricing and billing", "capacity-reservations-pricing-billing"
        ),
        "cr_use": _ec2("Work with Capacity Reservations", "capacity-reservations-using"),
    }
)
