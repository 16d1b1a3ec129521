"""`manage.py seed_demo` and `--remove`: all of it goes, and nothing of anybody else."""

from collections.abc import Iterator
from io import StringIO
from unittest.mock import patch

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from apps.accounts.models import AuditEntry, Role, User
from apps.accounts.services.learners import learner_of
from apps.classrooms.demo import seeding
from apps.classrooms.demo.seeding import pupils
from apps.classrooms.models import Classroom, Enrollment
from apps.lessons.models import Lesson
from apps.lessons.services import mark_read
from apps.quizzes.models import Attempt
from apps.quizzes.services.taking import start_attempt
from tests.classrooms.factories import enroll, make_classroom, make_user
from tests.classrooms.work_factories import assign_quiz, run_of
from tests.moments import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("course")]


@pytest.fixture(autouse=True)
def few_pupils() -> Iterator[None]:
    """Three of the 24 will do: what is made and taken away is the same for each."""
    three = pupils()[5:8]
    with (
        patch.object(seeding, "pupils", lambda: three),
        patch.object(seeding, "LOGIN_NAMES", ("demo-06", "demo-07", "demo-08")),
        patch.multiple(seeding, LATE=(0,), MISSING=1, EXCUSED=1, PRAISED=2),
        patch.object(timezone, "now", lambda: NOW),
    ):
        yield


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("seed_demo", *arguments, stdout=out)
    return out.getvalue()


def rows() -> dict[str, set[object]]:
    """The keys of everything in the database but the audit trail, which only ever grows."""
    return {
        model._meta.label: set(model._default_manager.values_list("pk", flat=True))
        for model in apps.get_models()
        if model is not AuditEntry
    }


def somebodys_work() -> Attempt:
    """A real class with a real learner, who reads and takes a quiz."""
    room = make_classroom()
    place = enroll(room, make_user("haneul"))
    mark_read(learner=place.learner, lesson=Lesson.objects.current()[0], read=True, now=NOW)
    run = run_of(assign_quiz(room))
    return start_attempt(run=run, learner=place.learner, now=NOW, seed=1)


def demo_room() -> Classroom:
    return Classroom.objects.get(public_id=seeding.DEMO_CLASS)


def test_without_an_instructor_nothing_is_made() -> None:
    make_user("only-a-learner")
    before = rows()
    with pytest.raises(CommandError, match="add_user"):
        run()
    assert rows() == before


def test_the_named_instructor_teaches_it_whatever_the_case() -> None:
    make_user("admin", role="admin")
    make_user("teacher", role="instructor")
    assert "--remove" in run("--instructor", "Teacher")
    assert demo_room().instructorships.get().user.username == "teacher"


def test_unnamed_it_is_an_administrator() -> None:
    make_user("teacher", role="instructor")
    make_user("admin", role="admin")
    run()
    assert demo_room().instructorships.get().user.username == "admin"


@pytest.mark.parametrize("name", ["haneul", "nobody"])
def test_who_may_not_teach_gets_no_class(name: str) -> None:
    make_user("haneul")
    make_user("teacher", role="instructor")
    with pytest.raises(CommandError, match=name):
        run("--instructor", name)
    assert not Classroom.objects.exists()


def test_a_second_one_is_refused_and_changes_nothing() -> None:
    make_user(role="instructor")
    run()
    before = rows()
    with pytest.raises(CommandError, match="이미 있습니다"):
        run()
    assert rows() == before


def test_somebody_who_has_the_login_name_is_not_touched() -> None:
    make_user(role="instructor")
    make_user("demo-07", display_name="진짜 사람")
    before = rows()
    with pytest.raises(CommandError, match="demo-07"):
        run()
    assert rows() == before


def test_remove_takes_all_of_it_and_nothing_else() -> None:
    make_user(role="instructor")
    somebodys_work()
    before = rows()
    run()
    assert rows() != before
    assert "3명" in run("--remove")
    assert rows() == before
    run()  # and it can be made again


def test_what_was_made_in_the_demo_class_meanwhile_goes_with_it() -> None:
    teacher = make_user(role="instructor")
    before = rows()
    run()
    room = demo_room()
    quiz = run_of(room.assignments.exclude(run=None)[0]).quiz
    added = assign_quiz(room, quiz, by=teacher)
    pupil = room.enrollments.all()[0]
    start_attempt(run=run_of(added), learner=pupil.learner, now=NOW, seed=2)
    run("--remove")
    assert rows() == before


def test_remove_without_a_demo_class_says_so() -> None:
    with pytest.raises(CommandError, match="없습니다"):
        run("--remove")


@pytest.mark.parametrize("state", list(Enrollment.State))
def test_a_real_learner_in_the_class_keeps_it(state: Enrollment.State) -> None:
    make_user(role="instructor")
    run()
    enroll(demo_room(), make_user("haneul"), state=state)
    before = rows()
    with pytest.raises(CommandError, match="실제 학습자"):
        run("--remove")
    assert rows() == before


def test_a_demo_account_that_somebody_took_over_keeps_the_class() -> None:
    make_user(role="instructor")
    run()
    user = User.objects.get(username="demo-07")
    user.set_password("이제 사람이 씁니다")
    user.save()
    before = rows()
    with pytest.raises(CommandError, match="실제 학습자"):
        run("--remove")
    assert rows() == before


def test_work_of_a_real_learner_without_a_place_keeps_the_class() -> None:
    make_user(role="instructor")
    run()
    work = demo_room().assignments.exclude(run=None)[1]
    guest = learner_of(make_user("haneul"), now=NOW)
    start_attempt(run=run_of(work), learner=guest, now=NOW, seed=3)
    with pytest.raises(CommandError, match="실제 학습자"):
        run("--remove")
    assert Attempt.objects.filter(learner=guest).exists()


def test_an_account_with_such_a_name_outside_the_class_stays() -> None:
    """As when somebody who was called so before the class was made is kept out of it."""
    make_user(role="instructor")
    run()
    stranger = make_user("demo-24")
    run("--remove")
    assert User.objects.filter(pk=stranger.pk).exists()
    assert stranger.role is Role.LEARNER
