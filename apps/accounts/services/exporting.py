"""Everything that the site keeps about a person, for that person."""

from typing import Any

from apps.accounts.hooks import all_records
from apps.accounts.models import Learner, User

FORMAT = "gureum-records-1"


def export_records(learner: Learner) -> dict[str, Any]:
    """JSON-serializable: the person, then each app's records under the app's name.

    Times are ISO 8601 in UTC. Never a password, a code or a digest of one; never a key or a score
    that the person may not know yet.
    """
    document: dict[str, Any] = {
        "format": FORMAT,
        "person": {
            "name": learner.shown_name,
            "created_at": learner.created_at.isoformat(),
            "active_at": learner.active_at.isoformat() if learner.active_at else None,
            "account": _account(learner.user) if learner.user else None,
        },
    }
    return document | {records.name: records.export(learner) for records in all_records()}


def _account(user: User) -> dict[str, Any]:
    return {
        "username": user.username,
        "display_name": user.display_name,
        "email": user.email,
        "role": user.role.label,
        "joined_at": user.date_joined.isoformat(),
        "last_login_at": user.last_login.isoformat() if user.last_login else None,
    }
