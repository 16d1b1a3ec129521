"""The sentences of a lesson, each of which a question can name as the one that it tests."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from apps.content.anchor import TextIndex, fold_quote
from apps.content.asked import sentence_id
from apps.content.sanitize import HEADINGS
from apps.content.tree import Element
from apps.lessons.models import Erratum, Lesson
from apps.studio.queries.lesson_text import text_of, tree_of

# What holds text of its own; what lies deeper is read first.
_BLOCKS = HEADINGS | {
    *("p", "li", "td", "th", "dt", "dd", "blockquote", "figcaption", "summary", "caption"),
    *("div", "section", "table", "ul", "ol", "pre"),
}
_ENDS = re.compile(r"(?<=[.!?。])\s+")
_SHORTEST = 6  # letters that count; less is no sentence


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words that stand exactly once in their section."""

    id: str
    section: str
    quote: str
    erratum: str  # slug of the correction that it is in, or ""


@dataclass(frozen=True, slots=True)
class SentenceGroup:
    section: str
    title: str
    sentences: list[Sentence]


def sentences_of(lesson: Lesson, search: str = "") -> list[SentenceGroup]:
    """By heading, in reading order; with `search`, those in which all of its words stand.

    What stands twice in a section is left out, as no question could lead to it; a longer stretch
    around it is offered instead where there is one.
    """
    index = text_of(lesson)
    errata = list(Erratum.objects.filter(lesson=lesson, retired_at__isnull=True))
    words = [_folded(word) for word in search.split()]
    groups: dict[str, list[Sentence]] = {}
    seen: set[tuple[str, str]] = set()
    for section, text in _blocks(tree_of(lesson)):
        for quote in _quotes(index, section, text):
            if (section, quote) in seen or not all(word in _folded(quote) for word in words):
                continue
            seen.add((section, quote))
            found = _erratum(errata, section, quote)
            one = Sentence(sentence_id(section, quote), section, quote, found)
            groups.setdefault(section, []).append(one)
    titles = {entry["id"]: entry["title"] for entry in lesson.toc}
    headings = _headings(tree_of(lesson))
    return [
        SentenceGroup(section, titles.get(section) or headings.get(section, ""), found)
        for section, found in groups.items()
    ]


def find_sentence(lesson: Lesson, id_: str) -> Sentence | None:
    """The sentence with that id; None where the lesson has none."""
    groups = sentences_of(lesson)
    return next((each for group in groups for each in group.sentences if each.id == id_), None)


def _quotes(index: TextIndex, section: str, text: str) -> Iterator[str]:
    for quote in _ENDS.split(text):
        if len(fold_quote(quote)) < _SHORTEST:
            continue
        if index.count(quote, section) == 1:
            yield quote
        elif quote != text and index.count(text, section) == 1:
            yield text


def _folded(text: str) -> str:
    return fold_quote(text).casefold()


def _erratum(errata: list[Erratum], section: str, quote: str) -> str:
    letters = fold_quote(quote)
    for each in errata:
        wrong = fold_quote(each.quote)
        if each.section == section and wrong and (wrong in letters or letters in wrong):
            return each.slug
    return ""


def _headings(root: Element) -> dict[str, str]:
    return {
        each.attrs.get("id", ""): " ".join(each.text().split())
        for each in root.iter()
        if each.tag in HEADINGS
    }


def _blocks(root: Element) -> Iterator[tuple[str, str]]:
    """Section and text of every stretch between the edges of blocks, in reading order."""
    section = ""
    written: list[str] = []
    stack: list[Element | str | None] = [root]  # None: a block begins or ends here
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            written.append(node)
            continue
        is_block = node is None or (node.tag in _BLOCKS or node.tag == "br")
        if is_block and (text := " ".join("".join(written).split())):
            yield section, text
        if is_block:
            written.clear()
        if node is None or "data-overlay" in node.attrs:
            continue
        if node.tag in HEADINGS:
            section = node.attrs.get("id", section)
        if node.tag in _BLOCKS:
            stack.append(None)
        stack.extend(reversed(node.children))
    if text := " ".join("".join(written).split()):
        yield section, text
