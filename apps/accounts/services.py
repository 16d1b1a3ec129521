"""Who is learning: the account's learner, or the one of this browser."""

import datetime as dt

from django.db import transaction
from django.http import HttpRequest

from apps.accounts.models import Learner, User

SESSION_KEY = "learner_id"


def current_learner(request: HttpRequest) -> Learner | None:
    """The learner of this request, if there is one; never makes one, so reading stays a read."""
    if isinstance(request.user, User):
        return Learner.objects.filter(user=request.user).first()
    learner_id = request.session.get(SESSION_KEY)
    if learner_id is None:
        return None
    return Learner.objects.filter(pk=learner_id, user__isnull=True).first()


@transaction.atomic
def ensure_learner(request: HttpRequest, *, now: dt.datetime) -> Learner:
    """The learner of this request; a first action makes an anonymous one in this browser."""
    learner = current_learner(request)
    if learner is not None:
        return learner
    if isinstance(request.user, User):
        learner, _ = Learner.objects.get_or_create(user=request.user, defaults={"created_at": now})
        return learner
    learner = Learner.objects.create(created_at=now)
    request.session[SESSION_KEY] = learner.pk
    return learner
