"""Coming into a class: with an account, by name only; leaving and coming again."""

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from apps.accounts.models import FailedTry, Learner
from apps.accounts.services.learners import LEFT_KEY, SESSION_KEY
from apps.accounts.throttling import SHARED_TRIES, begin_try
from apps.classrooms.models import Classroom, Enrollment
from apps.classrooms.services import rooms
from apps.classrooms.services.joining import (
    CANNOT_JOIN,
    RefusedError,
    find_by_entry_code,
    join_by_name,
    join_with_account,
    rejoin,
)
from apps.classrooms.services.people import leave
from tests.classrooms.factories import (
    NOW,
    browser_of,
    enroll,
    make_classroom,
    make_user,
    signed_in,
)

pytestmark = pytest.mark.django_db
_State = Enrollment.State


def join_account(room: Classroom, user: Any, **changed: Any) -> Enrollment:
    values = {"name": "김하늘", "student_number": "", "now": NOW, **changed}
    return join_with_account(classroom=room, user=user, **values)


def join_name(room: Classroom, **changed: Any) -> tuple[Enrollment, str]:
    values = {"name": "김하늘", "student_number": "", "now": NOW, **changed}
    return join_by_name(classroom=room, **values)


def guest_room(**changed: Any) -> Classroom:
    return make_classroom(guests_allowed=True, **changed)


def test_an_account_joins_and_joining_again_changes_nothing() -> None:
    room, user = make_classroom(), make_user()
    first = join_account(room, user)
    again = join_account(room, user, name="딴이름")
    assert first == again
    assert again.name == "김하늘"
    assert first.entry_digest == ""
    assert Enrollment.objects.count() == 1


@pytest.mark.parametrize("changed", [{"join_open": False}, {"archived_at": NOW}])
def test_a_closed_class_lets_nobody_new_in(changed: dict[str, Any]) -> None:
    room = guest_room(**changed)
    with pytest.raises(RefusedError, match=CANNOT_JOIN):
        join_account(room, make_user())
    with pytest.raises(RefusedError, match=CANNOT_JOIN):
        join_name(room)
    assert Learner.objects.filter(is_admitted=True).count() == 0


def test_who_is_in_a_closed_class_is_still_in() -> None:
    room, user = make_classroom(), make_user()
    place = join_account(room, user)
    Classroom.objects.update(join_open=False)
    assert join_account(room, user) == place


@pytest.mark.parametrize("state", [_State.REMOVED, _State.LEFT])
def test_who_was_removed_or_left_comes_back_with_an_account(state: str) -> None:
    room, user = make_classroom(), make_user()
    place = enroll(room, user, state=state)
    back = join_account(room, user, name="김새봄", student_number="7")
    assert back.pk == place.pk
    assert (back.state, back.name, back.student_number) == ("active", "김새봄", "7")
    assert back.entered_at == place.entered_at  # the first time stays the first


def test_who_is_blocked_does_not_and_is_told_no_more_than_others() -> None:
    room, user = make_classroom(), make_user()
    enroll(room, user, state=_State.BLOCKED)
    with pytest.raises(RefusedError, match=CANNOT_JOIN):
        join_account(room, user)
    response = signed_in(user).post(f"/join/{room.join_code}/", {"name": "김하늘"})
    assert response.status_code == 409
    assert "차단" not in response.content.decode()


def test_an_instructor_of_the_class_does_not_join_it() -> None:
    teacher = make_user(role="instructor")
    room = make_classroom(teacher)
    with pytest.raises(RefusedError, match="담당 강사"):
        join_account(room, teacher)
    page = signed_in(teacher).get(f"/join/{room.join_code}/").content.decode()
    assert "담당 강사로 맡은 반" in page


def test_a_number_is_had_once_in_a_class() -> None:
    room = guest_room()
    join_account(room, make_user(), student_number="7")
    with pytest.raises(RefusedError, match="학번"):
        join_account(room, make_user(), student_number="7")
    with pytest.raises(RefusedError, match="학번"):
        join_name(room, student_number="7")
    join_account(make_classroom(), make_user(), student_number="7")


def test_a_name_is_enough_only_where_it_is_allowed() -> None:
    with pytest.raises(RefusedError, match="계정이 있어야"):
        join_name(make_classroom())
    room = guest_room()
    place, code = join_name(room)
    assert len(code) == 8
    assert place.learner.is_admitted
    assert place.learner.user is None
    assert code not in place.entry_digest
    assert find_by_entry_code(room, f"{code[:4]}-{code[4:].lower()}") == place
    assert find_by_entry_code(guest_room(), code) is None


def test_a_form_sent_twice_makes_one_learner_and_both_answers_have_a_code() -> None:
    room, place_id = guest_room(), uuid.uuid4()
    first, old = join_name(room, place=place_id, student_number="7")
    again, code = join_name(room, place=place_id, student_number="7")
    assert first == again
    assert find_by_entry_code(room, code) == first
    assert find_by_entry_code(room, old) is None


def test_a_place_of_somebody_else_or_of_long_ago_gives_no_code() -> None:
    room = guest_room()
    place, code = join_name(room)
    for changed in ({"name": "다른이"}, {"now": NOW + dt.timedelta(minutes=11)}):
        with pytest.raises(RefusedError):
            join_name(room, place=place.public_id, **changed)
    assert find_by_entry_code(room, code) == place


def test_typing_a_code_in_any_way_leads_to_the_class() -> None:
    room = make_classroom(join_code="ABCD2345")
    for typed in ("ABCD2345", "abcd-2345", " abcd 2345 ", "ＡＢＣＤ２３４５"):
        response = Client().post("/join/", {"code": typed})
        assert response["Location"] == f"/join/{room.join_code}/"
    assert FailedTry.objects.count() == 0


def test_a_hidden_field_that_was_tampered_with_is_passed_over() -> None:
    room = guest_room()
    form = {"name": "김하늘", "place": "no id"}
    assert Client().post(f"/join/{room.join_code}/", form).status_code == 200


def test_a_full_class_takes_nobody_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "MOST_PEOPLE", 1)
    room = guest_room()
    first, _ = join_name(room)
    with pytest.raises(RefusedError, match="1명까지"):
        join_name(room, name="이바다")
    with pytest.raises(RefusedError, match="1명까지"):
        join_account(room, make_user())
    rejoin(place=first, now=NOW)


@pytest.mark.parametrize("typed", ["ABCD2346", "ABCD2345ABCD2345", "%00", "가나다라", "'--"])
def test_an_unknown_code_is_said_where_it_was_typed(typed: str) -> None:
    make_classroom(join_code="ABCD2345")
    response = Client().post("/join/", {"code": typed})
    assert response.status_code == 422
    assert "이 코드의 반이 없습니다" in response.content.decode()
    assert Client().get("/join/NOPE2345/").status_code == 404
    assert Client().get("/join/ABCD%002345/").status_code == 404
    assert Client().get("/join/NOPE2345/return/").status_code == 404


def test_trying_codes_without_end_is_slowed_down() -> None:
    room, client = make_classroom(), Client()
    for _ in range(SHARED_TRIES):
        begin_try(account="join:127.0.0.1", address="127.0.0.1", now=timezone.now())
    assert client.get("/join/NOPE2345/").status_code == 429
    assert client.post("/join/", {"code": "NOPE2345"}).status_code == 429
    assert client.get(f"/join/{room.join_code}/").status_code == 200


def test_joining_by_name_through_the_page_shows_the_code_once() -> None:
    room, client = guest_room(), Client()
    page = client.get(f"/join/{room.join_code}/").content.decode()
    place_id = re.search(r'name="place" value="([^"]+)"', page)
    assert place_id is not None
    response = client.post(
        f"/join/{room.join_code}/",
        {"name": " 김  하늘", "student_number": "１０２", "place": place_id[1]},
    )
    place = Enrollment.objects.get()
    assert (place.name, place.student_number) == ("김 하늘", "102")
    code = re.search(r'class="secret">([^<]+)<', response.content.decode())
    assert code is not None
    assert find_by_entry_code(room, code[1]) == place
    assert client.session[SESSION_KEY] == place.learner.pk
    assert client.get(room.get_absolute_url()).status_code == 200
    again = client.get(f"/join/{room.join_code}/")
    assert again["Location"] == room.get_absolute_url()


def test_what_was_done_in_the_browser_before_is_asked_about_after_joining() -> None:
    room = guest_room()
    earlier = Learner.objects.create(created_at=NOW)
    enroll(make_classroom(), earlier)  # something to move
    client = browser_of(earlier)
    response = client.post(f"/join/{room.join_code}/", {"name": "김하늘"})
    assert client.session[LEFT_KEY] == earlier.pk
    assert "/me/move/?next=" in response.content.decode()


def test_the_second_one_of_a_name_is_asked_for_a_number_and_may_insist() -> None:
    room = guest_room()
    enroll(room, "김하늘")
    client = Client()
    response = client.post(f"/join/{room.join_code}/", {"name": "김하늘"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "같은 이름" in page
    assert 'name="same_name" value="김하늘"' in page
    assert Enrollment.objects.count() == 1
    other = client.post(f"/join/{room.join_code}/", {"name": "이바다", "same_name": "김하늘"})
    assert other.status_code == 200
    response = Client().post(f"/join/{room.join_code}/", {"name": "김하늘", "same_name": "김하늘"})
    assert response.status_code == 200
    assert Enrollment.objects.filter(name="김하늘").count() == 2


def test_a_name_with_a_number_is_told_from_its_namesake_at_once() -> None:
    room = guest_room()
    enroll(room, "김하늘", student_number="1")
    response = Client().post(f"/join/{room.join_code}/", {"name": "김하늘", "student_number": "2"})
    assert response.status_code == 200


def test_a_number_in_use_is_said_at_its_field_and_nothing_is_lost() -> None:
    room = guest_room()
    enroll(room, "이바다", student_number="7")
    response = Client().post(f"/join/{room.join_code}/", {"name": "김하늘", "student_number": "7"})
    page = response.content.decode()
    assert response.status_code == 409
    assert 'value="김하늘"' in page
    assert "id_student_number_error" in page


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"name": " "},
        {"name": "가" * 51},
        {"name": "123"},
        {"name": "=1+1"},
        {"name": "김\u202e하늘"},
        {"name": "김하늘", "student_number": "없음"},
        {"name": "김하늘", "student_number": "1" * 21},
        {"name": "\u3164\u3164"},
    ],
)
def test_what_cannot_be_a_name_or_number_is_refused(form: dict[str, str]) -> None:
    room = guest_room()
    assert Client().post(f"/join/{room.join_code}/", form).status_code == 422
    assert Enrollment.objects.count() == 0


def test_without_names_allowed_the_page_leads_to_signing_in_and_back() -> None:
    room = make_classroom()
    page = Client().get(f"/join/{room.join_code}/").content.decode()
    assert 'name="name"' not in page
    assert f"/login/?next=%2Fjoin%2F{room.join_code}%2F" in page
    assert Client().post(f"/join/{room.join_code}/", {"name": "김하늘"}).status_code == 409


def test_an_account_joins_through_the_page_under_the_name_it_has() -> None:
    room, user = make_classroom(), make_user(display_name="김하늘")
    client = signed_in(user)
    assert 'value="김하늘"' in client.get(f"/join/{room.join_code}/").content.decode()
    response = client.post(f"/join/{room.join_code}/", {"name": "김하늘"})
    assert response["Location"] == room.get_absolute_url()
    assert Enrollment.objects.get().origin == "account"


def test_who_left_is_out_and_comes_back_in_the_same_browser() -> None:
    room = guest_room()
    place, code = join_name(room)
    client = browser_of(place.learner)
    assert client.post(f"/classrooms/{room.public_id}/leave/")["Location"] == "/classrooms/"
    place.refresh_from_db()
    assert place.state == _State.LEFT
    assert not Learner.objects.get(pk=place.learner_id).is_admitted
    assert client.get(room.get_absolute_url()).status_code == 404
    page = client.get(f"/join/{room.join_code}/").content.decode()
    assert "다시 들어가기" in page
    response = client.post(f"/join/{room.join_code}/", {"name": "김하늘"})
    assert response["Location"] == room.get_absolute_url()
    place.refresh_from_db()
    assert place.is_active
    assert Learner.objects.get(pk=place.learner_id).is_admitted
    assert find_by_entry_code(room, code) == place


def test_leaving_one_of_two_classes_keeps_a_guest_admitted() -> None:
    place = enroll(make_classroom(), "김하늘")
    enroll(make_classroom(), place.learner)
    leave(place=place)
    assert Learner.objects.get(pk=place.learner_id).is_admitted


def test_a_blocked_browser_does_not_come_in_under_another_name() -> None:
    room = guest_room()
    place = enroll(room, "김하늘", state=_State.BLOCKED)
    response = browser_of(place.learner).post(f"/join/{room.join_code}/", {"name": "새이름"})
    assert response.status_code == 409
    assert Enrollment.objects.count() == 1


def test_coming_again_fails_where_the_number_went_to_somebody_else() -> None:
    room = guest_room()
    place = enroll(room, "김하늘", student_number="7", state=_State.REMOVED)
    enroll(room, "이바다", student_number="7")
    with pytest.raises(RefusedError, match="학번"):
        rejoin(place=place, now=NOW)


def test_nobody_leaves_an_archived_class() -> None:
    room = make_classroom()
    place = enroll(room, "김하늘")
    Classroom.objects.update(archived_at=NOW)
    response = browser_of(place.learner).post(f"/classrooms/{room.public_id}/leave/")
    assert response.status_code == 409
    place.refresh_from_db()
    assert place.is_active


def test_an_archived_class_is_closed_to_newcomers_whatever_its_switch_says() -> None:
    room = guest_room(archived_at=NOW)
    page = Client().get(f"/join/{room.join_code}/").content.decode()
    assert "지금은 새로 들어올 수 없는 반" in page
    assert Client().post(f"/join/{room.join_code}/", {"name": "김하늘"}).status_code == 409
