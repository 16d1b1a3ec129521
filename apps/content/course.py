"""The order of the course: course.toml of one or more folders."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apps.content.fields import Fields
from apps.content.frontmatter import key_line, parse_toml, table_lines
from apps.content.lesson import LessonFile
from apps.content.problems import FileProblems
from apps.content.textfile import read

TITLE_LENGTH, SUMMARY_LENGTH = 100, 300
_KEYS = ("slug", "title", "summary", "lessons")


@dataclass(slots=True)
class Unit:
    """A unit as listed; each lesson slug comes with the line and file that list it."""

    slug: str
    title: str
    summary: str
    lessons: list[tuple[str, int, FileProblems]] = field(default_factory=list)


@dataclass(slots=True)
class Course:
    """Units of all folders, in order."""

    units: dict[str, Unit] = field(default_factory=dict)

    def order(
        self, lessons: Sequence[LessonFile], unreadable: Collection[str] = ()
    ) -> list[tuple[str, LessonFile]]:
        """(unit slug, lesson) in the order of the course; lessons listed never or twice, and
        listed ones that do not exist, are problems. `unreadable` slugs have a file at least."""
        by_slug = {lesson.slug: lesson for lesson in reversed(lessons)}
        listed: set[str] = set()
        order: dict[str, list[LessonFile]] = {slug: [] for slug in self.units}
        for unit in self.units.values():
            for slug, line, problems in unit.lessons:
                if slug in listed:
                    problems.add(line, f"“{slug}” 레슨을 두 번 적었습니다. 한 곳에만 두십시오.")
                elif slug in unreadable:
                    continue
                elif slug not in by_slug:
                    problems.add(
                        line,
                        f"“{slug}” 레슨의 파일이 없습니다. lessons/NN-{slug}.md 파일을 만드십시오.",
                    )
                else:
                    order[unit.slug].append(by_slug[slug])
                listed.add(slug)
        for lesson in lessons:
            self._place_by_front_matter(lesson, listed, order)
        return [(unit, lesson) for unit, group in order.items() for lesson in group]

    def _place_by_front_matter(
        self, lesson: LessonFile, listed: set[str], order: dict[str, list[LessonFile]]
    ) -> None:
        if lesson.slug in listed:
            if lesson.unit and lesson not in order.get(lesson.unit, []):
                lesson.report(
                    "unit",
                    "레슨 정보: course.toml이 이 레슨을 다른 단원에 두었습니다. "
                    "unit 줄을 지우십시오.",
                )
        elif lesson.unit in order:
            order[lesson.unit].append(lesson)
            listed.add(lesson.slug)
        elif lesson.unit:
            lesson.report(
                "unit",
                f"레슨 정보: “{lesson.unit}” 단원이 없습니다. "
                f"{', '.join(self.units) or 'course.toml의 단원'} 중에서 고르십시오.",
            )
        else:
            lesson.report(
                "slug",
                f"“{lesson.slug}” 레슨이 어느 단원에도 없습니다. course.toml의 lessons에 "
                '적거나 unit = "…" 줄을 넣으십시오.',
            )


def read_course(path: Path, problems: FileProblems, course: Course) -> None:
    """Add the units of one course.toml; a unit of an earlier folder must not come again."""
    text = read(path, problems)
    table = parse_toml(text, problems) if text is not None else None
    if text is None or table is None:
        return
    units = table.get("unit", [])
    if not isinstance(units, list) or not units or not all(isinstance(u, dict) for u in units):
        problems.add(1, "단원이 없습니다. [[unit]]으로 시작하는 표를 하나 이상 쓰십시오.")
        return
    for key in table:
        if key != "unit":
            problems.add(key_line(text, key), f"{key} 항목은 쓰지 않습니다. 지우십시오.")
    lines = table_lines(text, "unit")
    for number, item in enumerate(units):
        start = lines[number] if number < len(lines) else 1
        _read_unit(item, text, start, problems, course)


def _read_unit(
    item: dict[str, Any], text: str, start: int, problems: FileProblems, course: Course
) -> None:
    fields = Fields(item, problems, lambda key: key_line(text, key, start=start), "단원")
    fields.allow_only(_KEYS)
    title = fields.text("title", most=TITLE_LENGTH)
    unit = Unit(fields.slug(), title, fields.text("summary", most=SUMMARY_LENGTH))
    line = key_line(text, "lessons", start=start)
    unit.lessons = [(slug, line, problems) for slug in fields.texts("lessons", 1, 100)]
    if unit.slug in course.units:
        fields.report("slug", f"“{unit.slug}” 단원이 이미 있습니다. slug를 바꾸십시오.")
    elif unit.slug:
        course.units[unit.slug] = unit
