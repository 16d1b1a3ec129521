"""The custom user, and the learner who owns what a person does."""

import uuid
from collections.abc import Iterator
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower


class Role(models.TextChoices):
    """What an account may do on the site as a whole; what it owns decides about the rest."""

    LEARNER = "learner", "학습자"
    INSTRUCTOR = "instructor", "강사"
    ADMIN = "admin", "관리자"


class User(AbstractUser):
    """An account. Korean names are one field: they do not split into first and last."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    display_name = models.CharField("이름", max_length=50, blank=True)
    is_instructor = models.BooleanField("강사", default=False)
    # Part of what a session is checked against: counting on signs every browser out.
    session_generation = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "사용자"
        verbose_name_plural = "사용자"
        constraints: ClassVar = [
            # Kim and kim are one name to whoever types it.
            models.UniqueConstraint(Lower("username"), name="username_once_in_any_case"),
        ]

    def get_full_name(self) -> str:
        return self.display_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()

    @property
    def role(self) -> Role:
        if self.is_staff:
            return Role.ADMIN
        return Role.INSTRUCTOR if self.is_instructor else Role.LEARNER

    @property
    def may_teach(self) -> bool:
        """An administrator may all that an instructor may."""
        return self.is_active and (self.is_instructor or self.is_staff)

    def get_session_auth_hash(self) -> str:
        return f"{super().get_session_auth_hash()}.{self.session_generation}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for each in super().get_session_auth_fallback_hash():
            yield f"{each}.{self.session_generation}"


class Learner(models.Model):
    """학습자: owns progress, attempts, enrollments.

    With a user it is an account's. Without one it belongs to the session of one browser; with a
    name it was admitted to a classroom by that name alone, and its entry code brings it back.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # PROTECT: an account goes by `services.erasing`, which leaves what others' statistics need.
    user = models.OneToOneField(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="learner"
    )
    name = models.CharField("이름", max_length=50, blank=True)
    # Lets someone without an account into a closed site; taken away with the enrollment.
    is_admitted = models.BooleanField(default=False)
    created_at = models.DateTimeField("처음 온 때")
    active_at = models.DateTimeField("마지막으로 쓴 때", null=True, blank=True)
    erased_at = models.DateTimeField("지운 때", null=True, blank=True)

    class Meta:
        verbose_name = "학습자"
        verbose_name_plural = "학습자"

    def __str__(self) -> str:
        return str(self.user or self.name or self.public_id)

    @property
    def shown_name(self) -> str:
        """What people call this learner; "" for an unnamed browser."""
        return self.user.get_full_name() if self.user else self.name
