"""An instructor with a browser, and a quiz of their own."""

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.quizzes.models import Quiz
from apps.studio.services.quizzes import add_questions, create_quiz
from tests.quizzes.factories import NOW
from tests.studio.factories import make_instructor, make_question


@pytest.fixture
def kim(db: None) -> User:
    return make_instructor("kim")


@pytest.fixture
def desk(kim: User) -> Client:
    client = Client()
    client.force_login(kim)
    return client


@pytest.fixture
def quiz(kim: User) -> Quiz:
    """Three questions in one section."""
    made = create_quiz(owner=kim, title="중간 점검", now=NOW)
    questions = [
        make_question(kim, title=title, stem=f"{title}은 무엇입니까?")
        for title in ("첫째", "둘째", "셋째")
    ]
    add_questions(quiz=made, questions=questions, by=kim, now=NOW)
    return made
