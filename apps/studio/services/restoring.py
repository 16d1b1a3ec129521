"""An old wording again: as a new version, so that nothing of what was in between is lost."""

import datetime as dt

from django.db import transaction

from apps.accounts.models import User
from apps.quizzes.domain.reading import dump_question
from apps.quizzes.models import Question, QuestionVersion
from apps.studio.services.publishing import check_document, publish_spec
from apps.studio.services.refusals import RefusedError, StaleError


def restore_version(
    *, version: QuestionVersion, seen: QuestionVersion, by: User, now: dt.datetime, note: str = ""
) -> Question:
    """Publish the wording of `version` again; drafts stay as they are.

    `seen` is the live version with which `by` compared it: StaleError where another one is live by
    now. RefusedError where that wording is the live one; InvalidError where it can be asked no
    more, because a lesson or an engine has changed since.
    """
    checked = check_document(dump_question(version.spec))
    with transaction.atomic():
        question = Question.objects.select_for_update(of=("self",)).get(pk=version.question_id)
        if question.current_id != seen.pk:
            raise StaleError("그사이 새로 발행되었습니다. 지금 문제와 다시 견주어 보세요.")
        if seen.digest == version.digest:
            raise RefusedError("지금 문제와 같은 내용입니다. 되살릴 것이 없습니다.")
        publish_spec(
            question=question,
            checked=checked,
            by=by,
            now=now,
            note=note or f"{version.number}번 발행본을 되살렸습니다.",
        )
    return question
