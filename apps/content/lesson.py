"""One lesson file: `NN-slug.md` with TOML front matter, checked but not yet rendered."""

import re
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from apps.content.fields import Fields
from apps.content.frontmatter import Document, key_line, split_document
from apps.content.links import LinkEntry, read_links
from apps.content.problems import FileProblems
from apps.content.textfile import read

TITLE_LENGTH, SHORT_TITLE_LENGTH, SUMMARY_LENGTH = 200, 60, 300
MINUTES = (1, 60)
OBJECTIVES = (1, 6)
_KEYS = (
    "id", "slug", "title", "short_title", "summary", "minutes", "objectives", "unit",
    "link",
)  # fmt: skip
_FILE_NAME = re.compile(r"\d{2,}-(?P<slug>.+)\.md\Z")
_FRONT_LINE = 2


@dataclass(eq=False, slots=True)
class LessonFile:
    """`unit` is the unit named in the front matter, for folders without a course.toml."""

    uuid: UUID
    slug: str
    title: str
    short_title: str
    summary: str
    minutes: int
    objectives: tuple[str, ...]
    unit: str
    links: tuple[LinkEntry, ...]
    body: str
    body_line: int
    front_text: str
    problems: FileProblems

    def report(self, key: str, message: str) -> None:
        self.problems.add(key_line(self.front_text, key, first_line=_FRONT_LINE), message)


def read_lesson(path: Path, problems: FileProblems) -> LessonFile | None:
    """The lesson, or None when it has no usable slug or UUID; the rest is reported and kept."""
    text = read(path, problems)
    document = split_document(text, problems) if text is not None else None
    if document is None:
        return None
    fields = Fields(
        document.front,
        problems,
        lambda key: key_line(document.front_text, key, first_line=_FRONT_LINE),
        "레슨 정보",
    )
    fields.allow_only(_KEYS)
    uuid = _uuid(fields)
    slug = fields.slug()
    _check_file_name(path, slug, fields)
    lesson = _lesson(fields, document, uuid or UUID(int=0), slug, problems)
    if not document.body.strip():
        problems.add(document.body_line, "본문이 비어 있습니다. +++ 아래에 레슨을 쓰십시오.")
    return lesson if uuid and slug else None


def _lesson(
    fields: Fields, document: Document, uuid: UUID, slug: str, problems: FileProblems
) -> LessonFile:
    return LessonFile(
        uuid=uuid,
        slug=slug,
        title=fields.text("title", most=TITLE_LENGTH),
        short_title=fields.text("short_title", most=SHORT_TITLE_LENGTH),
        summary=fields.text("summary", most=SUMMARY_LENGTH),
        minutes=fields.integer("minutes", *MINUTES),
        objectives=fields.texts("objectives", *OBJECTIVES),
        unit=fields.text("unit", required=False),
        links=read_links(document.front, document.front_text, problems, first_line=_FRONT_LINE),
        body=document.body,
        body_line=document.body_line,
        front_text=document.front_text,
        problems=problems,
    )


def _uuid(fields: Fields) -> UUID | None:
    value = fields.text("id")
    if not value:
        return None
    try:
        return UUID(value)
    except ValueError:
        fields.report("id", f"“{value}” 값은 UUID가 아닙니다. 새 UUID를 만들어 넣으십시오.")
        return None


def slug_of(path: Path) -> str:
    """The slug a file name promises; "" when it promises none."""
    match = _FILE_NAME.match(path.name)
    return match["slug"] if match else ""


def _check_file_name(path: Path, slug: str, fields: Fields) -> None:
    match = _FILE_NAME.match(path.name)
    if not match:
        fields.problems.add(1, f"“{path.name}” 파일의 이름을 01-slug.md 모양으로 바꾸십시오.")
    elif slug and match["slug"] != slug:
        fields.report(
            "slug",
            f"slug 값 “{slug}”, 파일 이름 “{match['slug']}” 두 이름이 다릅니다. 하나로 맞추십시오.",
        )
