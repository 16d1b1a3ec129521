"""Who else may use a question or a quiz, and whose it is."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.services.audit import record_audit
from apps.accounts.services.signing import find_user
from apps.quizzes.models import (
    Authorship,
    Draw,
    Question,
    QuestionShare,
    Quiz,
    QuizShare,
    Right,
)
from apps.studio.services.refusals import RefusedError

Shared = Question | Quiz
Share = QuestionShare | QuizShare

NO_SUCH_INSTRUCTOR = (
    "이 로그인 이름을 쓰는 강사를 찾지 못했습니다. 철자와 강사 권한을 확인해 주세요."
)


def may_share(item: Shared, user: User) -> bool:
    """The owner and administrators; what comes from files is everybody's already."""
    if item.authorship != Authorship.STUDIO or not user.may_teach:
        return False
    return user.is_staff or item.owner_id == user.pk


@transaction.atomic
def share(
    *, item: Shared, login_name: str | None, right: Right, by: User, now: dt.datetime
) -> Share:
    """Let a colleague, or (without a name) every instructor, use it; a share there is, is changed.

    RefusedError in the same words for a name that does not exist and for an account that may not
    teach: the form must not tell who has an account here.
    """
    found = _locked(item, by)
    user = None if login_name is None else _colleague(login_name)
    if user is not None and user.pk == found.owner_id:
        raise RefusedError("이미 이 사람의 것입니다. 함께 쓸 다른 강사를 적어 주세요.")
    return _set_right(found, user, right, by, now)


@transaction.atomic
def change_right(*, item: Shared, share_id: int, right: Right, by: User, now: dt.datetime) -> Share:
    """Another right for whom it is shared with. RefusedError where that was withdrawn meanwhile."""
    found = _locked(item, by)
    before: Share | None = _shares(found).filter(pk=share_id).select_related("user").first()
    if before is None:
        raise RefusedError("그사이 거둔 공유입니다. 아래에서 다시 공유할 수 있습니다.")
    return _set_right(found, before.user, right, by, now)


def _set_right(item: Shared, user: User | None, right: Right, by: User, now: dt.datetime) -> Share:
    before: Share | None = _shares(item).filter(user=user).first()
    if before is not None and before.right == right:
        return before
    kept: Share
    kept, _ = _shares(item).update_or_create(user=user, defaults={"right": right, "shared_at": now})
    record_audit(
        actor=by,
        action="question-shared" if isinstance(item, Question) else "quiz-shared",
        subject=name_of(item),
        now=now,
        right=right.value,
        **_whom(item, user),
    )
    return kept


@transaction.atomic
def withdraw(*, item: Shared, share_id: int, by: User, now: dt.datetime) -> None:
    """The colleague may not use it any more. What was copied stays theirs; nothing twice."""
    found = _locked(item, by)
    gone = _shares(found).filter(pk=share_id).select_related("user").first()
    if gone is None:
        return
    user = gone.user
    gone.delete()
    record_audit(
        actor=by,
        action="question-withdrawn" if isinstance(found, Question) else "quiz-withdrawn",
        subject=name_of(found),
        now=now,
        **_whom(found, user),
    )


@dataclass(frozen=True, slots=True)
class HandedOver:
    user: User
    questions: int  # how many of a quiz's questions went along
    shared: int  # how many stay and may be copied from now on


@transaction.atomic
def hand_over(
    *, item: Shared, login_name: str, by: User, now: dt.datetime, with_questions: bool = False
) -> HandedOver:
    """Another instructor becomes the owner; who owned it so far may go on editing.

    With a quiz go, if wished, the questions that it fixes and its owner owns; otherwise the new
    owner may copy those. RefusedError for nobody, for the owner, and for a quiz that draws from
    what its owner wrote: the new one has not written it.
    """
    found = _locked(item, by)
    user = _colleague(login_name)
    if user.pk == found.owner_id:
        raise RefusedError("이미 이 사람의 것입니다.")
    before = found.owner_id
    moved = shared = 0
    if isinstance(found, Quiz):
        if draws_from_owner(found):
            raise RefusedError(
                "직접 쓴 문제에서 무작위로 뽑는 퀴즈입니다. 새 주인에게는 그 문제가 없어 뽑을 수 "
                "없으니, 무작위 출제를 뺀 뒤에 넘겨 주세요."
            )
        own = list(questions_along(found)) if before else []
        for question in own:
            if with_questions:
                _give(question, user, by, now)
            else:
                _let_copy(question, user, now)
        moved, shared = (len(own), 0) if with_questions else (0, len(own))
    _give(found, user, by, now)
    return HandedOver(user, moved, shared)


def questions_along(quiz: Quiz) -> "list[Question]":
    """The questions a quiz fixes that belong to its owner, each once."""
    asked = Draw.objects.filter(section__quiz=quiz, question__isnull=False).values("question")
    return list(Question.objects.from_studio().filter(pk__in=asked, owner=quiz.owner_id))


def draws_from_owner(quiz: Quiz) -> bool:
    """Whether some of it is drawn at random from what its owner wrote."""
    return Draw.objects.filter(
        section__quiz=quiz, question__isnull=True, source=Authorship.STUDIO
    ).exists()


def name_of(item: Shared) -> str:
    """What instructors call it; of a question without a name, how it begins."""
    if isinstance(item, Quiz) or item.title:
        return item.title
    stem = item.current.spec.shown.stem if item.current else ""
    words = " ".join(stem.split())
    return (words[:60] + "…" if len(words) > 60 else words) or "이름 없는 문제"


def _give(item: Shared, user: User, by: User, now: dt.datetime) -> None:
    before = item.owner
    item.owner = user
    item.save(update_fields=["owner"])
    _shares(item).filter(user=user).delete()  # an owner needs no share
    if before is not None and before.may_teach:
        _shares(item).update_or_create(
            user=before, defaults={"right": Right.EDIT, "shared_at": now}
        )
    record_audit(
        actor=by,
        action="question-handed-over" if isinstance(item, Question) else "quiz-handed-over",
        subject=name_of(item),
        now=now,
        before=None if before is None else before.pk,
        **_whom(item, user),
    )


def _let_copy(question: Question, user: User, now: dt.datetime) -> None:
    rights = [Right.COPY, Right.EDIT]
    if not question.shares.filter(user=user, right__in=rights).exists():
        question.shares.update_or_create(
            user=user, defaults={"right": Right.COPY, "shared_at": now}
        )


def _locked(item: Shared, by: User) -> Any:
    """The row as it is now. RefusedError where it is not (any more) for `by` to share."""
    found: Shared
    if isinstance(item, Question):
        found = Question.objects.select_for_update(of=("self",)).get(pk=item.pk)
    else:
        found = Quiz.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if not may_share(found, by):
        raise RefusedError("주인과 관리자만 공유를 바꿀 수 있습니다.")
    return found


def _shares(item: Shared) -> Any:
    """Its shares; the two kinds of rows have the same columns."""
    return item.shares


def _colleague(login_name: str) -> User:
    user = find_user(login_name)
    if user is None or not user.may_teach:
        raise RefusedError(NO_SUCH_INSTRUCTOR)
    return user


def _whom(item: Shared, user: User | None) -> dict[str, Any]:
    kind = "question" if isinstance(item, Question) else "quiz"
    return {kind: item.pk, "user": None if user is None else user.pk}
