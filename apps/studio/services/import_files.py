"""Files on their way in: kept for the decision, applied once, taken back while it is harmless."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from apps.accounts.models import User
from apps.quizzes.models import AttemptItem, Draw, Question, QuestionVersion, Quiz
from apps.studio.exchange.items import Json
from apps.studio.models import Draft, ImportFile
from apps.studio.services.importing import Brought, Planned, bring_in
from apps.studio.services.quizzes import delete_quiz
from apps.studio.services.refusals import RefusedError

MOST_KEPT = 20
"""Files of one instructor that wait for a decision; the oldest goes first."""


@transaction.atomic
def keep_file(
    *, owner: User, name: str, data: bytes, file_format: str, now: dt.datetime
) -> ImportFile:
    """The file as it came. Earlier ones that nobody decided about go when there are too many."""
    waiting = ImportFile.objects.filter(owner=owner, applied_at=None).order_by("-uploaded_at")
    ImportFile.objects.filter(
        pk__in=list(waiting.values_list("pk", flat=True))[MOST_KEPT - 1 :]
    ).delete()
    return ImportFile.objects.create(
        owner=owner,
        name=name.replace("\0", "")[:200],
        format=file_format,
        data=data,
        uploaded_at=now,
    )


@transaction.atomic
def apply_file(
    *,
    file: ImportFile,
    plan: Sequence[Planned],
    quizzes: Sequence[tuple[int, Json]],
    title: str,
    now: dt.datetime,
) -> ImportFile:
    """Make what the plan says, once: a file that was applied already stays as it is.

    With a `title`, a quiz asks all that was published. The file's bytes are not needed any more.
    """
    stored = ImportFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if stored.applied_at is not None:
        return stored
    if not plan and not quizzes:
        raise RefusedError("가져올 문제를 하나 이상 골라 주세요.")
    brought = bring_in(owner=stored.owner, plan=plan, quizzes=quizzes, title=title, now=now)
    stored.result = _result(brought)
    stored.applied_at = now
    stored.data = b""
    stored.save()
    return stored


def _result(brought: Brought) -> Json:
    return {
        "published": [str(question.uuid) for question in brought.published],
        "drafts": [str(question.uuid) for question in brought.drafts],
        "quizzes": [str(quiz.uuid) for quiz in brought.quizzes],
        "quiz_revision": _newest_revision(brought.quizzes),
        "problems": [problem.replace("\0", "") for problem in brought.problems],
    }


@transaction.atomic
def undo_import(*, file: ImportFile) -> int:
    """Take back all that the file brought: how many questions. A second time there is nothing.

    Raises RefusedError where something else uses one of them, or somebody worked on it.
    """
    stored = ImportFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    result: dict[str, Any] = stored.result or {}
    uuids = [*result.get("published", []), *result.get("drafts", [])]
    questions = Question.objects.select_for_update(of=("self",)).filter(uuid__in=uuids)
    own = list(questions.filter(owner=stored.owner))
    _refuse_worked_on(result, own)
    for quiz in Quiz.objects.filter(uuid__in=result.get("quizzes", []), owner=stored.owner):
        delete_quiz(quiz=quiz)
    _refuse_used(own, stored.owner)
    Draft.objects.filter(question__in=own).delete()
    Question.objects.filter(pk__in=[each.pk for each in own]).update(current=None)
    QuestionVersion.objects.filter(question__in=own).delete()
    Question.objects.filter(pk__in=[each.pk for each in own]).delete()
    stored.result = {**result, "undone": len(own)}
    stored.save(update_fields=["result"])
    return len(own)


def _newest_revision(quizzes: Sequence[Quiz]) -> int:
    stored = Quiz.objects.filter(pk__in=[quiz.pk for quiz in quizzes])
    return max(stored.values_list("revision", flat=True), default=0)


def _refuse_worked_on(result: dict[str, Any], questions: Sequence[Question]) -> None:
    """What somebody wrote since is not the file's to take back."""
    repaired = set(result.get("drafts", []))
    if any(str(each.uuid) in repaired and each.current_id is not None for each in questions):
        raise RefusedError(
            "초안으로 들어온 문제를 고쳐서 발행했습니다. 문제은행에서 골라 지우세요."
        )
    begun = Draft.objects.filter(question__in=questions)
    if begun.filter(Q(revision__gt=1) | Q(question__current__isnull=False)).exists():
        raise RefusedError(
            "가져온 뒤에 고치던 초안이 있습니다. 초안을 버리거나 문제은행에서 골라 지우세요."
        )
    quizzes = Quiz.objects.filter(uuid__in=result.get("quizzes", []))
    if quizzes.filter(revision__gt=result.get("quiz_revision", 2)).exists():
        raise RefusedError("함께 만든 퀴즈를 그사이 고쳤습니다. 퀴즈 화면에서 먼저 지우세요.")


def _refuse_used(questions: Sequence[Question], owner: User) -> None:
    if Draw.objects.filter(question__in=questions).exists():
        raise RefusedError("가져온 문제를 내는 퀴즈가 있어 지울 수 없습니다. 퀴즈에서 먼저 빼세요.")
    if AttemptItem.objects.filter(version__question__in=questions).exists():
        raise RefusedError("가져온 문제에 누군가 답했으므로 지울 수 없습니다. 대신 보관해 두세요.")
    if QuestionVersion.objects.filter(question__in=questions, number__gt=1).exists():
        raise RefusedError(
            "가져온 뒤에 고쳐서 다시 발행한 문제가 있습니다. 문제은행에서 골라 지우세요."
        )
    if QuestionVersion.objects.filter(question__in=questions, reports__isnull=False).exists():
        raise RefusedError("가져온 문제에 대한 오류 신고가 있어 지울 수 없습니다.")
    if Draft.objects.filter(question__in=questions).exclude(editor=owner).exists():
        raise RefusedError("다른 강사가 고치고 있는 문제가 있어 지울 수 없습니다.")


def discard_file(*, file: ImportFile) -> None:
    """Forget a file that nobody applied; what an applied one brought stays."""
    ImportFile.objects.filter(pk=file.pk).delete()
