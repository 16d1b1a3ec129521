"""The panel "수정·교환": the form as typed, footprints and values as blocks, the answer."""

from dataclasses import dataclass, replace
from fractions import Fraction
from urllib.parse import urlencode

from apps.kernel.documents import Invalid
from apps.widgetkit.manifest import Json, Query

from .blocks import Picture, block_for, draw, extent, plain
from .change_editor import build_form, facts, switches
from .change_form import typed
from .domain.changes import (
    Exchange,
    ExchangeResult,
    Modification,
    ModificationResult,
    Reason,
    ReasonCode,
    Received,
    Row,
    judge,
    read_change,
)
from .follow_view import Verdict
from .form_fields import SCOPES, label_of
from .matrix_view import SourceView, source_view

_REASONS = {
    ReasonCode.FOOTPRINT: "단위 합계가 다릅니다",
    ReasonCode.FAMILY: "패밀리가 다릅니다",
    ReasonCode.GENERATION: "세대가 다릅니다",
    ReasonCode.PLATFORM: "크기를 바꿀 수 없는 플랫폼입니다",
    ReasonCode.TENANCY: "크기를 바꿀 수 없는 테넌시입니다",
    ReasonCode.REGION: "리전이 다릅니다",
    ReasonCode.FAMILY_NOT_MODIFIABLE: "크기를 바꿀 수 없는 패밀리입니다",
    ReasonCode.SINGLE_SIZE: "크기가 하나뿐인 유형입니다",
    ReasonCode.OFFERING_CLASS: "클래스가 맞지 않습니다",
    ReasonCode.PAYMENT_OPTION: "결제 옵션이 맞지 않습니다",
    ReasonCode.HOURS_LEFT: "남은 시간이 모자랍니다",
    ReasonCode.TERM: "기간이 맞지 않습니다",
    ReasonCode.STATE: "활성 상태가 아닙니다",
    ReasonCode.EXPIRES: "만료 시각이 다릅니다",
}


@dataclass(frozen=True, slots=True)
class ReasonView:
    code: str
    title: str
    text: str
    source: SourceView


@dataclass(frozen=True, slots=True)
class Sum:
    """One comparison of an exchange: in symbols, as blocks, and in words."""

    title: str
    formula: str
    picture: Picture | None
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    verdict: Verdict
    text: str
    reasons: tuple[ReasonView, ...]
    pictures: tuple[Picture, ...]
    sums: tuple[Sum, ...]
    figures: tuple[tuple[str, str], ...]
    source: SourceView


def change_context(scenario: Json, result: Json, query: Query) -> Json:
    """The panel's context; without a result (a prediction is asked) it holds no outcome."""
    draft = typed(query)
    reading = read_change(scenario)
    context: Json = {
        "form": build_form(draft, result.get("problems", ())),
        "operation": draft.kind,
        "switches": [
            {"title": each.title, "query": urlencode(each.pairs), "current": each.current}
            for each in switches(draft)
        ],
        "facts": (),
        "answer": None,
    }
    if not isinstance(reading, Invalid):
        context["facts"] = facts(draft, scenario)
        if result:
            context["answer"] = _answer(reading)
    return context


def _answer(change: Modification | Exchange) -> Answer:
    if isinstance(change, Modification):
        modified = judge(change)
        return Answer(
            verdict=_verdict(modified.allowed, "수정"),
            text=modified.text,
            reasons=_reasons(modified.reasons),
            pictures=_footprints(change, modified),
            sums=(),
            figures=(),
            source=source_view("ri_modify"),
        )
    exchanged = judge(change)
    received = exchanged.received
    return Answer(
        verdict=_verdict(exchanged.allowed, "교환"),
        text=exchanged.text,
        reasons=_reasons(exchanged.reasons),
        pictures=(),
        sums=() if received is None else _sums(change, exchanged, received),
        figures=() if received is None else _figures(received),
        source=source_view("ri_exchange"),
    )


def _verdict(allowed: bool, what: str) -> Verdict:
    if allowed:
        return Verdict("allow", "✓", f"{what}할 수 있음")
    return Verdict("deny", "✕", f"{what}할 수 없음")


def _reasons(reasons: tuple[Reason, ...]) -> tuple[ReasonView, ...]:
    return tuple(
        ReasonView(each.code.value, _REASONS[each.code], each.text, source_view(each.source))
        for each in reasons
    )


# Footprints ---------------------------------------------------------------------------------------


def _footprints(change: Modification, result: ModificationResult) -> tuple[Picture, ...]:
    """Before and after in one scale. The room to fill afterwards is what was there before."""
    before, after = result.units_from, result.units_to
    held = min(before, after)
    width = extent(before, after, held)
    block = block_for(width)
    short, over = before - held, after - held
    if before == after:
        sentence = f"바꾼 뒤에도 {plain(after)}단위로, 합계가 같습니다."
    else:
        word = f"{plain(short)}단위 모자랍니다" if short else f"{plain(over)}단위 넘칩니다"
        sentence = f"바꾼 뒤에는 {plain(after)}단위입니다. {plain(before)}단위에 {word}."
    return (
        Picture(
            id="before",
            title=f"바꾸기 전 {plain(before)}단위",
            lines=tuple(_line(row) for row in change.sources),
            bar=draw(before, _things(change.sources), before, width=width, block=block),
            unit="",
            sentence=f"바꾸기 전 합계는 {plain(before)}단위입니다.",
            quiet=True,
        ),
        Picture(
            id="after",
            title=f"바꾼 뒤 {plain(after)}단위",
            lines=tuple(_line(row) for row in change.targets),
            bar=draw(before, _things(change.targets), held, width=width, block=block),
            unit=f"{plain(block)}단위",
            inside=f"바꾸기 전만큼 {plain(held)}단위",
            over=f"넘침 {plain(over)}단위" if over else "",
            spare=f"모자람 {plain(short)}단위" if short else "",
            sentence=sentence,
            wrong=before != after,
            quiet=before == after,
        ),
    )


def _things(rows: tuple[Row, ...]) -> list[tuple[Fraction, int]]:
    return [(row.type.factor or Fraction(0), row.count) for row in rows]


def _line(row: Row) -> str:
    factor = row.type.factor or Fraction(0)
    place = f"{label_of(row.scope.value, SCOPES)} {row.az or row.region}"
    units = f"{plain(factor)}단위 × {row.count:,}개 = {plain(row.units)}단위"
    return f"{row.type} {units} · {place}"


# Values -------------------------------------------------------------------------------------------


def _sums(change: Exchange, result: ExchangeResult, received: Received) -> tuple[Sum, ...]:
    """Both comparisons of value, and what is charged. [ri_exchange] 2023-06-15"""
    target, count = change.target, received.count
    values = [(row.list_value, row.count) for row in change.sources]
    sums = [_sum("목록 가치", change, values, target.list_value, received.by_list_value, count)]
    each = target.prorated_upfront
    if each is not None and received.by_upfront is not None:
        left = [(row.remaining_upfront or Fraction(0), row.count) for row in change.sources]
        sums.append(_sum("선결제 금액", change, left, each, received.by_upfront, count))
        sums.append(
            Sum(
                "차액",
                f"{plain(each * count)} − {plain(result.remaining_upfront)} "
                f"= {plain(received.true_up)}",
                None,
                f"새로 낼 선결제에서 남은 선결제를 뺀 {plain(received.true_up)}달러를 냅니다. "
                "돌려받는 일은 없습니다."
                if received.true_up
                else "더 내는 금액이 없습니다.",
            )
        )
    return tuple(sums)


def _sum(
    title: str,
    change: Exchange,
    given: list[tuple[Fraction, int]],
    each: Fraction,
    least: int,
    count: int,
) -> Sum:
    """`given` against `count` of the target; `least` would do for this comparison alone."""
    whole = sum((value * number for value, number in given), Fraction(0))
    terms = " + ".join(f"{plain(value)} × {number:,}" for value, number in given)
    text = (
        f"내놓는 것은 {plain(whole)}달러, 받는 것은 {plain(each * count)}달러입니다. "
        f"{_fewer(each, least, whole)}"
    )
    picture = _value_picture(title, change, whole, each, count) if whole else None
    return Sum(title, f"{terms} ≤ {plain(each)} × {count:,}", picture, text)


def _value_picture(
    title: str, change: Exchange, given: Fraction, each: Fraction, count: int
) -> Picture:
    total = each * count
    held = min(given, total)
    # A block is one instance that is received, unless there are too many to count.
    block = int(block_for(Fraction(count))) if count > 1 else 1
    kind = change.target.type
    return Picture(
        id="value" if title == "목록 가치" else "upfront",
        title=title,
        lines=(),
        bar=replace(
            draw(given, [(each, count)], held, block=each * max(1, block)), things=(), counted=False
        ),
        unit=f"{kind} {max(1, block):,}개",
        inside=f"내놓는 것만큼 {plain(given)}달러",
        over=f"넘는 {plain(total - held)}달러" if total > held else "",
        sentence=(
            f"{title}: {kind} {count:,}개의 {plain(total)}달러가 "
            f"내놓는 {plain(given)}달러를 채웁니다."
        ),
        quiet=True,
    )


def _fewer(each: Fraction, least: int, given: Fraction) -> str:
    """Why not one less."""
    if least <= 1:
        return "이 비교만 보면 1개로 충분합니다."
    less = least - 1
    return f"{less:,}개면 {plain(each * less)}달러라서 {plain(given)}달러에 모자랍니다."


def _figures(received: Received) -> tuple[tuple[str, str], ...]:
    return (
        ("받는 개수", f"{received.count:,}개"),
        ("차액(true-up)", f"{plain(received.true_up)}달러"),
        ("만료", received.expires.text),
        ("기간", f"{received.term_years}년"),
    )
