"""A class with everybody in it, and everything that may be asked for."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.test import Client
from django.utils import timezone

from apps.accounts.codes import make_code
from apps.accounts.models import Learner, User
from apps.accounts.services.learners import SESSION_KEY
from apps.classrooms.models import Assignment, Classroom, Enrollment, Instructorship
from apps.lessons.models import Lesson, Unit
from apps.quizzes.models import Attempt, Origin, Pool, QuizRun
from apps.quizzes.models.words import Feedback
from apps.quizzes.services.taking import start_attempt, submit_attempt
from apps.reports.models import Report
from tests.permissions.studio import StudioWorld
from tests.quizzes.factories import make_question, make_quiz, make_run

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def make_user(name: str, **changed: Any) -> User:
    return User.objects.create_user(name, display_name=name, **changed)


@dataclass
class World:
    """Made once for each row of the tables; times are around now, since pages ask the clock."""

    now: dt.datetime = field(default_factory=timezone.now)
    users: dict[str, User] = field(default_factory=dict)
    learners: dict[str, Learner] = field(default_factory=dict)
    enrollments: dict[str, Enrollment] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._people()
        self.classroom = self._classroom("우리 반", "instructor", "colleague")
        self.elsewhere = self._classroom("다른 반", "stranger")
        self._enroll()
        self._lesson()
        self._quiz()
        self._work()

    def _people(self) -> None:
        for name in ("outsider", "pupil", "classmate", "removed", "blocked"):
            self.users[name] = make_user(name)
        for name in ("instructor", "colleague", "stranger"):
            self.users[name] = make_user(name, is_instructor=True)
        self.users["admin"] = make_user("admin", is_staff=True)
        for name, user in self.users.items():
            self.learners[name] = Learner.objects.create(user=user, created_at=self.now - DAY)
        self.learners["guest"] = Learner.objects.create(
            name="guest", is_admitted=True, created_at=self.now - DAY
        )

    def _classroom(self, name: str, *instructors: str) -> Classroom:
        classroom = Classroom.objects.create(
            name=name,
            created_at=self.now - DAY,
            join_code=make_code(8),
            guests_allowed=True,
        )
        for each in instructors:
            Instructorship.objects.create(
                classroom=classroom, user=self.users[each], added_at=self.now - DAY
            )
        return classroom

    def _enroll(self) -> None:
        states = {"removed": Enrollment.State.REMOVED, "blocked": Enrollment.State.BLOCKED}
        for name in ("guest", "pupil", "classmate", "removed", "blocked"):
            self.enrollments[name] = Enrollment.objects.create(
                classroom=self.classroom,
                learner=self.learners[name],
                name=name,
                state=states.get(name, Enrollment.State.ACTIVE),
                origin=Enrollment.Origin.ACCOUNT,
                joined_at=self.now - DAY,
            )

    def _lesson(self) -> None:
        unit = Unit.objects.create(slug="unit", title="단원", summary="단원", position=1)
        self.lesson = Lesson.objects.create(
            uuid=uuid.uuid4(),
            slug="lesson",
            unit=unit,
            position=1,
            title="레슨",
            short_title="레슨",
            summary="요약",
            minutes=5,
            digest="0" * 64,
        )

    def _quiz(self) -> None:
        self.quiz = make_quiz([make_question("single"), make_question("numeric")])
        self.run = make_run(self.quiz, slug="exam")
        practice = make_quiz([make_question("single", pool=Pool.PRACTICE)])
        self.practice = make_run(practice, feedback=Feedback.IMMEDIATE)

    def _work(self) -> None:
        self.assignment = self._assign(self.classroom)
        self.other_assignment = self._assign(self.elsewhere)
        assert self.assignment.run is not None
        self.closed = self._attempt(self.assignment.run)
        submit_attempt(attempt=self.closed, now=self.now)
        self.running = self._attempt(self.run)
        self.practised = self._attempt(self.practice)
        submit_attempt(attempt=self.practised, now=self.now)

    def _assign(self, classroom: Classroom) -> Assignment:
        name = uuid.uuid4()
        run = QuizRun.objects.create(
            quiz=self.quiz,
            origin=Origin.ASSIGNMENT,
            slug=f"a-{name.hex}",
            title="과제",
            feedback=Feedback.AFTER_SUBMIT,
            opens_at=self.now - HOUR,
            closes_at=self.now + DAY,
        )
        return Assignment.objects.create(
            public_id=name, classroom=classroom, run=run, title="과제", created_at=self.now - HOUR
        )

    def _attempt(self, run: QuizRun) -> Attempt:
        return start_attempt(run=run, learner=self.learners["pupil"], now=self.now, seed=1)

    @cached_property
    def report(self) -> Report:
        """What the pupil told the class's instructors."""
        return Report.objects.create(
            learner=self.learners["pupil"],
            classroom=self.classroom,
            lesson=self.lesson,
            subject=f"lesson {self.lesson.slug}",
            text="이 문장이 이상합니다.",
            created_at=self.now,
        )

    @cached_property
    def studio(self) -> StudioWorld:
        return StudioWorld(self.users["instructor"], self.users["colleague"], self.now)

    def archive(self) -> None:
        self.classroom.archived_at = self.now
        self.classroom.save()

    def client(self, actor: str) -> Client:
        """A browser in which this actor is signed in."""
        client = Client()
        if actor in self.users:
            client.force_login(self.users[actor])
        elif actor == "guest":
            session = client.session
            session[SESSION_KEY] = self.learners["guest"].pk
            session.save()
        else:
            assert actor == "visitor", actor
        return client

    def kwargs(self, page: str) -> dict[str, Any]:
        """The address of the pupil's, or of the class's, in which everybody is."""
        if page in {"lessons:detail", "lessons:lesson-progress", "lessons:lesson-position"}:
            return {"slug": self.lesson.slug}
        if page in {"widgetkit:detail", "widgetkit:predict"}:
            return {"slug": "packet-walk"}
        if page in {"quizzes:cover", "quizzes:sheet"}:
            return {"slug": self.quiz.slug}
        if page == "quizzes:start":
            return {"slug": self.quiz.slug, "run": self.run.slug}
        if page.startswith("quizzes:") and page != "quizzes:index":
            return self._attempt_kwargs(page)
        return self._other_kwargs(page)

    def _attempt_kwargs(self, page: str) -> dict[str, Any]:
        attempt = {"quizzes:review": self.closed, "quizzes:repeat": self.practised}.get(
            page, self.running
        )
        place = {"position": 1} if page == "quizzes:item" else {}
        return {"public_id": attempt.public_id, **place}

    def _other_kwargs(self, page: str) -> dict[str, Any]:
        work = {"public_id": self.assignment.public_id}
        room = {"public_id": self.classroom.public_id}
        person = {"enrollment_id": self.enrollments["pupil"].public_id}
        assert self.assignment.run is not None
        special: dict[str, dict[str, Any]] = {
            "accounts:setup": {"token": "x" * 32},
            "accounts:account": {"pk": self.users["pupil"].pk},
            "classrooms:join-code": {"code": self.classroom.join_code},
            "classrooms:return": {"code": self.classroom.join_code},
            "classrooms:person": {**room, **person},
            "classrooms:person-reset": {**room, **person},
            "classrooms:mark": {**work, **person},
            "classrooms:learner-attempt": {**work, "attempt_id": self.closed.public_id},
            "classrooms:run": {"slug": self.assignment.run.slug},
        }
        if page in special:
            return special[page]
        if page.startswith("studio:"):
            return self.studio.kwargs(page)
        if page == "reports:report":
            return {"public_id": self.report.public_id}
        if page.startswith("classrooms:"):
            bare = {"classrooms:index", "classrooms:new", "classrooms:join"}
            of_work = page.split(":")[1].startswith(("assignment", "live", "extensions"))
            if page in bare:
                return {}
            return work if of_work and page != "classrooms:assignment-new" else room
        return {}
