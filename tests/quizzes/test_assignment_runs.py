"""Runs that an instructor set to a class: taken on the same pages, offered to nobody else."""

import datetime as dt
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import Learner
from apps.quizzes.models import Attempt, Origin, Pool, Quiz, QuizRun
from apps.quizzes.models.words import Feedback
from apps.quizzes.presenting.catalogue import catalogue_groups
from apps.quizzes.presenting.runs import run_view
from apps.quizzes.queries import may_see_result
from apps.quizzes.services.publishing import sync_bank
from apps.quizzes.services.taking import RefusedError, repeat_wrong, submit_attempt
from apps.quizzes.told import told_attempts
from tests.quizzes.factories import (
    HOUR,
    NOW,
    begin,
    make_exam,
    make_learner,
    make_practice,
    make_question,
    make_quiz,
    make_run,
    only_item,
    save,
    start,
    wrong,
)
from tests.quizzes.loading.files import FIRST, QUIZ, SECOND, read

pytestmark = pytest.mark.django_db
TITLE = "3주차 과제: 규칙 읽기"


def assign(quiz: Quiz, **rules: Any) -> QuizRun:
    values = {"origin": Origin.ASSIGNMENT, "slug": f"a-{uuid.uuid4().hex}", "title": TITLE}
    return make_run(quiz, **{**values, **rules})


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def learner(client: Client) -> Learner:
    """The learner of this browser."""
    begun = begin(client, make_exam("single"))
    learner = begun.learner
    begun.delete()
    return learner


def text_of(client: Client, address: str) -> str:
    page = client.get(address).content.decode().split("<main", 1)[1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page))


# Nothing of them for everybody --------------------------------------------------------------------
def test_catalogue_and_cover_know_nothing_of_an_assignment(client: Client) -> None:
    offered = make_exam("single")
    run = assign(offered.quiz)
    (group,) = catalogue_groups()
    assert [each.runs for each in group.entries] == [[offered]]
    for address in ("/quizzes/", f"/quizzes/{offered.quiz.slug}/"):
        page = client.get(address).content.decode()
        assert TITLE not in page
        assert run.slug not in page


def test_a_quiz_that_is_only_assigned_is_not_in_the_catalogue(client: Client) -> None:
    run = assign(make_quiz([make_question("single")]))
    assert catalogue_groups() == []
    text = text_of(client, f"/quizzes/{run.quiz.slug}/")
    assert "지금은 이 퀴즈를 바로 시작할 수 없습니다." in text
    assert TITLE not in text


def test_nobody_starts_an_assignment_from_the_catalogue(client: Client) -> None:
    run = assign(make_exam("single").quiz)
    assert client.post(f"/quizzes/{run.quiz.slug}/{run.slug}/start/").status_code == 404
    assert not Attempt.objects.exists()


# Taken on the same pages --------------------------------------------------------------------------
def test_every_page_of_taking_leads_back_to_the_assignment(
    client: Client, learner: Learner
) -> None:
    run = assign(make_quiz([make_question("single")]))
    attempt = start(run, learner)
    back = f'href="/runs/{run.slug}/"'
    for page in ("1/", "summary/"):
        content = client.get(f"/attempts/{attempt.public_id}/{page}").content.decode()
        assert f'<a {back}>{TITLE}</a> <span class="mode">과제</span>' in content
        assert f'href="/quizzes/{run.quiz.slug}/"' not in content
    client.post(f"/attempts/{attempt.public_id}/submit/")
    content = client.get(f"/attempts/{attempt.public_id}/review/").content.decode()
    assert f"{back}>과제로 돌아가기</a>" in content
    assert f'href="/quizzes/{run.quiz.slug}/"' not in content


def test_a_review_that_tells_nothing_yet_leads_back_too(client: Client, learner: Learner) -> None:
    run = assign(
        make_quiz([make_question("single")]),
        feedback=Feedback.AFTER_CLOSE,
        closes_at=NOW + HOUR,
    )
    attempt = submit_attempt(attempt=start(run, learner), now=NOW)
    content = client.get(f"/attempts/{attempt.public_id}/review/").content.decode()
    assert f'href="/runs/{run.slug}/">과제로 돌아가기</a>' in content


def test_a_running_assignment_is_named_by_its_own_title(client: Client, learner: Learner) -> None:
    start(assign(make_quiz([make_question("single")])), learner)
    assert f"{TITLE} 과제" in text_of(client, "/quizzes/")


@pytest.mark.parametrize("assigned", [True, False])
def test_a_refusal_leads_back_to_where_it_was_asked(
    client: Client, learner: Learner, *, assigned: bool
) -> None:
    run = make_practice("single")
    run = assign(run.quiz, feedback=Feedback.IMMEDIATE) if assigned else run
    attempt = submit_attempt(attempt=start(run, learner), now=NOW)
    if not assigned:
        QuizRun.objects.filter(pk=run.pk).update(retired_at=NOW)
    response = client.post(f"/attempts/{attempt.public_id}/repeat/")
    assert response.status_code == 409
    page = response.content.decode()
    assert f"<title>시작하지 못했습니다 · {run.quiz.title} · 구름사다리</title>" in page
    assert f'href="{run.get_absolute_url()}">' in page
    assert ("과제로 돌아가기" in page) == assigned
    assert ("다른 퀴즈 보기" in page) != assigned


def test_wrong_items_of_an_assignment_are_no_attempt_of_their_own(
    client: Client, learner: Learner
) -> None:
    """It would be handed in as a result, past the page that knows who may still begin."""
    question = make_question("single", pool=Pool.PRACTICE)
    run = assign(make_quiz([question]), feedback=Feedback.IMMEDIATE)
    attempt = start(run, learner)
    save(only_item(attempt), wrong(only_item(attempt)))
    attempt = submit_attempt(attempt=attempt, now=NOW)
    with pytest.raises(RefusedError, match="과제에서는"):
        repeat_wrong(attempt=attempt, now=NOW, seed=1)
    assert "틀린 문제만 다시" not in text_of(client, f"/attempts/{attempt.public_id}/review/")


def test_a_quiz_that_was_taken_down_sends_the_learner_to_the_instructor() -> None:
    run = assign(make_quiz([make_question("single")], retired_at=NOW))
    with pytest.raises(RefusedError, match="과제를 낸 강사에게"):
        start(run)


def test_too_early_names_the_hour() -> None:
    run = assign(make_quiz([make_question("single")]), opens_at=NOW + HOUR)
    with pytest.raises(RefusedError, match=re.escape("3월 6일 (금) 19:00(한국 시각)부터")):
        start(run)


@pytest.mark.parametrize(("assigned", "word"), [(True, "과제"), (False, "퀴즈")])
def test_an_attempt_that_moving_records_closed_says_so(
    client: Client, learner: Learner, word: str, *, assigned: bool
) -> None:
    run = make_exam("single")
    run = assign(run.quiz) if assigned else run
    attempt = submit_attempt(attempt=start(run, learner), now=NOW)
    Attempt.objects.update(closed_by=Attempt.ClosedBy.MOVE)
    text = text_of(client, f"/attempts/{attempt.public_id}/review/")
    assert f"기록을 옮기며 제출되었습니다. 옮겨 간 계정에서 이미 풀고 있던 {word}라서" in text
    assert "제출했습니다" not in text
    if not assigned:
        assert "기록을 옮기며 제출" in text_of(client, f"/quizzes/{run.quiz.slug}/")


# Files know nothing of them -----------------------------------------------------------------------
def test_loading_files_never_touches_what_was_assigned(tmp_path: Path) -> None:
    bank = read(tmp_path, QUIZ, FIRST, SECOND).bank
    assert bank is not None
    sync_bank(bank, now=NOW)
    quiz = Quiz.objects.get()
    run = assign(quiz, time_limit=600, closes_at=NOW + HOUR, late_deduction=10)
    before = QuizRun.objects.filter(pk=run.pk).values().get()
    Quiz.objects.update(digest="0" * 64)  # whatever the files say now, it is written anew
    later = NOW + dt.timedelta(days=1)
    sync_bank(bank, now=later)
    assert QuizRun.objects.filter(pk=run.pk).values().get() == before
    assert quiz.runs.offered().count() == len(bank.quizzes[0].runs)


def test_a_run_that_leaves_its_file_is_retired_and_the_assigned_one_is_not(tmp_path: Path) -> None:
    bank = read(tmp_path, QUIZ, FIRST, SECOND).bank
    assert bank is not None
    sync_bank(bank, now=NOW)
    quiz = Quiz.objects.get()
    gone, run = make_run(quiz), assign(quiz)
    Quiz.objects.update(digest="0" * 64)
    sync_bank(bank, now=NOW)
    gone.refresh_from_db()
    run.refresh_from_db()
    assert (gone.retired_at, run.retired_at) == (NOW, None)


# Many at once -------------------------------------------------------------------------------------
def test_what_may_be_told_of_many_attempts_is_what_may_be_told_of_each() -> None:
    question = make_question("single")
    quiz = make_quiz([question])
    closes = {"feedback": Feedback.AFTER_CLOSE, "closes_at": NOW + HOUR}
    runs = [make_run(quiz), assign(quiz, **closes), make_run(make_quiz([make_question("single")]))]
    one, other = make_learner(), make_learner()
    attempts = [
        submit_attempt(attempt=start(run, learner), now=NOW)
        for run in runs
        for learner in (one, other)
    ]
    attempts.append(start(make_run(quiz), one))  # sits an exam that asks the same question
    for now in (NOW, NOW + 2 * HOUR):
        told = told_attempts(attempts, now=now)
        assert told == {each.pk for each in attempts if may_see_result(each, now=now)}
    # At first only the run with questions of its own: the assignment asks what the other asked.
    assert len(told_attempts(attempts, now=NOW)) == 2
    assert len(told_attempts(attempts, now=NOW + 2 * HOUR)) == 4


def test_a_long_past_costs_no_more_than_a_short_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    run, learner = assign(make_quiz([make_question("single")])), make_learner()
    for _ in range(6):
        submit_attempt(attempt=start(run, learner), now=NOW)
    with django_assert_max_num_queries(8):
        view = run_view(run, learner, now=NOW)
    assert len(view.attempts) == 6
    assert sum(each.counts for each in view.attempts) == 1
