"""A trial run: the quiz as it is now, by its own rules, and nothing of it counts."""

import re

import pytest
from django.test import Client

from apps.accounts.models import Learner, User
from apps.content.catalogue import Catalogue
from apps.quizzes.models import Attempt, Origin, Quiz
from apps.quizzes.services.taking import start_attempt, submit_attempt
from apps.quizzes.told import asked_elsewhere, told_attempts
from apps.studio.services.quizzes import archive_quiz, delete_quiz
from apps.studio.services.trials import start_trial, throw_away_trials
from tests.quizzes.factories import HOUR, NOW, items_of, make_run, right, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner(kim: User) -> Learner:
    return Learner.objects.create(user=kim, created_at=NOW - HOUR)


def attempt_of(quiz: Quiz, kim: User, learner: Learner) -> Attempt:
    return start_trial(quiz=quiz, user=kim, learner=learner, now=NOW, seed=3)


def test_the_page_says_that_it_does_not_count_and_leads_back(desk: Client, quiz: Quiz) -> None:
    response = desk.post(f"/studio/quizzes/{quiz.uuid}/trial/")
    attempt = Attempt.objects.get()
    assert attempt.run.origin == Origin.TRIAL
    page = desk.get(response["Location"], follow=True).content.decode()
    assert "미리 풀기 · 통계에 들어가지 않습니다" in page
    assert f'href="/studio/quizzes/{quiz.uuid}/"' in page


def test_every_trial_sees_the_quiz_as_it_is_now(desk: Client, quiz: Quiz) -> None:
    desk.post(f"/studio/quizzes/{quiz.uuid}/trial/")
    assert Attempt.objects.get().items.count() == 3
    quiz.refresh_from_db()
    sent = {"do": "remove", "at": "1.1", "revision": quiz.revision}
    desk.post(f"/studio/quizzes/{quiz.uuid}/change/", sent)
    desk.post(f"/studio/quizzes/{quiz.uuid}/trial/")
    assert Attempt.objects.get().items.count() == 2  # the running one is gone


def test_it_may_be_repeated_beyond_the_attempts_of_the_learners(
    kim: User, quiz: Quiz, learner: Learner
) -> None:
    Quiz.objects.update(max_attempts=1, time_limit=600)
    quiz.refresh_from_db()
    for _ in range(3):
        submit_attempt(attempt=attempt_of(quiz, kim, learner), now=NOW)
    assert Attempt.objects.count() == 3
    assert Attempt.objects.first().run.time_limit == 600  # type: ignore[union-attr]


def test_what_waits_for_a_class_is_told_at_once(kim: User, quiz: Quiz, learner: Learner) -> None:
    Quiz.objects.update(feedback="after_close")
    quiz.refresh_from_db()
    attempt = submit_attempt(attempt=attempt_of(quiz, kim, learner), now=NOW)
    assert told_attempts([attempt], now=NOW) == {attempt.pk}


def test_a_trial_neither_waits_nor_lets_wait(kim: User, quiz: Quiz, learner: Learner) -> None:
    exam = make_run(quiz, feedback="after_close", closes_at=NOW + HOUR)
    sat = start_attempt(run=exam, learner=learner, now=NOW, seed=1)
    trial = submit_attempt(attempt=attempt_of(quiz, kim, learner), now=NOW)
    assert asked_elsewhere([trial.pk], now=NOW) == {}
    submit_attempt(attempt=sat, now=NOW)
    attempt_of(quiz, kim, learner)  # runs
    assert asked_elsewhere([sat.pk], now=NOW + 2 * HOUR) == {}


def test_trials_are_thrown_away_with_their_answers(kim: User, quiz: Quiz, learner: Learner) -> None:
    attempt = attempt_of(quiz, kim, learner)
    for item in items_of(attempt):
        save(item, right(item))
    submit_attempt(attempt=attempt, now=NOW)
    assert throw_away_trials(quiz=quiz, user=kim) == 1
    assert not Attempt.objects.exists()
    assert not quiz.runs.exists()


def test_a_quiz_goes_with_its_trials(kim: User, quiz: Quiz, learner: Learner) -> None:
    submit_attempt(attempt=attempt_of(quiz, kim, learner), now=NOW)
    delete_quiz(quiz=quiz)
    assert not Quiz.objects.exists()


def test_an_empty_quiz_cannot_be_tried_and_says_why(desk: Client, kim: User) -> None:
    address = desk.post("/studio/quizzes/new/", {"title": "빈 퀴즈"})["Location"]
    response = desk.post(f"{address}trial/")
    assert response.status_code == 409
    assert re.search("낼 문제가 모자라", response.content.decode())


def test_an_archived_quiz_goes_on_where_a_class_was_set_it(quiz: Quiz, learner: Learner) -> None:
    run = make_run(quiz, origin=Origin.ASSIGNMENT)
    archive_quiz(quiz=quiz, now=NOW)
    run.refresh_from_db()
    assert start_attempt(run=run, learner=learner, now=NOW, seed=1).is_running


def test_a_shipped_quiz_is_tried_by_the_rules_of_its_own_run(
    course: Catalogue, kim: User, learner: Learner
) -> None:
    shipped = Quiz.objects.from_files().filter(runs__feedback="immediate").first()
    assert shipped is not None
    assert attempt_of(shipped, kim, learner).run.feedback == "immediate"
