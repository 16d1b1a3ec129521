"""Answers that are typed: short texts and numbers."""

import re
from collections.abc import Callable
from fractions import Fraction

from apps.quizzes.domain.folding import canonical
from apps.studio.exchange.becoming_choices import weight_of
from apps.studio.exchange.entries import Told
from apps.studio.exchange.items import Item, ItemAnswer, Json
from apps.studio.exchange.numbers import is_decimal, read_decimal, write_decimal

_FULL = 100
_ANYTHING = "*"
_WILDCARD = re.compile(r"(?<!\\)\*")
_PARTIAL_TOLD = "부분 점수를 주던 답은 정답이 아닙니다. 100%인 답만 정답입니다."
_ANYTHING_TOLD = "그 밖의 모든 답(*)에 주던 설명은 옮기지 않았습니다."


def become_short_text(
    item: Item, visible: Callable[[str], str], markdown: Callable[[str], str], told: Told
) -> Json:
    """`accepted` are the answers worth 100 %, `near` the others that have feedback."""
    accepted: dict[str, str] = {}
    near: dict[str, Json] = {}
    for answer in item.answers:
        text, weight = visible(answer.text).strip(), weight_of(answer.weight, told)
        if text == _ANYTHING:
            told.say(_ANYTHING_TOLD if weight < _FULL else "아무 답이나 맞는 문제는 없습니다.")
            continue
        name = canonical(text := _without_wildcards(text, told))
        feedback = markdown(answer.feedback)
        if 0 < weight < _FULL:
            told.say(_PARTIAL_TOLD)
        if name and (name in accepted or name in near):
            told.say(f"‘{text}’: 앞에 나온 답과 같은 답으로 채점되어 하나만 옮겼습니다.")
        elif weight >= _FULL:
            accepted[name or text] = text
            if feedback:
                told.say("정답에 붙은 설명은 옮기지 않았습니다. 해설에 적어 주세요.")
        elif feedback:
            near[name or text] = {"text": text, "feedback": feedback}
        else:
            told.say("점수도 설명도 없는 답은 옮기지 않았습니다.")
    parts: Json = {"accepted": list(accepted.values())}
    return {**parts, "near": list(near.values())} if near else parts


def _without_wildcards(text: str, told: Told) -> str:
    if _WILDCARD.search(text):
        told.say(
            f"‘{text}’: 아무 글자나 뜻하는 *는 쓸 수 없어 뺐습니다. 맞는 답을 모두 적어 주세요."
        )
        text = _WILDCARD.sub("", text).strip()
    return text.replace(r"\*", "*")


def become_numeric(item: Item, told: Told) -> Json:
    """The first answer worth 100 %; a range as its middle and half its width, exactly."""
    answers = [(answer, weight_of(answer.weight, told)) for answer in item.answers]
    if any(0 < weight < _FULL for _, weight in answers):
        told.say(_PARTIAL_TOLD)
    if any(_is_anything(answer) and answer.feedback for answer, _ in answers):
        told.say(_ANYTHING_TOLD)
    if any(answer.feedback and not _is_anything(answer) for answer, _ in answers):
        told.say("수로 답하는 문제의 답에 붙은 설명은 옮기지 않았습니다. 해설에 적어 주세요.")
    if any(weight <= 0 and not answer.feedback for answer, weight in answers):
        told.say("점수도 설명도 없는 답은 옮기지 않았습니다.")
    right = [each for each, weight in answers if weight >= _FULL and not _is_anything(each)]
    if len(right) > 1:
        told.say("정답이 여럿이라 첫째만 옮겼습니다.")
    return _amount(right[0], told) if right else {}


def _is_anything(answer: ItemAnswer) -> bool:
    return _ANYTHING in (answer.value, answer.text)


def _amount(answer: ItemAnswer, told: Told) -> Json:
    if answer.low or answer.high:
        return _range(answer, told)
    parts: Json = {"answer": _written(answer.value or answer.text)}
    if answer.tolerance:
        parts["tolerance"] = _written(answer.tolerance)
    return parts


def _range(answer: ItemAnswer, told: Told) -> Json:
    low, high = read_decimal(answer.low), read_decimal(answer.high)
    if low is None or high is None:
        told.say("끝이 없는 범위는 옮길 수 없습니다. 정답과 오차를 적어 주세요.")
        return {"answer": answer.low or answer.high}
    low, high = min(low, high), max(low, high)
    middle, half = write_decimal((low + high) / 2), write_decimal((high - low) / 2)
    return {"answer": middle or answer.low, "tolerance": half or "0"}


def _written(text: str) -> str:
    """As it stands, or without a power of ten, which answers here do not have."""
    text = text.strip()
    if is_decimal(text):
        return text
    number: Fraction | None = read_decimal(text)
    return text if number is None else write_decimal(number) or text
