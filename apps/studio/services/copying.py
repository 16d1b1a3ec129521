"""복제하여 편집: somebody's question as the beginning of an own one."""

import datetime as dt

from django.db import transaction

from apps.accounts.models import User
from apps.quizzes.domain.reading import dump_question
from apps.quizzes.models import Authorship, Question
from apps.studio.models import Draft
from apps.studio.services.refusals import RefusedError
from apps.studio.services.writing import start_question, tags_of

LONGEST_TITLE = 120


@transaction.atomic
def copy_question(*, question: Question, owner: User, now: dt.datetime) -> Draft:
    """A new own question; its draft says what `question` says now. Nothing joins the two later.

    The caller has asked `copyable_by`. Raises RefusedError for what was never published.
    """
    if question.current is None:
        raise RefusedError("아직 발행하지 않은 초안이라 복제할 수 없습니다.")
    title = f"{question.title[: LONGEST_TITLE - 5]} (사본)" if question.title else ""
    own = question.authorship == Authorship.STUDIO and question.owner_id == owner.pk
    return start_question(
        owner=owner,
        document=dump_question(question.current.spec),
        now=now,
        title=title,
        pool=question.pool,
        tags=tags_of(question) if own else (),
    )
