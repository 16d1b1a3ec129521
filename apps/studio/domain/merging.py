"""Two instructors' changes to one wording, brought together field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Merged:
    """`taken`: fields that follow the others' version; `both`: those that both changed."""

    document: Json
    taken: tuple[str, ...]
    both: tuple[str, ...]


def merge(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merged:
    """My document, with theirs wherever I left the base as it was.

    A list (choices, pairs) is one field: halves of two lists would be a question that nobody wrote.
    Where the kinds differ, nothing of theirs would fit: mine stays whole.
    """
    if len({document.get("kind") for document in (base, mine, theirs)}) > 1:
        changed = [name for name in _names(base, theirs) if base.get(name) != theirs.get(name)]
        return Merged(dict(mine), (), tuple(changed))
    document, taken, both = dict(mine), [], []
    for name in _names(base, mine, theirs):
        was, own, other = (_value(each, name) for each in (base, mine, theirs))
        if other in (was, own):
            continue
        if own != was:
            both.append(name)
            continue
        taken.append(name)
        document.pop(name, None)
        if name in theirs:
            document[name] = theirs[name]
    return Merged(document, tuple(taken), tuple(both))


def _names(*documents: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(name for each in documents for name in each))


def _value(document: Mapping[str, Any], name: str) -> Any:
    """An empty field is as good as none, and space around a text says nothing."""
    value = document.get(name)
    text = value.strip() if isinstance(value, str) else value
    return None if text in ("", [], False) else text
