"""A person goes: what names them is taken away, what others count on stays nameless."""

import datetime as dt

from django.db import transaction

from apps.accounts.hooks import all_records
from apps.accounts.models import AuditEntry, Learner, User
from apps.accounts.services.audit import record_audit
from apps.accounts.services.moving import close_learner, lock_learners
from apps.accounts.trail import ABOUT_ACCOUNTS


class RefusedError(Exception):
    """The account must not go yet; `reasons` (Korean sentences) say why and what to do first."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def objections_to_erasing(user: User) -> list[str]:
    """Why this account must not go yet; [] if it may.

    A transaction, for an app may hold what its answer rests on until the account is gone.
    """
    reasons = [_LAST_ADMIN] if _is_last_admin(user) else []
    return reasons + [reason for records in all_records() for reason in records.objections(user)]


_LAST_ADMIN = (
    "이 사이트의 관리자가 한 명뿐입니다. 다른 사람에게 관리자 역할을 준 뒤에 지울 수 있습니다."
)


def _is_last_admin(user: User) -> bool:
    admins = User.objects.filter(is_staff=True, is_active=True)
    return admins.filter(pk=user.pk).exists() and not admins.exclude(pk=user.pk).exists()


@transaction.atomic
def erase_learner(*, learner: Learner, now: dt.datetime) -> bool:
    """Take the person out of a learner without account; whether there was one to take out.

    An account's learner goes with its account (`erase_account`): here it is left alone.
    """
    locked = lock_learners(learner)[learner.pk]
    if locked.user_id is not None or locked.erased_at is not None:
        return False
    _erase(locked, now=now)
    return True


@transaction.atomic
def erase_account(*, user: User, now: dt.datetime) -> bool:
    """Erase the account's learner and delete the account; False if it was gone already.

    Its sessions end with it. Raises RefusedError for the last administrator, and where an app
    objects (the only instructor of a class).
    """
    # Everybody whose going could matter, in one order: two last administrators who leave at once
    # must not both find the other one still there.
    held = User.objects.select_for_update().filter(is_staff=True).order_by("pk")
    admins = {each.pk for each in held}
    if user.pk not in admins:
        list(User.objects.select_for_update().filter(pk=user.pk))
    current = User.objects.filter(pk=user.pk).first()
    if current is None:
        return False
    if reasons := objections_to_erasing(current):
        raise RefusedError(reasons)
    learner = Learner.objects.filter(user=current).first()
    if learner is not None:
        _erase(lock_learners(learner)[learner.pk], now=now)
    for records in all_records():
        records.release(current)
    _forget_name(current, now=now)
    current.delete()
    return True


def _forget_name(user: User, *, now: dt.datetime) -> None:
    """The trail keeps what was done, and to which number; it no longer says a name."""
    nameless = f"지운 계정 {user.pk}번"
    # Not what was done to a class: somebody could be called like one, to take its name away.
    of_people = AuditEntry.objects.filter(action__in=ABOUT_ACCOUNTS, subject=user.username)
    of_people.update(subject=nameless)
    record_audit(actor=None, action="account-erased", subject=nameless, now=now)


def _erase(learner: Learner, *, now: dt.datetime) -> None:
    for records in all_records():
        records.erase(learner, now)
    close_learner(learner, now=now)
