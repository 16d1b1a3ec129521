"""Content folders → one validated catalogue, or every problem in them."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID

from apps.content.asked import AskedEntry
from apps.content.course import Course, read_course
from apps.content.diagrams import Diagram, read_diagrams
from apps.content.digests import digest_of
from apps.content.directives import Embeds
from apps.content.errata import (
    KIND_LABELS,
    ErratumEntry,
    ErratumSpec,
    SourceSpec,
    erratum_source_line,
    read_errata,
)
from apps.content.frontmatter import parse_toml
from apps.content.lesson import LessonFile, read_lesson, slug_of
from apps.content.problems import FileProblems, Problem, Problems
from apps.content.render import RENDERER_VERSION, Block, Rendered, TocEntry, render_body
from apps.content.textfile import read

__all__ = [
    "KIND_LABELS",
    "Block",
    "Catalogue",
    "ErratumSpec",
    "LessonSpec",
    "Reading",
    "SourceSpec",
    "TocEntry",
    "UnitSpec",
    "erratum_source_line",
    "read_catalogue",
    "source_digest",
]

_CONTENT_FILES = (
    "*.toml",
    "lessons/*.md",
    "diagrams/*.toml",
    "diagrams/*.svg",
    "quizzes/*.toml",
)


@dataclass(frozen=True, slots=True)
class UnitSpec:
    slug: str
    title: str
    summary: str
    position: int


@dataclass(frozen=True, slots=True)
class LessonSpec:
    """A lesson ready to be shown; `position` counts from 1 through the whole course."""

    uuid: UUID
    slug: str
    unit: str
    position: int
    title: str
    short_title: str
    summary: str
    minutes: int
    objectives: tuple[str, ...]
    blocks: tuple[Block, ...]
    toc: tuple[TocEntry, ...]
    errata: tuple[ErratumSpec, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    units: tuple[UnitSpec, ...]
    lessons: tuple[LessonSpec, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The catalogue, or None and the reasons."""

    catalogue: Catalogue | None
    problems: tuple[Problem, ...]


def source_digest(
    folders: Sequence[Path], *, embeds: Embeds | None = None, engines: Sequence[str] = ()
) -> str:
    """Hash of everything content is made of, to see that nothing changed without reading it.

    `engines` are the versions of those that compute keys: a question may follow from them.
    """
    digest = hashlib.sha256()
    known = {
        kind: {name: sorted(presets) for name, presets in names.items()}
        for kind, names in (embeds or {}).items()
    }
    digest.update(json.dumps([RENDERER_VERSION, known, list(engines)], sort_keys=True).encode())
    for number, folder in enumerate(folders):
        for pattern in _CONTENT_FILES:
            for path in sorted(folder.glob(pattern)):
                try:
                    # A pipe would be waited for for ever.
                    data = path.read_bytes() if path.is_file() else b""
                except OSError:  # read_catalogue says what is wrong with it
                    data = b""
                name = f"{number}/{path.relative_to(folder).as_posix()}"
                digest.update(f"{len(name)}:{name}{len(data)}:".encode())
                digest.update(data)
    return digest.hexdigest()


def read_catalogue(
    folders: Sequence[Path], *, embeds: Embeds | None = None, asked: Sequence[AskedEntry] = ()
) -> Reading:
    """Read and check content folders; later ones add units, lessons and corrections.

    `embeds` are the names that lessons may embed, by kind (`widget`, `quiz`); `asked` are sentences
    that questions ask about. All problems of all folders are collected; with any of them there is
    no catalogue.
    """
    reader = _Reader(embeds or {}, asked)
    if not folders:
        reader.sink.add("content", 1, "읽을 콘텐츠 폴더가 없습니다. 폴더를 하나 이상 정하십시오.")
    for folder in folders:
        reader.read_folder(folder)
    catalogue = reader.finish()
    problems = reader.sink.sorted()
    return Reading(None if problems else catalogue, problems)


class _Reader:
    def __init__(self, embeds: Embeds, asked: Sequence[AskedEntry]) -> None:
        self.embeds = embeds
        self.asked = asked
        self.sink = Problems()
        self.course = Course()
        self.lessons: list[LessonFile] = []
        # Slugs of files with worse troubles: nobody should be told that they do not exist.
        self.unreadable: set[str] = set()
        self.errata: list[ErratumEntry] = []
        self.diagrams: dict[str, Diagram] = {}
        self.first_course: FileProblems | None = None

    def read_folder(self, folder: Path) -> None:
        shown = folder.name or folder.resolve().name
        if not folder.is_dir():
            self.sink.add(shown, 1, "콘텐츠 폴더가 없습니다. 폴더의 이름과 위치를 확인하십시오.")
            return
        course = folder / "course.toml"
        course_problems = FileProblems(f"{shown}/course.toml", self.sink)
        self.first_course = self.first_course or course_problems
        if course.exists() or course_problems is self.first_course:
            read_course(course, course_problems, self.course)
        for name, diagram in read_diagrams(
            folder / "diagrams", f"{shown}/diagrams", self.sink
        ).items():
            if name in self.diagrams:
                self.sink.add(
                    f"{shown}/diagrams/{name}.toml",
                    1,
                    f"다른 폴더에 “{name}” 그림이 이미 있습니다. 이름을 바꾸십시오.",
                )
            self.diagrams[name] = diagram
        for path in sorted((folder / "lessons").glob("*.md")):
            lesson = read_lesson(path, FileProblems(f"{shown}/lessons/{path.name}", self.sink))
            if lesson:
                self.lessons.append(lesson)
            else:
                self.unreadable.add(slug_of(path))
        self._read_errata(folder / "errata.toml", f"{shown}/errata.toml")

    def _read_errata(self, path: Path, shown: str) -> None:
        if not path.exists():
            return
        problems = FileProblems(shown, self.sink)
        text = read(path, problems)
        table = parse_toml(text, problems) if text is not None else None
        if text is not None and table is not None:
            self.errata.extend(read_errata(text, table, problems))

    def finish(self) -> Catalogue:
        self._check_clashes()
        order = self.course.order(self.lessons, self.unreadable)
        rendered = self._render_all()
        specs = [
            _spec(lesson, unit, position, rendered[lesson])
            for position, (unit, lesson) in enumerate(order, 1)
        ]
        units = tuple(
            UnitSpec(unit.slug, unit.title, unit.summary, position)
            for position, unit in enumerate(self.course.units.values(), 1)
        )
        parts = [[asdict(unit) for unit in units], [spec.digest for spec in specs]]
        return Catalogue(units, tuple(specs), digest_of(parts))

    def _render_all(self) -> dict[LessonFile, Rendered]:
        """Every lesson, also one that no unit lists: its author wants to know all at once."""
        by_lesson = self._errata_by_lesson()
        figures = {name: diagram.html for name, diagram in self.diagrams.items()}
        pages: dict[LessonFile, Rendered] = {}
        for lesson in self.lessons:
            page = render_body(
                lesson.body,
                path=lesson.problems.path,
                first_line=lesson.body_line,
                embeds=self.embeds,
                diagrams=figures,
                errata=by_lesson.pop(lesson.slug, []),
                links=lesson.links,
                asked=[entry for entry in self.asked if entry.lesson == lesson.slug],
            )
            for problem in page.problems:
                self.sink.add(problem.path, problem.line, problem.message)
            pages[lesson] = page
        return pages

    def _check_clashes(self) -> None:
        slugs: dict[str, LessonFile] = {}
        uuids: dict[UUID, LessonFile] = {}
        for lesson in self.lessons:
            if (other := slugs.setdefault(lesson.slug, lesson)) is not lesson:
                lesson.report(
                    "slug",
                    f"{other.problems.path} 파일과 slug가 같습니다. "
                    "파일 이름과 slug를 함께 바꾸십시오.",
                )
            if (other := uuids.setdefault(lesson.uuid, lesson)) is not lesson:
                lesson.report(
                    "id",
                    f"{other.problems.path} 파일과 id가 같습니다. 새 UUID를 만들어 넣으십시오.",
                )

    def _errata_by_lesson(self) -> dict[str, list[ErratumEntry]]:
        known = {lesson.slug for lesson in self.lessons} | self.unreadable
        seen: dict[str, ErratumEntry] = {}
        grouped: dict[str, list[ErratumEntry]] = {}
        for entry in self.errata:
            name = entry.spec.id
            if name and (other := seen.setdefault(name, entry)) is not entry:
                entry.problems.add(
                    entry.line,
                    f"정정 {name}: 같은 id가 {other.problems.path} {other.line}번째 줄에도 "
                    "있습니다. 하나를 바꾸십시오.",
                )
            elif entry.lesson and entry.lesson not in known:
                entry.problems.add(
                    entry.line,
                    f"정정 {name}: “{entry.lesson}” 레슨이 없습니다. lesson을 고치십시오.",
                )
            else:
                grouped.setdefault(entry.lesson, []).append(entry)
        return grouped


def _spec(lesson: LessonFile, unit: str, position: int, rendered: Rendered) -> LessonSpec:
    shown = {
        "uuid": str(lesson.uuid),
        "slug": lesson.slug,
        "unit": unit,
        "position": position,
        "title": lesson.title,
        "short_title": lesson.short_title,
        "summary": lesson.summary,
        "minutes": lesson.minutes,
        "objectives": lesson.objectives,
        "blocks": [asdict(block) for block in rendered.blocks],
        "toc": [asdict(entry) for entry in rendered.toc],
        "errata": [asdict(erratum) for erratum in rendered.errata],
        "renderer": RENDERER_VERSION,
    }
    return LessonSpec(
        uuid=lesson.uuid,
        slug=lesson.slug,
        unit=unit,
        position=position,
        title=lesson.title,
        short_title=lesson.short_title,
        summary=lesson.summary,
        minutes=lesson.minutes,
        objectives=lesson.objectives,
        blocks=rendered.blocks,
        toc=rendered.toc,
        errata=rendered.errata,
        digest=digest_of(shown),
    )
