"""The editor: each change is one POST, guarded by the revision it was made on."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.classrooms.models import Assignment
from apps.quizzes.models import Draw, Origin, Quiz
from apps.studio.services.quizzes import add_questions
from tests.classrooms.factories import make_classroom
from tests.quizzes.factories import NOW, make_run
from tests.studio.factories import make_instructor, make_question

pytestmark = pytest.mark.django_db


def change(desk: Client, quiz: Quiz, do: str, htmx: bool = False, **fields: Any) -> Any:
    quiz.refresh_from_db()
    sent = {"do": do, "revision": quiz.revision, **fields}
    headers = {"HX-Request": "true"} if htmx else {}
    return desk.post(f"/studio/quizzes/{quiz.uuid}/change/", sent, headers=headers)


def titles(quiz: Quiz) -> list[list[str]]:
    return [
        [draw.question.title if draw.question else "?" for draw in section.draws.all()]
        for section in quiz.sections.all()
    ]


def test_a_new_quiz_asks_for_a_title_and_leads_to_its_editor(desk: Client) -> None:
    assert desk.post("/studio/quizzes/new/", {"title": " "}).status_code == 422
    response = desk.post("/studio/quizzes/new/", {"title": "기말 대비"})
    quiz = Quiz.objects.get(title="기말 대비")
    assert response["Location"] == f"/studio/quizzes/{quiz.uuid}/"
    page = desk.get(response["Location"]).content.decode()
    assert "아직 문제가 없습니다" in page


def test_the_page_shows_items_points_and_minutes(desk: Client, quiz: Quiz) -> None:
    page = desk.get(f"/studio/quizzes/{quiz.uuid}/").content.decode()
    assert page.count("<strong>3</strong>") == 3  # items, points, minutes of three single choices
    assert "첫째" in page


def test_a_question_moves_down_and_the_page_comes_back_to_it(desk: Client, quiz: Quiz) -> None:
    response = change(desk, quiz, "down", at="1.1")
    assert response["Location"].endswith("?at=draw-1-2#draw-1-2")
    assert titles(quiz) == [["둘째", "첫째", "셋째"]]


def test_htmx_gets_the_changed_part_alone_with_the_place_to_focus(desk: Client, quiz: Quiz) -> None:
    response = change(desk, quiz, "up", htmx=True, at="1.3")
    page = response.content.decode()
    assert "<html" not in page
    assert 'data-focus="draw-1-2"' in page
    assert "3번 문제를 위로 옮겼습니다." in page
    assert "HX-Request" in response["Vary"]


def test_sections_are_made_named_moved_and_removed(desk: Client, quiz: Quiz) -> None:
    change(desk, quiz, "section-add", title="심화")
    change(desk, quiz, "move", at="1.1", to="2")
    assert titles(quiz) == [["둘째", "셋째"], ["첫째"]]
    change(desk, quiz, "section-rename", at="1", title="기초")
    change(desk, quiz, "section-shuffle", at="1", on="1")
    change(desk, quiz, "section-down", at="1")
    assert [(s.title, s.shuffle) for s in quiz.sections.all()] == [("심화", False), ("기초", True)]
    change(desk, quiz, "section-remove", at="2")
    assert titles(quiz) == [["첫째"]]


def test_moving_beyond_a_section_goes_into_the_next_one(desk: Client, quiz: Quiz) -> None:
    change(desk, quiz, "section-add", title="")
    change(desk, quiz, "down", at="1.3")
    assert titles(quiz) == [["첫째", "둘째"], ["셋째"]]
    change(desk, quiz, "up", at="2.1")
    assert titles(quiz) == [["첫째", "둘째", "셋째"], []]


def test_the_minutes_follow_the_estimate_until_somebody_says_otherwise(
    desk: Client, quiz: Quiz
) -> None:
    quiz.refresh_from_db()
    assert quiz.minutes == 3
    change(desk, quiz, "remove", at="1.1")
    quiz.refresh_from_db()
    assert quiz.minutes == 2


def test_points_that_are_no_points_are_refused_and_kept_in_the_field(
    desk: Client, quiz: Quiz
) -> None:
    response = change(desk, quiz, "points", at="1.2", points="많이")
    assert response.status_code == 409
    assert 'value="많이"' in response.content.decode()
    change(desk, quiz, "points", at="1.2", points="2.5")
    assert [str(each.points) for each in Draw.objects.order_by("position")] == [
        "1.00",
        "2.50",
        "1.00",
    ]


def test_a_change_of_an_older_revision_is_refused_and_shows_both(desk: Client, quiz: Quiz) -> None:
    quiz.refresh_from_db()
    seen = quiz.revision
    change(desk, quiz, "down", at="1.1")
    response = change(desk, quiz, "remove", at="1.1", revision=seen)
    page = response.content.decode()
    assert response.status_code == 409
    assert "하지 않은 변경: <strong>1번 문제를 빼기</strong>" in page
    assert titles(quiz) == [["둘째", "첫째", "셋째"]]


def test_a_name_typed_for_a_new_section_survives_a_refusal(desk: Client, quiz: Quiz) -> None:
    response = change(desk, quiz, "section-add", title="보안 심화", revision=1)
    assert response.status_code == 409
    assert 'value="보안 심화"' in response.content.decode()


def test_undo_takes_back_the_last_change_and_undone_twice_it_holds(
    desk: Client, quiz: Quiz
) -> None:
    change(desk, quiz, "remove", at="1.2")
    change(desk, quiz, "undo")
    assert titles(quiz) == [["첫째", "둘째", "셋째"]]
    page = change(desk, quiz, "undo", htmx=True).content.decode()
    assert "마지막 변경: 다시 했습니다: 2번 문제를 뺐습니다." in page
    assert titles(quiz) == [["첫째", "셋째"]]


def test_nonsense_is_refused(desk: Client, quiz: Quiz) -> None:
    assert change(desk, quiz, "explode").status_code == 400
    for at in ("9.9", "0", "x", "1.99", "٣"):
        assert change(desk, quiz, "remove", at=at).status_code == 409


def test_who_only_sees_a_quiz_may_not_change_it(quiz: Quiz) -> None:
    other = Client()
    lee = make_instructor("lee")
    other.force_login(lee)
    assert other.get(f"/studio/quizzes/{quiz.uuid}/").status_code == 404
    quiz.shares.create(user=lee, right="view", shared_at=NOW)
    page = other.get(f"/studio/quizzes/{quiz.uuid}/")
    assert page.status_code == 200
    assert 'name="do" value="up"' not in page.content.decode()
    assert change(other, quiz, "remove", at="1.1").status_code == 403
    assert other.get(f"/studio/quizzes/{quiz.uuid}/settings/").status_code == 403
    quiz.shares.update(right="edit")
    assert change(other, quiz, "remove", at="1.1").status_code == 302
    assert other.post(f"/studio/quizzes/{quiz.uuid}/archive/", {"do": "delete"}).status_code == 403


def test_the_editor_asks_as_often_for_many_questions_as_for_few(
    desk: Client, kim: User, quiz: Quiz, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    more = [make_question(kim, title=f"더 {n}", stem=f"더 {n}?") for n in range(12)]
    add_questions(quiz=quiz, questions=more, by=kim, now=NOW)
    with django_assert_max_num_queries(19):
        desk.get(f"/studio/quizzes/{quiz.uuid}/")


def test_the_list_asks_as_often_for_many_quizzes_as_for_few(
    desk: Client, kim: User, quiz: Quiz, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(6):
        desk.post("/studio/quizzes/new/", {"title": "또 하나"})
    with django_assert_max_num_queries(10):
        page = desk.get("/studio/quizzes/").content.decode()
    assert page.count("또 하나") >= 6


def test_the_way_to_a_class_and_where_the_quiz_is_set(desk: Client, kim: User, quiz: Quiz) -> None:
    own, other = make_classroom(kim, "1반"), make_classroom(name="남의 반")
    for classroom in (own, other):
        run = make_run(quiz, origin=Origin.ASSIGNMENT)
        Assignment.objects.create(
            classroom=classroom, run=run, title=f"{classroom.name} 과제", created_at=NOW
        )
    for address in ("/studio/quizzes/", f"/studio/quizzes/{quiz.uuid}/"):
        page = desk.get(address).content.decode()
        assert "1반 · 1반 과제" in page
        assert "남의 반" not in page
        assert "다른 강사의 반 1곳" in page
    assert f"/assignments/new/?quiz={quiz.slug}" in page
