"""Lessons and questions from the same folders: read together, checked against each other, and
brought into the database in one transaction."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.urls import reverse

from apps.content.asked import AskedEntry, AskedLink, sentence_id
from apps.content.catalogue import Catalogue, read_catalogue, source_digest
from apps.content.problems import Problem
from apps.lessons.embeds import known_embeds
from apps.lessons.services import SyncReport, sync_catalogue
from apps.quizzes.generators import engine_name
from apps.quizzes.loading.bank import Bank, QuestionEntry, QuizEntry
from apps.quizzes.loading.reader import READER_VERSION, check_files, read_files
from apps.quizzes.services.publishing import BankReport, sync_bank
from apps.widgetkit.engines import engine_version
from apps.widgetkit.registry import all_widgets


@dataclass(frozen=True, slots=True)
class Content:
    catalogue: Catalogue
    bank: Bank


@dataclass(frozen=True, slots=True)
class ContentReading:
    """The content, or None and the reasons."""

    content: Content | None
    problems: tuple[Problem, ...]


def content_stamp(folders: Sequence[Path]) -> str:
    """Tells without reading the files whether anything would come out of them otherwise."""
    engines = [*(engine_version(widget) for widget in all_widgets()), engine_name()]
    versions = [f"quizzes {READER_VERSION}", *sorted(engines)]
    return source_digest(folders, embeds=known_embeds(), engines=versions)


def read_content(folders: Sequence[Path]) -> ContentReading:
    """Everything in the folders; with any problem there is nothing."""
    files = read_files(folders)
    asked = asked_sentences(files.bank)
    reading = read_catalogue(folders, embeds=known_embeds(), asked=asked)
    if reading.catalogue is None:
        return ContentReading(None, tuple(sorted((*reading.problems, *files.sink.sorted()))))
    checked = check_files(files, reading.catalogue)
    if checked.bank is None:
        return ContentReading(None, checked.problems)
    return ContentReading(Content(reading.catalogue, checked.bank), ())


@transaction.atomic
def sync_content(
    content: Content, *, source_digest: str, now: dt.datetime
) -> tuple[SyncReport, BankReport]:
    """Make the database say what the files say, all of it or nothing."""
    lessons = sync_catalogue(content.catalogue, source_digest=source_digest, now=now)
    return lessons, sync_bank(content.bank, now=now)


def asked_sentences(bank: Bank) -> list[AskedEntry]:
    """Every sentence that a question cites, each once, with the practice that asks about it.

    Sentences of exam questions are marked too, as their reviews lead there, but not listed.
    """
    sentences: dict[tuple[str, str], list[QuestionEntry]] = {}
    for question in bank.questions:
        about = question.spec.about
        if about.lesson and about.quote:
            name = sentence_id(about.section, about.quote)
            sentences.setdefault((about.lesson, name), []).append(question)
    practice = [quiz for quiz in bank.quizzes if quiz.is_practice]
    return [
        AskedEntry(
            questions[0].spec.about.lesson,
            questions[0].spec.about.section,
            questions[0].spec.about.quote,
            _links(questions, practice),
        )
        for questions in sentences.values()
    ]


def _links(questions: list[QuestionEntry], practice: list[QuizEntry]) -> tuple[AskedLink, ...]:
    """Each question once, under the quiz that is nearest to the lesson."""
    counts: Counter[str] = Counter()
    for question in questions:
        asking = [quiz for quiz in practice if quiz.may_ask(question)]
        lesson = question.spec.about.lesson
        nearest = next((quiz for quiz in asking if quiz.lesson == lesson), None)
        if asking:
            counts[(nearest or asking[0]).slug] += 1
    return tuple(
        AskedLink(reverse("quizzes:cover", args=[quiz.slug]), quiz.title, counts[quiz.slug])
        for quiz in practice
        if quiz.slug in counts
    )
