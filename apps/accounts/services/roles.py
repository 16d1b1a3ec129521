"""What administrators change about accounts; each change leaves a line in the trail."""

import datetime as dt

from django.db import transaction

from apps.accounts.models import Role, User
from apps.accounts.services.audit import record_audit
from apps.accounts.services.resetting import void_reset_codes
from apps.accounts.services.signing import end_sessions


class LastAdminError(Exception):
    """Without an administrator nobody could mend anything; the text is Korean."""

    def __init__(self) -> None:
        super().__init__("마지막 관리자입니다. 다른 사람을 관리자로 정한 뒤에 바꿀 수 있습니다.")


def _locked(pk: int) -> tuple[User, set[int]]:
    """The account and the ids of all active administrators, held until the transaction ends.

    All of them are locked in one order: two administrators who remove each other at the same time
    would otherwise both succeed.
    """
    admins = User.objects.filter(is_staff=True, is_active=True).order_by("pk")
    held = set(admins.select_for_update(of=("self",)).values_list("pk", flat=True))
    return User.objects.select_for_update(of=("self",)).get(pk=pk), held


@transaction.atomic
def set_role(*, user: User, role: Role, by: User, now: dt.datetime) -> User:
    """Raises LastAdminError; returns the changed account. The same role again changes nothing."""
    row, admins = _locked(user.pk)
    before = row.role
    if before is role:
        return row
    if role is not Role.ADMIN and admins == {row.pk}:
        raise LastAdminError
    row.is_staff = role is Role.ADMIN
    row.is_instructor = role is Role.INSTRUCTOR
    # Django's own flag would outrank roles; no page of this site sets it.
    row.is_superuser = row.is_superuser and row.is_staff
    row.save(update_fields=["is_staff", "is_instructor", "is_superuser"])
    void_reset_codes(row)  # an instructor's code for a learner must not open an administrator's
    record_audit(
        actor=by,
        action="role-changed",
        subject=row.username,
        now=now,
        user=row.pk,
        before=before.value,
        after=role.value,
    )
    return row


@transaction.atomic
def set_active(*, user: User, active: bool, by: User, now: dt.datetime) -> User:
    """Closes an account or opens it again; nothing of it is lost. Raises LastAdminError.

    Browsers and codes of before stay outside when it opens again: who closes an account may do so
    because somebody else has them.
    """
    row, admins = _locked(user.pk)
    if row.is_active == active:
        return row
    if not active and admins == {row.pk}:
        raise LastAdminError
    row.is_active = active
    row.save(update_fields=["is_active"])
    end_sessions(row)
    void_reset_codes(row)
    action = "account-opened" if active else "account-closed"
    record_audit(actor=by, action=action, subject=row.username, now=now, user=row.pk)
    return row
