"""Box drawings: told from code by content, and re-padded so that their frames line up.

A cell is one column of the drawing font: Hangul takes two, everything else one.
"""

import json
import re
import unicodedata
from dataclasses import dataclass

TAB = 4
_LOOSE_LANGS = frozenset({"", "text", "txt", "plain", "ascii", "bash", "sh", "shell", "console"})
_BOX = re.compile(r"[\u2500-\u257f]")
_ARROW = re.compile(r"[\u2190-\u21ff\u25b2\u25b6\u25ba\u25bc\u25c0\u25c4]")
_ASCII_BORDER = re.compile(r"^[ \t]*\+[-=+]{2,}\+", re.MULTILINE)
_ASCII_TREE = re.compile(r"^[ \t]*(?:\|[ \t]+)*[|`+]--\s", re.MULTILINE)

# Corners and crossings, bars and rules of the two families of frames.
_TOP = re.compile(r"(?P<pad> *)(?P<frame>[┌╔╭][─═┬╦]+[┐╗╮]|\+[-=+]+\+)(?P<rest>.*)$")
_MIDDLE = re.compile(r" *(?:[├╠][─═┼╬┬┴]+[┤╣]|\+[-=+]+\+)")
_BOTTOM = re.compile(r" *(?:[└╚╰][─═┴╩]+[┘╝╯]|\+[-=+]+\+)")
_BARS = "│║|"
_JOINTS = "┬╦┼╬┴╩+"
_RIGHT = "┐╗╮┤╣┘╝╯+"


def cells(text: str) -> int:
    """Width of `text` in cells; combining marks take none."""
    return sum(_cell(character) for character in text)


def _cell(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def expand_tabs(line: str) -> str:
    """Tabs to the next multiple of four cells, counted as the drawing font counts."""
    out: list[str] = []
    at = 0
    for character in line:
        width = TAB - at % TAB if character == "\t" else _cell(character)
        out.append(" " * width if character == "\t" else character)
        at += width
    return "".join(out)


def is_json(code: str) -> bool:
    if not code.lstrip().startswith(("{", "[")):
        return False
    try:
        json.loads(code)
    except (ValueError, RecursionError):
        return False
    return True


def is_drawing(lang: str, code: str) -> bool:
    """Whether a fence is a picture made of characters. A language that is a real one decides;
    `bash` and `text` do not, because people write them over anything."""
    if is_json(code):
        return False
    if _BOX.search(code):
        return True
    if lang not in _LOOSE_LANGS:
        return False
    if _ASCII_BORDER.search(code) or _ASCII_TREE.search(code):
        return True
    return lang not in ("bash", "sh", "shell", "console") and _ARROW.search(code) is not None


@dataclass(frozen=True, slots=True)
class Realigned:
    """The drawing with straight frames; `crooked` are lines (from 0) where a box begins that
    only a person can mend."""

    text: str
    crooked: tuple[int, ...]


def realign(code: str) -> Realigned:
    """Re-pads every row of every simple box to its frame, widening a frame that is too narrow.

    A box with inner dividers, or beside another box, is left alone; when its borders do not line
    up as written, it is reported.
    """
    rows = [expand_tabs(row).rstrip() for row in code.rstrip("\n").split("\n")]
    crooked: list[int] = []
    simple: list[tuple[int, _Box]] = []
    at = 0
    while at < len(rows):
        end = _box_end(rows, at)
        if end is None:
            at += 1
            continue
        box = _simple_box(rows[at : end + 1])
        if box is not None:
            simple.append((at, box))
        elif not _is_straight(rows[at : end + 1]):
            crooked.append(at)
        at = end + 1
    # Boxes that their author drew equally wide stay so when one of them has to grow.
    widths: dict[tuple[int, int], int] = {}
    for _, box in simple:
        widths[box.shape] = max(widths.get(box.shape, 0), box.needed)
    for start, box in simple:
        rows[start : start + len(box.rows)] = box.padded(widths[box.shape])
    return Realigned("\n".join(rows) + "\n", tuple(crooked))


@dataclass(frozen=True, slots=True)
class _Box:
    """A box of one column: per row its left border, what is inside, and the rest from the right
    border on; for borders `inside` is the rule."""

    indent: int
    rows: list[tuple[str, str, str]]
    borders: list[bool]

    @property
    def shape(self) -> tuple[int, int]:
        return self.indent, cells(self.rows[0][1])

    @property
    def needed(self) -> int:
        return max(
            cells(inside) if border else cells(inside.rstrip()) + 1
            for border, (_, inside, _) in zip(self.borders, self.rows, strict=True)
        )

    def padded(self, width: int) -> list[str]:
        pad = " " * self.indent
        return [
            pad + left + (inside[:1] * width if border else _fill(inside, width)) + rest
            for border, (left, inside, rest) in zip(self.borders, self.rows, strict=True)
        ]


def _box_end(rows: list[str], at: int) -> int | None:
    """The line of the bottom border of a box whose top border is line `at`."""
    top = _TOP.match(rows[at])
    if not top:
        return None
    indent = len(top["pad"])
    for number in range(at + 1, len(rows)):
        row = rows[number]
        if not row or len(row) - len(row.lstrip(" ")) != indent:
            return None
        if _BOTTOM.match(row):
            following = rows[number + 1] if number + 1 < len(rows) else ""
            # "+----+" between two rows is a divider, not the end.
            if row[indent] != "+" or following[indent : indent + 1] != "|":
                return number
        elif not _MIDDLE.match(row) and row[indent] not in _BARS:
            return None
    return None


def _is_border(row: str) -> bool:
    return bool(_TOP.match(row) or _MIDDLE.match(row) or _BOTTOM.match(row))


def _simple_box(box: list[str]) -> _Box | None:
    """The box taken apart; None when it has inner dividers or something beside a border."""
    indent = len(box[0]) - len(box[0].lstrip(" "))
    parts: list[tuple[str, str, str]] = []
    borders = [_is_border(row) for row in box]
    for row, border in zip(box, borders, strict=True):
        body = row[indent:]
        end = _last(body, _RIGHT if border else _BARS)
        inner = body[1:end]
        if end < 1 or any(mark in inner for mark in (_JOINTS if border else _BARS)):
            return None
        if border and body[end + 1 :].strip():
            return None
        parts.append((body[0], inner, body[end:]))
    return _Box(indent, parts, borders)


def _fill(inner: str, width: int) -> str:
    text = inner.rstrip()
    return text + " " * (width - cells(text))


def _is_straight(box: list[str]) -> bool:
    """Every bar stands under a joint or corner of the frame, and the right edge is one column."""
    edges = [cells(row[: _last(row, _BARS + _RIGHT) + 1]) for row in box]
    frame = _columns(box[0], "┌╔╭┐╗╮" + _JOINTS) | _columns(box[-1], "└╚╰┘╝╯" + _JOINTS)
    bars = [_columns(row, _BARS) for row in box if not _is_border(row)]
    return len(set(edges)) == 1 and all(columns <= frame for columns in bars)


def _last(row: str, characters: str) -> int:
    return max(row.rfind(character) for character in characters)


def _columns(row: str, characters: str) -> set[int]:
    return {cells(row[:i]) for i, character in enumerate(row) if character in characters}
