"""Reads around publishing: who works on a question, who answers it now, which quizzes ask it."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from apps.accounts.models import User
from apps.quizzes.models import (
    Attempt,
    AttemptItem,
    Draw,
    Origin,
    Question,
    QuestionVersion,
    Quiz,
)
from apps.studio.models import Draft


@dataclass(frozen=True, slots=True)
class InUse:
    """What a new version meets. Trial runs count nowhere; quizzes of others are only counted."""

    running: int  # attempts that are going on with the live version
    graded: int  # attempts in which some version of it has been graded
    quizzes: list[Quiz]  # those that the instructor may see
    others: int


def in_use(question: Question, user: User) -> InUse:
    """Four queries, or fewer."""
    items = AttemptItem.objects.filter(version__question=question).exclude(
        attempt__run__origin=Origin.TRIAL
    )
    live = items.filter(version=question.current_id, attempt__state=Attempt.State.RUNNING)
    asking = quizzes_asking(question)
    seen = list(asking.filter(pk__in=Quiz.objects.visible_to(user).values("pk")).order_by("title"))
    return InUse(
        running=_attempts(live),
        graded=_attempts(items.filter(grades__isnull=False)),
        quizzes=seen,
        others=asking.count() - len(seen),
    )


def _attempts(items: QuerySet[AttemptItem]) -> int:
    return items.values("attempt").distinct().count()


def quizzes_asking(question: Question) -> QuerySet[Quiz]:
    """Quizzes that fix it, and those that may draw it; archived ones ask nobody."""
    fixed = Draw.objects.filter(question=question)
    tags = question.tags.values("name")
    drawn = (
        Draw.objects.filter(
            question__isnull=True,
            source=question.authorship,
            pool=question.pool,
            section__quiz__owner=question.owner_id,
        )
        .filter(Q(topic="") | Q(topic=question.topic))
        .filter(Q(tag="") | Q(tag__in=tags))
    )
    asking = Q(sections__draws__in=fixed)
    if question.owner_id is not None and question.retired_at is None:
        asking |= Q(sections__draws__in=drawn)
    return Quiz.objects.filter(asking, retired_at__isnull=True).distinct()


def own_draft(question: Question, user: User) -> Draft | None:
    found = Draft.objects.filter(question=question, editor=user).select_related("base").first()
    if found is not None:
        found.question = question
    return found


def drafts_of_others(question: Question, user: User) -> list[Draft]:
    """Who else is at work on it, the latest first."""
    drafts = question.drafts.exclude(editor=user).select_related("editor")
    return list(drafts.order_by("-updated_at"))


def versions_of(question: Question) -> QuerySet[QuestionVersion]:
    """All versions, the newest first, with who published them."""
    return question.versions.select_related("author").order_by("-number")
