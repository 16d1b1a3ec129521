"""The values that rows of both operations are made of, read with every problem."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from apps.kernel.documents import Findings, join, read_choice, read_list
from apps.kernel.pricing.amounts import MAX_DECIMALS, MAX_WHOLE_DIGITS, read_amount
from apps.kernel.pricing.instances import InstanceType, parse_instance_type
from apps.kernel.pricing.options import PaymentOption
from apps.kernel.shown import shown

from .model import Expiry

MAX_ROWS = 20
"""Rows on either side of a request."""
MAX_COUNT = 1000
"""Reserved Instances of one row."""
MAX_PLATFORM = 64
"""Characters in the name of a platform; it is compared exactly as given."""
MAX_HOURS_LEFT = 3 * 366 * 24
"""The longest term, three years, however they fall."""
TERMS = (1, 3)
"""Years. [ri_overview] 2023-06-15"""

REGION_PATTERN = "[a-z][a-z0-9-]{0,31}"
AZ_PATTERN = "[a-z][a-z0-9-]{0,63}"
STATE_PATTERN = "[a-z][a-z_-]{0,31}"
EXPIRY_PATTERN = (
    "(20[0-9]{2})-([0-9]{2})-([0-9]{2})"
    "(?:T([0-9]{2})(?::([0-9]{2})(?::([0-9]{2})(?:\\.[0-9]{1,6})?)?)?Z?)?"
)
_REGION = re.compile(REGION_PATTERN)
_AZ = re.compile(AZ_PATTERN)
_STATE = re.compile(STATE_PATTERN)
_EXPIRY = re.compile(EXPIRY_PATTERN)

Fields = Mapping[str, object]
_Word = TypeVar("_Word", bound=StrEnum)


def read_rows(root: Fields, key: str, findings: Findings) -> Iterator[tuple[str, object]]:
    """The rows of one side; there must be one at least."""
    rows = root.get(key)
    if isinstance(rows, list) and not rows:
        findings.add(key, "행이 하나 이상 있어야 합니다.")
    if key in root:
        yield from read_list(rows, key, findings, most=MAX_ROWS)


def read_word(
    fields: Fields, path: str, key: str, words: type[_Word], findings: Findings
) -> _Word | None:
    """A word of an enumeration; None where it is absent, null or none of them."""
    if fields.get(key) is None:
        if key in fields:
            read_choice(None, join(path, key), findings, choices=tuple(words))
        return None
    word = read_choice(fields[key], join(path, key), findings, choices=tuple(words))
    return None if word is None else words(word)


def read_optional_word(
    fields: Fields, path: str, key: str, words: type[_Word], findings: Findings
) -> _Word | None:
    """As `read_word`, where null means that nothing is given."""
    return None if fields.get(key) is None else read_word(fields, path, key, words, findings)


def read_type(fields: Fields, path: str, findings: Findings) -> InstanceType | None:
    if "type" not in fields:
        return None
    kind = parse_instance_type(fields["type"])
    if kind is None:
        findings.add(
            join(path, "type"),
            f"m5.large처럼 적은 인스턴스 유형이어야 합니다. 적힌 값: {shown(fields['type'])}",
        )
    return kind


def read_integer(
    fields: Fields, path: str, key: str, what: str, bounds: tuple[int, int], findings: Findings
) -> int | None:
    """An integer within bounds. Python's True is no number here, nor is 4.0."""
    if key not in fields:
        return None
    value = fields[key]
    least, most = bounds
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
        return value
    findings.add(
        join(path, key), f"{what} {least}~{most}의 정수여야 합니다. 적힌 값: {shown(value)}"
    )
    return None


def read_count(fields: Fields, path: str, findings: Findings) -> int | None:
    return read_integer(fields, path, "count", "개수는", (1, MAX_COUNT), findings)


def read_term(fields: Fields, path: str, findings: Findings) -> int | None:
    """One year or three."""
    value = fields.get("term_years")
    if "term_years" not in fields:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and value in TERMS:
        return value
    findings.add(
        join(path, "term_years"), f"기간은 1년이나 3년입니다(1, 3). 적힌 값: {shown(value)}"
    )
    return None


def read_money(
    fields: Fields, path: str, key: str, findings: Findings, *, zero: bool
) -> Fraction | None:
    """An amount of US$ as a string of decimal digits."""
    if key not in fields:
        return None
    amount = read_amount(fields[key])
    if amount is None:
        findings.add(
            join(path, key),
            f'"35"나 "0.5"처럼 적은 금액이어야 합니다(정수부 {MAX_WHOLE_DIGITS}자리, 소수부 '
            f"{MAX_DECIMALS}자리까지). 적힌 값: {shown(fields[key])}",
        )
    elif not amount and not zero:
        findings.add(join(path, key), "0보다 큰 금액이어야 합니다.")
        return None
    return amount


def read_upfront(
    fields: Fields, path: str, key: str, payment: PaymentOption | None, findings: Findings
) -> Fraction | None:
    """The upfront amount of a row; None exactly where its payment option has none.

    What is left of a payment may be nothing; the upfront price of a target is never.
    """
    given = fields.get(key) is not None
    amount = (
        read_money(fields, path, key, findings, zero=key == "remaining_upfront") if given else None
    )
    if payment is PaymentOption.NO_UPFRONT:
        if amount:
            findings.add(join(path, key), "선결제 없음에는 선결제 금액을 적지 않습니다(null).")
        return None
    if payment is not None and not given:
        findings.add(join(path, key), "전체 선결제와 일부 선결제에는 금액이 있어야 합니다.")
    return amount


def read_platform(fields: Fields, findings: Findings) -> str | None:
    """Any name of a platform: an unknown one is not refused."""
    if "platform" not in fields:
        return None
    value = fields["platform"]
    if (
        isinstance(value, str)
        and 1 <= len(value) <= MAX_PLATFORM
        and value == value.strip()
        and value.isprintable()
    ):
        return value
    findings.add(
        "platform",
        f"플랫폼 이름은 앞뒤에 빈칸이 없는 1~{MAX_PLATFORM}자여야 합니다. 적힌 값: {shown(value)}",
    )
    return None


def read_region(fields: Fields, path: str, findings: Findings) -> str | None:
    """A region's name; None where it is absent or null."""
    value = fields.get("region")
    if value is None:
        return None
    if isinstance(value, str) and _REGION.fullmatch(value):
        return value
    findings.add(
        join(path, "region"), f"us-east-1처럼 적은 리전이어야 합니다. 적힌 값: {shown(value)}"
    )
    return None


def read_az(fields: Fields, path: str, region: str | None, findings: Findings) -> str | None:
    """A zone's name, which begins with that of its region; None where it is absent or null."""
    value = fields.get("az")
    if value is None:
        return None
    if not isinstance(value, str) or not _AZ.fullmatch(value):
        findings.add(
            join(path, "az"), f"us-east-1a처럼 적은 가용 영역이어야 합니다. 적힌 값: {shown(value)}"
        )
        return None
    if region is not None and not (value.startswith(region) and _is_zone(value[len(region) :])):
        findings.add(
            join(path, "az"), f"{region} 리전의 가용 영역이어야 합니다. 적힌 값: {shown(value)}"
        )
        return None
    return value


def _is_zone(suffix: str) -> bool:
    """What a zone has behind its region: `a`, or `-lax-1a` in a Local Zone."""
    return suffix[:1].isalpha() or suffix[:1] == "-"


def read_state(fields: Fields, path: str, findings: Findings) -> str | None:
    """A state of a reservation, such as `active`; None where it is absent or null."""
    value = fields.get("state")
    if value is None:
        return None
    if isinstance(value, str) and _STATE.fullmatch(value):
        return value
    findings.add(
        join(path, "state"),
        f"active나 payment-pending처럼 적은 상태여야 합니다. 적힌 값: {shown(value)}",
    )
    return None


def read_expiry(fields: Fields, path: str, findings: Findings) -> Expiry | None:
    """A day, or a day and an hour; None where it is absent or null."""
    value = fields.get("expires")
    if value is None:
        return None
    match = _EXPIRY.fullmatch(value) if isinstance(value, str) else None
    if match is not None and isinstance(value, str):
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
        try:
            return Expiry(datetime(year, month, day, hour, minute, second, tzinfo=UTC), value)
        except ValueError:
            pass  # digits in the right places, but no such day or hour
    findings.add(
        join(path, "expires"),
        "2027-03-31이나 2027-03-31T09처럼 적은, 있는 날짜와 시각이어야 합니다. "
        f"적힌 값: {shown(value)}",
    )
    return None


def check_precision(rows: list[tuple[str, Expiry | None]], findings: Findings) -> None:
    """A day cannot be compared with an hour of that day, so the two are not mixed."""
    given = [(path, expiry) for path, expiry in rows if expiry is not None]
    for path, expiry in given[1:]:
        if expiry.is_day != given[0][1].is_day:
            findings.add(
                join(path, "expires"),
                "만료를 어떤 행에는 날짜로, 어떤 행에는 시각까지 적으면 견줄 수 없습니다. "
                "한 가지로 적으십시오.",
            )
