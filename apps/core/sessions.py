"""Sessions in the database, whose keys are only ever asked for when they could be ours."""

import re

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

_KEY = re.compile(r"[a-z0-9]{32}")  # what Django makes


class SessionStore(DatabaseStore):
    """Django's, but a forged cookie never reaches the database.

    A quoted cookie can spell any character (`"\\000"`), and PostgreSQL refuses some of them with an
    error where SQLite just finds nothing.
    """

    def _validate_session_key(self, key: str | None) -> bool:
        return key is not None and bool(_KEY.fullmatch(key))
