"""A template made concrete: what an engine asked, as a question that can be answered."""

from collections.abc import Sequence
from dataclasses import replace

from .kinds.base import Parts
from .kinds.choices import Choice
from .kinds.multiple import multiple_parts
from .kinds.single import single_parts
from .spec import QuestionSpec, Secret, Shown


def make_concrete(
    template: QuestionSpec,
    *,
    kind: str,
    stem: str,
    choices: Sequence[Choice],
    explanation: str,
    keep_order: bool = False,
) -> QuestionSpec:
    """The question (`single` or `multiple`) that the engine makes of a template.

    Choices keep the engine's ids, which may look otherwise than those of a file; feedback is not
    asked for. ValueError for what is no question: another kind, an id twice, no right choice,
    several right ones in a `single`.
    """
    ids = [choice.id for choice in choices]
    if "" in ids or len(set(ids)) < len(ids):
        raise ValueError(f"choices without an id, or not distinct: {ids!r}")
    parts = _parts(kind, choices, keep_order)
    return replace(
        template,
        shown=Shown(kind, stem, parts.body),
        secret=Secret(parts.key, parts.feedback, explanation),
    )


def _parts(kind: str, choices: Sequence[Choice], keep_order: bool) -> Parts:
    right = sum(choice.right for choice in choices)
    if kind == "single" and right == 1:
        return single_parts(choices, keep_order=keep_order)
    if kind == "multiple" and right:
        return multiple_parts(choices, keep_order=keep_order)
    raise ValueError(f"no question of kind {kind!r} with {right} right choices")
