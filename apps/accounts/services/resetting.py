"""New passwords for those who forgot theirs: a person vouches, no mail is needed."""

import datetime as dt

from django.contrib.auth.hashers import make_password
from django.db import transaction

from apps.accounts.codes import code_digest, make_code, read_code
from apps.accounts.models import ResetCode, User
from apps.accounts.services.audit import record_audit
from apps.accounts.services.signing import end_sessions, find_user

LIFETIME = dt.timedelta(hours=24)
CODE_LENGTH = 8
"""2^39 possibilities, of which somebody may try a thousand while the code lives."""
_PURPOSE = "reset"


class WrongCodeError(Exception):
    """No such code for this name, or it is spent; the same text for names that do not exist."""

    def __init__(self) -> None:
        super().__init__(
            "로그인 이름이나 코드가 맞지 않습니다. "
            "코드는 하루 동안 한 번만 쓸 수 있고, 새 코드를 받으면 예전 코드는 쓸 수 없습니다."
        )


@transaction.atomic
def issue_reset_code(*, user: User, by: User, now: dt.datetime) -> str:
    """A code for `user`, who is told it by `by`; earlier ones stop working.

    Whether `by` may do that for `user` is decided before. The code is shown once: only its digest
    is kept.
    """
    code = make_code(CODE_LENGTH)
    void_reset_codes(user)
    ResetCode.objects.create(
        user=user,
        digest=code_digest(_PURPOSE, code),
        issued_by=by,
        issued_at=now,
        expires_at=now + LIFETIME,
    )
    record_audit(actor=by, action="reset-code-issued", subject=user.username, now=now, user=user.pk)
    return code


def void_reset_codes(user: User) -> None:
    """Codes that wait stop working: by now they might open more than they were given for."""
    ResetCode.objects.filter(user=user, used_at=None).delete()


def change_password(*, user: User, password: str) -> None:
    """A new password by who knew the old one; all other browsers are signed out by it."""
    user.set_password(password)
    with transaction.atomic():
        user.save(update_fields=["password"])
        void_reset_codes(user)


def find_reset_code(*, name: str, code: str, now: dt.datetime) -> ResetCode | None:
    """The open code of this account, as somebody typed both."""
    user = find_user(name)
    digest = code_digest(_PURPOSE, read_code(code))
    # Asked for also where there is no such account, so that both take the same time.
    return ResetCode.objects.filter(
        user_id=user.pk if user else 0,
        user__is_active=True,
        digest=digest,
        used_at=None,
        expires_at__gt=now,
    ).first()


def reset_password(*, name: str, code: str, password: str, now: dt.datetime) -> User:
    """Sets the password and signs every browser out; raises WrongCodeError.

    Of two who use one code at once, one gets in.
    """
    found = find_reset_code(name=name, code=code, now=now)
    if found is None:
        raise WrongCodeError
    hashed = make_password(password)  # slow on purpose: not while the transaction holds others up
    with transaction.atomic():
        if not ResetCode.objects.filter(pk=found.pk, used_at=None).update(used_at=now):
            raise WrongCodeError
        user = User.objects.select_for_update(of=("self",)).get(pk=found.user_id)
        user.password = hashed
        user.save(update_fields=["password"])
        end_sessions(user)
        record_audit(
            actor=user, action="password-reset", subject=user.username, now=now, user=user.pk
        )
    return user
