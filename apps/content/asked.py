"""Sentences that questions ask about: marked in the text, so that a link to one lights it up, and
listed at the end of their section with the way to the questions. The author's text stays as it is.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from apps.content.anchor import Found, Piece, Run, TextIndex, fold_quote, plain_quote
from apps.content.sanitize import HEADINGS
from apps.content.tree import Element, Node, element


@dataclass(frozen=True, slots=True)
class AskedLink:
    """Where the questions about a sentence stand, and how many they are."""

    href: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class AskedEntry:
    """A sentence; without links it is marked only."""

    lesson: str
    section: str
    quote: str
    links: tuple[AskedLink, ...] = ()

    @property
    def id(self) -> str:
        return sentence_id(self.section, self.quote)


def sentence_id(section: str, quote: str) -> str:
    """The id of a sentence on the page of its lesson; it tells nothing of the question."""
    text = f"{section}\n{fold_quote(quote)}"
    return f"asked-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def place_asked(root: Element, entries: Sequence[AskedEntry]) -> None:
    """Mark the sentences and add a list to every section that has some with questions.

    What does not stand exactly once in its section is left out: the files of the questions are told
    of it when they are checked.
    """
    index = TextIndex(root)
    placed: list[tuple[Found, AskedEntry]] = []
    for entry in {entry.id: entry for entry in entries}.values():
        found = index.find(entry.quote, entry.section)
        if found is not None:
            placed.append((found, entry))
    placed.sort(key=lambda pair: pair[0].position)
    _mark(placed)
    _add_lists(root, [entry for _, entry in placed if entry.links])


def _mark(placed: list[tuple[Found, AskedEntry]]) -> None:
    by_run: dict[Run, list[tuple[Piece, str, bool]]] = {}
    for found, entry in placed:
        for piece in found.pieces:
            by_run.setdefault(piece.run, []).append((piece, entry.id, piece is found.pieces[0]))
    # From the end, so that the positions of what comes earlier stay true.
    for run in sorted(by_run, key=lambda run: run.order, reverse=True):
        run.parent.children[run.index : run.index + 1] = _marked(run, by_run[run])


def _marked(run: Run, marks: list[tuple[Piece, str, bool]]) -> list[Node]:
    """The text of a run in pieces; the id stands on the first piece of its sentence."""
    cuts = {0, len(run.text), *(at for piece, _, _ in marks for at in (piece.start, piece.end))}
    nodes: list[Node] = []
    for start, end in pairwise(sorted(cuts)):
        node: Node = run.text[start:end]
        for piece, name, first in reversed(marks):
            if piece.start <= start and end <= piece.end:
                named = {"id": name} if first and start == piece.start else {}
                node = element("span", {"class": "asked", **named}, node)
        nodes.append(node)
    return nodes


def _add_lists(root: Element, entries: list[AskedEntry]) -> None:
    sections: dict[str, list[AskedEntry]] = {}
    for entry in entries:
        sections.setdefault(entry.section, []).append(entry)
    # From the end, so that the positions of what comes earlier stay true.
    for section, end in reversed(_ends(root)):
        if section in sections:
            root.children.insert(end, _list(sections.pop(section)))


def _ends(root: Element) -> list[tuple[str, int]]:
    """Where each section ends among the children of the root, in reading order."""
    starts = [("", 0)]
    for position, child in enumerate(root.children):
        if isinstance(child, Element) and child.tag in HEADINGS:
            starts.append((child.attrs.get("id", ""), position))
    ends = [position for _, position in starts[1:]] + [len(root.children)]
    return [(section, end) for (section, _), end in zip(starts, ends, strict=True)]


def _list(entries: list[AskedEntry]) -> Element:
    count = sum(link.count for entry in entries for link in entry.links)
    return element(
        "details",
        {"class": "asked-list", "data-overlay": ""},
        element("summary", {}, f"이 문장에 대한 문제 {count}"),
        element("ul", {}, *(_row(entry) for entry in entries)),
    )


def _row(entry: AskedEntry) -> Element:
    parts: list[Node] = [element("a", {"href": f"#{entry.id}"}, plain_quote(entry.quote))]
    for link in entry.links:
        title = f" · {link.title}" if len(entry.links) > 1 else ""
        attrs = {"class": "asked-list__quiz", "href": link.href}
        parts += [" ", element("a", attrs, f"문제 {link.count}개 풀기{title}")]
    return element("li", {}, *parts)
