"""Where a sentence stands in a lesson: found as readers see it, shown with what is around it."""

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import quote as percent

from apps.content.anchor import Run, TextIndex, fold_quote
from apps.content.asked import sentence_id
from apps.content.sanitize import HEADINGS
from apps.content.tree import Element, parents, parse
from apps.lessons.models import Lesson

_BLOCKS = HEADINGS | {"p", "li", "tr", "pre", "blockquote", "dt", "dd", "figcaption"}
_AROUND = 160
_FRAGMENT = 120


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that has an address on the page of its lesson."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Place:
    """A quote as it stands in the lesson.

    - `section`: id of the heading above it, "" before the first one
    - `before`, `text`, `after`: its paragraph in three parts, shortened; `before` and `after` are
      empty where the words stand in the section more than once
    - `paragraph`: the same for all quotes that begin in this paragraph
    """

    section: str
    text: str
    before: str = ""
    after: str = ""
    paragraph: str = ""


class LessonText:
    """The text of a lesson as the page shows it, without corrections and embeds."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self._html = "".join(block["html"] for block in lesson.blocks)
        root, _ = parse(self._html)
        self._index = TextIndex(root)
        self._parents = parents(root)
        self.headings = [
            Heading(node.attrs["id"], " ".join(node.text().split()))
            for node in root.iter()
            if node.tag in HEADINGS and node.attrs.get("id") in self._index.sections
        ]

    def title_of(self, section: str) -> str:
        """The heading's words; "" for the beginning, and for a heading that is gone."""
        return next((each.title for each in self.headings if each.id == section), "")

    def locate(self, quote: str, section: str = "") -> Place | None:
        """The quote in this section, else in the first that has it; None when none has.

        White space and Markdown count for nothing, as with the quotes of corrections.
        """
        others = [each for each in self._index.sections if each != section]
        for each in [section, *others] if section in self._index.sections else others:
            if self._index.count(quote, each):
                return self._place(quote, each)
        return None

    def _place(self, quote: str, section: str) -> Place:
        found = self._index.find(quote, section)
        if found is None:  # more than once
            return Place(section, quote, paragraph=_digest(section, fold_quote(quote)))
        first, last = found.pieces[0], found.pieces[-1]
        runs = [run for run in self._index.runs if self._block(run) is self._block(first.run)]
        ends = [run for run in self._index.runs if self._block(run) is self._block(last.run)]
        before = "".join(run.text for run in runs if run.order < first.run.order)
        after = "".join(run.text for run in ends if run.order > last.run.order)
        whole = "".join(run.text for run in runs)
        return Place(
            section,
            self._between(first.run, first.start, last.run, last.end),
            _tail(before + first.run.text[: first.start]),
            _head(last.run.text[last.end :] + after),
            _digest(section, fold_quote(whole)),
        )

    def _between(self, first: Run, start: int, last: Run, end: int) -> str:
        """The lesson's own words from here to there, blocks set apart."""
        parts: list[str] = []
        block = self._block(first)
        for run in self._index.runs[first.order : last.order + 1]:
            text = run.text[: end if run is last else None]
            if self._block(run) is not block:
                block = self._block(run)
                parts.append(" ")
            parts.append(text[start:] if run is first else text)
        return _plain("".join(parts))

    def _block(self, run: Run) -> Element:
        node = run.parent
        while node.tag not in _BLOCKS and node in self._parents:
            node = self._parents[node]
        return node

    def address(self, section: str, quote: str) -> str:
        """Where the quote is on the page: lit up, if a question cites it or the browser can."""
        page = self.lesson.get_absolute_url()
        if quote:
            asked = sentence_id(section, quote)
            if f'id="{asked}"' in self._html:
                return f"{page}#{asked}"
        place = self.locate(quote, section) if quote else None
        if place is None:
            return f"{page}#{section}" if self.title_of(section) else page
        words = _whole_words(place)
        # A text fragment: browsers that do not know it go to the heading.
        return f"{page}#{place.section}:~:text={percent(words, safe='').replace('-', '%2D')}"


def _whole_words(place: Place) -> str:
    """Browsers find whole words only; a long quote is told by its beginning."""
    head = re.search(r"\S*\Z", place.before)
    tail = re.match(r"\S*", place.after)
    words = (head[0] if head else "") + place.text + (tail[0] if tail else "")
    if len(words) <= _FRAGMENT:
        return words
    return words[:_FRAGMENT].rpartition(" ")[0] or words[:_FRAGMENT]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _spaced(text: str) -> str:
    """White space made single, and kept at the ends, where it parts words."""
    return re.sub(r"\s+", " ", text)


def _tail(text: str) -> str:
    text = _spaced(text).lstrip()
    return text if len(text) <= _AROUND else "…" + text[-_AROUND:]


def _head(text: str) -> str:
    text = _spaced(text).rstrip()
    return text if len(text) <= _AROUND else text[:_AROUND] + "…"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
