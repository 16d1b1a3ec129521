"""How often somebody may guess: per account and per address, counted before anything is checked.

Sliding windows over `FailedTry` rows, in the database, so that all workers count together. A try is
written down as failed first and taken back when it succeeds: guesses sent in parallel all count.
Neither limit tells whether a name exists, because names are counted as they were typed.
"""

import datetime as dt
import ipaddress
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from apps.accounts.codes import code_digest
from apps.accounts.models import FailedTry

WINDOW = dt.timedelta(minutes=15)
PERSONAL_TRIES = 10
"""Wrong passwords of one account within the window: forty an hour, hopeless for a guess."""
SHARED_TRIES = 300
"""For a door that a whole class uses, such as the entry codes of a classroom."""
ADDRESS_TRIES = 1000
"""A school behind one address: 200 learners may each mistype five times."""


class TooManyTriesError(Exception):
    """The window is full; the text (Korean) says how long to wait."""

    def __init__(self, wait: dt.timedelta) -> None:
        self.minutes = max(1, -(-int(wait.total_seconds()) // 60))
        super().__init__(f"여러 번 틀려서 잠시 막았습니다. {self.minutes}분 뒤에 다시 해 보세요.")


@dataclass(frozen=True, slots=True)
class Try:
    """One try under way, counted as failed until it says otherwise."""

    rows: tuple[int, ...]

    def succeeded(self) -> None:
        """Takes the try back: it was right, or there was nothing to guess."""
        FailedTry.objects.filter(pk__in=self.rows).delete()


def client_address(request: HttpRequest) -> str:
    """Where the request comes from, as tries are counted.

    One household or school has a whole /64 of IPv6, so that is one address here.
    """
    given = str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ipaddress.ip_address(given.partition("%")[0])
    except ValueError:  # a socket in the file system
        return given
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def fold_name(name: str) -> str:
    """A login name as it is compared: NFKC, lower case, no spaces around."""
    return unicodedata.normalize("NFKC", name).strip().lower()


def begin_try(
    *,
    account: str,
    address: str,
    now: dt.datetime,
    known_browser: str = "",
    most: int = SHARED_TRIES,
) -> Try:
    """Counts a try, or raises TooManyTriesError.

    - `account`: what is being guessed, any string
    - `known_browser`: the secret name of a browser that this account has used; it has a window of
      its own and nothing else, so that no prank can lock the account's owner out, neither one from
      elsewhere nor one of a classmate behind the same address
    - `most`: failures that fit into the account's window; PERSONAL_TRIES for a password

    A refused try is not counted: who keeps trying does not wait longer.
    """
    limits = {code_digest("try-account", f"{account}\n{known_browser}"): most}
    if not known_browser:
        limits[code_digest("try-address", address)] = ADDRESS_TRIES
    rows = FailedTry.objects.bulk_create([FailedTry(key=key, at=now) for key in limits])
    begun = Try(tuple(row.pk for row in rows))
    wait = _wait(limits, now)
    if wait is not None:
        begun.succeeded()
        raise TooManyTriesError(wait)
    return begun


def _wait(limits: Mapping[str, int], now: dt.datetime) -> dt.timedelta | None:
    """How long until each window has room; None when it has. The try itself is among the rows."""
    waits = []
    for key, most in limits.items():
        inside = FailedTry.objects.filter(key=key, at__gt=now - WINDOW).order_by("-at", "-pk")
        # Where there are too many, room comes when the `most`-th newest of the others has left.
        blocking = inside.values_list("at", flat=True)[most : most + 1]
        waits += [at + WINDOW - now for at in blocking]
    return max(waits, default=None)


def forget_old_tries(now: dt.datetime) -> int:
    """Deletes what no window reaches any more; how many rows."""
    return FailedTry.objects.filter(at__lte=now - WINDOW).delete()[0]
