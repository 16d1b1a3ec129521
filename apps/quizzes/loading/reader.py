"""Reads and checks the question files of all content folders; every problem with file and line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apps.content.catalogue import Catalogue
from apps.content.frontmatter import key_line, parse_toml, table_lines
from apps.content.problems import FileProblems, Problem, Problems
from apps.content.textfile import read
from apps.quizzes.loading.bank import Bank, QuestionEntry, QuizEntry
from apps.quizzes.loading.checks import check_bank
from apps.quizzes.loading.questions import read_question_table
from apps.quizzes.loading.quizzes import read_quiz_table

# Part of what tells whether files have to be read again: raise it when the same files come out as
# other questions.
READER_VERSION = 2

_TABLES = ("quiz", "question")


@dataclass(frozen=True, slots=True)
class BankFiles:
    """What the files say, not yet held against the lessons; `broken` are slugs with problems."""

    bank: Bank
    broken: frozenset[str]
    sink: Problems


@dataclass(frozen=True, slots=True)
class BankReading:
    """The bank, or None and the reasons."""

    bank: Bank | None
    problems: tuple[Problem, ...]


def read_bank(folders: Sequence[Path], catalogue: Catalogue) -> BankReading:
    """All `quizzes/*.toml` of the folders, held against the lessons of the catalogue."""
    return check_files(read_files(folders), catalogue)


def read_files(folders: Sequence[Path]) -> BankFiles:
    """All `quizzes/*.toml` of the folders, each table by itself."""
    reader = _Reader()
    for folder in folders:
        for path in sorted((folder / "quizzes").glob("*.toml")):
            shown = f"{folder.name or folder.resolve().name}/quizzes/{path.name}"
            reader.read_file(path, FileProblems(shown, reader.sink))
    bank = Bank(tuple(reader.questions), tuple(reader.quizzes))
    return BankFiles(bank, frozenset(reader.broken), reader.sink)


def check_files(files: BankFiles, catalogue: Catalogue) -> BankReading:
    """The whole of them. With any problem there is no bank: nothing is loaded by halves."""
    check_bank(files.bank, catalogue, files.broken)
    problems = files.sink.sorted()
    return BankReading(None if problems else files.bank, problems)


@dataclass(slots=True)
class _Reader:
    sink: Problems = field(default_factory=Problems)
    questions: list[QuestionEntry] = field(default_factory=list)
    quizzes: list[QuizEntry] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    def read_file(self, path: Path, problems: FileProblems) -> None:
        text = read(path, problems)
        table = parse_toml(text, problems) if text is not None else None
        if text is None or table is None:
            return
        for key in table:
            if key not in _TABLES:
                problems.add(
                    key_line(text, key),
                    f"{key} 항목은 쓰지 않습니다. [[quiz]]와 [[question]]만 씁니다.",
                )
        for name in _TABLES:
            items = table.get(name, [])
            if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
                problems.add(key_line(text, name), f"[[{name}]]처럼 대괄호를 두 겹으로 쓰십시오.")
                continue
            lines = table_lines(text, name)
            for number, item in enumerate(items):
                line = lines[number] if number < len(lines) else 1
                self._read_table(name, item, text, line, problems)

    def _read_table(
        self, name: str, item: dict[str, Any], text: str, line: int, problems: FileProblems
    ) -> None:
        if name == "quiz":
            quiz = read_quiz_table(item, text, line, problems)
            self.quizzes.extend([quiz] if quiz else [])
            return
        question = read_question_table(item, text, line, problems)
        if question:
            self.questions.append(question)
        else:
            self.broken.add(str(item.get("slug", "")))
