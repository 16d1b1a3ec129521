"""Reads and checks the question files of all content folders; every problem with file and line."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from apps.content.catalogue import Catalogue
from apps.content.frontmatter import key_line, parse_toml, table_lines
from apps.content.problems import FileProblems, Problem, Problems
from apps.content.textfile import read
from apps.quizzes.loading.bank import Bank, QuestionEntry, QuizEntry
from apps.quizzes.loading.checks import check_bank
from apps.quizzes.loading.questions import read_question_table
from apps.quizzes.loading.quizzes import read_quiz_table

_TABLES = ("quiz", "question")


@dataclass(frozen=True, slots=True)
class BankReading:
    """The bank, or None and the reasons."""

    bank: Bank | None
    problems: tuple[Problem, ...]


def read_bank(folders: Sequence[Path], catalogue: Catalogue) -> BankReading:
    """All `quizzes/*.toml` of the folders, held against the lessons of the catalogue.

    With any problem there is no bank: nothing is loaded by halves.
    """
    sink = Problems()
    questions: list[QuestionEntry] = []
    quizzes: list[QuizEntry] = []
    for folder in folders:
        for path in sorted((folder / "quizzes").glob("*.toml")):
            shown = f"{folder.name or folder.resolve().name}/quizzes/{path.name}"
            _read_file(path, FileProblems(shown, sink), questions, quizzes)
    bank = Bank(tuple(questions), tuple(quizzes))
    check_bank(bank, catalogue)
    problems = sink.sorted()
    return BankReading(None if problems else bank, problems)


def _read_file(
    path: Path,
    problems: FileProblems,
    questions: list[QuestionEntry],
    quizzes: list[QuizEntry],
) -> None:
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
            problems.add(1, f"[[{name}]]처럼 대괄호를 두 겹으로 쓰십시오.")
            continue
        lines = table_lines(text, name)
        for number, item in enumerate(items):
            line = lines[number] if number < len(lines) else 1
            if name == "question":
                question = read_question_table(item, text, line, problems)
                questions.extend([question] if question else [])
            else:
                quiz = read_quiz_table(item, text, line, problems)
                quizzes.extend([quiz] if quiz else [])
