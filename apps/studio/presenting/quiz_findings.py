"""The checks of a quiz, asked with what its page has read anyway: no query of its own."""

import datetime as dt

from apps.quizzes.models import Authorship
from apps.studio.domain.quiz_checks import AskedDraw, AskedItem, AskedQuiz, Finding, check_quiz
from apps.studio.presenting.quizzes import QuizView


def quiz_findings(view: QuizView, *, today: dt.date) -> list[Finding]:
    items, draws = [], []
    for row in view.rows:
        draw, question = row.draw, row.question
        if question is None:
            draws.append(
                AskedDraw(
                    name=f"{row.number}번",
                    place=row.place,
                    count=draw.count,
                    pool=draw.pool,
                    shipped=draw.source == Authorship.FILE,
                    candidates=view.candidates[draw.pk].pks,
                )
            )
            continue
        items.append(
            AskedItem(
                number=row.first,
                place=row.place,
                question=str(question.uuid) if row.may_open else "",
                spec=question.current.spec if question.current else None,
                pool=question.pool,
                shipped=question.authorship == Authorship.FILE,
                archived=question.retired_at is not None,
                as_of=question.as_of,
            )
        )
    asked = AskedQuiz(
        feedback=view.quiz.feedback,
        items=items,
        draws=draws,
        minutes=view.quiz.minutes,
        estimate=view.minutes,
    )
    return check_quiz(asked, today=today)
