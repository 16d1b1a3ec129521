"""Choices with weights become choices that are right or not."""

from collections.abc import Callable
from fractions import Fraction

from apps.studio.exchange.entries import Told
from apps.studio.exchange.items import Item, ItemKind, Json
from apps.studio.exchange.numbers import read_decimal

_FULL = 100


def weight_of(text: str, told: Told) -> Fraction:
    weight = read_decimal(text)
    if weight is None:
        told.say("배점 비율을 읽지 못한 답이 있어 0%로 보았습니다.")
    return weight or Fraction(0)


def become_choices(item: Item, markdown: Callable[[str], str], told: Told) -> Json:
    """The part of a document with `choice`. Right is what is worth 100 %, or in a question with
    several right choices, what is worth anything."""
    weights = [weight_of(choice.weight, told) for choice in item.choices]
    several = item.kind is ItemKind.MULTIPLE
    rights = [weight > 0 if several else weight >= _FULL for weight in weights]
    (_tell_several if several else _tell_single)(weights, told)
    choices = []
    for choice, right in zip(item.choices, rights, strict=True):
        entry: Json = {"text": markdown(choice.text), "right": right}
        if feedback := markdown(choice.feedback):
            entry["feedback"] = feedback
        choices.append(entry)
    return {"choice": choices}


def _tell_single(weights: list[Fraction], told: Told) -> None:
    if any(0 < weight < _FULL for weight in weights):
        told.say("부분 점수를 주던 보기는 오답이 됩니다. 100%인 보기만 정답입니다.")
    if any(weight < 0 for weight in weights):
        told.say("오답을 고르면 점수를 깎던 배점은 옮기지 않았습니다.")


def _tell_several(weights: list[Fraction], told: Told) -> None:
    right = {weight for weight in weights if weight > 0}
    # A third, written 33.33333 or 33.33334, is the same third.
    if right and max(right) - min(right) > Fraction(1, 100):
        told.say("정답 보기마다 다르던 배점은 옮기지 않았습니다. 정답 보기는 모두 같은 점수입니다.")
    if any(weight < 0 for weight in weights):
        told.say(
            "오답을 고르면 점수를 깎던 배점은 옮기지 않았습니다. "
            "퀴즈의 채점 방식에서 부분 점수를 고르면 맞게 고른 수에서 틀리게 고른 수를 뺍니다."
        )
