"""Standings read from the database: for instructors all, for learners what may be told."""

import datetime as dt
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from apps.classrooms.domain.standing import Judgment, Standing, State
from apps.classrooms.models import Assignment, Classroom, Enrollment
from apps.classrooms.queries.standings import (
    full_scores,
    learner_standing,
    learner_standings,
    standings,
)
from apps.content.catalogue import Catalogue
from apps.lessons.models import ReadingProgress
from apps.quizzes.models import Attempt, Pool, Section
from apps.quizzes.queries import may_see_result
from tests.classrooms.factories import enroll, make_classroom
from tests.classrooms.gradebook.work import AFTER, DUE, LATEST, begin, hand_in, say
from tests.classrooms.work_factories import assign_quiz, assign_reading, make_exam_quiz, run_of
from tests.quizzes.factories import (
    HOUR,
    MINUTE,
    NOW,
    add_draws,
    extend,
    make_question,
    make_quiz,
)

pytestmark = pytest.mark.django_db


def only(assignment: Assignment, enrollment: Enrollment, now: dt.datetime = NOW) -> Standing:
    return standings([assignment], [enrollment], now=now)[assignment.pk, enrollment.pk]


def test_nobody_has_begun_and_the_maximum_is_what_the_quiz_would_deal(
    classroom: Classroom,
) -> None:
    pool = [make_question("single", topic="pool", pool=Pool.EXAM) for _ in range(3)]
    quiz = make_quiz()
    section = Section.objects.create(quiz=quiz, position=1)
    fixed = {"question": make_question("numeric"), "points": Decimal("2.5")}
    add_draws(section, fixed, {"topic": "pool", "pool": Pool.EXAM, "count": 2, "points": 3})
    assert len(pool) == 3
    standing = only(assign_quiz(classroom, quiz), enroll(classroom))
    assert (standing.state, standing.max_score) == (State.NOT_STARTED, Decimal("8.5"))
    assert full_scores([quiz.pk]) == {quiz.pk: Decimal("8.5")}


def test_a_score_on_time_and_a_late_one_with_its_deduction(classroom: Classroom) -> None:
    assignment = assign_quiz(
        classroom, closes_at=DUE, late_until=LATEST, late_deduction=50, max_attempts=1
    )
    early, late = enroll(classroom, "가람"), enroll(classroom, "나래")
    hand_in(assignment, early, right_ones=2)
    hand_in(assignment, late, right_ones=2, now=DUE + HOUR)
    found = standings([assignment], [early, late], now=AFTER)
    assert found[assignment.pk, early.pk].state is State.DONE_ON_TIME
    assert found[assignment.pk, early.pk].score == 2
    assert found[assignment.pk, late.pk].state is State.DONE_LATE
    assert found[assignment.pk, late.pk].score == 1


def test_an_attempt_whose_time_is_over_is_closed_by_whoever_looks(classroom: Classroom) -> None:
    assignment = assign_quiz(classroom, time_limit=600)
    learner = enroll(classroom)
    begin(assignment, learner)
    assert only(assignment, learner, NOW + 10 * MINUTE).state is State.WORKING
    closed = only(assignment, learner, NOW + 11 * MINUTE)
    assert (closed.state, closed.finished_at) == (State.DONE_ON_TIME, NOW + 10 * MINUTE)
    assert not Attempt.objects.running().exists()


def test_an_extension_moves_the_due_time_of_one_learner_alone(classroom: Classroom) -> None:
    assignment = assign_quiz(classroom, closes_at=DUE)
    extended, other = enroll(classroom, "가람"), enroll(classroom, "나래")
    extend(run_of(assignment), extended.learner, closes_at=DUE + 2 * HOUR)
    found = standings([assignment], [extended, other], now=DUE + HOUR)
    assert found[assignment.pk, extended.pk].state is State.NOT_STARTED
    assert found[assignment.pk, extended.pk].due_at == DUE + 2 * HOUR
    assert found[assignment.pk, other.pk].state is State.MISSING


@pytest.mark.usefixtures("course")
def test_a_reading_is_done_once_it_was_marked_as_read(
    classroom: Classroom, course: Catalogue
) -> None:
    assignment = assign_reading(classroom, due_at=DUE)
    learner, other = enroll(classroom, "가람"), enroll(classroom, "나래")
    assert assignment.lesson is not None
    ReadingProgress.objects.create(
        learner=learner.learner, lesson=assignment.lesson, read_at=DUE + HOUR, updated_at=NOW
    )
    found = standings([assignment], [learner, other], now=AFTER)
    assert found[assignment.pk, learner.pk].state is State.DONE_LATE
    assert found[assignment.pk, other.pk].state is State.MISSING


def test_the_newest_mark_holds_and_each_learner_has_their_own(classroom: Classroom) -> None:
    assignment = assign_quiz(classroom)
    one, other = enroll(classroom, "가람"), enroll(classroom, "나래")
    say(assignment, one, Judgment(is_excused=True, reason="병결"))
    say(assignment, one, Judgment(score=Decimal("1.5"), reason="구술로 확인"))
    found = standings([assignment], [one, other], now=NOW)
    assert found[assignment.pk, one.pk].score == Decimal("1.5")
    assert not found[assignment.pk, other.pk].is_overridden


def test_an_override_outlives_a_regrade(classroom: Classroom) -> None:
    assignment, learner = assign_quiz(classroom), enroll(classroom)
    attempt = hand_in(assignment, learner, right_ones=1)
    say(assignment, learner, Judgment(score=Decimal("1.75"), reason="복수 정답"))
    Attempt.objects.filter(pk=attempt.pk).update(score=Decimal(2))  # what a regrade writes
    assert only(assignment, learner).score == Decimal("1.75")
    assert only(assignment, learner).raw_score == 2


def test_only_learners_and_assignments_of_one_class_meet(classroom: Classroom) -> None:
    assignment = assign_quiz(classroom)
    stranger = enroll(make_classroom(), "남")
    assert standings([assignment], [stranger], now=NOW) == {}


def test_queries_grow_with_neither_learners_nor_assignments(
    classroom: Classroom, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def grow(assignments: int, learners: int) -> None:
        quiz = make_exam_quiz("single")
        for _ in range(assignments):
            assign_quiz(classroom, quiz, closes_at=DUE, time_limit=600)
        for index in range(learners):
            enroll(classroom, f"학습자 {index}")

    grow(1, 1)
    for _ in range(2):
        for enrollment in Enrollment.objects.all():
            begin(Assignment.objects.all()[0], enrollment)
        assignments = list(Assignment.objects.with_targets())
        people = list(Enrollment.objects.select_related("learner"))
        with django_assert_num_queries(5):
            standings(assignments, people, now=NOW)
        grow(3, 6)


# What a learner may know ------------------------------------------------------------------------


def test_the_learner_sees_the_state_at_once_and_the_score_after_the_close(
    classroom: Classroom,
) -> None:
    assignment = assign_quiz(classroom, closes_at=DUE, feedback="after_close")
    learner, extended = enroll(classroom, "가람"), enroll(classroom, "나래")
    hand_in(assignment, learner, right_ones=2)
    say(assignment, learner, Judgment(score=Decimal(1), reason="베낌", comment="3번을 보세요."))
    extend(run_of(assignment), extended.learner, closes_at=DUE + 2 * HOUR)
    before = learner_standing(assignment, learner, now=DUE + HOUR)
    assert (before.state, before.is_told, before.score) == (State.DONE_ON_TIME, False, None)
    assert (before.comment, before.reason, before.is_overridden) == ("", "", False)
    after = learner_standing(assignment, learner, now=DUE + 3 * HOUR)
    assert (after.is_told, after.score, after.comment) == (True, Decimal(1), "3번을 보세요.")


def test_which_attempt_is_the_best_is_not_told_before_the_scores(classroom: Classroom) -> None:
    assignment = assign_quiz(
        classroom, closes_at=DUE, late_until=LATEST, late_deduction=10, feedback="after_close"
    )
    better_early, better_late = enroll(classroom, "가람"), enroll(classroom, "나래")
    for learner, first, second in [(better_early, 2, 0), (better_late, 0, 2)]:
        hand_in(assignment, learner, right_ones=first)
        hand_in(assignment, learner, right_ones=second, now=DUE + HOUR)
    seen = [
        learner_standing(assignment, each, now=LATEST - HOUR)
        for each in (better_early, better_late)
    ]
    assert seen[0] == seen[1]
    assert only(assignment, better_early, LATEST - HOUR).state is State.DONE_ON_TIME


@pytest.mark.parametrize("feedback", ["after_submit", "after_close"])
@pytest.mark.parametrize("sits_elsewhere", [False, True])
@pytest.mark.parametrize("now", [NOW + MINUTE, DUE, DUE + HOUR, DUE + 3 * HOUR])
def test_scores_are_told_when_the_review_of_the_attempt_is(
    classroom: Classroom, feedback: str, sits_elsewhere: bool, now: dt.datetime
) -> None:
    quiz = make_exam_quiz()
    assignment = assign_quiz(classroom, quiz, closes_at=DUE, feedback=feedback)
    elsewhere = assign_quiz(classroom, quiz)
    learner, extended = enroll(classroom, "가람"), enroll(classroom, "나래")
    extend(run_of(assignment), extended.learner, closes_at=DUE + 2 * HOUR)
    attempt = hand_in(assignment, learner, right_ones=1)
    if sits_elsewhere:
        begin(elsewhere, learner)
    told = learner_standing(assignment, learner, now=now).is_told
    assert told == may_see_result(attempt, now=now)


def test_a_word_to_somebody_who_has_not_begun_is_told(classroom: Classroom) -> None:
    assignment, learner = assign_quiz(classroom, closes_at=DUE), enroll(classroom)
    say(assignment, learner, Judgment(comment="내일까지 꼭 내세요."))
    assert learner_standing(assignment, learner, now=NOW).comment == "내일까지 꼭 내세요."


def test_many_assignments_of_one_learner_take_as_few_queries_as_one(
    classroom: Classroom, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    learner = enroll(classroom)
    for count in (1, 5):
        while Assignment.objects.count() < count:
            made = assign_quiz(classroom, closes_at=DUE, feedback="after_close")
            hand_in(made, learner, right_ones=1)
        assignments = list(Assignment.objects.with_targets())
        with django_assert_num_queries(6):
            learner_standings(assignments, learner, now=NOW)
        with django_assert_num_queries(7):  # what else asks the same questions
            learner_standings(assignments, learner, now=DUE + HOUR)
