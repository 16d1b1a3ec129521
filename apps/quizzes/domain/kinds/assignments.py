"""What `matching` and `categorize` share: to every one of some members one of others is given.

Both hold their key and their answers as {"given": {id of the member: id of what it is given}}.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import ClassVar

from .base import Form, ItemKind, Json, Line, Scoring
from .members import ids_of, one_of, texts_of


class Giving(ItemKind):
    """Answered and scored alike; what such a question looks like in a file its kind says.

    Form: `answer-<id of the member>` = id of what it is given.
    """

    graded_by_hand = False
    askers: ClassVar[str]  # the list of a body whose members are given something each
    offers: ClassVar[str]  # the list of what they may be given

    def read_answer(self, body: Json, form: Form) -> Json:
        allowed = ids_of(body[self.offers])
        found = {id_: one_of(form, f"answer-{id_}", allowed) for id_ in ids_of(body[self.askers])}
        given = {id_: offer for id_, offer in found.items() if offer is not None}
        return {"given": given} if given else {}

    def fill(self, body: Json, answer: Json) -> dict[str, list[str]]:
        return {f"answer-{id_}": [offer] for id_, offer in answer.get("given", {}).items()}

    def problem(self, body: Json, answer: Json) -> str:
        askers, given = ids_of(body[self.askers]), answer.get("given", {})
        missing = sum(id_ not in given for id_ in askers)
        if not missing or missing == len(askers):
            return ""
        return f"{len(askers)}개 가운데 {missing}개를 아직 고르지 않았습니다."

    def score(self, body: Json, key: Json, answer: Json, scoring: Scoring) -> Fraction:
        """The fraction that was given right."""
        given = answer.get("given", {})
        right = sum(given.get(id_) == offer for id_, offer in key["given"].items())
        return Fraction(right, len(key["given"]))

    def right_answer(self, body: Json, key: Json) -> Json:
        return {"given": dict(key["given"])}

    def review(
        self, body: Json, key: Json, feedback: Mapping[str, str], answer: Json
    ) -> list[Line]:
        """A line a member; feedback where it was given something wrong."""
        given, texts = answer.get("given", {}), texts_of(body[self.offers])
        lines = []
        for asker in body[self.askers]:
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
