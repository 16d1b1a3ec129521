"""The attributes of a commitment, and the ways in which a discount can follow a change of one."""

from enum import StrEnum


class Attribute(StrEnum):
    """In the order in which results and the matrix list them."""

    REGION = "region"
    AZ = "az"
    FAMILY = "family"
    SIZE = "size"
    PLATFORM = "platform"
    TENANCY = "tenancy"


class Way(StrEnum):
    AUTOMATIC = "automatic"  # the discount follows by itself
    MODIFY = "modify"  # a free request: same footprint for RIs, within the family for hosts
    EXCHANGE = "exchange"  # convertible only, for equal or greater value
    IMPOSSIBLE = "impossible"
    NOT_APPLICABLE = "not_applicable"  # nothing is committed
