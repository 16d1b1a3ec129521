"""Who is learning: the account's learner, or the one of this browser."""

import datetime as dt

from django.db import transaction
from django.http import HttpRequest

from apps.accounts.models import Learner, User

SESSION_KEY = "learner_id"
LEFT_KEY = "left_learner_id"
"""A learner whom this browser had before somebody signed in here; the site asks whose that is."""
NAME_KEY = "learner_name"
"""What the header calls somebody who joined by name alone, without asking the database."""
_ACTIVE_STEP = dt.timedelta(days=1)


def current_learner(request: HttpRequest) -> Learner | None:
    """The learner of this request, if there is one; never makes one, so reading stays a read."""
    if isinstance(request.user, User):
        return Learner.objects.select_related("user").filter(user=request.user).first()
    learner_id = request.session.get(SESSION_KEY)
    if learner_id is None:
        return None
    learner = Learner.objects.filter(pk=learner_id, user=None, erased_at=None).first()
    if learner is None and NAME_KEY in request.session:
        # Erased, or an account's by now, from another browser: this one says the name no more.
        del request.session[NAME_KEY]
    return learner


@transaction.atomic
def ensure_learner(request: HttpRequest, *, now: dt.datetime) -> Learner:
    """The learner of this request; a first action makes an anonymous one in this browser."""
    learner = current_learner(request)
    if learner is None and isinstance(request.user, User):
        learner = learner_of(request.user, now=now)
    if learner is None:
        learner = Learner.objects.create(created_at=now, active_at=now)
        request.session[SESSION_KEY] = learner.pk
    elif learner.active_at is None or now - learner.active_at >= _ACTIVE_STEP:
        # Once a day is enough for a retention period, and spares a write with every action.
        Learner.objects.filter(pk=learner.pk).update(active_at=now)
    return learner


def learner_of(user: User, *, now: dt.datetime) -> Learner:
    """The learner of an account, made when it is first needed."""
    learner, _ = Learner.objects.get_or_create(
        user=user, defaults={"created_at": now, "active_at": now}
    )
    return learner


def use_in_this_browser(request: HttpRequest, learner: Learner, *, shared: bool = False) -> None:
    """From now on this browser, without an account, is this learner's.

    - `shared`: until it is closed, for a computer that others use too
    """
    before = request.session.get(SESSION_KEY)
    request.session.cycle_key()
    request.session.set_expiry(0 if shared else None)
    if before is not None and before != learner.pk:
        request.session[LEFT_KEY] = before
    request.session[SESSION_KEY] = learner.pk
    request.session[NAME_KEY] = learner.name
