"""Is this exchange allowed, how many are received, and what is paid on top?"""

from fractions import Fraction
from math import ceil

from apps.kernel.pricing.options import OfferingClass, PaymentOption

from ..changes import Exchange, ExchangeResult, ExchangeSource, ReasonCode, Received
from .reasons import reason_question
from .values import Option, Question, amount_id, ascending, sentences, spoken_amount

_EVEN, _PAYS, _REFUND, _REFUSED = "even", "pays", "refund", "refused"
_TEXTS = {
    _EVEN: "차액 없이 교환됩니다.",
    _PAYS: "차액을 내고 교환됩니다.",
    _REFUND: "차액을 돌려받으며 교환됩니다.",
    _REFUSED: "거절됩니다.",
}
_PAYMENTS = {
    PaymentOption.ALL_UPFRONT: "전체 선결제",
    PaymentOption.PARTIAL_UPFRONT: "일부 선결제",
    PaymentOption.NO_UPFRONT: "선결제 없음",
}
_CLASSES = {OfferingClass.STANDARD: "표준 RI", OfferingClass.CONVERTIBLE: "변동 RI"}
_MOST_ROWS = 4
_NONE = "none"
# [ri_exchange] 2023-06-15
_UP = "받는 RI의 가치가 내놓는 RI보다 작아지지 않는 가장 적은 개수를 받습니다."
_CHARGED = "차액은 내기만 하고 돌려받지는 않습니다."

_OFFERED = {
    ReasonCode.FOOTPRINT: "교환에서는 정규화 단위가 아니라 가치를 견줍니다.",
    ReasonCode.FAMILY: "교환으로는 패밀리를 바꿀 수 있습니다.",
    ReasonCode.REGION: "리전을 바꾸는 교환이 아닙니다.",
    ReasonCode.OFFERING_CLASS: "변동 RI를 변동 RI로 교환합니다.",
    ReasonCode.PAYMENT_OPTION: "선결제한 RI를 선결제 없음으로 바꾸는 교환이 아닙니다.",
    ReasonCode.HOURS_LEFT: "만료까지 24시간 이상 남아 있습니다.",
    ReasonCode.TERM: "받는 RI의 약정 기간이 규칙에 맞습니다.",
    ReasonCode.STATE: "활성 상태가 아닌 RI는 없습니다.",
}


def exchange_questions(change: Exchange, result: ExchangeResult) -> tuple[Question, ...]:
    """Whether it is allowed, the count received, the reasons; the true-up where there is one."""
    stem = _request(change)
    questions = [
        _allowed(stem, result),
        _count(stem, change, result),
        reason_question(stem, result.reasons, _OFFERED, result.text),
    ]
    if result.received is not None and change.target.prorated_upfront is not None:
        questions.append(_true_up(stem, change.target.prorated_upfront, result, result.received))
    return tuple(questions)


# The request in words ---------------------------------------------------------------------------


def _request(change: Exchange) -> str:
    """All that the verdict depends on; of many sources the first ones."""
    target = change.target
    parts = [
        "" if target.offering_class is None else _CLASSES[target.offering_class],
        "" if target.region is None else f"{target.region} 리전",
        _PAYMENTS[target.payment],
        f"목록 가치 {_dollars(target.list_value)}",
        ""
        if target.prorated_upfront is None
        else f"남은 기간만큼의 선결제 {_dollars(target.prorated_upfront)}",
        "" if target.term_years is None else f"{target.term_years}년 약정",
    ]
    shown = ", ".join(_source(source) for source in change.sources[:_MOST_ROWS])
    more = len(change.sources) - _MOST_ROWS
    return (
        f"{_CLASSES[change.offering_class]}를 교환하려고 합니다. "
        f"내놓는 것: {shown}{f' 외 {more}줄' if more > 0 else ''}. "
        f"받는 것: {target.type}({_joined(parts)}). 금액은 모두 1개의 값입니다."
    )


def _source(source: ExchangeSource) -> str:
    parts = [
        "" if source.offering_class is None else _CLASSES[source.offering_class],
        "" if source.region is None else f"{source.region} 리전",
        "" if source.state is None else f"상태 {source.state}",
        _PAYMENTS[source.payment],
        f"목록 가치 {_dollars(source.list_value)}",
        ""
        if source.remaining_upfront is None
        else f"남은 선결제 {_dollars(source.remaining_upfront)}",
        f"{source.hours_left:,}시간 남음",
        f"{source.term_years}년 약정",
    ]
    return f"{source.type} {source.count:,}개({_joined(parts)})"


def _joined(parts: list[str]) -> str:
    return ", ".join(part for part in parts if part)


def _dollars(amount: Fraction) -> str:
    return f"{spoken_amount(amount)}달러"


# Allowed? ---------------------------------------------------------------------------------------


def _allowed(stem: str, result: ExchangeResult) -> Question:
    reasons = sentences(*(reason.text for reason in result.reasons))
    if result.received is None:
        key, why = _REFUSED, result.reasons[0].text
    else:
        key, why = _PAYS if result.received.true_up else _EVEN, result.text
    feedback = {
        **dict.fromkeys(_TEXTS, why),
        _REFUND: sentences(_CHARGED, why),
        _REFUSED: result.text,
    }
    return Question(
        "allowed",
        f"{stem} 이 요청은 어떻게 됩니까?",
        tuple(Option(each, text, feedback[each]) for each, text in _TEXTS.items()),
        frozenset({key}),
        reasons or f"{_UP} {_CHARGED}",
    )


# Count ------------------------------------------------------------------------------------------


def _count(stem: str, change: Exchange, result: ExchangeResult) -> Question:
    offered = _counts(change, result)
    key = _NONE if result.received is None else str(result.received.count)
    reasons = sentences(*(reason.text for reason in result.reasons))
    options = [Option(str(n), f"{n:,}개", reasons or _on_count(n, change, result)) for n in offered]
    refused = sentences("규칙에 어긋나는 것이 없습니다.", result.text)
    options.append(Option(_NONE, "교환할 수 없습니다.", reasons or refused))
    return Question(
        "count",
        f"{stem} {change.target.type} RI를 몇 개 받습니까?",
        tuple(options),
        frozenset({key}),
        sentences("" if reasons else _UP, result.text, reasons),
    )


def _counts(change: Exchange, result: ExchangeResult) -> list[int]:
    """What comes of each way to compare, rounded up or down; the same if it is refused."""
    target = change.target
    by_list = result.list_value / target.list_value
    counts = {ceil(by_list), int(by_list), sum(source.count for source in change.sources)}
    if target.prorated_upfront:
        counts.add(ceil(result.remaining_upfront / target.prorated_upfront))
    counts = {max(1, count) for count in counts}
    if result.received is not None:
        counts.add(result.received.count)
    while len(counts) < 3:
        counts.add(max(counts) + 1)
    return sorted(counts)


def _on_count(n: int, change: Exchange, result: ExchangeResult) -> str:
    """The arithmetic for this many: whether each value is reached."""
    target, received = change.target, result.received
    parts = [_compared("목록 가치", n * target.list_value, result.list_value)]
    if target.prorated_upfront is not None:
        upfront = n * target.prorated_upfront
        parts.append(_compared("선결제 금액", upfront, result.remaining_upfront))
    if received is not None and n > received.count:
        parts.append(f"하지만 {received.count:,}개로도 작아지지 않으므로 더 받지는 않습니다.")
    return sentences(f"{n:,}개를 받는다고 하면,", *parts)


def _compared(what: str, mine: Fraction, theirs: Fraction) -> str:
    verdict = "보다 작습니다" if mine < theirs else "보다 작지 않습니다"
    return f"{what} {_dollars(mine)}는 내놓는 {_dollars(theirs)}{verdict}."


# True-up ----------------------------------------------------------------------------------------


def _true_up(stem: str, prorated: Fraction, result: ExchangeResult, got: Received) -> Question:
    whole, given = got.count * prorated, result.remaining_upfront
    left = f"{_dollars(prorated)} × {got.count:,}개 − {_dollars(given)}"
    arithmetic = f"{left} = {_dollars(got.true_up)}입니다."
    reasons = {whole: "남은 선결제 금액을 빼지 않았습니다.", Fraction(0): ""}
    offered = ascending({got.true_up, whole, Fraction(0), max(Fraction(0), prorated - given)})
    options = [
        Option(
            amount_id(amount),
            f"{_dollars(amount)}를 냅니다." if amount else "더 낼 것이 없습니다.",
            arithmetic if amount == got.true_up else sentences(reasons.get(amount, ""), arithmetic),
        )
        for amount in offered
    ]
    options.append(Option(_REFUND, "차액을 돌려받습니다.", sentences(_CHARGED, arithmetic)))
    return Question(
        "true-up",
        f"{stem} 교환하면서 선결제 금액의 차액(true-up)은 어떻게 됩니까?",
        tuple(options),
        frozenset({amount_id(got.true_up)}),
        sentences(_CHARGED, arithmetic),
    )
