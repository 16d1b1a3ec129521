"""서술형: a text that a person grades."""

from collections.abc import Mapping
from fractions import Fraction

from apps.kernel.documents import Findings, join, read_list
from apps.kernel.shown import shown

from .base import Form, ItemKind, Json, Line, Order, Parts, Scoring
from .texts import MAX_MEMBER, check_text
from .typed import fill_typed, read_typed_text

DEFAULT_LENGTH = 2_000
# Answers are kept up to here even where the question asks for less: nothing typed is lost.
HARD_LENGTH = 20_000
_MAX_RUBRIC = 12


class Essay(ItemKind):
    """`body`: {"max_length": characters}; `key`: {"rubric": what to look for, each Markdown}.

    Answer: {"text"}; form: `answer`. An empty answer is worth 0; no person has to read it.
    """

    name = "essay"
    label = "서술형"
    required = ()
    optional = ("max_length", "rubric")
    graded_by_hand = True

    def read(self, document: Mapping[str, object], path: str, findings: Findings) -> Parts | None:
        length = document.get("max_length", DEFAULT_LENGTH)
        if not isinstance(length, int) or isinstance(length, bool) or length not in _LENGTHS:
            findings.add(
                join(path, "max_length"),
                f"1~{HARD_LENGTH}의 정수여야 합니다. 적힌 값: {shown(length)}",
            )
            return None
        rubric: list[str] = []
        if "rubric" in document:
            place = join(path, "rubric")
            for each, value in read_list(document["rubric"], place, findings, most=_MAX_RUBRIC):
                rubric.append(check_text(value, each, findings, most=MAX_MEMBER))
        return Parts({"max_length": length}, {"rubric": rubric}, {})

    def dump(self, parts: Parts) -> Json:
        rubric = list(parts.key["rubric"])
        length = {"max_length": parts.body["max_length"]}
        return {**length, "rubric": rubric} if rubric else {**length}

    def deal(self, body: Json, *, seed: int, shuffle: bool) -> Order:
        return {}

    def read_answer(self, body: Json, form: Form) -> Json:
        return read_typed_text(form, most=HARD_LENGTH)

    def fill(self, body: Json, answer: Json) -> dict[str, list[str]]:
        return fill_typed(answer)

    def problem(self, body: Json, answer: Json) -> str:
        length, most = len(answer.get("text", "")), body["max_length"]
        if length <= most:
            return ""
        return f"{most}자까지 쓸 수 있습니다. 지금은 {length}자로 {length - most}자가 넘습니다."

    def score(self, body: Json, key: Json, answer: Json, scoring: Scoring) -> Fraction | None:
        return None if answer else Fraction(0)

    def right_answer(self, body: Json, key: Json) -> Json:
        return {}

    def review(
        self, body: Json, key: Json, feedback: Mapping[str, str], answer: Json
    ) -> list[Line]:
        """The answer, then a line a rubric entry, which only the grader can judge."""
        own = answer.get("text", "")
        asked = [Line(text, "", "", None) for text in key["rubric"]]
        return [Line("", own, "", None if own else False, picked=bool(own)), *asked]


_LENGTHS = range(1, HARD_LENGTH + 1)
