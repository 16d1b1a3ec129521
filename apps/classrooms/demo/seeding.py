"""Makes the demo class, and takes it away."""

import datetime as dt
import random
import uuid

from django.db import transaction

from apps.accounts.models import Learner, User
from apps.accounts.services.learners import learner_of
from apps.classrooms.demo.answers import Pupil, answer_of
from apps.classrooms.models import Assignment, Classroom, Enrollment, Instructorship, Mark
from apps.classrooms.services.assigning import (
    RunRules,
    create_quiz_assignment,
    create_reading_assignment,
)
from apps.lessons.models import Lesson
from apps.lessons.services import mark_read
from apps.quizzes.models import Attempt, AttemptItem, Grade, Quiz, QuizRun, Response
from apps.quizzes.queries import current_items
from apps.quizzes.services.taking import save_response, start_attempt, submit_attempt

DEMO_CLASS = uuid.UUID("5d6f9a54-5b0e-4f0a-9d51-0f4d2a7c9e10")
NAME = "예시 반 (가상의 학습자 24명)"
JOIN_CODE = "DEMQ2424"
SEED = 24
LOGIN_NAMES = tuple(f"demo-{number:02d}" for number in range(1, 25))
# Who they are, by their place among the pupils.
LATE, MISSING, EXCUSED, PRAISED, LATE_READER = (5, 17), 20, 11, 3, 9
_DAY = dt.timedelta(days=1)
_GIVEN_NAMES = (
    *("가온", "나래", "다솜", "라온", "마루", "바다", "새봄", "아름"),
    *("자람", "찬솔", "하늘", "한별", "가람", "나린", "도담", "리안"),
    *("미르", "보람", "소담", "예솔", "지음", "초롱", "한결", "하늘"),
)


class RefusedError(Exception):
    """Why nothing was made or taken away (Korean)."""


def pupils() -> list[Pupil]:
    """24 learners, two of one name; abilities spread as in a class."""
    rng = random.Random(SEED)  # noqa: S311
    return [
        Pupil(f"예시 {name}", f"2026{number:02d}", rng.gauss(0, 1))
        for number, name in enumerate(_GIVEN_NAMES, start=1)
    ]


def seed(*, instructor: User, now: dt.datetime) -> Classroom:
    """The demo class of this instructor, with work of the last nine days. Raises RefusedError."""
    if Classroom.objects.filter(public_id=DEMO_CLASS).exists():
        raise RefusedError("예시 반이 이미 있습니다. 새로 만들려면 --remove로 먼저 지우십시오.")
    taken = User.objects.filter(username__in=LOGIN_NAMES).values_list("username", flat=True)
    if taken:
        raise RefusedError(
            f"예시 학습자가 쓸 로그인 이름이 이미 있습니다: {', '.join(sorted(taken))}"
        )
    quizzes = _two_quizzes()
    with transaction.atomic():
        classroom, people = _people(instructor, now)
        exam, practice, reading = _assignments(classroom, quizzes, instructor, now)
        rng = random.Random(SEED)  # noqa: S311
        for number, (enrollment, pupil) in enumerate(people):
            _sit_exam(exam, enrollment.learner, pupil, number, now, rng)
            _sit_practice(practice, enrollment.learner, pupil, number, now, rng)
            if number % 4:
                hours = 93 if number == LATE_READER else 3 * number
                when = now - 4 * _DAY + dt.timedelta(hours=hours)
                _read(reading, enrollment.learner, when)
        _marks(exam, [enrollment for enrollment, _ in people], instructor, now)
    return classroom


def _two_quizzes() -> tuple[Quiz, Quiz]:
    """An exam and a practice quiz, the first of each that the course offers."""
    found = Quiz.objects.from_files().current()
    exam = found.filter(runs__feedback="after_submit", runs__retired_at=None).first()
    practice = found.filter(runs__feedback="immediate", runs__retired_at=None).first()
    if exam is None or practice is None:
        raise RefusedError("퀴즈가 없습니다. 먼저 load_content로 콘텐츠를 읽으십시오.")
    return exam, practice


def _people(instructor: User, now: dt.datetime) -> tuple[Classroom, list[tuple[Enrollment, Pupil]]]:
    began = now - 10 * _DAY
    classroom = Classroom.objects.create(
        public_id=DEMO_CLASS, name=NAME, created_at=began, join_code=JOIN_CODE, join_open=False
    )
    Instructorship.objects.create(classroom=classroom, user=instructor, added_at=began)
    people = []
    for login_name, pupil in zip(LOGIN_NAMES, pupils(), strict=True):
        user = User(username=login_name, display_name=pupil.name, date_joined=began)
        user.set_unusable_password()
        user.save()
        enrollment = Enrollment.objects.create(
            classroom=classroom,
            learner=learner_of(user, now=began),
            name=pupil.name,
            student_number=pupil.student_number,
            origin=Enrollment.Origin.ROSTER,
            joined_at=began,
            entered_at=began,
        )
        people.append((enrollment, pupil))
    return classroom, people


def _assignments(
    classroom: Classroom, quizzes: tuple[Quiz, Quiz], instructor: User, now: dt.datetime
) -> tuple[Assignment, Assignment, Assignment]:
    """An exam that is over, practice that is under way, and a lesson to read."""
    exam, practice = quizzes
    lesson = Lesson.objects.current().first()
    if lesson is None:
        raise RefusedError("레슨이 없습니다. 먼저 load_content로 콘텐츠를 읽으십시오.")
    return (
        create_quiz_assignment(
            classroom=classroom,
            quiz=exam,
            title=f"예시 시험: {exam.title}"[:60],
            note="가상의 학습자들이 치른 시험입니다.",
            by=instructor,
            now=now - 9 * _DAY,
            rules=_exam_rules(now),
        ),
        create_quiz_assignment(
            classroom=classroom,
            quiz=practice,
            title=f"예시 과제: {practice.title}"[:60],
            note="아직 진행 중인 과제입니다.",
            by=instructor,
            now=now - 5 * _DAY,
            rules=_practice_rules(now),
        ),
        create_reading_assignment(
            classroom=classroom,
            lesson=lesson,
            title=f"읽기: {lesson.short_title}"[:60],
            note="",
            due_at=now - _DAY,
            by=instructor,
            now=now - 5 * _DAY,
        ),
    )


def _exam_rules(now: dt.datetime) -> RunRules:
    return RunRules(
        opens_at=now - 9 * _DAY,
        closes_at=now - 3 * _DAY,
        late_until=now - 2 * _DAY,
        late_deduction=10,
        time_limit=60 * 60,
        max_attempts=1,
        feedback="after_close",
    )


def _practice_rules(now: dt.datetime) -> RunRules:
    return RunRules(opens_at=now - 5 * _DAY, closes_at=now + 3 * _DAY, max_attempts=3)


def _sit_exam(
    exam: Assignment,
    learner: Learner,
    pupil: Pupil,
    number: int,
    now: dt.datetime,
    rng: random.Random,
) -> None:
    """Most in time, two late, two never came, one of them with an excuse."""
    if number in {MISSING, EXCUSED}:
        return
    start = now - 8 * _DAY + dt.timedelta(hours=4 * number)
    if number in LATE:
        start = now - 3 * _DAY + dt.timedelta(hours=2)
    _sit(_run(exam), learner, pupil, start, rng, submits=True)


def _sit_practice(
    practice: Assignment,
    learner: Learner,
    pupil: Pupil,
    number: int,
    now: dt.datetime,
    rng: random.Random,
) -> None:
    """A third has not begun, a few are in the middle, some tried twice."""
    if number % 3 == 0:
        return
    start = now - 4 * _DAY + dt.timedelta(hours=3 * number)
    _sit(_run(practice), learner, pupil, start, rng, submits=number % 7 != 0)
    if number % 8 == 1:
        _sit(_run(practice), learner, pupil, start + 4 * dt.timedelta(hours=1), rng, submits=True)


def _run(assignment: Assignment) -> QuizRun:
    assert assignment.run is not None  # noqa: S101 – made two functions above
    return assignment.run


def _sit(
    run: QuizRun,
    learner: Learner,
    pupil: Pupil,
    start: dt.datetime,
    rng: random.Random,
    *,
    submits: bool,
) -> None:
    clock = start
    attempt = start_attempt(run=run, learner=learner, now=clock, seed=rng.randrange(2**31))
    for item in current_items(attempt):
        clock += dt.timedelta(seconds=rng.uniform(20, 90))
        answer = answer_of(pupil, item.spec, rng)
        if answer:
            save_response(
                item=item, answer=answer, base_revision=0, client="", sequence=0, now=clock
            )
        if not submits and rng.random() < 0.2:
            return
    if submits:
        submit_attempt(attempt=attempt, now=clock + dt.timedelta(seconds=30))


def _read(reading: Assignment, learner: Learner, when: dt.datetime) -> None:
    assert reading.lesson is not None  # noqa: S101 – made as a reading
    mark_read(learner=learner, lesson=reading.lesson, read=True, now=when)


def _marks(
    exam: Assignment, enrollments: list[Enrollment], instructor: User, now: dt.datetime
) -> None:
    Mark.objects.create(
        assignment=exam,
        enrollment=enrollments[EXCUSED],
        is_excused=True,
        reason="예시: 병결로 시험을 치르지 못했습니다.",
        made_by=instructor,
        made_at=now - _DAY,
    )
    Mark.objects.create(
        assignment=exam,
        enrollment=enrollments[PRAISED],
        comment="예시: 풀이 과정이 좋아졌습니다. 틀린 문제의 해설을 읽어 보시기 바랍니다.",
        made_by=instructor,
        made_at=now - _DAY,
    )


@transaction.atomic
def remove() -> int:
    """Take away the demo class and its learners; how many learners. Raises RefusedError.

    Real people may have come into the class: what they did is never taken away with it.
    """
    classroom = Classroom.objects.filter(public_id=DEMO_CLASS).first()
    if classroom is None:
        raise RefusedError("예시 반이 없습니다.")
    demo = Learner.objects.filter(
        user__username__in=LOGIN_NAMES, enrollments__classroom=classroom
    ).select_related("user")
    # Who was given a password (by a reset code) is somebody by now.
    made_up = [each for each in demo if each.user and not each.user.has_usable_password()]
    learners = Learner.objects.filter(pk__in=[each.pk for each in made_up])
    runs = QuizRun.objects.filter(assignment__classroom=classroom)
    guests = classroom.enrollments.exclude(learner__in=learners)
    if guests.exists() or Attempt.objects.filter(run__in=runs).exclude(learner__in=learners):
        raise RefusedError(
            "예시 반에 실제 학습자가 들어와 있어 지우지 않았습니다. 반을 보관하거나, "
            "그 학습자의 응시를 확인한 뒤 내보내십시오."
        )
    return _delete(classroom, list(learners), list(runs))


def _delete(classroom: Classroom, learners: list[Learner], runs: list[QuizRun]) -> int:
    """From the leaves to the root: rows of people's work protect what they point to."""
    items = AttemptItem.objects.filter(attempt__learner__in=learners)
    Grade.objects.filter(item__in=items).delete()
    Response.objects.filter(item__in=items).delete()
    Attempt.objects.filter(learner__in=learners).delete()
    users = [learner.user_id for learner in learners if learner.user_id is not None]
    classroom.delete()
    QuizRun.objects.filter(pk__in=[run.pk for run in runs]).delete()
    Learner.objects.filter(pk__in=[learner.pk for learner in learners]).delete()
    User.objects.filter(pk__in=users).delete()
    return len(users)
