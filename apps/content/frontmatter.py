"""TOML front matter between two `+++` lines, and TOML files, with line numbers of their errors."""

import re
import tomllib
from dataclasses import dataclass
from typing import Any

from apps.content.problems import FileProblems

FENCE = "+++"
_AT = re.compile(r"\s*\(at line (\d+), column \d+\)$")
_AT_END = re.compile(r"\s*\(at end of document\)$")
_STRING_FENCE = re.compile(r'"""|\'\'\'')


@dataclass(frozen=True, slots=True)
class Document:
    """A lesson file taken apart; line numbers count from 1 in the whole file."""

    front: dict[str, Any]
    front_text: str
    body: str
    body_line: int


def parse_toml(text: str, problems: FileProblems, *, first_line: int = 1) -> dict[str, Any] | None:
    """The table, or None with a problem at the line TOML stopped at."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        at = _AT.search(message)
        line = int(at.group(1)) if at else text.count("\n") + 1
        reason = _AT_END.sub("", _AT.sub("", message))
        problems.add(
            first_line + line - 1,
            f"TOML 문법에 맞지 않습니다({reason}). 따옴표, 쉼표, 대괄호를 확인하십시오.",
        )
        return None
    except RecursionError:
        problems.add(first_line, "괄호가 너무 여러 겹입니다. 겹친 괄호를 푸십시오.")
        return None


def split_document(text: str, problems: FileProblems) -> Document | None:
    """Front matter and body of a lesson file; None with a problem when there is no front matter."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        problems.add(1, "첫 줄은 +++ 이어야 합니다. 레슨 정보를 +++ 두 줄 사이에 쓰십시오.")
        return None
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None:
        problems.add(1, "레슨 정보를 닫는 +++ 줄이 없습니다. 본문 앞에 +++ 줄을 넣으십시오.")
        return None
    front_text = "\n".join(lines[1:end])
    front = parse_toml(front_text, problems, first_line=2)
    if front is None:
        return None
    return Document(front, front_text, "\n".join(lines[end + 1 :]), end + 2)


def key_line(text: str, key: str, *, start: int = 1, first_line: int = 1) -> int:
    """The line that sets `key` in the table opened at line `start` of `text`; else that line."""
    pattern = re.compile(rf"\s*(?:{re.escape(key)}|\"{re.escape(key)}\")\s*=")
    for number, line in enumerate(text.split("\n"), start=1):
        if number >= start and pattern.match(line):
            return first_line + number - 1
        if number > start and line.startswith("["):
            break
    return first_line + start - 1


def table_lines(text: str, header: str) -> list[int]:
    """Lines (from 1) of every `[[header]]`, in order, not counting those inside long strings."""
    found: list[int] = []
    inside: str | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        if inside is None and line.strip().split("#")[0].strip() == f"[[{header}]]":
            found.append(number)
        for match in _STRING_FENCE.finditer(line):
            if inside is None:
                inside = match.group()
            elif inside == match.group():
                inside = None
    return found
