"""What is the least that must be done for the discount to apply at all?"""

from apps.kernel.pricing.options import RESERVED_INSTANCES, SAVINGS_PLANS

from ..commitment import Scenario
from ..flexibility_model import Assessment, Outcome
from .outcome import explanation, on_exchanging, on_modifying, telling
from .situation import situation
from .values import Option, Question, sentences

_WAIT, _MODIFY, _EXCHANGE, _BUY = "wait", "modify", "exchange", "buy"
_NEEDED = {
    Outcome.COVERED: _WAIT,
    Outcome.PARTIALLY_COVERED: _WAIT,
    Outcome.NEEDS_MODIFY: _MODIFY,
    Outcome.NEEDS_EXCHANGE: _EXCHANGE,
    Outcome.NOT_COVERED: _BUY,
}
_TEXTS = {
    _WAIT: "아무것도 요청하지 않아도 됩니다.",
    _MODIFY: "약정의 가용 영역이나 범위, 크기를 수정해 달라고 요청합니다.",
    _EXCHANGE: "약정을 다른 변동 RI로 교환합니다.",
    _BUY: "이 약정으로는 받을 수 없으므로 새로 약정합니다.",
}


def remedy_question(scenario: Scenario, found: Assessment) -> Question | None:
    """None where nothing changed, and where no discount could follow."""
    changed = any(finding.changed for finding in found.attributes)
    if scenario.option not in RESERVED_INSTANCES | SAVINGS_PLANS or not changed:
        return None
    needed = _NEEDED[found.outcome]
    options = [
        Option(each, text, _feedback(each, needed, scenario, found))
        for each, text in _TEXTS.items()
    ]
    stem = "지금 쓰는 인스턴스에 할인을 조금이라도 받으려면, 적어도 무엇을 해야 합니까?"
    return Question(
        "remedy",
        f"{situation(scenario)} {stem}",
        tuple(options),
        frozenset({needed}),
        explanation(found),
    )


def _feedback(each: str, needed: str, scenario: Scenario, found: Assessment) -> str:
    after = "" if found.after is None else found.after.text
    if each == needed:
        return after or found.text
    if each == _MODIFY:
        return sentences(on_modifying(scenario.option, found), telling(found))
    if each == _EXCHANGE:
        return sentences(on_exchanging(scenario.option, found), telling(found))
    return telling(found) if each == _WAIT else sentences(found.text, after)
