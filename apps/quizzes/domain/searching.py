"""The words of a question as one text, for instructors to search in."""

import unicodedata
from collections.abc import Iterator

from apps.quizzes.domain.reading import dump_question
from apps.quizzes.domain.spec import QuestionSpec

# Names, ids and dates of a document: nobody looks for a question by them.
_NO_WORDS = frozenset(
    {
        *("kind", "topic", "level", "difficulty", "lesson", "section", "erratum", "as_of"),
        *("id", "widget", "preset", "ask", "scenario", "expect", "generator", "parameters"),
    }
)
_MARKUP = str.maketrans({"*": None, "`": None, "\\": None})


def search_text(spec: QuestionSpec) -> str:
    """Stem, choices, explanation, feedback and quote, folded as `fold` folds what is looked for.

    A column of its own because a JSON column escapes Korean on SQLite and not on PostgreSQL.
    """
    return document_text(dump_question(spec))


def document_text(document: object) -> str:
    """The same of a document that may be half-written."""
    return fold("\n".join(_words(document)))


def fold(text: str) -> str:
    """NFC, no case, no emphasis marks, single spaces: `**보안** 그룹` is found by `보안 그룹`."""
    plain = unicodedata.normalize("NFC", text).translate(_MARKUP)
    return " ".join(plain.casefold().split())


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in _NO_WORDS:
                yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)
