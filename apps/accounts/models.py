"""The custom user, and the learner who owns what a person does."""

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """An account. Korean names are one field: they do not split into first and last."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    display_name = models.CharField("이름", max_length=50, blank=True)

    class Meta:
        verbose_name = "사용자"
        verbose_name_plural = "사용자"

    def get_full_name(self) -> str:
        return self.display_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()


class Learner(models.Model):
    """학습자: owns progress, attempts, memos.

    Without a user it belongs to the session of one browser.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="learner"
    )
    created_at = models.DateTimeField("처음 온 때")

    class Meta:
        verbose_name = "학습자"
        verbose_name_plural = "학습자"

    def __str__(self) -> str:
        return str(self.user or self.public_id)
