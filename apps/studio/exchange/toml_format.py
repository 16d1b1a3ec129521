"""This site's own format (docs/writing-questions.md), for keeping and passing on: nothing is lost.

Besides what shipped files say, a question may have `title` and `tags`, which only the studio knows.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

import tomli_w

from apps.content.fields import SLUG
from apps.content.frontmatter import table_lines
from apps.kernel.documents import Findings
from apps.kernel.shown import shown
from apps.quizzes.domain.kinds import DOCUMENT_KINDS
from apps.quizzes.domain.reading import dump_question, read_question
from apps.studio.exchange.entries import Entry, Options, told_problem
from apps.studio.exchange.items import (
    FileProblem,
    Item,
    ItemKind,
    Json,
    TextFormat,
    UnreadableError,
)
from apps.studio.exchange.leaving import Outgoing, leave
from apps.studio.exchange.naming import clean_title, tags_within
from apps.studio.exchange.spelled import POOLS

_OWN = ("id", "slug", "pool", "title", "tags")
_LONGEST_TOPIC = 60
_DEEPEST = 60
_TABLES = frozenset({"question", "quiz"})


@dataclass(frozen=True, slots=True)
class TomlReading:
    """`quizzes`: the tables as they stand, with their lines; who makes quizzes reads them."""

    entries: tuple[Entry, ...]
    quizzes: tuple[tuple[int, Json], ...]
    problems: tuple[FileProblem, ...]


def read_toml(text: str, options: Options) -> TomlReading:
    """Every `[[question]]`. What a table leaves out of topic, level and difficulty, `options` say.

    Raises UnreadableError for what is no TOML or holds no questions.
    """
    document = _parsed(text)
    problems = [
        FileProblem(0, f"알 수 없는 항목이라 읽지 않았습니다: {shown(key)}")
        for key in document
        if key not in _TABLES
    ]
    questions = _tables(document, "question", text, problems)
    quizzes = _tables(document, "quiz", text, problems)
    entries = tuple(_entry(line, table, options) for line, table in questions)
    if not entries and not quizzes:
        raise UnreadableError("[[question]] 표가 없습니다. 문제를 [[question]] 아래에 적어 주세요.")
    return TomlReading(entries, tuple(quizzes), tuple(problems))


def write_toml(questions: Iterable[Outgoing], quizzes: Iterable[Json] = ()) -> str:
    """A file that `read_toml` reads back into the same questions."""
    document: Json = {}
    if tables := [dict(quiz) for quiz in quizzes]:
        document["quiz"] = tables
    if tables := [_table(question) for question in questions]:
        document["question"] = tables
    return tomli_w.dumps(document, multiline_strings=True)


def _table(outgoing: Outgoing) -> Json:
    table: Json = {"id": outgoing.uuid, "slug": outgoing.slug, "pool": outgoing.pool}
    table = {name: value for name, value in table.items() if value}
    if outgoing.title:
        table["title"] = outgoing.title
    if outgoing.tags:
        table["tags"] = list(outgoing.tags)
    return {**table, **dump_question(outgoing.spec)}


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise UnreadableError(f"TOML로 읽을 수 없습니다. {_place(error)}") from None
    except RecursionError:
        raise UnreadableError("TOML이 너무 여러 겹입니다.") from None
    except ValueError:  # such as a number of many thousand digits
        raise UnreadableError("TOML로 읽을 수 없는 값이 있습니다.") from None


def _place(error: tomllib.TOMLDecodeError) -> str:
    line = getattr(error, "lineno", None)
    if line is None and "line " in str(error):
        line = str(error).rpartition("line ")[2].partition(",")[0]
    return f"{line}번째 줄을 확인하세요." if line else "끝이 빠졌는지 확인하세요."


def _tables(
    document: Mapping[str, Any], name: str, text: str, problems: list[FileProblem]
) -> list[tuple[int, Json]]:
    tables = document.get(name, [])
    if not isinstance(tables, list):
        problems.append(FileProblem(0, f"{name} 표는 [[{name}]]처럼 대괄호를 두 겹으로 씁니다."))
        return []
    lines = table_lines(text, name)
    found: list[tuple[int, Json]] = []
    for index, table in enumerate(tables):
        line = lines[index] if index < len(lines) else 0
        if isinstance(table, dict):
            found.append((line, table))
        else:
            problems.append(FileProblem(line, f"표가 아니라 읽지 않았습니다: {shown(table)}"))
    return found


def _entry(line: int, table: Json, options: Options) -> Entry:
    told: dict[str, None] = {}
    given = {"topic": options.topic, "level": options.level, "difficulty": options.difficulty}
    document = {**given, **{key: value for key, value in table.items() if key not in _OWN}}
    topic = document["topic"]
    if isinstance(topic, str) and (len(topic) > _LONGEST_TOPIC or not SLUG.match(topic)):
        told["topic은 영어 소문자, 숫자, 하이픈으로 씁니다. 화면에서 고른 주제로 넣습니다."] = None
        document["topic"] = options.topic
    findings = Findings()
    spec = read_question(document, findings, strict=False)
    faults = tuple(told_problem(problem) for problem in findings.problems())
    pool = table.get("pool", options.pool)
    if pool not in POOLS:
        told[f"pool은 practice나 exam입니다. ‘{options.pool}’로 넣습니다."] = None
        pool = options.pool
    title = clean_title(_text(table, "title"), told)
    written = table.get("tags", [])
    names = [tag for tag in written if isinstance(tag, str)] if isinstance(written, list) else []
    tags = tags_within((*names, *options.tags), told)
    known = isinstance(document.get("kind"), str) and document["kind"] in DOCUMENT_KINDS
    outgoing = spec and Outgoing(spec, _text(table, "id"), "", title, tags)
    item = (outgoing and leave(outgoing).item) or Item(
        line, ItemKind.ESSAY, title, stem=_text(table, "stem"), stem_format=TextFormat.MARKDOWN
    )
    return Entry(
        replace(item, line=line),
        _jsonable(document) if known else None,
        title,
        tags,
        pool,
        (*told, *faults),
        faults,
        _text(table, "slug"),
    )


def _text(table: Mapping[str, Any], name: str) -> str:
    value = table.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _jsonable(value: Any, depth: int = 0) -> Any:
    """What every database stores as JSON: no days and times, no NUL, no NaN, nothing endless deep.

    What is changed here was no question before, but for the day of `as_of`.
    """
    if depth > _DEEPEST:
        return ""
    if isinstance(value, dict):
        return {_clean(key): _jsonable(each, depth + 1) for key, each in value.items()}
    if isinstance(value, list):
        return [_jsonable(each, depth + 1) for each in value]
    if isinstance(value, str):
        return _clean(value)
    if value is None or isinstance(value, int) or (isinstance(value, float) and isfinite(value)):
        return value
    return str(value)


def _clean(text: str) -> str:
    return text.replace("\0", "")
