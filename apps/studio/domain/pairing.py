"""Which choice of a new wording is which of the old one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

# From this share of common letters on, one text is a rewording of the other.
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Pairing:
    """Members (`{"id", "text"}`) of two lists: pairs in the new order, and who stays alone."""

    pairs: tuple[tuple[Json, Json], ...]
    removed: tuple[Json, ...]
    added: tuple[Json, ...]

    @property
    def new_ids(self) -> dict[str, str]:
        """The new id of every old one that goes on."""
        return {old["id"]: new["id"] for old, new in self.pairs}


def pair_members(old: Sequence[Json], new: Sequence[Json]) -> Pairing:
    """By id, then by text, then by likeness, the most alike first."""
    found: dict[str, Json] = {}  # by new id
    rest = {member["id"]: member for member in old}
    for name in ("id", "text"):
        known = {member[name]: member for member in rest.values()}
        for member in new:
            if member["id"] not in found and (match := known.pop(member[name], None)):
                found[member["id"]] = rest.pop(match["id"])
    likeness = sorted(
        (
            (_likeness(before["text"], after["text"]), before["id"], after["id"])
            for before in rest.values()
            for after in new
            if after["id"] not in found
        ),
        key=lambda each: -each[0],
    )
    for alike, old_id, new_id in likeness:
        if alike >= _ALIKE and old_id in rest and new_id not in found:
            found[new_id] = rest.pop(old_id)
    return Pairing(
        pairs=tuple((found[each["id"]], each) for each in new if each["id"] in found),
        removed=tuple(rest.values()),
        added=tuple(each for each in new if each["id"] not in found),
    )


def _likeness(one: str, other: str) -> float:
    """0 to 1 by pairs of neighboring letters, white space aside."""
    first, second = _bigrams(one), _bigrams(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0


def _bigrams(text: str) -> Counter[str]:
    letters = "".join(text.split())
    return Counter(letters[index : index + 2] for index in range(len(letters) - 1))
