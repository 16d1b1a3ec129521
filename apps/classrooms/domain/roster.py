"""A roster as instructors have it: pasted from a spreadsheet, or a CSV file of any Korean program.

`read_roster` takes what was sent and never fails: every line becomes a row or a problem with its
number and a reason. `check_against` then compares it with who is in the class.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from apps.classrooms.domain.names import NameProblemError, clean_name, clean_number
from apps.classrooms.domain.roster_columns import Columns, find_columns
from apps.classrooms.domain.roster_text import Line, UnreadableError, decode, split_lines

MAX_ROWS = 500
_SHOWN = 60
_FORMULA = "=+-@"


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A person who can be added. `line` counts from 1; `notes` are what to look at again."""

    line: int
    name: str
    student_number: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterProblem:
    """A line that is not added, what stood there (shortened), and why (Korean)."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Roster:
    """What was read. `refusal`: why nothing at all could be; `remarks`: how columns were taken."""

    rows: tuple[RosterRow, ...] = ()
    problems: tuple[RosterProblem, ...] = ()
    remarks: tuple[str, ...] = ()
    refusal: str = ""


def read_roster(source: bytes | str) -> Roster:
    """A file's bytes (UTF-8, UTF-16, CP949) or pasted text, at most 1 MB and 500 people.

    Columns are found by their headings (학번, 번호, 이름, 성명), else by what stands in them.
    """
    try:
        lines, spoiled = split_lines(decode(source))
    except UnreadableError as error:
        return Roster(refusal=str(error))
    problems = [RosterProblem(bad.line, _short(bad.cells), bad.reason) for bad in spoiled]
    if not lines:
        refusal = "" if problems else "명단이 비어 있습니다. 학번과 이름을 붙여 넣으세요."
        return Roster(problems=tuple(problems), refusal=refusal)
    columns = find_columns(lines)
    if columns is None:
        return Roster(
            problems=tuple(problems),
            refusal="이름이 어느 열인지 알 수 없습니다. 첫 줄에 ‘학번’과 ‘이름’이라고 적으세요.",
        )
    body = [line for line in lines if line.number > columns.header_line]
    if len(body) > MAX_ROWS:
        return Roster(
            refusal=f"한 번에 {MAX_ROWS}명까지 넣을 수 있습니다. "
            f"{len(body)}줄이 있으니 나누어 넣으세요."
        )
    return _rows(body, columns, problems)


def _rows(body: list[Line], columns: Columns, problems: list[RosterProblem]) -> Roster:
    rows: list[RosterRow] = []
    for line in body:
        try:
            rows.append(_row(line, columns))
        except NameProblemError as error:
            problems.append(RosterProblem(line.number, _short(line.cells), str(error)))
    rows, doubled = _without_doubles(rows)
    problems = sorted([*problems, *doubled], key=lambda problem: problem.line)
    return Roster(tuple(_with_lost_zeros(rows)), tuple(problems), columns.remarks)


def _row(line: Line, columns: Columns) -> RosterRow:
    name, number = columns.of(line)
    for cell in (name, number):
        if "\n" in cell:
            raise NameProblemError(
                "칸 안에 줄바꿈이 있습니다. 따옴표가 닫혔는지, 한 줄에 한 사람인지 확인하세요."
            )
        # A signed name or number is nothing that anybody has, but a spreadsheet would compute it.
        if cell[:1] in set(_FORMULA):
            raise NameProblemError(
                f"칸이 수식처럼 ‘{cell[0]}’ 기호로 시작합니다. 엑셀에서 ‘값만’ 복사하세요."
            )
    notes = []
    if number.endswith(".0") and number[:-2].isdigit():
        number = number[:-2]
        notes.append("학번 뒤의 ‘.0’을 떼었습니다.")
    return RosterRow(line.number, clean_name(name), clean_number(number), tuple(notes))


def _without_doubles(rows: list[RosterRow]) -> tuple[list[RosterRow], list[RosterProblem]]:
    """Of people who cannot be told apart the first one stays."""
    kept: list[RosterRow] = []
    problems: list[RosterProblem] = []
    by_number: dict[str, RosterRow] = {}
    by_name: dict[str, RosterRow] = {}
    for row in rows:
        same = by_number.get(row.student_number) if row.student_number else None
        namesake = by_name.get(row.name)
        reason = ""
        if same is not None:
            reason = f"{same.line}줄과 학번이 같습니다 ({row.student_number})."
        elif namesake is not None and not (row.student_number and namesake.student_number):
            reason = f"{namesake.line}줄과 이름이 같습니다. 동명이인이면 둘 다 학번을 적으세요."
        if reason:
            problems.append(RosterProblem(row.line, _shown(row), reason))
            continue
        kept.append(row)
        by_name.setdefault(row.name, row)
        if row.student_number:
            by_number[row.student_number] = row
    return kept, problems


def _with_lost_zeros(rows: list[RosterRow]) -> list[RosterRow]:
    """Point out numbers that seem to have lost zeros at the front, as spreadsheets do.

    Where most numbers are long and of one length, a shorter one is suspect; running numbers
    (7, 8, 9, 10, 11) are short and are not.
    """
    lengths = Counter(len(row.student_number) for row in rows if row.student_number.isdigit())
    if not lengths:
        return rows
    usual, often = lengths.most_common(1)[0]
    padded = any(row.student_number[:1] == "0" and row.student_number != "0" for row in rows)
    if not padded and (usual < 4 or often * 2 <= lengths.total()):
        return rows
    longest = max(lengths) if padded else usual
    note = f"다른 학번은 {longest}자리입니다. 앞의 0이 지워졌는지 확인하세요."
    return [
        replace(row, notes=(*row.notes, note))
        if row.student_number.isdigit() and len(row.student_number) < longest
        else row
        for row in rows
    ]


def check_against(roster: Roster, people: Iterable[tuple[str, str]]) -> Roster:
    """The same without those who are in the class already; `people`: (name, number) of each.

    A number that is in the class is that person. A name alone is only told from a namesake where
    both have numbers.
    """
    numbers: dict[str, str] = {}
    names: dict[str, list[str]] = {}
    for name, number in people:
        names.setdefault(name, []).append(number)
        if number:
            numbers[number] = name
    kept: list[RosterRow] = []
    problems = list(roster.problems)
    for row in roster.rows:
        reason = _there_already(row, numbers, names)
        if reason:
            problems.append(RosterProblem(row.line, _shown(row), reason))
            continue
        if row.name in names:
            row = replace(row, notes=(*row.notes, "반에 같은 이름이 있습니다. 학번이 다릅니다."))
        kept.append(row)
    problems.sort(key=lambda problem: problem.line)
    return replace(roster, rows=tuple(kept), problems=tuple(problems))


def _there_already(row: RosterRow, numbers: dict[str, str], names: dict[str, list[str]]) -> str:
    taken_by = numbers.get(row.student_number) if row.student_number else None
    if taken_by == row.name:
        return "이미 반에 있습니다."
    if taken_by is not None:
        return f"반에 같은 학번을 쓰는 학습자가 있습니다: {taken_by}"
    namesakes = names.get(row.name, [])
    if namesakes and not (row.student_number and all(namesakes)):
        return "반에 같은 이름이 있습니다. 다른 사람이면 둘 다 학번을 적어야 구별됩니다."
    return ""


def _shown(row: RosterRow) -> str:
    return f"{row.student_number} {row.name}".strip()


def _short(cells: tuple[str, ...]) -> str:
    """What stood in the line, for people to find it again: no unseen signs, not endless."""
    text = " ".join(" · ".join(cell for cell in cells if cell).split())
    seen = "".join(sign if sign.isprintable() else "�" for sign in text)
    return seen if len(seen) <= _SHOWN else f"{seen[:_SHOWN]}…"
