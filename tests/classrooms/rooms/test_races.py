"""Many at once, on a database that really locks: everybody is served, and nothing happens twice."""

import uuid
from collections import Counter

import pytest

from apps.accounts.models import Learner
from apps.classrooms.domain.roster import RosterRow
from apps.classrooms.models import Enrollment
from apps.classrooms.services.joining import (
    RefusedError,
    claim,
    find_by_entry_code,
    join_by_name,
    join_with_account,
)
from apps.classrooms.services.rooms import remove_instructor
from apps.classrooms.services.roster import add_roster
from tests.classrooms.factories import NOW, enroll, make_classroom, make_user
from tests.quizzes.test_races import _locking_database, together  # noqa: F401 – a fixture

CODE = "ABCD2345"


def test_one_account_that_joins_many_times_at_once_is_in_once() -> None:
    room, user = make_classroom(), make_user()
    places = together(
        lambda _: join_with_account(
            classroom=room, user=user, name="김하늘", student_number="7", now=NOW
        )
    )
    assert len({place.pk for place in places}) == 1
    assert Enrollment.objects.count() == 1
    assert Learner.objects.count() == 1


def test_many_who_join_by_name_at_once_are_all_in_with_codes_of_their_own() -> None:
    room = make_classroom(guests_allowed=True)
    made = together(
        lambda number: join_by_name(
            classroom=room, name="김하늘", student_number=str(number), now=NOW
        )
    )
    assert len({code for _, code in made}) == len(made) == Enrollment.objects.count()


def test_of_many_with_one_number_one_is_in() -> None:
    room = make_classroom(guests_allowed=True)
    users = [make_user() for _ in range(10)]

    def join(number: int) -> str:
        try:
            if number % 2:
                join_by_name(classroom=room, name="이바다", student_number="7", now=NOW)
            else:
                join_with_account(
                    classroom=room,
                    user=users[number // 2],
                    name="김하늘",
                    student_number="7",
                    now=NOW,
                )
        except RefusedError as refusal:
            return str(refusal)
        return "in"

    said = Counter(together(join))
    assert said.pop("in") == 1
    assert len(said) == 1
    assert "학번" in next(iter(said))
    assert Enrollment.objects.count() == 1


def test_a_form_that_is_sent_many_times_at_once_makes_one_learner() -> None:
    room, place = make_classroom(guests_allowed=True), uuid.uuid4()
    made = together(
        lambda _: join_by_name(
            classroom=room, name="김하늘", student_number="7", now=NOW, place=place
        ),
        count=6,
    )
    assert Enrollment.objects.count() == 1
    assert sum(find_by_entry_code(room, code) is not None for _, code in made) == 1


def test_of_two_accounts_that_take_one_place_over_one_gets_it() -> None:
    room = make_classroom()
    place = enroll(room, "김하늘", entry_code=CODE)
    users = [make_user() for _ in range(4)]

    def take(number: int) -> bool:
        try:
            claim(enrollment=place, user=users[number], now=NOW)
        except RefusedError:
            return False
        return True

    assert sum(together(take, count=4)) == 1
    assert Enrollment.objects.get().learner.user in users


def test_a_roster_that_is_applied_twice_at_once_is_there_once() -> None:
    teacher = make_user(role="instructor")
    room = make_classroom(teacher)
    rows = [RosterRow(number, f"학생{number}", str(number)) for number in range(30)]

    def apply(_: int) -> bool:
        try:
            add_roster(classroom=room, rows=rows, by=teacher, now=NOW)
        except RefusedError:
            return False
        return True

    assert sum(together(apply, count=4)) == 1
    assert Enrollment.objects.count() == 30
    assert Learner.objects.count() == 30


@pytest.mark.parametrize("turn", range(3))
def test_two_instructors_who_remove_each_other_leave_one(turn: int) -> None:
    teachers = [make_user(role="instructor"), make_user(role="instructor")]
    room = make_classroom(teachers[0])
    room.instructorships.create(user=teachers[1], added_at=NOW)

    def remove(number: int) -> bool:
        try:
            remove_instructor(
                classroom=room, user=teachers[1 - number], by=teachers[number], now=NOW
            )
        except RefusedError:
            return False
        return True

    assert sum(together(remove, count=2)) == 1
    assert room.instructorships.count() == 1
