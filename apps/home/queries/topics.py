"""What a learner gets wrong most, from what may be told and nothing else."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import OuterRef, Q, Subquery

from apps.accounts.models import Learner
from apps.lessons.models import Lesson
from apps.quizzes.models import Attempt, AttemptItem, Grade, Origin, Quiz
from apps.quizzes.models.words import Feedback
from apps.quizzes.told import told_attempts

FEWEST = 5
"""Below so many items a share says more about chance than about the learner."""
_NEWEST = 500  # what was answered long ago says little of today
_MOST_ROWS = 8
_LABELS = {"other": "기타"}  # the topic of what instructors wrote about none of the course's


@dataclass(frozen=True, slots=True)
class TopicRow:
    """Points reached in a topic, in percent of what was possible in `items` graded items."""

    title: str
    percent: int
    items: int
    lesson: Lesson | None
    practice: Quiz | None


def weak_topics(learner: Learner | None, *, now: dt.datetime) -> list[TopicRow]:
    """The lowest share first. At most seven queries."""
    sums: dict[str, list[Decimal]] = defaultdict(list)
    for item in _told_items(learner, now):
        sums[item.topic].append(item.share)
    shares = {
        name: (sum(parts, Decimal(0)) / len(parts), len(parts))
        for name, parts in sums.items()
        if len(parts) >= FEWEST
    }
    worst = sorted(shares, key=lambda name: (shares[name][0], -shares[name][1], name))[:_MOST_ROWS]
    lessons = {each.slug: each for each in Lesson.objects.current().filter(slug__in=worst)}
    practice = _practice(worst)
    return [
        TopicRow(
            lessons[name].title if name in lessons else _LABELS.get(name, name),
            int((shares[name][0] * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)),
            shares[name][1],
            lessons.get(name),
            practice.get(name),
        )
        for name in worst
    ]


@dataclass(frozen=True, slots=True)
class _Graded:
    """One item that was judged: where it belongs, and the share of its points that was reached."""

    attempt: int
    is_checked: bool
    topic: str
    share: Decimal


def _told_items(learner: Learner | None, now: dt.datetime) -> list[_Graded]:
    """The newest graded items whose score the learner may know."""
    items = _graded_items(learner)
    of_items = Attempt.objects.filter(pk__in={item.attempt for item in items})
    attempts = {each.pk: each for each in of_items.select_related("run")}
    told = told_attempts(list(attempts.values()), now=now)
    return [
        item
        for item in items
        if item.attempt in told or (item.is_checked and attempts[item.attempt].run.is_practice)
    ]


def _graded_items(learner: Learner | None) -> list[_Graded]:
    newest = Grade.objects.filter(item=OuterRef("pk")).order_by("-pk").values("score")[:1]
    checked = Q(attempt__run__feedback=Feedback.IMMEDIATE, checked_at__isnull=False)
    rows = (
        AttemptItem.objects.filter(attempt__in=Attempt.objects.of(learner))
        .exclude(attempt__run__origin=Origin.TRIAL)
        .filter(checked | Q(attempt__state=Attempt.State.CLOSED))
        .annotate(given=Subquery(newest))
        .filter(given__isnull=False)
        .order_by("-attempt__started_at", "-pk")
        .values_list(
            *("attempt_id", "checked_at", "points", "given"),
            *("version__question__lesson", "version__question__topic"),
        )[:_NEWEST]
    )
    return [
        _Graded(attempt, checked_at is not None, lesson or topic, given / points)
        for attempt, checked_at, points, given, lesson, topic in rows
    ]


def _practice(lessons: Collection[str]) -> dict[str, Quiz]:
    """The first practice quiz of each lesson that anybody may start."""
    quizzes = (
        Quiz.objects.from_files()
        .current()
        .filter(
            lesson__in=lessons,
            runs__origin=Origin.CATALOGUE,
            runs__feedback=Feedback.IMMEDIATE,
            runs__retired_at=None,
        )
    )
    found: dict[str, Quiz] = {}
    for quiz in quizzes.distinct():
        found.setdefault(quiz.lesson, quiz)
    return found
