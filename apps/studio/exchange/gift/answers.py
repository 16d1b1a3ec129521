"""What stands between the braces of a GIFT question. Texts are protected (see escapes.py)."""

import re
from collections.abc import Callable
from dataclasses import replace

from apps.studio.exchange.gift.escapes import restore, split_format, split_weight
from apps.studio.exchange.items import Item, ItemAnswer, ItemChoice, ItemKind, TextFormat

MAX_PARTS = 500
NUMBER = re.compile(r"[+-]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,4})?")
_TRUE_FALSE = {"T": True, "TRUE": True, "F": False, "FALSE": False}
_LIKE_WEIGHT = re.compile(r"%[-+0-9.,eE ]{1,30}%")
_SEPARATORS = re.compile(r"([=~])")

_TOO_MANY = f"답이 {MAX_PARTS}개를 넘습니다. 글자로 쓰는 =와 ~는 \\=와 \\~로 적으세요."
_FEW_CHOICES = "보기는 2개 이상 있어야 합니다."
_FEW_PAIRS = "짝은 2개 이상 있어야 합니다."
_NO_NUMBER = "중괄호 안의 # 뒤에 숫자가 없습니다. {#42}나 {#42:0.5}처럼 적으세요."
_EMPTY_CHOICE = "글이 빈 보기가 있습니다."
_EMPTY_ANSWER = "빈 답이 있습니다."
_EMPTY_RIGHT = "-> 뒤가 빈 짝이 있습니다."
_NO_RIGHT = "정답으로 점수를 주는 보기가 없습니다."
_FIRST_UNMARKED = "첫 보기 앞에 =도 ~도 없어 오답으로 읽었습니다."
_LOWER_CASE = "{}는 단답형으로 읽었습니다. 참/거짓 문제라면 대문자로 {}처럼 적으세요."
_NO_WEIGHT = (
    "‘{}’ 부분은 배점 비율로 읽지 않고 글로 두었습니다. 비율은 ~%50%나 ~%33.33333%처럼 적습니다."
)
_FULL_WIDTH = (
    "전각 기호(＝, ～, ＃)는 GIFT에서 글자입니다. 답을 나누려면 반각 기호 =, ~, #로 적으세요."
)
_WRONG_TEXT = "숫자 문제의 ~ 뒤에는 피드백만 둘 수 있습니다. ‘{}’ 부분은 읽지 않았습니다."
_REVERSED = "범위 {}..{}의 앞 값이 뒤 값보다 큽니다."


class BrokenError(Exception):
    """Why a block is no item (Korean)."""


class Parts:
    """The texts of an item beside its stem; remembers whether one is marked up otherwise."""

    def __init__(self, stem_format: TextFormat) -> None:
        self._format = stem_format
        self.mixed = False

    def text(self, protected: str) -> str:
        part_format, rest = split_format(protected.strip())
        text = restore(rest)
        if text and part_format is not None and part_format is not self._format:
            self.mixed = True
        return text

    def with_feedback(self, protected: str) -> tuple[str, str]:
        text, _, feedback = protected.partition("#")
        return self.text(text), self.text(feedback)


Reader = Callable[[Item, str, Parts, list[str]], Item]


def read_answers(item: Item, answers: str, parts: Parts, notes: list[str]) -> Item:
    """The item with its kind and answers; what is worth a word goes to the notes.

    Raises BrokenError.
    """
    if answers.count("=") + answers.count("~") > MAX_PARTS:
        raise BrokenError(_TOO_MANY)
    return _reader_for(answers)(item, answers, parts, notes)


def _reader_for(answers: str) -> Reader:
    if not answers:
        return _read_essay
    if answers.startswith("#"):
        return _read_numeric
    if "~" in answers:
        return _read_choices
    if "=" in answers and "->" in answers:
        return _read_matching
    if answers.partition("#")[0].strip() in _TRUE_FALSE:
        return _read_true_false
    return _read_short_text


def _read_essay(item: Item, answers: str, parts: Parts, notes: list[str]) -> Item:
    return replace(item, kind=ItemKind.ESSAY)


def _read_choices(item: Item, answers: str, parts: Parts, notes: list[str]) -> Item:
    """With any "=" one choice is to be taken, without several: an "=" is worth 100, a "~" 0 or the
    percentage behind it. Behind "=" a percentage is a part of the text."""
    unmarked, *marked = _SEPARATORS.split(answers)
    written = list(zip(marked[::2], marked[1::2], strict=True))
    if unmarked.strip():
        written.insert(0, ("~", unmarked))
        notes.append(_FIRST_UNMARKED)
    if len(written) < 2:
        raise BrokenError(_FEW_CHOICES)
    choices = tuple(_choice(sign, said.strip(), parts, notes) for sign, said in written)
    if any(not choice.text for choice in choices):
        notes.append(_EMPTY_CHOICE)
    if all(float(choice.weight) <= 0 for choice in choices):
        notes.append(_NO_RIGHT)
    single = any(sign == "=" for sign, _ in written)
    return replace(item, kind=ItemKind.SINGLE if single else ItemKind.MULTIPLE, choices=choices)


def _choice(sign: str, said: str, parts: Parts, notes: list[str]) -> ItemChoice:
    found, rest = split_weight(said) if sign == "~" else (None, said)
    if found is None and (like := _LIKE_WEIGHT.match(said)):
        notes.append(_NO_WEIGHT.format(like[0]))
    text, feedback = parts.with_feedback(rest)
    return ItemChoice(text, found or ("100" if sign == "=" else "0"), feedback)


def _read_matching(item: Item, answers: str, parts: Parts, notes: list[str]) -> Item:
    written = _marked_by_equals(answers)
    if len(written) < 2:
        raise BrokenError(_FEW_PAIRS)
    pairs: list[tuple[str, str]] = []
    for said in written:
        left, arrow, right = said.partition("->")
        if not arrow:
            raise BrokenError(
                f"짝 ‘{_short(said)}’에 ->가 없습니다. ‘=왼쪽 -> 오른쪽’으로 적으세요."
            )
        pairs.append((parts.text(left), restore(right)))
    if any(not right for _, right in pairs):
        notes.append(_EMPTY_RIGHT)
    if sum(bool(left) for left, _ in pairs) < 2:
        notes.append(_FEW_PAIRS)
    return replace(item, kind=ItemKind.MATCHING, pairs=tuple(pairs))


def _read_true_false(item: Item, answers: str, parts: Parts, notes: list[str]) -> Item:
    """The first feedback is for those who are wrong, the second for those who are right."""
    said, _, feedback = answers.partition("#")
    for_wrong, _, for_right = feedback.partition("#")
    answer = _TRUE_FALSE[said.strip()]
    wrong, right = parts.text(for_wrong), parts.text(for_right)
    return replace(
        item,
        kind=ItemKind.TRUE_FALSE,
        answer=answer,
        feedback_true=right if answer else wrong,
        feedback_false=wrong if answer else right,
    )


def _read_short_text(item: Item, answers: str, parts: Parts, notes: list[str]) -> Item:
    read: list[ItemAnswer] = []
    for said in _marked_by_equals(answers):
        weight, rest = split_weight(said)
        if weight is None and (like := _LIKE_WEIGHT.match(said)):
            notes.append(_NO_WEIGHT.format(like[0]))
        text, feedback = parts.with_feedback(rest)
        read.append(ItemAnswer(text=text, weight=weight or "100", feedback=feedback))
    if any(not answer.text for answer in read):
        notes.append(_EMPTY_ANSWER)
    if answers.startswith(("＝", "～", "＃")):
        notes.append(_FULL_WIDTH)
    if len(read) == 1 and read[0].text.upper() in _TRUE_FALSE and not answers.startswith("="):
        written = read[0].text
        notes.append(_LOWER_CASE.format(f"{{{written}}}", f"{{{written.upper()}}}"))
    return replace(item, kind=ItemKind.SHORT_TEXT, answers=tuple(read))


def _read_numeric(item: Item, answers: str, parts: Parts, notes: list[str]) -> Item:
    """ "~" and what follows is the feedback for all other numbers: "*" with weight 0."""
    right, other, wrong = answers[1:].partition("~")
    written = _marked_by_equals(right) if right.strip() else []
    if not written:
        raise BrokenError(_NO_NUMBER)
    read = [_number(said, parts, notes) for said in written]
    if other:
        text, feedback = parts.with_feedback(wrong)
        if text:
            notes.append(_WRONG_TEXT.format(_short(text)))
        read.append(ItemAnswer(value="*", weight="0", feedback=feedback))
    return replace(item, kind=ItemKind.NUMERIC, answers=tuple(read))


def _number(said: str, parts: Parts, notes: list[str]) -> ItemAnswer:
    """A value and its tolerance, or a range; "" for a tolerance that is not written."""
    weight, said = split_weight(said)
    said, feedback = parts.with_feedback(said)
    answer = ItemAnswer(weight=weight or "100", feedback=feedback)
    if not said:
        raise BrokenError(_NO_NUMBER)
    low, dots, high = (each.strip() for each in said.partition(".."))
    if dots and low:
        _check_numbers(said, low, high)
        if float(low) > float(high):
            notes.append(_REVERSED.format(low, high))
        return replace(answer, low=low, high=high)
    value, colon, tolerance = (each.strip() for each in said.partition(":"))
    if value == "*" and not colon:
        return replace(answer, value=value)
    _check_numbers(said, value, *([tolerance] if colon else []))
    return replace(answer, value=value, tolerance=tolerance)


def _check_numbers(said: str, *numbers: str) -> None:
    if not all(NUMBER.fullmatch(number) for number in numbers):
        raise BrokenError(
            f"‘{_short(said)}’에서 숫자를 읽지 못했습니다. 42, 42:0.5, 41..43처럼 적으세요."
        )


def _marked_by_equals(answers: str) -> list[str]:
    """What follows each "="; what stands before the first counts too, if there is anything."""
    written = [said.strip() for said in answers.split("=")]
    return written if written[0] else written[1:]


def _short(said: str) -> str:
    text = restore(said)
    return text if len(text) <= 30 else f"{text[:30]}…"
