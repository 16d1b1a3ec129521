"""What a form of the editor said beside the document: name, pool, tags, and what it was made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from apps.quizzes.domain.kinds import DOCUMENT_KINDS
from apps.quizzes.domain.reading import dump_question
from apps.quizzes.models import Pool, Question
from apps.studio.forms.editor import document_of
from apps.studio.models import Draft
from apps.studio.services.writing import LONGEST_TAG, MOST_TAGS, clean_tags, tags_of

Json = dict[str, Any]
LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Typed:
    """Everything that stands in the form. `revision` 0: no draft was stored when it was shown.

    `live` is the number of the version that was live then, 0 for none: what is typed begins there.
    """

    document: Json
    title: str = ""
    pool: str = Pool.PRACTICE.value
    tags: str = ""  # as typed, set apart by commas
    revision: int = 0
    live: int = 0
    errors: dict[str, str] = field(default_factory=dict)  # by name: what cannot be stored so

    @property
    def kind(self) -> str:
        """The kind; "" where the document has none yet, or none that there is."""
        kind = self.document.get("kind")
        return kind if isinstance(kind, str) and kind in DOCUMENT_KINDS else ""

    @property
    def tag_list(self) -> list[str]:
        return clean_tags(self.tags.split(","))


def typed_from(post: QueryDict, kept: Mapping[str, Any]) -> Typed:
    """What was sent. `kept` is the stored document, for what the form does not show."""
    values = {name: post.getlist(name) for name in post}
    kind = post.get("kind", "")
    if kind not in DOCUMENT_KINDS:
        kind = str(kept.get("kind", ""))
    title = " ".join(post.get("title", "").replace("\0", "").split())
    tags = post.get("tags", "").replace("\0", "")
    pool = post.get("pool", "")
    return Typed(
        document=document_of(kind, values, kept if kept.get("kind") == kind else {}),
        title=title,
        pool=pool if pool in Pool.values else Pool.PRACTICE.value,
        tags=tags,
        revision=_number(post.get("revision", "")),
        live=_number(post.get("live", "")),
        errors=_errors(title, tags),
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def typed_of(draft: Draft) -> Typed:
    """What is stored."""
    live = draft.base.number if draft.base else 0
    tags = ", ".join(draft.tags)
    return Typed(draft.document, draft.title, draft.pool, tags, draft.revision, live)


def typed_live(question: Question) -> Typed:
    """The live wording, as a form shows it before anything was changed."""
    document = dump_question(question.current.spec) if question.current else {}
    live = question.current.number if question.current else 0
    tags = ", ".join(tags_of(question))
    return Typed(document, question.title, question.pool, tags, live=live)


def _errors(title: str, tags: str) -> dict[str, str]:
    errors = {}
    if len(title) > LONGEST_TITLE:
        errors["title"] = f"{LONGEST_TITLE}자까지 적을 수 있습니다. 지금은 {len(title)}자입니다."
    names = [" ".join(tag.split()) for tag in tags.split(",") if tag.strip()]
    if len(set(names)) > MOST_TAGS:
        errors["tags"] = (
            f"꼬리표는 {MOST_TAGS}개까지 붙일 수 있습니다. 지금은 {len(set(names))}개입니다."
        )
    elif any(len(name) > LONGEST_TAG for name in names):
        errors["tags"] = f"꼬리표 하나는 {LONGEST_TAG}자까지입니다."
    return errors
