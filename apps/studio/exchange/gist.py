"""Whether two questions ask the same, whatever is spelled otherwise."""

import re
import unicodedata

from apps.content.digests import digest_of
from apps.studio.exchange.items import Json

_NOISE = re.compile(r"[\W_]+")


def gist_of(document: Json) -> str:
    """The same for documents that differ in spelling, marks, order of choices, feedback, topic."""
    members = [_folded(text) for text in _asked(document)]
    return digest_of([document.get("kind"), _folded(document.get("stem")), sorted(members)])


def _asked(document: Json) -> list[object]:
    found: list[object] = []
    for name in ("choice", "row"):
        found += [each.get("text") for each in _tables(document, name)]
    for pair in _tables(document, "pair"):
        found += [f"{pair.get('left')} {pair.get('right')}"]
    for name in ("items", "accepted", "categories"):
        listed = document.get(name)
        found += listed if isinstance(listed, list) else []
    names = ("answer", "generator", "widget", "ask", "preset")
    return [*found, *(str(document[name]) for name in names if name in document)]


def _tables(document: Json, name: str) -> list[Json]:
    listed = document.get(name)
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []


def _folded(text: object) -> str:
    if not isinstance(text, str):
        return ""
    folded = _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())
    # Of signs alone, the signs tell them apart.
    return folded or unicodedata.normalize("NFC", text).strip()
