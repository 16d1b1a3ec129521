"""Who may give a learner a code for a new password: an instructor whose class they are in."""

import datetime as dt

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.services.moving import lock_learners
from apps.accounts.services.resetting import issue_reset_code
from apps.classrooms.access import refuse_archived
from apps.classrooms.models import Classroom, Enrollment
from apps.classrooms.services.rooms import RefusedError

ASK_ADMIN = "사이트 관리자에게 부탁하세요."


def may_reset(instructor: User, enrollment: Enrollment) -> str | None:
    """Why not (Korean); None: they may.

    Whoever has the code has the account. So an instructor may only where nothing else than their
    own classes is at stake: no further role, no class of another instructor.
    """
    user = enrollment.learner.user
    if user is None:
        return "계정 없이 이름으로 들어온 학습자입니다. 비밀번호 대신 입장 카드를 새로 만드세요."
    if not enrollment.is_active:
        return "지금 반에 없는 학습자입니다."
    if not user.is_active:
        return f"사용이 중지된 계정입니다. {ASK_ADMIN}"
    if instructor.is_staff:
        return None
    if user.is_staff or user.is_instructor or user.is_superuser:
        return f"강사나 관리자의 계정입니다. {ASK_ADMIN}"
    taught = Classroom.objects.taught_by(instructor)
    attended = Enrollment.objects.of(enrollment.learner).active()
    if not taught.filter(pk=enrollment.classroom_id).exists():
        return "담당하는 반이 아닙니다."
    if attended.exclude(classroom__in=taught).exists():
        return f"다른 강사의 반에도 다니는 학습자입니다. {ASK_ADMIN}"
    return None


@transaction.atomic
def reset_for_learner(*, enrollment: Enrollment, by: User, now: dt.datetime) -> str:
    """The code, shown once; it is audited where it is made.

    Raises ArchivedError, and RefusedError with what `may_reset` says.
    """
    # Held until the code is there: who joins another class waits, and then voids it.
    lock_learners(enrollment.learner)
    rows = Enrollment.objects.select_related("learner__user", "classroom")
    current = rows.get(pk=enrollment.pk)
    refuse_archived(current.classroom)
    reason = may_reset(by, current)
    user = current.learner.user
    if reason is not None or user is None:
        raise RefusedError(reason or ASK_ADMIN)
    return issue_reset_code(user=user, by=by, now=now)
