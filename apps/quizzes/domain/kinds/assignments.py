"""What `matching` and `categorize` share: to every one of some members one of others is given.

Both hold their key and their answers as {"given": {id of the member: id of what it is given}}.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from .base import Form, Json, Line
from .members import ids_of, one_of, texts_of


def read_given(form: Form, askers: Sequence[Json], offers: Sequence[Json]) -> Json:
    """Form: `answer-<id of the member>` = id of what it is given."""
    allowed = ids_of(offers)
    found = {id_: one_of(form, f"answer-{id_}", allowed) for id_ in ids_of(askers)}
    given = {id_: offer for id_, offer in found.items() if offer is not None}
    return {"given": given} if given else {}


def fill_given(answer: Json) -> dict[str, list[str]]:
    return {f"answer-{id_}": [offer] for id_, offer in answer.get("given", {}).items()}


def missing_given(askers: Sequence[Json], answer: Json) -> str:
    """What is not given anything yet, in Korean; "" for an empty or a whole answer."""
    given = answer.get("given", {})
    missing = sum(id_ not in given for id_ in ids_of(askers))
    if not missing or missing == len(askers):
        return ""
    return f"{len(askers)}개 가운데 {missing}개를 아직 고르지 않았습니다."


def score_given(key: Json, answer: Json) -> Fraction:
    """The fraction that was given right."""
    given = answer.get("given", {})
    right = sum(given.get(id_) == offer for id_, offer in key["given"].items())
    return Fraction(right, len(key["given"]))


def review_given(
    askers: Sequence[Json],
    offers: Sequence[Json],
    key: Json,
    feedback: Mapping[str, str],
    answer: Json,
) -> list[Line]:
    """A line a member; feedback where it was given something wrong."""
    given, texts = answer.get("given", {}), texts_of(offers)
    lines = []
    for asker in askers:
        id_ = asker["id"]
        own, right = given.get(id_), key["given"][id_]
        is_picked = own in texts
        lines.append(
            Line(
                asker["text"],
                own=texts.get(own, ""),
                right=texts[right],
                is_right=own == right,
                picked=is_picked,
                feedback=feedback.get(id_, "") if is_picked and own != right else "",
            )
        )
    return lines
