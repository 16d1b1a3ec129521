"""What learners did: attempts, the items dealt, every answer sent, every grade given.

Responses and grades are only ever added: the newest one holds, the others are the trail.
"""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from apps.accounts.models import Learner
from apps.quizzes.domain.kinds.base import Scoring
from apps.quizzes.domain.spec import QuestionSpec, spec_from_json
from apps.quizzes.models.bank import QuestionVersion
from apps.quizzes.models.runs import QuizRun


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def of(self, learner: Learner | None) -> "AttemptQuerySet":
        """This learner's attempts; nobody has attempted nothing."""
        if learner is None:
            return self.none()
        return self.filter(learner=learner)

    def running(self) -> "AttemptQuerySet":
        return self.filter(state=Attempt.State.RUNNING)


class Attempt(models.Model):
    """응시: one learner's sitting of a run."""

    class State(models.TextChoices):
        RUNNING = "running", "응시 중"
        CLOSED = "closed", "제출됨"

    class ClosedBy(models.TextChoices):
        LEARNER = "learner", "직접 제출"
        DEADLINE = "deadline", "시간이 끝나 자동 제출"
        MOVE = "move", "기록을 옮기며 제출"  # the account had the same quiz open

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    run = models.ForeignKey(QuizRun, on_delete=models.PROTECT, related_name="attempts")
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=10, choices=ClosedBy.choices, blank=True)
    # As the quiz said at the start: what is edited later does not change how this is scored.
    scoring = models.CharField(
        max_length=20,
        choices=[(each.value, each.value) for each in Scoring],
        default=Scoring.ALL_OR_NOTHING.value,
    )
    # Sums of the newest grades, kept for lists; `manage.py check_scores` proves them.
    score = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    max_score = models.DecimalField(max_digits=9, decimal_places=4)
    is_provisional = models.BooleanField(default=False, help_text="an item waits for a grader")
    repeats = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="repeated_by"
    )

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = "응시"
        verbose_name_plural = "응시"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run", "learner", "number"], name="attempt_number_once"
            ),
            models.UniqueConstraint(
                fields=["run", "learner"],
                condition=Q(state="running"),
                name="attempt_one_running",
            ),
            models.CheckConstraint(
                condition=Q(state="running", finished_at__isnull=True, closed_by="")
                | (Q(state="closed", finished_at__isnull=False) & ~Q(closed_by="")),
                name="attempt_closed_has_finish",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run} · {self.learner} · {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("quizzes:attempt", args=[self.public_id])

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING


class AttemptItem(models.Model):
    """응시 문항: a version as it was dealt; in practice an item may be tried again."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    try_number = models.PositiveSmallIntegerField(default=1)
    section = models.CharField(max_length=120, blank=True)
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="items")
    seed = models.BigIntegerField()
    order = models.JSONField(help_text="names of lists, each with the ids as they are shown")
    # What an engine made of a scenario or a seed, key included; empty for questions that are typed.
    frozen = models.JSONField(null=True, blank=True)
    points = models.DecimalField(max_digits=5, decimal_places=2)
    is_flagged = models.BooleanField(default=False)
    checked_at = models.DateTimeField(null=True, blank=True, help_text="answered for good")

    class Meta:
        ordering: ClassVar = ["position", "try_number"]
        verbose_name = "응시 문항"
        verbose_name_plural = "응시 문항"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["attempt", "position", "try_number"], name="item_position_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt} #{self.position}"

    @property
    def spec(self) -> QuestionSpec:
        """The question as this learner met it: what was frozen, else the version's own."""
        if self.frozen is not None:
            return spec_from_json(self.frozen["question"])
        return self.version.spec


class Response(models.Model):
    """응답: what was sent. The newest counted one is the draft, and at the end the answer."""

    item = models.ForeignKey(AttemptItem, on_delete=models.CASCADE, related_name="responses")
    revision = models.PositiveIntegerField()
    answer = models.JSONField()
    client = models.CharField(max_length=40, help_text="the tab it came from; not a person")
    # Counts the tab's own saves, so that a delayed retry never undoes what it sent later.
    sequence = models.PositiveIntegerField(default=0)
    received_at = models.DateTimeField()
    is_late = models.BooleanField(default=False, help_text="kept, not counted")

    class Meta:
        ordering: ClassVar = ["revision"]
        verbose_name = "응답"
        verbose_name_plural = "응답"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "revision"], name="response_revision_once"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="response_revision_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.item} r{self.revision}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        _only_added(self)
        super().save(*args, **kwargs)


class Grade(models.Model):
    """채점: one judgement of an item, and why it was made. The newest one holds."""

    class Reason(models.TextChoices):
        CHECK = "check", "문제 확인"
        CLOSE = "close", "제출"
        REGRADE = "regrade", "재채점"
        MANUAL = "manual", "직접 채점"

    item = models.ForeignKey(AttemptItem, on_delete=models.CASCADE, related_name="grades")
    response = models.ForeignKey(
        Response, on_delete=models.PROTECT, null=True, blank=True, related_name="grades"
    )
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    score = models.DecimalField(max_digits=9, decimal_places=4)
    max_score = models.DecimalField(max_digits=5, decimal_places=2)
    reason = models.CharField(max_length=10, choices=Reason.choices)
    grader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    engine = models.CharField(max_length=80, blank=True)
    graded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "채점"
        verbose_name_plural = "채점"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(score__gte=0) & Q(score__lte=models.F("max_score")),
                name="grade_within_points",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.score}/{self.max_score}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        _only_added(self)
        super().save(*args, **kwargs)


def _only_added(row: models.Model) -> None:
    if not row._state.adding:
        raise TypeError(f"{type(row).__name__} rows are only ever added")
