"""Nothing of a result reaches a learner before the policy of its run, and of every other run that
asks the same questions, lets it: asked of every page on which one might stand."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from apps.accounts.models import Learner, User
from apps.classrooms.domain.standing import Judgment
from apps.classrooms.models import Assignment, Classroom, Enrollment
from apps.classrooms.services.marking import mark_work
from apps.quizzes.models import Attempt, Pool, Quiz, QuizRun
from apps.quizzes.models.words import Feedback
from apps.quizzes.services.taking import submit_attempt
from apps.quizzes.told import told_attempts
from tests.classrooms.factories import enroll, make_classroom, make_user, signed_in
from tests.classrooms.work_factories import assign_quiz, run_of
from tests.quizzes.factories import (
    HOUR,
    MINUTE,
    NOW,
    extend,
    items_of,
    make_learner,
    make_question,
    make_quiz,
    make_run,
    right,
    save,
    start,
)

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)
CLOSES = NOW + 2 * HOUR
KEPT: dict[str, Any] = {"feedback": Feedback.AFTER_CLOSE, "closes_at": CLOSES}
EXPLANATION = "설명은-아직-비밀"
COMMENT = "강사의-말은-아직-비밀"
REASON = "고친-이유는-아직-비밀"


class Clock:
    now = NOW


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


def exam_quiz(count: int = 6) -> Quiz:
    """With so many questions that they would make a weak topic."""
    questions = [make_question("single", explanation=EXPLANATION) for _ in range(count)]
    return make_quiz(questions)


def handed_in(run: QuizRun, learner: Learner, *, correct: int, now: dt.datetime = NOW) -> Attempt:
    attempt = start(run, learner, now=now)
    for item in items_of(attempt)[:correct]:
        save(item, right(item), now=now)
    return submit_attempt(attempt=attempt, now=now)


def addresses(
    place: Enrollment, attempts: list[Attempt], assignments: list[Assignment]
) -> list[str]:
    """Every page on which a learner's results might stand."""
    found = ["/me/", "/me/export/", "/classrooms/", "/reports/", "/quizzes/", "/progress/"]
    found.append(place.classroom.get_absolute_url())
    found += [assignment.get_absolute_url() for assignment in assignments]
    for attempt in attempts:
        found += [
            f"{attempt.get_absolute_url()}review/",
            attempt.run.quiz.get_absolute_url(),
            f"/reports/new/?attempt={attempt.public_id}&position=1",
        ]
    return found


def everything(client: Client, pages: list[str], **headers: str) -> str:
    """What all of them say, without what differs from request to request."""
    texts = []
    for page in pages:
        response = client.get(page, follow=True, headers=headers)
        text = response.content.decode()
        text = re.sub(r'value="[A-Za-z0-9]{64}"|nonce-[\w+/=-]+', "", text)
        text = re.sub(r'"account": \{.*?\}', "", text, flags=re.DOTALL)
        text = re.sub(
            r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32}|<code>\w{12}<", "ID", text
        )
        texts.append(f"{response.status_code} {text}")
    return "\n".join(texts)


def test_two_learners_who_did_differently_see_the_same_until_all_have_ended(
    classroom: Classroom, clock: Clock, teacher: User
) -> None:
    """One has everything right and a praising mark, one nothing and none."""
    assignment = assign_quiz(classroom, exam_quiz(), max_attempts=2, **KEPT)
    run = run_of(assignment)
    places = [enroll(classroom, make_user(f"p-{n}"), name="이바다") for n in range(2)]
    attempts = [
        [handed_in(run, place.learner, correct=each) for each in (first, 0)]
        for place, first in zip(places, (6, 0), strict=True)
    ]
    mark_work(
        assignment=assignment,
        enrollment=places[0],
        judgment=Judgment(score=Decimal(5), reason=REASON, comment=COMMENT),
        base=0,
        by=teacher,
        now=NOW,
    )
    clients = [signed_in(user) for place in places if (user := place.learner.user)]

    def said() -> list[str]:
        return [
            re.sub(r"p-\d", "p", everything(client, addresses(place, own, [assignment])))
            for client, place, own in zip(clients, places, attempts, strict=True)
        ]

    for clock.now in (NOW + MINUTE, CLOSES):
        one, other = said()
        one, other = _answers_apart(one), _answers_apart(other)
        assert one == other
        for secret in (EXPLANATION, COMMENT, REASON):
            assert secret not in one
    clock.now = CLOSES + SECOND
    one, other = said()
    assert all(secret in one for secret in (EXPLANATION, COMMENT, REASON))
    assert COMMENT not in other


def _answers_apart(text: str) -> str:
    """The export holds one's own answers, which are no secret."""
    return re.sub(r'"answers": \[.*?\]', "", text, flags=re.DOTALL)


# The same questions in another run ----------------------------------------------------------------
def test_what_an_open_exam_asks_is_not_told_by_a_run_of_the_catalogue(
    place: Enrollment, pupil: Client, clock: Clock
) -> None:
    """Handed in, the exam could be taken once more from the catalogue to read its key aloud."""
    quiz = exam_quiz()
    assignment = assign_quiz(place.classroom, quiz, **KEPT)
    exam = handed_in(run_of(assignment), place.learner, correct=6)
    public = handed_in(make_run(quiz), place.learner, correct=0)
    extend(run_of(assignment), make_learner(), closes_at=CLOSES + HOUR)
    pages = addresses(place, [exam, public], [assignment])
    for clock.now in (NOW + MINUTE, CLOSES + SECOND, CLOSES + HOUR):
        assert EXPLANATION not in everything(pupil, pages)
        review = pupil.get(f"{public.get_absolute_url()}review/").content.decode()
        assert "같은 문제가 나온 다른 시험이 아직 마감되지 않았습니다" in review
        own = pupil.get(f"{exam.get_absolute_url()}review/").content.decode()
        assert "같은 문제가 나온 다른 시험" not in own
    clock.now = CLOSES + HOUR + SECOND
    assert everything(pupil, pages).count(EXPLANATION) >= 12


@pytest.mark.parametrize("late_until", [None, CLOSES + HOUR])
def test_an_assignment_of_another_class_waits_too(
    place: Enrollment, pupil: Client, clock: Clock, late_until: dt.datetime | None
) -> None:
    quiz = exam_quiz(1)
    other = enroll(make_classroom(name="클라우드 2반"), place.learner, name="이바다")
    kept = assign_quiz(place.classroom, quiz, late_until=late_until, **KEPT)
    told = assign_quiz(other.classroom, quiz)
    handed_in(run_of(kept), place.learner, correct=0)
    attempt = handed_in(run_of(told), place.learner, correct=1)
    clock.now = late_until or CLOSES
    page = pupil.get(told.get_absolute_url()).content.decode()
    assert "1 / 1점" not in page
    assert "다른 시험이 끝날 때까지는" in page
    assert EXPLANATION not in everything(pupil, addresses(other, [attempt], [told, kept]))
    clock.now += SECOND
    assert "1 / 1점" in pupil.get(told.get_absolute_url()).content.decode()


def test_practice_and_other_questions_and_other_learners_wait_for_nothing(
    place: Enrollment, clock: Clock
) -> None:
    asked = make_question("single", pool=Pool.PRACTICE)
    kept = assign_quiz(place.classroom, make_quiz([asked]), **KEPT)
    handed_in(run_of(kept), place.learner, correct=1)
    practice = make_run(make_quiz([asked]), feedback=Feedback.IMMEDIATE)
    exam = make_run(make_quiz([asked]))
    stranger = make_learner()
    free = [
        handed_in(practice, place.learner, correct=1),
        handed_in(make_run(exam_quiz(1)), place.learner, correct=1),
        handed_in(exam, stranger, correct=1),
    ]
    assert told_attempts(free, now=NOW) == {each.pk for each in free}


def test_which_attempt_is_the_best_waits_until_all_of_them_are_told(
    place: Enrollment, pupil: Client
) -> None:
    """The second attempt asks another question, and an exam that is being sat asks it too."""
    shared = make_question("single", explanation=EXPLANATION)
    quiz = exam_quiz(1)
    assignment = assign_quiz(place.classroom, quiz, max_attempts=3)
    handed_in(run_of(assignment), place.learner, correct=1)
    quiz.sections.get().draws.update(question=shared)
    handed_in(run_of(assignment), place.learner, correct=0)
    address = assignment.get_absolute_url()
    assert "결과로 남는 응시" in pupil.get(address).content.decode()
    sitting = start(make_run(make_quiz([shared])), place.learner)
    page = pupil.get(address).content.decode()
    assert "결과로 남는 응시" not in page
    assert 'class="task-state__score"' not in page
    submit_attempt(attempt=sitting, now=NOW)
    assert "결과로 남는 응시" in pupil.get(address).content.decode()


# Who asks with what ------------------------------------------------------------------------------
def test_an_instructors_etag_opens_nothing_to_a_learner(
    place: Enrollment, pupil: Client, teacher: User
) -> None:
    assignment = assign_quiz(place.classroom, exam_quiz(), **KEPT)
    handed_in(run_of(assignment), place.learner, correct=6)
    address = f"{assignment.get_absolute_url()}live/"
    first = signed_in(teacher).get(address, headers={"HX-Request": "true"})
    asked = {"HX-Request": "true", "If-None-Match": first["ETag"]}
    assert signed_in(teacher).get(address, headers=asked).status_code == 304
    for page in (address, f"{place.classroom.get_absolute_url()}gradebook/"):
        response = pupil.get(page, headers=asked)
        assert response.status_code == 403
        assert "ETag" not in response


def test_a_result_that_was_told_is_hidden_again_when_somebody_gets_more_time(
    place: Enrollment, pupil: Client, clock: Clock
) -> None:
    assignment = assign_quiz(place.classroom, exam_quiz(), **KEPT)
    attempt = handed_in(run_of(assignment), place.learner, correct=6)
    pages = addresses(place, [attempt], [assignment])
    clock.now = CLOSES + MINUTE
    assert EXPLANATION in everything(pupil, pages)
    extend(run_of(assignment), make_learner(), closes_at=CLOSES + HOUR)
    hidden = everything(pupil, pages)
    assert EXPLANATION not in hidden
    assert not re.search(r"\b6 / 6점|\"score\": \"6\"", hidden)


def test_an_excuse_of_late_work_says_no_score(
    place: Enrollment, pupil: Client, teacher: User, clock: Clock
) -> None:
    rules: dict[str, Any] = {"closes_at": CLOSES, "late_until": CLOSES + HOUR, "late_deduction": 10}
    assignment = assign_quiz(place.classroom, exam_quiz(), **rules)
    clock.now = CLOSES + MINUTE
    handed_in(run_of(assignment), place.learner, correct=6, now=clock.now)
    mark_work(
        assignment=assignment,
        enrollment=place,
        judgment=Judgment(is_excused=True, reason="병결"),
        base=0,
        by=teacher,
        now=clock.now,
    )
    page = pupil.get(assignment.get_absolute_url()).content.decode()
    assert "면제되었습니다" in page
    assert "→" not in page.split("나의 응시")[0].split("task-state", 1)[1]
