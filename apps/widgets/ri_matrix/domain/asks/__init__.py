"""What can be asked about a scenario; every key is computed by the engine of its panel."""

from typing import Any

from apps.kernel.documents import Invalid

from ..changes import Exchange, judge, read_change
from ..commitment import Scenario, read_scenario
from ..flexibility import assess
from ..needs import read_needs
from .broken import broken_question
from .exchanging import exchange_questions
from .fitting import fitting_questions
from .fraction import fraction_question
from .modifying import modification_questions
from .outcome import outcome_question
from .remedy import remedy_question
from .values import Option, Question

__all__ = ["Option", "Question", "ask_about"]


def ask_about(document: dict[str, Any]) -> tuple[Question, ...]:
    """The questions of a scenario of any of the three panels; none where it is not valid.

    The first one can always be asked; the others where they have an answer.
    """
    if "operation" in document:
        change = read_change(document)
        if isinstance(change, Invalid):
            return ()
        if isinstance(change, Exchange):
            return exchange_questions(change, judge(change))
        return modification_questions(change, judge(change))
    if "needs" in document:
        needs = read_needs(document)
        return () if isinstance(needs, Invalid) else fitting_questions(needs)
    scenario = read_scenario(document)
    return () if isinstance(scenario, Invalid) else _follow_questions(scenario)


def _follow_questions(scenario: Scenario) -> tuple[Question, ...]:
    """What becomes of the discount, what breaks it, how much is covered, what is to be done."""
    found = assess(scenario)
    asked = (
        outcome_question(scenario, found),
        broken_question(scenario, found),
        fraction_question(scenario, found),
        remedy_question(scenario, found),
    )
    return tuple(question for question in asked if question is not None)
