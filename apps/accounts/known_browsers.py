"""A cookie by which an account's usual browsers are told from strangers'.

Wrong passwords from strangers fill the strangers' window only; the owner still comes in from a
browser that has signed in before. The cookie opens nothing: it holds a random name per account,
signed, under which this browser's own failures are counted.
"""

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from apps.accounts.codes import code_digest
from apps.accounts.throttling import fold_name

COOKIE = "gureum_known"
_SALT = "accounts.known-browser"
_AGE = 60 * 60 * 24 * 365
_MOST_ACCOUNTS = 6  # a family's tablet; on a shared computer the oldest are forgotten


def known_browser(request: HttpRequest, name: str) -> str:
    """The secret name under which this browser is known to the account, or ""."""
    return _read(request).get(_key(name), "")


def remember_browser(request: HttpRequest, response: HttpResponseBase, name: str) -> None:
    """After signing in: this browser is one of the account's."""
    known = _read(request)
    key = _key(name)
    known[key] = known.pop(key, "") or secrets.token_hex(8)
    latest = dict(list(known.items())[-_MOST_ACCOUNTS:])
    response.set_cookie(
        COOKIE,
        signing.dumps(latest, salt=_SALT),
        max_age=_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _key(name: str) -> str:
    return code_digest("known-browser", fold_name(name))[:16]


def _read(request: HttpRequest) -> dict[str, str]:
    try:
        found: Any = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_AGE)
    except signing.BadSignature:
        return {}
    return found if isinstance(found, dict) else {}
