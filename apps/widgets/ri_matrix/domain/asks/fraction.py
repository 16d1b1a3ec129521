"""How much of what runs is covered now? The wrong fractions come from counting wrongly."""

from fractions import Fraction

from apps.kernel.pricing.options import RESERVED_INSTANCES

from ..commitment import Scenario, Side
from ..flexibility_model import Assessment
from .outcome import breaking, explanation, telling
from .situation import situation
from .values import Option, Question, amount_id, ascending, sentences, spoken_amount

_FEWEST = 4
_FILLERS = (Fraction(1, 2), Fraction(1, 4), Fraction(3, 4))


def fraction_question(scenario: Scenario, found: Assessment) -> Question | None:
    """None for everything but Reserved Instances: only they are counted in units."""
    if scenario.option not in RESERVED_INSTANCES or found.covered_fraction is None:
        return None
    right = found.covered_fraction
    offered = _offered(scenario, right)
    return Question(
        "fraction",
        f"{situation(scenario)} 지금 이대로라면 사용량 가운데 얼마가 할인됩니까?",
        tuple(
            Option(amount_id(part), _text(part), _feedback(part, scenario, found))
            for part in offered
        ),
        frozenset({amount_id(right)}),
        explanation(found),
    )


def _offered(scenario: Scenario, right: Fraction) -> list[Fraction]:
    """None and all of it, by units, by instances, and what fills up; the right one among them."""
    mine, theirs = scenario.committed, scenario.running
    by_units, by_count = _by_units(scenario), _share(mine.count, theirs.count)
    upside_down = _share(_units(theirs), _units(mine))
    offered = {Fraction(0), Fraction(1), right, by_units, by_count, upside_down}
    for filler in _FILLERS:
        if len(offered) < _FEWEST:
            offered.add(filler)
    return ascending(offered)


def _units(side: Side) -> Fraction:
    return (side.type.factor or Fraction(0)) * side.count


def _share(part: Fraction | int, whole: Fraction | int) -> Fraction:
    return Fraction(min(part, whole)) / Fraction(whole)


def _by_units(scenario: Scenario) -> Fraction:
    return _share(_units(scenario.committed), _units(scenario.running))


def _text(part: Fraction) -> str:
    if part == 0:
        return "할인되지 않습니다(0%)"
    if part == 1:
        return "모두 할인됩니다(100%)"
    percent = part * 100
    # Half up, to one decimal.
    tenths = Fraction(int(percent * 10 + Fraction(1, 2)), 10)
    about = "" if tenths == percent else "약 "
    return f"{part.numerator}/{part.denominator}만 할인됩니다({about}{spoken_amount(tenths)}%)"


def _feedback(part: Fraction, scenario: Scenario, found: Assessment) -> str:
    if part == found.covered_fraction:
        return found.text
    if breaking(found):
        return telling(found)
    mine, theirs = scenario.committed, scenario.running
    committed, running = spoken_amount(_units(mine)), spoken_amount(_units(theirs))
    units = f"약정은 {committed}단위이고 사용량은 {running}단위입니다."
    if part == _share(mine.count, theirs.count) and mine.type != theirs.type:
        return f"크기가 다를 때는 개수가 아니라 단위로 견줍니다. {units}"
    return sentences(units, found.text)
