"""오류 신고: what a learner found wrong, and what an instructor answered."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from apps.accounts.models import Learner, User
from apps.classrooms.models import Classroom
from apps.lessons.models import Lesson
from apps.quizzes.models import AttemptItem, QuestionVersion

MAX_QUOTE = 400
MAX_TEXT = 2000


class ReportQuerySet(models.QuerySet["Report"]):
    def of(self, learner: Learner | None) -> "ReportQuerySet":
        """What this learner reported; nobody has reported nothing."""
        if learner is None:
            return self.none()
        return self.filter(learner=learner)

    def inbox_of(self, user: User) -> "ReportQuerySet":
        """An instructor's are those of the own classes; an administrator's are all.

        A report without a class about a question that an instructor wrote is its author's. One with
        a class is not: what learners of a colleague's class write stays with that class.
        """
        if not user.may_teach:
            return self.none()
        if user.is_staff:
            return self
        authored = Q(classroom__isnull=True, version__question__owner=user)
        return self.filter(Q(classroom__in=Classroom.objects.taught_by(user)) | authored)

    def open(self) -> "ReportQuerySet":
        return self.filter(state=Report.State.OPEN)

    def unseen(self) -> "ReportQuerySet":
        """Answered since the learner last looked."""
        return self.filter(
            Q(answered_at__isnull=False),
            Q(seen_at__isnull=True) | Q(seen_at__lt=F("answered_at")),
        )


class Report(models.Model):
    """오류 신고, about a lesson or about a question as the learner met it."""

    class State(models.TextChoices):
        OPEN = "open", "확인 전"
        ANSWERED = "answered", "답함"
        CLOSED = "closed", "닫음"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="reports")
    classroom = models.ForeignKey(
        Classroom,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports",
        help_text="whose instructors get it; nobody's is the administrators'",
    )
    lesson = models.ForeignKey(
        Lesson, on_delete=models.PROTECT, null=True, blank=True, related_name="reports"
    )
    section = models.CharField(max_length=80, blank=True, help_text="id of the heading")
    quote = models.CharField("문장", max_length=MAX_QUOTE, blank=True)
    is_quote_found = models.BooleanField(
        default=False, help_text="the sentence stood in the lesson when it was reported"
    )
    version = models.ForeignKey(
        QuestionVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="reports"
    )
    # As it was dealt, with the learner's answer.
    item = models.ForeignKey(
        AttemptItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="reports"
    )
    subject = models.CharField(
        max_length=120, help_text="the same for reports of one paragraph, or of one question"
    )
    text = models.TextField("무엇이 틀렸나요?", max_length=MAX_TEXT)
    created_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True, help_text="of the newest answer")
    seen_at = models.DateTimeField(null=True, blank=True, help_text="the learner saw the answers")

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        verbose_name = "오류 신고"
        verbose_name_plural = "오류 신고"
        indexes: ClassVar = [
            models.Index(fields=["classroom", "state", "-created_at"], name="report_inbox"),
            models.Index(fields=["subject"], name="report_subject"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(lesson__isnull=False, version__isnull=True, item__isnull=True)
                | Q(lesson__isnull=True, version__isnull=False, section="", quote=""),
                name="report_lesson_or_question",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(answered_at__isnull=False),
                name="report_answered_has_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.created_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.public_id])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def has_unseen_answer(self) -> bool:
        """The one-row counterpart of `unseen`."""
        if self.answered_at is None:
            return False
        return self.seen_at is None or self.seen_at < self.answered_at


class ReportAnswer(models.Model):
    """답. Only ever added: whoever answers again, or second, takes nothing back."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField("답", max_length=MAX_TEXT)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "신고에 대한 답"
        verbose_name_plural = "신고에 대한 답"

    def __str__(self) -> str:
        return f"{self.report} · {self.by}"
