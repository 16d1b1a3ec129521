"""Deletion is for what was never used; everything else can be put away."""

from collections.abc import Callable

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.quizzes.models import Question, QuestionVersion, Quiz
from apps.reports.services import report_item
from apps.studio.models import QuizRevision
from apps.studio.services.quizzes import add_questions, create_quiz
from apps.studio.services.writing import draft_of
from tests.quizzes.factories import NOW, make_learner, make_run, only_item, start
from tests.studio.factories import make_question, make_quiz


def delete(desk: Client, question: Question) -> int:
    address = f"/studio/questions/{question.uuid}/archive/"
    return desk.post(address, {"do": "delete"}).status_code


def test_what_was_never_used_goes_with_its_versions(desk: Client, kim: User) -> None:
    question = make_question(kim, tags=["가"])
    draft_of(question=question, editor=kim, now=NOW)
    assert delete(desk, question) == 302
    assert not Question.objects.exists()
    assert not QuestionVersion.objects.exists()


def test_a_draft_alone_goes(desk: Client, kim: User) -> None:
    assert delete(desk, make_question(kim, published=False)) == 302
    assert not Question.objects.exists()


def in_a_quiz(question: Question, kim: User) -> None:
    make_quiz(kim, [question])


def in_an_attempt(question: Question, kim: User) -> None:
    quiz = make_quiz(kim, [question])
    start(make_run(quiz))
    quiz.sections.all().delete()


def in_a_report(question: Question, kim: User) -> None:
    quiz, learner = make_quiz(kim, [question]), make_learner()
    attempt = start(make_run(quiz), learner)
    report_item(learner=learner, classroom=None, item=only_item(attempt), text="틀림", now=NOW)
    quiz.sections.all().delete()
    attempt.delete()


def in_the_history_of_a_quiz(question: Question, kim: User) -> None:
    quiz = create_quiz(owner=kim, title="퀴즈", now=NOW)
    add_questions(quiz=quiz, questions=[question], by=kim, now=NOW)
    quiz.sections.all().delete()
    assert QuizRevision.objects.exists()


def in_anothers_draft(question: Question, kim: User) -> None:
    lee = User.objects.create_user("lee", is_instructor=True)
    draft_of(question=question, editor=lee, now=NOW)


@pytest.mark.parametrize(
    "point_at",
    [in_a_quiz, in_an_attempt, in_a_report, in_the_history_of_a_quiz, in_anothers_draft],
)
def test_what_something_points_at_stays(
    desk: Client, kim: User, point_at: Callable[[Question, User], None]
) -> None:
    question = make_question(kim)
    point_at(question, kim)
    assert delete(desk, question) == 409
    assert Question.objects.filter(pk=question.pk, current__isnull=False).exists()


def test_an_archived_question_is_still_asked_where_it_is_fixed(desk: Client, kim: User) -> None:
    question = make_question(kim)
    quiz = make_quiz(kim, [question])
    desk.post(f"/studio/questions/{question.uuid}/archive/", {"do": "archive"})
    attempt = start(make_run(Quiz.objects.get(pk=quiz.pk)))
    assert only_item(attempt).version.question == question
