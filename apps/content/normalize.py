"""Brings loose GitHub-style Markdown into the strict form that python-markdown reads as meant.

Lists nest by 4 spaces; lists, tables, fences and headings stand between blank lines; text at the
left edge after a list is a new paragraph. Code inside fences is never touched. Idempotent.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import Enum

INDENT = 4
_FENCE_OPEN = re.compile(r"(?P<mark>`{3,}|~{3,})(?P<info>.*)$")
_BULLET = re.compile(r"[-*+] +\S")
_ORDERED = re.compile(r"(?P<number>\d{1,9})\. +\S")
_RULE = re.compile(r"([-*_])(?: *\1){2,} *$")
_HEADING = re.compile(r"#{1,6}(?: |$)")
_SEPARATOR = re.compile(r"\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *$")


class Kind(Enum):
    BLANK = "blank"
    TEXT = "text"
    ITEM = "item"
    TABLE = "table"
    HEADING = "heading"
    FENCE_OPEN = "fence-open"
    FENCE_BODY = "fence-body"
    FENCE_CLOSE = "fence-close"


# After these a new block begins even without a blank line.
_CLOSED = frozenset({Kind.TABLE, Kind.HEADING, Kind.FENCE_CLOSE})


@dataclass(frozen=True, slots=True)
class Line:
    """A normalized line and the line of the input (from 1) that it came from."""

    number: int
    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Item:
    indent: int
    ordered: bool


def fence_open(line: str) -> re.Match[str] | None:
    """The opening of a fence (`mark`, `info`) in a line without its indentation."""
    match = _FENCE_OPEN.match(line)
    # A backtick in the info string means inline code: ```like this```.
    if match and match["mark"][0] == "`" and "`" in match["info"]:
        return None
    return match


def normalize(text: str) -> str:
    return "\n".join(line.text for line in normalize_lines(text))


def normalize_lines(text: str) -> list[Line]:
    """Normalized lines of `text`; inserted blank lines carry the number of the line after them."""
    text = unicodedata.normalize("NFC", text.removeprefix("\ufeff"))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _Normalizer(text.split("\n")).run()


@dataclass(slots=True)
class _Normalizer:
    source: list[str]
    at: int = 0
    out: list[Line] = field(default_factory=list)
    stack: list[_Item] = field(default_factory=list)

    def run(self) -> list[Line]:
        while self.at < len(self.source):
            raw = self.source[self.at]
            if not raw.strip():
                self._emit("", Kind.BLANK)
                self.at += 1
                continue
            line = raw.expandtabs(INDENT)
            stripped = line.lstrip(" ")
            self._block(line, stripped, len(line) - len(stripped))
        return self.out

    def _block(self, line: str, stripped: str, indent: int) -> None:
        if indent >= INDENT and not self.stack:
            # Indented code, or the continuation of a paragraph: either way it is meant as it is.
            if self._previous() in _CLOSED:
                self._blank_before()
            self._emit_next(line, Kind.TEXT)
        elif opening := fence_open(stripped):
            self._fence(opening, stripped, indent)
        elif self._starts_item(stripped):
            self._item(stripped, indent)
        elif self._starts_table(stripped):
            self._table(stripped, indent)
        elif _HEADING.match(stripped):
            self._own_block(indent)
            self._emit_next(self._prefix() + stripped, Kind.HEADING)
        else:
            self._text(stripped, indent)

    def _fence(self, opening: re.Match[str], stripped: str, indent: int) -> None:
        self._own_block(indent)
        prefix = self._prefix()
        self._emit_next(prefix + stripped, Kind.FENCE_OPEN)
        mark = opening["mark"]
        closing = re.compile(rf" *{re.escape(mark[0])}{{{len(mark)},}}\s*$")
        while self.at < len(self.source):
            raw = self.source[self.at]
            if closing.match(raw):
                self._emit_next(prefix + raw.strip(), Kind.FENCE_CLOSE)
                return
            # The code moves with its fence, no further left than its own text.
            lead = min(len(raw) - len(raw.lstrip(" ")), indent)
            body = raw[lead:]
            self._emit_next(prefix + body if body else "", Kind.FENCE_BODY)

    def _starts_item(self, stripped: str) -> bool:
        if _RULE.match(stripped):
            return False
        if _BULLET.match(stripped):
            return True
        ordered = _ORDERED.match(stripped)
        if not ordered:
            return False
        # As on GitHub: "2024. 3월 …" inside a paragraph is text, only "1." may interrupt it.
        interrupts = self._previous() is Kind.TEXT and not self.stack
        return not interrupts or int(ordered["number"]) == 1

    def _item(self, stripped: str, indent: int) -> None:
        ordered = _BULLET.match(stripped) is None
        popped: _Item | None = None
        while self.stack and indent < self.stack[-1].indent + 2:
            popped = self.stack.pop()
        starts_list = not self.stack and popped is None
        if starts_list or self._previous() in _CLOSED or (popped and popped.ordered != ordered):
            self._blank_before()
        prefix = self._prefix()
        self.stack.append(_Item(indent, ordered))
        self._emit_next(prefix + stripped, Kind.ITEM)

    def _starts_table(self, stripped: str) -> bool:
        if "|" not in stripped or self.at + 1 >= len(self.source):
            return False
        below = self.source[self.at + 1].expandtabs(INDENT).strip(" ")
        return "|" in below and _SEPARATOR.match(below) is not None

    def _table(self, stripped: str, indent: int) -> None:
        self._own_block(indent)
        self._emit_next(self._prefix() + stripped, Kind.TABLE)
        while self.at < len(self.source):
            row = self.source[self.at].expandtabs(INDENT).strip(" ")
            if "|" not in row or _BULLET.match(row) or _HEADING.match(row) or fence_open(row):
                return
            self._emit_next(self._prefix() + row, Kind.TABLE)

    def _text(self, stripped: str, indent: int) -> None:
        previous = self._previous()
        if stripped.startswith("#"):
            # python-markdown would make a heading of "#태그"; GitHub does not.
            stripped = "\\" + stripped
        if self.stack and previous in (Kind.ITEM, Kind.TEXT) and indent >= 2:
            self._emit_next(self._prefix() + stripped, Kind.TEXT)
            return
        if self.stack or previous in _CLOSED:
            self._own_block(indent)
        self._emit_next(self._prefix() + stripped, Kind.TEXT)

    def _own_block(self, indent: int) -> None:
        """A block begins at `indent`: leave the lists it is not part of, set a blank line."""
        while self.stack and indent < self.stack[-1].indent + 2:
            self.stack.pop()
        self._blank_before()

    def _prefix(self) -> str:
        return " " * (INDENT * len(self.stack))

    def _previous(self) -> Kind:
        return self.out[-1].kind if self.out else Kind.BLANK

    def _blank_before(self) -> None:
        if self._previous() is not Kind.BLANK:
            self._emit("", Kind.BLANK)

    def _emit(self, text: str, kind: Kind) -> None:
        self.out.append(Line(self.at + 1, text, kind))

    def _emit_next(self, text: str, kind: Kind) -> None:
        self._emit(text, kind)
        self.at += 1
