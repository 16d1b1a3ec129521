"""보관: a question that is not offered any more, without taking it from where it is asked."""

import datetime as dt

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.services.audit import record_audit
from apps.quizzes.models import Authorship, Question
from apps.studio.queries.used_in import holds_on
from apps.studio.services.refusals import RefusedError

NOT_OWNER = "문제를 보관하거나 지우는 것은 문제를 쓴 강사와 관리자만 할 수 있습니다."


def may_archive(question: Question, user: User) -> bool:
    """Its owner and administrators: who may edit the wording does not decide whether it is."""
    if question.authorship == Authorship.FILE or not user.may_teach:
        return False
    return user.is_staff or question.owner_id == user.pk


@transaction.atomic
def archive_question(*, question: Question, by: User, now: dt.datetime) -> None:
    """Put it away: random draws leave it out, quizzes that fix it go on. Twice is once."""
    _refuse_others(question, by)
    Question.objects.filter(pk=question.pk, retired_at__isnull=True).update(retired_at=now)


@transaction.atomic
def restore_question(*, question: Question, by: User) -> None:
    """Back among those that are offered, as it was."""
    _refuse_others(question, by)
    Question.objects.filter(pk=question.pk).update(retired_at=None)


@transaction.atomic
def delete_question(*, question: Question, by: User, now: dt.datetime) -> None:
    """For good, with its versions and drafts. Raises RefusedError where anything points at it."""
    _refuse_others(question, by)
    locked = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if reason := holds_on(locked):
        raise RefusedError(f"지울 수 없습니다. {reason} 대신 보관할 수 있습니다.")
    if locked.drafts.exclude(editor=by).exists():
        raise RefusedError(
            "지울 수 없습니다. 다른 강사가 이 문제의 초안을 쓰고 있습니다. 대신 보관할 수 있습니다."
        )
    name = locked.title or str(locked.uuid)
    locked.drafts.all().delete()
    # The question and its current version protect each other.
    Question.objects.filter(pk=locked.pk).update(current=None)
    locked.versions.all().delete()
    Question.objects.filter(pk=locked.pk).delete()
    record_audit(actor=by, action="question-deleted", subject=name, now=now)


def _refuse_others(question: Question, by: User) -> None:
    if not may_archive(question, by):
        raise RefusedError(NOT_OWNER)
