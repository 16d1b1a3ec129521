"""The panel "할인이 따라오나": the form as typed, and the answer attribute by attribute."""

from dataclasses import dataclass
from fractions import Fraction

from apps.kernel.pricing.options import (
    RESERVED_INSTANCES,
    SAVINGS_PLANS,
    PurchaseOption,
    Scope,
)
from apps.widgetkit.manifest import Json, Query

from .blocks import Picture, block_for, draw, extent, percent, plain
from .domain.commitment import Scenario, Side, read_scenario
from .domain.flexibility import After, Assessment, AttributeFinding, Outcome, Units, assess
from .domain.flexibility_model import OPTION_NAMES
from .domain.ways import Attribute
from .follow_editor import LABELS, build_form
from .follow_form import (
    read_fields,
)
from .form_fields import (
    SCOPES,
    TENANCIES,
    label_of,
)
from .matrix_view import SourceView, source_view
from .way_words import ATTRIBUTES as NAMES
from .way_words import WAYS, WayWord

_VERDICTS = {
    Outcome.COVERED: ("allow", "✓", "적용됨"),
    Outcome.PARTIALLY_COVERED: ("partial", "◐", "일부 적용"),
    Outcome.NEEDS_MODIFY: ("act", "△", "수정하면 적용"),
    Outcome.NEEDS_EXCHANGE: ("exchange", "⇄", "교환하면 적용"),
    Outcome.NOT_COVERED: ("deny", "✕", "적용 안 됨"),
}
_NO_DISCOUNT = frozenset(
    {PurchaseOption.ON_DEMAND, PurchaseOption.SPOT, PurchaseOption.CAPACITY_RESERVATION}
)


@dataclass(frozen=True, slots=True)
class Verdict:
    tone: str
    mark: str
    word: str


@dataclass(frozen=True, slots=True)
class AttributeView:
    """One row of the table; `committed` and `running` are what stands on either side."""

    id: str
    name: str
    committed: str
    running: str
    changed: bool
    way: WayWord
    text: str
    alternatives: tuple[tuple[WayWord, str], ...]
    source: SourceView


@dataclass(frozen=True, slots=True)
class AfterView:
    verdict: Verdict
    title: str
    text: str
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Answer:
    verdict: Verdict
    text: str
    attributes: tuple[AttributeView, ...]
    picture: Picture | None
    after: AfterView | None
    is_plan: bool
    plan_source: SourceView | None


def follow_context(scenario: Json, result: Json, query: Query) -> Json:
    """The panel's context; without a result (a prediction is asked) it holds no outcome."""
    reading = read_scenario(scenario)
    context: Json = {
        "form": build_form(read_fields(query), result.get("problems", ())),
        "facts": (),
        "answer": None,
    }
    if isinstance(reading, Scenario):
        context["option"] = _option_name(reading)
        context["facts"] = _facts(reading)
        if result:
            context["answer"] = _answer(reading, assess(reading))
    return context


def _option_name(scenario: Scenario) -> str:
    name = OPTION_NAMES[scenario.option]
    return name if scenario.scope is None else f"{name} · {label_of(scenario.scope.value, SCOPES)}"


def _facts(scenario: Scenario) -> tuple[tuple[str, str, str], ...]:
    """What is given, side by side: name, committed, running."""
    mine, theirs = _by_label(scenario, scenario.committed), _by_label(scenario, scenario.running)
    return tuple((label, mine[label], theirs[label]) for label in mine)


def _by_label(scenario: Scenario, side: Side) -> dict[str, str]:
    return {
        LABELS["region"]: side.region,
        LABELS["az"]: side.az or _no_zone(scenario, side),
        LABELS["type"]: str(side.type),
        LABELS["count"]: f"{side.count:,}개",
        LABELS["platform"]: side.platform,
        LABELS["tenancy"]: label_of(side.tenancy.value, TENANCIES),
    }


def _no_zone(scenario: Scenario, side: Side) -> str:
    if side is scenario.committed and scenario.scope is Scope.REGIONAL:
        return "정하지 않음"
    return "적지 않음"


def _answer(scenario: Scenario, assessment: Assessment) -> Answer:
    is_plan = scenario.option in SAVINGS_PLANS
    now, after = _pictures(scenario, assessment)
    return Answer(
        verdict=_verdict(assessment.outcome, assessment.covered_fraction),
        text=assessment.text,
        attributes=tuple(_attribute(scenario, each) for each in assessment.attributes),
        picture=now,
        after=None if assessment.after is None else _after(assessment.after, after),
        is_plan=is_plan,
        plan_source=source_view("sp_apply") if is_plan else None,
    )


def _verdict(outcome: Outcome, fraction: Fraction | None) -> Verdict:
    tone, mark, word = _VERDICTS[outcome]
    if outcome is Outcome.PARTIALLY_COVERED and fraction is not None:
        word += f" · {percent(fraction)}"
    return Verdict(tone, mark, word)


def _attribute(scenario: Scenario, finding: AttributeFinding) -> AttributeView:
    return AttributeView(
        id=finding.name.value,
        name=NAMES[finding.name],
        committed=_value(scenario, scenario.committed, finding.name),
        running=_running(scenario, finding.name),
        changed=finding.changed,
        way=WAYS[finding.way],
        text=finding.text,
        alternatives=tuple((WAYS[each.way], each.text) for each in finding.alternatives),
        source=source_view(finding.source),
    )


def _running(scenario: Scenario, name: Attribute) -> str:
    """What runs; empty where neither side names a zone, for there is nothing to compare."""
    if name is Attribute.AZ and scenario.committed.az is None and scenario.running.az is None:
        return ""
    return _value(scenario, scenario.running, name)


def _value(scenario: Scenario, side: Side, name: Attribute) -> str:
    values = {
        Attribute.REGION: side.region,
        Attribute.AZ: side.az or _no_zone(scenario, side),
        Attribute.FAMILY: side.type.family,
        Attribute.SIZE: side.type.size,
        Attribute.PLATFORM: side.platform,
        Attribute.TENANCY: side.tenancy.value,
    }
    return values[name]


def _after(after: After, picture: Picture | None) -> AfterView:
    tone, mark, _ = _VERDICTS[after.outcome]
    fraction = after.covered_fraction
    word = _VERDICTS[after.outcome][2]
    if fraction is not None and fraction < 1:
        word += f" · {percent(fraction)}" if after.exact else f" · {percent(fraction)} 이상"
    title = f"{WAYS[after.by].word}한 뒤"
    return AfterView(Verdict(tone, mark, word), title, after.text, picture)


# Pictures -----------------------------------------------------------------------------------------


def _pictures(scenario: Scenario, assessment: Assessment) -> tuple[Picture | None, Picture | None]:
    """Now, and after the change, both in one scale where both count units."""
    if scenario.option not in RESERVED_INSTANCES or assessment.units is None:
        return None, None
    after = assessment.after
    later = None if after is None else after.units
    shown = [units for units in (assessment.units, later) if units is not None]
    width = max(extent(each.committed, each.running, each.covered) for each in shown)
    gap = any(not each.covered for each in shown)
    scale = _Scale(width, block_for(width), gap)
    now = _unit_picture(scenario, assessment.units, "now", scale)
    if after is None:
        return now, None
    if later is None:
        return now, _exchanged(scenario, scale)
    return now, _unit_picture(scenario, later, "after", scale)


@dataclass(frozen=True, slots=True)
class _Scale:
    """What two bars must share to be compared; see `draw`."""

    width: Fraction
    block: Fraction
    gap: bool


def _unit_picture(scenario: Scenario, units: Units, name: str, scale: _Scale) -> Picture:
    mine, theirs = scenario.committed, scenario.running
    each = theirs.type.factor or Fraction(0)
    rest = units.running - units.covered
    spare = units.committed - units.covered
    return Picture(
        id=name,
        title="지금" if name == "now" else "",
        lines=(
            _amount_in_words("약정", mine, units.committed),
            _amount_in_words("실행", theirs, units.running),
        ),
        bar=draw(
            units.committed,
            [(each, theirs.count)],
            units.covered,
            width=scale.width,
            block=scale.block,
            gap=scale.gap,
        ),
        unit=f"{plain(scale.block)}단위",
        sentence=_sentence(units),
        inside=f"할인 {plain(units.covered)}단위" if units.covered else "",
        over=f"온디맨드 {plain(rest)}단위" if rest else "",
        spare=f"쓰이지 않는 약정 {plain(spare)}단위" if spare else "",
        quiet=True,
    )


def _amount_in_words(what: str, side: Side, units: Fraction) -> str:
    factor = side.type.factor or Fraction(0)
    return f"{what}: {side.type} {plain(factor)}단위 × {side.count:,}개 = {plain(units)}단위"


def _sentence(units: Units) -> str:
    rest, spare = units.running - units.covered, units.committed - units.covered
    if not units.covered:
        return (
            f"약정 {plain(units.committed)}단위는 쓰이지 않습니다. "
            f"실행하는 {plain(units.running)}단위는 모두 온디맨드 요금을 냅니다."
        )
    text = (
        f"실행하는 {plain(units.running)}단위 가운데 {plain(units.covered)}단위가 할인됩니다"
        f"({percent(units.fraction)})."
    )
    if rest:
        text += f" 나머지 {plain(rest)}단위는 온디맨드 요금을 냅니다."
    if spare:
        text += f" 약정 {plain(spare)}단위는 쓰이지 않고 남습니다."
    return text


def _exchanged(scenario: Scenario, scale: _Scale) -> Picture:
    """How many are received depends on prices; one at least is certain. [ri_exchange] 2023-06-15"""
    theirs = scenario.running
    each, rest = theirs.type.factor or Fraction(0), theirs.count - 1
    sentence = f"{theirs.type} RI를 적어도 1개 받으므로, 실행하는 1개는 반드시 할인됩니다."
    if rest:
        sentence += f" 나머지 {rest:,}개는 몇 개를 받느냐에 달려 있습니다."
    return Picture(
        id="after",
        title="",
        lines=(
            f"교환: {theirs.type} {plain(each)}단위 × 1개 이상",
            _amount_in_words("실행", theirs, each * theirs.count),
        ),
        bar=draw(
            each,
            [(each, theirs.count)],
            each,
            width=scale.width,
            block=scale.block,
            gap=scale.gap,
        ),
        unit=f"{plain(scale.block)}단위",
        sentence=sentence,
        inside="할인 1개 이상",
        over=f"받는 개수에 달린 {rest:,}개" if rest else "",
        quiet=True,
    )
