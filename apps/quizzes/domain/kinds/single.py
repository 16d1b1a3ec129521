"""하나 고르기: one choice is right."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from apps.kernel.documents import Findings, join

from .base import Form, ItemKind, Json, Line, Order, Parts, Scoring
from .choices import (
    Choice,
    dump_choices,
    feedback_of,
    read_choices,
    review_choices,
    shown_choices,
)
from .members import deal, ids_of, one_of
from .texts import read_flag


def single_parts(choices: Sequence[Choice], *, keep_order: bool = False) -> Parts:
    """`body`: {"choices": [{"id", "text"}], "keep_order"}; `key`: {"choice": id}."""
    body = {"choices": shown_choices(choices), "keep_order": keep_order}
    [right] = [choice.id for choice in choices if choice.right]
    return Parts(body, {"choice": right}, feedback_of(choices))


class Single(ItemKind):
    """Answer: {"choice": id}; form: `answer`."""

    name = "single"
    label = "하나 고르기"
    required = ("choice",)
    optional = ("keep_order",)
    graded_by_hand = False

    def read(self, document: Mapping[str, object], path: str, findings: Findings) -> Parts | None:
        choices = read_choices(document, path, findings)
        keep_order = read_flag(document, "keep_order", path, findings) or False
        if choices is None:
            return None
        right = sum(choice.right for choice in choices)
        if right != 1:
            findings.add(
                join(path, "choice"),
                f"right = true인 보기가 하나여야 합니다. 적힌 수: {right}개. "
                "여럿이면 kind를 multiple로 적어 주세요.",
            )
            return None
        return single_parts(choices, keep_order=keep_order)

    def dump(self, parts: Parts) -> Json:
        dumped: Json = {
            "choice": dump_choices(parts.body, {parts.key["choice"]}, parts.feedback),
        }
        if parts.body["keep_order"]:
            dumped["keep_order"] = True
        return dumped

    def deal(self, body: Json, *, seed: int, shuffle: bool) -> Order:
        shuffle = shuffle and not body["keep_order"]
        return {"choices": deal(body, "choices", seed=seed, shuffle=shuffle)}

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
