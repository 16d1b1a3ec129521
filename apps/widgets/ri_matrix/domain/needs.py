"""Which purchase options meet what a learner needs: the engine of `simulate ri-needs`."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from apps.kernel.documents import Findings, Invalid, read_choice, read_list, read_object

from .flexibility import cite
from .matrix import MATRIX, Row
from .needs_model import NEEDS, Need, NeedId
from .needs_rules import Reason, judge_need

__all__ = [
    "NEEDS",
    "NEEDS_SCHEMA",
    "Need",
    "NeedId",
    "OptionFit",
    "Reason",
    "evaluate_needs",
    "judge_needs",
    "needs_to_json",
    "read_needs",
]

_IDS = {need.value: need for need in NeedId}

NEEDS_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "ri-needs",
    "description": "필요한 것을 모두 채우는 구매 옵션을 묻는 시나리오",
    "type": "object",
    "properties": {
        "needs": {
            "type": "array",
            "items": {"type": "string", "enum": list(_IDS)},
            "maxItems": len(_IDS),
            "uniqueItems": True,
            "examples": [["region", "family"]],
        }
    },
    "required": ["needs"],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True)
class OptionFit:
    """A row of the matrix with a reason for every need asked for; it fits if every one does."""

    row: Row
    reasons: tuple[Reason, ...]

    @property
    def fits(self) -> bool:
        return all(reason.fits for reason in self.reasons)


def read_needs(document: object) -> tuple[NeedId, ...] | Invalid:
    """The needs of a document of any shape, in the order of `NEEDS`; never raises.

    There may be none, each at most once, and no other key beside `needs`.
    """
    findings = Findings()
    root = read_object(document, "", findings, required=("needs",))
    if root is None:
        return Invalid(findings.problems())
    found: set[NeedId] = set()
    for path, member in read_list(root.get("needs", []), "needs", findings, most=len(_IDS)):
        name = read_choice(member, path, findings, choices=_IDS)
        if name is None:
            continue
        if _IDS[name] in found:
            findings.add(path, f"「{name}」 항목을 두 번 적었습니다. 한 번만 적습니다.")
        found.add(_IDS[name])
    if findings:
        return Invalid(findings.problems())
    return tuple(need for need in NeedId if need in found)


def needs_to_json(needs: Collection[NeedId]) -> dict[str, Any]:
    """The canonical document: every need once, in the order of `NEEDS`."""
    return {"needs": [need.value for need in NeedId if need in needs]}


def judge_needs(needs: Collection[NeedId]) -> tuple[OptionFit, ...]:
    """Every row of the matrix, in its order, with its reasons in the order of `NEEDS`.

    What makes an option fit a need is said at `judge_need`. With no needs every option fits.
    """
    asked = tuple(need for need in NeedId if need in needs)
    return tuple(OptionFit(row, tuple(judge_need(row, need) for need in asked)) for row in MATRIX)


def evaluate_needs(document: object) -> dict[str, Any]:
    """Judge a document of needs: `{"options": [{"option", "scope", "name", "fits", "reasons"}]}`.

    Or `{"problems": [{"path", "message"}]}` with every problem of a document that is not valid.
    Takes any decoded JSON; never raises.
    """
    reading = read_needs(document)
    if isinstance(reading, Invalid):
        return {
            "problems": [
                {"path": problem.path, "message": problem.message} for problem in reading.problems
            ]
        }
    return {"options": [_fit_to_json(fit) for fit in judge_needs(reading)]}


def _fit_to_json(fit: OptionFit) -> dict[str, Any]:
    scope = fit.row.scope
    return {
        "option": fit.row.option.value,
        "scope": None if scope is None else scope.value,
        "name": fit.row.name,
        "fits": fit.fits,
        "reasons": [
            {
                "need": reason.need.value,
                "fits": reason.fits,
                "way": None if reason.way is None else reason.way.value,
                "text": reason.text,
                "source": None if reason.source is None else cite(reason.source),
            }
            for reason in fit.reasons
        ],
    }
