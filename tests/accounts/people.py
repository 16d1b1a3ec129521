"""People for the tests, and how they come in."""

import datetime as dt
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.test import Client

from apps.accounts.models import Learner, User
from apps.accounts.services.learners import SESSION_KEY

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

NOW = dt.datetime(2026, 3, 6, 23, 59, tzinfo=dt.UTC)
PASSWORD = "구름 사다리 9칸"
NEW_PASSWORD = "한 칸씩 올라가기"


def make_account(name: str = "haneul", role: str = "learner", **changed: object) -> User:
    """An account with PASSWORD."""
    user = User(
        username=name,
        display_name=str(changed.pop("display_name", "김하늘")),
        is_instructor=role == "instructor",
        is_staff=role == "admin",
        password=make_password(PASSWORD),
        date_joined=NOW,
    )
    for field, value in changed.items():
        setattr(user, field, value)
    user.save()
    return user


def sign_in_as(client: Client, name: str, password: str = PASSWORD, **more: str) -> "Answer":
    """Through the page, as people do."""
    return client.post("/login/", {"username": name, "password": password, **more})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def browser_with_learner(client: Client, name: str = "", *, admitted: bool = False) -> Learner:
    """This browser has a learner without an account; with a name, one of a class."""
    learner = Learner.objects.create(name=name, is_admitted=admitted, created_at=NOW)
    session = client.session
    session[SESSION_KEY] = learner.pk
    if name:
        session["learner_name"] = name
    session.save()
    return learner
