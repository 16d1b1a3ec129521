"""What a Convertible RI can be exchanged for: no lower value, rounded up, paid for, never back."""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from apps.kernel.pricing.amounts import write_amount
from apps.kernel.pricing.options import OfferingClass, PaymentOption

from .model import (
    ACTIVE,
    LONG_TERM_YEARS,
    MIN_HOURS_LEFT,
    Exchange,
    ExchangeResult,
    Expiry,
    Reason,
    ReasonCode,
    Received,
    in_order,
    other_regions,
    received_units,
    state_reason,
)

_EXCHANGE = "ri_exchange"
_MAX_NAMED = 3


def judge_exchange(change: Exchange) -> ExchangeResult:
    """Every reason to refuse an exchange, or how many are received and what is charged."""
    term = _term(change)
    reasons = in_order([*_reservation_reasons(change), *_offer_reasons(change, term)])
    value = sum((row.count * row.list_value for row in change.sources), Fraction(0))
    upfront = sum(
        (row.count * (row.remaining_upfront or Fraction(0)) for row in change.sources), Fraction(0)
    )
    received = None if reasons else _receive(change, value, upfront, term)
    return ExchangeResult(
        reasons=reasons,
        received=received,
        list_value=value,
        remaining_upfront=upfront,
        rows_from=tuple(row.units for row in change.sources),
        units_to=received_units(change.target.type, received),
        text=_summary(change, reasons, received),
    )


def _term(change: Exchange) -> int:
    """The term of the sources; three years where they differ. [ri_exchange] 2023-06-15"""
    terms = {row.term_years for row in change.sources}
    return terms.pop() if len(terms) == 1 else LONG_TERM_YEARS


def _receive(change: Exchange, value: Fraction, upfront: Fraction, term: int) -> Received:
    """The least number of no lower value, in list value and (prorated) upfront price alike.

    The number is rounded up, and the difference is charged, never refunded. [ri_exchange]
    2023-06-15
    """
    target = change.target
    by_list_value = max(1, ceil(value / target.list_value))
    by_upfront, true_up = None, Fraction(0)
    count = by_list_value
    if target.prorated_upfront is not None:
        by_upfront = ceil(upfront / target.prorated_upfront)
        count = max(by_list_value, by_upfront)
        true_up = count * target.prorated_upfront - upfront
    return Received(
        count=count,
        by_list_value=by_list_value,
        by_upfront=by_upfront,
        true_up=true_up,
        expires=max(row.expires for row in change.sources),
        term_years=term,
    )


def _reservation_reasons(change: Exchange) -> Iterator[Reason]:
    """Active Convertible RIs of one region that have a day left. [ri_exchange] 2023-06-15"""
    classes = {change.offering_class, change.target.offering_class}
    classes |= {row.offering_class for row in change.sources}
    if OfferingClass.STANDARD in classes:
        yield Reason(
            ReasonCode.OFFERING_CLASS,
            "교환은 변동 RI를 변동 RI로만 할 수 있습니다. 표준 RI라면 같은 패밀리 안에서 "
            "수정할 수 있는지 확인하십시오.",
            _EXCHANGE,
        )
    if regions := other_regions([change.target.region, *(row.region for row in change.sources)]):
        yield Reason(
            ReasonCode.REGION,
            f"교환은 같은 리전 안에서만 할 수 있는데, {len(regions)}개 리전"
            f"({', '.join(regions[:_MAX_NAMED])})이 적혀 있습니다. 다른 리전에서 쓰려면 그 리전에 "
            "새로 약정해야 합니다.",
            _EXCHANGE,
        )
    least = min(row.hours_left for row in change.sources)
    if least < MIN_HOURS_LEFT:
        yield Reason(
            ReasonCode.HOURS_LEFT,
            f"만료까지 {MIN_HOURS_LEFT}시간 이상 남은 RI만 교환할 수 있습니다. {least}시간 남은 "
            "RI가 있습니다. 만료가 가까운 RI는 빼고 요청하십시오.",
            _EXCHANGE,
        )
    states = {row.state for row in change.sources if row.state is not None} - {ACTIVE}
    if states:
        yield state_reason(states, "교환", _EXCHANGE)


def _offer_reasons(change: Exchange, term: int) -> Iterator[Reason]:
    """Upfront payments stay upfront, and the term is given. [ri_exchange] 2023-06-15"""
    target = change.target
    paid = any(row.payment is not PaymentOption.NO_UPFRONT for row in change.sources)
    if paid and target.payment is PaymentOption.NO_UPFRONT:
        yield Reason(
            ReasonCode.PAYMENT_OPTION,
            "전체 선결제나 일부 선결제로 산 RI는 선결제 없음으로 교환할 수 없습니다. 대상의 결제 "
            "옵션을 전체 선결제나 일부 선결제로 고르십시오.",
            _EXCHANGE,
        )
    if target.term_years not in (None, term):
        several = len({row.term_years for row in change.sources}) > 1
        rule = (
            f"기간이 다른 RI를 합쳐 교환하면 새 RI의 기간은 {LONG_TERM_YEARS}년입니다."
            if several
            else "교환해도 약정 기간은 바뀌지 않습니다."
        )
        yield Reason(
            ReasonCode.TERM,
            f"{rule} 대상의 기간을 {target.term_years}년이 아니라 {term}년으로 고르십시오.",
            _EXCHANGE,
        )


def _summary(change: Exchange, reasons: tuple[Reason, ...], received: Received | None) -> str:
    if received is None:
        return f"이대로는 교환할 수 없습니다. 규칙 {len(reasons)}개에 어긋납니다."
    text = f"교환할 수 있습니다. {change.target.type} RI를 {received.count}개 받습니다."
    if received.by_upfront is not None and received.by_upfront > received.by_list_value:
        text += (
            f" 목록 가치만 견주면 {received.by_list_value}개로 충분하지만, 남은 선결제 금액보다 "
            f"낮아지지 않으려면 {received.by_upfront}개가 필요합니다."
        )
    if received.true_up:
        text += f" 선결제 금액의 차액(true-up) {_with_commas(received.true_up)}달러를 냅니다."
    else:
        text += " 더 낼 차액(true-up)은 없습니다."
    return f"{text} 새 RI의 기간은 {received.term_years}년이고, {_spoken(received.expires)}."


def _spoken(expires: Expiry) -> str:
    moment = expires.moment
    day = f"{moment.year}년 {moment.month}월 {moment.day}일"
    if expires.is_day:
        return f"{day}에 만료됩니다"
    minute = f" {moment.minute}분" if moment.minute else ""
    return f"{day} {moment.hour}시{minute}에 만료됩니다"


def _with_commas(amount: Fraction) -> str:
    return f"{amount.numerator:,}" if amount.denominator == 1 else write_amount(amount)
