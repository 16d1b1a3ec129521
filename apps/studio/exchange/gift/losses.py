"""What an item holds that GIFT has no place for."""

import re
from collections.abc import Iterator

from apps.studio.exchange.gift.answers import MAX_PARTS, NUMBER
from apps.studio.exchange.gift.escapes import is_weight, scrub
from apps.studio.exchange.items import Item, ItemAnswer, ItemKind, TextFormat

ARROW = "->"
_LINE_END = re.compile(r"[\r\n]")


def losses_gift(item: Item) -> list[str]:
    """Korean sentences; none: `read_gift` gives the item again as it is.

    Where the first begins with "GIFT로 내보낼 수 없습니다" only a comment is written.
    """
    refusal = refusal_gift(item)
    if refusal:
        return [f"GIFT로 내보낼 수 없습니다. {refusal}"]
    return [*_left_out(item), *_changed(item)]


def refusal_gift(item: Item) -> str:
    """Why nothing of the item can be written; "" if it can."""
    if item.kind in {ItemKind.SINGLE, ItemKind.MULTIPLE}:
        return _choices_refusal(item)
    if item.kind in {ItemKind.SHORT_TEXT, ItemKind.NUMERIC}:
        return _answers_refusal(item)
    if item.kind is ItemKind.MATCHING:
        return "짝이 2개 이상 있어야 합니다." if len(item.pairs) < 2 else _size_refusal(item.pairs)
    if item.kind is ItemKind.TRUE_FALSE:
        return "참과 거짓 가운데 정답이 정해지지 않았습니다." if item.answer is None else ""
    if item.kind is ItemKind.CATEGORY:
        return "" if item.stem.strip() else "분류 이름이 비어 있습니다."
    if item.kind is ItemKind.DESCRIPTION and not item.stem.strip() and not item.title.strip():
        return "제목도 글도 비어 있습니다."
    return ""


def _choices_refusal(item: Item) -> str:
    if len(item.choices) < 2:
        return "보기가 2개 이상 있어야 합니다."
    if not all(is_weight(choice.weight) for choice in item.choices):
        return "보기의 배점 비율이 숫자가 아닙니다."
    if item.kind is ItemKind.SINGLE and all(choice.weight != "100" for choice in item.choices):
        return "하나만 고르는 문제에는 배점 100%인 보기가 있어야 합니다."
    return _size_refusal(item.choices)


def _answers_refusal(item: Item) -> str:
    if not item.answers:
        return "정답이 없습니다."
    if not all(is_weight(answer.weight) for answer in item.answers):
        return "정답의 배점 비율이 숫자가 아닙니다."
    if item.kind is ItemKind.NUMERIC and not all(map(_is_number, item.answers)):
        return "정답이 숫자나, 양 끝이 있는 범위가 아닙니다."
    return _size_refusal(item.answers)


def _size_refusal(parts: tuple[object, ...]) -> str:
    return f"보기나 답이 {MAX_PARTS}개를 넘습니다." if len(parts) >= MAX_PARTS else ""


def _is_number(answer: ItemAnswer) -> bool:
    if answer.value == "*" and not answer.low + answer.high:
        return not answer.tolerance
    numbers = [answer.low, answer.high] if answer.low or answer.high else [answer.value]
    numbers += [answer.tolerance] if answer.tolerance else []
    return all(NUMBER.fullmatch(number) for number in numbers)


def _left_out(item: Item) -> Iterator[str]:
    if item.files:
        yield f"그림 {len(item.files)}개는 GIFT에 담기지 않습니다."
    if item.kind in {ItemKind.DESCRIPTION, ItemKind.CATEGORY} and item.general_feedback:
        yield "답이 없는 글의 전체 피드백은 GIFT에 담기지 않습니다."
    if item.kind is ItemKind.CATEGORY and item.title:
        yield "분류의 제목은 GIFT에 담기지 않습니다."
    if item.kind is ItemKind.CATEGORY and item.stem_format is not TextFormat.MOODLE:
        yield "분류 이름의 글 형식은 GIFT에 담기지 않습니다."
    if _foreign(item):
        yield "이 문제 유형에 없는 답이나 피드백은 GIFT에 담기지 않습니다."
    yield from _marks_lost(item)


def _foreign(item: Item) -> bool:
    """Parts that belong to another kind."""
    true_false = item.kind is ItemKind.TRUE_FALSE
    return bool(
        (item.choices and item.kind not in {ItemKind.SINGLE, ItemKind.MULTIPLE})
        or (item.pairs and item.kind is not ItemKind.MATCHING)
        or (item.answers and item.kind not in {ItemKind.SHORT_TEXT, ItemKind.NUMERIC})
        or (item.answer is not None and not true_false)
        or ((item.feedback_true or item.feedback_false) and not true_false)
        or any(_mixed(item.kind, answer) for answer in item.answers)
    )


def _mixed(kind: ItemKind, answer: ItemAnswer) -> bool:
    if kind is ItemKind.NUMERIC:
        return bool(
            answer.text or ((answer.low or answer.high) and answer.tolerance + answer.value)
        )
    return bool(answer.value or answer.tolerance or answer.low or answer.high)


def _marks_lost(item: Item) -> Iterator[str]:
    marks = [*([item.id] if item.id else []), *item.tags]
    if any(not clean_mark(mark) or clean_mark(mark) != mark for mark in marks):
        yield ("빈 태그, id와 태그의 줄바꿈, 앞뒤 공백, 끝에 오는 \\는 GIFT에 담기지 않습니다.")


def clean_mark(mark: str) -> str:
    """An id or a tag as a comment can hold it."""
    mark = scrub(mark)
    if mark == mark.strip() and not mark.endswith("\\") and not _LINE_END.search(mark):
        return mark
    mark = " ".join(mark.split())
    while mark.endswith((" ", "\\")):
        mark = mark.rstrip("\\").rstrip()
    return mark


def _changed(item: Item) -> Iterator[str]:
    texts = list(texts_of(item))
    if any(text != text.strip() for text in texts):
        yield "글 앞뒤의 공백과 줄바꿈은 GIFT에서 사라집니다."
    if any("\r" in text for text in texts):
        yield "줄바꿈 문자는 모두 같은 것(\\n)으로 바뀝니다."
    if any(text != scrub(text) for text in texts):
        yield "글에 있는 깨진 글자는 �로 바뀝니다."
    if item.kind is ItemKind.SHORT_TEXT and any(
        ARROW in part for answer in item.answers for part in (answer.text, answer.feedback)
    ):
        yield "->가 든 단답형은 GIFT에서 짝짓기가 되므로 - >로 띄어 씁니다."
    if item.kind is ItemKind.MATCHING and any(ARROW in left for left, _ in item.pairs):
        yield "짝의 왼쪽에 든 ->는 구분 기호와 같아 - >로 띄어 씁니다."


def texts_of(item: Item) -> Iterator[str]:
    """Every text that GIFT has a place for."""
    yield from (item.title, item.stem, item.general_feedback, item.id, *item.tags)
    yield from (item.feedback_true, item.feedback_false)
    for choice in item.choices:
        yield from (choice.text, choice.feedback)
    for pair in item.pairs:
        yield from pair
    for answer in item.answers:
        yield from (answer.text, answer.feedback)
