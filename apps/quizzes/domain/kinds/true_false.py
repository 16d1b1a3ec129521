"""맞다/틀리다: whether a statement is true."""

from collections.abc import Mapping
from fractions import Fraction

from apps.kernel.documents import Findings, join

from .base import Form, ItemKind, Json, Line, Order, Parts, Scoring
from .choices import review_choices
from .members import ids_of, one_of
from .texts import MAX_FEEDBACK, read_flag, read_markdown

# The statement stands for itself: these ids are the answers, and the same in every question.
_TRUE = {"id": "true", "text": "맞습니다"}
_FALSE = {"id": "false", "text": "틀립니다"}


class TrueFalse(ItemKind):
    """`body`: {"choices"}, always the same two; `key` and answer: {"choice": "true" | "false"}.

    Form: `answer`.
    """

    name = "true_false"
    label = "맞다/틀리다"
    required = ("answer",)
    optional = ("feedback_true", "feedback_false")
    graded_by_hand = False

    def read(self, document: Mapping[str, object], path: str, findings: Findings) -> Parts | None:
        answer = read_flag(document, "answer", path, findings)
        feedback = {}
        for choice in ("true", "false"):
            name = f"feedback_{choice}"
            text = read_markdown(document, name, path, findings, most=MAX_FEEDBACK, empty=True)
            if text:
                feedback[choice] = text
        if answer is None:
            return None
        wrong = "false" if answer else "true"
        if wrong not in feedback:
            findings.advise(
                join(path, f"feedback_{wrong}"),
                "틀린 답에는 왜 틀렸는지 알려 주는 설명이 있어야 합니다.",
            )
        key = {"choice": "true" if answer else "false"}
        return Parts({"choices": [dict(_TRUE), dict(_FALSE)]}, key, feedback)

    def dump(self, parts: Parts) -> Json:
        feedback = {f"feedback_{choice}": text for choice, text in parts.feedback.items()}
        return {"answer": parts.key["choice"] == "true", **feedback}

    def deal(self, body: Json, *, seed: int, shuffle: bool) -> Order:
        return {"choices": ids_of(body["choices"])}

    def read_answer(self, body: Json, form: Form) -> Json:
        choice = one_of(form, "answer", ids_of(body["choices"]))
        return {} if choice is None else {"choice": choice}

    def fill(self, body: Json, answer: Json) -> dict[str, list[str]]:
        return {"answer": [answer["choice"]]} if answer else {}

    def problem(self, body: Json, answer: Json) -> str:
        return ""

    def score(self, body: Json, key: Json, answer: Json, scoring: Scoring) -> Fraction:
        return Fraction(answer.get("choice") == key["choice"])

    def right_answer(self, body: Json, key: Json) -> Json:
        return {"choice": key["choice"]}

    def review(
        self, body: Json, key: Json, feedback: Mapping[str, str], answer: Json
    ) -> list[Line]:
        picked = {answer["choice"]} if answer else set()
        return review_choices(body, {key["choice"]}, feedback, picked)
