"""Reads for the administrators' pages."""

from django.db.models import Q, QuerySet

from apps.accounts.models import AuditEntry, ResetCode, Role, User
from apps.accounts.throttling import fold_name

_ROLES = {
    Role.ADMIN: Q(is_staff=True),
    Role.INSTRUCTOR: Q(is_staff=False, is_instructor=True),
    Role.LEARNER: Q(is_staff=False, is_instructor=False),
}


def find_accounts(*, text: str = "", role: str = "", state: str = "") -> QuerySet[User]:
    """Accounts whose login name, name or mail contains `text`; by login name."""
    found = User.objects.order_by("username", "pk")
    if text.strip():
        found = found.filter(
            Q(username__icontains=fold_name(text))
            | Q(display_name__icontains=text.strip())
            | Q(email__icontains=text.strip())
        )
    if role in Role.values:
        found = found.filter(_ROLES[Role(role)])
    return found.filter(is_active=False) if state == "closed" else found


def trail(user: User | None = None) -> QuerySet[AuditEntry]:
    """The audit trail, newest first: all of it, or what was done to or by one account."""
    entries = AuditEntry.objects.select_related("actor").order_by("-pk")
    if user is None:
        return entries
    return entries.filter(Q(detail__user=user.pk) | Q(actor=user))


def is_last_admin(user: User) -> bool:
    if not (user.is_staff and user.is_active):
        return False
    return not User.objects.filter(is_staff=True, is_active=True).exclude(pk=user.pk).exists()


def open_reset_code(user: User) -> ResetCode | None:
    """The code that waits to be used, if there is one (its text is not known any more)."""
    return (
        ResetCode.objects.filter(user=user, used_at=None)
        .select_related("issued_by")
        .order_by("-pk")
        .first()
    )
