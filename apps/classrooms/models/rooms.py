"""반: a class, who teaches it, who is in it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from apps.accounts.models import Learner, User


class ClassroomQuerySet(models.QuerySet["Classroom"]):
    def taught_by(self, user: User) -> "ClassroomQuerySet":
        """An instructor's own classes; an administrator's are all."""
        if not user.may_teach:
            return self.none()
        if user.is_staff:
            return self
        return self.filter(instructorships__user=user)

    def attended_by(self, learner: Learner | None) -> "ClassroomQuerySet":
        """Where this learner is enrolled, archived ones too; nobody attends nothing."""
        if learner is None:
            return self.none()
        return self.filter(enrollments__learner=learner, enrollments__state=Enrollment.State.ACTIVE)

    def current(self) -> "ClassroomQuerySet":
        return self.filter(archived_at__isnull=True)


class Classroom(models.Model):
    """반."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("반 이름", max_length=80)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True, help_text="read, but not used")
    join_code = models.CharField(max_length=12, unique=True)
    join_open = models.BooleanField("참여 코드로 들어올 수 있음", default=True)
    guests_allowed = models.BooleanField("이름만으로 들어올 수 있음", default=False)

    objects = ClassroomQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        verbose_name = "반"
        verbose_name_plural = "반"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("classrooms:room", args=[self.public_id])

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


class Instructorship(models.Model):
    """Who teaches a class. All of them are equal; one always remains."""

    classroom = models.ForeignKey(
        Classroom, on_delete=models.CASCADE, related_name="instructorships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="instructorships"
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["added_at", "pk"]
        verbose_name = "담당 강사"
        verbose_name_plural = "담당 강사"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["classroom", "user"], name="instructorship_once"),
        ]

    def __str__(self) -> str:
        return f"{self.classroom} · {self.user}"


class EnrollmentQuerySet(models.QuerySet["Enrollment"]):
    def active(self) -> "EnrollmentQuerySet":
        return self.filter(state=Enrollment.State.ACTIVE)

    def of(self, learner: Learner | None) -> "EnrollmentQuerySet":
        if learner is None:
            return self.none()
        return self.filter(learner=learner)


class Enrollment(models.Model):
    """수강: one learner's place in a class, under the name that this class knows."""

    class State(models.TextChoices):
        ACTIVE = "active", "수강 중"
        REMOVED = "removed", "내보냄"  # may come back with the class's code
        BLOCKED = "blocked", "차단"  # may not
        # Went away themselves, and only they come back: an instructor's undo is not for this one.
        LEFT = "left", "나감"

    class Origin(models.TextChoices):
        ACCOUNT = "account", "계정으로 참여"
        NAME = "name", "이름으로 참여"
        ROSTER = "roster", "명단으로 등록"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="enrollments")
    # PROTECT: marks and answers hang on it; a learner is erased by name, not by row.
    learner = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="enrollments")
    name = models.CharField("이름", max_length=50)
    student_number = models.CharField("학번", max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    entry_digest = models.CharField(
        max_length=64, blank=True, help_text="of the personal code; empty where an account enters"
    )
    joined_at = models.DateTimeField()
    entered_at = models.DateTimeField(null=True, blank=True, help_text="first seen in the class")

    objects = EnrollmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["student_number", "name", "pk"]
        verbose_name = "수강"
        verbose_name_plural = "수강"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["classroom", "learner"], name="enrollment_once"),
            models.UniqueConstraint(
                fields=["classroom", "student_number"],
                condition=Q(state="active") & ~Q(student_number=""),
                name="enrollment_number_once",
            ),
            models.UniqueConstraint(
                fields=["entry_digest"],
                condition=~Q(entry_digest=""),
                name="enrollment_entry_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.classroom}"

    @property
    def is_active(self) -> bool:
        return self.state == self.State.ACTIVE
