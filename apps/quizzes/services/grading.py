"""Grades: made from what was sent, added and never changed."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from apps.quizzes.domain.kinds import kind_of
from apps.quizzes.domain.kinds.base import Scoring
from apps.quizzes.domain.rules import points_for
from apps.quizzes.domain.spec import QuestionSpec
from apps.quizzes.models import Attempt, AttemptItem, Grade, Response
from apps.quizzes.queries import current_items


def counted_response(item: AttemptItem) -> Response | None:
    """The newest answer that came in time."""
    return item.responses.filter(is_late=False).order_by("-revision").first()


def counted_responses(items: Sequence[AttemptItem]) -> dict[int, Response]:
    """The same for many items at once, by the item's primary key."""
    in_time = Response.objects.filter(item__in=items, is_late=False).order_by("revision")
    return {response.item_id: response for response in in_time}


def score_of(
    item: AttemptItem, response: Response | None, spec: QuestionSpec | None = None
) -> Decimal | None:
    """What an answer is worth, from the raw answer alone; None where a person has to grade.

    By the question as it was dealt, or by another wording. Nothing answered is worth nothing, and
    nobody has to read it.
    """
    spec = spec or item.spec
    shown, secret = spec.shown, spec.secret
    kind = kind_of(shown.kind)
    if response is None or kind.is_empty(shown.body, response.answer):
        return Decimal(0)
    scoring = Scoring(item.attempt.scoring)
    fraction = kind.score(shown.body, secret.key, response.answer, scoring)
    return None if fraction is None else points_for(fraction, item.points)


def grade_item(item: AttemptItem, *, reason: Grade.Reason, now: dt.datetime) -> Grade | None:
    """Add the grade of the counted answer; None while it waits for a grader."""
    grade = _judge(item, counted_response(item), reason, now)
    if grade is not None:
        grade.save()
    return grade


def _judge(
    item: AttemptItem, response: Response | None, reason: Grade.Reason, now: dt.datetime
) -> Grade | None:
    score = score_of(item, response)
    if score is None:
        return None
    return Grade(
        item=item,
        response=response,
        version=item.version,
        score=score,
        max_score=item.points,
        reason=reason,
        engine=item.frozen["engine"] if item.frozen else "",
        graded_at=now,
    )


def grade_attempt(attempt: Attempt, *, now: dt.datetime) -> None:
    """Grade what has no grade yet, and write the sums. Called where the attempt is locked."""
    items = current_items(attempt)
    given = Grade.objects.filter(item__in=items).order_by("pk")
    grades = {grade.item_id: grade for grade in given}
    responses = counted_responses(items)
    for item in items:
        if item.pk not in grades:
            grade = _judge(item, responses.get(item.pk), Grade.Reason.CLOSE, now)
            if grade is not None:
                grades[item.pk] = grade
    Grade.objects.bulk_create(grade for grade in grades.values() if grade.pk is None)
    attempt.score = sum((grade.score for grade in grades.values()), Decimal(0))
    attempt.is_provisional = len(grades) < len(items)
