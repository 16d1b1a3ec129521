"""An instructor sets a quiz or a lesson to the class."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import AuditEntry
from apps.classrooms.access import ArchivedError
from apps.classrooms.models import Assignment, Classroom
from apps.classrooms.services.assigning import RefusedError
from apps.content.catalogue import Catalogue
from apps.lessons.models import Lesson
from apps.quizzes.models import Origin, Pool, Section
from tests.classrooms.factories import make_classroom, make_user, signed_in
from tests.classrooms.work_factories import assign_quiz, make_exam_quiz, run_of, teacher_of
from tests.quizzes.factories import HOUR, NOW, add_draws, make_quiz

pytestmark = pytest.mark.django_db
TYPED = {
    "title": "",
    "note": "",
    "opens_at": "",
    "closes_at": "",
    "late_until": "",
    "late_deduction": "",
    "time_limit": "",
    "max_attempts": "1",
    "counts": "best",
    "feedback": "after_submit",
}


def teacher(classroom: Classroom) -> Client:
    return signed_in(teacher_of(classroom))


def new(classroom: Classroom, kind: str = "") -> str:
    return f"/classrooms/{classroom.public_id}/assignments/new/{kind and f'?kind={kind}'}"


def post(classroom: Classroom, **typed: Any) -> Any:
    return teacher(classroom).post(new(classroom), {**TYPED, **typed})


def test_a_quiz_is_set_with_its_rules() -> None:
    classroom, quiz = make_classroom(), make_exam_quiz()
    response = post(
        classroom,
        quiz=quiz.slug,
        title="1주 과제",
        note="혼자 풀어 주세요.",
        opens_at="2026-03-07T09:00",
        closes_at="2026-03-08T23:59",
        late_until="2026-03-10T23:59",
        late_deduction="20",
        time_limit="50",
        max_attempts="2",
        counts="last",
        feedback="after_close",
    )
    assignment = Assignment.objects.get()
    assert (response.status_code, response["Location"]) == (302, assignment.get_absolute_url())
    run = run_of(assignment)
    assert (assignment.title, assignment.note) == ("1주 과제", "혼자 풀어 주세요.")
    assert (run.origin, run.slug) == (Origin.ASSIGNMENT, f"a-{assignment.public_id.hex}")
    assert run.opens_at == dt.datetime(2026, 3, 7, 0, 0, tzinfo=dt.UTC)
    assert run.closes_at == dt.datetime(2026, 3, 8, 14, 59, tzinfo=dt.UTC)
    assert (run.late_deduction, run.time_limit, run.max_attempts) == (20, 3000, 2)
    assert (run.counts, run.feedback) == ("last", "after_close")
    assert AuditEntry.objects.get().action == "assignment-created"


def test_without_a_title_it_is_the_quizs() -> None:
    classroom = make_classroom()
    quiz = make_exam_quiz(title="가" * 100)
    post(classroom, quiz=quiz.slug)
    assignment = Assignment.objects.get()
    assert assignment.title == "가" * 100
    assert run_of(assignment).title == "가" * 60


def test_what_is_left_empty_is_no_limit() -> None:
    classroom = make_classroom()
    post(classroom, quiz=make_exam_quiz().slug, max_attempts="")
    run = run_of(Assignment.objects.get())
    assert (run.opens_at, run.closes_at, run.late_until) == (None, None, None)
    assert (run.time_limit, run.max_attempts, run.late_deduction) == (None, None, 0)


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"quiz": ""}, "quiz", "퀴즈를 골라 주세요."),
        ({"quiz": "no-such-quiz"}, "quiz", "지금 낼 수 없는 퀴즈입니다."),
        ({"closes_at": "내일 저녁"}, "closes_at", "읽을 수 없습니다"),
        ({"closes_at": "2026-03-06T12:00"}, "closes_at", "이미 지난 시각입니다."),
        ({"time_limit": "0"}, "time_limit", "1에서 1440 사이"),
        ({"time_limit": "한 시간"}, "time_limit", "1에서 1440 사이"),
        ({"max_attempts": "1.5"}, "max_attempts", "1에서 50 사이"),
        ({"late_deduction": "101"}, "late_deduction", "0에서 100 사이"),
        ({"late_deduction": "10"}, "late_until", "언제까지 받을지도"),
        ({"late_until": "2026-03-10T10:00"}, "late_until", "마감 시각을 먼저"),
        ({"feedback": "after_close"}, "closes_at", "마감 시각이 있어야 합니다."),
        ({"feedback": "immediate"}, "feedback", "시험 문제가 든 퀴즈"),
        ({"feedback": "never"}, "feedback", "목록에서 골라 주세요."),
        ({"counts": ""}, "counts", "하나를 골라 주세요."),
        ({"title": "가" * 121}, "title", "120자까지"),
        (
            {"opens_at": "2026-03-09T10:00", "closes_at": "2026-03-08T10:00"},
            "closes_at",
            "여는 시각보다 뒤",
        ),
        (
            {"closes_at": "2026-03-09T10:00", "late_until": "2026-03-09T10:00"},
            "late_until",
            "마감 시각보다 뒤",
        ),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost(
    typed: dict[str, str], field: str, says: str
) -> None:
    classroom, quiz = make_classroom(), make_exam_quiz()
    response = post(classroom, **{"quiz": quiz.slug, "note": "적어 둔 안내", **typed})
    html = response.content.decode()
    assert response.status_code == 422
    assert says in response.context["form"].errors[field][0]
    assert f'id="id_{field}_error"' in html
    assert "적어 둔 안내" in html
    for value in typed.values():
        assert value in html or value in {"no-such-quiz", "never"}
    assert not Assignment.objects.exists()


def test_problems_are_listed_in_the_order_of_the_page() -> None:
    page = post(make_classroom(), late_deduction="120").content.decode()
    listed = page.split('role="alert"', 1)[1].split("</div>", 1)[0]
    assert 0 < listed.index("#id_quiz") < listed.index("#id_late_deduction")


def test_an_exam_pool_drawn_at_random_gets_no_immediate_feedback() -> None:
    classroom, quiz = make_classroom(), make_quiz()
    section = Section.objects.create(quiz=quiz, position=1)
    add_draws(section, {"topic": "vpc", "pool": Pool.EXAM, "count": 2})
    with pytest.raises(RefusedError, match="시험 문제"):
        assign_quiz(classroom, quiz, feedback="immediate")


def test_practice_may_be_set_with_immediate_feedback() -> None:
    assignment = assign_quiz(
        make_classroom(), make_exam_quiz("single", pool=Pool.PRACTICE), feedback="immediate"
    )
    assert run_of(assignment).is_practice


def test_the_service_refuses_what_the_form_would() -> None:
    with pytest.raises(RefusedError) as refusal:
        assign_quiz(make_classroom(), opens_at=NOW + HOUR, closes_at=NOW)
    assert refusal.value.field == "closes_at"


def test_a_quiz_that_was_taken_down_cannot_be_set() -> None:
    classroom, quiz = make_classroom(), make_exam_quiz(retired_at=NOW)
    assert post(classroom, quiz=quiz.slug).status_code == 422
    with pytest.raises(RefusedError, match="더는 내지 않는"):
        assign_quiz(classroom, quiz)


def test_quizzes_are_offered_with_items_and_minutes_and_exams_apart() -> None:
    classroom = make_classroom()
    make_exam_quiz("single", pool=Pool.PRACTICE, title="연습 퀴즈", minutes=5)
    make_exam_quiz(title="시험 퀴즈", minutes=20)
    html = teacher(classroom).get(new(classroom)).content.decode()
    practice, exams = html.index('label="연습 문제"'), html.index('label="시험 문제"')
    assert practice < html.index("연습 퀴즈 (1문제, 5분쯤)") < exams
    assert exams < html.index("시험 퀴즈 (2문제, 20분쯤)")
    # Of a quiz that everybody may take, nothing that is said here keeps the key.
    assert "학습자가 거기서 미리 풀어 정답을 볼 수 있습니다" in html


def test_a_lesson_is_set_to_read(course: Catalogue) -> None:
    classroom, lesson = make_classroom(), Lesson.objects.current()[1]
    response = teacher(classroom).post(
        new(classroom, "reading"),
        {"lesson": lesson.slug, "title": "", "note": "", "due_at": "2026-03-09T09:00"},
    )
    assignment = Assignment.objects.get()
    assert response.status_code == 302
    assert (assignment.lesson, assignment.title, assignment.run) == (lesson, lesson.title, None)
    assert assignment.due_at == dt.datetime(2026, 3, 9, 0, 0, tzinfo=dt.UTC)


def test_a_reading_has_its_own_problems(course: Catalogue) -> None:
    classroom = make_classroom()
    typed = {
        "lesson": "no-such-lesson",
        "title": "적어 둔 제목",
        "opens_at": "2026-03-09T09:00",
        "due_at": "2026-03-08T09:00",
    }
    response = teacher(classroom).post(new(classroom, "reading"), typed)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"lesson", "due_at"}
    assert "적어 둔 제목" in response.content.decode()


def test_lessons_are_offered_by_unit(course: Catalogue) -> None:
    classroom = make_classroom()
    html = teacher(classroom).get(new(classroom, "reading")).content.decode()
    for lesson in Lesson.objects.current().select_related("unit"):
        assert f'value="{lesson.slug}"' in html
        assert lesson.unit.title in html


def test_nothing_is_set_to_an_archived_class() -> None:
    classroom, quiz = make_classroom(archived_at=NOW), make_exam_quiz()
    response = post(classroom, quiz=quiz.slug, title="적어 둔 제목")
    assert response.status_code == 409
    assert str(ArchivedError()) in response.content.decode()
    assert "적어 둔 제목" in response.content.decode()
    with pytest.raises(ArchivedError):
        assign_quiz(classroom, quiz)
    assert not Assignment.objects.exists()


def test_only_an_instructor_of_the_class_may_set_anything(client: Client) -> None:
    classroom = make_classroom()
    stranger = signed_in(make_user(role="instructor"))
    learner = signed_in(make_user())
    for method in ("get", "post"):
        assert getattr(stranger, method)(new(classroom)).status_code == 404
        assert getattr(learner, method)(new(classroom)).status_code == 403
        assert getattr(client, method)(new(classroom)).status_code == 302
    assert signed_in(make_user(role="admin")).get(new(classroom)).status_code == 200
