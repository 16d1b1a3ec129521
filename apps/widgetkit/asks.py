"""Questions about a scenario, computed by a domain engine: predictions now, quiz items later."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

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


@dataclass(frozen=True, slots=True)
class Generator:
    """Makes as many questions of one sort as wished; the same seed gives the same one."""

    id: str  # unique over the site, such as "ri-covered-fraction"
    title: str  # what its questions practise (Korean)
    make: Callable[[int], Variant]
