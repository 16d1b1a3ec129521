"""Two texts compared word by word: what stayed, what went, what came.

A Korean word with its particle is one word: 규칙은 and 규칙이 are told whole, which reads better
than the one syllable that differs.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

# A word, or a single sign, with the white space before it; white space alone only at the end.
_TOKEN = re.compile(r"\s*(?:\w+|[^\w\s])|\s+\Z")
# Comparing costs time and memory by the product of both lengths.
_MOST_CELLS = 250_000


class Mark(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and what became of it."""

    mark: Mark
    text: str


def diff_words(old: str, new: str) -> tuple[Piece, ...]:
    """In reading order: without the added pieces they are `old`, without the removed ones `new`.

    Texts of hundreds of words that have little in common are told as replaced whole.
    """
    tidied = _tidy(list(_diff(_TOKEN.findall(old), _TOKEN.findall(new))))
    return tuple(
        Piece(mark, "".join(piece.text for piece in run))
        for mark, run in groupby(tidied, key=lambda piece: piece.mark)
    )


def diff_lists(old: Sequence[str], new: Sequence[str]) -> tuple[Piece, ...]:
    """The same for whole entries, one piece each."""
    return tuple(Piece(mark, text) for mark, text in _diff(old, new))


def _diff(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Mark, str]]:
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    yield from ((Mark.SAME, token) for token in new[:head])
    yield from _middle(old[head : len(old) - tail], new[head : len(new) - tail])
    yield from ((Mark.SAME, token) for token in new[len(new) - tail :])


def _middle(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Mark, str]]:
    """By a longest common subsequence; what was removed stands before what was added."""
    if len(old) * len(new) > _MOST_CELLS:
        yield from ((Mark.REMOVED, token) for token in old)
        yield from ((Mark.ADDED, token) for token in new)
        return
    longest = _table(old, new)
    row = column = 0
    while row < len(old) or column < len(new):
        if row < len(old) and column < len(new) and old[row] == new[column]:
            yield Mark.SAME, new[column]
            row, column = row + 1, column + 1
        elif column == len(new) or (
            row < len(old) and longest[row + 1][column] >= longest[row][column + 1]
        ):
            yield Mark.REMOVED, old[row]
            row += 1
        else:
            yield Mark.ADDED, new[column]
            column += 1


def _table(old: Sequence[str], new: Sequence[str]) -> list[list[int]]:
    """For every pair of suffixes how many tokens they have in common, in order."""
    below = [0] * (len(new) + 1)
    rows = [below]
    for token in reversed(old):
        row = [0] * (len(new) + 1)
        for column in range(len(new) - 1, -1, -1):
            if token == new[column]:
                row[column] = below[column + 1] + 1
            else:
                row[column] = max(below[column], row[column + 1])
        rows.append(row)
        below = row
    return rows[::-1]


def _tidy(marked: Sequence[tuple[Mark, str]]) -> Iterator[Piece]:
    """Neighbors of one kind as one piece.

    Between two changes a mere sign that happens to be in both texts (a comma) is no island.
    """
    runs = [
        (mark, "".join(text for _, text in run))
        for mark, run in groupby(marked, key=lambda each: each[0])
    ]
    removed = added = ""
    for index, (mark, text) in enumerate(runs):
        if mark is Mark.REMOVED:
            removed += text
        elif mark is Mark.ADDED:
            added += text
        elif 0 < index < len(runs) - 1 and not any(letter.isalnum() for letter in text):
            removed, added = removed + text, added + text
        else:
            yield from _changed(removed, added)
            removed = added = ""
            yield Piece(Mark.SAME, text)
    yield from _changed(removed, added)


def _changed(removed: str, added: str) -> Iterator[Piece]:
    """Without the white space before both, which stayed."""
    space = 0
    while space < min(len(removed), len(added)) and (
        removed[space] == added[space] and removed[space].isspace()
    ):
        space += 1
    if space:
        yield Piece(Mark.SAME, added[:space])
    removed, added = removed[space:], added[space:]
    if removed:
        yield Piece(Mark.REMOVED, removed)
    if added:
        yield Piece(Mark.ADDED, added)
