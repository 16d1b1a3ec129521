"""After the answer: own answer, key, feedback, explanation, the sentence of the notes."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.content.anchor import plain_quote
from apps.content.asked import sentence_id
from apps.quizzes.domain.kinds import kind_of
from apps.quizzes.domain.kinds.base import Line
from apps.quizzes.domain.rules import is_late
from apps.quizzes.models import Attempt, AttemptItem
from apps.quizzes.presenting.html import block_html, inline_html
from apps.quizzes.presenting.lesson_titles import lesson_titles
from apps.quizzes.presenting.result import number, result_of
from apps.quizzes.presenting.runs import section_of
from apps.quizzes.presenting.scene import Scene, scene_of, widget_address
from apps.quizzes.queries import (
    current_items,
    is_repeatable,
    last_close,
    may_see_result,
    own_window,
)
from apps.quizzes.services.grading import counted_response
from apps.quizzes.told import asked_elsewhere

# What is typed is no Markdown: 2*3*4 is shown as it was written.
_TYPED = frozenset({"numeric", "short_text", "essay"})


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of a review; texts are HTML, but for answers that were typed."""

    text: str
    own: str
    right: str
    feedback: str
    verdict: str  # right | wrong | missed | none
    picked: bool


@dataclass(frozen=True, slots=True)
class ItemReview:
    """One item, told whole."""

    item: AttemptItem
    label: str
    stem: str
    scene: Scene | None
    lines: list[LineView]
    answered: bool
    verdict: str  # right | partial | wrong | waiting
    score: str
    max_score: str
    explanation: str
    widget_address: str
    quote: str  # as a reader of the lesson sees it
    sentence: str  # its id on the page of the lesson
    lesson: str
    section: str
    erratum: str
    as_of: str  # when its numbers were true; "" for what does not change
    late: bool


def review_page(attempt: Attempt, *, now: dt.datetime) -> dict[str, Any]:
    """The template's context; without leave it says when there will be something to see."""
    window = own_window(attempt)
    context: dict[str, Any] = {
        "section": section_of(attempt.run),
        "now": now,
        "attempt": attempt,
        "run": attempt.run,
        "quiz": attempt.run.quiz,
        "told": may_see_result(attempt, now=now),
        "is_late": attempt.finished_at is not None and is_late(attempt.finished_at, window),
        "told_at": last_close(attempt.run),
        "elsewhere": asked_elsewhere([attempt.pk], now=now).get(attempt.pk),
    }
    if not context["told"]:
        return context
    reviews = [item_review(item) for item in current_items(attempt)]
    wrong = [each for each in reviews if each.verdict in {"wrong", "partial"}]
    return context | {
        "result": result_of(attempt, window),
        "reviews": reviews,
        "topics": breakdown((each.item.spec.about.topic, each) for each in reviews),
        "lessons": breakdown((each.lesson, each) for each in reviews if each.lesson),
        "styles": scene_styles(reviews),
        "wrong": wrong,
        "may_repeat": bool(wrong) and is_repeatable(attempt.run),
    }


def scene_styles(reviews: Iterable[ItemReview]) -> list[str]:
    """The style sheets of all pictures on the page, each once."""
    return list(
        dict.fromkeys(path for each in reviews if each.scene for path in each.scene.widget.styles)
    )


def item_review(item: AttemptItem) -> ItemReview:
    """Everything about an item. Only for those who may see it: the caller has asked the policy."""
    spec = item.spec
    kind = kind_of(spec.shown.kind)
    newest = counted_response(item)
    answer = newest.answer if newest else {}
    grade = item.grades.last()
    about = spec.about
    lines = kind.review(spec.shown.body, spec.secret.key, spec.secret.feedback, answer)
    lines = as_dealt(lines, spec.shown.body, item.order)
    return ItemReview(
        item=item,
        label=kind.label,
        stem=block_html(spec.shown.stem),
        scene=scene_of(item),
        lines=[line_view(line, typed=spec.shown.kind in _TYPED) for line in lines],
        answered=bool(answer) and not kind.is_empty(spec.shown.body, answer),
        verdict=verdict_of(None if grade is None else grade.score, item.points),
        score="" if grade is None else number(grade.score),
        max_score=number(item.points),
        explanation=block_html(spec.secret.explanation),
        widget_address=widget_address(item),
        quote=plain_quote(about.quote),
        sentence=sentence_id(about.section, about.quote) if about.quote else about.section,
        lesson=about.lesson,
        section=about.section,
        erratum=about.erratum,
        as_of=about.as_of,
        late=item.responses.filter(is_late=True).exists(),
    )


# Not the items of an ordering: those stand in the right order, which is the answer.
_LISTED = ("choices", "lefts", "rows")


def as_dealt(lines: list[Line], body: dict[str, Any], order: dict[str, list[str]]) -> list[Line]:
    """The lines in the order in which the learner met them."""
    name = next((name for name in _LISTED if name in body), None)
    if name is None:
        return lines
    by_id = {member["id"]: line for member, line in zip(body[name], lines, strict=True)}
    return [by_id[id_] for id_ in order[name]]


def verdict_of(score: Decimal | None, points: Decimal) -> str:
    if score is None:
        return "waiting"
    if score == points:
        return "right"
    return "partial" if score else "wrong"


def line_view(line: Line, *, typed: bool) -> LineView:
    if line.is_right is None:
        verdict = "none"
    elif line.is_right:
        verdict = "right"
    else:
        verdict = "wrong" if line.picked or line.own else "missed"
    return LineView(
        inline_html(line.text),
        line.own if typed else inline_html(line.own),
        line.right if typed else inline_html(line.right),
        inline_html(line.feedback),
        verdict,
        line.picked,
    )


def breakdown(pairs: Iterable[tuple[str, ItemReview]]) -> list[dict[str, Any]]:
    """Score by topic or lesson: slug, title, points reached and possible."""
    sums: dict[str, list[Decimal]] = {}
    for name, review in pairs:
        got, most = sums.setdefault(name, [Decimal(0), Decimal(0)])
        grade = review.item.grades.last()
        sums[name] = [got + (grade.score if grade else Decimal(0)), most + review.item.points]
    titles = lesson_titles(sums)
    return [
        {
            "name": name,
            "title": titles.get(name, name),
            "score": number(got),
            "max": number(most),
            "share": int(got * 100 / most),
        }
        for name, (got, most) in sums.items()
    ]
