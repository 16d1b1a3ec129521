"""A class with people and work, put into the database of a running site.

`python -m tests.e2e.class_bank fill` prints what it made (`Bank`) as JSON; `… close ID` lets the
deadline of an assignment pass, so that nobody waits for a clock.
"""

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.starter.running import ROOT, site_environ

if TYPE_CHECKING:  # at run time only after django.setup()
    from apps.accounts.models import User
    from apps.classrooms.models import Assignment, Classroom, Enrollment
    from apps.quizzes.models import Attempt

PASSWORD = "사다리를 타고 구름까지"
ADMIN, TEACHER, PUPIL, GUEST = "bank-admin", "bank-teacher", "bank-haneul", "이바다"
ROOM, EXAM, READING = "클라우드 2반", "1주 시험", "1주 읽기"
QUIZ = "tenancy-exam"
HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Bank:
    """Addresses of what is there, and the codes of the class and of its learner by name."""

    room: str
    demo: str
    exam: str
    reading: str
    attempt: str
    join_code: str
    entry_code: str


def fill_with_class(data_dir: Path) -> Bank:
    return Bank(**json.loads(_run(data_dir, "fill")))


def close_now(data_dir: Path, assignment: str) -> None:
    """The assignment's deadline was a moment ago; `assignment` is the id of its address."""
    _run(data_dir, "close", assignment)


def _run(data_dir: Path, *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "tests.e2e.class_bank", *arguments],
        cwd=ROOT,
        env=site_environ(data_dir),
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ).stdout


def _fill() -> None:
    """The exam was taken by the account, who has a mark; the guest has done nothing yet."""
    from django.utils import timezone

    from apps.classrooms.demo import seeding
    from apps.classrooms.services.joining import join_by_name, join_with_account
    from apps.classrooms.services.rooms import open_classroom

    now = timezone.now()
    teacher, pupil = _people(now)
    room = open_classroom(name=ROOM, instructor=teacher, now=now, guests_allowed=True)
    exam, reading = _assignments(room, teacher, now)
    place = join_with_account(
        classroom=room, user=pupil, name="김하늘", student_number="20101", now=now
    )
    _, entry_code = join_by_name(classroom=room, name=GUEST, student_number="", now=now)
    attempt = _sit(exam, place, now)
    _mark(exam, place, teacher, now)
    demo = seeding.seed(instructor=teacher, now=now)
    bank = Bank(
        room=room.get_absolute_url(),
        demo=demo.get_absolute_url(),
        exam=exam.get_absolute_url(),
        reading=reading.get_absolute_url(),
        attempt=f"{exam.get_absolute_url()}attempts/{attempt.public_id}/",
        join_code=room.join_code,
        entry_code=entry_code,
    )
    sys.stdout.write(json.dumps(asdict(bank)))


def _people(now: dt.datetime) -> "tuple[User, User]":
    """An administrator, and: the instructor, a learner with an account."""
    from apps.accounts.models import Role
    from apps.accounts.services.signup import create_account

    def make(name: str, shown: str, role: Role) -> "User":
        return create_account(
            username=name, password=PASSWORD, display_name=shown, role=role, now=now
        )

    make(ADMIN, "박관리", Role.ADMIN)
    return make(TEACHER, "정강사", Role.INSTRUCTOR), make(PUPIL, "김하늘", Role.LEARNER)


def _assignments(
    room: "Classroom", teacher: "User", now: dt.datetime
) -> "tuple[Assignment, Assignment]":
    """A shipped exam with a rule of every sort, and a lesson."""
    from apps.classrooms.services.assigning import (
        RunRules,
        create_quiz_assignment,
        create_reading_assignment,
    )
    from apps.lessons.models import Lesson
    from apps.quizzes.models import Quiz

    rules = RunRules(
        opens_at=now - 2 * HOUR,
        closes_at=now + HOUR,
        late_until=now + 24 * HOUR,
        late_deduction=10,
        time_limit=1800,
        max_attempts=2,
        counts="best",
        feedback="after_submit",
    )
    exam = create_quiz_assignment(
        classroom=room,
        quiz=Quiz.objects.get(slug=QUIZ),
        title=EXAM,
        note="책을 덮고 풉니다.",
        by=teacher,
        now=now,
        rules=rules,
    )
    reading = create_reading_assignment(
        classroom=room,
        lesson=Lesson.objects.current()[0],
        title=READING,
        note="",
        by=teacher,
        now=now,
        due_at=now + HOUR,
    )
    return exam, reading


def _sit(exam: "Assignment", place: "Enrollment", now: dt.datetime) -> "Attempt":
    """An attempt that was handed in: some answers wrong, some missing."""
    from apps.quizzes.queries import current_items
    from apps.quizzes.services.taking import save_response, start_attempt, submit_attempt

    assert exam.run is not None
    attempt = start_attempt(run=exam.run, learner=place.learner, now=now, seed=3)
    for item in current_items(attempt):
        if item.spec.shown.kind in {"numeric", "short_text"}:
            save_response(
                item=item, answer={"text": "7"}, base_revision=0, client="", sequence=0, now=now
            )
    submit_attempt(attempt=attempt, now=now)
    return attempt


def _mark(exam: "Assignment", place: "Enrollment", teacher: "User", now: dt.datetime) -> None:
    from decimal import Decimal

    from apps.classrooms.domain.standing import Judgment
    from apps.classrooms.services.marking import mark_work

    judgment = Judgment(score=Decimal("7.5"), reason="구술로 확인", comment="잘 설명했습니다.")
    mark_work(assignment=exam, enrollment=place, judgment=judgment, base=0, by=teacher, now=now)


def _close(assignment: str) -> None:
    from django.utils import timezone

    from apps.quizzes.models import QuizRun

    run = QuizRun.objects.get(assignment__public_id=assignment)
    run.closes_at = timezone.now()
    run.save(update_fields=["closes_at"])


def main(command: str, *arguments: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    commands: dict[str, Callable[..., None]] = {"fill": _fill, "close": _close}
    commands[command](*arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])
