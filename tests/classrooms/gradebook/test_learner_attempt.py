"""An instructor looks at one learner's attempt."""

from decimal import Decimal

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.classrooms.domain.standing import Judgment
from apps.classrooms.models import Assignment, Classroom, Enrollment
from apps.quizzes.models import Attempt
from tests.classrooms.factories import enroll, make_classroom, make_user, signed_in
from tests.classrooms.gradebook.conftest import Clock
from tests.classrooms.gradebook.work import DUE, LATEST, begin, hand_in, say, words
from tests.classrooms.work_factories import assign_quiz, make_exam_quiz
from tests.quizzes.factories import HOUR, MINUTE, NOW, make_exam, start

pytestmark = pytest.mark.django_db


def page_of(assignment: Assignment, attempt: Attempt) -> str:
    return f"/assignments/{assignment.public_id}/attempts/{attempt.public_id}/"


@pytest.fixture
def learner(classroom: Classroom) -> Enrollment:
    return enroll(classroom, "김하늘")


@pytest.mark.parametrize("feedback", ["after_submit", "after_close"])
def test_the_whole_review_is_there_before_the_learner_may_see_it(
    classroom: Classroom, learner: Enrollment, desk: Client, feedback: str
) -> None:
    quiz = make_exam_quiz("single", "numeric", "short_text", "true_false", "multiple")
    assignment = assign_quiz(classroom, quiz, closes_at=DUE, feedback=feedback)
    attempt = hand_in(assignment, learner, right_ones=2)
    page = words(desk, page_of(assignment, attempt))
    assert "김하늘, 1번째 응시" in page
    assert "2 / 5점" in page
    assert page.count("1 / 1점") == 2
    assert page.count("0 / 1점") == 3
    assert "이 응시의 점수가 성적에 들어갑니다." in page
    assert "학습자 답" in page
    assert "답 답" not in page
    explanation = attempt.items.all()[0].spec.secret.explanation
    assert explanation
    assert explanation in page


def test_lateness_and_the_attempt_that_counts_are_named(
    classroom: Classroom, learner: Enrollment, desk: Client, clock: Clock
) -> None:
    assignment = assign_quiz(classroom, closes_at=DUE, late_until=LATEST, late_deduction=50)
    hand_in(assignment, learner, right_ones=2)
    late = hand_in(assignment, learner, right_ones=2, now=DUE + HOUR)
    clock.now = LATEST
    page = words(desk, page_of(assignment, late))
    assert "지각 감점 뒤 1점입니다." in page
    assert "다른 응시가 성적에 들어갑니다." in page


def test_where_an_instructor_decided_no_attempt_is_said_to_count(
    classroom: Classroom, learner: Enrollment, desk: Client
) -> None:
    assignment = assign_quiz(classroom)
    address = page_of(assignment, hand_in(assignment, learner, right_ones=1))
    say(assignment, learner, Judgment(score=Decimal("1.5"), reason="복수 정답"))
    assert "성적은 강사가 1.5점으로 정했습니다." in words(desk, address)
    say(assignment, learner, Judgment(is_excused=True, reason="병결"))
    assert "면제한 과제라 성적에 넣지 않습니다." in words(desk, address)


def test_a_running_attempt_shows_nothing_until_its_time_is_over(
    classroom: Classroom, learner: Enrollment, desk: Client, clock: Clock
) -> None:
    assignment = assign_quiz(classroom, time_limit=600)
    attempt = begin(assignment, learner)
    running = words(desk, page_of(assignment, attempt))
    assert "아직 풀고 있습니다." in running
    assert "문제별 풀이" not in running
    clock.now = NOW + 11 * MINUTE
    assert "문제별 풀이" in words(desk, page_of(assignment, attempt))


def test_it_is_for_the_instructors_of_this_class_alone(
    classroom: Classroom, learner: Enrollment
) -> None:
    assignment = assign_quiz(classroom)
    address = page_of(assignment, hand_in(assignment, learner, right_ones=1))
    assert Client().get(address).status_code == 302
    assert signed_in(make_user()).get(address).status_code == 403
    assert signed_in(make_user(role="instructor")).get(address).status_code == 404
    assert signed_in(make_user(role="admin")).get(address).status_code == 200


def test_only_attempts_at_this_assignment_by_learners_of_this_class_are_found(
    classroom: Classroom, learner: Enrollment, teacher: User, desk: Client
) -> None:
    quiz = make_exam_quiz()
    assignment, sibling = assign_quiz(classroom, quiz), assign_quiz(classroom, quiz)
    attempt = hand_in(assignment, learner, right_ones=1)
    assert desk.get(page_of(sibling, attempt)).status_code == 404
    own_practice = start(make_exam(), learner.learner)
    assert desk.get(page_of(assignment, own_practice)).status_code == 404
    stranger = enroll(make_classroom(teacher), "남")
    trial = hand_in(assignment, stranger, right_ones=1)
    assert desk.get(page_of(assignment, trial)).status_code == 404
    Enrollment.objects.filter(pk=learner.pk).update(state=Enrollment.State.REMOVED)
    assert desk.get(page_of(assignment, attempt)).status_code == 404
