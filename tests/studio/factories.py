"""Instructors with questions and quizzes of their own, made through the services."""

import uuid
from collections.abc import Sequence
from typing import Any

from apps.accounts.models import User
from apps.quizzes.domain.kinds.base import Json
from apps.quizzes.models import Authorship, Draw, Pool, Question, Quiz, Section
from apps.studio.models import Draft
from apps.studio.services.publishing import publish
from apps.studio.services.writing import OTHER_TOPIC, start_question
from tests.quizzes.domain import documents
from tests.quizzes.factories import HOUR, NOW


def make_instructor(name: str = "kim", **changed: Any) -> User:
    return User.objects.create_user(
        name, **{"display_name": f"{name} 강사", "is_instructor": True, **changed}
    )


def make_document(kind: str = "single", **changed: Any) -> Json:
    """A whole document of a kind, without a place in a lesson; None takes a field out."""
    values: Json = {"topic": OTHER_TOPIC, "lesson": None, "quote": None, **changed}
    if kind == "scenario":
        values = {"expect": None, **values}
    return documents.document(kind, **values)


def make_draft(
    owner: User,
    kind: str = "single",
    *,
    title: str = "",
    pool: str = Pool.PRACTICE,
    tags: Sequence[str] = (),
    **changed: Any,
) -> Draft:
    """A question that was never published; `changed` are fields of its document."""
    return start_question(
        owner=owner,
        document=make_document(kind, **changed),
        now=NOW - HOUR,
        title=title,
        pool=pool,
        tags=tags,
    )


def make_question(
    owner: User,
    kind: str = "single",
    published: bool = True,
    **changed: Any,
) -> Question:
    """An instructor's own; `changed` may say title, pool, tags and fields of the document."""
    draft = make_draft(owner, kind, **changed)
    if not published:
        return draft.question
    return publish(draft=draft, by=owner, now=NOW - HOUR)


def make_quiz(owner: User, questions: Sequence[Question] = (), **changed: Any) -> Quiz:
    """An instructor's own, with one section that asks the questions in this order."""
    identity = uuid.uuid4()
    values = {
        "title": "내가 만든 퀴즈",
        "minutes": 10,
        "digest": "0" * 64,
        "authorship": Authorship.STUDIO,
        "owner": owner,
        **changed,
    }
    quiz = Quiz.objects.create(uuid=identity, slug=f"quiz-{identity.hex}", **values)
    section = Section.objects.create(quiz=quiz, position=1)
    for position, question in enumerate(questions, start=1):
        Draw.objects.create(section=section, position=position, question=question)
    return quiz
