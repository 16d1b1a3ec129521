"""Generators of questions for subjects that have no widget: a small pure function each.

Standard library, kernel and `apps.widgetkit.asks` only. A subject that gets a widget of its own
takes its generators along, names included.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from apps.kernel.code import code_digest
from apps.widgetkit.asks import Generator

from . import billing, multipart, snapshots, tenancy, versions


@dataclass(frozen=True, slots=True)
class Subject:
    """What belongs together, and the lesson (slug) that explains it."""

    title: str  # Korean
    lesson: str
    generators: tuple[Generator, ...]


SUBJECTS = (
    Subject("EC2 테넌시", "tenancy", (*tenancy.GENERATORS, *billing.GENERATORS)),
    Subject(
        "EBS와 S3",
        "s3",
        (*snapshots.GENERATORS, *multipart.GENERATORS, *versions.GENERATORS),
    ),
)
GENERATORS: Mapping[str, Generator] = {
    generator.id: generator for subject in SUBJECTS for generator in subject.generators
}


@cache
def engine_name() -> str:
    """Such as `quizzes.generators 3f2a9c01d5e7`; another one whenever a file here changes."""
    return f"quizzes.generators {code_digest(Path(__file__).resolve().parent)}"
