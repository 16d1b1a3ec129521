"""Questions about a scenario, as the site asks them."""

from collections.abc import Sequence

from apps.widgetkit.asks import Ask, Choice
from apps.widgetkit.manifest import Json

from .domain.asks import Question, ask_about
from .domain.scenario import Invalid, read_scenario


def asks(scenario: Json) -> Sequence[Ask]:
    """The ending first, as it can always be asked; none where the scenario is not valid."""
    reading = read_scenario(scenario)
    return [] if isinstance(reading, Invalid) else [_ask(each) for each in ask_about(reading)]


def _ask(question: Question) -> Ask:
    return Ask(
        question.id,
        question.stem,
        "single",
        tuple(Choice(each.id, each.text, each.feedback) for each in question.options),
        frozenset({question.key}),
        question.explanation,
        question.step,
    )
