"""Codes that people read aloud, copy from a card, or type on a phone."""

import hashlib
import hmac
import secrets
import unicodedata

from django.conf import settings

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0/O, 1/I/L: what looks alike on paper."""


def make_code(length: int) -> str:
    """A new random code; 8 signs are 2^39 possibilities, 12 are 2^59."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def read_code(text: str) -> str:
    """What somebody typed, as codes are written: capitals, no spaces and hyphens, NFKC.

    Signs that no code has stay: the code is then simply unknown.
    """
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in folded if not sign.isspace() and sign not in "-‐–—_.")


def spoken_code(code: str) -> str:
    """In groups of four, as it is printed: ABCD-EFGH."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def code_digest(purpose: str, code: str) -> str:
    """What the database keeps of a secret code: useless without the site's secret key.

    A keyed hash rather than a password hash, because a code is looked up by it; throttling makes
    guessing hopeless, the key makes a stolen database useless.
    """
    key = f"{settings.SECRET_KEY}:{purpose}".encode()
    return hmac.new(key, code.encode(), hashlib.sha256).hexdigest()
