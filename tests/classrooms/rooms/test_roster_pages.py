"""A roster through the pages: looked at, then applied or not."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import AuditEntry, Learner, User
from apps.classrooms.domain.roster import RosterRow
from apps.classrooms.models import Classroom, Enrollment
from apps.classrooms.services import rooms
from apps.classrooms.services.joining import find_by_entry_code
from apps.classrooms.services.rooms import RefusedError
from apps.classrooms.services.roster import CHANGED_MEANWHILE, add_roster
from tests.classrooms.factories import NOW, enroll, make_classroom, make_user, signed_in

pytestmark = pytest.mark.django_db
SHEET = "학번\t이름\n10201\t김하늘\n10202\t이바다\n"
BAD_SHEET = "학번\t이름\n10201\t김하늘\n1.0E+04\t이바다\n10203\t=1+1\n"


@pytest.fixture
def teacher() -> User:
    return make_user(role="instructor")


@pytest.fixture
def room(teacher: User) -> Classroom:
    return make_classroom(teacher)


@pytest.fixture
def client(teacher: User) -> Client:
    return signed_in(teacher)


def address(room: Classroom) -> str:
    return f"/classrooms/{room.public_id}/people/add/"


def carried(page: str) -> str:
    match = re.search(r'name="text" value="([^"]*)"', page)
    assert match is not None
    return match[1]


def test_looking_changes_nothing(client: Client, room: Classroom) -> None:
    page = client.post(address(room), {"text": SHEET}).content.decode()
    assert "2명을 새로 넣습니다." in page
    assert "아직 아무것도 바뀌지 않았습니다." in page
    assert Enrollment.objects.count() == 0


def test_applying_adds_everybody_and_shows_the_cards(client: Client, room: Classroom) -> None:
    page = client.post(address(room), {"text": SHEET, "go": "apply", "seen": "2"}).content.decode()
    places = list(Enrollment.objects.all())
    assert [(place.name, place.student_number) for place in places] == [
        ("김하늘", "10201"),
        ("이바다", "10202"),
    ]
    assert {place.origin for place in places} == {"roster"}
    assert {place.entered_at for place in places} == {None}
    codes = re.findall(r'개인 코드</dt><dd class="entry-card__code">([^<]+)<', page)
    assert [find_by_entry_code(room, code) for code in codes] == places
    assert "입장 카드 2장" in page
    assert AuditEntry.objects.get().action == "roster-added"


def test_every_bad_line_is_shown_with_its_reason(client: Client, room: Classroom) -> None:
    page = client.post(address(room), {"text": BAD_SHEET}).content.decode()
    assert "넣지 않는 줄 2개" in page
    assert "줄여 써서" in page
    assert "수식처럼" in page
    assert "문제없는 1명 넣기" in page
    client.post(address(room), {"text": BAD_SHEET, "go": "apply", "seen": "1"})
    assert Enrollment.objects.get().name == "김하늘"


def test_a_file_is_read_and_carried_to_the_next_page(client: Client, room: Classroom) -> None:
    file = SimpleUploadedFile("명단.csv", SHEET.replace("\t", ",").encode("cp949"))
    page = client.post(address(room), {"file": file}).content.decode()
    text = carried(page)
    assert "김하늘" in text
    client.post(address(room), {"text": text, "go": "apply", "seen": "2"})
    assert Enrollment.objects.count() == 2


def test_going_back_keeps_the_lines(client: Client, room: Classroom) -> None:
    response = client.post(address(room), {"text": BAD_SHEET, "go": "edit"})
    assert response.status_code == 200
    assert "1.0E+04\t이바다" in response.content.decode()


@pytest.mark.parametrize("text", ["", "  ", "1\n2"])
def test_what_holds_no_names_is_refused(client: Client, room: Classroom, text: str) -> None:
    response = client.post(address(room), {"text": text})
    assert response.status_code == 422
    assert "aria-invalid" in response.content.decode()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"x" * (1024 * 1024 + 1)])
def test_a_file_that_cannot_be_read_is_refused_at_its_field(
    client: Client, room: Classroom, content: bytes
) -> None:
    response = client.post(address(room), {"file": SimpleUploadedFile("a.csv", content)})
    assert response.status_code == 422
    assert "id_file_error" in response.content.decode()


def test_applying_twice_adds_nobody_twice(client: Client, room: Classroom) -> None:
    form = {"text": SHEET, "go": "apply", "seen": "2"}
    client.post(address(room), form)
    response = client.post(address(room), form)
    assert "이미 반에 있습니다" in response.content.decode()
    assert Enrollment.objects.count() == 2


def test_where_the_class_changed_in_between_it_is_looked_at_again(
    client: Client, room: Classroom
) -> None:
    enroll(room, "김하늘", student_number="10201")
    response = client.post(address(room), {"text": SHEET, "go": "apply", "seen": "2"})
    assert response.status_code == 409
    assert "다시 확인" in response.content.decode()
    assert Enrollment.objects.count() == 1


def test_all_or_nobody_where_somebody_comes_in_at_the_last_moment(
    teacher: User, room: Classroom
) -> None:
    enroll(room, "딴사람", student_number="2")
    rows = [RosterRow(1, "김하늘", "1"), RosterRow(2, "이바다", "2")]
    with pytest.raises(RefusedError, match=CHANGED_MEANWHILE[:10]):
        add_roster(classroom=room, rows=rows, by=teacher, now=NOW)
    assert Enrollment.objects.count() == 1
    assert Learner.objects.count() == 1


def test_a_roster_that_does_not_fit_adds_nobody(
    teacher: User, room: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "MOST_PEOPLE", 1)
    rows = [RosterRow(1, "김하늘", "1"), RosterRow(2, "이바다", "2")]
    with pytest.raises(RefusedError, match="1명까지"):
        add_roster(classroom=room, rows=rows, by=teacher, now=NOW)
    assert Learner.objects.count() == 0


def test_who_was_removed_may_be_put_on_the_roster_again(client: Client, room: Classroom) -> None:
    enroll(room, "김하늘", student_number="10201", state="removed")
    client.post(address(room), {"text": SHEET, "go": "apply", "seen": "2"})
    assert Enrollment.objects.active().count() == 2


def test_markup_in_a_roster_is_text(client: Client, room: Classroom) -> None:
    text = '학번,이름\n1,<script>alert(1)</script>\n2,"><b>x</b>'
    page = client.post(address(room), {"text": text}).content.decode()
    assert "<script>alert" not in page
    assert "<b>x" not in page


def test_five_hundred_people_are_added_in_few_queries(
    teacher: User, room: Classroom, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [RosterRow(number, f"학생{number}", str(number)) for number in range(500)]
    # SQLite takes rows by the hundred; a query a person would be five hundred more.
    with django_assert_max_num_queries(30):
        made = add_roster(classroom=room, rows=rows, by=teacher, now=NOW)
    assert len({code for _, code in made}) == 500
    assert Enrollment.objects.active().count() == 500
