"""What became of a quiz: folded, told in words, brought back; copies and the archive."""

import datetime as dt
from functools import partial

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.content.catalogue import Catalogue
from apps.quizzes.models import Origin, Question, Quiz
from apps.studio.domain.quiz_changes import change_settings, move_draw, remove_draw, set_points
from apps.studio.presenting.quiz_history import history_entries
from apps.studio.services.quizzes import change_quiz
from tests.quizzes.factories import NOW, make_run
from tests.studio.factories import make_instructor, make_quiz

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def asked(quiz: Quiz) -> list[str]:
    quiz.refresh_from_db()
    return [
        draw.question.title if draw.question else "?"
        for section in quiz.sections.all()
        for draw in section.draws.all()
    ]


def test_quick_changes_of_one_person_are_one_entry_told_in_words(kim: User, quiz: Quiz) -> None:
    change = partial(change_quiz, quiz=quiz, by=kim, base_revision=None)
    change(now=NOW + MINUTE, change=partial(move_draw, place=(0, 2), step=-1))
    change(now=NOW + 2 * MINUTE, change=partial(set_points, place=(0, 0), points="3"))
    change(now=NOW + 60 * MINUTE, change=partial(remove_draw, place=(0, 0)))
    newest, folded, _made = history_entries(quiz)
    assert newest.lines == ["뺀 문제: “첫째”", "걸리는 시간: 3분 → 2분"][::-1]
    assert folded.count == 3  # the questions were put in just before
    assert "배점" not in " ".join(folded.lines)  # they came with it
    assert "3번 문제를 위로 옮겼습니다." in folded.notes


def test_another_person_begins_another_entry(kim: User, quiz: Quiz) -> None:
    lee = make_instructor("lee")
    change_quiz(
        quiz=quiz,
        by=lee,
        now=NOW + MINUTE,
        base_revision=None,
        change=partial(move_draw, place=(0, 0), step=1),
    )
    newest = history_entries(quiz)[0]
    assert (newest.newest.author, newest.count) == (lee, 1)
    assert newest.lines == ["문제의 순서를 바꿨습니다."]


def test_an_old_state_is_restored_as_one_more_change(desk: Client, kim: User, quiz: Quiz) -> None:
    change_quiz(
        quiz=quiz,
        by=kim,
        now=NOW,
        base_revision=None,
        change=partial(remove_draw, place=(0, 1)),
    )
    assert asked(quiz) == ["첫째", "셋째"]
    address = f"/studio/quizzes/{quiz.uuid}/history/"
    assert "이때로 되살리기" in desk.get(address).content.decode()
    sent = {"revision": quiz.revision}
    assert desk.post(f"{address}2/restore/", {"revision": 1}).status_code == 409
    assert desk.post(f"{address}99/restore/", sent).status_code == 409
    assert desk.post(f"{address}2/restore/", sent).status_code == 302
    assert asked(quiz) == ["첫째", "둘째", "셋째"]
    assert quiz.revisions.count() == 4


def test_a_question_that_is_gone_is_left_out_of_what_is_restored(
    desk: Client, kim: User, quiz: Quiz
) -> None:
    change_quiz(
        quiz=quiz, by=kim, now=NOW, base_revision=None, change=partial(remove_draw, place=(0, 1))
    )
    gone = Question.objects.get(title="둘째")
    gone.current = None
    gone.save()
    gone.versions.all().delete()
    gone.delete()
    desk.post(f"/studio/quizzes/{quiz.uuid}/history/2/restore/", {"revision": quiz.revision})
    assert asked(quiz) == ["첫째", "셋째"]
    newest = quiz.revisions.get(number=quiz.revision)
    assert len(newest.document["sections"][0]["draws"]) == 2


def test_a_quiz_made_by_other_means_keeps_what_it_was(kim: User) -> None:
    quiz = make_quiz(kim)
    change_quiz(
        quiz=quiz,
        by=kim,
        now=NOW,
        base_revision=1,
        change=partial(change_settings, values={"title": "새 이름"}),
    )
    assert [each.number for each in quiz.revisions.all()] == [2, 1]


def test_a_shipped_quiz_is_copied_with_its_questions_and_rules(
    course: Catalogue, desk: Client, kim: User
) -> None:
    shipped = Quiz.objects.from_files().filter(runs__time_limit__isnull=False).first()
    assert shipped is not None
    assert desk.post(f"/studio/quizzes/{shipped.uuid}/change/", {"do": "undo"}).status_code == 403
    response = desk.post(f"/studio/quizzes/{shipped.uuid}/copy/")
    copy = Quiz.objects.get(owner=kim)
    assert response["Location"] == f"/studio/quizzes/{copy.uuid}/"
    assert copy.title == f"{shipped.title} (사본)"
    run = shipped.runs.offered().get()
    assert (copy.time_limit, copy.feedback) == (run.time_limit, run.feedback)
    for page in (response["Location"], "/studio/quizzes/", f"/studio/quizzes/{shipped.uuid}/"):
        assert desk.get(page).status_code == 200


def test_archived_quizzes_are_listed_apart_and_come_back(desk: Client, quiz: Quiz) -> None:
    address = f"/studio/quizzes/{quiz.uuid}/archive/"
    desk.post(address, {"do": "archive"})
    assert "보관함" in desk.get("/studio/quizzes/").content.decode()
    assert "보관 풀기" in desk.get(f"/studio/quizzes/{quiz.uuid}/").content.decode()
    desk.post(address, {"do": "restore"})
    quiz.refresh_from_db()
    assert quiz.retired_at is None
    assert desk.post(address, {"do": "burn"}).status_code == 400


def test_a_quiz_is_deleted_only_if_nothing_points_at_it(desk: Client, quiz: Quiz) -> None:
    run = make_run(quiz, origin=Origin.ASSIGNMENT)
    address = f"/studio/quizzes/{quiz.uuid}/archive/"
    response = desk.post(address, {"do": "delete"})
    assert response.status_code == 409
    assert "보관해 두세요" in response.content.decode()
    run.delete()
    desk.post(address, {"do": "delete"})
    assert not Quiz.objects.exists()
    assert Question.objects.count() == 3
