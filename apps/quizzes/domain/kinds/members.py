"""The members of a body (choices, rows, items): their ids, and the order they are dealt in.

An id is made from the text of its member. So it stays when members are added, removed or moved,
it tells nothing (a number in file order would: many authors write the right choice first), and
when a text is changed, an answer to the old one falls out instead of meaning something else.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence

from .base import Form, Json

_ID_DIGITS = 6


def members(prefix: str, texts: Sequence[str]) -> list[Json]:
    """`[{"id", "text"}, …]` in the order given. The texts differ from each other."""
    digits = _ID_DIGITS
    while True:
        ids = [prefix + hashlib.sha256(text.encode()).hexdigest()[:digits] for text in texts]
        if len(set(ids)) == len(ids):
            return [{"id": id_, "text": text} for id_, text in zip(ids, texts, strict=True)]
        digits += 1


def ids_of(listed: Iterable[Json]) -> list[str]:
    return [member["id"] for member in listed]


def texts_of(listed: Iterable[Json]) -> dict[str, str]:
    """Texts by id."""
    return {member["id"]: member["text"] for member in listed}


def deal(body: Json, name: str, *, seed: int, shuffle: bool) -> list[str]:
    """The ids of the list `name` of a body: as they stand there, or in an order drawn by the seed.

    The whole body goes into the draw, so that two items with the same seed do not move alike. By
    hashes, not by `random`: the same order under every version of Python.
    """
    ids = ids_of(body[name])
    if not shuffle:
        return ids
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    start = hashlib.sha256(f"{seed}\n{name}\n{text}".encode())

    def drawn(id_: str) -> bytes:
        draw = start.copy()
        draw.update(b"\n" + id_.encode())
        return draw.digest()

    return sorted(ids, key=drawn)


def one_of(form: Form, name: str, allowed: Iterable[str]) -> str | None:
    """The last value of a field that is allowed."""
    known = set(allowed)
    return next((value for value in reversed(form.get(name, ())) if value in known), None)
