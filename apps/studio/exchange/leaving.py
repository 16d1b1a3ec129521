"""From a question of this site to an item of a file, telling everything the item does not hold."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from apps.quizzes.domain.kinds import DOCUMENT_KINDS
from apps.quizzes.domain.kinds.base import Parts
from apps.quizzes.domain.kinds.essay import DEFAULT_LENGTH
from apps.quizzes.domain.kinds.numeric import read_number
from apps.quizzes.domain.spec import QuestionSpec
from apps.quizzes.freezing import COMPUTED, NotComputableError, freeze
from apps.studio.exchange.items import (
    Item,
    ItemAnswer,
    ItemChoice,
    ItemKind,
    Json,
    TextFormat,
)
from apps.studio.exchange.numbers import is_decimal, nearest_decimal, write_decimal

_FULL = Fraction(100)
_WEIGHT_PLACES = 5
_ANSWER_PLACES = 12
# What Moodle takes for a share of the points: a half, a third … a tenth.
_MOST_SHARES = 10


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A question on its way out. `uuid` becomes the id that files give it."""

    spec: QuestionSpec
    uuid: str = ""
    slug: str = ""
    title: str = ""
    tags: tuple[str, ...] = ()
    pool: str = "practice"


@dataclass(frozen=True, slots=True)
class Leaving:
    """The item; None where there is none. `losses`: Korean sentences."""

    item: Item | None
    losses: tuple[str, ...] = ()


@dataclass(slots=True)
class _Work:
    document: Json
    losses: list[str] = field(default_factory=list)


def leave(outgoing: Outgoing, *, seed: int = 0) -> Leaving:
    """What a file of another program can say of the question.

    What an engine computes goes as one question with the key as it is now, for this `seed`.
    """
    spec = outgoing.spec
    losses: list[str] = []
    if spec.shown.kind in COMPUTED:
        try:
            frozen = freeze(spec, seed=seed)
        except NotComputableError as error:
            return Leaving(None, (f"지금은 계산할 수 없는 문제입니다. {error}",))
        spec = frozen.question if frozen else spec
        losses.append(
            "실습이 정답을 계산하는 문제라, 지금 계산한 한 벌을 보기와 정답까지 굳혀 적습니다."
        )
    parts = Parts(spec.shown.body, spec.secret.key, spec.secret.feedback)
    work = _Work(DOCUMENT_KINDS[spec.shown.kind].dump(parts), losses)
    item = Item(
        line=0,
        kind=ItemKind.ESSAY,
        title=outgoing.title,
        id=outgoing.uuid,
        tags=outgoing.tags,
        stem=spec.shown.stem,
        stem_format=TextFormat.MARKDOWN,
        general_feedback=spec.secret.explanation,
    )
    item = _WAYS[spec.shown.kind](item, work)
    _tell_place(spec, work)
    return Leaving(item, tuple(work.losses))


def _tell_place(spec: QuestionSpec, work: _Work) -> None:
    about = spec.about
    if about.lesson:
        work.losses.append("레슨과 문장으로 가는 연결은 담기지 않습니다.")
    if about.as_of:
        work.losses.append("언제의 사실인지(기준일)는 담기지 않습니다.")


def _single(item: Item, work: _Work) -> Item:
    choices = tuple(
        ItemChoice(each["text"], "100" if each["right"] else "0", each.get("feedback", ""))
        for each in work.document["choice"]
    )
    _tell_order(work)
    return replace(item, kind=ItemKind.SINGLE, choices=choices)


def _multiple(item: Item, work: _Work) -> Item:
    """Right choices share the points; a wrong one takes as much as a right one gives."""
    rights = sum(each["right"] for each in work.document["choice"])
    share = nearest_decimal(_FULL / rights, _WEIGHT_PLACES)
    choices = tuple(
        ItemChoice(each["text"], share if each["right"] else f"-{share}", each.get("feedback", ""))
        for each in work.document["choice"]
    )
    _tell_order(work)
    if "pick" in work.document:
        work.losses.append("몇 개를 고를지 알려 주는 표시는 담기지 않습니다.")
    if rights > _MOST_SHARES:
        work.losses.append(f"Moodle은 배점 {share}%를 모를 수 있습니다. 정답 보기가 너무 많습니다.")
    return replace(item, kind=ItemKind.MULTIPLE, choices=choices)


def _tell_order(work: _Work) -> None:
    if work.document.get("keep_order"):
        work.losses.append("보기를 섞지 않는다는 표시는 담기지 않습니다.")


def _true_false(item: Item, work: _Work) -> Item:
    return replace(
        item,
        kind=ItemKind.TRUE_FALSE,
        answer=work.document["answer"],
        feedback_true=work.document.get("feedback_true", ""),
        feedback_false=work.document.get("feedback_false", ""),
    )


def _short_text(item: Item, work: _Work) -> Item:
    accepted = [ItemAnswer(text=_starred(text)) for text in work.document["accepted"]]
    near = [
        ItemAnswer(text=_starred(each["text"]), weight="0", feedback=each["feedback"])
        for each in work.document.get("near", [])
    ]
    return replace(item, kind=ItemKind.SHORT_TEXT, answers=(*accepted, *near))


def _starred(text: str) -> str:
    """A star stands for anything in such files, but with a backslash before it."""
    return text.replace("*", r"\*")


def _numeric(item: Item, work: _Work) -> Item:
    document = work.document
    answer, rounding = _number(document["answer"], work)
    tolerance, _ = _number(document.get("tolerance", "0"), work)
    if "tolerance_percent" in document:
        share = _value(document["tolerance_percent"]) / 100
        exact = abs(_value(document["answer"])) * share
        tolerance = write_decimal(exact) or nearest_decimal(exact, _ANSWER_PLACES)
        work.losses.append(
            f"백분율로 적은 오차({document['tolerance_percent']}%)를 값으로 바꿔 적습니다: "
            f"{tolerance}"
        )
    if rounding and _value(tolerance) < rounding:
        tolerance = nearest_decimal(rounding, _ANSWER_PLACES)
    if "unit" in document:
        work.losses.append(f"단위(‘{document['unit']}’)는 담기지 않습니다. 문제 글에 적어 주세요.")
    said = ItemAnswer(value=answer, tolerance="" if tolerance == "0" else tolerance)
    return replace(item, kind=ItemKind.NUMERIC, answers=(said,))


def _number(text: str, work: _Work) -> tuple[str, Fraction]:
    """As other programs read it, and how far that may be from what it was."""
    if is_decimal(text):
        return text, Fraction(0)
    value = _value(text)
    exact = write_decimal(value)
    written = exact or nearest_decimal(value, _ANSWER_PLACES)
    work.losses.append(f"수의 표기(‘{text}’)를 바꿔 적습니다: {written}")
    return written, Fraction(0) if exact else Fraction(1, 10**_ANSWER_PLACES)


def _value(text: str) -> Fraction:
    return read_number(text) or Fraction(0)


def _matching(item: Item, work: _Work) -> Item:
    pairs = [(each["left"], each["right"]) for each in work.document["pair"]]
    if any("feedback" in each for each in work.document["pair"]):
        work.losses.append("짝마다 붙은 설명은 담기지 않습니다.")
    extra = [("", text) for text in work.document.get("extra", [])]
    return replace(item, kind=ItemKind.MATCHING, pairs=(*pairs, *extra))


def _ordering(item: Item, work: _Work) -> Item:
    work.losses.append("순서 맞추기는 항목과 차례를 잇는 짝짓기로 바꿔 적습니다.")
    pairs = [(text, str(place)) for place, text in enumerate(work.document["items"], start=1)]
    return replace(item, kind=ItemKind.MATCHING, pairs=tuple(pairs))


def _categorize(item: Item, work: _Work) -> Item:
    rows = work.document["row"]
    work.losses.append("분류하기는 항목과 범주를 잇는 짝짓기로 바꿔 적습니다.")
    if any("feedback" in each for each in rows):
        work.losses.append("항목마다 붙은 설명은 담기지 않습니다.")
    used = {each["category"] for each in rows}
    extra = [("", text) for text in work.document["categories"] if text not in used]
    pairs = [(each["text"], each["category"]) for each in rows]
    return replace(item, kind=ItemKind.MATCHING, pairs=(*pairs, *extra))


def _essay(item: Item, work: _Work) -> Item:
    if work.document.get("max_length", DEFAULT_LENGTH) != DEFAULT_LENGTH:
        work.losses.append("답의 최대 길이는 담기지 않습니다.")
    if work.document.get("rubric"):
        work.losses.append("채점 기준은 담기지 않습니다.")
    return replace(item, kind=ItemKind.ESSAY)


_WAYS: dict[str, Callable[[Item, _Work], Item]] = {
    "single": _single,
    "multiple": _multiple,
    "true_false": _true_false,
    "short_text": _short_text,
    "numeric": _numeric,
    "matching": _matching,
    "ordering": _ordering,
    "categorize": _categorize,
    "essay": _essay,
}
