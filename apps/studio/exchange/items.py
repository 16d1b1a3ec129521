"""What a file of questions says, before anybody asks what this site can do with it.

Texts are unescaped and otherwise as the file has them; numbers are strings as they were written,
so nothing is rounded on the way.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Json = dict[str, Any]


class ItemKind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    SHORT_TEXT = "short_text"
    NUMERIC = "numeric"
    MATCHING = "matching"
    ESSAY = "essay"
    DESCRIPTION = "description"  # a text without a question
    CATEGORY = "category"  # where the items behind it belong; its name is the stem


class TextFormat(StrEnum):
    """How a text of the file is marked up."""

    MOODLE = "moodle"  # Moodle's auto-format: HTML, but line ends count
    HTML = "html"
    MARKDOWN = "markdown"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class ItemChoice:
    """`weight` in percent of the points, as written: "100", "33.33333", "-50", "0"."""

    text: str
    weight: str = "0"
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """An accepted answer: of a short text by `text`; of a number by `value` and `tolerance`, or by
    a range from `low` to `high`. "*" stands for any other answer."""

    text: str = ""
    value: str = ""
    tolerance: str = ""
    low: str = ""
    high: str = ""
    weight: str = "100"
    feedback: str = ""

    def to_json(self) -> Json:
        said = {"weight": self.weight, "feedback": self.feedback}
        if self.low or self.high:
            return {"low": self.low, "high": self.high, **said}
        if self.value:
            return {"value": self.value, "tolerance": self.tolerance, **said}
        return {"text": self.text, **said}


@dataclass(frozen=True, slots=True)
class ItemFile:
    """A picture that came with an item: its texts name it as `@@PLUGINFILE@@/path` or by `path`."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a file. `line` counts from 1, of the entry's first line that is no comment.

    `pairs` of a matching: (left, right); a right side that belongs to nothing has "" before it.
    `problems` (Korean, whole sentences): what was not understood, or what this site cannot keep.
    """

    line: int
    kind: ItemKind
    title: str = ""
    id: str = ""
    tags: tuple[str, ...] = ()
    stem: str = ""
    stem_format: TextFormat = TextFormat.MOODLE
    choices: tuple[ItemChoice, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    answer: bool | None = None
    answers: tuple[ItemAnswer, ...] = ()
    feedback_true: str = ""
    feedback_false: str = ""
    general_feedback: str = ""
    files: tuple[ItemFile, ...] = ()
    problems: tuple[str, ...] = ()

    def to_json(self, *, becomes: str = "", problems: tuple[str, ...] | None = None) -> Json:
        """As `import_questions --json` prints it; `becomes` is the kind it has on this site."""
        return {
            "line": self.line,
            "kind": self.kind.value,
            "title": self.title,
            "id": self.id,
            "tags": list(self.tags),
            "stem": self.stem,
            "stem_format": self.stem_format.value,
            "choices": [
                {"text": each.text, "weight": each.weight, "feedback": each.feedback}
                for each in self.choices
            ],
            "pairs": [list(pair) for pair in self.pairs],
            "answer": self.answer,
            "answers": [each.to_json() for each in self.answers],
            "feedback_true": self.feedback_true,
            "feedback_false": self.feedback_false,
            "general_feedback": self.general_feedback,
            "becomes": becomes,
            "problems": list(self.problems if problems is None else problems),
        }


@dataclass(frozen=True, slots=True)
class FileProblem:
    """What is wrong with the file, or a part of it that became no item; line 0: all of it."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a file. Without items `problems` says why."""

    items: tuple[Item, ...]
    problems: tuple[FileProblem, ...] = ()


class UnreadableError(Exception):
    """The file is refused as a whole; the text (Korean) says why and what to do."""
