"""Fields of the panels' forms: values as typed, each mistake at its field, choices in Korean."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from apps.kernel.pricing.options import LINUX, OfferingClass, PaymentOption, Scope, Tenancy

Options = tuple[tuple[str, str], ...]

SCOPES: Options = (
    (Scope.REGIONAL.value, "리전 범위"),
    (Scope.ZONAL.value, "가용 영역 범위"),
)
TENANCIES: Options = (
    (Tenancy.DEFAULT.value, "공유 (default)"),
    (Tenancy.DEDICATED.value, "전용 인스턴스 (dedicated)"),
    (Tenancy.HOST.value, "전용 호스트 (host)"),
)
CLASSES: Options = (
    (OfferingClass.STANDARD.value, "표준 RI"),
    (OfferingClass.CONVERTIBLE.value, "변동 RI"),
)
PAYMENTS: Options = (
    (PaymentOption.ALL_UPFRONT.value, "전체 선결제"),
    (PaymentOption.PARTIAL_UPFRONT.value, "일부 선결제"),
    (PaymentOption.NO_UPFRONT.value, "선결제 없음"),
)
TERMS: Options = (("1", "1년"), ("3", "3년"))

# To pick from; a field takes any other value as well.
REGIONS = ("ap-northeast-2", "ap-northeast-1", "us-east-1", "us-west-2", "eu-west-1")
TYPES = (
    *("m5.large", "m5.xlarge", "m5.2xlarge", "m6i.large", "c5.large", "c5.xlarge"),
    *("r5.large", "t2.small", "t2.medium", "t2.large", "t3.medium", "t3.large"),
)
PLATFORMS = (LINUX, "Windows", "Red Hat Enterprise Linux", "SUSE Linux")
STATES = ("active", "payment-pending", "retired")

BLANK = {
    "option": "요금제를 골라 주세요.",
    "scope": "범위를 골라 주세요.",
    "region": "리전을 적어 주세요(예: ap-northeast-2).",
    "az": "가용 영역을 적어 주세요(예: ap-northeast-2a).",
    "type": "인스턴스 유형을 적어 주세요(예: m5.large).",
    "count": "개수를 적어 주세요(예: 1).",
    "platform": "플랫폼을 적어 주세요(예: Linux/UNIX).",
    "tenancy": "테넌시를 골라 주세요.",
    "class": "클래스를 골라 주세요.",
    "payment": "결제 옵션을 골라 주세요.",
    "list": "목록 가치를 적어 주세요(예: 35).",
    "upfront": "선결제 금액을 적어 주세요(예: 500).",
    "hours": "남은 시간을 적어 주세요(예: 4000).",
    "term": "기간을 골라 주세요.",
    "expires": "만료일을 적어 주세요(예: 2027-03-31).",
}
"""What to say of a field with nothing in it; the engine speaks of JSON there."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: a select where it has `options`, else free text with suggestions (`list`)."""

    name: str
    id: str
    column: str  # what kind of value it holds: for its width
    label: str
    value: str
    options: Options
    list: str
    numeric: bool
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Button:
    """A button that sends one name and value with the form."""

    name: str
    value: str
    label: str
    more: str = ""  # said to those who cannot see what it stands beside
    id: str = ""  # where the same button is there again after it was pressed


def make_field(
    name: str,
    column: str,
    label: str,
    value: str,
    problems: Iterable[str],
    *,
    options: Options = (),
    suggestions: str = "",
) -> Field:
    found = tuple(problems)
    if found and not value and column in BLANK:
        found = (BLANK[column],)
    return Field(
        name=name,
        id=name.replace(".", "-"),
        column=column,
        label=label,
        value=value,
        options=_with(value, options) if options else (),
        list=suggestions,
        numeric=column in ("count", "hours"),
        problems=found,
    )


def suggested(regions: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Values to pick from, by the name of their list."""
    named = [region for region in dict.fromkeys(regions) if region]
    return {
        "regions": REGIONS,
        "types": TYPES,
        "platforms": PLATFORMS,
        "states": STATES,
        "zones": tuple(zone for region in named for zone in zones(region)),
    }


def zones(region: str) -> tuple[str, ...]:
    """Names of zones to offer; which of them a region has is not modeled."""
    return tuple(f"{region}{letter}" for letter in "abc") if region else ()


def label_of(value: str, options: Options) -> str:
    return dict(options).get(value, value)


def by_path(problems: Iterable[Mapping[str, str]]) -> dict[str, list[str]]:
    at: dict[str, list[str]] = {}
    for problem in problems:
        at.setdefault(problem["path"], []).append(problem["message"])
    return at


def left_over(at: Mapping[str, list[str]]) -> tuple[str, ...]:
    """What no field shows, with its place in words."""
    return tuple(
        f"{path}: {message}" if path else message
        for path, messages in at.items()
        for message in messages
    )


def _with(value: str, options: Options) -> Options:
    """The choices, and what stands there even if it is none of them."""
    if value in [name for name, _ in options]:
        return options
    return (*options, (value, value or "고르세요"))
