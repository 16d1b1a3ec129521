"""Quizzes of instructors: made, changed step by step with every step kept, archived, deleted.

Each change names the `revision` it was made on: whoever works on an older one is told so
(StaleError), and nothing is written over.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import partial

from django.db import transaction

from apps.accounts.models import User
from apps.quizzes.models import Authorship, Origin, Question, Quiz
from apps.studio.domain.quiz_changes import (
    Change,
    Changed,
    ChangeError,
    Document,
    add_fixed,
    draws_of,
    fixed_questions,
)
from apps.studio.models import QuizRevision
from apps.studio.queries.quizzes import estimated_minutes
from apps.studio.services.quiz_documents import (
    document_of,
    new_document,
    rules_of,
    write_document,
)
from apps.studio.services.refusals import RefusedError, StaleError
from apps.studio.services.trials import throw_away_runs

LONGEST_TITLE = 120
UNDONE, REDONE = "되돌렸습니다: ", "다시 했습니다: "


@transaction.atomic
def create_quiz(*, owner: User, title: str, now: dt.datetime) -> Quiz:
    """An own quiz with one section without a name that asks nothing yet."""
    document = new_document(" ".join(title.split())[:LONGEST_TITLE])
    document["sections"].append({"title": "", "shuffle": False, "draws": []})
    return _create(owner, document, note="퀴즈를 만들었습니다.", now=now)


@transaction.atomic
def copy_quiz(*, quiz: Quiz, owner: User, now: dt.datetime) -> Quiz:
    """An own quiz that asks the same: fixed questions stay the same questions, no copies.

    Draws from another instructor's own questions would draw from the new owner's: RefusedError.
    """
    document = document_of(quiz)
    strange = quiz.authorship == Authorship.STUDIO and quiz.owner_id != owner.pk
    draws = [draw for section in document["sections"] for draw in section["draws"]]
    if strange and any(draw.get("source") == Authorship.STUDIO for draw in draws):
        raise RefusedError(
            "다른 강사가 쓴 문제에서 무작위로 뽑는 퀴즈라 복제할 수 없습니다. "
            "무작위 출제를 뺀 퀴즈를 공유해 달라고 부탁해 보세요."
        )
    _refuse_unusable(fixed_questions(document), owner)
    document["title"] = f"{quiz.title[: LONGEST_TITLE - 5]} (사본)"
    document |= rules_of(quiz)
    return _create(owner, document, note=f"‘{quiz.title}’ 퀴즈를 복제했습니다.", now=now)


def _create(owner: User, document: Document, *, note: str, now: dt.datetime) -> Quiz:
    identity = uuid.uuid4()
    quiz = Quiz(
        uuid=identity,
        slug=f"quiz-{identity.hex}",
        authorship=Authorship.STUDIO,
        owner=owner,
        revision=1,
    )
    write_document(quiz, document)
    _keep(quiz, document, note=note, by=owner, now=now)
    return quiz


@transaction.atomic
def change_quiz(
    *, quiz: Quiz, by: User, now: dt.datetime, base_revision: int | None, change: Change
) -> Changed:
    """Apply one change and keep it. `base_revision` None: on whatever is stored now.

    Raises StaleError where somebody changed the quiz since, ChangeError where the change makes no
    sense, RefusedError where a question may not be used. `quiz` shows the new state afterwards.
    """
    stored = _locked(quiz, base_revision)
    before = document_of(stored)
    changed = change(before)
    document = changed.document
    if document == before:
        quiz.refresh_from_db()
        return changed
    _refuse_new(before, document, owner=stored.owner_id, by=by)
    follows = document["minutes"] == before["minutes"] == estimated_minutes(before, stored)
    if follows:  # until somebody says otherwise
        document["minutes"] = estimated_minutes(document, stored)
    if not stored.revisions.filter(number=stored.revision).exists():
        # Made by other means than `create_quiz`: what it was can be brought back, too.
        _keep(stored, before, note="", by=None, now=now)
    stored.revision += 1
    write_document(stored, document)
    _keep(stored, document, note=changed.note, by=by, now=now)
    quiz.refresh_from_db()
    return changed


def add_questions(
    *,
    quiz: Quiz,
    questions: Iterable[Question],
    by: User,
    now: dt.datetime,
    section: int = 0,
    base_revision: int | None = None,
    points: Decimal = Decimal(1),
) -> Changed:
    """Fix these at the end of a section (from 0); those that are there already stay where they are.

    Raises what `change_quiz` raises: RefusedError for what is unpublished, archived or not `by`'s
    to use, ChangeError where nothing is left to add.
    """
    wanted = [str(question.uuid) for question in questions]
    change = partial(add_fixed, section=section, questions=wanted, points=points)
    return change_quiz(quiz=quiz, by=by, now=now, base_revision=base_revision, change=change)


def refusal_of(question: Question) -> str:
    """Why a question cannot be asked in a quiz now; "" where it can."""
    if question.current_id is None:
        return "아직 발행하지 않은 초안입니다. 발행한 뒤에 넣을 수 있습니다."
    if question.retired_at is not None:
        return "보관한 문제입니다. 보관을 풀면 넣을 수 있습니다."
    return ""


def _refuse_new(before: Document, document: Document, *, owner: int | None, by: User) -> None:
    """Whoever may edit a quiz may put into it what is theirs to use, and no more.

    Questions that are gone are not judged: an old document names them, and writing leaves them out.
    A random draw of the owner's questions shows all of them, seed by seed: only the owner begins
    one, widens it or brings it back.
    """
    known = set(fixed_questions(before))
    existing = Question.objects.filter(uuid__in=fixed_questions(document))
    there = {str(uuid) for uuid in existing.values_list("uuid", flat=True)}
    new = [each for each in fixed_questions(document) if each not in known and each in there]
    _refuse_unusable(new, by)
    if by.pk != owner and not by.is_staff and not _owners_draws(document) <= _owners_draws(before):
        raise RefusedError(
            "퀴즈 주인이 쓴 문제에서 무작위로 뽑는 것은 주인만 넣을 수 있습니다. "
            "기본 제공 문제에서 뽑거나 문제를 골라 넣으세요."
        )


def _owners_draws(document: Document) -> set[tuple[str, str, str, int]]:
    return {
        (draw["topic"], draw["tag"], draw["pool"], draw["count"])
        for _, draw in draws_of(document)
        if draw.get("source") == Authorship.STUDIO
    }


def _refuse_unusable(wanted: Sequence[str], by: User) -> None:
    if not wanted:
        return
    usable = Question.objects.copyable_by(by).filter(uuid__in=wanted)
    found = {str(question.uuid): question for question in usable}
    if any(each not in found for each in wanted):
        raise RefusedError(
            "넣을 수 없는 문제가 있습니다. 공유가 풀렸거나 복제까지 허락받지 않은 문제입니다."
        )
    for question in found.values():
        if reason := refusal_of(question):
            raise RefusedError(f"‘{question.title or question.slug}’: {reason}")


@transaction.atomic
def undo_change(*, quiz: Quiz, by: User, now: dt.datetime, base_revision: int) -> str:
    """Take the last change back; undone twice, it holds again. The sentence of what was done."""
    stored = _locked(quiz, base_revision)
    last = stored.revisions.filter(number=stored.revision).first()
    before = stored.revisions.filter(number=stored.revision - 1).first()
    if last is None or before is None:
        raise RefusedError("되돌릴 변경이 없습니다.")
    if last.note.startswith(UNDONE):
        note = REDONE + last.note.removeprefix(UNDONE)
    else:
        note = UNDONE + last.note.removeprefix(REDONE)
    gone = _restore(stored, before.document, note=note[:200], by=by, now=now)
    quiz.refresh_from_db()
    return f"{note} {_gone_words(gone)}".strip()


@transaction.atomic
def restore_revision(
    *, quiz: Quiz, number: int, by: User, now: dt.datetime, base_revision: int | None = None
) -> str:
    """Make the quiz what it was after change `number`. The sentence of what was done."""
    stored = _locked(quiz, base_revision)
    wanted = stored.revisions.filter(number=number).first()
    if wanted is None:
        raise RefusedError("그 이력이 없습니다. 이력을 새로 열어 보세요.")
    note = f"{number}번째 이력의 모습으로 되살렸습니다."
    gone = _restore(stored, wanted.document, note=note, by=by, now=now)
    quiz.refresh_from_db()
    return f"{note} {_gone_words(gone)}".strip()


def _gone_words(gone: int) -> str:
    return f"그사이 지워진 문제 {gone}개는 빠졌습니다." if gone else ""


def _restore(quiz: Quiz, document: Document, *, note: str, by: User, now: dt.datetime) -> int:
    _refuse_new(document_of(quiz), document, owner=quiz.owner_id, by=by)
    quiz.revision += 1
    gone = write_document(quiz, document)
    _keep(quiz, document_of(quiz) if gone else document, note=note, by=by, now=now)
    return gone


@transaction.atomic
def archive_quiz(*, quiz: Quiz, now: dt.datetime) -> None:
    """Not offered any more; assignments that were set go on."""
    Quiz.objects.filter(pk=quiz.pk, retired_at__isnull=True).update(retired_at=now)


@transaction.atomic
def unarchive_quiz(*, quiz: Quiz) -> None:
    Quiz.objects.filter(pk=quiz.pk).update(retired_at=None)


@transaction.atomic
def delete_quiz(*, quiz: Quiz) -> None:
    """For good, with its history and its trials. Raises RefusedError where anything points at it.

    Its questions stay.
    """
    stored = Quiz.objects.select_for_update(of=("self",)).get(pk=quiz.pk)
    if stored.runs.exclude(origin=Origin.TRIAL).exists():
        raise RefusedError("과제로 낸 적이 있는 퀴즈라 지울 수 없습니다. 대신 보관해 두세요.")
    throw_away_runs(stored)
    stored.delete()


def _locked(quiz: Quiz, base_revision: int | None) -> Quiz:
    stored = Quiz.objects.select_for_update(of=("self",)).get(pk=quiz.pk)
    if base_revision is not None and stored.revision != base_revision:
        raise StaleError("그사이 이 퀴즈가 바뀌었습니다. 방금 하려던 변경은 하지 않았습니다.")
    if stored.authorship != Authorship.STUDIO:
        raise RefusedError("기본 제공 퀴즈는 고칠 수 없습니다. 복제해서 편집하세요.")
    return stored


def _keep(quiz: Quiz, document: Document, *, note: str, by: User | None, now: dt.datetime) -> None:
    QuizRevision.objects.create(
        quiz=quiz,
        number=quiz.revision,
        document=document,
        note=note[:200],
        author=by,
        made_at=now,
    )


__all__ = [
    "ChangeError",
    "RefusedError",
    "StaleError",
    "add_questions",
    "archive_quiz",
    "change_quiz",
    "copy_quiz",
    "create_quiz",
    "delete_quiz",
    "refusal_of",
    "restore_revision",
    "unarchive_quiz",
    "undo_change",
]
