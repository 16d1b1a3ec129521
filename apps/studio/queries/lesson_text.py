"""The author's text of a lesson, to find quotes in."""

from functools import lru_cache

from apps.content.anchor import TextIndex
from apps.content.tree import Element, parse
from apps.lessons.models import Lesson


def current_lesson(slug: str) -> Lesson | None:
    """The lesson with its text; None where the course has none of that name."""
    return Lesson.objects.filter(slug=slug, retired_at__isnull=True).first()


def text_of(lesson: Lesson) -> TextIndex:
    """Where quotes stand in it. Kept, as every check of a question asks for it."""
    return _parsed(lesson.pk, lesson.digest, _html(lesson))[1]


def tree_of(lesson: Lesson) -> Element:
    """The lesson's page as a tree. Not to be changed: others read the same one."""
    return _parsed(lesson.pk, lesson.digest, _html(lesson))[0]


def _html(lesson: Lesson) -> str:
    return "".join(block["html"] for block in lesson.blocks)


@lru_cache(maxsize=8)
def _parsed(key: int, digest: str, html: str) -> tuple[Element, TextIndex]:
    root, _ = parse(html)
    return root, TextIndex(root)
