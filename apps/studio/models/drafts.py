"""초안: a wording on which one instructor works, kept while it is typed."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F
from django.urls import reverse

from apps.quizzes.models import Pool, Question, QuestionVersion


class Draft(models.Model):
    """One instructor's unpublished wording of one question. Two instructors have two drafts.

    `document` is what was typed, as `read_question` takes it, whether it is valid or not: nothing
    typed is refused by being wrong. `base` is the published version it began from; when another one
    is current at publishing, somebody else published meanwhile.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="drafts")
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts"
    )
    base = models.ForeignKey(
        QuestionVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField("이름", max_length=120, blank=True)
    pool = models.CharField(max_length=10, choices=Pool.choices, default=Pool.PRACTICE)
    tags = models.JSONField(default=list, blank=True, help_text="names")
    document = models.JSONField(default=dict)
    # Counts the saves: whoever saves over an older one is another tab, and is told so.
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = [F("updated_at").desc()]
        verbose_name = "초안"
        verbose_name_plural = "초안"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question", "editor"], name="draft_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.question} · {self.editor}"

    def get_absolute_url(self) -> str:
        return reverse("studio:edit", args=[self.question.uuid])
