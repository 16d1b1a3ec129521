"""Which of the changes keeps the discount from following by itself?"""

from apps.kernel.pricing.options import RESERVED_INSTANCES, SAVINGS_PLANS

from ..commitment import Scenario
from ..flexibility_model import NOUNS, Assessment, AttributeFinding, accusative, topic
from ..ways import Attribute
from .outcome import breaking, explanation
from .situation import situation
from .values import Option, Question

_NONE = "none"
_LABELS = {**NOUNS, Attribute.AZ: "가용 영역(AZ)"}


def broken_question(scenario: Scenario, found: Assessment) -> Question | None:
    """All six attributes are offered, so that what is offered tells nothing.

    None where no discount could follow: nothing is committed, or capacity or a host is.
    """
    if scenario.option not in RESERVED_INSTANCES | SAVINGS_PLANS:
        return None
    guilty = [finding.name for finding in breaking(found)]
    options = [
        Option(finding.name.value, _LABELS[finding.name], _feedback(finding))
        for finding in found.attributes
    ]
    options.append(Option(_NONE, "없습니다. 모두 저절로 따라옵니다.", _on_none(found)))
    return Question(
        "broken",
        f"{situation(scenario)} 할인이 저절로 따라오지 못하게 하는 것을 모두 고르십시오.",
        tuple(options),
        frozenset(name.value for name in guilty) or frozenset({_NONE}),
        explanation(found),
        multiple=True,
    )


def _feedback(finding: AttributeFinding) -> str:
    if finding.changed:
        return finding.text
    return f"{topic(finding.name)} 약정할 때와 달라지지 않았습니다."


def _on_none(found: Assessment) -> str:
    guilty = breaking(found)
    if not guilty:
        return found.text
    names = ", ".join(NOUNS[each.name] for each in guilty[:-1])
    last = accusative(guilty[-1].name)
    return f"{names + ', ' if names else ''}{last} 바꾸면 할인이 저절로 따라오지 않습니다."
