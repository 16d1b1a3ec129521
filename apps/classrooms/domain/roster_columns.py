"""Which column of a roster is the name, which the student number."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from apps.classrooms.domain.roster_text import Line

_NAME_WORDS = ("이름", "성명", "학생명", "학생이름", "학생성명", "성함", "name", "fullname")
# In order: a class list (학년, 반, 번호, 이름) may have several numbers, and 학번 is the one.
_NUMBER_WORDS = (
    ("학번", "학생번호", "사번", "studentid", "studentnumber", "studentno", "id"),
    ("번호", "출석번호", "no", "number", "num"),
)
_HEADER_WITHIN = 10
_NUMBERED_LINE = re.compile(r"(\d[\d-]*)[.)]?\s+(.+)|(.+?)\s+(\d[\d-]*)")
_NUMBER = re.compile(r"#+|\d[\d.eE+-]*")


@dataclass(frozen=True, slots=True)
class Columns:
    """Indexes of the columns; `header_line` 0: there is no heading. `number` None: no numbers."""

    name: int
    number: int | None
    header_line: int
    remarks: tuple[str, ...]

    def of(self, line: Line) -> tuple[str, str]:
        """(name, number) as they stand in the line, "" where there is no such cell."""
        cells = line.cells
        name = cells[self.name] if self.name < len(cells) else ""
        number = "" if self.number is None else _at(cells, self.number)
        if self.number is None and len(cells) == 1:
            return _pulled_apart(cells[0])
        return name, number


def _at(cells: Sequence[str], index: int) -> str:
    return cells[index] if index < len(cells) else ""


def _pulled_apart(cell: str) -> tuple[str, str]:
    """`10203 김하늘` and `김하늘 10203`, written with a space, are a number and a name."""
    match = _NUMBERED_LINE.fullmatch(cell)
    if match is None:
        return cell, ""
    return (match[2], match[1]) if match[1] else (match[3], match[4])


def find_columns(lines: Sequence[Line]) -> Columns | None:
    """By the heading if there is one, else by what stands in the columns; None: no names."""
    return _by_heading(lines) or _by_shape(lines)


def _by_heading(lines: Sequence[Line]) -> Columns | None:
    for index, line in enumerate(lines[:_HEADER_WITHIN]):
        words = ["".join(cell.lower().split()).strip("*.:#") for cell in line.cells]
        name = _first(words, _NAME_WORDS)
        if name is None:
            continue
        number = next(
            (found for each in _NUMBER_WORDS if (found := _first(words, each)) is not None), None
        )
        remarks = [_remark(f"{line.number}줄의 제목을 보고", line.cells, name, number)]
        if index:
            remarks.append(f"제목 위의 {index}줄은 읽지 않았습니다.")
        return Columns(name, number, line.number, tuple(remarks))
    return None


def _first(words: Sequence[str], known: Sequence[str]) -> int | None:
    return next((index for index, word in enumerate(words) if word in known), None)


def _by_shape(lines: Sequence[Line]) -> Columns | None:
    width = max(len(line.cells) for line in lines)
    if width == 1:
        # A number may stand beside the name with nothing but a space between.
        named = any(any(sign.isalpha() for sign in line.cells[0]) for line in lines)
        return Columns(0, None, 0, ("한 줄에 한 사람으로 읽었습니다.",)) if named else None
    # Names differ from line to line: a column of 남 and 여 is none.
    distinct = [len({cell for cell in _column(lines, i) if _is_name(cell)}) for i in range(width)]
    if not any(distinct):
        return None
    name = distinct.index(max(distinct))
    numbers = [
        index
        for index in range(width)
        if index != name and _share(lines, index, _is_number) > 0.5 and not _counts_up(lines, index)
    ] or [i for i in range(width) if i != name and _share(lines, i, _is_number) > 0.5]
    # Of several the longest: 학년 and 반 are short.
    number = max(numbers, key=lambda index: _length(lines, index), default=None)
    remark = _remark("제목 줄이 없어 내용을 보고", (), name, number)
    return Columns(name, number, 0, (remark,))


def _remark(how: str, headings: Sequence[str], name: int, number: int | None) -> str:
    """Words that say which column was taken for what, so that a wrong guess is seen."""

    def called(index: int) -> str:
        return f"{index + 1}번째 칸" + (f"(‘{headings[index]}’)" if headings else "")

    if number is None:
        return f"{how} {called(name)}에서 이름을 읽었습니다. 학번 칸은 없습니다."
    return f"{how} {called(name)}에서 이름을, {called(number)}에서 학번을 읽었습니다."


def _column(lines: Sequence[Line], index: int) -> list[str]:
    """Its cells that hold something."""
    return [cell for line in lines if (cell := _at(line.cells, index))]


def _share(lines: Sequence[Line], index: int, test: Callable[[str], bool]) -> float:
    """Of the cells of a column that hold something, how many look like that."""
    cells = _column(lines, index)
    # A column that is mostly empty is a remark, not a name.
    return sum(map(test, cells)) / max(len(cells), len(lines) / 2)


def _length(lines: Sequence[Line], index: int) -> int:
    return sum(len(_at(line.cells, index)) for line in lines)


def _counts_up(lines: Sequence[Line], index: int) -> bool:
    """1, 2, 3 …: the spreadsheet's own counting, where another column has the real numbers."""
    cells = _column(lines, index)
    return len(cells) > 1 and cells == [str(number) for number in range(1, len(cells) + 1)]


def _is_number(cell: str) -> bool:
    return _NUMBER.fullmatch(cell.replace(" ", "")) is not None


def _is_name(cell: str) -> bool:
    return any(sign.isalpha() for sign in cell) and not any(sign.isdigit() for sign in cell)
