"""One `[[quiz]]` table with its sections, draws and runs."""

from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from apps.content.fields import Fields
from apps.content.frontmatter import key_line
from apps.content.problems import FileProblems
from apps.quizzes.domain.kinds.base import Scoring
from apps.quizzes.loading.bank import DrawEntry, Place, QuizEntry, RunEntry, SectionEntry
from apps.quizzes.loading.questions import check_length, read_uuid
from apps.quizzes.models import Pool, Quiz, QuizRun, Section
from apps.quizzes.models.words import Counts, Feedback

_KEYS = [
    "id",
    "slug",
    "title",
    "summary",
    "topic",
    "lesson",
    "minutes",
    "scoring",
    "shuffle_choices",
    "pass_mark",
    "section",
    "run",
]
_RUN_KEYS = ("slug", "title", "feedback", "minutes", "max_attempts", "counts")
_SECTION_KEYS = ("title", "shuffle", "draw")
_DRAW_KEYS = ("question", "topic", "pool", "count", "points")
_MOST_MINUTES = 600
_MOST = 200


def read_quiz_table(
    table: dict[str, Any], text: str, line: int, problems: FileProblems
) -> QuizEntry | None:
    """The quiz, or None with every mistake told. Lines within sections are those of the quiz."""
    name = table.get("slug")
    where = f"퀴즈 {name}" if isinstance(name, str) else "퀴즈"
    fields = Fields(table, problems, partial(_key_line, text, line), where)
    fields.allow_only(_KEYS)
    uuid = read_uuid(fields)
    sections = tuple(
        _section(each, where, line, problems) for each in _tables(fields, "section", 1)
    )
    runs = tuple(_run(each, where, line, problems) for each in _tables(fields, "run", 1))
    slugs = [run.slug for run in runs]
    if len(set(slugs)) < len(slugs):
        fields.report("run", "run의 slug가 겹칩니다. 하나를 바꾸십시오.")
    scoring = Scoring.ALL_OR_NOTHING.value
    slug = fields.slug()
    quiz = QuizEntry(
        uuid=uuid or UUID(int=0),
        slug=slug,
        title=fields.text("title"),
        summary=fields.text("summary"),
        topic=fields.slug("topic"),
        lesson=fields.text("lesson", required=False),
        minutes=fields.integer("minutes", 1, _MOST_MINUTES),
        scoring=fields.choice("scoring", Scoring) if "scoring" in table else scoring,
        shuffle_choices=fields.boolean("shuffle_choices", default=True),
        pass_mark=fields.integer("pass_mark", 1, 100) if "pass_mark" in table else None,
        sections=sections,
        runs=runs,
        place=Place(line, problems),
    )
    for key in ("slug", "title", "summary", "topic", "lesson"):
        check_length(fields, Quiz, key, getattr(quiz, key))
    return quiz if uuid and slug else None


def _key_line(text: str, start: int, key: str) -> int:
    return key_line(text, key, start=start)


def _tables(fields: Fields, key: str, low: int) -> list[dict[str, Any]]:
    items = fields.table.get(key, [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        fields.report(key, f"{key}는 대괄호를 두 겹으로 묶은 표로 쓰십시오.")
        return []
    if len(items) < low:
        fields.report(key, f"{key} 표가 하나 이상 있어야 합니다.")
    return items


def _section(table: dict[str, Any], where: str, line: int, problems: FileProblems) -> SectionEntry:
    fields = Fields(table, problems, lambda _key: line, f"{where}의 section")
    fields.allow_only(_SECTION_KEYS)
    draws = tuple(_draw(each, where, line, problems) for each in _tables(fields, "draw", 1))
    title = fields.text("title", required=False)
    check_length(fields, Section, "title", title)
    return SectionEntry(title, fields.boolean("shuffle", default=False), draws)


def _draw(table: dict[str, Any], where: str, line: int, problems: FileProblems) -> DrawEntry:
    fields = Fields(table, problems, lambda _key: line, f"{where}의 draw")
    fields.allow_only(_DRAW_KEYS)
    question = fields.text("question", required=False)
    points = Decimal(fields.integer("points", 1, 100)) if "points" in table else Decimal(1)
    if question:
        for key in ("topic", "pool", "count"):
            if key in table:
                fields.report(key, f"question이 있으면 {key} 항목은 쓰지 않습니다.")
        return DrawEntry(question, "", "", 1, points)
    return DrawEntry(
        "",
        fields.slug("topic"),
        fields.choice("pool", Pool.values),
        fields.integer("count", 1, _MOST),
        points,
    )


def _run(table: dict[str, Any], where: str, line: int, problems: FileProblems) -> RunEntry:
    fields = Fields(table, problems, lambda _key: line, f"{where}의 run")
    fields.allow_only(_RUN_KEYS)
    minutes = fields.integer("minutes", 1, _MOST_MINUTES) if "minutes" in table else None
    # A file knows no dates: a run that closes belongs to a class, which sets it up itself.
    feedback = fields.choice("feedback", [Feedback.IMMEDIATE.value, Feedback.AFTER_SUBMIT.value])
    slug, title = fields.slug(), fields.text("title")
    check_length(fields, QuizRun, "slug", slug)
    check_length(fields, QuizRun, "title", title)
    return RunEntry(
        slug=slug,
        title=title,
        feedback=feedback,
        time_limit=None if minutes is None else minutes * 60,
        max_attempts=fields.integer("max_attempts", 1, 100) if "max_attempts" in table else None,
        counts=fields.choice("counts", Counts.values) if "counts" in table else Counts.BEST.value,
    )
