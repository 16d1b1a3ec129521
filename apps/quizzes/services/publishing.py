"""Questions and quizzes into the database: one way for files and for what instructors write."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.content.digests import digest_of
from apps.kernel.changes import Changes
from apps.quizzes.domain.searching import search_text
from apps.quizzes.domain.spec import QuestionSpec
from apps.quizzes.loading.bank import Bank, DrawEntry, QuestionEntry, QuizEntry, RunEntry
from apps.quizzes.models import Draw, Origin, Question, QuestionVersion, Quiz, QuizRun, Section


@dataclass
class BankReport:
    questions: Changes = field(default_factory=Changes)
    quizzes: Changes = field(default_factory=Changes)


def publish_version(
    *,
    question: Question,
    spec: QuestionSpec,
    engine: str,
    now: dt.datetime,
    author: User | None = None,
    note: str = "",
) -> bool:
    """Make `spec` the question's current wording; whether that was a new version.

    The same wording under the same engine is no new version. Attempts that run keep theirs. What is
    copied onto the question (topic, level …) is for the caller: see `placed_by`.
    """
    current = question.current
    if current is not None and (current.digest, current.engine) == (spec.digest, engine):
        return False
    newest = question.versions.order_by("-number").first()
    question.current = QuestionVersion.objects.create(
        question=question,
        number=newest.number + 1 if newest else 1,
        kind=spec.shown.kind,
        document=spec.to_json(),
        digest=spec.digest,
        engine=engine,
        published_at=now,
        author=author,
        note=note,
    )
    question.save(update_fields=["current"])
    return True


def placed_by(spec: QuestionSpec) -> dict[str, Any]:
    """The columns of a question that are copies from its current wording."""
    about = spec.about
    return {
        "topic": about.topic,
        "lesson": about.lesson,
        "section": about.section,
        "level": about.level.value,
        "as_of": dt.date.fromisoformat(about.as_of) if about.as_of else None,
        "search_text": search_text(spec),
    }


@transaction.atomic
def sync_bank(bank: Bank, *, now: dt.datetime) -> BankReport:
    """Make the database say what the files say. Rows keep their identity; none is deleted."""
    report = BankReport()
    questions = _sync_questions(bank, report.questions, now)
    _sync_quizzes(bank, questions, report.quizzes, now)
    return report


def _sync_questions(bank: Bank, changes: Changes, now: dt.datetime) -> dict[str, Question]:
    # What instructors wrote is theirs: files know nothing of it.
    rows = Question.objects.from_files().select_related("current")
    existing = {question.uuid: question for question in rows}
    wanted = {entry.uuid: entry for entry in bank.questions}
    for uuid, question in existing.items():
        if uuid not in wanted and question.retired_at is None:
            question.retired_at = now
            question.save(update_fields=["retired_at"])
            changes.retired.append(question.slug)
        # Two questions may swap slugs: step aside, else the constraint refuses the first of them.
        elif uuid in wanted and question.slug != wanted[uuid].slug:
            Question.objects.filter(pk=question.pk).update(slug=str(uuid))
    current: dict[str, Question] = {}
    for entry in bank.questions:
        known = existing.get(entry.uuid)
        current[entry.slug] = _sync_question(
            known or Question(uuid=entry.uuid), entry, changes, now
        )
    return current


def _sync_question(
    question: Question, entry: QuestionEntry, changes: Changes, now: dt.datetime
) -> Question:
    values = {
        "slug": entry.slug,
        "pool": entry.pool,
        "retired_at": None,
        **placed_by(entry.spec),
    }
    added = question._state.adding
    moved = _assign(question, values)
    if added or moved:
        question.save()
    published = publish_version(question=question, spec=entry.spec, engine=entry.engine, now=now)
    changes.note(entry.slug, added=added, changed=moved or published)
    return question


def _sync_quizzes(
    bank: Bank, questions: dict[str, Question], changes: Changes, now: dt.datetime
) -> None:
    existing = {quiz.uuid: quiz for quiz in Quiz.objects.from_files()}
    wanted = {entry.uuid: entry for entry in bank.quizzes}
    for uuid, quiz in existing.items():
        if uuid not in wanted and quiz.retired_at is None:
            quiz.retired_at = now
            quiz.save(update_fields=["retired_at"])
            changes.retired.append(quiz.slug)
        elif uuid in wanted and quiz.slug != wanted[uuid].slug:
            Quiz.objects.filter(pk=quiz.pk).update(slug=str(uuid))
    for position, entry in enumerate(bank.quizzes, start=1):
        quiz = existing.get(entry.uuid) or Quiz(uuid=entry.uuid)
        _sync_quiz(quiz, entry, position, questions, changes, now)


def _sync_quiz(
    quiz: Quiz,
    entry: QuizEntry,
    position: int,
    questions: dict[str, Question],
    changes: Changes,
    now: dt.datetime,
) -> None:
    names = (
        *("slug", "title", "summary", "topic", "lesson", "minutes"),
        *("scoring", "shuffle_choices", "pass_mark"),
    )
    values: dict[str, Any] = {name: getattr(entry, name) for name in names}
    values |= {"position": position, "retired_at": None, "digest": _digest(entry, questions)}
    added, rewritten = quiz._state.adding, quiz.digest != values["digest"]
    changed = _assign(quiz, values)
    if added or changed:
        quiz.save()
    if added or rewritten:
        _write_sections(quiz, entry, questions)
        _sync_runs(quiz, entry.runs, now)
    changes.note(entry.slug, added=added, changed=changed)


def _digest(entry: QuizEntry, questions: dict[str, Question]) -> str:
    """Of what the quiz says and of whom its slugs mean: another question may take over a slug."""
    draws = [draw for section in entry.sections for draw in section.draws]
    drawn = [str(questions[draw.question].uuid) for draw in draws if draw.question]
    return digest_of([entry.digest, drawn])


def _assign(row: Question | Quiz, values: dict[str, Any]) -> bool:
    """Set the values; whether any of them is new."""
    changed = any(getattr(row, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(row, name, value)
    return changed


def _write_sections(quiz: Quiz, entry: QuizEntry, questions: dict[str, Question]) -> None:
    """Anew: attempts hold what they were dealt and point to no section."""
    quiz.sections.all().delete()
    for position, each in enumerate(entry.sections, start=1):
        section = Section.objects.create(
            quiz=quiz, position=position, title=each.title, shuffle=each.shuffle
        )
        Draw.objects.bulk_create(
            _draw(section, place, draw, questions) for place, draw in enumerate(each.draws, start=1)
        )


def _draw(
    section: Section, position: int, entry: DrawEntry, questions: dict[str, Question]
) -> Draw:
    return Draw(
        section=section,
        position=position,
        question=questions[entry.question] if entry.question else None,
        topic=entry.topic,
        pool=entry.pool,
        count=entry.count,
        points=entry.points,
    )


def _sync_runs(quiz: Quiz, entries: tuple[RunEntry, ...], now: dt.datetime) -> None:
    """By slug. A run that leaves the file is retired: attempts belong to it.

    What instructors assigned is theirs: files know nothing of it.
    """
    for entry in entries:
        QuizRun.objects.update_or_create(
            quiz=quiz,
            origin=Origin.CATALOGUE,
            slug=entry.slug,
            defaults={
                "title": entry.title,
                "feedback": entry.feedback,
                "time_limit": entry.time_limit,
                "max_attempts": entry.max_attempts,
                "counts": entry.counts,
                "retired_at": None,
            },
        )
    gone = quiz.runs.offered().exclude(slug__in=[e.slug for e in entries])
    gone.update(retired_at=now)
