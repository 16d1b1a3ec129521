"""Questions about a scenario, computed by a domain engine: predictions now, quiz items later."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from apps.kernel.shown import shown

AskKind = Literal["single", "multiple"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose; `feedback` says what picking it gets right or wrong (Korean)."""

    id: str  # stable and telling nothing about the key: nothing refers to a position
    text: str
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question whose key the engine computed from the scenario; nobody typed it."""

    id: str  # what is asked, such as "disposition"; stable within the widget
    stem: str
    kind: AskKind
    choices: tuple[Choice, ...]
    key: frozenset[str]  # ids of the right choices
    explanation: str
    step: int | None = None  # the step of the trace where the answer shows
    keep_order: bool = False  # the choices have an order of their own, such as that of a path

    def __post_init__(self) -> None:
        ids = [choice.id for choice in self.choices]
        if len(set(ids)) != len(ids):
            raise ValueError(f"ask {self.id}: choice ids repeat")
        if not self.key or not self.key <= set(ids):
            raise ValueError(f"ask {self.id}: the key names no choice")
        if self.kind == "single" and len(self.key) != 1:
            raise ValueError(f"ask {self.id}: a single choice has one key")

    def choice(self, choice_id: str) -> Choice:
        return next(choice for choice in self.choices if choice.id == choice_id)

    def is_right(self, answer: frozenset[str]) -> bool:
        return answer == self.key


@dataclass(frozen=True, slots=True)
class Variant:
    """One question that a generator made: the scenario it is about and what is asked."""

    scenario: dict[str, Any]
    ask: Ask


class ParameterError(ValueError):
    """A generator has no such parameter, or the parameter no such value; the text is Korean."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What whoever uses a generator may choose about its questions.

    It narrows what is drawn and never decides the answer: with any value, guessing pays as little
    as without.
    """

    name: str  # as a Python keyword argument
    label: str  # what is chosen (Korean)
    choices: tuple[tuple[str, str], ...]  # a value, and what it says (Korean)
    default: str

    def __post_init__(self) -> None:
        values = [value for value, _ in self.choices]
        if len(values) < 2 or len(set(values)) != len(values) or self.default not in values:
            raise ValueError(f"parameter {self.name}: {values}, by default {self.default!r}")

    def label_of(self, value: str) -> str:
        """What a value says; the value itself where it is not offered."""
        return dict(self.choices).get(value, value)


@dataclass(frozen=True, slots=True)
class Generator:
    """Makes as many questions of one sort as wished; the same seed gives the same one.

    `make(seed, **parameters)`: seed and parameters decide the question, nothing else does. What is
    not passed has its default.
    """

    id: str  # unique over the site, such as "ri-covered-fraction"
    title: str  # what its questions practise (Korean)
    make: Callable[..., Variant]
    parameters: tuple[Parameter, ...] = ()

    def __post_init__(self) -> None:
        names = [parameter.name for parameter in self.parameters]
        if len(set(names)) != len(names):
            raise ValueError(f"generator {self.id}: a parameter twice")

    def settle(self, given: Mapping[str, object]) -> dict[str, str]:
        """A value for every parameter: the given one or the default. Raises ParameterError."""
        known = [parameter.name for parameter in self.parameters]
        for name in given:
            if name not in known:
                offered = (
                    f"있는 조건: {', '.join(known)}" if known else "이 생성기는 조건이 없습니다."
                )
                raise ParameterError(f"{self.id} 생성기에 ‘{name}’ 조건은 없습니다. {offered}")
        settled: dict[str, str] = {}
        for parameter in self.parameters:
            value = given.get(parameter.name, parameter.default)
            values = [each for each, _ in parameter.choices]
            if not isinstance(value, str) or value not in values:
                raise ParameterError(
                    f"{self.id} 생성기의 ‘{parameter.name}’ 조건은 {', '.join(values)} 가운데 "
                    f"하나로 적어 주세요. 적힌 값: {shown(value)}"
                )
            settled[parameter.name] = value
        return settled
