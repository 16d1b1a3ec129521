"""짧게 쓰기: a word or two, compared after folding what is mere spelling (`folding.py`)."""

from collections.abc import Mapping
from fractions import Fraction

from apps.kernel.documents import Findings, join, read_list, read_object
from apps.kernel.shown import shown

from ..folding import canonical, find
from .base import Form, ItemKind, Json, Line, Order, Parts, Scoring
from .texts import MAX_FEEDBACK, MAX_LINE, check_line, read_line, read_markdown
from .typed import fill_typed, read_typed_line

_MAX_ACCEPTED, _MAX_NEAR = 20, 20


class ShortText(ItemKind):
    """`body`: {}; `key`: {"accepted": texts, "near": texts}; feedback by near text.

    The first accepted text is the one that a review shows. A near text is a wrong answer that many
    give, with what to say to it. Answer: {"text": as typed}; form: `answer`.
    """

    name = "short_text"
    label = "짧게 쓰기"
    required = ("accepted",)
    optional = ("near",)
    graded_by_hand = False

    def read(self, document: Mapping[str, object], path: str, findings: Findings) -> Parts | None:
        known: dict[str, str] = {}
        accepted = _read_accepted(document, path, findings, known)
        near = _read_near(document, path, findings, known)
        if not accepted:
            return None
        return Parts({}, {"accepted": accepted, "near": list(near)}, near)

    def dump(self, parts: Parts) -> Json:
        near = [{"text": text, "feedback": parts.feedback[text]} for text in parts.key["near"]]
        accepted = list(parts.key["accepted"])
        return {"accepted": accepted, "near": near} if near else {"accepted": accepted}

    def deal(self, body: Json, *, seed: int, shuffle: bool) -> Order:
        return {}

    def read_answer(self, body: Json, form: Form) -> Json:
        return read_typed_line(form, most=MAX_LINE)

    def fill(self, body: Json, answer: Json) -> dict[str, list[str]]:
        return fill_typed(answer)

    def problem(self, body: Json, answer: Json) -> str:
        return ""

    def score(self, body: Json, key: Json, answer: Json, scoring: Scoring) -> Fraction:
        found = find(answer.get("text", ""), key["accepted"], key["near"])
        return Fraction(found in key["accepted"])

    def right_answer(self, body: Json, key: Json) -> Json:
        return {"text": key["accepted"][0]}

    def review(
        self, body: Json, key: Json, feedback: Mapping[str, str], answer: Json
    ) -> list[Line]:
        own = answer.get("text", "")
        found = find(own, key["accepted"], key["near"])
        is_right = found in key["accepted"]
        told = "" if found is None or is_right else feedback.get(found, "")
        return [Line("", own, key["accepted"][0], is_right, picked=bool(own), feedback=told)]


def _read_accepted(
    document: Mapping[str, object], path: str, findings: Findings, known: dict[str, str]
) -> list[str]:
    accepted: list[str] = []
    if "accepted" not in document:
        return accepted
    place = join(path, "accepted")
    for each, value in read_list(document["accepted"], place, findings, most=_MAX_ACCEPTED):
        text = check_line(value, each, findings)
        if text and _is_new(text, each, findings, known):
            accepted.append(text)
    if document["accepted"] == []:
        findings.add(place, "정답으로 볼 답을 하나 이상 적어 주세요.")
    return accepted


def _read_near(
    document: Mapping[str, object], path: str, findings: Findings, known: dict[str, str]
) -> dict[str, str]:
    """What to say to each near text."""
    near: dict[str, str] = {}
    if "near" not in document:
        return near
    for each, value in read_list(document["near"], join(path, "near"), findings, most=_MAX_NEAR):
        fields = read_object(value, each, findings, required=("text", "feedback"))
        if fields is None:
            continue
        text = read_line(fields, "text", each, findings)
        feedback = read_markdown(fields, "feedback", each, findings, most=MAX_FEEDBACK)
        if text and _is_new(text, join(each, "text"), findings, known):
            near[text] = feedback
    return near


def _is_new(text: str, place: str, findings: Findings, known: dict[str, str]) -> bool:
    """Is it read otherwise than all before it? What is read as nothing would match nothing."""
    name = canonical(text)
    if not name:
        findings.add(
            place,
            "띄어쓰기와 문장 부호를 빼고 비교하므로 글자나 숫자가 있어야 합니다. "
            f"적힌 값: {shown(text)}",
        )
        return False
    if name in known:
        findings.add(
            place,
            f"앞에 적은 {shown(known[name])} 답과 같은 답으로 읽힙니다. 적힌 값: {shown(text)}",
        )
        return False
    known[name] = text
    return True
