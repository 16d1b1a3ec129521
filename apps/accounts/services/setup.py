"""The link that makes the first administrator of a new site."""

import datetime as dt
import secrets

from django.db import transaction

from apps.accounts.codes import code_digest
from apps.accounts.models import Role, SetupToken, User
from apps.accounts.services.audit import record_audit
from apps.accounts.services.signup import create_account

_PURPOSE = "setup"


class SpentTokenError(Exception):
    """The link was used, is older than the last start, or was never given; Korean."""

    def __init__(self) -> None:
        super().__init__(
            "이 설정 링크는 쓸 수 없습니다. 이미 썼거나, 서버를 다시 시작해서 새 링크가 나왔습니다."
        )


def has_administrator() -> bool:
    return User.objects.filter(is_staff=True, is_active=True).exists()


@transaction.atomic
def new_setup_token(*, now: dt.datetime) -> str | None:
    """A fresh token while there is no administrator, else None; older ones stop working."""
    SetupToken.objects.filter(used_at=None).delete()
    if has_administrator():
        return None
    token = secrets.token_urlsafe(24)
    SetupToken.objects.create(digest=code_digest(_PURPOSE, token), created_at=now)
    return token


def is_valid_token(token: str) -> bool:
    """Whether the link opens the setup page; a site with an administrator has none."""
    open_tokens = SetupToken.objects.filter(used_at=None, digest=code_digest(_PURPOSE, token))
    return open_tokens.exists() and not has_administrator()


@transaction.atomic
def set_up(
    *, token: str, username: str, password: str, display_name: str, now: dt.datetime
) -> User:
    """The first administrator, who teaches too; SpentTokenError or NameTakenError otherwise.

    Of two who open the link at once, one gets in: the row of the token is taken by one only.
    """
    if has_administrator():
        raise SpentTokenError
    digest = code_digest(_PURPOSE, token)
    if not SetupToken.objects.filter(digest=digest, used_at=None).update(used_at=now):
        raise SpentTokenError
    user = create_account(
        username=username,
        password=password,
        role=Role.ADMIN,
        display_name=display_name,
        now=now,
    )
    record_audit(actor=user, action="site-set-up", subject=user.username, now=now)
    return user
