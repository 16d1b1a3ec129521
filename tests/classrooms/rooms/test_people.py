"""The people of a class: found, renamed, removed, blocked, brought back, given new cards."""

import datetime as dt
import re
import uuid

import pytest
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import AuditEntry, Learner
from apps.classrooms.access import ArchivedError
from apps.classrooms.models import Classroom, Enrollment
from apps.classrooms.queries.rooms import people_of
from apps.classrooms.services.joining import find_by_entry_code
from apps.classrooms.services.people import (
    bring_back,
    issue_entry_codes,
    rename_person,
    send_out,
)
from apps.classrooms.services.rooms import RefusedError
from tests.classrooms.factories import (
    DAY,
    NOW,
    enroll,
    make_classroom,
    make_user,
    signed_in,
)

pytestmark = pytest.mark.django_db
_State = Enrollment.State
OLD_CODE = "ABCD2345"


def names(room: Classroom, **asked: str) -> list[str]:
    return [place.name for place in people_of(room, **asked).inside]


def person_address(place: Enrollment) -> str:
    return f"/classrooms/{place.classroom.public_id}/people/{place.public_id}/"


def test_people_are_sorted_as_people_count() -> None:
    room = make_classroom()
    early = NOW - 9 * DAY
    enroll(room, "다", student_number="10", joined_at=early)
    enroll(room, "가", student_number="9")
    enroll(room, "나", entered_at=None)
    last = enroll(room, "라", student_number="A-2")
    Learner.objects.filter(pk=last.learner_id).update(active_at=NOW)
    assert names(room) == ["가", "다", "라", "나"]
    assert names(room, sort="name") == ["가", "나", "다", "라"]
    assert names(room, sort="joined")[0] == "다"
    assert names(room, sort="active")[0] == "라"
    assert names(room, sort="nonsense") == names(room)


def test_people_are_found_by_part_of_name_or_number() -> None:
    room = make_classroom()
    enroll(room, "김 하늘", student_number="10201")
    enroll(room, "이바다", student_number="10302")
    assert names(room, search="김하") == ["김 하늘"]
    assert names(room, search="302") == ["이바다"]
    assert names(room, search="\u1100\u1175\u11b7") == ["김 하늘"]  # decomposed Hangul
    assert names(room, search="없음") == []
    assert people_of(room, search="없음").total == 2


def test_the_page_tells_how_people_came_and_who_is_gone() -> None:
    teacher = make_user(role="instructor")
    room = make_classroom(teacher)
    enroll(room, make_user("kim"), name="김하늘")
    enroll(room, "이바다", origin="roster", entered_at=None)
    enroll(room, "박산", state=_State.BLOCKED)
    page = signed_in(teacher).get(f"/classrooms/{room.public_id}/people/").content.decode()
    assert "계정" in page
    assert "아직 들어오지 않음" in page
    assert "반을 떠난 학습자 1명" in page
    assert page.count('name="chosen"') == 1


def test_searching_answers_htmx_with_the_table_alone() -> None:
    teacher = make_user(role="instructor")
    room = make_classroom(teacher)
    enroll(room, "김하늘")
    client, address = signed_in(teacher), f"/classrooms/{room.public_id}/people/?q=하"
    part = client.get(address, HTTP_HX_REQUEST="true")
    assert part.content.decode().count("<h1>") == 0
    assert "김하늘" in part.content.decode()
    assert {"HX-Request", "Cookie"} <= set(part["Vary"].split(", "))
    whole = client.get(address)
    assert part.content.decode().strip()[:60] in whole.content.decode()
    assert client.get(f"{address}\0").status_code == 200


def test_two_hundred_people_cost_as_many_queries_as_two(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    teacher = make_user(role="instructor")
    room = make_classroom(teacher)
    client, address = signed_in(teacher), f"/classrooms/{room.public_id}/people/"
    for number in range(20):
        enroll(room, f"학생{number}")
        enroll(room, make_user())
    client.get(address)
    with django_assert_max_num_queries(5):
        client.get(address)


def test_renaming_reaches_a_guest_but_no_account() -> None:
    room, user = make_classroom(), make_user(display_name="계정 이름")
    guest, account = enroll(room, "김하늘"), enroll(room, user)
    rename_person(place=guest, name="김새봄", student_number="7")
    rename_person(place=account, name="반 이름", student_number="")
    guest.refresh_from_db()
    assert (guest.name, guest.student_number) == ("김새봄", "7")
    assert Learner.objects.get(pk=guest.learner_id).name == "김새봄"
    user.refresh_from_db()
    assert user.display_name == "계정 이름"
    with pytest.raises(RefusedError, match="이미"):
        rename_person(place=account, name="반 이름", student_number="7")


def test_removing_blocking_and_undoing_are_kept_in_the_trail() -> None:
    teacher = make_user(role="instructor")
    place = enroll(make_classroom(teacher), "김하늘")
    send_out(place=place, state=_State.REMOVED, by=teacher, now=NOW)
    send_out(place=place, state=_State.REMOVED, by=teacher, now=NOW)
    assert not Learner.objects.get(pk=place.learner_id).is_admitted
    send_out(place=place, state=_State.BLOCKED, by=teacher, now=NOW)
    bring_back(place=place, by=teacher, now=NOW)
    bring_back(place=place, by=teacher, now=NOW)
    place.refresh_from_db()
    assert place.is_active
    assert Learner.objects.get(pk=place.learner_id).is_admitted
    entries = AuditEntry.objects.order_by("pk")
    assert [each.action for each in entries] == [
        "person-removed",
        "person-blocked",
        "person-restored",
    ]
    assert all("김하늘" not in each.subject for each in entries)


def test_an_instructor_brings_nobody_back_who_left_or_erased_everything() -> None:
    teacher = make_user(role="instructor")
    room = make_classroom(teacher)
    left = enroll(room, make_user(), state=_State.LEFT)
    with pytest.raises(RefusedError, match="스스로"):
        bring_back(place=left, by=teacher, now=NOW)
    erased = enroll(room, "김하늘", state=_State.REMOVED)
    Learner.objects.filter(pk=erased.learner_id).update(erased_at=NOW)
    with pytest.raises(RefusedError, match="지우고"):
        bring_back(place=erased, by=teacher, now=NOW)
    assert signed_in(teacher).get(person_address(erased)).status_code == 404


def test_nobody_is_brought_back_onto_a_number_that_is_taken() -> None:
    teacher = make_user(role="instructor")
    room = make_classroom(teacher)
    place = enroll(room, "김하늘", student_number="7", state=_State.REMOVED)
    enroll(room, "이바다", student_number="7")
    response = signed_in(teacher).post(person_address(place), {"action": "restore"})
    assert response.status_code == 409
    assert "다른 학습자가 쓰고 있습니다" in response.content.decode()


def test_in_an_archived_class_nobody_is_changed() -> None:
    teacher = make_user(role="instructor")
    room = make_classroom(teacher, archived_at=NOW)
    place = enroll(room, "김하늘")
    with pytest.raises(ArchivedError):
        rename_person(place=place, name="x", student_number="")
    with pytest.raises(ArchivedError):
        send_out(place=place, state=_State.REMOVED, by=teacher, now=NOW)
    with pytest.raises(ArchivedError):
        issue_entry_codes(classroom=room, chosen=[place.public_id], by=teacher, now=NOW)
    client = signed_in(teacher)
    for form in ({"action": "remove"}, {"action": "save", "name": "김하늘"}):
        response = client.post(person_address(place), form)
        assert response.status_code == 409
        assert "보관한 반입니다" in response.content.decode()


def test_one_person_through_the_page() -> None:
    teacher = make_user(role="instructor")
    room = make_classroom(teacher)
    place, client = enroll(room, "김하늘"), signed_in(teacher)
    address = person_address(place)
    page = client.get(address).content.decode()
    assert "내보내기" in page
    assert "차단" in page
    form = {"action": "save", "name": "김새봄", "student_number": "7"}
    assert client.post(address, form)["Location"] == f"{address}?done=saved"
    assert "저장했습니다." in client.get(f"{address}?done=saved").content.decode()
    response = client.post(address, {"action": "save", "name": "", "student_number": "7"})
    assert response.status_code == 422
    assert "이름을 적어 주세요." in response.content.decode()
    for action, state in [
        ("remove", _State.REMOVED),
        ("restore", _State.ACTIVE),
        ("block", _State.BLOCKED),
        ("restore", _State.ACTIVE),
    ]:
        assert client.post(address, {"action": action}).status_code == 302
        place.refresh_from_db()
        assert place.state == state
        assert client.get(address).status_code == 200
    assert client.post(address, {"action": "dance"}).status_code == 422
    assert client.post(address).status_code == 422


def test_a_number_of_somebody_else_is_said_at_its_field() -> None:
    teacher = make_user(role="instructor")
    room = make_classroom(teacher)
    enroll(room, "이바다", student_number="7")
    place = enroll(room, "김하늘")
    form = {"action": "save", "name": "김새봄", "student_number": "7"}
    response = signed_in(teacher).post(person_address(place), form)
    assert response.status_code == 409
    page = response.content.decode()
    assert 'value="김새봄"' in page
    assert "학번 7: 이 반에 이미 있습니다." in page


def test_new_cards_void_the_old_codes_and_are_for_guests_only() -> None:
    teacher = make_user(role="instructor")
    room = make_classroom(teacher)
    guest = enroll(room, "김하늘", entry_code=OLD_CODE)
    kept = enroll(room, "이바다", entry_code="WXYZ2345")
    account = enroll(room, make_user())
    gone = enroll(room, "박산", state=_State.REMOVED)
    chosen = [place.public_id for place in (guest, account, gone)]
    ((place, code),) = issue_entry_codes(classroom=room, chosen=chosen, by=teacher, now=NOW)
    assert place == guest
    assert find_by_entry_code(room, OLD_CODE) is None
    assert find_by_entry_code(room, code) == guest
    assert find_by_entry_code(room, "WXYZ2345") == kept
    entry = AuditEntry.objects.get()
    assert entry.action == "entry-codes-issued"
    assert code not in str(entry.detail)


def test_cards_through_the_page_show_each_code_once() -> None:
    teacher = make_user(role="instructor")
    room = make_classroom(teacher)
    places = [enroll(room, name) for name in ("김하늘", "이바다", "박산")]
    client, address = signed_in(teacher), f"/classrooms/{room.public_id}/people/cards/"
    chosen = [str(place.public_id) for place in places[:2]]
    page = client.post(address, {"chosen": [*chosen, "nonsense"]}).content.decode()
    codes = re.findall(r'개인 코드</dt><dd class="entry-card__code">([^<]+)<', page)
    assert [find_by_entry_code(room, code) for code in codes] == places[:2]
    assert "박산" not in page
    assert "http://testserver/join" in page
    nobody = client.post(address, {"chosen": [str(uuid.uuid4())]})
    assert nobody.status_code == 409
    assert "카드를 만들 학습자를 고르세요" in nobody.content.decode()
    assert client.get(address).status_code == 405


def test_a_person_is_found_in_the_own_class_only() -> None:
    teacher = make_user(role="instructor")
    room, place = make_classroom(teacher), enroll(make_classroom(), "김하늘")
    client = signed_in(teacher)
    assert client.get(person_address(place)).status_code == 404
    mixed = f"/classrooms/{room.public_id}/people/{place.public_id}/"
    assert client.get(mixed).status_code == 404
    assert client.post(mixed, {"action": "remove"}).status_code == 404
    response = client.post(
        f"/classrooms/{room.public_id}/people/cards/", {"chosen": [str(place.public_id)]}
    )
    assert response.status_code == 409
    place.refresh_from_db()
    assert place.entry_digest == ""


def test_when_somebody_was_last_there_is_a_day() -> None:
    teacher = make_user(role="instructor")
    room = make_classroom(teacher)
    place = enroll(room, "김하늘")
    seen = dt.datetime(2026, 3, 4, 20, 0, tzinfo=dt.UTC)  # the 5th in Seoul
    Learner.objects.filter(pk=place.learner_id).update(active_at=seen)
    page = signed_in(teacher).get(f"/classrooms/{room.public_id}/people/").content.decode()
    assert "2026. 3. 5." in page


def test_cards_for_all_who_have_not_come_yet_are_one_press() -> None:
    teacher = make_user(role="instructor")
    room = make_classroom(teacher)
    waiting = [enroll(room, name, entered_at=None) for name in ("김하늘", "이바다")]
    enroll(room, "박산", entry_code=OLD_CODE)
    client = signed_in(teacher)
    page = client.get(f"/classrooms/{room.public_id}/people/").content.decode()
    assert "아직 들어오지 않은 2명의 새 카드 만들기" in page
    address = f"/classrooms/{room.public_id}/people/cards/"
    page = client.post(address, {"everybody": "waiting"}).content.decode()
    assert page.count('class="entry-card"') == len(waiting)
    assert find_by_entry_code(room, OLD_CODE) is not None
