"""여러 개 고르기: some of the choices are right, and all of those are asked for."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from apps.kernel.documents import Findings, join
from apps.kernel.shown import shown

from .base import Form, ItemKind, Json, Line, Order, Parts, Scoring
from .choices import (
    Choice,
    dump_choices,
    feedback_of,
    read_choices,
    review_choices,
    shown_choices,
)
from .members import deal, ids_of
from .texts import read_flag


def multiple_parts(
    choices: Sequence[Choice], *, pick: int | None = None, keep_order: bool = False
) -> Parts:
    """`body`: {"choices", "keep_order", "pick": how many to choose, or null if that is not told}.

    `key`: {"choices": ids, in the order of the body}.
    """
    body = {"choices": shown_choices(choices), "keep_order": keep_order, "pick": pick}
    right = [choice.id for choice in choices if choice.right]
    return Parts(body, {"choices": right}, feedback_of(choices))


class Multiple(ItemKind):
    """Answer: {"choices": ids, in the order of the body}; form: `answer`, repeated."""

    name = "multiple"
    label = "여러 개 고르기"
    required = ("choice",)
    optional = ("pick", "keep_order")
    graded_by_hand = False

    def read(self, document: Mapping[str, object], path: str, findings: Findings) -> Parts | None:
        choices = read_choices(document, path, findings)
        keep_order = read_flag(document, "keep_order", path, findings) or False
        if choices is None:
            return None
        right = sum(choice.right for choice in choices)
        if not right:
            findings.add(join(path, "choice"), "right = true인 보기가 하나 이상이어야 합니다.")
            return None
        if "pick" not in document:
            return multiple_parts(choices, keep_order=keep_order)
        pick = document["pick"]
        if not isinstance(pick, int) or isinstance(pick, bool) or pick != right:
            findings.add(
                join(path, "pick"),
                f"고를 개수는 right = true인 보기의 수({right}개)와 같아야 합니다. "
                f"적힌 값: {shown(pick)}",
            )
            return None
        return multiple_parts(choices, pick=pick, keep_order=keep_order)

    def dump(self, parts: Parts) -> Json:
        dumped: Json = {"choice": dump_choices(parts.body, parts.key["choices"], parts.feedback)}
        if parts.body["pick"] is not None:
            dumped["pick"] = parts.body["pick"]
        if parts.body["keep_order"]:
            dumped["keep_order"] = True
        return dumped

    def deal(self, body: Json, *, seed: int, shuffle: bool) -> Order:
        shuffle = shuffle and not body["keep_order"]
        return {"choices": deal(body, "choices", seed=seed, shuffle=shuffle)}

    def read_answer(self, body: Json, form: Form) -> Json:
        sent = set(form.get("answer", ()))
        picked = [id_ for id_ in ids_of(body["choices"]) if id_ in sent]
        return {"choices": picked} if picked else {}

    def fill(self, body: Json, answer: Json) -> dict[str, list[str]]:
        return {"answer": list(answer["choices"])} if answer else {}

    def problem(self, body: Json, answer: Json) -> str:
        pick, picked = body["pick"], len(self._picked(body, answer))
        if pick is None or not picked or picked == pick:
            return ""
        so_far = f"{picked}개만 골랐습니다" if picked < pick else f"{picked}개를 골랐습니다"
        return f"{pick}개를 고르세요 – {so_far}."

    def score(self, body: Json, key: Json, answer: Json, scoring: Scoring) -> Fraction:
        picked, right = self._picked(body, answer), set(key["choices"])
        if scoring is Scoring.ALL_OR_NOTHING:
            return Fraction(picked == right)
        points = len(picked & right) - len(picked - right)
        return Fraction(max(points, 0), len(right))

    def right_answer(self, body: Json, key: Json) -> Json:
        return {"choices": list(key["choices"])}

    def review(
        self, body: Json, key: Json, feedback: Mapping[str, str], answer: Json
    ) -> list[Line]:
        return review_choices(body, key["choices"], feedback, self._picked(body, answer))

    @staticmethod
    def _picked(body: Json, answer: Json) -> set[str]:
        return set(answer.get("choices", ())) & set(ids_of(body["choices"]))
