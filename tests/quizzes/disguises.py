"""Questions changed in nothing but what must not be seen: the key, and all that speaks of it."""

from collections.abc import Callable
from typing import Any


def _swapped_choice(document: dict[str, Any]) -> None:
    ids = [each["id"] for each in document["shown"]["body"]["choices"]]
    key = document["secret"]["key"]
    key["choice"] = next(each for each in ids if each != key["choice"])


def _other_choices(document: dict[str, Any]) -> None:
    ids = [each["id"] for each in document["shown"]["body"]["choices"]]
    key = document["secret"]["key"]
    key["choices"] = [each for each in ids if each not in key["choices"]]


def _rotated_given(document: dict[str, Any]) -> None:
    given = document["secret"]["key"]["given"]
    document["secret"]["key"]["given"] = dict(
        zip(given, [*list(given.values())[1:], next(iter(given.values()))], strict=True)
    )


def _reversed_places(document: dict[str, Any]) -> None:
    places = document["secret"]["key"]["places"]
    document["secret"]["key"]["places"] = {
        id_: len(places) + 1 - place for id_, place in places.items()
    }


def _other_number(document: dict[str, Any]) -> None:
    document["secret"]["key"]["answer"] = "7"


def _other_words(document: dict[str, Any]) -> None:
    document["secret"]["key"] = {"accepted": ["서브넷"], "near": []}


def _other_rubric(document: dict[str, Any]) -> None:
    document["secret"]["key"]["rubric"] = ["다른 기준"]


OTHER_KEYS: dict[str, Callable[[dict[str, Any]], None]] = {
    "single": _swapped_choice,
    "multiple": _other_choices,
    "true_false": _swapped_choice,
    "matching": _rotated_given,
    "ordering": _reversed_places,
    "categorize": _rotated_given,
    "numeric": _other_number,
    "short_text": _other_words,
    "essay": _other_rubric,
}


def give_another_key(document: dict[str, Any]) -> None:
    """Change what is right, in place."""
    OTHER_KEYS[document["shown"]["kind"]](document)


def change_what_is_secret(document: dict[str, Any]) -> None:
    """Change the key and everything that is told only with it, in place."""
    give_another_key(document)
    secret, about = document["secret"], document["about"]
    secret["feedback"] = {id_: f"다른 까닭 {id_}" for id_ in reversed(secret["feedback"])}
    secret["explanation"] = "전혀 다른 해설입니다.\n\n두 문단입니다."
    about["quote"] = "노트의 다른 문장."
    about["erratum"] = "another-erratum"
