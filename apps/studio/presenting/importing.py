"""The dry run of a file and what came of it, as pages show it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.quizzes.domain.kinds import DOCUMENT_KINDS
from apps.quizzes.models import Question
from apps.quizzes.presenting.html import block_html, inline_html, plain
from apps.studio.exchange.entries import Entry
from apps.studio.exchange.items import ItemKind, Json
from apps.studio.exchange.markup import pictures_named
from apps.studio.services.importing import Planned

_LONGEST_NAME = 90
_LOOKED_AT = 400
_ITEM_LABELS = {ItemKind.DESCRIPTION: "설명글", ItemKind.ESSAY: "서술형"}
INLINE_PREVIEWS = 60
"""Up to so many questions every preview stands in the page; beyond it, one at a time."""


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A choice, an answer, a pair. `right`: None where that is no question."""

    text: SafeString
    right: bool | None = None
    other: SafeString | None = None
    note: SafeString | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    stem: SafeString
    lines: tuple[PreviewLine, ...]
    facts: tuple[str, ...]
    explanation: SafeString | None


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of the dry run. `preview` is None where it is not shown now."""

    planned: Planned
    name: str
    kind: str
    is_taken: bool
    preview: Preview | None

    @property
    def state(self) -> str:
        if self.planned.is_ready:
            return "ready"
        return "draft" if self.planned.is_draft else "none"


@dataclass(frozen=True, slots=True)
class Summary:
    total: int
    ready: int
    drafts: int
    doubles: int
    lossy: int

    @property
    def none(self) -> int:
        return self.total - self.ready - self.drafts


def summary_of(plan: Sequence[Planned]) -> Summary:
    return Summary(
        total=len(plan),
        ready=sum(each.is_ready for each in plan),
        drafts=sum(each.is_draft for each in plan),
        doubles=sum(each.is_double for each in plan),
        lossy=sum(each.is_ready and bool(each.problems) for each in plan),
    )


def rows(plan: Sequence[Planned], taken: Collection[int], *, shown: int = 0) -> list[Row]:
    """`shown`: the number of the one entry whose preview is wanted, where there are many."""
    every = len(plan) <= INLINE_PREVIEWS
    return [
        Row(
            each,
            name_of(each.entry),
            kind_of(each.entry),
            each.number in taken,
            preview_of(each.entry.document or _bare(each.entry))
            if every or each.number == shown
            else None,
        )
        for each in plan
    ]


def _bare(entry: Entry) -> Json:
    """What becomes no question is shown as the text that it is."""
    return {"stem": "", "explanation": "", "plain": entry.item.stem}


def name_of(entry: Entry) -> str:
    document = entry.document or {"stem": entry.item.stem}
    return short_name(entry.title, document.get("stem"))


def short_name(title: str, stem: object) -> str:
    """What to call a question in a list: its title, or how its text begins."""
    text = " ".join(title.split()) or plain(_text(stem)[:_LOOKED_AT])
    text = text or "이름 없는 문제"
    return text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 1]}…"


@dataclass(frozen=True, slots=True)
class Made:
    """A question that a file brought."""

    uuid: str
    name: str


def made_rows(questions: Iterable[Question], wanted: Sequence[str]) -> list[Made]:
    """Those that are still there, in the file's order. Drafts have to be read along."""
    found = {str(question.uuid): question for question in questions}
    return [Made(uuid, _name_of_made(found[uuid])) for uuid in wanted if uuid in found]


def _name_of_made(question: Question) -> str:
    if question.current is not None:
        return short_name(question.title, question.current.spec.shown.stem)
    stems = [draft.document.get("stem") for draft in question.drafts.all()]
    return short_name(question.title, stems[0] if stems else "")


def kind_of(entry: Entry) -> str:
    if entry.becomes in DOCUMENT_KINDS:
        return DOCUMENT_KINDS[entry.becomes].label
    return _ITEM_LABELS.get(entry.item.kind, "")


def preview_of(document: Json) -> Preview:
    """Everything passes the sanitizer; a document that is no question yet shows what it has."""
    explanation = document.get("explanation")
    return Preview(
        _block(document.get("stem") or document.get("plain")),
        tuple(_lines(document)),
        tuple(_facts(document)),
        _block(explanation) if explanation else None,
    )


def _lines(document: Json) -> Iterator[PreviewLine]:
    for choice in _tables(document, "choice"):
        yield PreviewLine(
            _inline(choice.get("text")),
            choice.get("right") is True,
            note=_note(choice.get("feedback")),
        )
    if isinstance(document.get("answer"), bool):
        for said, word in ((True, "맞습니다"), (False, "틀립니다")):
            note = _note(document.get("feedback_true" if said else "feedback_false"))
            yield PreviewLine(_inline(word), document["answer"] is said, note=note)
    for pair in _tables(document, "pair"):
        yield PreviewLine(_inline(pair.get("left")), other=_inline(pair.get("right")))
    for row in _tables(document, "row"):
        yield PreviewLine(_inline(row.get("text")), other=_inline(row.get("category")))
    for text in _list(document, "extra"):
        yield PreviewLine(_inline("짝이 없는 오른쪽"), other=_inline(text))
    for text in _list(document, "items"):
        yield PreviewLine(_inline(text))
    for text in _list(document, "accepted"):
        yield PreviewLine(_literal(text), True)
    for near in _tables(document, "near"):
        yield PreviewLine(_literal(near.get("text")), False, note=_note(near.get("feedback")))


def _facts(document: Json) -> Iterator[str]:
    answer = document.get("answer")
    if isinstance(answer, str):
        tolerance = document.get("tolerance", "0")
        yield f"정답: {answer}" + (f" (오차 ±{tolerance})" if tolerance != "0" else "")


def _tables(document: Json, name: str) -> list[dict[str, Any]]:
    return [each for each in _list(document, name) if isinstance(each, dict)]


def _list(document: Json, name: str) -> list[Any]:
    value = document.get(name)
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return pictures_named(value) if isinstance(value, str) else ""


def _block(value: object) -> SafeString:
    return block_html(_text(value))


def _inline(value: object) -> SafeString:
    return inline_html(_text(value))


def _note(value: object) -> SafeString | None:
    return inline_html(_text(value)) if value else None


def _literal(value: object) -> SafeString:
    """What learners type is no Markdown."""
    return format_html("{}", value if isinstance(value, str) else "")
