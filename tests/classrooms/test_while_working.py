"""What happens to a class at work when something changes under it: content, people, accounts."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.services.erasing import erase_learner
from apps.accounts.services.moving import move_records
from apps.classrooms.domain.standing import State
from apps.classrooms.models import Assignment, Classroom, Enrollment
from apps.classrooms.queries.gradebook import read_gradebook
from apps.classrooms.queries.live import live_view
from apps.classrooms.queries.standings import learner_standing, standings
from apps.classrooms.services.people import bring_back, send_out
from apps.quizzes.loading.bank import Bank
from apps.quizzes.models import Attempt, Extension, Pool, QuestionVersion, QuizRun
from apps.quizzes.models.words import Feedback
from apps.quizzes.queries import attempts_left, may_see_result
from apps.quizzes.services.publishing import publish_version, sync_bank
from apps.quizzes.services.taking import submit_attempt
from tests.classrooms.factories import browser_of, enroll, make_classroom, make_user, signed_in
from tests.classrooms.work_factories import assign_quiz, run_of
from tests.quizzes.factories import (
    HOUR,
    MINUTE,
    NOW,
    extend,
    form_of,
    items_of,
    make_question,
    make_quiz,
    make_spec,
    right,
    save,
    start,
    wrong,
)

pytestmark = pytest.mark.django_db
CLOSES = NOW + 2 * HOUR


class Clock:
    now = NOW


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


def handed_in(run: QuizRun, place: Enrollment, *, correct: bool, now: dt.datetime) -> Attempt:
    attempt = start(run, place.learner, now=now)
    for item in items_of(attempt):
        save(item, right(item) if correct else wrong(item), now=now)
    return submit_attempt(attempt=attempt, now=now)


def all_answer(client: Client, *pages: str) -> None:
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


# Content ------------------------------------------------------------------------------------------
def test_content_that_is_loaded_anew_leaves_the_work_of_a_class_alone(
    place: Enrollment, pupil: Client, teacher: User, clock: Clock
) -> None:
    """The question gets another wording, then it and its quiz leave the files altogether."""
    question = make_question("numeric")
    assignment = assign_quiz(place.classroom, make_quiz([question]), closes_at=CLOSES)
    before = QuizRun.objects.values().get()
    item = items_of(attempt := start(run_of(assignment), place.learner))[0]
    answer = right(item)
    spec = make_spec("numeric", stem="아주 새로운 문제입니다.", answer="12345")
    assert publish_version(question=question, spec=spec, engine="", now=NOW)
    sync_bank(Bank(questions=(), quizzes=()), now=NOW)
    assert QuizRun.objects.values().get() == before

    address = f"{attempt.get_absolute_url()}1/"
    assert "아주 새로운" not in pupil.get(address).content.decode()
    pupil.post(address, form_of(item, answer, revision="0"))
    pupil.post(f"{attempt.get_absolute_url()}submit/")
    assert learner_standing(assignment, place, now=NOW).score == 1
    assert QuestionVersion.objects.get(items__attempt=attempt).number == 1

    classroom, own = place.classroom.get_absolute_url(), assignment.get_absolute_url()
    all_answer(pupil, classroom, own, f"{attempt.get_absolute_url()}review/", "/me/", "/me/export/")
    desk = signed_in(teacher)
    all_answer(desk, classroom, own, f"{classroom}gradebook/", f"{own}edit/", f"{classroom}clone/")
    all_answer(desk, f"{own}attempts/{attempt.public_id}/", f"{own}marks/{place.public_id}/")
    page = pupil.post(f"{own}start/")
    assert page.status_code == 409
    assert "더는 내지 않는 퀴즈입니다" in page.content.decode()


# People -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("state", [Enrollment.State.REMOVED, Enrollment.State.BLOCKED])
def test_who_is_sent_out_while_working_finishes_alone_and_is_back_with_everything(
    place: Enrollment, pupil: Client, teacher: User, state: Enrollment.State
) -> None:
    assignment = assign_quiz(place.classroom, closes_at=CLOSES)
    item = items_of(attempt := start(run_of(assignment), place.learner))[0]
    send_out(place=place, state=state, by=teacher, now=NOW)
    own, classroom = assignment.get_absolute_url(), place.classroom
    desk = signed_in(teacher)
    for page in (own, f"{own}start/", classroom.get_absolute_url()):
        asked = pupil.post if page.endswith("start/") else pupil.get
        assert asked(page).status_code == 404
    for page in (f"attempts/{attempt.public_id}/", f"marks/{place.public_id}/"):
        assert desk.get(f"{own}{page}").status_code == 404
    assert read_gradebook(classroom, {}, now=NOW).people == 0
    assert live_view(assignment, now=NOW).counts.total == 0

    pupil.post(f"{attempt.get_absolute_url()}1/", form_of(item, right(item), revision="0"))
    pupil.post(f"{attempt.get_absolute_url()}submit/")
    assert pupil.get(f"{attempt.get_absolute_url()}review/").status_code == 200
    bring_back(place=place, by=teacher, now=NOW)
    standing = standings([assignment], [place], now=NOW)[assignment.pk, place.pk]
    assert (standing.state, standing.score) == (State.DONE_ON_TIME, Decimal(1))
    assert desk.get(f"{own}attempts/{attempt.public_id}/").status_code == 200


def test_who_goes_for_good_keeps_nobody_waiting(
    classroom: Classroom, place: Enrollment, clock: Clock
) -> None:
    """An exception says something of a person, and the class would wait for its end."""
    assignment = assign_quiz(classroom, closes_at=CLOSES, feedback=Feedback.AFTER_CLOSE)
    run = run_of(assignment)
    attempt = handed_in(run, place, correct=True, now=NOW)
    guest = enroll(classroom, "김하늘")
    extend(run, guest.learner, closes_at=CLOSES + 100 * HOUR)
    start(run, guest.learner)
    clock.now = CLOSES + MINUTE
    assert not may_see_result(attempt, now=clock.now)
    erase_learner(learner=guest.learner, now=clock.now)
    assert not Extension.objects.exists()
    assert may_see_result(attempt, now=clock.now)
    assert [row.enrollment for row in live_view(assignment, now=clock.now).rows] == [place]


@pytest.mark.parametrize(
    ("counts", "score", "number"), [("first", 0, 1), ("last", 2, 2), ("best", 2, 2)]
)
def test_attempts_of_a_name_and_of_its_account_are_one_row_in_the_order_of_their_beginnings(
    classroom: Classroom, place: Enrollment, counts: str, score: int, number: int
) -> None:
    """The pupil forgot the password, went in by name, and later moved that to the account."""
    rules: dict[str, Any] = {"closes_at": CLOSES, "max_attempts": 1, "counts": counts}
    assignment = assign_quiz(classroom, **rules)
    run = run_of(assignment)
    guest = enroll(classroom, "이바다")
    first = handed_in(run, guest, correct=False, now=NOW)
    second = handed_in(run, place, correct=True, now=NOW + MINUTE)
    before = browser_of(guest.learner)
    move_records(source=guest.learner, target=place.learner, now=NOW + 2 * MINUTE)
    now = NOW + 3 * MINUTE
    standing = standings([assignment], [place], now=now)[assignment.pk, place.pk]
    assert standing.score == score
    assert (standing.counting, standing.attempts) == (number, 2)
    assert attempts_left(run, place.learner) == 0
    assert read_gradebook(classroom, {}, now=now).people == 1
    assert live_view(assignment, now=now).counts.total == 1
    assert list(Attempt.objects.of(place.learner).order_by("number")) == [first, second]
    # The browser that had the name is nobody's any more.
    assert before.get(f"{first.get_absolute_url()}review/").status_code == 404
    assert before.get(assignment.get_absolute_url()).status_code in {302, 404}


def test_of_two_that_run_in_one_assignment_one_is_handed_in_and_nothing_is_told_of_it(
    classroom: Classroom, place: Enrollment
) -> None:
    """After submitting one would see its key, while the other, with the same questions, goes on."""
    quiz = make_quiz([make_question("single", pool=Pool.EXAM)])
    assignment = assign_quiz(classroom, quiz, feedback=Feedback.AFTER_SUBMIT, max_attempts=2)
    guest = enroll(classroom, "이바다")
    first = start(run_of(assignment), guest.learner)
    second = start(run_of(assignment), place.learner, now=NOW + MINUTE)
    move_records(source=guest.learner, target=place.learner, now=NOW + 2 * MINUTE)
    first.refresh_from_db()
    assert not first.is_running
    assert not may_see_result(first, now=NOW + 3 * MINUTE)
    assert not learner_standing(assignment, place, now=NOW + 3 * MINUTE).is_told
    submit_attempt(attempt=second, now=NOW + 4 * MINUTE)
    assert may_see_result(first, now=NOW + 4 * MINUTE)


def test_an_attempt_is_seen_through_its_own_assignment_alone(
    place: Enrollment, teacher: User
) -> None:
    """The same learner, in another assignment of the class and in another class."""
    other = enroll(make_classroom(make_user(role="instructor")), place.learner, name="이바다")
    here, beside = assign_quiz(place.classroom), assign_quiz(place.classroom)
    there = assign_quiz(other.classroom)
    attempts: dict[Assignment, Attempt] = {
        each: handed_in(run_of(each), place, correct=True, now=NOW)
        for each in (here, beside, there)
    }
    desk = signed_in(teacher)
    for assignment in (here, beside, there):
        for of, attempt in attempts.items():
            page = f"{assignment.get_absolute_url()}attempts/{attempt.public_id}/"
            expected = 200 if assignment == of and assignment != there else 404
            assert desk.get(page).status_code == expected
    assert desk.get(f"{here.get_absolute_url()}marks/{other.public_id}/").status_code == 404
