"""From the bytes of a file, or pasted text, to lines of cells."""

import csv
from collections import Counter
from dataclasses import dataclass
from io import StringIO

from apps.kernel.encodings import decode_korean

LARGEST = 1024 * 1024
"""Bytes; 500 people are some 20 kB."""
MAX_CELLS = 60
_SIZE_REFUSAL = "명단은 1 MB까지입니다. 학번과 이름만 남기고 다시 올리세요."
_EXCEL = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class UnreadableError(ValueError):
    """Why the whole of it cannot be read, in a Korean sentence."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something. `number` counts from 1, as an editor shows it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpoiledLine:
    line: int
    cells: tuple[str, ...]
    reason: str


def decode(source: bytes | str) -> str:
    """The text, whatever program wrote it: UTF-8 or UTF-16, with a mark or not, or CP949.

    Raises UnreadableError for what is too large or no text, an Excel workbook above all.
    """
    if isinstance(source, str):
        # By signs: what a file of this many bytes becomes must be accepted when it comes back.
        if len(source) > LARGEST:
            raise UnreadableError(_SIZE_REFUSAL)
        return source.removeprefix("\ufeff")
    if len(source) > LARGEST:
        raise UnreadableError(_SIZE_REFUSAL)
    if source.startswith(_EXCEL):
        raise UnreadableError(
            "엑셀 파일은 그대로 읽지 못합니다. 엑셀에서 명단을 복사해 붙여 넣거나, "
            "‘다른 이름으로 저장’에서 CSV를 골라 올리세요."
        )
    decoded = decode_korean(source)
    if decoded is None:
        raise UnreadableError(
            "글자를 읽지 못했습니다. 엑셀에서 ‘CSV UTF-8’로 저장하거나 명단을 복사해 붙여 넣으세요."
        )
    return decoded[0]


def split_lines(text: str) -> tuple[list[Line], list[SpoiledLine]]:
    """Cells of every line that holds something, and the lines that cannot be cut into cells."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines: list[Line] = []
    spoiled: list[SpoiledLine] = []
    delimiter = _delimiter(text)
    numbered = list(enumerate(text.split("\n"), start=1))
    position = 0
    while position < len(numbered):
        number, raw = numbered[position]
        cells, taken = _cells(numbered, position, delimiter)
        position += taken
        if cells is None:
            reason = '따옴표(")가 닫히지 않았습니다. 따옴표를 지우거나 짝을 맞추세요.'
            spoiled.append(SpoiledLine(number, (raw,), reason))
        elif any("\0" in cell for cell in cells):
            reason = "글자가 깨져 있습니다(NUL). 파일을 ‘CSV UTF-8’로 다시 저장하세요."
            spoiled.append(SpoiledLine(number, cells, reason))
        elif len(cells) > MAX_CELLS:
            reason = f"한 줄에 {len(cells)}칸이 있습니다. 학번과 이름만 남기세요."
            spoiled.append(SpoiledLine(number, cells[:3], reason))
        elif any(cells):
            lines.append(Line(number, cells))
    return lines, spoiled


_LONGEST_RECORD = 5
"""Lines; a heading may be broken over some, a name is not. Beyond it a quote was left open."""


def _cells(
    numbered: list[tuple[int, str]], position: int, delimiter: str
) -> tuple[tuple[str, ...] | None, int]:
    """The cells that begin in this line, and how many lines they take; None: not to be cut."""
    record = numbered[position][1]
    if '"' not in record:
        return tuple(cell.strip() for cell in record.split(delimiter)), 1
    for taken in range(1, _LONGEST_RECORD + 1):
        if position + taken > len(numbered):
            break
        record = "\n".join(raw for _, raw in numbered[position : position + taken])
        try:
            rows = list(csv.reader(StringIO(record), delimiter=delimiter, strict=True))
        except csv.Error:
            continue
        if len(rows) == 1:
            return tuple(cell.strip() for cell in rows[0]), taken
    return None, 1


def _delimiter(text: str) -> str:
    """A tab if there is any (what a spreadsheet copies), else what most lines have."""
    if "\t" in text:
        return "\t"
    lines = text.split("\n")[:50]
    counts = Counter({sign: sum(sign in line for line in lines) for sign in ",;"})
    return ";" if counts[";"] > counts[","] else ","
