"""What can be asked about a scenario; every key is computed by walking it."""

from .ask_fix import fix_question
from .ask_outcome import disposition_question, stop_question
from .ask_rule import rule_questions
from .ask_values import Option, Question
from .model import Scenario
from .walk import walk

__all__ = ["Option", "Question", "ask_about"]


def ask_about(scenario: Scenario) -> tuple[Question, ...]:
    """How it ends, where it stops, which rule decides there, which one rule would mend it.

    The first two always; the others where they have one answer.
    """
    trace = walk(scenario)
    fix = fix_question(scenario, trace)
    return (
        disposition_question(trace),
        stop_question(trace),
        *rule_questions(trace),
        *(() if fix is None else (fix,)),
    )
