"""What accounts leave behind: sessions that ended, codes that were used, people who are long gone.

Kept beside the models they tidy; registered when the site starts.
"""

import datetime as dt
import logging

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from apps.accounts.models import FailedTry, Learner, ResetCode, SetupToken, User
from apps.accounts.services.erasing import RefusedError, erase_account, erase_learner
from apps.accounts.throttling import WINDOW, forget_old_tries
from apps.core.maintenance import Chore

logger = logging.getLogger(__name__)


def _sessions(now: dt.datetime) -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lt=now)


def _tries(now: dt.datetime) -> QuerySet[FailedTry]:
    return FailedTry.objects.filter(at__lte=now - WINDOW)


def _reset_codes(now: dt.datetime) -> QuerySet[ResetCode]:
    return ResetCode.objects.filter(Q(used_at__isnull=False) | Q(expires_at__lte=now))


def _setup_links(now: dt.datetime) -> QuerySet[SetupToken]:
    return SetupToken.objects.filter(used_at__isnull=False)


def _count_codes(now: dt.datetime) -> int:
    return _reset_codes(now).count() + _setup_links(now).count()


def _delete_codes(now: dt.datetime) -> int:
    return _reset_codes(now).delete()[0] + _setup_links(now).delete()[0]


def _long_gone(now: dt.datetime) -> tuple[QuerySet[User], QuerySet[Learner]]:
    """Accounts of learners, and learners without account, not seen for the retention period.

    Signing in counts as being here, so does everything that is written down of a learner.
    """
    days: int | None = settings.GUREUM_RETENTION_DAYS
    if days is None:
        return User.objects.none(), Learner.objects.none()
    since = now - dt.timedelta(days=days)
    learners = Learner.objects.filter(erased_at=None).annotate(
        seen_at=Coalesce("active_at", "created_at")
    )
    here = learners.filter(user__isnull=False, seen_at__gte=since)
    users = (
        User.objects.filter(is_instructor=False, is_staff=False, is_superuser=False)
        .annotate(came_at=Coalesce("last_login", F("date_joined")))
        .filter(came_at__lt=since, date_joined__lt=since)
        .exclude(pk__in=here.values("user"))
    )
    return users.order_by("pk"), learners.filter(user=None, seen_at__lt=since).order_by("pk")


def _count_long_gone(now: dt.datetime) -> int:
    users, learners = _long_gone(now)
    return users.count() + learners.count()


def _erase_long_gone(now: dt.datetime) -> int:
    """One transaction a person; who still teaches a class alone stays."""
    users, learners = _long_gone(now)
    erased = sum(erase_learner(learner=learner, now=now) for learner in learners)
    for user in users:
        try:
            erased += erase_account(user=user, now=now)
        except RefusedError:
            logger.warning("the retention period of account %s is over, but it teaches", user.pk)
    return erased


CHORES = (
    Chore(
        "sessions",
        "끝난 로그인",
        lambda now: _sessions(now).count(),
        lambda now: _sessions(now).delete()[0],
    ),
    Chore("tries", "지난 로그인 실패 기록", lambda now: _tries(now).count(), forget_old_tries),
    Chore("codes", "쓰거나 지난 코드", _count_codes, _delete_codes),
    Chore("retention", "보유 기간이 지난 학습자", _count_long_gone, _erase_long_gone),
)
