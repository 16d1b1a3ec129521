"""What is set to classes in tests, made through the services."""

import datetime as dt
from typing import Any

from apps.accounts.models import User
from apps.classrooms.models import Assignment, Classroom
from apps.classrooms.services.assigning import (
    RunRules,
    create_quiz_assignment,
    create_reading_assignment,
)
from apps.lessons.models import Lesson
from apps.quizzes.models import Pool, Quiz, QuizRun
from tests.quizzes.factories import HOUR, NOW, make_question, make_quiz


def make_exam_quiz(*kinds: str, pool: Pool = Pool.EXAM, **changed: Any) -> Quiz:
    """A quiz with a question of each kind; without kinds with two."""
    return make_quiz(
        [make_question(kind, pool=pool) for kind in kinds or ("single", "numeric")], **changed
    )


def assign_quiz(
    classroom: Classroom,
    quiz: Quiz | None = None,
    *,
    title: str = "1주 과제",
    note: str = "",
    by: User | None = None,
    now: dt.datetime = NOW - HOUR,
    **rules: Any,
) -> Assignment:
    """A quiz set to the class by one of its instructors; `rules` are those of RunRules."""
    return create_quiz_assignment(
        classroom=classroom,
        quiz=quiz or make_exam_quiz(),
        title=title,
        note=note,
        by=by or teacher_of(classroom),
        now=now,
        rules=RunRules(**rules),
    )


def assign_reading(
    classroom: Classroom,
    lesson: Lesson | None = None,
    *,
    title: str = "읽기 과제",
    note: str = "",
    by: User | None = None,
    now: dt.datetime = NOW - HOUR,
    opens_at: dt.datetime | None = None,
    due_at: dt.datetime | None = None,
) -> Assignment:
    """A lesson to read; without one the first of the course (the `course` fixture)."""
    return create_reading_assignment(
        classroom=classroom,
        lesson=lesson or Lesson.objects.current()[0],
        title=title,
        note=note,
        by=by or teacher_of(classroom),
        now=now,
        opens_at=opens_at,
        due_at=due_at,
    )


def teacher_of(classroom: Classroom) -> User:
    return User.objects.filter(instructorships__classroom=classroom)[0]


def run_of(assignment: Assignment) -> QuizRun:
    """Its run, read from the database."""
    return QuizRun.objects.select_related("quiz").get(assignment=assignment)
