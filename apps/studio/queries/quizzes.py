"""Reads of the quiz pages: what there is, what a quiz asks, what a random draw finds."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Q
from django.urls import reverse

from apps.accounts.models import User
from apps.quizzes.dealing import drawn_from
from apps.quizzes.domain.rules import oldest_fit_for_exams
from apps.quizzes.models import Authorship, Draw, Origin, Pool, Question, Quiz, QuizRun, Section
from apps.quizzes.models.bank import QuestionQuerySet
from apps.studio.domain.quiz_changes import Document, draws_of, fixed_questions
from apps.studio.domain.quiz_totals import mean_minutes, minutes_of, whole_minutes


@dataclass(frozen=True, slots=True)
class SetTo:
    """An assignment of a quiz, in a class that the asking instructor teaches."""

    title: str
    classroom: str
    address: str


@dataclass(frozen=True, slots=True)
class QuizRow:
    quiz: Quiz
    items: int
    points: Decimal
    set_to: list[SetTo]
    elsewhere: int  # further assignments, in classes of others


@dataclass(frozen=True, slots=True)
class QuizGroup:
    name: str  # own | shared | shipped | archived
    rows: list[QuizRow]


def quiz_groups(user: User) -> list[QuizGroup]:
    """All quizzes this instructor may see, in four groups, the newest own first. Five queries."""
    quizzes = list(
        Quiz.objects.visible_to(user)
        .filter(Q(authorship=Authorship.STUDIO) | Q(retired_at__isnull=True))
        .select_related("owner")
        .prefetch_related("sections__draws")
        .order_by("position", "-pk")
    )
    studio = [quiz.pk for quiz in quizzes if quiz.authorship == Authorship.STUDIO]
    shipped = [quiz.pk for quiz in quizzes if quiz.authorship == Authorship.FILE]
    set_to, others = assignments_of([*studio, *shipped], user)
    groups: dict[str, list[QuizRow]] = {"own": [], "shared": [], "shipped": [], "archived": []}
    for quiz in quizzes:
        draws = [draw for section in quiz.sections.all() for draw in section.draws.all()]
        row = QuizRow(
            quiz,
            sum(draw.count for draw in draws),
            sum((draw.count * draw.points for draw in draws), Decimal(0)),
            set_to.get(quiz.pk, []),
            others.get(quiz.pk, 0) if quiz.authorship == Authorship.STUDIO else 0,
        )
        groups[_group_of(quiz, user)].append(row)
    return [QuizGroup(name, rows) for name, rows in groups.items()]


def _group_of(quiz: Quiz, user: User) -> str:
    if quiz.authorship == Authorship.FILE:
        return "shipped"
    if quiz.retired_at is not None:
        return "archived"
    return "own" if quiz.owner_id == user.pk else "shared"


def assignments_of(
    quizzes: Collection[int], user: User
) -> tuple[dict[int, list[SetTo]], dict[int, int]]:
    """Current assignments of these quizzes: those of own classes by name, others counted.

    One query. Classes are asked for by name of the relation: the studio does not know their app.
    """
    runs = QuizRun.objects.filter(
        quiz__in=quizzes, origin=Origin.ASSIGNMENT, assignment__retired_at__isnull=True
    )
    own: set[int] = set()
    if not user.is_staff:
        taught = "assignment__classroom__instructorships__user"
        own = set(runs.filter(**{taught: user}).values_list("pk", flat=True))
    named: dict[int, list[SetTo]] = defaultdict(list)
    counted: dict[int, int] = defaultdict(int)
    rows = runs.values_list(
        *("pk", "quiz", "assignment__title", "assignment__classroom__name"),
        "assignment__public_id",
    ).order_by("pk")
    for pk, quiz, title, classroom, public_id in rows:
        if user.is_staff or pk in own:
            address = reverse("classrooms:assignment", args=[public_id])
            named[quiz].append(SetTo(title, classroom, address))
        else:
            counted[quiz] += 1
    return named, counted


def own_classrooms(user: User) -> list[tuple[str, str]]:
    """Name and address of the form for a new assignment, of each class this instructor teaches."""
    rows = (
        User.objects.filter(pk=user.pk, instructorships__classroom__archived_at__isnull=True)
        .values_list("instructorships__classroom__name", "instructorships__classroom__public_id")
        .order_by("instructorships__classroom__name")
    )
    return [
        (name, reverse("classrooms:assignment-new", args=[public_id]))
        for name, public_id in rows
        if public_id is not None
    ]


def drawable(draw: Draw, *, fixed: Iterable[int], today: dt.date) -> QuestionQuerySet:
    """What a random draw could deal today: what is fixed anyway is not drawn a second time."""
    pool = drawn_from(draw).exclude(pk__in=fixed)
    if draw.pool == Pool.EXAM:
        pool = pool.exclude(as_of__lt=oldest_fit_for_exams(today))
    return pool.distinct()


def unsaved_draw(quiz: Quiz, values: dict[str, Any]) -> Draw:
    """A random draw as a document states it, to ask what it would find."""
    points = Decimal(values.get("points", "1"))
    return Draw(section=Section(quiz=quiz), **{**values, "points": points})


def estimated_minutes(document: Document, quiz: Quiz) -> int:
    """By the kinds of what the document asks; a query, and one more for each random draw."""
    kinds = dict(
        Question.objects.filter(uuid__in=fixed_questions(document)).values_list(
            "uuid", "current__kind"
        )
    )
    by_text = {str(uuid): kind for uuid, kind in kinds.items()}
    total = Fraction(0)
    for _, draw in draws_of(document):
        if "question" in draw:
            total += minutes_of(by_text.get(draw["question"]) or "")
            continue
        found = drawn_from(unsaved_draw(quiz, draw)).values_list("current__kind", flat=True)
        total += draw["count"] * mean_minutes(kind for kind in found if kind)
    return whole_minutes(total)
