"""Instance types and their normalization factors."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

_TYPE = re.compile(r"([a-z][a-z0-9-]{0,19})\.([a-z0-9][a-z0-9-]{0,19})")
_FAMILY = re.compile(r"([a-z]+)([0-9]+)([a-z0-9-]*)")

# [ri_apply], [ri_modify]: the table of 2023-06-15; 48xlarge from the copy of 2025 and 96xlarge from
# the one of 2025–26.
SIZE_FACTORS: Mapping[str, Fraction] = MappingProxyType(
    {
        "nano": Fraction(1, 4),
        "micro": Fraction(1, 2),
        "small": Fraction(1),
        "medium": Fraction(2),
        "large": Fraction(4),
        "xlarge": Fraction(8),
        **{
            f"{n}xlarge": Fraction(8 * n)
            for n in (2, 3, 4, 6, 8, 9, 10, 12, 16, 18, 24, 32, 48, 56, 96, 112)
        },
    }
)

# Bare metal counts as the largest virtual size of its family. The table is not complete for newer
# families; what is not in it has no factor here. [ri_apply] 2023-06-15
_METAL = {
    32: "a1",
    96: "m5zn x2iezn z1d",
    128: "c6g c6gd i3 m6g m6gd r6g r6gd x2gd",
    144: "c5n",
    192: "c5 c5d i3en m5 m5d m5dn m5n r5 r5b r5d r5dn r5n",
    256: "c6i c6id m6i m6id r6id",
    448: "u-18tb1 u-24tb1",
    896: "u-6tb1 u-9tb1 u-12tb1",
}
METAL_FACTORS: Mapping[str, Fraction] = MappingProxyType(
    {
        f"{family}.metal": Fraction(factor)
        for factor, families in _METAL.items()
        for family in families.split()
    }
)


@dataclass(frozen=True, slots=True)
class InstanceType:
    """`m5.large`: the family is generation and attributes too (`m5` is not `m5d`, nor `m6i`)."""

    family: str
    size: str

    def __str__(self) -> str:
        return f"{self.family}.{self.size}"

    @property
    def factor(self) -> Fraction | None:
        """Normalized units of one running instance; None where the sources name none."""
        if self.size in SIZE_FACTORS:
            return SIZE_FACTORS[self.size]
        return METAL_FACTORS.get(str(self))


def parse_instance_type(text: object) -> InstanceType | None:
    """`"m5.large"` → its family and size; None where the text is no name of a type."""
    match = _TYPE.fullmatch(text) if isinstance(text, str) else None
    return InstanceType(match[1], match[2]) if match else None


def is_other_generation(family: str, other: str) -> bool:
    """The same letters around another number: t2 and t3, m5d and m6d."""
    mine, theirs = _FAMILY.fullmatch(family), _FAMILY.fullmatch(other)
    return (
        mine is not None
        and theirs is not None
        and mine.group(1, 3) == theirs.group(1, 3)
        and mine[2] != theirs[2]
    )
