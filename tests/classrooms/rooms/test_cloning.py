"""A class again, with all times moved by whole days."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from apps.accounts.models import User
from apps.classrooms.models import Assignment, Classroom
from apps.classrooms.services.assigning import retire_assignment
from apps.classrooms.services.cloning import clone_classroom, first_day, plan_clone
from apps.content.catalogue import Catalogue
from apps.quizzes.models import Pool, Question, QuizRun
from tests.classrooms.factories import NOW, enroll, make_classroom, make_user, signed_in
from tests.classrooms.work_factories import assign_quiz, assign_reading, make_exam_quiz

pytestmark = pytest.mark.django_db
SEOUL = ZoneInfo("Asia/Seoul")
BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = dt.datetime(2026, 3, 2, 0, 0, tzinfo=dt.UTC)  # 09:00 in Seoul
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def teacher() -> User:
    return make_user(role="instructor")


@pytest.fixture
def room(teacher: User) -> Classroom:
    return make_classroom(teacher, guests_allowed=True)


def clone(room: Classroom, start: dt.date | None, by: User) -> Classroom:
    return clone_classroom(classroom=room, name="다음 반", start=start, zone=SEOUL, by=by, now=NOW)


def test_all_times_of_a_quiz_move_by_the_same_days(teacher: User, room: Classroom) -> None:
    old = assign_quiz(
        room,
        opens_at=MONDAY,
        closes_at=MONDAY + 5 * DAY,
        late_until=MONDAY + 7 * DAY,
        late_deduction=20,
        time_limit=600,
        max_attempts=2,
        counts="last",
        feedback="after_close",
        note="교과서를 덮고 풉니다.",
    )
    made = clone(room, dt.date(2026, 9, 7), teacher)
    copy = made.assignments.get()
    shift = 189 * DAY
    assert copy.run is not None
    assert old.run is not None
    assert copy.run.opens_at == MONDAY + shift
    assert copy.run.closes_at == MONDAY + 5 * DAY + shift
    assert copy.run.late_until == MONDAY + 7 * DAY + shift
    for name in ("late_deduction", "time_limit", "max_attempts", "counts", "feedback", "quiz_id"):
        assert getattr(copy.run, name) == getattr(old.run, name)
    assert (copy.title, copy.note) == (old.title, old.note)
    assert copy.run.slug != old.run.slug
    old.run.refresh_from_db()
    assert old.run.opens_at == MONDAY


def test_the_new_class_has_settings_and_the_cloner_but_no_people(
    teacher: User, room: Classroom
) -> None:
    other = make_user(role="instructor")
    room.instructorships.create(user=other, added_at=NOW)
    enroll(room, "김하늘")
    made = clone(room, None, other)
    assert made.name == "다음 반"
    assert made.guests_allowed
    assert made.join_code != room.join_code
    assert [each.user for each in made.instructorships.all()] == [other]
    assert made.enrollments.count() == 0


def test_a_reading_is_copied_with_its_times(
    course: Catalogue, teacher: User, room: Classroom
) -> None:
    assign_reading(room, opens_at=MONDAY, due_at=MONDAY + DAY)
    copy = clone(room, dt.date(2026, 3, 9), teacher).assignments.get()
    assert copy.is_reading
    assert (copy.opens_at, copy.due_at) == (MONDAY + 7 * DAY, MONDAY + 8 * DAY)


def test_what_was_taken_down_stays_behind(teacher: User, room: Classroom) -> None:
    retire_assignment(assignment=assign_quiz(room), by=teacher, now=NOW)
    assert clone(room, None, teacher).assignments.count() == 0


def test_a_quiz_that_is_no_more_is_left_out_and_said(teacher: User, room: Classroom) -> None:
    gone = assign_quiz(room, title="사라진 퀴즈")
    assign_quiz(room, title="남은 퀴즈")
    assert gone.run is not None
    gone.run.quiz.retired_at = NOW
    gone.run.quiz.save()
    planned = plan_clone(room, None, SEOUL, by=teacher)
    problems = {each.assignment.title: each.problem for each in planned}
    assert problems["남은 퀴즈"] == ""
    assert "옮기지 않습니다" in problems["사라진 퀴즈"]
    assert [each.title for each in clone(room, None, teacher).assignments.all()] == ["남은 퀴즈"]


def test_the_first_day_is_the_earliest_of_all_times_in_the_zone(room: Classroom) -> None:
    assert first_day(room, SEOUL) is None
    assign_quiz(room)
    assert first_day(room, SEOUL) is None
    late_evening = dt.datetime(2026, 3, 1, 16, 0, tzinfo=dt.UTC)  # the 2nd in Seoul
    assign_quiz(room, closes_at=late_evening)
    assert first_day(room, SEOUL) == dt.date(2026, 3, 2)


def test_the_time_of_day_holds_where_clocks_change(teacher: User, room: Classroom) -> None:
    winter = dt.datetime(2026, 1, 5, 9, 0, tzinfo=BERLIN)
    assign_quiz(room, closes_at=winter.astimezone(dt.UTC))
    (planned,) = plan_clone(room, dt.date(2026, 7, 6), BERLIN, by=teacher)
    assert planned.due_at is not None
    assert planned.due_at.astimezone(BERLIN).hour == 9


def test_the_new_dates_are_seen_before_anything_is_made(teacher: User, room: Classroom) -> None:
    assign_quiz(room, opens_at=MONDAY, closes_at=MONDAY + HOUR)
    client, address = signed_in(teacher), f"/classrooms/{room.public_id}/clone/"
    page = client.get(address).content.decode()
    assert "2026년 3월 2일" in page
    form = {"name": "다음 반", "start": "2027-03-01"}
    page = client.post(address, {**form, "go": "preview"}).content.decode()
    assert "2027년 3월 1일 (월) 09:00" in page
    assert Classroom.objects.count() == 1
    response = client.post(address, {**form, "go": "create"})
    made = Classroom.objects.get(name="다음 반")
    assert response["Location"] == made.get_absolute_url()
    assert QuizRun.objects.count() == 2
    assert Assignment.objects.filter(classroom=made).count() == 1


def test_an_archived_class_may_be_cloned(teacher: User, room: Classroom) -> None:
    Classroom.objects.update(archived_at=NOW)
    client = signed_in(teacher)
    response = client.post(
        f"/classrooms/{room.public_id}/clone/", {"name": "다음 반", "go": "create"}
    )
    assert response.status_code == 302
    assert not Classroom.objects.get(name="다음 반").is_archived


@pytest.mark.parametrize(
    "form",
    [
        {"name": "", "start": "2026-09-07"},
        {"name": "다음 반", "start": ""},
        {"name": "다음 반", "start": "9월"},
        {"name": "다음 반", "start": "1999-01-01"},
        {"name": "다음 반", "start": "9999-12-31"},
    ],
)
def test_a_wrong_name_or_day_is_said_and_nothing_is_made(
    teacher: User, room: Classroom, form: dict[str, str]
) -> None:
    assign_quiz(room, closes_at=MONDAY)
    client = signed_in(teacher)
    response = client.post(f"/classrooms/{room.public_id}/clone/", {**form, "go": "create"})
    assert response.status_code == 422
    assert "form__errors" in response.content.decode()
    assert Classroom.objects.count() == 1


def test_deadlines_in_the_past_are_pointed_out(teacher: User, room: Classroom) -> None:
    assign_quiz(room, closes_at=MONDAY)
    form = {"name": "다음 반", "start": "2001-01-01", "go": "preview"}
    page = signed_in(teacher).post(f"/classrooms/{room.public_id}/clone/", form).content.decode()
    assert "이미 지난 마감" in page


def test_practice_that_got_exam_questions_since_is_left_out_and_said(
    teacher: User, room: Classroom
) -> None:
    """One assignment that cannot be set again must not keep the whole class from being copied."""
    quiz = make_exam_quiz("single", pool=Pool.PRACTICE)
    assign_quiz(room, quiz, title="연습", feedback="immediate")
    assign_quiz(room, title="시험")
    Question.objects.filter(draws__section__quiz=quiz).update(pool=Pool.EXAM)
    page = signed_in(teacher).post(
        f"{room.get_absolute_url()}clone/", {"name": "다음 반", "start": "2026-09-07"}
    )
    assert "문제마다 정답을 보일 수 없게 된 퀴즈" in page.content.decode()
    made = clone(room, None, teacher)
    assert [each.title for each in made.assignments.all()] == ["시험"]
