"""The lists of assignments on both pages of a class."""

from typing import Any

import pytest
from django.template.loader import render_to_string

from apps.classrooms.models import Classroom, Enrollment
from apps.classrooms.queries.assignments import instructor_rows, learner_rows
from apps.content.catalogue import Catalogue
from apps.lessons.models import Lesson
from apps.lessons.services import mark_read
from tests.classrooms.factories import enroll, make_classroom
from tests.classrooms.gradebook.work import begin, hand_in, plain
from tests.classrooms.work_factories import assign_quiz, assign_reading, run_of
from tests.quizzes.factories import HOUR, NOW, extend

pytestmark = pytest.mark.django_db
DUE = NOW + 24 * HOUR


def shown(rows: Any) -> str:
    return plain(render_to_string("classrooms/_assignments.html", {"assignment_rows": rows}))


def a_class() -> tuple[Classroom, Enrollment]:
    classroom = make_classroom()
    return classroom, enroll(classroom, "김하늘")


def test_a_learner_sees_state_end_and_what_remains() -> None:
    classroom, person = a_class()
    assign_quiz(classroom, title="1주", closes_at=DUE)
    text = shown(learner_rows(person, NOW))
    assert "1주 퀴즈" in text
    assert "시작 전" in text
    assert "마감: 2026년 3월 7일 (토) 18:00 (한국 시각) · 1일 남음" in text


def test_what_is_to_be_done_next_comes_first() -> None:
    classroom, person = a_class()
    assign_quiz(classroom, title="지남", closes_at=NOW - HOUR)
    done = assign_quiz(classroom, title="냄", closes_at=NOW + HOUR)
    assign_quiz(classroom, title="끝 없음")
    assign_quiz(classroom, title="나중", closes_at=DUE + HOUR)
    assign_quiz(classroom, title="먼저", closes_at=DUE)
    hand_in(done, person, right_ones=1)
    titles = [row.assignment.title for row in learner_rows(person, NOW)]
    assert titles == ["먼저", "나중", "끝 없음", "냄", "지남"]


def test_a_learner_does_not_see_what_was_taken_down() -> None:
    classroom, person = a_class()
    assignment = assign_quiz(classroom)
    assignment.retired_at = NOW
    assignment.save()
    assert learner_rows(person, NOW) == []
    (row,) = instructor_rows(classroom, NOW)
    assert row.phase == "내림"


def test_ones_own_end_is_shown() -> None:
    classroom, person = a_class()
    other = enroll(classroom, "이바다")
    assignment = assign_quiz(classroom, closes_at=DUE)
    extend(run_of(assignment), person.learner, closes_at=DUE + HOUR)
    assert "19:00 (한국 시각) · 1일 1시간 남음 연장됨" in shown(learner_rows(person, NOW))
    assert "연장됨" not in shown(learner_rows(other, NOW))


def test_lateness_that_is_still_taken_is_said() -> None:
    classroom, person = a_class()
    assign_quiz(classroom, closes_at=NOW - HOUR, late_until=NOW + HOUR)
    text = shown(learner_rows(person, NOW))
    assert (
        "마감이 지났습니다. 지각 제출: 2026년 3월 6일 (금) 19:00 (한국 시각) · 1시간 남음" in text
    )


def test_a_score_that_is_not_told_is_not_in_the_list() -> None:
    classroom, person = a_class()
    told = assign_quiz(classroom, title="바로")
    hidden = assign_quiz(classroom, title="나중", closes_at=DUE, feedback="after_close")
    for assignment in (told, hidden):
        hand_in(assignment, person, right_ones=1)
    assert shown(learner_rows(person, NOW)).count("1 / 2점") == 1


def test_an_instructor_sees_how_many_have_handed_in() -> None:
    classroom, person = a_class()
    others = [enroll(classroom, name) for name in ("이바다", "박구름")]
    removed = enroll(classroom, "나간 사람", state="removed")
    assignment = assign_quiz(classroom)
    hand_in(assignment, person, right_ones=1)
    hand_in(assignment, person, right_ones=2)
    hand_in(assignment, removed, right_ones=2)
    begin(assignment, others[0])
    (row,) = instructor_rows(classroom, NOW)
    assert row.tally is not None
    assert (row.tally.learners, row.tally.begun, row.tally.done) == (3, 2, 1)
    assert "진행 중 · 제출 1 / 3명 (시작 2명)" in shown([row])


@pytest.mark.parametrize(
    ("rules", "phase"),
    [
        ({}, "진행 중"),
        ({"opens_at": NOW + HOUR}, "열리기 전"),
        ({"closes_at": NOW - HOUR}, "마감"),
        ({"closes_at": NOW - HOUR, "late_until": DUE}, "지각 받는 중"),
    ],
)
def test_an_instructor_sees_what_an_assignment_is_doing(rules: Any, phase: str) -> None:
    classroom, _ = a_class()
    assign_quiz(classroom, **rules)
    assert [row.phase for row in instructor_rows(classroom, NOW)] == [phase]


def test_readings_are_listed_with_who_has_read(course: Catalogue) -> None:
    classroom, person = a_class()
    enroll(classroom, "이바다")
    lesson = Lesson.objects.current()[0]
    assign_reading(classroom, lesson, due_at=DUE)
    mark_read(learner=person.learner, lesson=lesson, read=True, now=NOW)
    assert "읽음 1 / 2명" in shown(instructor_rows(classroom, NOW))
    assert "읽기 과제 읽기 읽음" in shown(learner_rows(person, NOW))


def test_an_empty_list_says_so() -> None:
    classroom, _ = a_class()
    assert "아직 낸 과제가 없습니다." in shown(instructor_rows(classroom, NOW))


def test_both_lists_ask_as_often_for_many_as_for_few(
    course: Catalogue, django_assert_max_num_queries: Any
) -> None:
    classroom, person = a_class()
    lesson = Lesson.objects.current()[0]
    for number in range(8):
        assignment = assign_quiz(classroom, title=f"{number}주", closes_at=DUE)
        assign_reading(classroom, lesson)
        hand_in(assignment, person, right_ones=1)
        extend(run_of(assignment), person.learner, closes_at=DUE + HOUR)
    with django_assert_max_num_queries(12):
        shown(learner_rows(person, NOW))
    with django_assert_max_num_queries(6):
        shown(instructor_rows(classroom, NOW))
