"""과제: what is set to a class, and how a person marked it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from apps.classrooms.models.rooms import Classroom, Enrollment
from apps.lessons.models import Lesson
from apps.quizzes.models import QuizRun


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def current(self) -> "AssignmentQuerySet":
        return self.filter(retired_at__isnull=True)

    def with_targets(self) -> "AssignmentQuerySet":
        return self.select_related("classroom", "run__quiz", "lesson")


class Assignment(models.Model):
    """과제: a quiz under the rules of its run, or a lesson to read.

    A quiz's times are its run's. `opens_at` and `due_at` are those of a reading, which may be read
    at any time and is then on time or late.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="assignments")
    run = models.OneToOneField(
        QuizRun, on_delete=models.PROTECT, null=True, blank=True, related_name="assignment"
    )
    lesson = models.ForeignKey(
        Lesson, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    title = models.CharField("제목", max_length=120)
    note = models.TextField("안내", max_length=1000, blank=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Taken down: learners no longer see it, its attempts and marks stay, and it can be put back.
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["created_at", "pk"]
        verbose_name = "과제"
        verbose_name_plural = "과제"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(run__isnull=False, lesson__isnull=True)
                | Q(run__isnull=True, lesson__isnull=False),
                name="assignment_quiz_or_reading",
            ),
            models.CheckConstraint(
                condition=Q(run__isnull=True) | Q(opens_at__isnull=True, due_at__isnull=True),
                name="assignment_times_of_run",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(due_at__isnull=True)
                | Q(due_at__gt=F("opens_at")),
                name="assignment_due_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("classrooms:assignment", args=[self.public_id])

    @property
    def is_reading(self) -> bool:
        return self.lesson_id is not None


class Mark(models.Model):
    """What an instructor said of one learner's work; only ever added, the newest one holds.

    `score` overrides the computed one, out of the same maximum; it outranks every regrade. A mark
    without score and excuse takes an earlier override back.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="marks")
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="marks")
    score = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    is_excused = models.BooleanField(default=False)
    reason = models.CharField("이유", max_length=300, blank=True)
    comment = models.TextField("학습자에게 남기는 말", max_length=2000, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "평가"
        verbose_name_plural = "평가"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0), name="mark_score_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(is_excused=False),
                name="mark_score_or_excuse",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True, is_excused=False) | ~Q(reason=""),
                name="mark_override_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} · {self.enrollment}"
