"""Back with a personal code; an account takes over what was done by name."""

import pytest
from django.test import Client
from django.utils import timezone

from apps.accounts.models import FailedTry, Learner
from apps.accounts.services.learners import LEFT_KEY, SESSION_KEY
from apps.accounts.throttling import SHARED_TRIES, begin_try
from apps.classrooms.models import Classroom, Enrollment
from apps.classrooms.services.joining import (
    CANNOT_JOIN,
    RefusedError,
    claim,
    come_back,
    find_by_entry_code,
)
from apps.classrooms.views.join import WRONG_ENTRY_CODE
from tests.classrooms.factories import (
    NOW,
    browser_of,
    enroll,
    make_classroom,
    make_user,
    signed_in,
)

pytestmark = pytest.mark.django_db
CODE = "ABCD2345"
_State = Enrollment.State


def address(room: Classroom) -> str:
    return f"/join/{room.join_code}/return/"


def test_a_card_lets_its_owner_in_and_says_when_that_was_first() -> None:
    room = make_classroom(join_open=False)
    place = enroll(room, "김하늘", entry_code=CODE, entered_at=None, origin="roster")
    client = Client()
    response = client.post(address(room), {"entry_code": " abcd-2345 "})
    assert response["Location"] == room.get_absolute_url()
    assert client.session[SESSION_KEY] == place.learner.pk
    assert "김하늘" in client.get(room.get_absolute_url()).content.decode()
    place.refresh_from_db()
    assert place.entered_at is not None
    assert FailedTry.objects.count() == 0


def test_a_wrong_code_counts_and_lets_nobody_in() -> None:
    room = make_classroom()
    enroll(room, "김하늘", entry_code=CODE)
    elsewhere = make_classroom()
    client = Client()
    for where, typed in [(room, "ABCD2346"), (elsewhere, CODE), (room, "가" * 8)]:
        response = client.post(address(where), {"entry_code": typed})
        assert response.status_code == 422
        assert WRONG_ENTRY_CODE in response.content.decode()
    assert SESSION_KEY not in client.session
    assert FailedTry.objects.count() == 6


def test_an_empty_code_is_no_try() -> None:
    room = make_classroom()
    assert Client().post(address(room), {"entry_code": " "}).status_code == 422
    assert FailedTry.objects.count() == 0


def test_after_too_many_wrong_codes_the_right_one_waits_too() -> None:
    room = make_classroom()
    enroll(room, "김하늘", entry_code=CODE)
    for _ in range(SHARED_TRIES):
        begin_try(account=f"entry:{room.pk}:10.0.0.9", address="10.0.0.9", now=timezone.now())
    response = Client(REMOTE_ADDR="10.0.0.9").post(address(room), {"entry_code": CODE})
    assert response.status_code == 429
    assert "분 뒤에" in response.content.decode()
    # Somebody far away who read the class's code on the wall locks nobody out of it.
    assert Client().post(address(room), {"entry_code": CODE}).status_code == 302


@pytest.mark.parametrize(
    ("state", "is_open", "comes_in"),
    [
        (_State.REMOVED, True, True),
        (_State.LEFT, True, True),
        (_State.REMOVED, False, False),
        (_State.LEFT, False, False),
        (_State.BLOCKED, True, False),
    ],
)
def test_who_is_out_comes_in_only_where_the_class_is_open(
    state: str, is_open: bool, comes_in: bool
) -> None:
    room = make_classroom(join_open=is_open)
    place = enroll(room, "김하늘", entry_code=CODE, state=state)
    response = Client().post(address(room), {"entry_code": CODE})
    place.refresh_from_db()
    if comes_in:
        assert response.status_code == 302
        assert place.is_active
        assert Learner.objects.get(pk=place.learner_id).is_admitted
    else:
        assert response.status_code == 409
        assert CANNOT_JOIN in response.content.decode()
        assert place.state == state


def test_blocked_and_removed_from_a_closed_class_sound_the_same() -> None:
    said = set()
    for state, is_open in [(_State.BLOCKED, True), (_State.REMOVED, False)]:
        place = enroll(make_classroom(join_open=is_open), "김하늘", state=state)
        with pytest.raises(RefusedError) as refusal:
            come_back(place=place, now=NOW)
        said.add(str(refusal.value))
    assert len(said) == 1


def test_an_archived_class_is_still_read_by_who_was_in_it() -> None:
    room = make_classroom(archived_at=NOW)
    enroll(room, "김하늘", entry_code=CODE)
    client = Client()
    assert client.post(address(room), {"entry_code": CODE}).status_code == 302
    assert client.get(room.get_absolute_url()).status_code == 200


def test_on_a_shared_computer_classmates_take_turns_and_nobody_gets_the_others_work() -> None:
    room = make_classroom()
    before = enroll(room, "이바다", entry_code="WXYZ2345")
    place = enroll(room, "김하늘", entry_code=CODE)
    client = browser_of(before.learner)
    response = client.post(address(room), {"entry_code": CODE})
    assert response["Location"] == room.get_absolute_url()
    assert client.session[SESSION_KEY] == place.learner.pk
    assert LEFT_KEY not in client.session
    client.post(address(room), {"entry_code": "WXYZ2345"})
    assert client.session[SESSION_KEY] == before.learner.pk


def test_who_was_somebody_in_another_class_is_asked_whose_that_was() -> None:
    room, before = make_classroom(), enroll(make_classroom(), "이바다")
    enroll(room, "김하늘", entry_code=CODE)
    client = browser_of(before.learner)
    response = client.post(address(room), {"entry_code": CODE})
    assert response["Location"].startswith("/me/move/?next=")
    assert client.session[LEFT_KEY] == before.learner.pk


def test_a_place_that_an_account_has_is_entered_by_signing_in_only() -> None:
    room = make_classroom()
    place = enroll(room, make_user(), entry_code=CODE)
    assert find_by_entry_code(room, CODE) is None
    client = Client()
    assert client.post(address(room), {"entry_code": CODE}).status_code == 422
    assert client.session.get(SESSION_KEY) != place.learner.pk


def test_a_signed_in_account_takes_the_place_over_after_it_said_so() -> None:
    room, user = make_classroom(), make_user("kim")
    place = enroll(room, "김하늘", entry_code=CODE, student_number="7", entered_at=None)
    client = signed_in(user)
    page = client.post(address(room), {"entry_code": CODE}).content.decode()
    assert "되돌릴 수 없습니다" in page
    assert "(7)" in page
    assert not Learner.objects.filter(user=user, enrollments=place).exists()
    response = client.post(address(room), {"entry_code": CODE, "go": "claim"})
    assert response["Location"] == room.get_absolute_url()
    place.refresh_from_db()
    assert place.learner.user == user
    assert (place.name, place.student_number, place.entry_digest) == ("김하늘", "7", "")
    assert place.entered_at is not None
    assert client.get(room.get_absolute_url()).status_code == 200
    assert Client().post(address(room), {"entry_code": CODE}).status_code == 422


@pytest.mark.parametrize("state", list(_State))
def test_an_account_that_was_in_the_class_takes_no_second_place(state: str) -> None:
    room, user = make_classroom(), make_user()
    enroll(room, user, state=state)
    place = enroll(room, "김하늘", entry_code=CODE)
    with pytest.raises(RefusedError, match="이미"):
        claim(enrollment=place, user=user, now=NOW)
    place.refresh_from_db()
    assert place.learner.user is None
    assert place.entry_digest


def test_an_instructor_of_the_class_takes_no_place_over() -> None:
    teacher = make_user(role="instructor")
    room = make_classroom(teacher)
    place = enroll(room, "김하늘")
    with pytest.raises(RefusedError, match="담당 강사"):
        claim(enrollment=place, user=teacher, now=NOW)


def test_a_blocked_place_is_not_taken_over() -> None:
    room = make_classroom()
    place = enroll(room, "김하늘", state=_State.BLOCKED)
    with pytest.raises(RefusedError, match=CANNOT_JOIN):
        claim(enrollment=place, user=make_user(), now=NOW)
