"""Is this modification allowed, what stands in its way, and how large is the footprint?"""

from fractions import Fraction

from apps.kernel.pricing.options import LINUX, OfferingClass, Scope, Tenancy
from apps.kernel.pricing.size_flexibility import EXCLUDED_FAMILIES, SINGLE_SIZE_TYPES

from ..changes import Modification, ModificationResult, ReasonCode, Row
from .reasons import reason_question
from .values import Option, Question, amount_id, ascending, sentences, spoken_amount

_FREE, _FEE, _REFUSED = "free", "fee", "refused"
_TEXTS = {
    _FREE: "추가 요금 없이 받아들여집니다.",
    _FEE: "차액을 내면 받아들여집니다.",
    _REFUSED: "거절됩니다.",
}
_CLASSES = {OfferingClass.STANDARD: "표준 RI", OfferingClass.CONVERTIBLE: "변동 RI"}
# [ri_modify] 2023-06-15
_RULE = (
    "수정으로 바꿀 수 있는 것은 가용 영역, 범위, 크기뿐이며, 정규화 단위의 합계가 같아야 합니다. "
    "수정에는 요금이 들지 않고 횟수에도 제한이 없습니다."
)
_UNITS = (
    "정규화 단위는 크기마다 정해진 계수에 개수를 곱해 더한 값입니다. "
    "RI를 수정할 때는 개수가 아니라 이 합계를 견줍니다."
)
_MOST_ROWS = 6
_FEWEST_AMOUNTS = 4

# Offered whatever the request is about.
_ALWAYS = (
    ReasonCode.FOOTPRINT,
    ReasonCode.FAMILY,
    ReasonCode.GENERATION,
    ReasonCode.PLATFORM,
    ReasonCode.TENANCY,
    ReasonCode.REGION,
)


def modification_questions(
    change: Modification, result: ModificationResult
) -> tuple[Question, ...]:
    """Whether it is allowed, for which reasons not, and the units before."""
    stem = _request(change)
    return (
        _allowed(stem, result),
        reason_question(
            stem,
            result.reasons,
            {code: _respected(code, change, result) for code in _offered(change, result)},
            result.text,
        ),
        _units(change, result),
    )


# The request in words ---------------------------------------------------------------------------


def _request(change: Modification) -> str:
    """All that the verdict depends on; of many rows the first ones."""
    return (
        f"{_CLASSES[change.offering_class]}를 수정하려고 합니다. 플랫폼은 {change.platform}, "
        f"테넌시는 {change.tenancy.value}입니다. "
        f"수정 전: {_rows(change.sources)}. 수정 후: {_rows(change.targets)}."
    )


def _rows(rows: tuple[Row, ...]) -> str:
    shown = ", ".join(_row(row) for row in rows[:_MOST_ROWS])
    more = len(rows) - _MOST_ROWS
    return f"{shown} 외 {more}줄" if more > 0 else shown


def _row(row: Row) -> str:
    place = f"{row.region} 리전" if row.scope is Scope.REGIONAL else f"{row.az} 가용 영역"
    about = [
        "" if row.offering_class is None else _CLASSES[row.offering_class],
        "" if row.state is None else f"상태 {row.state}",
        "" if row.expires is None else f"{row.expires.text} 만료",
    ]
    more = ", ".join(each for each in about if each)
    return f"{place}의 {row.type} {row.count:,}개{f'({more})' if more else ''}"


# Allowed? ---------------------------------------------------------------------------------------


def _allowed(stem: str, result: ModificationResult) -> Question:
    key = _FREE if result.allowed else _REFUSED
    reasons = sentences(*(reason.text for reason in result.reasons))
    # [ri_modify] 2023-06-15; the difference in value belongs to [ri_exchange] 2023-06-15.
    fee = "차액을 내는 것은 변동 RI를 교환할 때입니다. 수정에는 요금이 없습니다."
    feedback = {
        _FREE: result.text if result.allowed else result.reasons[0].text,
        _FEE: sentences(fee, result.text if result.allowed else result.reasons[0].text),
        _REFUSED: result.text,
    }
    return Question(
        "allowed",
        f"{stem} 이 요청은 어떻게 됩니까?",
        tuple(Option(each, text, feedback[each]) for each, text in _TEXTS.items()),
        frozenset({key}),
        reasons or _RULE,
    )


# Reasons ----------------------------------------------------------------------------------------


def _offered(change: Modification, result: ModificationResult) -> list[ReasonCode]:
    """Those that are always offered, and those that the request itself brings up."""
    rows = (*change.sources, *change.targets)
    raised = {
        ReasonCode.FAMILY_NOT_MODIFIABLE: any(r.type.family in EXCLUDED_FAMILIES for r in rows),
        ReasonCode.SINGLE_SIZE: any(str(row.type) in SINGLE_SIZE_TYPES for row in rows),
        ReasonCode.OFFERING_CLASS: any(row.offering_class is not None for row in rows),
        ReasonCode.STATE: any(row.state is not None for row in rows),
        ReasonCode.EXPIRES: any(row.expires is not None for row in rows),
    }
    given = {reason.code for reason in result.reasons}
    return [c for c in ReasonCode if c in _ALWAYS or raised.get(c, False) or c in given]


def _respected(code: ReasonCode, change: Modification, result: ModificationResult) -> str:
    """Why this rule does not stand in the way; shown only where it does not."""
    units = spoken_amount(result.units_from)
    unchanged = "크기를 바꾸지 않는 수정에는 상관없습니다."
    linux, default = change.platform == LINUX, change.tenancy is Tenancy.DEFAULT
    return {
        ReasonCode.FOOTPRINT: f"수정 전과 후의 합계가 {units}단위로 같습니다.",
        ReasonCode.FAMILY: "그런 패밀리로 바꾸는 요청이 아닙니다.",
        ReasonCode.GENERATION: "세대만 다른 패밀리로 바꾸는 요청이 아닙니다.",
        ReasonCode.PLATFORM: f"{LINUX} 플랫폼에서는 크기도 바꿀 수 있습니다."
        if linux
        else unchanged,
        ReasonCode.TENANCY: "default 테넌시에서는 크기도 바꿀 수 있습니다."
        if default
        else unchanged,
        ReasonCode.REGION: "수정 전과 후가 모두 한 리전에 있습니다.",
        ReasonCode.FAMILY_NOT_MODIFIABLE: unchanged,
        ReasonCode.SINGLE_SIZE: unchanged,
        ReasonCode.OFFERING_CLASS: "모두 같은 클래스입니다.",
        ReasonCode.STATE: "모두 활성 상태입니다.",
        ReasonCode.EXPIRES: "함께 수정하는 표준 RI 가운데 만료 시각이 다른 것은 없습니다.",
    }[code]


# Units ------------------------------------------------------------------------------------------


def _units(change: Modification, result: ModificationResult) -> Question:
    right = result.units_from
    counted = Fraction(sum(row.count for row in change.sources))
    ones = sum((row.type.factor or Fraction(0) for row in change.sources), Fraction(0))
    offered = {right, counted, ones, result.units_to}
    for filler in (right * 2, right / 2, right * 4):
        if len(offered) < _FEWEST_AMOUNTS:
            offered.add(filler)
    arithmetic = _arithmetic(change.sources, right)
    reasons = {counted: "개수만 셌습니다.", ones: "개수를 곱하지 않았습니다."}
    options = [
        Option(
            amount_id(units),
            f"{spoken_amount(units)}단위",
            arithmetic if units == right else sentences(reasons.get(units, ""), arithmetic),
        )
        for units in ascending(offered)
    ]
    return Question(
        "units",
        f"{_request(change)} 수정 전의 구성은 정규화 단위로 모두 얼마입니까?",
        tuple(options),
        frozenset({amount_id(right)}),
        _UNITS,
    )


def _arithmetic(rows: tuple[Row, ...], total: Fraction) -> str:
    products = [
        f"{row.type} {spoken_amount(row.type.factor or Fraction(0))}단위 × {row.count:,}개"
        for row in rows[:_MOST_ROWS]
    ]
    more = " + …" if len(rows) > _MOST_ROWS else ""
    summed = f"{' + '.join(products)}{more} = {spoken_amount(total)}단위입니다."
    return f"크기의 계수에 개수를 곱합니다: {summed}"
