"""When a Reserved Instance covers other sizes of its family by itself."""

from apps.kernel.pricing.options import LINUX, Scope, Tenancy

EXCLUDED_FAMILIES = frozenset(
    {
        *("g4ad", "g4dn", "g5", "g5g", "g6", "g6e", "g6f", "gr6", "gr6f"),
        *("hpc7a", "inf1", "inf2", "p5", "u7i-6tb", "u7i-8tb"),
    }
)
"""Families without size flexibility: data with a date, for the list grows. [ri_apply] in the copy
of 2025–26; in 2023-06-15 it was g4ad, g4dn, g5, g5g and inf1."""

EXCLUDED_FAMILIES_AS_OF = "2025–26"

SINGLE_SIZE_TYPES = frozenset({"cc2.8xlarge", "cr1.8xlarge", "hs1.8xlarge", "t1.micro"})
"""The only size of their family: there is no other one to modify to. [ri_modify] 2023-06-15"""


def is_size_flexible(*, family: str, scope: Scope, platform: str, tenancy: Tenancy) -> bool:
    """Whether normalized units count instead of the exact size. [ri_apply] 2023-06-15

    Regional scope, Linux/UNIX, default tenancy, a family that is not excluded; the offering class
    plays no part.
    """
    return (
        scope is Scope.REGIONAL
        and platform == LINUX
        and tenancy is Tenancy.DEFAULT
        and family not in EXCLUDED_FAMILIES
    )
