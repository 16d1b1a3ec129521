"""Which questions an attempt gets, in which order, decided once by its seed."""

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.quizzes.domain.kinds import kind_of
from apps.quizzes.domain.rules import oldest_fit_for_exams
from apps.quizzes.freezing import NotComputableError, freeze
from apps.quizzes.models import (
    AttemptItem,
    Authorship,
    Draw,
    Pool,
    Question,
    QuestionVersion,
    Quiz,
)
from apps.quizzes.models.bank import QuestionQuerySet

SEEDS = 2**53
"""Seeds stay below this: JSON readers that know only floats still read them whole."""


class NothingToDealError(Exception):
    """A draw finds fewer questions than it wants, or an engine no longer knows one of them."""


@dataclass(frozen=True, slots=True)
class Dealt:
    """One item before it is stored."""

    section: str
    version: QuestionVersion
    seed: int
    order: dict[str, list[str]]
    frozen: dict[str, Any] | None
    points: Decimal

    def as_item(self, position: int, try_number: int = 1) -> AttemptItem:
        """Not yet saved, and of no attempt yet."""
        return AttemptItem(
            position=position,
            try_number=try_number,
            section=self.section,
            version=self.version,
            seed=self.seed,
            order=self.order,
            frozen=self.frozen,
            points=self.points,
        )


def deal_quiz(quiz: Quiz, *, seed: int, today: dt.date) -> list[Dealt]:
    """All items of an attempt. The same seed deals the same, while the bank does not change.

    `today` decides which questions on changing numbers are too old to be drawn for an exam.
    """
    rng = random.Random(seed)  # noqa: S311
    dealt: list[Dealt] = []
    used = _fixed_questions(quiz)
    for section in quiz.sections.prefetch_related("draws__question__current"):
        chosen = [
            (question, draw.points)
            for draw in section.draws.all()
            for question in _questions(draw, used, rng, today)
        ]
        if section.shuffle:
            rng.shuffle(chosen)
        for question, points in chosen:
            dealt.append(
                deal_version(
                    _current(question),
                    seed=rng.randrange(SEEDS),
                    points=points,
                    section=section.title,
                    shuffle=quiz.shuffle_choices,
                )
            )
    if not dealt:
        raise NothingToDealError(f"{quiz.slug}: no question")
    return dealt


def deal_version(
    version: QuestionVersion, *, seed: int, points: Decimal, section: str, shuffle: bool
) -> Dealt:
    """One item: the engine's part computed and frozen, the order of choices decided."""
    try:
        frozen = freeze(version.spec, seed=seed)
    except NotComputableError as error:
        raise NothingToDealError(f"{version}: {error}") from error
    shown = frozen.question.shown if frozen else version.spec.shown
    order = kind_of(shown.kind).deal(shown.body, seed=seed, shuffle=shuffle)
    return Dealt(section, version, seed, order, frozen.to_json() if frozen else None, points)


def _fixed_questions(quiz: Quiz) -> set[int]:
    """What is asked anyway is not drawn a second time."""
    draws = Draw.objects.filter(section__quiz=quiz, question__isnull=False)
    return {each for each in draws.values_list("question_id", flat=True) if each is not None}


def _current(question: Question) -> QuestionVersion:
    if question.current is None:
        raise NothingToDealError(f"{question.slug}: no version")
    return question.current


def _questions(
    draw: Draw, used: set[int], rng: random.Random, today: dt.date
) -> Iterable[Question]:
    if draw.question is not None:
        yield draw.question
        return
    yield from _drawn(draw, used, rng, today)


def drawn_from(draw: Draw) -> QuestionQuerySet:
    """What a random draw chooses from: of the files, or of what the quiz's owner wrote."""
    pool = Question.objects.current().filter(authorship=draw.source, pool=draw.pool)
    if draw.source == Authorship.STUDIO:
        owner = draw.section.quiz.owner_id
        # Nobody's questions are not those of everybody whose account is gone.
        pool = pool.none() if owner is None else pool.filter(owner=owner)
    if draw.topic:
        pool = pool.filter(topic=draw.topic)
    if draw.tag:
        pool = pool.filter(tags__name=draw.tag)
    return pool


def _drawn(draw: Draw, used: set[int], rng: random.Random, today: dt.date) -> Iterator[Question]:
    pool = drawn_from(draw).exclude(pk__in=used).select_related("current").order_by("uuid")
    if draw.pool == Pool.EXAM:
        pool = pool.exclude(as_of__lt=oldest_fit_for_exams(today))
    questions = list(pool)
    if len(questions) < draw.count:
        raise NothingToDealError(f"{draw}: {len(questions)} of {draw.count}")
    for question in rng.sample(questions, draw.count):
        used.add(question.pk)
        yield question
