"""Instructors who mark the same work at the same moment, on a database that really locks."""

from decimal import Decimal

from apps.classrooms.domain.standing import Judgment
from apps.classrooms.models import Mark
from apps.classrooms.services.marking import StaleMarkError
from tests.classrooms.factories import enroll, make_classroom, make_user
from tests.classrooms.gradebook.work import say
from tests.classrooms.work_factories import assign_quiz
from tests.quizzes.test_races import _locking_database, together  # noqa: F401 – pytest calls it


def test_one_of_many_at_once_is_written_and_the_others_are_shown_it() -> None:
    teacher = make_user(role="instructor")
    classroom = make_classroom(teacher)
    assignment, learner = assign_quiz(classroom), enroll(classroom)

    def mark(number: int) -> Decimal | None:
        judgment = Judgment(score=Decimal(number) / 100, reason="동시에")
        try:
            say(assignment, learner, judgment, by=teacher, base=0)
        except StaleMarkError as refusal:
            return refusal.newest.score
        return None

    told = together(mark, 6)
    stored = Mark.objects.get()
    assert sorted(told, key=str) == sorted([None, *[stored.score] * 5], key=str)


def test_the_same_mark_sent_many_times_at_once_is_one() -> None:
    teacher = make_user(role="instructor")
    classroom = make_classroom(teacher)
    assignment, learner = assign_quiz(classroom), enroll(classroom)
    judgment = Judgment(is_excused=True, reason="병결")
    made = together(lambda _: say(assignment, learner, judgment, by=teacher, base=0), 6)
    assert {mark.pk for mark in made if mark is not None} == {Mark.objects.get().pk}
