"""Reading progress: without an account, through fragments, in one browser."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import Learner
from apps.lessons.models import Lesson, ReadingProgress
from apps.lessons.queries import course_for
from apps.lessons.services import mark_read, remember_position

NOW = dt.datetime(2026, 3, 6, 12, tzinfo=dt.UTC)
HTMX = {"HX-Request": "true"}
pytestmark = pytest.mark.usefixtures("course")


def test_looking_makes_no_learner(client: Client) -> None:
    for path in ("/", "/lessons/aws/", "/progress/", "/me/", "/lessons/aws/progress/"):
        client.get(path)
    assert Learner.objects.count() == 0


def test_marking_a_lesson_makes_an_anonymous_learner_and_a_tick(client: Client) -> None:
    response = client.post("/lessons/aws/progress/", {"action": "read"}, follow=True)
    assert "읽었습니다" in response.content.decode()
    learner = Learner.objects.get()
    assert learner.user is None
    assert ReadingProgress.objects.get().read_at is not None
    assert "14칸 중 1칸" in client.get("/me/").content.decode()


def test_another_browser_sees_nothing_of_it(client: Client) -> None:
    client.post("/lessons/aws/progress/", {"action": "read"})
    assert "아직 읽은 레슨이 없습니다" in Client().get("/me/").content.decode()


def test_a_mark_can_be_taken_back(client: Client) -> None:
    client.post("/lessons/aws/progress/", {"action": "read"})
    client.post("/lessons/aws/progress/", {"action": "unread"})
    assert ReadingProgress.objects.get().read_at is None


@pytest.mark.parametrize("sent", [{}, {"action": ""}, {"action": "READ"}])
def test_a_torn_form_marks_nothing(sent: dict[str, str], client: Client) -> None:
    assert client.post("/lessons/aws/progress/", sent).status_code == 400
    assert Learner.objects.count() == 0


def test_an_account_keeps_its_own_record(client: Client) -> None:
    user = get_user_model().objects.create_user("kim")
    client.force_login(user)
    client.post("/lessons/aws/progress/", {"action": "read"})
    assert Learner.objects.get().user == user


def test_htmx_gets_the_fragment_and_is_told_to_refresh_the_tree(client: Client) -> None:
    response = client.post("/lessons/aws/progress/", {"action": "read"}, headers=HTMX)
    assert response.status_code == 200
    assert response["HX-Trigger"] == "progress-changed"
    assert "<html" not in response.content.decode()


def test_the_fragment_is_a_full_page_without_htmx_and_on_history_restore(client: Client) -> None:
    restore = {**HTMX, "HX-History-Restore-Request": "true"}
    assert "<html" in client.get("/lessons/aws/progress/").content.decode()
    assert "<html" in client.get("/lessons/aws/progress/", headers=restore).content.decode()


@pytest.mark.parametrize("address", ["/progress/", "/progress/?part=tree", "/progress/?part=map"])
def test_opened_as_a_page_the_parts_lead_to_the_whole_record(address: str, client: Client) -> None:
    restore = {**HTMX, "HX-History-Restore-Request": "true"}
    for headers in ({}, restore):
        response = client.get(address, headers=headers)
        assert (response.status_code, response["Location"]) == (302, "/me/")


@pytest.mark.parametrize("path", ["/progress/", "/lessons/aws/progress/"])
def test_personal_pages_are_never_stored(path: str, client: Client) -> None:
    response = client.get(path)
    assert "no-store" in response["Cache-Control"]
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize("part", ["nonsense", "", "../base"])
def test_an_unknown_part_is_the_whole_page(part: str, client: Client) -> None:
    response = client.get("/progress/", {"part": part}, headers=HTMX, follow=True)
    assert "<html" in response.content.decode()


@pytest.mark.parametrize("part", ["tree", "map"])
def test_a_part_alone_is_a_fragment(part: str, client: Client) -> None:
    response = client.get("/progress/", {"part": part}, headers=HTMX)
    assert response.status_code == 200
    assert "<html" not in response.content.decode()


def test_the_place_is_remembered_and_offered(client: Client) -> None:
    response = client.post("/lessons/tenancy/position/", {"block": 4, "heading": "three-tenancies"})
    assert response.status_code == 204
    page = client.get("/me/").content.decode()
    assert "이어서 학습하기" in page
    assert "/lessons/tenancy/#three-tenancies" in page


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"block": "-1"},
        {"block": "many"},
        {"block": "99999999999999999999"},
        {"block": "1", "heading": '"><script>'},
        {"block": "1", "heading": "가상화"},
        {"block": "1", "heading": "x" * 81},
    ],
)
def test_a_nonsense_place_is_refused_and_leaves_no_trace(
    sent: dict[str, str], client: Client
) -> None:
    assert client.post("/lessons/aws/position/", sent).status_code == 422
    assert Learner.objects.count() == 0


def test_a_place_in_an_unknown_lesson_is_not_found(client: Client) -> None:
    assert client.post("/lessons/nirgends/position/", {"block": 1}).status_code == 404


def test_going_on_means_the_unfinished_lesson_touched_last() -> None:
    learner = Learner.objects.create(created_at=NOW)
    lessons = {lesson.slug: lesson for lesson in Lesson.objects.current()}
    mark_read(learner=learner, lesson=lessons["aws"], read=True, now=NOW)
    row = course_for(learner).next_row
    assert row is not None
    assert row.lesson.slug == "virtualization"
    for minutes, slug in enumerate(("s3", "efs", "s3")):
        later = NOW + dt.timedelta(minutes=minutes)
        remember_position(learner=learner, lesson=lessons[slug], block=3, heading="", now=later)
    row = course_for(learner).next_row
    assert row is not None
    assert row.lesson.slug == "s3"


def test_when_everything_is_read_there_is_nothing_to_go_on_with() -> None:
    learner = Learner.objects.create(created_at=NOW)
    for lesson in Lesson.objects.current():
        mark_read(learner=learner, lesson=lesson, read=True, now=NOW)
    assert course_for(learner).next_row is None


def test_marking_twice_keeps_the_first_date() -> None:
    learner = Learner.objects.create(created_at=NOW)
    lesson = Lesson.objects.current()[0]
    mark_read(learner=learner, lesson=lesson, read=True, now=NOW)
    again = mark_read(learner=learner, lesson=lesson, read=True, now=NOW + dt.timedelta(days=1))
    assert again.read_at == NOW


def test_the_course_takes_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    learner = Learner.objects.create(created_at=NOW)
    with django_assert_num_queries(2):
        assert course_for(learner).rows
