"""Questions come with the lessons: loaded together or not at all, and linked both ways."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from apps.content.asked import sentence_id
from apps.content.catalogue import Catalogue
from apps.lessons import loading
from apps.lessons.loading import asked_sentences, content_stamp, sync_content
from apps.lessons.models import ContentState, Lesson
from apps.quizzes.loading.bank import Bank
from apps.quizzes.loading.reader import read_bank
from apps.quizzes.models import Question, Quiz
from tests.moments import NOW
from tests.shipped import shipped_catalogue, shipped_content

LESSON = "sg-vs-nacl"


@pytest.fixture
def questions(tmp_path: Path, settings: Settings) -> Path:
    """The one file of questions in a copy of the shipped lessons that a test may change."""
    folder = tmp_path / "content"
    shutil.copytree(settings.GUREUM_CONTENT_DIRS[0], folder)
    settings.GUREUM_CONTENT_DIRS = (folder,)
    for path in (folder / "quizzes").glob("*.toml"):
        if path.name != f"{LESSON}.toml":
            path.unlink()
    return folder / "quizzes" / f"{LESSON}.toml"


def bank_of(questions: Path) -> Bank:
    bank = read_bank([questions.parents[1]], shipped_catalogue()).bank
    assert bank is not None
    return bank


def load(*args: str) -> str:
    out = StringIO()
    call_command("load_content", *args, stdout=out, stderr=out)
    return out.getvalue()


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1))


@pytest.mark.django_db
def test_loading_brings_questions_and_quizzes_and_says_so(questions: Path) -> None:
    said = load()
    bank = bank_of(questions)
    assert f"문제: 추가 {len(bank.questions)}, 바뀜 0, 내림 0, 그대로 0" in said
    assert f"퀴즈: 추가 {len(bank.quizzes)}, 바뀜 0, 내림 0, 그대로 0" in said
    assert Question.objects.current().count() == len(bank.questions)


@pytest.mark.django_db
def test_checking_counts_the_questions_and_changes_nothing(questions: Path) -> None:
    said = load("--check")
    assert f"문제 {len(bank_of(questions).questions)}개" in said
    assert not Question.objects.exists()


@pytest.mark.django_db
def test_a_changed_question_is_named_and_the_lessons_stay(questions: Path) -> None:
    load()
    edit(questions, "네트워크 ACL은 무엇에 연결합니까?", "네트워크 ACL은 어디에 연결합니까?")
    said = load()
    assert "레슨: 추가 0, 바뀜 0" in said
    assert "바뀜: nacl-guards-subnets" in said


@pytest.mark.django_db
def test_a_mistake_in_a_question_keeps_the_lessons_out_too(questions: Path) -> None:
    edit(questions, "difficulty = 1", "difficulty = 8")
    out = StringIO()
    with pytest.raises(CommandError, match="1군데"):
        call_command("load_content", stdout=out, stderr=out)
    assert "content/quizzes/sg-vs-nacl.toml:" in out.getvalue()
    assert not Lesson.objects.exists()
    assert not ContentState.objects.exists()


@pytest.mark.django_db
def test_mistakes_in_lessons_and_questions_come_at_once(questions: Path) -> None:
    edit(questions, "difficulty = 1", "difficulty = 8")
    edit(questions.parents[1] / "lessons" / "09-s3.md", "minutes = ", "minutes = -")
    out = StringIO()
    with pytest.raises(CommandError, match="2군데"):
        call_command("load_content", "--check", stdout=out, stderr=out)


@pytest.mark.django_db
def test_questions_that_leave_the_files_are_retired(questions: Path) -> None:
    load()
    count = len(bank_of(questions).questions)
    questions.unlink()
    said = load()
    assert f"내림 {count}" in said
    assert not Quiz.objects.current().exists()


def test_nothing_is_kept_if_the_questions_cannot_be(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **options: object) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr(loading, "sync_bank", fail)
    with pytest.raises(RuntimeError):
        sync_content(shipped_content(), source_digest="test", now=NOW)
    assert not Lesson.objects.exists()


def test_another_engine_means_reading_the_files_again(
    questions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content_stamp([questions.parents[1]])
    monkeypatch.setattr(loading, "engine_version", lambda widget: f"{widget.slug} new")
    assert content_stamp([questions.parents[1]]) != before


def test_the_page_of_a_lesson_leads_to_the_questions_about_its_sentences(
    course: Catalogue, client: Client
) -> None:
    page = client.get(f"/lessons/{LESSON}/").content.decode()
    cited = [each for each in shipped_content().bank.questions if each.spec.about.lesson == LESSON]
    sections = {each.spec.about.section for each in cited if each.pool == "practice"}
    assert page.count('<details class="asked-list" data-overlay="">') == len(sections) >= 2
    assert '<a class="asked-list__quiz" href="/quizzes/sg-vs-nacl/">' in page
    assert "/quizzes/sg-vs-nacl-exam/" not in page
    for question in cited:
        about = question.spec.about
        assert page.count(f'id="{sentence_id(about.section, about.quote)}"') == 1


@pytest.mark.django_db
def test_a_lesson_without_questions_has_no_list(questions: Path, client: Client) -> None:
    load()
    page = client.get("/lessons/efs/").content.decode()
    assert "asked" not in page.split("<main")[1]


def test_only_practice_questions_are_counted() -> None:
    bank = shipped_content().bank
    counted = sum(link.count for entry in asked_sentences(bank) for link in entry.links)
    assert counted == sum(question.pool == "practice" for question in bank.questions)
    slugs = {question.slug for question in bank.questions}
    html = "".join(
        block.html for each in shipped_content().catalogue.lessons for block in each.blocks
    )
    assert not [slug for slug in slugs if slug in html and "-" in slug]
