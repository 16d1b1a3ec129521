"""Tells that an author does not see: the key is long, stands third, or is always "true".

And questions that are one and the same. Pure: of files and of quizzes in the studio alike.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from math import sqrt

from .spec import QuestionSpec

FEWEST = 6
"""Fewer questions than these prove nothing."""
MOST = 0.5
"""The share of keys that may stand out in one way; with four choices chance makes a quarter."""
DEVIATIONS = 1.5
"""How far above guessing, in standard deviations, one place may hold the keys.

Of six questions with four choices guessing finds 1.5, and 3 keys may stand at one place; of twenty
it finds 5, and 7 may; of six statements 4 may be true. Where places are drawn by lot one place in
fifteen or so goes beyond. An author draws no lots and moves a choice in a minute, so no quiz has to
wait for luck. A share such as MOST would be too wide here: in a long quiz whoever always picks the
third choice could be right half the time.
"""
SINGLE = "single"
TRUE_FALSE = "true_false"
_NOTHING = re.compile(r"[\W_]+")

Choices = tuple[list[str], str]
"""All texts of a question in their stored order, and the key's."""


def choices_of(specs: Iterable[QuestionSpec], kind: str) -> list[Choices]:
    """Of each question of this kind, `single` or `true_false` ("true" first)."""
    found = []
    for spec in specs:
        if spec.shown.kind != kind:
            continue
        texts = {each["id"]: each["text"] for each in spec.shown.body["choices"]}
        found.append((list(texts.values()), texts[spec.secret.key["choice"]]))
    return found


def crowded_places(choices: Sequence[Choices]) -> dict[int, int]:
    """The places (from 0) that hold too many of the keys, each with how many; few prove nothing.

    Guessing finds a key among four choices less often than among two: every question counts with
    its own chance, and one that has no such place with none.
    """
    if len(choices) < FEWEST:
        return {}
    found = {}
    for place, hits in sorted(Counter(texts.index(key) for texts, key in choices).items()):
        chances = [1 / len(texts) for texts, _ in choices if len(texts) > place]
        deviation = sqrt(sum(chance * (1 - chance) for chance in chances))
        if hits > sum(chances) + DEVIATIONS * deviation:
            found[place] = hits
    return found


def stands_out(choices: Choices, *, longest: bool) -> bool:
    """Whether the key is the one longest (or shortest) choice."""
    texts, key = choices
    lengths = [len(text) for text in texts]
    best = max if longest else min
    return len(key) == best(lengths) and lengths.count(len(key)) == 1


def share_standing_out(choices: Sequence[Choices], *, longest: bool) -> float:
    """How often the key is the one longest (or shortest) choice."""
    hits = sum(stands_out(each, longest=longest) for each in choices)
    return hits / len(choices) if choices else 0.0


def gist(spec: QuestionSpec, pool: str) -> tuple[str, ...]:
    """What is asked, without spelling and order; of computed questions also what it is made of."""
    body = spec.shown.body
    members = [
        each["text"]
        for listed in body.values()
        if isinstance(listed, list)
        for each in listed
        if isinstance(each, dict) and "text" in each
    ]
    source = [f"{name}={value}" for name, value in body.items() if isinstance(value, str | dict)]
    return (
        pool if spec.shown.kind == "generated" else "",
        _folded(spec.shown.stem),
        *sorted(map(_folded, [*members, *source])),
    )


def _folded(text: str) -> str:
    return _NOTHING.sub("", unicodedata.normalize("NFKC", text).casefold())
