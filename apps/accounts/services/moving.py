"""Two learners turn out to be one person: everything of the one becomes the other's."""

import datetime as dt

from django.db import transaction

from apps.accounts.hooks import Moving, all_records
from apps.accounts.models import Learner


class NotMovableError(Exception):
    """The records of an account are nobody else's."""


def record_counts(learner: Learner) -> list[tuple[str, int]]:
    """What this learner has, in words and numbers, such as [("퀴즈 응시", 3)]; [] for nothing."""
    return [counted for records in all_records() for counted in records.count(learner)]


@transaction.atomic
def move_records(*, source: Learner, target: Learner, now: dt.datetime) -> bool:
    """Everything of `source` becomes `target`'s; whether there was still something to do.

    `source` has no account; it is left empty and erased, so that a second time (another tab, a
    second press) finds nothing to do. Raises NotMovableError for an account's own learner.
    """
    locked = lock_learners(source, target)
    source, target = locked[source.pk], locked[target.pk]
    if source.user_id is not None:
        raise NotMovableError
    if source.pk == target.pk or source.erased_at is not None or target.erased_at is not None:
        return False
    moving = Moving(source, target, now)
    for records in all_records():
        records.move(moving)
    close_learner(source, now=now)
    Learner.objects.filter(pk=target.pk).update(active_at=now)
    return True


def lock_learners(*learners: Learner) -> dict[int, Learner]:
    """Both rows for this transaction alone, by primary key.

    Always in the same order: two moves that cross each other wait instead of blocking each other.
    """
    rows = Learner.objects.select_for_update(of=("self",)).select_related("user")
    found = rows.filter(pk__in=[learner.pk for learner in learners]).order_by("pk")
    return {learner.pk: learner for learner in found}


def close_learner(learner: Learner, *, now: dt.datetime) -> None:
    """The row stays for what points to it; nobody is this learner any more."""
    Learner.objects.filter(pk=learner.pk).update(
        user=None, name="", is_admitted=False, erased_at=now
    )
