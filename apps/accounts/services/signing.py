"""Signing in and out, and what a browser takes along."""

import datetime as dt
from urllib.parse import urlencode

from django.contrib.auth import authenticate, login, logout
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.urls import reverse

from apps.accounts.models import Learner, User
from apps.accounts.services.learners import LEFT_KEY, NAME_KEY, SESSION_KEY
from apps.accounts.services.moving import record_counts
from apps.accounts.throttling import Try, fold_name


def find_user(name: str) -> User | None:
    """The account of this login name, however it was typed (case, full-width letters)."""
    return (
        User.objects.annotate(folded=Lower("username"))
        .filter(folded=fold_name(name))
        .order_by("pk")
        .first()
    )


def check_password(request: HttpRequest, *, name: str, password: str) -> User | None:
    """Who may sign in with this; the same work for names that do not exist."""
    user = find_user(name)
    found = authenticate(
        request, username=user.username if user else fold_name(name), password=password
    )
    return found if isinstance(found, User) else None


@transaction.atomic
def sign_in(
    request: HttpRequest,
    user: User,
    *,
    now: dt.datetime,
    begun: Try | None = None,
    shared: bool = False,
) -> None:
    """The session becomes the account's.

    What was done in this browser before stays apart, under LEFT_KEY: the site asks whose it is.
    - `begun`: the try that came to this, taken back here. One transaction for all: a whole class
      signs in at the bell, and each commit is a wait for the disk.
    - `shared`: the session ends with the browser, for a computer that others use too.
    """
    if begun is not None:
        begun.succeeded()
    before = None
    if not request.user.is_authenticated:
        before = request.session.get(SESSION_KEY) or request.session.get(LEFT_KEY)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    request.session.pop(SESSION_KEY, None)
    request.session.pop(NAME_KEY, None)
    request.session.pop(LEFT_KEY, None)
    if before is not None:
        request.session[LEFT_KEY] = before
    if shared:
        request.session.set_expiry(0)


def after_sign_in(request: HttpRequest, next_url: str) -> str:
    """Where to go now: first to the question whose records this browser holds, if it holds any."""
    left_id = request.session.get(LEFT_KEY, 0)
    left = Learner.objects.filter(pk=left_id, user=None, erased_at=None).first()
    if left is not None and record_counts(left):
        return f"{reverse('home:move')}?{urlencode({'next': next_url})}"
    request.session.pop(LEFT_KEY, None)
    return next_url


def sign_out(request: HttpRequest) -> None:
    """Nothing of whoever used this browser stays in its session, name-only learners too."""
    logout(request)


def end_sessions(user: User) -> None:
    """Every browser of the account is signed out with its next request."""
    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["session_generation"])
