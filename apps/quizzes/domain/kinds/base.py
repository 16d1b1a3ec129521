"""What a kind of item is: one class, pure, knowing neither the database nor the page.

The parts of a question (`body`, `key`, `feedback`) are JSON objects whose form the kind owns. It
reads them from a file or a form once, with every mistake told; after that they are trusted.

Answers are JSON objects too, in one canonical form each, and the empty answer of every kind is
`{}`. They outlive the version they were given to (a regrade replays them against another one), so
`score` and `review` take an id that the body does not know for none at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, ClassVar, Protocol

from apps.kernel.documents import Findings

Json = dict[str, Any]
# A submitted form: every value of every name, in order.
Form = Mapping[str, Sequence[str]]
# Names of lists in a body, each with the ids of its members in the order in which they were dealt.
Order = dict[str, list[str]]


class Scoring(StrEnum):
    """How `multiple` is scored; a quiz decides."""

    ALL_OR_NOTHING = "all_or_nothing"
    PARTIAL = "partial"  # (right picks - wrong picks) / right, not below 0


@dataclass(frozen=True, slots=True)
class Parts:
    """A question's own part, split by who may see it."""

    body: Json
    key: Json
    feedback: dict[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a review: a choice, a pair, a place. Texts are Markdown, verdicts are not."""

    text: str  # what was asked here ("" where the line is the whole answer)
    own: str  # what the learner answered here ("" for nothing)
    right: str  # what was right here ("" for a choice that should be left alone)
    is_right: bool | None  # None: neither right nor wrong (a choice left alone that is no key)
    picked: bool = False  # the learner chose this line
    feedback: str = ""  # what to say to this answer: most often the misconception behind it


class Kind(Protocol):
    """What a file may call a kind: it reads and writes its own fields of a question's document."""

    name: ClassVar[str]
    label: ClassVar[str]  # Korean, such as 하나 고르기
    required: ClassVar[tuple[str, ...]]  # names of its own fields in a document
    optional: ClassVar[tuple[str, ...]]

    def read(self, document: Mapping[str, object], path: str, findings: Findings) -> Parts | None:
        """The kind's own fields of a question's document; every mistake is told, none raised.

        Names that are missing or unknown have been told already by whoever held `required` and
        `optional` against the document (`reading.read_question`).
        """
        ...

    def dump(self, parts: Parts) -> Json:
        """The fields that `read` reads back into equal parts."""
        ...


class TemplateKind(Kind, Protocol):
    """A kind that nobody can answer yet: its body says where a concrete question comes from.

    When an item is dealt, whoever has the widgets asks the engine and freezes what it says as a
    `single` or `multiple` (see `concrete.py`); only that is shown, answered and scored.
    """


class ItemKind(Kind, Protocol):
    """A kind of item that can be answered."""

    graded_by_hand: ClassVar[bool]

    def deal(self, body: Json, *, seed: int, shuffle: bool) -> Order:
        """The order in which members are shown: a function of body and seed, never of the key."""
        ...

    def read_answer(self, body: Json, form: Form) -> Json:
        """What a form says, in canonical form; what is no possible answer is left out."""
        ...

    def fill(self, body: Json, answer: Json) -> dict[str, list[str]]:
        """The form fields that say this answer: the inverse of `read_answer`."""
        ...

    def is_empty(self, body: Json, answer: Json) -> bool:
        return not answer

    def problem(self, body: Json, answer: Json) -> str:
        """What is missing for a whole answer, in Korean; "" if nothing is (nor for an empty one).

        It judges the form of an answer only and knows no key, so a running attempt may show it.
        """
        ...

    def score(self, body: Json, key: Json, answer: Json, scoring: Scoring) -> Fraction | None:
        """0 to 1; None where a person has to grade. An empty answer is worth 0 in every kind."""
        ...

    def right_answer(self, body: Json, key: Json) -> Json:
        """An answer worth 1, in canonical form; `{}` where a person grades."""
        ...

    def review(
        self, body: Json, key: Json, feedback: Mapping[str, str], answer: Json
    ) -> list[Line]:
        """What was right and wrong, line by line, in the order of the body.

        Only `ordering` goes by the right order: there the order is the answer.
        """
        ...
