"""Two things at once: whichever comes first, nobody gains or leaks by it."""

from collections.abc import Callable

import pytest

from apps.accounts.models import Learner, User
from apps.accounts.services.erasing import erase_account, erase_learner
from apps.accounts.services.learners import learner_of
from apps.accounts.services.moving import move_records
from apps.accounts.services.resetting import WrongCodeError, reset_password
from apps.classrooms.access import ArchivedError
from apps.classrooms.models import Enrollment
from apps.classrooms.services.joining import (
    RefusedError,
    claim,
    find_by_entry_code,
    join_with_account,
    rejoin,
)
from apps.classrooms.services.people import leave, send_out
from apps.classrooms.services.resets import reset_for_learner
from tests.classrooms.factories import NOW, enroll, make_classroom, make_user
from tests.quizzes.test_races import _locking_database, together  # noqa: F401 – a fixture

CODE = "ABCD2345"
ROUNDS = 6
_State = Enrollment.State


def attempt(action: Callable[[], object]) -> object:
    """What came of it; None where a rule said no."""
    try:
        return action()
    except (RefusedError, ArchivedError, WrongCodeError):
        return None


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_joining_and_erasing_leave_no_name_behind(turn: int) -> None:
    user, room = make_user("pupil"), make_classroom()
    if turn % 3 == 1:
        learner_of(user, now=NOW)
    if turn % 3 == 2:
        enroll(room, user, state=_State.LEFT, name="김표지")

    def act(number: int) -> object:
        if number == turn % 2:
            return erase_account(user=User.objects.get(pk=user.pk), now=NOW)
        return attempt(
            lambda: join_with_account(
                classroom=room, user=user, name="김표지", student_number="7", now=NOW
            )
        )

    together(act, 2)
    assert not User.objects.filter(pk=user.pk).exists()
    assert not Enrollment.objects.filter(name="김표지").exists()
    assert not Enrollment.objects.active().filter(classroom=room).exists()


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_place_that_is_claimed_and_moved_at_once_has_one_owner(turn: int) -> None:
    room = make_classroom()
    place = enroll(room, "김하늘", entry_code=CODE)
    one, other = make_user("one"), make_user("other")
    learner_of(other, now=NOW)

    def act(number: int) -> object:
        if number == turn % 2:
            target = Learner.objects.get(user=other)
            return move_records(source=place.learner, target=target, now=NOW)
        found = find_by_entry_code(room, CODE)
        return found and attempt(lambda: claim(enrollment=found, user=one, now=NOW))

    together(act, 2)
    kept = Enrollment.objects.select_related("learner__user").get(classroom=room)
    assert kept.learner.user in {one, other}
    assert kept.is_active
    assert find_by_entry_code(room, CODE) is None


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_place_that_is_claimed_and_erased_at_once_is_one_or_the_other(turn: int) -> None:
    room, user = make_classroom(), make_user("one")
    place = enroll(room, "김표지", entry_code=CODE)

    def act(number: int) -> object:
        if number == turn % 2:
            return erase_learner(learner=place.learner, now=NOW)
        found = find_by_entry_code(room, CODE)
        return found and attempt(lambda: claim(enrollment=found, user=user, now=NOW))

    together(act, 2)
    kept = Enrollment.objects.select_related("learner__user").get(classroom=room)
    claimed = kept.learner.user == user
    assert kept.is_active is claimed
    assert (kept.name == "김표지") is claimed


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_block_at_the_moment_of_coming_back_holds(turn: int) -> None:
    room, teacher = make_classroom(), make_user("teacher", "instructor")
    place = enroll(room, "김하늘", state=_State.REMOVED)

    def act(number: int) -> object:
        if number == turn % 2:
            send_out(place=place, state=_State.BLOCKED, by=teacher, now=NOW)
            return None
        return attempt(lambda: rejoin(place=place, now=NOW))

    together(act, 2)
    place.refresh_from_db()
    assert place.state == _State.BLOCKED
    assert not Learner.objects.get(pk=place.learner_id).is_admitted


@pytest.mark.parametrize("turn", range(ROUNDS))
@pytest.mark.parametrize("way", ["join", "leave"])
def test_a_code_given_while_the_learner_goes_elsewhere_opens_nothing(way: str, turn: int) -> None:
    teacher, pupil = make_user("teacher", "instructor"), make_user("pupil")
    place = enroll(make_classroom(teacher), pupil)
    elsewhere = make_classroom()

    def go() -> object:
        if way == "leave":
            return leave(place=place)
        return join_with_account(
            classroom=elsewhere, user=pupil, name="김하늘", student_number="", now=NOW
        )

    def act(number: int) -> object:
        if number != turn % 2:
            return attempt(go)
        return attempt(lambda: reset_for_learner(enrollment=place, by=teacher, now=NOW))

    codes = [each for each in together(act, 2) if isinstance(each, str)]
    for code in codes:
        with pytest.raises(WrongCodeError):
            reset_password(name="pupil", code=code, password="한 칸씩 올라가기", now=NOW)
