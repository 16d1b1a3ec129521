"""Questions about a scenario, as the site asks them, and generators of fresh ones."""

from collections.abc import Callable, Sequence
from functools import partial

from apps.kernel.documents import Invalid
from apps.widgetkit.asks import Ask, Choice, Generator, Variant
from apps.widgetkit.manifest import Json

from .domain.asks import Question, ask_about
from .domain.generate import about_ending, about_fix, about_order, about_stop
from .domain.scenario import read_scenario


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
        # Places stand in the order of the path, rules in that of their list.
        keep_order=question.id == "stop" or question.id.startswith("rule-"),
    )


def _variant(generate: Callable[[int], Json], ask_id: str, seed: int) -> Variant:
    scenario = generate(seed)
    return Variant(scenario, next(ask for ask in asks(scenario) if ask.id == ask_id))


GENERATORS = tuple(
    Generator(f"packet-walk-{name}", title, partial(_variant, generate, ask_id))
    for name, title, generate, ask_id in (
        ("ending", "요청과 응답이 끝까지 가는지 판단하기", about_ending, "disposition"),
        ("stop", "처음으로 막히는 곳 찾기", about_stop, "stop"),
        ("fix", "빠진 규칙 하나 찾기", about_fix, "fix"),
        ("order", "NACL에서 판정하는 규칙 찾기", about_order, "rule-3"),
    )
)
