"""After the answer: own answer, key, feedback, explanation, the sentence of the notes."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.quizzes.domain.kinds import kind_of
from apps.quizzes.domain.kinds.base import Line
from apps.quizzes.models import Attempt, AttemptItem
from apps.quizzes.presenting.html import block_html, inline_html
from apps.quizzes.presenting.result import number, result_line
from apps.quizzes.presenting.scene import Scene, scene_of, widget_address
from apps.quizzes.queries import current_items, last_close, may_see_result
from apps.quizzes.services.grading import counted_response


@dataclass(frozen=True, slots=True)
class LineView:
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
    quote: str
    lesson: str
    section: str
    erratum: str
    late: bool


def review_page(attempt: Attempt, *, now: dt.datetime) -> dict[str, Any]:
    """The template's context; without leave it says when there will be something to see."""
    context: dict[str, Any] = {
        "section": "quizzes",
        "attempt": attempt,
        "run": attempt.run,
        "quiz": attempt.run.quiz,
        "practice": attempt.run.is_practice,
        "told": may_see_result(attempt, now=now),
        "told_at": last_close(attempt.run),
    }
    if not context["told"]:
        return context
    reviews = [item_review(item) for item in current_items(attempt)]
    return context | {
        "result": result_line(attempt, now=now),
        "reviews": reviews,
        "topics": breakdown((each.item.spec.about.topic, each) for each in reviews),
        "lessons": breakdown((each.lesson, each) for each in reviews if each.lesson),
        "wrong": [each for each in reviews if each.verdict in {"wrong", "partial"}],
    }


def item_review(item: AttemptItem) -> ItemReview:
    """Everything about an item. Only for those who may see it: the caller has asked the policy."""
    spec = item.spec
    kind = kind_of(spec.shown.kind)
    newest = counted_response(item)
    answer = newest.answer if newest else {}
    grade = item.grades.last()
    about = spec.about
    lines = kind.review(spec.shown.body, spec.secret.key, spec.secret.feedback, answer)
    return ItemReview(
        item=item,
        label=kind.label,
        stem=block_html(spec.shown.stem),
        scene=scene_of(item),
        lines=[line_view(line) for line in lines],
        answered=bool(answer) and not kind.is_empty(spec.shown.body, answer),
        verdict=verdict_of(None if grade is None else grade.score, item.points),
        score="" if grade is None else number(grade.score),
        max_score=number(item.points),
        explanation=block_html(spec.secret.explanation),
        widget_address=widget_address(item),
        quote=about.quote,
        lesson=about.lesson,
        section=about.section,
        erratum=about.erratum,
        late=item.responses.filter(is_late=True).exists(),
    )


def verdict_of(score: Decimal | None, points: Decimal) -> str:
    if score is None:
        return "waiting"
    if score == points:
        return "right"
    return "partial" if score else "wrong"


def line_view(line: Line) -> LineView:
    if line.is_right is None:
        verdict = "none"
    elif line.is_right:
        verdict = "right"
    else:
        verdict = "wrong" if line.picked or line.own else "missed"
    return LineView(
        inline_html(line.text),
        inline_html(line.own),
        inline_html(line.right),
        inline_html(line.feedback),
        verdict,
        line.picked,
    )


def breakdown(pairs: Iterable[tuple[str, ItemReview]]) -> list[dict[str, Any]]:
    """Score by topic or lesson: slug, points reached and possible."""
    sums: dict[str, list[Decimal]] = {}
    for name, review in pairs:
        got, most = sums.setdefault(name, [Decimal(0), Decimal(0)])
        grade = review.item.grades.last()
        sums[name] = [got + (grade.score if grade else Decimal(0)), most + review.item.points]
    return [
        {"name": name, "score": number(got), "max": number(most), "share": int(got * 100 / most)}
        for name, (got, most) in sums.items()
    ]
