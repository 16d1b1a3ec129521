"""What the model of an attempt's life is made of: sittings, sheets and what tabs send."""

from dataclasses import dataclass, field

from apps.quizzes.models import Attempt, AttemptItem


@dataclass
class Sheet:
    """One try of one item: who wrote what, and what came too late."""

    row: AttemptItem
    trail: list[tuple[str, str, int]] = field(default_factory=list)  # answer, tab, count
    late: list[tuple[str, str, int]] = field(default_factory=list)
    checked: bool = False
    flagged: bool = False
    grades: int = 0

    @property
    def all(self) -> list[tuple[str, str, int]]:
        return self.trail + self.late

    @property
    def counts(self) -> str:
        return self.trail[-1][0] if self.trail else ""


@dataclass
class Sitting:
    row: Attempt
    began: int
    sheets: dict[int, list[Sheet]]
    ended: int | None = None
    ended_by: str = ""
    score: int | None = None

    @property
    def current(self) -> list[Sheet]:
        return [tries[-1] for tries in self.sheets.values()]


@dataclass(frozen=True)
class Request:
    sheet: Sheet
    sitting: Sitting
    answer: str
    tab: str
    base: int
    count: int

    @property
    def entry(self) -> tuple[str, str, int]:
        return self.answer, self.tab, self.count
