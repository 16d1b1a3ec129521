"""What becomes of an instructor's work when the account is exported or goes."""

import datetime as dt
from typing import Any

from apps.accounts.hooks import Moving, Records
from apps.accounts.models import Learner, User
from apps.quizzes.domain.reading import dump_question
from apps.quizzes.models import Origin, Question, Quiz
from apps.studio.models import Draft
from apps.studio.services.quiz_documents import document_of
from apps.studio.services.trials import throw_away_trials
from apps.studio.services.writing import discard_draft


def count(learner: Learner) -> list[tuple[str, int]]:
    """None: a question is an account's, and stays when the learner's records go."""
    return []


def move(moving: Moving) -> None:
    """Questions and drafts belong to accounts, which are never made one."""


def erase(learner: Learner, now: dt.datetime) -> None:
    """See `release`: it is the account that gives up what it wrote."""


def export(learner: Learner) -> dict[str, Any]:
    """Own questions, drafts and quizzes, in the form in which question files say them."""
    user = learner.user
    if user is None:
        return {"questions": [], "drafts": [], "quizzes": []}
    questions = Question.objects.filter(owner=user, current__isnull=False)
    drafts = Draft.objects.filter(editor=user).select_related("question").order_by("pk")
    quizzes = Quiz.objects.filter(owner=user).order_by("pk")
    rows = questions.select_related("current").prefetch_related("tags").order_by("pk")
    return {
        "questions": [_question(each) for each in rows],
        "drafts": [_draft(each) for each in drafts],
        "quizzes": [{"id": str(each.uuid), **document_of(each)} for each in quizzes],
    }


def _question(question: Question) -> dict[str, Any]:
    current = question.current
    return {
        "id": str(question.uuid),
        "title": question.title,
        "pool": question.pool,
        "tags": [tag.name for tag in question.tags.all()],
        "archived": question.retired_at is not None,
        "version": current.number if current else None,
        "document": dump_question(current.spec) if current else None,
    }


def _draft(draft: Draft) -> dict[str, Any]:
    return {
        "question": str(draft.question.uuid),
        "title": draft.title,
        "tags": draft.tags,
        "updated_at": draft.updated_at.isoformat(),
        "document": draft.document,
    }


def release(user: User) -> None:
    """Drafts and trials go. Published questions and quizzes stay without owner: classes use them.

    Administrators may still edit those; a question that was never published goes with its draft.
    """
    for draft in Draft.objects.filter(editor=user).select_related("question"):
        discard_draft(draft=draft)
    tried = Quiz.objects.filter(runs__origin=Origin.TRIAL, runs__slug=f"trial-{user.pk}")
    for quiz in tried.distinct():
        throw_away_trials(quiz=quiz, user=user)
    Question.objects.filter(owner=user).update(owner=None)
    Quiz.objects.filter(owner=user).update(owner=None)


RECORDS = Records(
    name="studio", count=count, move=move, export=export, erase=erase, release=release
)
