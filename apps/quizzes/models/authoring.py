"""What instructors add to questions and quizzes of their own: tags, and who else may use them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.quizzes.models.bank import Question, Quiz, Right


class QuestionTag(models.Model):
    """꼬리표: a word to find questions by; its author's, learners never see it."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(max_length=40)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = "꼬리표"
        verbose_name_plural = "꼬리표"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question", "name"], name="tag_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Share(models.Model):
    """What a colleague may do; without a user, every instructor of this site."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    right = models.CharField(max_length=10, choices=Right.choices)
    shared_at = models.DateTimeField()

    class Meta:
        abstract = True


class QuestionShare(Share):
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="shares")

    class Meta:
        verbose_name = "문제 공유"
        verbose_name_plural = "문제 공유"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question", "user"], name="question_share_once"),
            models.UniqueConstraint(
                fields=["question"],
                condition=Q(user__isnull=True),
                name="question_share_all_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} → {self.user or '모든 강사'} ({self.right})"


class QuizShare(Share):
    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="shares")

    class Meta:
        verbose_name = "퀴즈 공유"
        verbose_name_plural = "퀴즈 공유"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["quiz", "user"], name="quiz_share_once"),
            models.UniqueConstraint(
                fields=["quiz"], condition=Q(user__isnull=True), name="quiz_share_all_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz} → {self.user or '모든 강사'} ({self.right})"
