"""Where a question is asked, and what holds on to it."""

from dataclasses import dataclass

from django.db.models import TextField
from django.db.models.functions import Cast

from apps.accounts.models import User
from apps.quizzes.models import Attempt, AttemptItem, Draw, Origin, Question, Quiz
from apps.studio.models import QuizRevision


@dataclass(frozen=True, slots=True)
class Use:
    """`quizzes`: those the asking instructor may see; `others`: how many more there are.

    `attempts` dealt it to learners, `trials` to instructors; `running` of the learners' go on.
    """

    quizzes: list[Quiz]
    others: int
    attempts: int
    trials: int
    running: int

    @property
    def is_used(self) -> bool:
        return bool(self.quizzes or self.others or self.attempts)


def use_of(question: Question, user: User) -> Use:
    """Five queries."""
    fixing = Draw.objects.filter(question=question).values("section__quiz")
    quizzes = Quiz.objects.filter(pk__in=fixing)
    seen = list(quizzes.visible_to(user).order_by("retired_at", "title", "pk"))
    dealt = Attempt.objects.filter(items__version__question=question).distinct()
    learners = dealt.exclude(run__origin=Origin.TRIAL)
    return Use(
        quizzes=seen,
        others=quizzes.count() - len(seen),
        attempts=learners.count(),
        trials=dealt.filter(run__origin=Origin.TRIAL).count(),
        running=learners.running().count(),
    )


def holds_on(question: Question) -> str:
    """Why the question cannot be deleted, as the end of a Korean sentence; "" where nothing does.

    Grades point at versions that were dealt, so they need no look of their own.
    """
    if Draw.objects.filter(question=question).exists():
        return "퀴즈에 들어 있습니다."
    if AttemptItem.objects.filter(version__question=question).exists():
        return "이 문제를 푼 응시가 있습니다."
    if question.versions.filter(reports__isnull=False).exists():
        return "이 문제에 대한 오류 신고가 있습니다."
    said = QuizRevision.objects.annotate(text=Cast("document", TextField()))
    if said.filter(text__contains=str(question.uuid)).exists():
        return "퀴즈의 이력에 들어 있습니다."
    return ""
