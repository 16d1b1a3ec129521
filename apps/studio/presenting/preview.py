"""A question before anybody is asked it: what learners see, and what they see afterwards."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString

from apps.content.anchor import plain_quote
from apps.content.asked import sentence_id
from apps.kernel.documents import Findings, Problem
from apps.quizzes.domain.kinds import DOCUMENT_KINDS, kind_of
from apps.quizzes.domain.kinds.base import Line
from apps.quizzes.domain.kinds.texts import MAX_TEXT
from apps.quizzes.domain.reading import read_question
from apps.quizzes.domain.spec import QuestionSpec
from apps.quizzes.freezing import NotComputableError, freeze
from apps.quizzes.models import AttemptItem, QuestionVersion
from apps.quizzes.presenting.fields import build_field
from apps.quizzes.presenting.html import block_html, inline_html
from apps.quizzes.presenting.review import LineView, line_view
from apps.quizzes.presenting.scene import Scene, scene_of, widget_address

Json = dict[str, Any]
_TYPED = frozenset({"numeric", "short_text", "essay"})
# Lists of a body whose lines have feedback of their own, by id.
_LISTED = ("choices", "lefts", "rows")
_SEED = 1


@dataclass(frozen=True, slots=True)
class Told:
    """After the answer. Named as `quizzes/_review_item.html` reads it."""

    item: AttemptItem
    lines: list[LineView]
    verdict: str
    explanation: str
    quote: str
    sentence: str
    lesson: str
    erratum: str
    as_of: str
    widget_address: str
    near: list[tuple[str, SafeString]]  # wrong answers that are answered, and what is said to them
    late: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """One question. `field` is the context of `template`; nothing in it knows the key."""

    kind: str
    label: str
    stem: SafeString
    scene: Scene | None
    template: str
    field: Json
    told: Told | None


@dataclass(frozen=True, slots=True)
class Unready:
    """What can be shown of a document with problems: its stem, and what is missing."""

    label: str
    stem: SafeString
    problems: tuple[Problem, ...]


def preview_of(spec: QuestionSpec, *, shuffle: bool = True, seed: int = _SEED) -> Preview:
    """What learners meet. Raises NotComputableError where no engine can make a question of it."""
    item = _item(spec, shuffle=shuffle, seed=seed)
    asked = item.spec
    return Preview(
        kind=asked.shown.kind,
        label=kind_of(asked.shown.kind).label,
        stem=block_html(asked.shown.stem),
        scene=scene_of(item),
        template=f"quizzes/kinds/_{asked.shown.kind}.html",
        field=build_field(item, {}, readonly=False),
        told=_told(item),
    )


def unready(document: Json, problems: tuple[Problem, ...]) -> Unready:
    kind = DOCUMENT_KINDS.get(str(document.get("kind")))
    stem = document.get("stem")
    return Unready(
        kind.label if kind else "",
        block_html(stem[:MAX_TEXT] if isinstance(stem, str) else ""),
        problems,
    )


def previewed(document: Json) -> Json:
    """The context of `studio/_preview.html`: a preview, or what is missing for one.

    What cannot be published for another reason, such as a sentence that is not in the notes, can be
    shown all the same.
    """
    findings = Findings()
    spec = read_question(document, findings, strict=False)
    problems = findings.problems()
    if spec is not None:
        try:
            return {"preview": preview_of(spec)}
        except NotComputableError as error:
            problems = (Problem("kind", str(error)),)
    return {"unready": unready(document, problems)}


def _item(spec: QuestionSpec, *, shuffle: bool, seed: int) -> AttemptItem:
    """As it would be dealt; of no attempt, and never saved."""
    frozen = freeze(spec, seed=seed)
    asked = frozen.question if frozen else spec
    order = kind_of(asked.shown.kind).deal(asked.shown.body, seed=seed, shuffle=shuffle)
    return AttemptItem(
        position=1,
        version=QuestionVersion(kind=spec.shown.kind, document=spec.to_json()),
        seed=seed,
        order=order,
        frozen=frozen.to_json() if frozen else None,
        points=Decimal(1),
    )


def _told(item: AttemptItem) -> Told:
    spec = item.spec
    body, secret, about = spec.shown.body, spec.secret, spec.about
    lines = kind_of(spec.shown.kind).review(body, secret.key, secret.feedback, {})
    typed = spec.shown.kind in _TYPED
    near = secret.key.get("near", [])
    return Told(
        item=item,
        lines=[line_view(each, typed=typed) for each in _all_told(lines, body, secret.feedback)],
        verdict="waiting" if spec.shown.kind == "essay" else "wrong",
        explanation=block_html(secret.explanation),
        quote=plain_quote(about.quote),
        sentence=sentence_id(about.section, about.quote) if about.quote else about.section,
        lesson=about.lesson,
        erratum=about.erratum,
        as_of=about.as_of,
        widget_address=widget_address(item),
        near=[(text, inline_html(secret.feedback.get(text, ""))) for text in near],
    )


def _all_told(lines: list[Line], body: Json, feedback: dict[str, str]) -> list[Line]:
    """With what is said to every wrong answer, not only to one that was given."""
    name = next((name for name in _LISTED if name in body), None)
    if name is None:
        return lines
    return [
        replace(line, feedback=feedback.get(member["id"], ""))
        for member, line in zip(body[name], lines, strict=True)
    ]
