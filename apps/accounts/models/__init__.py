"""Who people are (`people`), and what guards the doors (`guards`)."""

from apps.accounts.models.guards import AuditEntry, FailedTry, ResetCode, SetupToken
from apps.accounts.models.people import Learner, Role, User

__all__ = ["AuditEntry", "FailedTry", "Learner", "ResetCode", "Role", "SetupToken", "User"]
