"""Mistakes in content files, collected so that an author sees all of them at once."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One mistake: the file (as an author knows it), the line from 1, what to do (Korean)."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class Problems:
    """Collects problems of many files; the same mistake at the same place is kept once."""

    def __init__(self) -> None:
        self._found: set[Problem] = set()

    def add(self, path: str, line: int, message: str) -> None:
        self._found.add(Problem(path, max(line, 1), message))

    def sorted(self) -> tuple[Problem, ...]:
        return tuple(sorted(self._found))

    def __bool__(self) -> bool:
        return bool(self._found)


@dataclass(frozen=True, slots=True)
class FileProblems:
    """The collector as seen from one file."""

    path: str
    sink: Problems

    def add(self, line: int, message: str) -> None:
        self.sink.add(self.path, line, message)
