"""The bank in the database: versions are added, rows keep their identity, nothing is deleted."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from apps.quizzes.loading.bank import Bank, QuestionEntry, QuizEntry
from apps.quizzes.models import Draw, Question, QuestionVersion, Quiz, QuizRun, Section
from apps.quizzes.services.publishing import BankReport, publish_version, sync_bank
from tests.moments import NOW
from tests.quizzes.loading.files import FIRST, QUIZ, SCENARIO, SECOND, read

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(days=1)


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    """Two questions and a quiz that asks the first of them."""
    bank = read(tmp_path, QUIZ, FIRST, SECOND).bank
    assert bank is not None
    return bank


def with_question(bank: Bank, which: str, **changes: object) -> Bank:
    """The bank with one question changed."""
    questions = [
        replace(each, **changes) if each.slug == which else each  # type: ignore[arg-type]
        for each in bank.questions
    ]
    return replace(bank, questions=tuple(questions))


def with_quiz(bank: Bank, **changes: object) -> Bank:
    return replace(bank, quizzes=(replace(bank.quizzes[0], **changes),))  # type: ignore[arg-type]


def reworded(question: QuestionEntry, stem: str) -> QuestionEntry:
    shown = replace(question.spec.shown, stem=stem)
    return replace(question, spec=replace(question.spec, shown=shown))


def asked(quiz: str = "small") -> list[str]:
    """Slugs of the questions that the quiz fixes, in order."""
    draws = Draw.objects.filter(section__quiz__slug=quiz, question__isnull=False)
    return [draw.question.slug for draw in draws if draw.question]


def quiet(report: BankReport) -> bool:
    return all(
        (each.added, each.changed, each.retired) == ([], [], [])
        for each in (report.questions, report.quizzes)
    )


def test_a_bank_comes_into_an_empty_database(bank: Bank) -> None:
    report = sync_bank(bank, now=NOW)
    assert report.questions.added == ["first", "second"]
    assert report.quizzes.added == ["small"]
    first = Question.objects.get(slug="first")
    assert first.current is not None
    assert (first.current.number, first.current.published_at) == (1, NOW)
    assert first.current.spec == bank.questions[0].spec
    assert (first.topic, first.lesson, first.section) == (
        *("networks", "sg-vs-nacl"),
        "ec2-to-rds-flow",
    )
    assert asked() == ["first"]


def test_the_same_bank_again_changes_no_row(bank: Bank) -> None:
    sync_bank(bank, now=NOW)
    sections = list(Section.objects.values_list("pk"))
    assert quiet(sync_bank(bank, now=LATER))
    assert list(Section.objects.values_list("pk")) == sections
    assert QuestionVersion.objects.count() == 2


def test_other_words_are_a_new_version_and_the_old_one_stays(bank: Bank) -> None:
    sync_bank(bank, now=NOW)
    changed = replace(bank, questions=(reworded(bank.questions[0], "다시?"), bank.questions[1]))
    report = sync_bank(changed, now=LATER)
    assert (report.questions.changed, report.questions.unchanged) == (["first"], 1)
    first = Question.objects.get(slug="first")
    old, new = first.versions.order_by("number")
    assert (old.number, old.spec.shown.stem) == (1, "응답은 어디로 갑니까?")
    assert (new.number, new.spec.shown.stem) == (2, "다시?")
    assert first.current == new


def test_the_old_words_again_are_a_further_version(bank: Bank) -> None:
    for words in (bank, replace(bank, questions=(reworded(bank.questions[0], "다시?"),)), bank):
        sync_bank(words, now=NOW)
    first = Question.objects.get(slug="first")
    assert first.current is not None
    assert first.current.number == 3


def test_another_engine_is_a_new_version_of_the_same_words(tmp_path: Path) -> None:
    bank = read(tmp_path, SCENARIO).bank
    assert bank is not None
    sync_bank(bank, now=NOW)
    sync_bank(with_question(bank, "computed", engine="packet-walk 000000000000"), now=LATER)
    versions = Question.objects.get(slug="computed").versions.order_by("number")
    assert [version.engine for version in versions][1] == "packet-walk 000000000000"
    assert versions[0].digest == versions[1].digest


def test_publishing_the_same_words_is_no_new_version(bank: Bank) -> None:
    sync_bank(bank, now=NOW)
    first = Question.objects.get(slug="first")
    spec = bank.questions[0].spec
    assert not publish_version(question=first, spec=spec, engine="", now=LATER)
    assert publish_version(question=first, spec=spec, engine="x 1", now=LATER)


def test_a_question_may_be_renamed(bank: Bank) -> None:
    sync_bank(bank, now=NOW)
    before = Question.objects.get(slug="first")
    section = replace(
        bank.quizzes[0].sections[0],
        draws=(replace(bank.quizzes[0].sections[0].draws[0], question="renamed"),),
    )
    renamed = with_quiz(with_question(bank, "first", slug="renamed"), sections=(section,))
    sync_bank(renamed, now=LATER)
    after = Question.objects.get(slug="renamed")
    assert (after.pk, after.current) == (before.pk, before.current)
    assert asked() == ["renamed"]


def test_two_questions_may_swap_their_slugs(bank: Bank) -> None:
    sync_bank(bank, now=NOW)
    first, second = (Question.objects.get(slug=slug).uuid for slug in ("first", "second"))
    swapped = (replace(bank.questions[0], slug="second"), replace(bank.questions[1], slug="first"))
    sync_bank(replace(bank, questions=swapped), now=LATER)
    assert Question.objects.get(slug="second").uuid == first
    assert Question.objects.get(slug="first").uuid == second


def test_a_quiz_asks_whoever_bears_the_slug_now(bank: Bank) -> None:
    """The quiz's own words are the same, and yet it means another question."""
    sync_bank(bank, now=NOW)
    swapped = (replace(bank.questions[0], slug="second"), replace(bank.questions[1], slug="first"))
    sync_bank(replace(bank, questions=swapped), now=LATER)
    (draw,) = Draw.objects.all()
    assert draw.question is not None
    assert draw.question.uuid == bank.questions[1].uuid


def test_two_quizzes_may_swap_their_slugs(bank: Bank) -> None:
    other = replace(bank.quizzes[0], uuid=UUID(int=7), slug="other")
    sync_bank(replace(bank, quizzes=(bank.quizzes[0], other)), now=NOW)
    swapped = (replace(bank.quizzes[0], slug="other"), replace(other, slug="small"))
    sync_bank(replace(bank, quizzes=swapped), now=LATER)
    assert Quiz.objects.get(slug="small").uuid == other.uuid
    assert list(Quiz.objects.current().values_list("slug", flat=True)) == ["other", "small"]


def test_what_leaves_the_files_is_retired_and_may_come_back(bank: Bank) -> None:
    sync_bank(bank, now=NOW)
    report = sync_bank(Bank((), ()), now=LATER)
    assert report.questions.retired == ["first", "second"]
    assert report.quizzes.retired == ["small"]
    assert not Question.objects.current().exists()
    assert set(Question.objects.values_list("retired_at", flat=True)) == {LATER}
    assert quiet(sync_bank(Bank((), ()), now=LATER + dt.timedelta(days=1)))
    back = sync_bank(bank, now=LATER)
    assert back.questions.changed == ["first", "second"]
    assert Question.objects.current().count() == 2
    assert QuestionVersion.objects.count() == 2
    assert asked() == ["first"]


def test_a_new_question_may_take_the_slug_of_a_retired_one(bank: Bank) -> None:
    sync_bank(bank, now=NOW)
    sync_bank(with_question(bank, "first", uuid=UUID(int=9)), now=LATER)
    assert Question.objects.filter(slug="first").count() == 2
    assert Question.objects.current().get(slug="first").uuid == UUID(int=9)


def test_a_changed_quiz_is_rewritten(bank: Bank) -> None:
    sync_bank(bank, now=NOW)
    draw = replace(bank.quizzes[0].sections[0].draws[0], question="second")
    section = replace(bank.quizzes[0].sections[0], title="새 영역", draws=(draw,))
    report = sync_bank(with_quiz(bank, sections=(section,), title="다른 이름"), now=LATER)
    assert report.quizzes.changed == ["small"]
    assert asked() == ["second"]
    assert [each.title for each in Section.objects.all()] == ["새 영역"]


def test_a_run_keeps_its_row_and_is_retired_when_it_goes(bank: Bank) -> None:
    sync_bank(bank, now=NOW)
    (run,) = bank.quizzes[0].runs
    pk = QuizRun.objects.get().pk
    sync_bank(with_quiz(bank, runs=(replace(run, time_limit=600),)), now=LATER)
    changed = QuizRun.objects.get()
    assert (changed.pk, changed.time_limit) == (pk, 600)
    sync_bank(with_quiz(bank, runs=(replace(run, slug="again"),)), now=LATER)
    assert QuizRun.objects.get(pk=pk).retired_at == LATER
    assert QuizRun.objects.get(slug="again").retired_at is None
    sync_bank(bank, now=LATER)
    assert QuizRun.objects.get(pk=pk).retired_at is None


def test_the_order_of_the_files_is_the_order_of_the_catalogue(bank: Bank) -> None:
    quiz: QuizEntry = bank.quizzes[0]
    other = replace(quiz, uuid=UUID(int=7), slug="other")
    sync_bank(replace(bank, quizzes=(quiz, other)), now=NOW)
    report = sync_bank(replace(bank, quizzes=(other, quiz)), now=LATER)
    assert report.quizzes.changed == ["other", "small"]
    assert list(Quiz.objects.current().values_list("slug", flat=True)) == ["other", "small"]
    assert asked() == ["first"]
