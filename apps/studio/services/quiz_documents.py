"""A quiz's rows as one document, and a document as rows."""

import uuid
from decimal import Decimal
from typing import Any

from apps.content.digests import digest_of
from apps.quizzes.models import Authorship, Draw, Question, Quiz, Section
from apps.studio.domain.quiz_changes import SETTINGS, Document, fixed_questions


def document_of(quiz: Quiz) -> Document:
    """What `QuizRevision.document` holds (see `domain.quiz_changes`). Two queries, if not read."""
    document: Document = {name: getattr(quiz, name) for name in SETTINGS}
    sections = quiz.sections.prefetch_related("draws__question")
    document["sections"] = [
        {
            "title": section.title,
            "shuffle": section.shuffle,
            "draws": [_draw_document(draw) for draw in section.draws.all()],
        }
        for section in sections
    ]
    return document


def _draw_document(draw: Draw) -> dict[str, Any]:
    points = f"{draw.points.normalize():f}"
    if draw.question is not None:
        return {"question": str(draw.question.uuid), "points": points}
    return {
        "topic": draw.topic,
        "tag": draw.tag,
        "pool": draw.pool,
        "source": draw.source,
        "count": draw.count,
        "points": points,
    }


def write_document(quiz: Quiz, document: Document) -> int:
    """Make the quiz say this, sections anew; saved. How many fixed questions no longer exist.

    Attempts hold what they were dealt and point to no section. Within the caller's transaction.
    """
    for name in SETTINGS:
        setattr(quiz, name, document[name])
    quiz.digest = digest_of(document)
    quiz.save()
    wanted = fixed_questions(document)
    questions = {str(each.uuid): each for each in Question.objects.filter(uuid__in=wanted)}
    quiz.sections.all().delete()
    for position, each in enumerate(document["sections"], start=1):
        section = Section.objects.create(
            quiz=quiz, position=position, title=each["title"], shuffle=each["shuffle"]
        )
        kept = [
            draw
            for draw in each["draws"]
            if "question" not in draw or draw["question"] in questions
        ]
        Draw.objects.bulk_create(
            _row(section, place, draw, questions) for place, draw in enumerate(kept, start=1)
        )
    return sum(each not in questions for each in wanted)


def _row(
    section: Section, position: int, draw: dict[str, Any], questions: dict[str, Question]
) -> Draw:
    values = {**draw, "points": Decimal(draw["points"])}
    if "question" in draw:
        values["question"] = questions[draw["question"]]
    return Draw(section=section, position=position, **values)


def new_document(title: str) -> Document:
    """Of a quiz that asks nothing yet; the rest as the model proposes."""
    blank = Quiz(uuid=uuid.uuid4(), title=title, minutes=1)
    return {**{name: getattr(blank, name) for name in SETTINGS}, "sections": []}


def rules_of(quiz: Quiz) -> Document:
    """Feedback, time limit and attempts; a shipped quiz has them in its run, not in its columns."""
    names = ("feedback", "time_limit", "max_attempts")
    run = quiz.runs.offered().first() if quiz.authorship == Authorship.FILE else None
    return {name: getattr(run or quiz, name) for name in names}
