"""Reads: the course as a whole, and how far one learner is in it."""

from collections.abc import Collection
from dataclasses import dataclass, field

from apps.accounts.models import Learner
from apps.lessons.models import ContentState, Lesson, ReadingProgress, Unit


@dataclass(frozen=True)
class LessonRow:
    """A lesson in a list; `progress` is None for a public page and for an unopened lesson."""

    lesson: Lesson
    progress: ReadingProgress | None = None

    @property
    def is_read(self) -> bool:
        return self.progress is not None and self.progress.read_at is not None

    @property
    def is_begun(self) -> bool:
        return self.progress is not None and not self.is_read


@dataclass(frozen=True)
class UnitRow:
    unit: Unit
    lessons: list[LessonRow] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        return sum(row.lesson.minutes for row in self.lessons)

    @property
    def read_count(self) -> int:
        return sum(row.is_read for row in self.lessons)


@dataclass(frozen=True)
class Course:
    """All units and lessons in order, with one learner's progress or with nobody's."""

    units: list[UnitRow]

    @property
    def rows(self) -> list[LessonRow]:
        return [row for unit in self.units for row in unit.lessons]

    @property
    def read_count(self) -> int:
        return sum(row.is_read for row in self.rows)

    @property
    def minutes(self) -> int:
        return sum(unit.minutes for unit in self.units)

    @property
    def is_begun(self) -> bool:
        return any(row.progress for row in self.rows)

    @property
    def next_row(self) -> LessonRow | None:
        """Where to go on: the unfinished lesson touched last, else the first one not yet read."""
        begun = [row for row in self.rows if row.is_begun]
        if begun:
            return max(begun, key=lambda row: row.progress.updated_at if row.progress else 0)
        return next((row for row in self.rows if not row.is_read), None)

    def neighbors(self, lesson: Lesson) -> tuple[Lesson | None, Lesson | None]:
        """The lessons before and after."""
        lessons = [row.lesson for row in self.rows]
        index = [other.pk for other in lessons].index(lesson.pk)
        before = lessons[index - 1] if index > 0 else None
        after = lessons[index + 1] if index + 1 < len(lessons) else None
        return before, after


def course_for(learner: Learner | None) -> Course:
    """The course with the learner's progress: two queries."""
    progress = {row.lesson_id: row for row in ReadingProgress.objects.of(learner)}
    units: dict[int, UnitRow] = {}
    for lesson in Lesson.objects.current().select_related("unit"):
        row = units.setdefault(lesson.unit_id, UnitRow(lesson.unit))
        row.lessons.append(LessonRow(lesson, progress.get(lesson.pk)))
    return Course(list(units.values()))


def lesson_titles(slugs: Collection[str]) -> dict[str, str]:
    """Titles by slug; what is no lesson is left out."""
    return dict(Lesson.objects.filter(slug__in=slugs).values_list("slug", "title"))


def content_version() -> str:
    """The digest of the loaded content; empty before the first `load_content`."""
    return ContentState.objects.values_list("digest", flat=True).first() or ""


def readiness_problems() -> list[str]:
    return [] if content_version() else ["content not loaded"]
