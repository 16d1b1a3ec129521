r"""Signs that mean something in GIFT, and those that a backslash makes mere letters.

`protect` puts an escaped sign out of the way as one sign that no text has, so that everything
behind it may look for "=", "~", "{" as such; `restore` brings it back. A backslash before any other
sign is a backslash: "\->" stays as it is, as in Moodle.
"""

import re

from apps.studio.exchange.items import TextFormat

_ESCAPED = re.compile(r"\\([\\:#={}~n])")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Half of a pair of UTF-16 on its own is in no decoded text.
_HIDDEN = {f"\\{sign}": chr(0xDC00 + ord(sign)) for sign in r"\:#={}~n"}
_SHOWN = {ord(hidden): escaped[1] for escaped, hidden in _HIDDEN.items()} | {
    0xDC00 + ord("n"): "\n"
}
_WRITTEN = {ord(sign): f"\\{sign}" for sign in r"\:#={}~"} | {ord("\n"): "\\n"}
_MARKER = re.compile(r"\[(html|moodle|plain|markdown)\]")
_WEIGHT = re.compile(r"%(-?[0-9]{1,20}(?:\.[0-9]{0,20})?)%")


def scrub(text: str) -> str:
    """Without halves of UTF-16 pairs, which no file can hold."""
    return _SURROGATE.sub("\ufffd", text) if _SURROGATE.search(text) else text


def protect(text: str) -> str:
    return _ESCAPED.sub(lambda found: _HIDDEN[found[0]], scrub(text))


def restore(protected: str) -> str:
    """The text itself, without blanks around it."""
    return protected.translate(_SHOWN).strip()


def escape(text: str) -> str:
    return text.translate(_WRITTEN)


def split_format(protected: str) -> tuple[TextFormat | None, str]:
    """What `[html]` and the like before a text say, and the rest; without such: None."""
    found = _MARKER.match(protected)
    return (TextFormat(found[1]), protected[found.end() :]) if found else (None, protected)


def split_weight(protected: str) -> tuple[str | None, str]:
    """The percentage before an answer as it is written, and the rest."""
    found = _WEIGHT.match(protected)
    return (found[1], protected[found.end() :]) if found else (None, protected)


def is_weight(text: str) -> bool:
    return bool(_WEIGHT.fullmatch(f"%{text}%"))
