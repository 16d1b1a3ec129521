"""A learner's attempts as a document for that learner: what was asked, what was answered."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from apps.accounts.models import Learner
from apps.quizzes.domain.kinds import kind_of
from apps.quizzes.domain.kinds.base import Json
from apps.quizzes.models import Attempt, AttemptItem, Grade, Response
from apps.quizzes.presenting.result import number
from apps.quizzes.told import told_attempts


def export(learner: Learner) -> list[dict[str, Any]]:
    """The oldest attempt first. Scores only where the pages of an attempt would show them too."""
    attempts = list(
        Attempt.objects.of(learner).select_related("run__quiz").order_by("started_at", "pk")
    )
    told = told_attempts(attempts, now=timezone.now())
    items, answers, scores = _items(learner), _answers(learner), _scores(learner)
    exported = []
    for attempt in attempts:
        is_told = attempt.pk in told
        rows = [
            _item(
                item,
                answers.get(item.pk, []),
                scores.get(item.pk) if is_told or _was_checked(attempt, item) else None,
            )
            for item in items[attempt.pk]
        ]
        exported.append(_attempt(attempt, is_told) | {"items": rows})
    return exported


def _was_checked(attempt: Attempt, item: AttemptItem) -> bool:
    """Practice tells at once: see `queries.may_see_item`."""
    return attempt.run.is_practice and item.checked_at is not None


def _items(learner: Learner) -> dict[int, list[AttemptItem]]:
    found: dict[int, list[AttemptItem]] = defaultdict(list)
    rows = AttemptItem.objects.filter(attempt__learner=learner).select_related("version")
    for item in rows.order_by("position", "try_number"):
        found[item.attempt_id].append(item)
    return found


def _answers(learner: Learner) -> dict[int, list[Response]]:
    """The answer of each item that counts, and after it those that came late."""
    found: dict[int, list[Response]] = defaultdict(list)
    responses = Response.objects.filter(item__attempt__learner=learner)
    for response in responses.order_by("is_late", "revision"):
        rows = found[response.item_id]
        if rows and not response.is_late:
            rows.pop()
        rows.append(response)
    return found


def _scores(learner: Learner) -> dict[int, Decimal]:
    """Of each item's newest grade."""
    grades = Grade.objects.filter(item__attempt__learner=learner).order_by("pk")
    return dict(grades.values_list("item", "score"))


def _attempt(attempt: Attempt, is_told: bool) -> dict[str, Any]:
    score = attempt.score if is_told else None
    return {
        "quiz": attempt.run.quiz.title,
        "run": attempt.run.title,
        "number": attempt.number,
        "state": attempt.get_state_display(),
        "closed_by": attempt.get_closed_by_display(),
        "started_at": attempt.started_at.isoformat(),
        "finished_at": attempt.finished_at.isoformat() if attempt.finished_at else None,
        "score": None if score is None else number(score),
        "max_score": number(attempt.max_score),
        "is_provisional": attempt.is_provisional if is_told else None,
    }


def _item(item: AttemptItem, answers: Sequence[Response], score: Decimal | None) -> dict[str, Any]:
    shown = item.spec.shown
    return {
        "position": item.position,
        "try": item.try_number,
        "kind": kind_of(shown.kind).label,
        "stem": shown.stem,
        "is_flagged": item.is_flagged,
        "answers": [
            {
                "answer": in_words(shown.body, each.answer),
                "received_at": each.received_at.isoformat(),
                "is_late": each.is_late,
            }
            for each in answers
        ],
        "score": None if score is None else number(score),
        "max_score": number(item.points),
    }


def in_words(body: Json, answer: Json) -> Any:
    """An answer with the texts of the question instead of its ids; from what was shown alone.

    A text, a list of texts, or {text: text or place}, as the kind answers; None for an empty one.
    """
    if not answer:
        return None
    texts = {
        member["id"]: member["text"]
        for members in body.values()
        if isinstance(members, list)
        for member in members
        if isinstance(member, dict) and "id" in member
    }
    (value,) = answer.values()
    match value:
        case list():
            return [texts.get(each, each) for each in value]
        case dict():
            return {texts.get(key, key): texts.get(each, each) for key, each in value.items()}
    return texts.get(value, value)
