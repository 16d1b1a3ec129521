"""New accounts."""

import datetime as dt

from django.db import IntegrityError, transaction

from apps.accounts.models import Role, User
from apps.accounts.services.signing import find_user
from apps.accounts.throttling import fold_name


class NameTakenError(Exception):
    """Somebody has this login name already, in whatever case; the text is Korean."""

    def __init__(self) -> None:
        super().__init__("이미 있는 로그인 이름입니다. 다른 이름을 골라 주세요.")


def create_account(
    *,
    username: str,
    password: str,
    role: Role,
    now: dt.datetime,
    display_name: str = "",
    email: str = "",
) -> User:
    """A new account with this role, or NameTakenError.

    Nothing asks before whether the name is free: whoever asked could be overtaken. The database
    decides.
    """
    user = User(
        username=fold_name(username),
        display_name=display_name,
        email=email,
        is_instructor=role is Role.INSTRUCTOR,
        is_staff=role is Role.ADMIN,
        date_joined=now,
    )
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:
        if find_user(username) is None:
            raise
        raise NameTakenError from None
    return user
