"""The trail of what was done to accounts and classes, and of who may use whose questions."""

import datetime as dt
from typing import Any

from apps.accounts.models import AuditEntry, User


def record_audit(
    *, actor: User | None, action: str, subject: str, now: dt.datetime, **detail: Any
) -> AuditEntry:
    """Add a line to the trail. Never secrets, never what a learner wrote."""
    return AuditEntry.objects.create(
        at=now, actor=actor, action=action, subject=subject[:120], detail=detail
    )
