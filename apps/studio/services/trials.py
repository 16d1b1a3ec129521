"""An author takes an own quiz as learners would; nothing of it counts anywhere."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from apps.accounts.models import Learner, User
from apps.quizzes.models import Attempt, Grade, Origin, Quiz, QuizRun
from apps.quizzes.models.words import Feedback
from apps.quizzes.services.taking import start_attempt
from apps.studio.services.quiz_documents import rules_of

TITLE = "미리 풀기"


def start_trial(
    *, quiz: Quiz, user: User, learner: Learner, now: dt.datetime, seed: int
) -> Attempt:
    """A fresh trial of the quiz as it is now; one that still runs is thrown away.

    Raises `quizzes.services.taking.RefusedError` where there is nothing to deal. As often as
    wished: the quiz's own number of attempts is the learners'.
    """
    with transaction.atomic():
        run = _trial_run(quiz, user)
        _throw_away(Attempt.objects.of(learner).running().filter(run=run))
    return start_attempt(run=run, learner=learner, now=now, seed=seed)


def _trial_run(quiz: Quiz, user: User) -> QuizRun:
    rules = {**rules_of(quiz), "title": TITLE, "max_attempts": None, "retired_at": None}
    # Nobody waits for the end of a trial: what a class learns after closing comes at once.
    if rules["feedback"] == Feedback.AFTER_CLOSE:
        rules["feedback"] = Feedback.AFTER_SUBMIT
    run, _ = QuizRun.objects.update_or_create(
        quiz=quiz, origin=Origin.TRIAL, slug=f"trial-{user.pk}", defaults=rules
    )
    return run


@transaction.atomic
def throw_away_trials(*, quiz: Quiz, user: User) -> int:
    """All of this instructor's trials of the quiz, running or done. How many."""
    return _throw_away_runs(quiz.runs.filter(origin=Origin.TRIAL, slug=f"trial-{user.pk}"))


def throw_away_runs(quiz: Quiz) -> int:
    """Everybody's. Within the caller's transaction."""
    return _throw_away_runs(quiz.runs.filter(origin=Origin.TRIAL))


def _throw_away_runs(runs: QuerySet[QuizRun]) -> int:
    attempts = Attempt.objects.filter(run__in=runs)
    count = attempts.count()
    _throw_away(attempts)
    runs.delete()
    return count


def _throw_away(attempts: QuerySet[Attempt]) -> None:
    # Grades protect the answers they judged, even from going together.
    Grade.objects.filter(item__attempt__in=attempts).delete()
    attempts.delete()


def trials_of(quiz: Quiz, learner: Learner | None) -> list[Attempt]:
    """This learner's trials of the quiz, the newest first."""
    own = Attempt.objects.of(learner).filter(run__quiz=quiz, run__origin=Origin.TRIAL)
    return list(own.select_related("run__quiz").order_by("-started_at", "-pk"))
