"""Compiled content (units, lessons, errata) and what learners have read.

Content rows are written only by `load_content`: they mirror the files. A row that leaves the files
is retired, never deleted, because progress points to it.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from apps.accounts.models import Learner


class CurrentQuerySet(models.QuerySet["Lesson"]):
    def current(self) -> "CurrentQuerySet":
        """Lessons of the present course, in its order, without their text."""
        return (
            self.filter(retired_at__isnull=True)
            .order_by("position")
            .defer("blocks", "toc", "objectives")
        )


class Unit(models.Model):
    """단원: an ordered group of lessons."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=100)
    summary = models.CharField(max_length=300)
    position = models.PositiveIntegerField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["position"]
        verbose_name = "단원"
        verbose_name_plural = "단원"

    def __str__(self) -> str:
        return self.title


class Lesson(models.Model):
    """레슨: one section of the notes, rendered when it was loaded."""

    uuid = models.UUIDField(unique=True)
    slug = models.SlugField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="lessons")
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    short_title = models.CharField(max_length=60)
    summary = models.CharField(max_length=300)
    minutes = models.PositiveSmallIntegerField()
    objectives = models.JSONField(default=list)  # list[str]
    blocks = models.JSONField(default=list)  # list of apps.content Block as dict
    toc = models.JSONField(default=list)  # list of {"id", "title", "level"}
    digest = models.CharField(max_length=64)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = CurrentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position"]
        verbose_name = "레슨"
        verbose_name_plural = "레슨"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["slug"], condition=Q(retired_at__isnull=True), name="lesson_slug_current"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("lessons:detail", args=[self.slug])

    @property
    def html_blocks(self) -> list[SafeString]:
        """The finished HTML: `load_content` sanitized it before it was stored."""
        return [mark_safe(block["html"]) for block in self.blocks]  # noqa: S308


class Erratum(models.Model):
    """정정: a sentence of the notes that AWS's documents contradict."""

    slug = models.SlugField(max_length=100, unique=True)
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="errata")
    number = models.PositiveSmallIntegerField(help_text="in reading order within the lesson")
    section = models.CharField(max_length=80, blank=True)
    quote = models.TextField()
    kind = models.CharField(max_length=20)
    severity = models.CharField(max_length=10)
    confidence = models.CharField(max_length=10)
    correction = models.TextField()
    sources = models.JSONField(default=list)  # list of {"title","url","as_of","third_party","seen"}
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["lesson", "number"]
        verbose_name = "정정"
        verbose_name_plural = "정정"

    def __str__(self) -> str:
        return self.slug


class ContentState(models.Model):
    """One row: what was loaded last. Its digest is the version of every public page."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    source_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(id=1), name="content_state_only_one"),
        ]

    def __str__(self) -> str:
        return self.digest


class PredictionQuerySet(models.QuerySet["WidgetPrediction"]):
    def of(self, learner: Learner | None) -> "PredictionQuerySet":
        """What this learner predicted; nobody has predicted nothing."""
        if learner is None:
            return self.none()
        return self.filter(learner=learner)


class WidgetPrediction(models.Model):
    """예측: what a learner committed to before a widget showed the outcome; never changed."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="predictions")
    widget = models.SlugField()
    ask = models.CharField(max_length=80)
    scenario = models.JSONField()
    answer = models.JSONField(help_text="ids of the choices, sorted")
    is_right = models.BooleanField()
    made_at = models.DateTimeField()

    objects = PredictionQuerySet.as_manager()

    class Meta:
        verbose_name = "예측"
        verbose_name_plural = "예측"
        indexes: ClassVar = [
            models.Index(fields=["learner", "widget"], name="prediction_by_learner"),
        ]

    def __str__(self) -> str:
        return f"{self.learner} · {self.widget} · {self.ask}"


class ReadingProgressQuerySet(models.QuerySet["ReadingProgress"]):
    def of(self, learner: Learner | None) -> "ReadingProgressQuerySet":
        """What this learner has read; nobody has read nothing."""
        if learner is None:
            return self.none()
        return self.filter(learner=learner)


class ReadingProgress(models.Model):
    """How far a learner is in a lesson, and whether it is marked as read."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="reading")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="reading")
    read_at = models.DateTimeField("읽은 때", null=True, blank=True)
    block = models.PositiveIntegerField("블록", default=0)
    heading = models.CharField("제목", max_length=80, blank=True)
    updated_at = models.DateTimeField()

    objects = ReadingProgressQuerySet.as_manager()

    class Meta:
        verbose_name = "읽기 기록"
        verbose_name_plural = "읽기 기록"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["learner", "lesson"], name="one_progress_per_lesson"),
        ]

    def __str__(self) -> str:
        return f"{self.learner} · {self.lesson}"
