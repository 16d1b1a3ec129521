"""A question as files, forms and versions know it: one immutable value, split by who may see it."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

Json = dict[str, Any]


class Level(StrEnum):
    """인지 수준: what an item asks of the learner."""

    REMEMBER = "remember"  # 기억
    UNDERSTAND = "understand"  # 이해
    APPLY = "apply"  # 적용
    ANALYZE = "analyze"  # 분석

    @property
    def label(self) -> str:
        """The word on screens and in files."""
        return _LABELS[self]


_LABELS = {
    Level.REMEMBER: "기억",
    Level.UNDERSTAND: "이해",
    Level.APPLY: "적용",
    Level.ANALYZE: "분석",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What learners see while they answer. Nothing in it may depend on the key."""

    kind: str
    stem: str  # Markdown
    body: Json  # the kind's own part, such as {"choices": [{"id", "text"}, …]}


@dataclass(frozen=True, slots=True)
class Secret:
    """What stays on the server until the feedback policy lets it go."""

    key: Json  # the kind's own part, such as {"choice": "c1f09a2"}
    feedback: dict[str, str] = field(
        default_factory=dict
    )  # by choice id, row id …: the misconception
    explanation: str = ""  # Markdown


@dataclass(frozen=True, slots=True)
class About:
    """Where a question belongs. The quote is part of the answer: it is shown after it only."""

    topic: str
    level: Level
    difficulty: int  # 1–5
    lesson: str = ""  # slug
    section: str = ""  # heading id in the lesson
    quote: str = ""  # the sentence of the notes that it tests
    erratum: str = ""  # id of the correction of that sentence
    as_of: str = ""  # for numbers that change: the day on which they were true


@dataclass(frozen=True, slots=True)
class QuestionSpec:
    """The whole of one wording of a question."""

    shown: Shown
    secret: Secret
    about: About

    def to_json(self) -> Json:
        return asdict(self)

    @property
    def digest(self) -> str:
        """The same for the same question, whatever the order of keys in its file."""
        text = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def spec_from_json(document: Json) -> QuestionSpec:
    """The inverse of `to_json`, for what was validated before it was stored."""
    about = document["about"]
    return QuestionSpec(
        Shown(**document["shown"]),
        Secret(**document["secret"]),
        About(**{**about, "level": Level(about["level"])}),
    )
