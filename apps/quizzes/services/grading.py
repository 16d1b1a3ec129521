"""Grades: made from what was sent, added and never changed."""

import datetime as dt
from decimal import Decimal

from apps.quizzes.domain.kinds import kind_of
from apps.quizzes.domain.kinds.base import Scoring
from apps.quizzes.domain.rules import points_for
from apps.quizzes.models import Attempt, AttemptItem, Grade, Response
from apps.quizzes.queries import current_items


def counted_response(item: AttemptItem) -> Response | None:
    """The newest answer that came in time."""
    return item.responses.filter(is_late=False).order_by("-revision").first()


def score_of(item: AttemptItem, response: Response | None) -> Decimal | None:
    """What an answer is worth, from the raw answer alone; None where a person has to grade.

    Nothing answered is worth nothing, and nobody has to read it.
    """
    shown, secret = item.spec.shown, item.spec.secret
    kind = kind_of(shown.kind)
    if response is None or kind.is_empty(shown.body, response.answer):
        return Decimal(0)
    scoring = Scoring(item.attempt.run.quiz.scoring)
    fraction = kind.score(shown.body, secret.key, response.answer, scoring)
    return None if fraction is None else points_for(fraction, item.points)


def grade_item(item: AttemptItem, *, reason: Grade.Reason, now: dt.datetime) -> Grade | None:
    """Add the grade of the counted answer; None while it waits for a grader."""
    response = counted_response(item)
    score = score_of(item, response)
    if score is None:
        return None
    return Grade.objects.create(
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
    total, waiting = Decimal(0), False
    for item in current_items(attempt):
        grade = item.grades.last() or grade_item(item, reason=Grade.Reason.CLOSE, now=now)
        if grade is None:
            waiting = True
        else:
            total += grade.score
    attempt.score = total
    attempt.is_provisional = waiting
