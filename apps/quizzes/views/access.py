"""Every page of an attempt begins here: it is found among its owner's, or not at all."""

import datetime as dt
import secrets
from uuid import UUID

from django.http import Http404, HttpRequest

from apps.accounts.services import current_learner
from apps.quizzes.dealing import SEEDS
from apps.quizzes.models import Attempt, AttemptItem
from apps.quizzes.queries import current_items
from apps.quizzes.services.taking import close_if_over


def own_attempt(request: HttpRequest, public_id: UUID, *, now: dt.datetime) -> Attempt:
    """The learner's attempt, closed first if its time is over; 404 for anybody else's."""
    attempt = (
        Attempt.objects.of(current_learner(request))
        .select_related("run__quiz", "learner")
        .filter(public_id=public_id)
        .first()
    )
    if attempt is None:
        raise Http404
    return close_if_over(attempt=attempt, now=now)


def item_at(attempt: Attempt, position: int) -> tuple[AttemptItem, list[AttemptItem]]:
    """The item at a position, and all current ones."""
    items = current_items(attempt)
    found = next((item for item in items if item.position == position), None)
    if found is None:
        raise Http404
    return found, items


def newest_item(attempt: Attempt, position: int) -> AttemptItem:
    """The item at a position alone, for a save, which needs no others."""
    item = (
        attempt.items.filter(position=position)
        .select_related("version")
        .order_by("-try_number")
        .first()
    )
    if item is None:
        raise Http404
    item.attempt = attempt
    return item


def fresh_seed() -> int:
    return secrets.randbelow(SEEDS)
