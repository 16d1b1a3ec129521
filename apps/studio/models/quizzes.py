"""What a quiz was before it was changed."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from apps.quizzes.models import Quiz


class QuizRevision(models.Model):
    """퀴즈 이력: the whole of a studio quiz after one change. Restoring adds one more."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    document = models.JSONField(help_text="settings, sections, draws; questions by uuid")
    note = models.CharField(max_length=200, blank=True, help_text="what was done (Korean)")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-number"]
        verbose_name = "퀴즈 이력"
        verbose_name_plural = "퀴즈 이력"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["quiz", "number"], name="quiz_revision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.quiz} r{self.number}"
