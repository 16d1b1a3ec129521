"""A class: opened, renamed, put away and brought back; who teaches it; its code."""

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.accounts.codes import ALPHABET, spoken_code
from apps.accounts.models import AuditEntry
from apps.classrooms.access import ArchivedError
from apps.classrooms.models import Classroom
from apps.classrooms.services.rooms import (
    NO_SUCH_INSTRUCTOR,
    RefusedError,
    add_instructor,
    archive_classroom,
    change_classroom,
    open_classroom,
    remove_instructor,
    renew_join_code,
    restore_classroom,
    set_join_open,
)
from tests.classrooms.factories import (
    NOW,
    browser_of,
    enroll,
    make_classroom,
    make_user,
    signed_in,
)
from tests.classrooms.work_factories import assign_quiz

pytestmark = pytest.mark.django_db


def archived(classroom: Classroom) -> Classroom:
    Classroom.objects.filter(pk=classroom.pk).update(archived_at=NOW)
    classroom.refresh_from_db()
    return classroom


def test_a_new_class_has_a_code_and_its_instructor() -> None:
    teacher = make_user(role="instructor")
    room = open_classroom(name="1반", instructor=teacher, now=NOW)
    assert len(room.join_code) == 8
    assert set(room.join_code) <= set(ALPHABET)
    assert [each.user for each in room.instructorships.all()] == [teacher]
    assert not room.guests_allowed
    assert room.join_open


def test_opening_a_class_through_the_page() -> None:
    client = signed_in(make_user(role="instructor"))
    response = client.post(
        "/classrooms/new/", {"name": "  클라우드   1반 ", "guests_allowed": "on"}
    )
    room = Classroom.objects.get()
    assert response["Location"] == room.get_absolute_url()
    assert (room.name, room.guests_allowed) == ("클라우드 1반", True)
    assert "먼저 학습자를 초대하세요" in client.get(room.get_absolute_url()).content.decode()


def test_a_class_without_a_name_keeps_what_was_typed() -> None:
    client = signed_in(make_user(role="instructor"))
    response = client.post("/classrooms/new/", {"name": " ", "guests_allowed": "on"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "반 이름을 적어 주세요." in page
    assert "checked" in page


def test_renaming_changes_name_and_ways_in() -> None:
    room = make_classroom()
    change_classroom(classroom=room, name="2반", guests_allowed=True)
    room.refresh_from_db()
    assert (room.name, room.guests_allowed) == ("2반", True)


def test_an_archived_class_refuses_every_change_until_it_is_restored() -> None:
    teacher = make_user(role="instructor")
    room = make_classroom(teacher)
    archive_classroom(classroom=room, by=teacher, now=NOW)
    with pytest.raises(ArchivedError):
        change_classroom(classroom=room, name="2반", guests_allowed=True)
    with pytest.raises(ArchivedError):
        renew_join_code(classroom=room, by=teacher, now=NOW)
    with pytest.raises(ArchivedError):
        set_join_open(classroom=room, is_open=False)
    with pytest.raises(ArchivedError):
        add_instructor(classroom=room, login_name="x", by=teacher, now=NOW)
    with pytest.raises(ArchivedError):
        remove_instructor(classroom=room, user=teacher, by=teacher, now=NOW)
    restore_classroom(classroom=room, by=teacher, now=NOW)
    change_classroom(classroom=room, name="2반", guests_allowed=True)
    assert list(AuditEntry.objects.values_list("action", flat=True)) == [
        "classroom-restored",
        "classroom-archived",
    ]


def test_archiving_twice_keeps_the_first_time() -> None:
    teacher = make_user(role="instructor")
    room = make_classroom(teacher)
    archive_classroom(classroom=room, by=teacher, now=NOW)
    archive_classroom(classroom=room, by=teacher, now=NOW + dt.timedelta(days=1))
    room.refresh_from_db()
    assert room.archived_at == NOW


def test_archiving_and_restoring_through_the_page() -> None:
    teacher = make_user(role="instructor")
    client, room = signed_in(teacher), make_classroom(teacher)
    address = f"/classrooms/{room.public_id}/archive/"
    assert client.post(address, {"action": "archive"}).status_code == 302
    page = client.get(room.get_absolute_url()).content.decode()
    assert "보관한 반입니다" in page
    assert "과제 내기" not in page
    assert "보관한 반 1개" in client.get("/classrooms/").content.decode()
    client.post(address, {"action": "restore"})
    room.refresh_from_db()
    assert not room.is_archived
    assert client.post(address, {"action": "burn"}).status_code == 422


def test_changing_an_archived_class_through_the_page_is_a_conflict() -> None:
    teacher = make_user(role="instructor")
    client, room = signed_in(teacher), archived(make_classroom(teacher))
    for page, form in [
        ("settings", {"name": "2반"}),
        ("code", {"action": "renew"}),
        ("instructors", {"login_name": "kim"}),
        ("people/add", {"text": "김하늘"}),
        ("people/cards", {}),
    ]:
        response = client.post(f"/classrooms/{room.public_id}/{page}/", form)
        assert response.status_code == 409, page
        assert "보관한 반입니다" in response.content.decode(), page


def test_a_renewed_code_replaces_the_old_one() -> None:
    teacher = make_user(role="instructor")
    room = make_classroom(teacher)
    old = room.join_code
    assert renew_join_code(classroom=room, by=teacher, now=NOW).join_code != old
    assert not Classroom.objects.filter(join_code=old).exists()


def test_the_poster_shows_address_and_code_and_closes_and_opens() -> None:
    teacher = make_user(role="instructor")
    client, room = signed_in(teacher), make_classroom(teacher)
    address = f"/classrooms/{room.public_id}/code/"
    page = client.get(address).content.decode()
    assert spoken_code(room.join_code) in page
    assert "http://testserver/join" in page
    client.post(address, {"action": "close"})
    assert "참여가 닫혀 있습니다" in client.get(address).content.decode()
    client.post(address, {"action": "open"})
    assert "참여가 닫혀 있습니다" not in client.get(address).content.decode()
    client.post(address, {"action": "renew"})
    assert spoken_code(room.join_code) not in client.get(address).content.decode()


def test_the_poster_warns_where_its_address_leads_nowhere_else() -> None:
    teacher = make_user(role="instructor")
    client, room = signed_in(teacher), make_classroom(teacher)
    address = f"/classrooms/{room.public_id}/code/"
    words = "이 컴퓨터에서만"
    assert words in client.get(address, HTTP_HOST="127.0.0.1:8000").content.decode()
    assert words in client.get(address, HTTP_HOST="localhost").content.decode()
    assert words in client.get(address, HTTP_HOST="[::1]").content.decode()
    assert words not in client.get(address).content.decode()


def test_the_qr_code_is_a_picture_of_the_way_in() -> None:
    teacher = make_user(role="instructor")
    client, room = signed_in(teacher), make_classroom(teacher)
    address = f"/classrooms/{room.public_id}/code/qr.svg"
    response = client.get(address)
    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<?xml")
    assert b"<script" not in response.content
    assert response.content != client.get(f"{address}?to=return").content


@pytest.mark.parametrize("name", ["nobody", "lerner", "gone"])
def test_the_same_words_whether_a_login_name_exists_or_not(name: str) -> None:
    make_user("lerner")
    make_user("gone", role="instructor", is_active=False)
    teacher = make_user(role="instructor")
    with pytest.raises(RefusedError, match=NO_SUCH_INSTRUCTOR):
        add_instructor(classroom=make_classroom(teacher), login_name=name, by=teacher, now=NOW)


def test_a_second_instructor_is_added_in_any_spelling_of_the_name_and_only_once() -> None:
    teacher, other = make_user(role="instructor"), make_user("kim", role="instructor")
    room = make_classroom(teacher)
    add_instructor(classroom=room, login_name=" KIM ", by=teacher, now=NOW)
    assert Classroom.objects.taught_by(other).get() == room
    with pytest.raises(RefusedError, match="이미"):
        add_instructor(classroom=room, login_name="kim", by=teacher, now=NOW)


def test_somebody_who_learns_in_the_class_does_not_teach_it() -> None:
    teacher, other = make_user(role="instructor"), make_user("kim", role="instructor")
    room = make_classroom(teacher)
    enroll(room, other)
    with pytest.raises(RefusedError, match="내보내세요"):
        add_instructor(classroom=room, login_name="kim", by=teacher, now=NOW)


def test_the_last_instructor_stays() -> None:
    teacher = make_user(role="instructor")
    room = make_classroom(teacher)
    with pytest.raises(RefusedError, match="마지막"):
        remove_instructor(classroom=room, user=teacher, by=teacher, now=NOW)


def test_an_instructor_who_cannot_sign_in_any_more_does_not_count_as_one() -> None:
    teacher, other = make_user(role="instructor"), make_user("kim", role="instructor")
    room = make_classroom(teacher)
    add_instructor(classroom=room, login_name="kim", by=teacher, now=NOW)
    other.is_active = False
    other.save()
    with pytest.raises(RefusedError, match="마지막"):
        remove_instructor(classroom=room, user=teacher, by=teacher, now=NOW)
    remove_instructor(classroom=room, user=other, by=teacher, now=NOW)
    assert room.instructorships.get().user == teacher


def test_instructors_through_the_page() -> None:
    teacher, other = make_user(role="instructor"), make_user("kim", role="instructor")
    client, room = signed_in(teacher), make_classroom(teacher)
    address = f"/classrooms/{room.public_id}/instructors/"
    response = client.post(address, {"login_name": "nobody"})
    assert response.status_code == 409
    assert NO_SUCH_INSTRUCTOR in response.content.decode()
    assert 'value="nobody"' in response.content.decode()
    assert client.post(address, {"login_name": ""}).status_code == 422
    assert client.post(address, {"login_name": "kim"}).status_code == 302
    assert client.post(address, {"action": "remove", "user": "x"}).status_code == 404
    assert client.post(address, {"action": "remove", "user": "²"}).status_code == 404
    stranger = make_user(role="instructor")
    assert client.post(address, {"action": "remove", "user": stranger.pk}).status_code == 404
    response = client.post(address, {"action": "remove", "user": teacher.pk})
    assert response["Location"] == "/classrooms/"
    assert client.get(room.get_absolute_url()).status_code == 404
    response = signed_in(other).post(address, {"action": "remove", "user": other.pk})
    assert response.status_code == 409


def test_the_list_tells_a_newcomer_the_first_step() -> None:
    assert "참여 코드를 아래에 적으면" in Client().get("/classrooms/").content.decode()
    page = signed_in(make_user(role="instructor")).get("/classrooms/").content.decode()
    assert "새 반 만들기" in page
    assert "다니는 반" not in page


def test_the_list_shows_what_one_teaches_and_attends() -> None:
    teacher, admin = make_user(role="instructor"), make_user(role="admin")
    taught = make_classroom(teacher, name="맡은 반 하나")
    attended = make_classroom(name="배우는 반 하나")
    place = enroll(attended, teacher, name="선생")
    page = signed_in(teacher).get("/classrooms/").content.decode()
    assert taught.name in page
    assert attended.name in page
    assert "선생" in page
    page = signed_in(admin).get("/classrooms/").content.decode()
    assert "다른 강사의 반" in page
    assert taught.name in page
    guest = enroll(attended, "이바다")
    page = browser_of(guest.learner).get("/classrooms/").content.decode()
    assert "이바다" in page
    assert taught.name not in page
    assert place.name not in page


def test_the_list_of_many_classes_costs_few_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    admin = make_user(role="admin")
    for _ in range(12):
        enroll(make_classroom())
    client = signed_in(admin)
    client.get("/classrooms/")
    with django_assert_max_num_queries(6):
        client.get("/classrooms/")


def test_learners_see_their_class_and_nobody_else_of_it() -> None:
    room = make_classroom(name="우리 반")
    place = enroll(room, "김하늘", student_number="10201")
    enroll(room, "이바다")
    page = browser_of(place.learner).get(room.get_absolute_url()).content.decode()
    assert "<strong>김하늘</strong>(10201)님으로 계정 없이 들어와 있습니다." in page
    assert "이바다" not in page


def test_a_class_is_not_there_for_others() -> None:
    room = make_classroom()
    address = room.get_absolute_url()
    assert signed_in(make_user()).get(address).status_code == 404
    assert signed_in(make_user(role="instructor")).get(address).status_code == 404
    assert "login" in Client().get(address)["Location"]
    for state in ("removed", "blocked", "left"):
        gone = enroll(room, "나간이", state=state)
        assert browser_of(gone.learner).get(address).status_code == 404


def test_both_pages_of_a_full_class_cost_few_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    teacher = make_user(role="instructor")
    room = make_classroom(teacher)
    places = [enroll(room, f"학생{number}") for number in range(20)]
    for number in range(4):
        assign_quiz(room, title=f"{number}주 과제")
    for client in (signed_in(teacher), browser_of(places[0].learner)):
        client.get(room.get_absolute_url())
        with django_assert_max_num_queries(20):
            client.get(room.get_absolute_url())
