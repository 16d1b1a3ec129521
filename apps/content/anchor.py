"""Finds a quote of the Markdown source in the rendered tree, exactly once or not at all.

Quote and text are compared without white space and without the characters that Markdown itself
writes, so a quote may cross cells, lines and markup: `| 1 | **A** |` finds the cells "1" and "A".
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from apps.content.sanitize import HEADINGS
from apps.content.tree import Element

# Characters of markup and of drawn frames; they are ignored on both sides.
_MARKUP = frozenset("*_`|\\#~│║\u200b\ufeff")
_LINE_START = re.compile(r"^[ \t]*(?:>[ \t]?)*(?:#{1,6}[ \t]+|[-*+][ \t]+|\d{1,9}\.[ \t]+)?")
_HEADING_ID = re.compile(r"[ \t]*\{#[^}]*\}[ \t]*$", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


@dataclass(eq=False, slots=True)
class Run:
    """A text child of an element, with the heading id of the section it stands in."""

    parent: Element
    index: int
    text: str
    section: str
    order: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters start…end of one run."""

    run: Run
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """The pieces of a quote in reading order; `position` sorts quotes by where they begin."""

    pieces: tuple[Piece, ...]

    @property
    def position(self) -> tuple[int, int, int, int]:
        first, last = self.pieces[0], self.pieces[-1]
        return (first.run.order, first.start, last.run.order, last.end)


def fold(character: str) -> bool:
    """Whether a character counts for nothing in a comparison."""
    return character in _MARKUP or character.isspace()


def fold_quote(quote: str) -> str:
    """The letters of a quote that must be found, in order."""
    quote = unicodedata.normalize("NFC", quote)
    quote = _LINK.sub(r"\1", _BREAK.sub(" ", _HEADING_ID.sub("", quote)))
    lines = (_LINE_START.sub("", line) for line in quote.split("\n"))
    return "".join(character for character in "\n".join(lines) if not fold(character))


def plain_quote(quote: str) -> str:
    """A quote as a reader sees it: without Markdown, the cells of a table row set apart by `·`."""
    quote = _LINK.sub(r"\1", _BREAK.sub(" ", _HEADING_ID.sub("", quote)))
    lines = [
        _LINE_START.sub("", line).replace("`", "").replace("**", "") for line in quote.split("\n")
    ]
    cells = [cell.strip() for cell in " ".join(lines).split("|")]
    return " · ".join(" ".join(cell.split()) for cell in cells if cell)


class TextIndex:
    """The author's text of a tree, section by section. Overlays (`data-overlay`) are no text.

    A section runs from a heading (its own text included) to the next heading of any level; the
    text before the first heading is the section "".
    """

    def __init__(self, root: Element) -> None:
        self.runs: list[Run] = list(self._collect(root))
        self.sections: list[str] = [""]
        self._letters: dict[str, list[str]] = {"": []}
        self._places: dict[str, list[tuple[Run, int]]] = {"": []}
        for run in self.runs:
            if run.section not in self._letters:
                self.sections.append(run.section)
            letters = self._letters.setdefault(run.section, [])
            places = self._places.setdefault(run.section, [])
            for offset, character in enumerate(run.text):
                if not fold(character):
                    letters.append(character)
                    places.append((run, offset))
        self._text = {section: "".join(letters) for section, letters in self._letters.items()}

    def _collect(self, root: Element) -> Iterator[Run]:
        section = ""
        order = 0
        stack: list[tuple[Element, int]] = [(root, 0)]
        while stack:
            node, at = stack.pop()
            if at >= len(node.children):
                continue
            stack.append((node, at + 1))
            child = node.children[at]
            if isinstance(child, str):
                yield Run(node, at, child, section, order)
                order += 1
            elif "data-overlay" not in child.attrs:
                if child.tag in HEADINGS:
                    section = child.attrs.get("id", section)
                stack.append((child, 0))

    def count(self, quote: str, section: str) -> int:
        """How often the quote stands in the section (overlapping counts)."""
        letters = fold_quote(quote)
        return len(self._starts(letters, section)) if letters else 0

    def find(self, quote: str, section: str) -> Found | None:
        """The one place of the quote in the section; None when it stands there never or twice."""
        letters = fold_quote(quote)
        starts = self._starts(letters, section) if letters else []
        if len(starts) != 1:
            return None
        places = self._places[section][starts[0] : starts[0] + len(letters)]
        pieces: list[Piece] = []
        for run, offset in places:
            if pieces and pieces[-1].run is run:
                pieces[-1] = Piece(run, pieces[-1].start, offset + 1)
            else:
                pieces.append(Piece(run, offset, offset + 1))
        return Found(tuple(pieces))

    def _starts(self, letters: str, section: str) -> list[int]:
        text = self._text.get(section, "")
        starts: list[int] = []
        at = text.find(letters)
        while at >= 0:
            starts.append(at)
            at = text.find(letters, at + 1)
        return starts
