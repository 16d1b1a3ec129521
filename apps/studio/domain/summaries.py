"""The key of a question, and what can be chosen in it, as plain lists of texts."""

from typing import Any

from apps.quizzes.domain.spec import QuestionSpec

Json = dict[str, Any]

_LISTS = ("choices", "lefts", "rights", "rows", "categories", "items")


def member_texts(spec: QuestionSpec) -> list[str]:
    """Everything that a body lists, list after list."""
    body = spec.shown.body
    return [member["text"] for name in _LISTS for member in body.get(name, [])]


def key_texts(spec: QuestionSpec) -> list[str]:
    """What is right, an entry each: choices, pairs, the items in order, accepted answers."""
    body, key = spec.shown.body, spec.secret.key
    texts = {member["id"]: member["text"] for name in _LISTS for member in body.get(name, [])}
    match spec.shown.kind:
        case "single" | "true_false":
            return [texts[key["choice"]]]
        case "multiple":
            return [text for id_, text in texts.items() if id_ in key["choices"]]
        case "matching" | "categorize":
            return [f"{texts[one]} → {texts[other]}" for one, other in key["given"].items()]
        case "ordering":
            places: dict[str, int] = key["places"]
            ids = sorted(places, key=lambda id_: places[id_])
            return [f"{place}. {texts[id_]}" for place, id_ in enumerate(ids, start=1)]
        case "numeric":
            return [f"{key['answer']} {body['unit']}".strip()]
        case "short_text":
            return list(key["accepted"])
        case "essay":
            return list(key["rubric"])
    return list(key.get("expect", []))
