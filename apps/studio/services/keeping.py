"""What was typed in the editor becomes the draft, whichever tab it comes from."""

import datetime as dt

from apps.accounts.models import User
from apps.quizzes.models import Question
from apps.studio.forms.typed import Typed
from apps.studio.models import Draft
from apps.studio.services.refusals import StaleError
from apps.studio.services.writing import draft_of, save_draft


class GoneError(StaleError):
    """There was a draft when the page was shown, and there is none any more."""

    def __init__(self) -> None:
        super().__init__(
            "다른 창에서 이 초안을 발행했거나 버렸습니다. "
            "여기에서 쓴 내용은 아직 저장하지 않았습니다."
        )


def keep_typed(*, question: Question, editor: User, typed: Typed, now: dt.datetime) -> Draft:
    """The draft as it now is; without one, one is begun. Raises StaleError, GoneError."""
    draft = Draft.objects.filter(question=question, editor=editor).first()
    revision = typed.revision
    if draft is None:
        if revision:
            raise GoneError
        draft = draft_of(question=question, editor=editor, now=now, live=typed.live)
        revision = draft.revision
    try:
        return save_draft(
            draft=draft,
            document=typed.document,
            title=typed.title,
            pool=typed.pool,
            tags=typed.tag_list,
            base_revision=revision,
            now=now,
        )
    except Draft.DoesNotExist:
        raise GoneError from None
