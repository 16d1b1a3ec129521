"""Ways to pay for EC2, and what a commitment is made of."""

from enum import StrEnum


class PurchaseOption(StrEnum):
    ON_DEMAND = "on_demand"
    SPOT = "spot"
    STANDARD_RI = "standard_ri"
    CONVERTIBLE_RI = "convertible_ri"
    COMPUTE_SP = "compute_sp"
    EC2_INSTANCE_SP = "ec2_instance_sp"
    CAPACITY_RESERVATION = "capacity_reservation"
    DEDICATED_HOST = "dedicated_host"
    DEDICATED_HOST_RESERVATION = "dedicated_host_reservation"


RESERVED_INSTANCES = frozenset({PurchaseOption.STANDARD_RI, PurchaseOption.CONVERTIBLE_RI})
SAVINGS_PLANS = frozenset({PurchaseOption.COMPUTE_SP, PurchaseOption.EC2_INSTANCE_SP})


class OfferingClass(StrEnum):
    STANDARD = "standard"
    CONVERTIBLE = "convertible"


class Scope(StrEnum):
    """Where a Reserved Instance applies: in every zone of its region, or in one zone."""

    REGIONAL = "regional"
    ZONAL = "zonal"


class Tenancy(StrEnum):
    DEFAULT = "default"
    DEDICATED = "dedicated"
    HOST = "host"


class PaymentOption(StrEnum):
    ALL_UPFRONT = "all_upfront"
    PARTIAL_UPFRONT = "partial_upfront"
    NO_UPFRONT = "no_upfront"


LINUX = "Linux/UNIX"
"""The one platform that is size-flexible: Amazon Linux, Ubuntu, RHEL with a licence of one's own.
Platforms are compared exactly as given. [ri_apply] 2023-06-15"""
