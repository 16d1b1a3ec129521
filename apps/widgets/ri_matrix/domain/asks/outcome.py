"""What becomes of the discount, before anybody acts?"""

from collections.abc import Mapping

from apps.kernel.pricing.options import RESERVED_INSTANCES, SAVINGS_PLANS, PurchaseOption

from ..commitment import HOSTS, Scenario
from ..flexibility_model import Assessment, AttributeFinding, Outcome
from ..ways import Way
from .situation import situation
from .values import Option, Question, sentences

_DISCOUNT: Mapping[Outcome, str] = {
    Outcome.COVERED: "저절로 모두 할인됩니다.",
    Outcome.PARTIALLY_COVERED: "저절로 할인되지만 일부만 할인됩니다.",
    Outcome.NEEDS_MODIFY: "그대로는 할인되지 않고, 수정을 요청하면 할인됩니다.",
    Outcome.NEEDS_EXCHANGE: "그대로는 할인되지 않고, 교환하면 할인됩니다.",
    Outcome.NOT_COVERED: "수정이나 교환을 해도 할인되지 않습니다.",
}
# Dollars are committed: whether they last is a matter of rates, so a part of it is no answer.
_PLAN: Mapping[Outcome, str] = {
    Outcome.COVERED: "저절로 할인 대상이 됩니다.",
    Outcome.NEEDS_MODIFY: "수정을 요청하면 할인 대상이 됩니다.",
    Outcome.NEEDS_EXCHANGE: "교환하면 할인 대상이 됩니다.",
    Outcome.NOT_COVERED: "수정이나 교환을 해도 할인 대상이 되지 않습니다.",
}
# What fits on a host is not modeled, nor is a part of it.
_HOST: Mapping[Outcome, str] = {
    Outcome.COVERED: "호스트를 손대지 않아도 실행할 수 있습니다.",
    Outcome.NEEDS_MODIFY: "호스트를 수정하면 실행할 수 있습니다.",
    Outcome.NEEDS_EXCHANGE: "호스트를 교환하면 실행할 수 있습니다.",
    Outcome.NOT_COVERED: "이 호스트에서는 실행할 수 없습니다.",
}


def outcome_question(scenario: Scenario, found: Assessment) -> Question:
    """Which endings are offered depends on the purchase option, not on the ending."""
    stem, texts = _wording(scenario.option)
    options = [
        Option(ending.value, text, _feedback(ending, scenario, found))
        for ending, text in texts.items()
    ]
    return Question(
        "outcome",
        f"{situation(scenario)} {stem}",
        tuple(options),
        frozenset({found.outcome.value}),
        explanation(found),
    )


def explanation(found: Assessment) -> str:
    """What follows of all that changed, and what would be once somebody acts."""
    changed = [finding.text for finding in found.attributes if finding.changed]
    after = "" if found.after is None else found.after.text
    return sentences(*_decisive(found), *changed, after) or found.text


def telling(found: Assessment) -> str:
    """Why the discount does not follow by itself; the summary where it does."""
    return next(iter(_decisive(found)), found.text)


def breaking(found: Assessment) -> list[AttributeFinding]:
    """The changed attributes that the discount does not follow by itself."""
    stopping = (Way.MODIFY, Way.EXCHANGE, Way.IMPOSSIBLE)
    return [each for each in found.attributes if each.changed and each.way in stopping]


def _decisive(found: Assessment) -> list[str]:
    """The reasons, those that nothing can be done about first."""
    order = (Way.IMPOSSIBLE, Way.EXCHANGE, Way.MODIFY)
    return [each.text for way in order for each in breaking(found) if each.way is way]


def _wording(option: PurchaseOption) -> tuple[str, Mapping[Outcome, str]]:
    if option in SAVINGS_PLANS:
        return "지금 쓰는 인스턴스는 할인 대상입니까?", _PLAN
    if option in HOSTS:
        return "지금 쓰는 인스턴스를 이 호스트에서 실행할 수 있습니까?", _HOST
    return "지금 쓰는 인스턴스는 어떻게 할인됩니까?", _DISCOUNT


def _feedback(ending: Outcome, scenario: Scenario, found: Assessment) -> str:
    """True sentences about the answer, whichever it is: none of them says that it is wrong."""
    if ending is found.outcome:
        return found.text
    if ending is Outcome.NEEDS_MODIFY:
        return sentences(on_modifying(scenario.option, found), telling(found))
    if ending is Outcome.NEEDS_EXCHANGE:
        return sentences(on_exchanging(scenario.option, found), telling(found))
    if ending is Outcome.NOT_COVERED:
        return sentences(found.text, "" if found.after is None else found.after.text)
    return telling(found)


def on_modifying(option: PurchaseOption, found: Assessment) -> str:
    """What a modification is good for, where somebody takes it for the answer."""
    if option in SAVINGS_PLANS:
        # [sp_return] medium: nothing of a plan can be modified or exchanged.
        return "Savings Plans에는 약정을 수정하는 절차가 없습니다."
    if option in RESERVED_INSTANCES:
        if not breaking(found):
            return "수정을 요청할 필요가 없습니다."
        # [ri_modify] 2023-06-15
        return "RI를 수정할 때 바꿀 수 있는 것은 가용 영역, 범위, 크기뿐입니다."
    if option is PurchaseOption.CAPACITY_RESERVATION:
        # [cr_use] 2023-06-15
        return "용량 예약에서 수정할 수 있는 것은 수량과 종료 조건뿐입니다."
    if option in HOSTS:
        # [dh], [dh_work] 2023-06-15
        return "전용 호스트를 수정해도 호스트의 패밀리는 바뀌지 않습니다."
    return "약정한 것이 없어 수정할 것도 없습니다."


def on_exchanging(option: PurchaseOption, found: Assessment) -> str:
    """Who can exchange, where somebody takes that for the answer."""
    if option is PurchaseOption.CONVERTIBLE_RI:
        if not breaking(found):
            return "교환할 필요가 없습니다."
        if found.outcome is Outcome.NEEDS_MODIFY:
            return "교환하지 않아도, 수수료가 없는 수정으로 할인받을 수 있습니다."
        return ""
    # [ri_types], [ri_exchange] 2023-06-15
    if option is PurchaseOption.STANDARD_RI:
        return "표준 RI는 교환할 수 없습니다. 교환은 변동 RI에서만 할 수 있습니다."
    return "교환은 변동 RI에서만 할 수 있습니다."
