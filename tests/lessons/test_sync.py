"""Bringing the files into the database: idempotent, one transaction, nothing deleted."""

import datetime as dt
import os
import shutil
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import CharField, Model
from pytest_django import Settings

from apps.accounts.models import Learner
from apps.content import course as course_files
from apps.content import errata, fields, lesson
from apps.content.catalogue import Catalogue
from apps.lessons.models import ContentState, Erratum, Lesson, ReadingProgress, Unit
from apps.lessons.services import mark_read, sync_catalogue
from tests.moments import NOW
from tests.shipped import shipped_catalogue

LATER = NOW + dt.timedelta(days=1)


@pytest.fixture
def own_content(tmp_path: Path, settings: Settings) -> Path:
    """A copy of the shipped content that a test may change."""
    folder = tmp_path / "content"
    shutil.copytree(settings.GUREUM_CONTENT_DIRS[0], folder)
    settings.GUREUM_CONTENT_DIRS = (folder,)
    return folder


def load(*args: str) -> str:
    out = StringIO()
    call_command("load_content", *args, stdout=out, stderr=out)
    return out.getvalue()


@pytest.mark.django_db
def test_loading_brings_all_lessons_and_says_so(own_content: Path) -> None:
    said = load()
    assert "레슨: 추가 14, 바뀜 0, 내림 0, 그대로 0" in said
    assert "정정: 추가 103" in said
    assert Lesson.objects.current().count() == 14
    assert Unit.objects.count() == 6


@pytest.mark.django_db
def test_loading_twice_changes_nothing(own_content: Path) -> None:
    load()
    before = ContentState.objects.get().loaded_at
    assert "바뀐 것이 없습니다" in load()
    assert ContentState.objects.get().loaded_at == before


def test_syncing_the_same_catalogue_again_changes_no_row(course: Catalogue) -> None:
    report = sync_catalogue(course, source_digest="x", now=LATER)
    for changes in (report.units, report.lessons, report.errata):
        assert (changes.added, changes.changed, changes.retired) == ([], [], [])


@pytest.mark.django_db
def test_a_changed_lesson_is_named(own_content: Path) -> None:
    load()
    path = own_content / "lessons" / "13-iam-groups.md"
    path.write_text(path.read_text().replace("minutes = ", "minutes = 1"))
    said = load()
    assert "레슨: 추가 0, 바뀜 1, 내림 0, 그대로 13" in said
    assert "바뀜: iam-groups" in said


@pytest.mark.django_db
def test_check_changes_nothing(own_content: Path) -> None:
    assert "레슨 14개" in load("--check")
    assert not Lesson.objects.exists()


@pytest.mark.django_db
def test_all_problems_are_named_with_file_and_line_and_nothing_changes(own_content: Path) -> None:
    load()
    first = own_content / "lessons" / "01-aws.md"
    second = own_content / "lessons" / "02-virtualization.md"
    first.write_text(first.read_text().replace("사용한 만큼만 비용이 청구됩니다.", "다른 말."))
    second.write_text(second.read_text() + '\n::diagram{name="nirgends"}\n')
    out = StringIO()
    with pytest.raises(CommandError, match="2군데"):
        call_command("load_content", stdout=out, stderr=out)
    said = out.getvalue()
    assert "errata.toml:" in said
    assert "02-virtualization.md:" in said
    assert "다른 말." not in str(Lesson.objects.get(slug="aws").blocks)


@pytest.mark.parametrize(
    ("model", "field", "limit"),
    [
        (Unit, "slug", fields.SLUG_LENGTH),
        (Unit, "title", course_files.TITLE_LENGTH),
        (Unit, "summary", course_files.SUMMARY_LENGTH),
        (Lesson, "slug", fields.SLUG_LENGTH),
        (Lesson, "title", lesson.TITLE_LENGTH),
        (Lesson, "short_title", lesson.SHORT_TITLE_LENGTH),
        (Lesson, "summary", lesson.SUMMARY_LENGTH),
        (Erratum, "slug", errata.ID_LENGTH),
        (Erratum, "section", errata.SECTION_LENGTH),
    ],
)
def test_what_the_files_may_hold_fits_into_the_database(
    model: type[Model], field: str, limit: int
) -> None:
    column = model._meta.get_field(field)
    assert isinstance(column, CharField)
    assert column.max_length == limit


def test_every_kind_of_correction_fits_into_the_database() -> None:
    words = {
        "kind": errata.KIND_LABELS,
        "severity": errata.SEVERITIES,
        "confidence": errata.CONFIDENCES,
    }
    for field, choices in words.items():
        column = Erratum._meta.get_field(field)
        assert isinstance(column, CharField)
        assert max(map(len, choices)) <= (column.max_length or 0)


def without(catalogue: Catalogue, slug: str) -> Catalogue:
    lessons = tuple(spec for spec in catalogue.lessons if spec.slug != slug)
    return replace(catalogue, lessons=lessons, digest="other")


def test_a_lesson_that_leaves_is_retired_and_its_progress_stays(course: Catalogue) -> None:
    learner = Learner.objects.create(created_at=NOW)
    mark_read(learner=learner, lesson=Lesson.objects.get(slug="efs"), read=True, now=NOW)
    report = sync_catalogue(without(course, "efs"), source_digest="x", now=LATER)
    assert report.lessons.retired == ["efs"]
    assert Lesson.objects.get(slug="efs").retired_at == LATER
    assert ReadingProgress.objects.count() == 1
    assert not Erratum.objects.filter(lesson__slug="efs", retired_at=None).exists()


def test_a_lesson_that_comes_back_is_the_same_lesson(course: Catalogue) -> None:
    old = Lesson.objects.get(slug="efs").pk
    sync_catalogue(without(course, "efs"), source_digest="x", now=LATER)
    sync_catalogue(course, source_digest="x", now=LATER)
    assert Lesson.objects.get(slug="efs").pk == old
    assert Lesson.objects.get(slug="efs").retired_at is None


def test_two_lessons_may_swap_their_slugs(course: Catalogue) -> None:
    names = {"s3": "efs", "efs": "s3"}
    before = dict(Lesson.objects.values_list("slug", "pk"))
    lessons = tuple(
        replace(spec, slug=names.get(spec.slug, spec.slug), errata=()) for spec in course.lessons
    )
    sync_catalogue(replace(course, lessons=lessons), source_digest="x", now=LATER)
    after = dict(Lesson.objects.values_list("slug", "pk"))
    assert after["s3"] == before["efs"]
    assert after["efs"] == before["s3"]


def test_a_new_lesson_may_take_the_slug_of_one_that_goes(course: Catalogue) -> None:
    import uuid

    lessons = tuple(
        replace(spec, uuid=uuid.UUID(int=7), errata=()) if spec.slug == "efs" else spec
        for spec in course.lessons
    )
    report = sync_catalogue(replace(course, lessons=lessons), source_digest="x", now=LATER)
    assert report.lessons.added == ["efs"]
    assert Lesson.objects.filter(slug="efs").count() == 2
    assert Lesson.objects.current().filter(slug="efs").count() == 1


def test_the_shipped_content_is_the_fixture() -> None:
    assert settings.GUREUM_CONTENT_DIRS[0].name == "content"
    assert len(shipped_catalogue().lessons) == 14


@pytest.mark.django_db
def test_a_folder_that_is_named_twice_is_read_once(own_content: Path) -> None:
    assert "고칠 곳이 없습니다" in load("--check", str(own_content))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.django_db
def test_a_pipe_among_the_lessons_is_a_problem_and_not_a_wait(own_content: Path) -> None:
    os.mkfifo(own_content / "lessons/99-pipe.md")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("load_content", stdout=out, stderr=out)
    assert "lessons/99-pipe.md:1: 파일이 아닙니다." in out.getvalue()
