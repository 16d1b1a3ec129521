"""What becomes of one entry of a file on this site, and what somebody decides for all of them."""

import re
from dataclasses import dataclass, field

from apps.kernel.documents import Problem
from apps.studio.domain.plain_words import in_plain_words
from apps.studio.exchange.items import Item, ItemFile, Json


@dataclass(frozen=True, slots=True)
class Options:
    """For all questions of a file: what the file does not say. `tags` come on top of its own."""

    topic: str = "other"
    level: str = "이해"
    difficulty: int = 2
    pool: str = "practice"
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An item and the question that it becomes.

    `document` as `read_question` takes it, right or not; None: it becomes no question. `problems`:
    all that is lost or wrong (Korean sentences); `faults` are those of them that leave it a draft.
    """

    item: Item
    document: Json | None = None
    title: str = ""
    tags: tuple[str, ...] = ()
    pool: str = "practice"
    problems: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    slug: str = ""  # the name by which quizzes of the same file ask it

    @property
    def becomes(self) -> str:
        return "" if self.document is None else str(self.document["kind"])

    @property
    def files(self) -> tuple[ItemFile, ...]:
        return self.item.files

    def to_json(self) -> Json:
        return self.item.to_json(becomes=self.becomes, problems=self.problems)


@dataclass(slots=True)
class Told:
    """Collects what is lost, each sentence once."""

    sentences: dict[str, None] = field(default_factory=dict)

    def say(self, *sentences: str) -> None:
        self.sentences.update(dict.fromkeys(sentences))


_MEMBER = re.compile(r"([a-z_]+)(?:\[(\d+)\])?")
_NAMES = {
    "stem": "문제 글",
    "explanation": "해설",
    "choice": "보기",
    "pair": "짝",
    "extra": "남는 오른쪽",
    "items": "순서 항목",
    "categories": "범주",
    "row": "항목",
    "accepted": "정답",
    "near": "오답과 설명",
    "answer": "정답",
    "tolerance": "오차",
    "unit": "단위",
    "rubric": "채점 기준",
    "feedback": "설명",
    "feedback_true": "‘맞다’의 설명",
    "feedback_false": "‘틀리다’의 설명",
    "left": "왼쪽",
    "right": "오른쪽",
    "text": "글",
    "topic": "주제",
    "level": "수준",
    "difficulty": "난이도",
    "lesson": "레슨",
    "quote": "문장",
    "kind": "유형",
}


def told_problem(problem: Problem) -> str:
    """A problem of a document as a sentence that says where: `보기 4의 글: …`."""
    parts: list[str] = []
    for member in problem.path.split("."):
        found = _MEMBER.fullmatch(member)
        if found is None or (found[1] == "text" and parts):
            continue
        number = f" {int(found[2]) + 1}" if found[2] else ""
        parts.append(f"{_NAMES.get(found[1], found[1])}{number}")
    message = in_plain_words(problem).message
    return f"{', '.join(parts)}: {message}" if parts else message
