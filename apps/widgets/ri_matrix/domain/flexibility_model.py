"""What an assessment says: per attribute, now, and after somebody acts."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from apps.kernel.pricing.options import PurchaseOption

from .commitment import Scenario
from .ways import Attribute, Way


class Outcome(StrEnum):
    """The situation now, before anybody acts."""

    COVERED = "covered"
    PARTIALLY_COVERED = "partially_covered"
    NEEDS_MODIFY = "needs_modify"
    NEEDS_EXCHANGE = "needs_exchange"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way to the same end."""

    way: Way
    text: str


@dataclass(frozen=True, slots=True)
class AttributeFinding:
    """How the discount follows one attribute from what was committed to to what runs."""

    name: Attribute
    changed: bool
    way: Way
    alternatives: tuple[Alternative, ...]
    text: str
    source: str  # a key of kernel.pricing.sources.SOURCES


@dataclass(frozen=True, slots=True)
class Units:
    """Normalized units of both sides, and those that the discount covers."""

    committed: Fraction
    running: Fraction
    covered: Fraction

    @property
    def fraction(self) -> Fraction:
        return self.covered / self.running


@dataclass(frozen=True, slots=True)
class After:
    """What would be covered once one modification or one exchange is done."""

    by: Way
    outcome: Outcome
    covered_fraction: Fraction | None  # where not `exact`, at least this
    units: Units | None
    exact: bool
    text: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answer to a scenario.

    `units` are None for everything but Reserved Instances; `covered_fraction` is None where the
    commitment is dollars or a whole host.
    """

    attributes: tuple[AttributeFinding, ...]
    outcome: Outcome
    covered_fraction: Fraction | None
    units: Units | None
    after: After | None
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One attribute of both sides; None stands for a zone that is not named."""

    committed: str | None
    running: str | None

    @property
    def changed(self) -> bool:
        """An unnamed zone is no other zone: there is nothing that could differ."""
        return None not in (self.committed, self.running) and self.committed != self.running


def changes_of(scenario: Scenario) -> Mapping[Attribute, Change]:
    """The six attributes in order. A family change does not make `large` another size."""
    mine, theirs = scenario.committed, scenario.running
    return {
        Attribute.REGION: Change(mine.region, theirs.region),
        Attribute.AZ: Change(mine.az, theirs.az),
        Attribute.FAMILY: Change(mine.type.family, theirs.type.family),
        Attribute.SIZE: Change(mine.type.size, theirs.type.size),
        Attribute.PLATFORM: Change(mine.platform, theirs.platform),
        Attribute.TENANCY: Change(mine.tenancy.value, theirs.tenancy.value),
    }


OPTION_NAMES: Mapping[PurchaseOption, str] = {
    PurchaseOption.ON_DEMAND: "온디맨드",
    PurchaseOption.SPOT: "스팟",
    PurchaseOption.STANDARD_RI: "표준 RI",
    PurchaseOption.CONVERTIBLE_RI: "변동 RI",
    PurchaseOption.COMPUTE_SP: "Compute Savings Plans",
    PurchaseOption.EC2_INSTANCE_SP: "EC2 Instance Savings Plans",
    PurchaseOption.CAPACITY_RESERVATION: "온디맨드 용량 예약",
    PurchaseOption.DEDICATED_HOST: "전용 호스트",
    PurchaseOption.DEDICATED_HOST_RESERVATION: "전용 호스트 예약",
}

NOUNS: Mapping[Attribute, str] = {
    Attribute.REGION: "리전",
    Attribute.AZ: "가용 영역",
    Attribute.FAMILY: "패밀리",
    Attribute.SIZE: "크기",
    Attribute.PLATFORM: "플랫폼",
    Attribute.TENANCY: "테넌시",
}

_CLOSED_SYLLABLES = frozenset({Attribute.REGION, Attribute.AZ, Attribute.PLATFORM})


def subject(name: Attribute) -> str:
    """`리전이`, `패밀리가`."""
    return NOUNS[name] + ("이" if name in _CLOSED_SYLLABLES else "가")


def topic(name: Attribute) -> str:
    """`리전은`, `패밀리는`."""
    return NOUNS[name] + ("은" if name in _CLOSED_SYLLABLES else "는")


def accusative(name: Attribute) -> str:
    """`리전을`, `패밀리를`."""
    return NOUNS[name] + ("을" if name in _CLOSED_SYLLABLES else "를")


def subjects(names: list[Attribute]) -> str:
    """`리전이`, `리전, 패밀리가`: the particle follows the last one."""
    return ", ".join([*(NOUNS[name] for name in names[:-1]), subject(names[-1])])


def kept(name: Attribute, value: str, terms: str = "할인 조건") -> str:
    """An attribute that is the same on both sides; `terms` of what it meets."""
    return f"{value} {NOUNS[name]} 그대로이므로 {terms}에 맞습니다."


def changed_in(findings: tuple[AttributeFinding, ...], *ways: Way) -> list[Attribute]:
    """The changed attributes that follow in one of these ways."""
    return [finding.name for finding in findings if finding.changed and finding.way in ways]
