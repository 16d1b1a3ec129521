"""Going on with a draft after somebody else published."""

import datetime as dt

from django.db import transaction

from apps.quizzes.domain.reading import dump_question
from apps.quizzes.models import QuestionVersion
from apps.studio.domain.merging import Merged, merge
from apps.studio.models import Draft
from apps.studio.services.refusals import StaleError


def merged_onto(draft: Draft, onto: QuestionVersion) -> Merged:
    """What the draft would say on top of that version; without a base it stays as it is."""
    if draft.base is None:
        return Merged(dict(draft.document), (), ())
    base, theirs = (dump_question(version.spec) for version in (draft.base, onto))
    return merge(base, draft.document, theirs)


@transaction.atomic
def go_on_from(*, draft: Draft, onto: QuestionVersion, now: dt.datetime) -> None:
    """Base the draft on a newer version: what its editor changed stays, the rest follows.

    StaleError where the draft is not any more what the caller holds.
    """
    stored = Draft.objects.select_for_update(of=("self",)).filter(pk=draft.pk).first()
    if stored is None or stored.revision != draft.revision:
        raise StaleError("다른 창에서 초안을 고쳤습니다. 달라진 내용을 다시 확인해 주세요.")
    stored.document = merged_onto(stored, onto).document
    stored.base = onto
    stored.revision += 1
    stored.updated_at = now
    stored.save(update_fields=["document", "base", "revision", "updated_at"])
