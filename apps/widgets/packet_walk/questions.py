"""Questions about a scenario, as the site asks them, and generators of fresh ones."""

from collections.abc import Callable, Sequence
from functools import partial

from apps.kernel.documents import Invalid
from apps.widgetkit.asks import Ask, Choice, Generator, Parameter, Variant
from apps.widgetkit.manifest import Json

from .domain.asks import Question, ask_about
from .domain.generate import ANY, about_ending, about_fix, about_order, about_stop
from .domain.model import OperatingSystem
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


def _variant(generate: Callable[..., Json], ask_id: str, seed: int, **parameters: str) -> Variant:
    scenario = generate(seed, **parameters)
    return Variant(scenario, next(ask for ask in asks(scenario) if ask.id == ask_id))


_LAYER = Parameter(
    "layer",
    "규칙이 빠진 곳",
    ((ANY, "둘 다"), ("sg", "보안 그룹"), ("nacl", "네트워크 ACL")),
    ANY,
)
_SYSTEM = Parameter(
    "os",
    "클라이언트의 운영 체제",
    (
        (ANY, "섞어서"),
        (OperatingSystem.LINUX.value, "Linux"),
        (OperatingSystem.WINDOWS.value, "Windows"),
    ),
    ANY,
)
_RULES = Parameter(
    "rules",
    "목록에 있는 규칙의 수",
    ((ANY, "섞어서"), ("2", "2개"), ("3", "3개"), ("4", "4개")),
    ANY,
)

GENERATORS = tuple(
    Generator(f"packet-walk-{name}", title, partial(_variant, generate, ask_id), parameters)
    for name, title, generate, ask_id, parameters in (
        ("ending", "요청과 응답이 끝까지 가는지 판단하기", about_ending, "disposition", ()),
        ("stop", "처음으로 막히는 곳 찾기", about_stop, "stop", (_SYSTEM,)),
        ("fix", "빠진 규칙 하나 찾기", about_fix, "fix", (_LAYER, _SYSTEM)),
        ("order", "NACL에서 판정하는 규칙 찾기", about_order, "rule-3", (_RULES,)),
    )
)
