"""Who may give a learner a code for a new password."""

import re
from typing import Any

import pytest

from apps.accounts.models import AuditEntry, ResetCode, User
from apps.accounts.services.resetting import find_reset_code
from apps.classrooms.models import Classroom, Enrollment
from apps.classrooms.services.resets import may_reset, reset_for_learner
from apps.classrooms.services.rooms import RefusedError
from tests.classrooms.factories import NOW, enroll, make_classroom, make_user, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher() -> User:
    return make_user(role="instructor")


@pytest.fixture
def room(teacher: User) -> Classroom:
    return make_classroom(teacher)


def test_an_instructor_resets_a_learner_of_own_classes_only(teacher: User, room: Classroom) -> None:
    place = enroll(room, make_user())
    enroll(make_classroom(teacher), place.learner)
    assert may_reset(teacher, place) is None


@pytest.mark.parametrize("archived_at", [None, NOW])
def test_a_learner_of_another_instructor_too_needs_an_administrator(
    teacher: User, room: Classroom, archived_at: Any
) -> None:
    place = enroll(room, make_user())
    enroll(make_classroom(archived_at=archived_at), place.learner)
    assert "관리자" in str(may_reset(teacher, place))
    assert may_reset(make_user(role="admin"), place) is None


def test_classes_that_the_learner_is_out_of_do_not_matter(teacher: User, room: Classroom) -> None:
    place = enroll(room, make_user())
    enroll(make_classroom(), place.learner, state="removed")
    enroll(make_classroom(), place.learner, state="left")
    assert may_reset(teacher, place) is None


@pytest.mark.parametrize("role", ["instructor", "admin"])
def test_nobody_with_a_further_role_is_reset_by_an_instructor(
    teacher: User, room: Classroom, role: str
) -> None:
    assert "관리자" in str(may_reset(teacher, enroll(room, make_user(role=role))))


@pytest.mark.parametrize("state", ["removed", "blocked", "left"])
def test_nobody_who_is_out_is_reset(teacher: User, room: Classroom, state: str) -> None:
    assert may_reset(teacher, enroll(room, make_user(), state=state))


def test_guests_have_no_password_and_switched_off_accounts_stay_off(
    teacher: User, room: Classroom
) -> None:
    assert "카드" in str(may_reset(teacher, enroll(room, "김하늘")))
    assert "중지" in str(may_reset(teacher, enroll(room, make_user(is_active=False))))


def test_an_instructor_of_another_class_may_not(room: Classroom) -> None:
    place = enroll(room, make_user())
    assert may_reset(make_user(role="instructor"), place) == "담당하는 반이 아닙니다."


def test_a_refused_reset_makes_no_code(teacher: User, room: Classroom) -> None:
    with pytest.raises(RefusedError):
        reset_for_learner(enrollment=enroll(room, "김하늘"), by=teacher, now=NOW)
    assert ResetCode.objects.count() == 0


def _address(place: Enrollment) -> str:
    return f"/classrooms/{place.classroom.public_id}/people/{place.public_id}/reset-code/"


def test_the_code_is_shown_once_and_audited(teacher: User, room: Classroom) -> None:
    place, client = enroll(room, make_user("kim")), signed_in(teacher)
    page = client.post(_address(place)).content.decode()
    code = re.search(r'class="secret">([^<]+)<', page)
    assert code is not None
    issued = ResetCode.objects.get()
    assert find_reset_code(name="kim", code=code[1], now=issued.issued_at) == issued
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.subject) == (teacher, "kim")
    assert client.get(_address(place)).status_code == 405
    assert code[1] not in client.get(_address(place)[: -len("reset-code/")]).content.decode()


def test_a_refusal_is_said_on_the_page(teacher: User, room: Classroom) -> None:
    place = enroll(room, make_user())
    enroll(make_classroom(), place.learner)
    client = signed_in(teacher)
    response = client.post(_address(place))
    assert response.status_code == 409
    assert "다른 강사의 반" in response.content.decode()
    page = client.get(_address(place)[: -len("reset-code/")]).content.decode()
    assert "재설정 코드 만들기" not in page
    assert "다른 강사의 반" in page


def test_in_an_archived_class_there_is_no_code(teacher: User) -> None:
    place = enroll(make_classroom(teacher, archived_at=NOW), make_user())
    assert signed_in(teacher).post(_address(place)).status_code == 409
    assert ResetCode.objects.count() == 0
