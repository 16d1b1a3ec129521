"""What the database itself refuses, whatever the code above it does."""

import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from apps.accounts.models import User
from apps.quizzes.models import (
    Attempt,
    AttemptItem,
    Draw,
    Extension,
    Grade,
    Question,
    QuestionShare,
    QuestionTag,
    QuestionVersion,
    Quiz,
    QuizRun,
    QuizShare,
    Response,
    Section,
)
from tests.classrooms.factories import make_user
from tests.quizzes.factories import (
    HOUR,
    NOW,
    extend,
    make_exam,
    make_learner,
    only_item,
    right,
    save,
    start,
)

pytestmark = pytest.mark.django_db


class World:
    """A running attempt with an answer, and everything it stands on."""

    def __init__(self) -> None:
        self.run = make_exam("single")
        self.learner = make_learner()
        self.attempt = start(self.run, self.learner)
        self.item = only_item(self.attempt)
        save(self.item, right(self.item))
        self.quiz = self.run.quiz
        self.question = Question.objects.get()
        self.section = Section.objects.get()
        extend(self.run, self.learner)

    def share(self, user: User | None) -> QuestionShare:
        return QuestionShare(question=self.question, user=user, right="view", shared_at=NOW)

    def share_quiz(self, user: User | None) -> QuizShare:
        return QuizShare(quiz=self.quiz, user=user, right="view", shared_at=NOW)

    def again(self, row: models.Model, **changed: Any) -> None:
        """A second row like this one."""
        model = type(row)
        values = {
            field.name: getattr(row, field.name)
            for field in model._meta.concrete_fields
            if not field.primary_key
        }
        if "uuid" in values:
            values["uuid"] = uuid.uuid4()
        if "public_id" in values:
            values["public_id"] = uuid.uuid4()
        model._default_manager.create(**{**values, **changed})

    def update(self, model: type[models.Model], **changed: Any) -> None:
        assert model._default_manager.update(**changed)

    def grades(self, *scores: str) -> None:
        for score in scores:
            self.grade(score)

    def grade(self, score: str) -> None:
        Grade.objects.create(
            item=self.item,
            version=self.item.version,
            score=Decimal(score),
            max_score=1,
            reason=Grade.Reason.CLOSE,
            graded_at=NOW,
        )


REFUSED: list[tuple[str, Callable[[World], None]]] = [
    ("question_slug_current", lambda w: w.again(w.question)),
    ("version_number_once", lambda w: w.again(QuestionVersion.objects.get())),
    ("quiz_slug_current", lambda w: w.again(w.quiz)),
    ("quiz_pass_mark", lambda w: w.update(Quiz, pass_mark=101)),
    ("section_position_once", lambda w: w.again(w.section)),
    ("draw_position_once", lambda w: w.again(Draw.objects.get())),
    ("draw_fixed_or_random", lambda w: w.update(Draw, topic="a")),
    ("draw_fixed_or_random", lambda w: w.update(Draw, pool="exam")),
    ("draw_fixed_or_random", lambda w: w.update(Draw, count=2)),
    ("draw_fixed_or_random", lambda w: w.update(Draw, question=None)),
    ("draw_fixed_or_random", lambda w: w.update(Draw, question=None, topic="a")),
    (
        "draw_fixed_or_random",
        lambda w: w.update(Draw, question=None, topic="a", pool="exam", count=0),
    ),
    ("draw_fixed_or_random", lambda w: w.update(Draw, tag="a")),
    ("draw_fixed_or_random", lambda w: w.update(Draw, question=None, pool="exam")),
    ("draw_points_positive", lambda w: w.update(Draw, points=0)),
    ("run_slug_once", lambda w: w.again(w.run)),
    ("run_closes_after_opening", lambda w: w.update(QuizRun, opens_at=NOW, closes_at=NOW)),
    ("run_time_limit_positive", lambda w: w.update(QuizRun, time_limit=0)),
    ("run_max_attempts_positive", lambda w: w.update(QuizRun, max_attempts=0)),
    ("run_after_close_closes", lambda w: w.update(QuizRun, feedback="after_close")),
    ("run_late_after_closing", lambda w: w.update(QuizRun, late_until=NOW)),
    (
        "run_late_after_closing",
        lambda w: w.update(QuizRun, closes_at=NOW, late_until=NOW),
    ),
    ("run_late_deduction_percent", lambda w: w.update(QuizRun, late_deduction=101)),
    ("extension_once", lambda w: w.again(Extension.objects.get())),
    ("extension_never_shortens", lambda w: w.update(Extension, time_factor=Decimal("0.99"))),
    (
        "attempt_number_once",
        lambda w: w.again(w.attempt, state="closed", finished_at=NOW, closed_by="learner"),
    ),
    ("attempt_one_running", lambda w: w.again(w.attempt, number=2)),
    ("attempt_closed_has_finish", lambda w: w.update(Attempt, state="closed")),
    ("attempt_closed_has_finish", lambda w: w.update(Attempt, finished_at=NOW)),
    ("attempt_closed_has_finish", lambda w: w.update(Attempt, closed_by="learner")),
    ("attempt_closed_has_finish", lambda w: w.update(Attempt, state="closed", finished_at=NOW)),
    ("attempt_closed_has_finish", lambda w: w.update(Attempt, state="paused")),
    ("item_position_once", lambda w: w.again(w.item)),
    ("response_revision_once", lambda w: w.again(Response.objects.get())),
    ("response_revision_from_one", lambda w: w.update(Response, revision=0)),
    ("grade_within_points", lambda w: w.grade("1.0001")),
    ("grade_within_points", lambda w: w.grade("-0.0001")),
    ("question_owned", lambda w: w.update(Question, owner=make_user())),
    ("quiz_owned", lambda w: w.update(Quiz, owner=make_user())),
    ("tag_once", lambda w: _twice(w, QuestionTag(question=w.question, name="가"))),
    ("question_share_once", lambda w: _twice(w, w.share(make_user()))),
    ("question_share_all_once", lambda w: _twice(w, w.share(None))),
    ("quiz_share_once", lambda w: _twice(w, w.share_quiz(make_user()))),
    ("quiz_share_all_once", lambda w: _twice(w, w.share_quiz(None))),
]
ALLOWED: list[tuple[str, Callable[[World], None]]] = [
    ("a slug used again after it was retired", lambda w: _retire_and_again(w, w.question)),
    ("a quiz in the place of a retired one", lambda w: _retire_and_again(w, w.quiz)),
    ("full marks and none", lambda w: w.grades("1", "0")),
    ("a draw from a topic", lambda w: w.update(Draw, question=None, topic="a", pool="exam")),
    ("a run that only opens", lambda w: w.update(QuizRun, opens_at=NOW)),
    (
        "feedback after a close",
        lambda w: w.update(QuizRun, feedback="after_close", opens_at=NOW, closes_at=NOW + HOUR),
    ),
    (
        "lateness that costs everything",
        lambda w: w.update(QuizRun, closes_at=NOW, late_until=NOW + HOUR, late_deduction=100),
    ),
    ("another try", lambda w: w.again(w.item, try_number=2)),
]


def _twice(world: World, row: models.Model) -> None:
    row.save()
    world.again(row)


def _retire_and_again(world: World, row: Question | Quiz) -> None:
    type(row)._default_manager.update(retired_at=NOW)
    world.again(row)


@pytest.mark.parametrize(("name", "attempt"), REFUSED)
def test_the_database_refuses(name: str, attempt: Callable[[World], None]) -> None:
    world = World()
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        attempt(world)
    # SQLite names the columns of a broken unique constraint, not the constraint.
    told = str(refusal.value)
    assert name in told or all(column in told for column in _columns(name))


@pytest.mark.parametrize(("name", "attempt"), ALLOWED)
def test_the_database_allows(name: str, attempt: Callable[[World], None]) -> None:
    attempt(World())


def test_every_named_constraint_has_been_broken() -> None:
    assert set(_constraints()) == {name for name, _ in REFUSED}


def _constraints() -> dict[str, models.BaseConstraint]:
    return {
        constraint.name: constraint
        for model in apps.get_app_config("quizzes").get_models()
        for constraint in model._meta.constraints
    }


def _columns(name: str) -> list[str]:
    constraint = _constraints()[name]
    assert isinstance(constraint, models.UniqueConstraint), name
    return [f".{field}" for field in constraint.fields]


def test_what_attempts_point_to_cannot_be_deleted() -> None:
    world = World()
    for row in (world.quiz, world.run, world.question, world.item.version):
        with pytest.raises(models.ProtectedError):
            row.delete()
    assert AttemptItem.objects.exists()
