"""Going: what names a person is taken away, what others count on stays nameless."""

from collections.abc import Callable

import pytest
from django.test import Client

from apps.accounts.models import AuditEntry, Learner, ResetCode, User
from apps.accounts.services.erasing import (
    RefusedError,
    erase_account,
    erase_learner,
    objections_to_erasing,
)
from apps.classrooms.models import Classroom, Enrollment, Instructorship, Mark
from apps.lessons.models import Lesson, ReadingProgress, WidgetPrediction
from apps.lessons.services import mark_read, remember_position
from apps.quizzes.models import Attempt, Grade, Response
from apps.quizzes.records import ERASED_ANSWER
from apps.quizzes.services.checking import check_attempt
from apps.quizzes.services.taking import submit_attempt
from tests.classrooms.factories import enroll, make_classroom, make_user
from tests.classrooms.work_factories import assign_quiz
from tests.quizzes.factories import (
    HOUR,
    NOW,
    items_of,
    make_exam,
    make_learner,
    make_practice,
    only_item,
    right,
    save,
    start,
)

pytestmark = pytest.mark.django_db
LATER = NOW + HOUR


def finished(kind: str, learner: Learner) -> Attempt:
    attempt = start(make_exam(kind), learner)
    for item in items_of(attempt):
        save(item, right(item))
    return submit_attempt(attempt=attempt, now=NOW)


def test_a_finished_attempt_stays_with_its_answers_and_score() -> None:
    learner = make_learner()
    attempt = finished("single", learner)
    erase_learner(learner=learner, now=LATER)
    attempt.refresh_from_db()
    assert attempt.score == 1
    assert only_item(attempt).responses.get().answer == right(only_item(attempt))


def test_what_was_written_in_own_words_goes_and_still_waits_for_its_grader() -> None:
    learner = make_learner()
    attempt = finished("essay", learner)
    erase_learner(learner=learner, now=LATER)
    assert Response.objects.get().answer == {"text": ERASED_ANSWER}
    attempt.refresh_from_db()
    assert attempt.is_provisional
    assert check_attempt(attempt).differences == []


def test_an_attempt_that_nobody_can_finish_any_more_goes() -> None:
    learner = make_learner()
    attempt = start(make_practice("single"), learner)
    save(only_item(attempt), right(only_item(attempt)))
    Grade.objects.create(
        item=only_item(attempt),
        response=Response.objects.get(),
        version=only_item(attempt).version,
        score=1,
        max_score=1,
        reason=Grade.Reason.CHECK,
        graded_at=NOW,
    )
    erase_learner(learner=learner, now=LATER)
    assert not Attempt.objects.exists()


@pytest.mark.usefixtures("course")
def test_that_a_lesson_was_read_stays_and_where_and_what_was_predicted_goes() -> None:
    learner = make_learner()
    read, begun = Lesson.objects.current()[:2]
    mark_read(learner=learner, lesson=read, read=True, now=NOW)
    remember_position(learner=learner, lesson=read, block=3, heading="here", now=NOW)
    remember_position(learner=learner, lesson=begun, block=3, heading="here", now=NOW)
    WidgetPrediction.objects.create(
        learner=learner,
        widget="packet-walk",
        ask="disposition",
        scenario={},
        answer=[],
        is_right=False,
        made_at=NOW,
    )
    erase_learner(learner=learner, now=LATER)
    row = ReadingProgress.objects.get()
    assert (row.lesson, row.read_at, row.block, row.heading) == (read, NOW, 0, "")
    assert not WidgetPrediction.objects.exists()


def test_a_class_keeps_a_nameless_place_with_its_scores_and_nothing_said_of_the_person() -> None:
    classroom = make_classroom()
    place = enroll(classroom, "김하늘", student_number="7", entry_code="ABCD2345")
    Mark.objects.create(
        assignment=assign_quiz(classroom),
        enrollment=place,
        score=1,
        reason="하늘이 병결",
        comment="하늘아, 잘했어.",
        made_at=NOW,
    )
    erase_learner(learner=place.learner, now=LATER)
    place.refresh_from_db()
    assert (place.name, place.student_number, place.entry_digest, place.state) == (
        "탈퇴한 학습자",
        "",
        "",
        "left",
    )
    mark = Mark.objects.get()
    assert mark.score == 1
    assert "하늘" not in mark.reason + mark.comment


def test_a_learner_without_account_is_left_without_name_and_gone() -> None:
    learner = enroll(make_classroom(), "김하늘").learner
    assert erase_learner(learner=learner, now=LATER) is True
    learner.refresh_from_db()
    assert (learner.name, learner.is_admitted, learner.erased_at) == ("", False, LATER)
    assert erase_learner(learner=learner, now=LATER + HOUR) is False


def test_an_accounts_learner_goes_with_the_account_alone() -> None:
    learner = make_learner("kim")
    assert erase_learner(learner=learner, now=LATER) is False
    assert Learner.objects.get().user is not None


def test_the_account_is_deleted_and_its_attempts_are_nobodys() -> None:
    learner = make_learner("kim")
    attempt = finished("single", learner)
    assert learner.user is not None
    ResetCode.objects.create(
        user=learner.user, digest="0", issued_by=None, issued_at=NOW, expires_at=LATER
    )
    assert erase_account(user=learner.user, now=LATER) is True
    assert not User.objects.exists()
    attempt.refresh_from_db()
    assert (attempt.learner.user, attempt.learner.shown_name) == (None, "")


def test_an_account_that_never_did_anything_can_go_too() -> None:
    assert erase_account(user=make_user("kim"), now=LATER) is True


def test_a_second_tab_finds_nothing_to_erase() -> None:
    user = make_user("kim")
    assert erase_account(user=User.objects.get(pk=user.pk), now=LATER) is True
    assert erase_account(user=user, now=LATER) is False


def test_every_browser_of_the_account_is_signed_out() -> None:
    user = make_user("kim")
    client = Client()
    client.force_login(user)
    erase_account(user=user, now=LATER)
    assert not client.get("/me/").wsgi_request.user.is_authenticated


def test_that_an_account_was_erased_is_on_record_without_its_name() -> None:
    user = make_user("kim", display_name="김하늘")
    erase_account(user=user, now=LATER)
    entry = AuditEntry.objects.get(action="account-erased")
    assert (entry.actor, entry.at) == (None, LATER)
    assert "kim" not in entry.subject
    assert "김하늘" not in entry.subject


# ------------------------------------------------------------------------------- who must stay


def test_the_only_instructor_of_a_class_in_use_is_told_what_to_do_first() -> None:
    user = make_user("lee", "instructor")
    make_classroom(user, name="클라우드 1반")
    with pytest.raises(RefusedError) as refusal:
        erase_account(user=user, now=LATER)
    assert "클라우드 1반" in str(refusal.value)
    assert "보관" in str(refusal.value)
    assert User.objects.filter(pk=user.pk).exists()


def archive(classroom: Classroom) -> None:
    Classroom.objects.filter(pk=classroom.pk).update(archived_at=NOW)


def share(classroom: Classroom) -> None:
    Instructorship.objects.create(
        classroom=classroom, user=make_user("co", "instructor"), added_at=NOW
    )


@pytest.mark.parametrize("way", [archive, share])
def test_an_instructor_may_go_once_the_class_is_archived_or_shared(
    way: Callable[[Classroom], None],
) -> None:
    user = make_user("lee", "instructor")
    classroom = make_classroom(user)
    way(classroom)
    assert objections_to_erasing(user) == []
    assert erase_account(user=user, now=LATER) is True
    assert Classroom.objects.filter(pk=classroom.pk).exists()


def test_an_instructor_who_is_no_longer_active_does_not_count_as_another() -> None:
    user = make_user("lee", "instructor")
    classroom = make_classroom(user)
    share(classroom)
    User.objects.filter(username="co").update(is_active=False)
    assert len(objections_to_erasing(user)) == 1


def test_the_last_administrator_must_stay() -> None:
    first, second = make_user("one", "admin"), make_user("two", "admin")
    assert erase_account(user=first, now=LATER) is True
    with pytest.raises(RefusedError, match="관리자가 한 명뿐"):
        erase_account(user=second, now=LATER)


def test_nothing_is_erased_of_who_must_stay() -> None:
    user = make_user("lee", "instructor")
    make_classroom(user)
    learner = Learner.objects.create(user=user, created_at=NOW)
    other = enroll(make_classroom(), learner, name="이강사")
    with pytest.raises(RefusedError):
        erase_account(user=user, now=LATER)
    other.refresh_from_db()
    assert (other.name, other.state) == ("이강사", Enrollment.State.ACTIVE)
