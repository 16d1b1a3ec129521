"""Questions with their immutable versions, and quizzes that fix or draw them."""

from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from apps.accounts.models import User
from apps.quizzes.domain.kinds.base import Scoring
from apps.quizzes.domain.spec import QuestionSpec, spec_from_json
from apps.quizzes.models.words import Feedback


class Pool(models.TextChoices):
    """Who may meet a question: what is kept for exams never appears in practice."""

    PRACTICE = "practice", "연습"
    EXAM = "exam", "시험"


class Authorship(models.TextChoices):
    """Where a question or a quiz comes from, and so who may change it."""

    FILE = "file", "기본 제공"  # content files; everybody reads, nobody edits
    STUDIO = "studio", "직접 작성"  # an instructor's own


class Right(models.TextChoices):
    """What a colleague may do with what was shared; each includes those before it."""

    VIEW = "view", "보기"
    COPY = "copy", "복제"
    EDIT = "edit", "편집"


M = TypeVar("M", bound=models.Model)


class OwnedQuerySet(models.QuerySet[M]):
    """What instructors may see, copy and edit: rows with `authorship`, `owner` and `shares`.

    What belongs to nobody any more (its owner's account is gone) only administrators may edit.
    """

    def from_files(self) -> Self:
        return self.filter(authorship=Authorship.FILE)

    def from_studio(self) -> Self:
        return self.filter(authorship=Authorship.STUDIO)

    def visible_to(self, user: User) -> Self:
        """What this instructor may read: the shipped, the own, the shared; administrators all."""
        return self._allowed(user, list(Right), shipped=True)

    def copyable_by(self, user: User) -> Self:
        """What may be copied, and asked in own quizzes."""
        return self._allowed(user, [Right.COPY, Right.EDIT], shipped=True)

    def editable_by(self, user: User) -> Self:
        return self._allowed(user, [Right.EDIT], shipped=False)

    def _allowed(self, user: User, rights: list[Right], *, shipped: bool) -> Self:
        if not user.may_teach:
            return self.none()
        files = Q(authorship=Authorship.FILE)
        if user.is_staff:
            return self if shipped else self.exclude(files)
        shared = self.model._base_manager.filter(
            Q(shares__user=user) | Q(shares__user__isnull=True), shares__right__in=rights
        ).values("pk")
        ways = Q(owner=user) | Q(pk__in=shared) | self._by_other_ways(user, rights)
        own = Q(authorship=Authorship.STUDIO) & ways
        return self.filter(own | files if shipped else own)

    def _by_other_ways(self, user: User, rights: list[Right]) -> Q:
        """What else allows these rights; an empty Q for nothing."""
        return Q()


class QuestionQuerySet(OwnedQuerySet["Question"]):
    """Questions, of which a quiz lets see what it asks.

    Who owns a quiz, or shares it, sees the questions that it fixes; who may copy the quiz may copy
    them, else the copy would be an empty one. Nobody edits a question by way of a quiz.
    """

    def _by_other_ways(self, user: User, rights: list[Right]) -> Q:
        if Right.VIEW in rights:
            quizzes = Quiz.objects.from_studio().visible_to(user)
        elif Right.COPY in rights:
            quizzes = Quiz.objects.from_studio().copyable_by(user).exclude(owner=user)
        else:
            return Q()
        asked = Draw.objects.filter(section__quiz__in=quizzes, question__isnull=False)
        return Q(pk__in=asked.values("question"))

    def current(self) -> Self:
        return self.filter(retired_at__isnull=True, current__isnull=False)


class Question(models.Model):
    """문제: the identity of a question through all its wordings.

    One that was never published has no `current`: only its author's draft knows it.
    """

    uuid = models.UUIDField(unique=True)
    slug = models.SlugField(max_length=80)
    authorship = models.CharField(
        max_length=10, choices=Authorship.choices, default=Authorship.FILE
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="questions",
    )
    title = models.CharField("이름", max_length=120, blank=True, help_text="for instructors only")
    pool = models.CharField(max_length=10, choices=Pool.choices)
    # Copies from the current version, to draw and to look up by.
    topic = models.SlugField(max_length=60)
    lesson = models.SlugField(max_length=60, blank=True)
    section = models.CharField(max_length=80, blank=True)
    level = models.CharField(max_length=12, blank=True)
    as_of = models.DateField(null=True, blank=True, help_text="when its changing numbers were true")
    search_text = models.TextField(blank=True, help_text="all its words, see domain/searching.py")
    current = models.ForeignKey(
        "QuestionVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Of a file: it left the files. In the studio: 보관 – not offered any more, but asked on where
    # a quiz fixes it.
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "문제"
        verbose_name_plural = "문제"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["slug"], condition=Q(retired_at__isnull=True), name="question_slug_current"
            ),
            models.CheckConstraint(
                condition=~Q(authorship="file") | Q(owner__isnull=True), name="question_owned"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["topic", "pool"], name="question_by_topic"),
            models.Index(fields=["lesson", "section"], name="question_by_lesson"),
        ]

    def __str__(self) -> str:
        return self.slug


class QuestionVersion(models.Model):
    """문항 버전: one wording of a question. Never changed: attempts and grades point to it."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    document = models.JSONField(help_text="a QuestionSpec as JSON")
    digest = models.CharField(max_length=64)
    engine = models.CharField(
        max_length=80, blank=True, help_text="the engine that computed the key, and its version"
    )
    published_at = models.DateTimeField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField("무엇을 고쳤는지", max_length=200, blank=True)

    class Meta:
        verbose_name = "문항 버전"
        verbose_name_plural = "문항 버전"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question", "number"], name="version_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.question} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("a question version is immutable: publish a new one")
        super().save(*args, **kwargs)

    @property
    def spec(self) -> QuestionSpec:
        return spec_from_json(self.document)


class QuizQuerySet(OwnedQuerySet["Quiz"]):
    def current(self) -> Self:
        return self.filter(retired_at__isnull=True).order_by("position")


class Quiz(models.Model):
    """퀴즈: an ordered set of sections."""

    uuid = models.UUIDField(unique=True)
    slug = models.SlugField(max_length=80)
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=400, blank=True)
    authorship = models.CharField(
        max_length=10, choices=Authorship.choices, default=Authorship.FILE
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="quizzes",
    )
    # Counts the changes of a studio quiz: who saves over an older one is told of it.
    revision = models.PositiveIntegerField(default=1)
    topic = models.SlugField(max_length=60, blank=True)
    lesson = models.SlugField(max_length=60, blank=True)
    minutes = models.PositiveSmallIntegerField(help_text="how long it usually takes")
    scoring = models.CharField(
        max_length=20,
        choices=[(each.value, each.value) for each in Scoring],
        default=Scoring.ALL_OR_NOTHING.value,
    )
    shuffle_choices = models.BooleanField(default=True)
    pass_mark = models.PositiveSmallIntegerField(null=True, blank=True, help_text="percent")
    # Of a studio quiz: the rules of its trial run, and what an assignment proposes.
    feedback = models.CharField(
        max_length=20, choices=Feedback.choices, default=Feedback.AFTER_SUBMIT
    )
    time_limit = models.PositiveIntegerField(null=True, blank=True, help_text="seconds")
    max_attempts = models.PositiveSmallIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = QuizQuerySet.as_manager()

    class Meta:
        verbose_name = "퀴즈"
        verbose_name_plural = "퀴즈"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["slug"], condition=Q(retired_at__isnull=True), name="quiz_slug_current"
            ),
            models.CheckConstraint(
                condition=Q(pass_mark__isnull=True) | Q(pass_mark__lte=100), name="quiz_pass_mark"
            ),
            models.CheckConstraint(
                condition=~Q(authorship="file") | Q(owner__isnull=True), name="quiz_owned"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The cover; a quiz that nobody finds in the catalogue has none."""
        if self.retired_at is not None or self.authorship == Authorship.STUDIO:
            return reverse("quizzes:index")
        return reverse("quizzes:cover", args=[self.slug])


class Section(models.Model):
    """영역: a part of a quiz with a title and a text of its own."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=120, blank=True)
    shuffle = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["position"]
        verbose_name = "영역"
        verbose_name_plural = "영역"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["quiz", "position"], name="section_position_once"),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.quiz} {self.position}"


class Draw(models.Model):
    """출제: one fixed question, or `count` drawn at random.

    Drawn is from the pool of a topic, or what has a tag, or both; `source` says whether from the
    files or from what the quiz's owner wrote.
    """

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="draws")
    position = models.PositiveIntegerField()
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, null=True, blank=True, related_name="draws"
    )
    topic = models.SlugField(max_length=60, blank=True)
    tag = models.CharField(max_length=40, blank=True)
    pool = models.CharField(max_length=10, choices=Pool.choices, blank=True)
    source = models.CharField(max_length=10, choices=Authorship.choices, default=Authorship.FILE)
    count = models.PositiveSmallIntegerField(default=1)
    points = models.DecimalField(max_digits=5, decimal_places=2, default=1)

    class Meta:
        ordering: ClassVar = ["position"]
        verbose_name = "출제 항목"
        verbose_name_plural = "출제 항목"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["section", "position"], name="draw_position_once"),
            models.CheckConstraint(
                condition=Q(question__isnull=False, topic="", tag="", pool="", count=1)
                | (
                    Q(question__isnull=True, count__gte=1)
                    & ~Q(pool="")
                    & (~Q(topic="") | ~Q(tag=""))
                ),
                name="draw_fixed_or_random",
            ),
            models.CheckConstraint(condition=Q(points__gt=0), name="draw_points_positive"),
        ]

    def __str__(self) -> str:
        return str(self.question) if self.question else f"{self.topic or self.tag} × {self.count}"
