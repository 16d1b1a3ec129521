"""출제: the rules under which a quiz is taken, and exceptions for single learners."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from apps.accounts.models import Learner
from apps.quizzes.models.bank import Quiz
from apps.quizzes.models.words import Counts, Feedback, Origin


class QuizRunQuerySet(models.QuerySet["QuizRun"]):
    def offered(self) -> "QuizRunQuerySet":
        """What everybody may start from the catalogue."""
        return self.filter(origin=Origin.CATALOGUE, retired_at__isnull=True)


class QuizRun(models.Model):
    """출제: when, how long, how often, and what is told when.

    `closes_at` is when it is due. Where lateness is allowed it goes on until `late_until`, and what
    is finished in between loses `late_deduction` percent of its score.
    """

    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="runs")
    origin = models.CharField(max_length=12, choices=Origin.choices, default=Origin.CATALOGUE)
    slug = models.SlugField(max_length=40)
    title = models.CharField(max_length=60)
    feedback = models.CharField(max_length=20, choices=Feedback.choices)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    late_until = models.DateTimeField(null=True, blank=True)
    late_deduction = models.PositiveSmallIntegerField(default=0, help_text="percent")
    time_limit = models.PositiveIntegerField(null=True, blank=True, help_text="seconds")
    max_attempts = models.PositiveSmallIntegerField(null=True, blank=True)
    counts = models.CharField(max_length=10, choices=Counts.choices, default=Counts.BEST)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = QuizRunQuerySet.as_manager()

    class Meta:
        verbose_name = "출제"
        verbose_name_plural = "출제"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["quiz", "slug"], name="run_slug_once"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                name="run_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(time_limit__isnull=True) | Q(time_limit__gt=0),
                name="run_time_limit_positive",
            ),
            models.CheckConstraint(
                condition=Q(max_attempts__isnull=True) | Q(max_attempts__gt=0),
                name="run_max_attempts_positive",
            ),
            models.CheckConstraint(
                condition=Q(late_until__isnull=True)
                | Q(closes_at__isnull=False, late_until__gt=F("closes_at")),
                name="run_late_after_closing",
            ),
            models.CheckConstraint(
                condition=Q(late_deduction__lte=100), name="run_late_deduction_percent"
            ),
            # Without a closing time "after close" would never come.
            models.CheckConstraint(
                condition=~Q(feedback="after_close") | Q(closes_at__isnull=False),
                name="run_after_close_closes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz} · {self.title}"

    def get_absolute_url(self) -> str:
        """Where its rules and one's own attempts are shown."""
        if self.origin == Origin.ASSIGNMENT:
            return reverse("classrooms:run", args=[self.slug])
        if self.origin == Origin.TRIAL:
            return reverse("studio:quiz", args=[self.quiz.uuid])
        return self.quiz.get_absolute_url()

    @property
    def is_practice(self) -> bool:
        return self.feedback == Feedback.IMMEDIATE


class Extension(models.Model):
    """One learner's exception to a run: more time, a later end, further attempts."""

    run = models.ForeignKey(QuizRun, on_delete=models.CASCADE, related_name="extensions")
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="extensions")
    time_factor = models.DecimalField(max_digits=4, decimal_places=2, default=Decimal(1))
    closes_at = models.DateTimeField(null=True, blank=True)
    extra_attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "연장"
        verbose_name_plural = "연장"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "learner"], name="extension_once"),
            models.CheckConstraint(
                condition=Q(time_factor__gte=1), name="extension_never_shortens"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run} · {self.learner}"
