"""Whoever may edit a quiz of somebody else cannot see that somebody's other questions by it."""

import pytest

from apps.accounts.models import User
from apps.quizzes.dealing import drawn_from
from apps.quizzes.models import Draw, Pool, Question, Quiz, QuizShare, Right
from apps.studio.domain.quiz_changes import add_random
from apps.studio.services.quizzes import (
    add_questions,
    change_quiz,
    create_quiz,
    restore_revision,
    undo_change,
)
from apps.studio.services.refusals import RefusedError
from tests.quizzes.factories import NOW
from tests.studio.factories import make_instructor, make_question

pytestmark = pytest.mark.django_db
DRAW = {
    "topic": "other",
    "tag": "",
    "pool": Pool.EXAM.value,
    "source": "studio",
    "count": 1,
    "points": "1",
}


@pytest.fixture
def owner() -> User:
    return make_instructor("owner")


@pytest.fixture
def colleague() -> User:
    return make_instructor("colleague")


@pytest.fixture
def quiz(owner: User, colleague: User) -> Quiz:
    quiz = create_quiz(owner=owner, title="나눈 퀴즈", now=NOW)
    QuizShare.objects.create(quiz=quiz, user=colleague, right=Right.EDIT, shared_at=NOW)
    return quiz


def draw_at_random(quiz: Quiz, by: User) -> None:
    change_quiz(
        quiz=quiz,
        by=by,
        now=NOW,
        base_revision=None,
        change=lambda document: add_random(document, section=0, draw=dict(DRAW)),
    )


def test_only_the_owner_draws_from_the_owners_questions(
    quiz: Quiz, owner: User, colleague: User
) -> None:
    make_question(owner, pool=Pool.EXAM)
    with pytest.raises(RefusedError, match="주인만"):
        draw_at_random(quiz, colleague)
    draw_at_random(quiz, owner)
    assert Draw.objects.filter(section__quiz=quiz, question=None).count() == 1


def test_a_draw_of_the_owner_may_stay_while_a_colleague_edits(
    quiz: Quiz, owner: User, colleague: User
) -> None:
    draw_at_random(quiz, owner)
    add_questions(quiz=quiz, questions=[make_question(colleague)], by=colleague, now=NOW)
    assert Draw.objects.filter(section__quiz=quiz).count() == 2


def test_restoring_brings_back_nothing_that_the_colleague_may_not_use(
    quiz: Quiz, owner: User, colleague: User
) -> None:
    secret = make_question(owner, pool=Pool.EXAM)
    add_questions(quiz=quiz, questions=[secret], by=owner, now=NOW)
    quiz.refresh_from_db()
    undo_change(quiz=quiz, by=owner, now=NOW, base_revision=quiz.revision)
    quiz.refresh_from_db()
    assert not Question.objects.visible_to(colleague).filter(pk=secret.pk).exists()
    with pytest.raises(RefusedError):
        restore_revision(quiz=quiz, number=2, by=colleague, now=NOW)
    restore_revision(quiz=quiz, number=2, by=owner, now=NOW)


def test_a_quiz_without_an_owner_draws_from_nobody(quiz: Quiz, owner: User) -> None:
    draw_at_random(quiz, owner)
    make_question(owner, pool=Pool.EXAM)
    draw = Draw.objects.select_related("section__quiz").get(section__quiz=quiz)
    assert drawn_from(draw).count() == 1
    Quiz.objects.update(owner=None)
    Question.objects.update(owner=None)
    draw = Draw.objects.select_related("section__quiz").get(section__quiz=quiz)
    assert drawn_from(draw).count() == 0
