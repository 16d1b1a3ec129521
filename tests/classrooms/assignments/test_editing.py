"""Changing what was set, also while it is being worked on."""

import datetime as dt
from typing import Any

import pytest

from apps.accounts.models import AuditEntry
from apps.classrooms.access import ArchivedError
from apps.classrooms.models import Assignment, Enrollment
from apps.classrooms.services.assigning import (
    NeedsConsentError,
    RefusedError,
    edit_quiz_assignment,
    edit_reading_assignment,
    rules_of,
)
from apps.content.catalogue import Catalogue
from apps.lessons.services import mark_read
from apps.quizzes.models import Attempt, Pool, QuizRun
from tests.classrooms.assignments.conftest import Clock
from tests.classrooms.factories import enroll, make_classroom, signed_in
from tests.classrooms.gradebook.work import begin, hand_in
from tests.classrooms.work_factories import (
    assign_quiz,
    assign_reading,
    make_exam_quiz,
    run_of,
    teacher_of,
)
from tests.quizzes.factories import HOUR, NOW, extend

pytestmark = pytest.mark.django_db
DUE = NOW + 24 * HOUR


def change(assignment: Assignment, consent: tuple[str, ...] = (), **rules: Any) -> QuizRun:
    """Change single rules through the service, as an instructor would."""
    values = rules_of(run_of(assignment))
    changed = type(values)(**{**{f: getattr(values, f) for f in values.__slots__}, **rules})
    edit_quiz_assignment(
        assignment=assignment,
        title=assignment.title,
        note=assignment.note,
        rules=changed,
        by=teacher_of(assignment.classroom),
        now=NOW,
        consent=consent,
    )
    return run_of(assignment)


def asked(assignment: Assignment, **rules: Any) -> tuple[str, ...]:
    """What is asked before such a change; nothing was written."""
    before = rules_of(run_of(assignment))
    with pytest.raises(NeedsConsentError) as question:
        change(assignment, **rules)
    assert rules_of(run_of(assignment)) == before
    return question.value.consequences


def set_quiz(**rules: Any) -> tuple[Assignment, Enrollment]:
    assignment = assign_quiz(make_classroom(), **rules)
    return assignment, enroll(assignment.classroom, "김하늘")


def form_of(assignment: Assignment, **typed: str) -> dict[str, str]:
    return {
        "title": assignment.title,
        "note": assignment.note,
        "opens_at": "",
        "closes_at": "2026-03-07T18:00",  # DUE
        "late_until": "",
        "late_deduction": "0",
        "time_limit": "",
        "max_attempts": "",
        "counts": "best",
        "feedback": "after_submit",
        **typed,
    }


def test_what_nobody_has_begun_changes_without_a_question() -> None:
    assignment, _ = set_quiz(closes_at=DUE, max_attempts=3)
    run = change(assignment, closes_at=NOW + HOUR, max_attempts=1, counts="first")
    assert (run.closes_at, run.max_attempts, run.counts) == (NOW + HOUR, 1, "first")


def test_changes_are_kept_in_the_trail() -> None:
    assignment, _ = set_quiz(closes_at=DUE)
    change(assignment, closes_at=DUE + HOUR, max_attempts=2)
    entry = AuditEntry.objects.get(action="assignment-edited")
    assert entry.actor == teacher_of(assignment.classroom)
    assert entry.detail["changed"] == {
        "closes_at": [DUE.isoformat(), (DUE + HOUR).isoformat()],
        "max_attempts": [None, 2],
    }


def test_saving_without_a_change_leaves_no_trail() -> None:
    assignment, _ = set_quiz(closes_at=DUE)
    change(assignment)
    assert not AuditEntry.objects.filter(action="assignment-edited").exists()


def test_closing_before_a_running_attempts_promised_end_is_asked_first() -> None:
    assignment, enrollment = set_quiz(closes_at=DUE)
    begin(assignment, enrollment)
    (question,) = asked(assignment, closes_at=NOW + HOUR)
    assert "김하늘" in question
    assert "2026년 3월 7일 (토) 18:00 → 2026년 3월 6일 (금) 19:00" in question
    assert change(assignment, (question,), closes_at=NOW + HOUR).closes_at == NOW + HOUR


def test_closing_where_there_was_no_end_is_asked_first() -> None:
    assignment, enrollment = set_quiz()
    begin(assignment, enrollment)
    (question,) = asked(assignment, closes_at=NOW + HOUR)
    assert "끝 없음 →" in question


def test_a_shorter_time_limit_is_asked_first() -> None:
    assignment, enrollment = set_quiz(time_limit=3600)
    begin(assignment, enrollment)
    assert len(asked(assignment, time_limit=1800)) == 1


def test_an_earlier_closing_after_the_own_time_is_up_takes_nothing_away() -> None:
    assignment, enrollment = set_quiz(closes_at=DUE, time_limit=600)
    begin(assignment, enrollment)
    assert change(assignment, closes_at=NOW + HOUR).closes_at == NOW + HOUR


def test_who_has_a_later_end_of_their_own_is_not_affected() -> None:
    assignment, enrollment = set_quiz(closes_at=DUE)
    extend(run_of(assignment), enrollment.learner, closes_at=DUE)
    begin(assignment, enrollment)
    assert change(assignment, closes_at=NOW + HOUR).closes_at == NOW + HOUR


def test_a_later_closing_is_not_asked() -> None:
    assignment, enrollment = set_quiz(closes_at=DUE)
    begin(assignment, enrollment)
    assert change(assignment, closes_at=DUE + HOUR).closes_at == DUE + HOUR


def test_many_are_counted_instead_of_named() -> None:
    assignment, _ = set_quiz(closes_at=DUE)
    for number in range(6):
        begin(assignment, enroll(assignment.classroom, f"학습자{number}"))
    (question,) = asked(assignment, closes_at=NOW + HOUR)
    assert "응시 중인 6명의" in question
    assert "학습자1" not in question


def test_fewer_attempts_than_before_are_asked_first() -> None:
    assignment, enrollment = set_quiz(max_attempts=3)
    for minute in range(2):
        hand_in(assignment, enrollment, right_ones=1, now=NOW + minute * HOUR)
    (question,) = asked(assignment, max_attempts=1)
    assert "3번 → 1번" in question
    assert "1명의 지난 응시는 그대로 남습니다" in question
    change(assignment, (question,), max_attempts=1)
    assert Attempt.objects.count() == 2


def test_what_was_on_time_does_not_turn_late_unasked() -> None:
    assignment, enrollment = set_quiz(closes_at=DUE)
    hand_in(assignment, enrollment, right_ones=1, now=NOW - HOUR)
    (question,) = asked(assignment, closes_at=NOW - 2 * HOUR, late_until=DUE)
    assert question == "제때 낸 응시 1건이 지각이 됩니다."


def test_another_deduction_of_what_is_late_already_is_asked_first() -> None:
    assignment, enrollment = set_quiz(closes_at=NOW - HOUR, late_until=DUE, late_deduction=10)
    hand_in(assignment, enrollment, right_ones=2)
    (question,) = asked(assignment, late_deduction=30)
    assert "1건의 감점이 10%에서 30%로" in question


def test_another_counting_attempt_is_asked_where_somebody_has_several() -> None:
    assignment, enrollment = set_quiz()
    hand_in(assignment, enrollment, right_ones=2)
    change(assignment, counts="last")
    hand_in(assignment, enrollment, right_ones=1)
    (question,) = asked(assignment, counts="first")
    assert "1명의 결과가 달라질 수 있습니다" in question


def test_feedback_does_not_become_immediate_once_somebody_has_begun() -> None:
    assignment = assign_quiz(
        make_classroom(),
        make_exam_quiz("single", pool=Pool.PRACTICE),
        closes_at=DUE,
        feedback="after_close",
    )
    change(assignment, feedback="immediate")  # nobody has begun
    change(assignment, feedback="after_close")
    begin(assignment, enroll(assignment.classroom))
    with pytest.raises(RefusedError, match="이미 응시한 학습자가 있어") as refusal:
        change(assignment, feedback="immediate")
    assert refusal.value.field == "feedback"


def test_telling_earlier_than_promised_is_asked_first() -> None:
    assignment, enrollment = set_quiz(closes_at=DUE, feedback="after_close")
    hand_in(assignment, enrollment, right_ones=1)
    (question,) = asked(assignment, feedback="after_submit")
    assert "정답이 알려질 수 있습니다" in question


def test_hiding_what_was_told_is_asked_first() -> None:
    assignment, enrollment = set_quiz(closes_at=DUE)
    hand_in(assignment, enrollment, right_ones=1)
    (question,) = asked(assignment, feedback="after_close")
    assert "다시 가려집니다" in question


def test_consent_covers_only_what_was_read() -> None:
    assignment, enrollment = set_quiz(closes_at=DUE)
    begin(assignment, enrollment)
    question = asked(assignment, closes_at=NOW + 2 * HOUR)
    with pytest.raises(NeedsConsentError):
        change(assignment, question, closes_at=NOW + HOUR)


def test_the_page_asks_keeps_what_was_typed_and_saves_with_consent() -> None:
    assignment, enrollment = set_quiz(closes_at=DUE)
    begin(assignment, enrollment)
    client = signed_in(teacher_of(assignment.classroom))
    address = f"/assignments/{assignment.public_id}/edit/"
    typed = form_of(assignment, title="바꾼 제목", closes_at="2026-03-06T19:00")
    response = client.post(address, typed)
    html = response.content.decode()
    assert response.status_code == 409
    assert 'value="바꾼 제목"' in html
    assert 'value="2026-03-06T19:00"' in html
    assert run_of(assignment).closes_at == DUE
    consent = response.context["consequences"]
    response = client.post(address, {**typed, "consent": list(consent)})
    assert response.status_code == 302
    assert run_of(assignment).closes_at == NOW + HOUR
    assignment.refresh_from_db()
    assert assignment.title == "바꾼 제목"


def test_consent_does_not_depend_on_the_minute(clock: Clock) -> None:
    assignment, enrollment = set_quiz(closes_at=DUE)
    begin(assignment, enrollment)
    client = signed_in(teacher_of(assignment.classroom))
    address = f"/assignments/{assignment.public_id}/edit/"
    typed = form_of(assignment, closes_at="2026-03-06T21:00")
    consent = client.post(address, typed).context["consequences"]
    clock.now = NOW + dt.timedelta(minutes=7)
    assert client.post(address, {**typed, "consent": list(consent)}).status_code == 302


def test_the_form_shows_what_holds() -> None:
    assignment, _ = set_quiz(closes_at=DUE, time_limit=3000, max_attempts=2)
    client = signed_in(teacher_of(assignment.classroom))
    html = client.get(f"/assignments/{assignment.public_id}/edit/").content.decode()
    for value in ("2026-03-07T18:00", "50", "2", assignment.title):
        assert f'value="{value}"' in html


def test_what_was_not_touched_stays_to_the_second() -> None:
    due = DUE + dt.timedelta(seconds=30)
    assignment, enrollment = set_quiz(closes_at=due)
    begin(assignment, enrollment)
    client = signed_in(teacher_of(assignment.classroom))
    response = client.post(f"/assignments/{assignment.public_id}/edit/", form_of(assignment))
    assert response.status_code == 302
    assert run_of(assignment).closes_at == due


def test_the_title_may_not_become_empty() -> None:
    assignment, _ = set_quiz()
    client = signed_in(teacher_of(assignment.classroom))
    response = client.post(
        f"/assignments/{assignment.public_id}/edit/", form_of(assignment, title=" ")
    )
    assert response.status_code == 422
    assert "제목을 적어 주세요." in response.content.decode()


def test_a_refused_feedback_is_said_at_its_field() -> None:
    assignment = assign_quiz(make_classroom(), make_exam_quiz("single", pool=Pool.PRACTICE))
    begin(assignment, enroll(assignment.classroom))
    client = signed_in(teacher_of(assignment.classroom))
    typed = form_of(assignment, closes_at="", feedback="immediate")
    response = client.post(f"/assignments/{assignment.public_id}/edit/", typed)
    assert response.status_code == 409
    assert 'id="id_feedback_error"' in response.content.decode()


def test_a_reading_changes_its_times(course: Catalogue) -> None:
    assignment = assign_reading(make_classroom(), due_at=DUE)
    client = signed_in(teacher_of(assignment.classroom))
    typed = {"title": "다시 읽기", "note": "", "opens_at": "", "due_at": "2026-03-09T09:00"}
    response = client.post(f"/assignments/{assignment.public_id}/edit/", typed)
    assignment.refresh_from_db()
    assert response.status_code == 302
    assert assignment.title == "다시 읽기"
    assert assignment.due_at == dt.datetime(2026, 3, 9, 0, 0, tzinfo=dt.UTC)
    changed = AuditEntry.objects.get(action="assignment-edited").detail["changed"]
    assert set(changed) == {"due_at", "title"}


def test_who_read_in_time_does_not_turn_late_unasked(course: Catalogue) -> None:
    assignment = assign_reading(make_classroom(), due_at=DUE)
    assert assignment.lesson is not None
    person = enroll(assignment.classroom)
    mark_read(learner=person.learner, lesson=assignment.lesson, read=True, now=NOW)
    client = signed_in(teacher_of(assignment.classroom))
    address = f"/assignments/{assignment.public_id}/edit/"
    typed = {"title": "읽기", "note": "", "opens_at": "", "due_at": "2026-03-06T12:00"}
    response = client.post(address, typed)
    assert response.status_code == 409
    assert response.context["consequences"] == ("제때 읽은 1명이 늦게 읽은 것이 됩니다.",)
    consent = list(response.context["consequences"])
    assert client.post(address, {**typed, "consent": consent}).status_code == 302


def test_a_reading_is_not_due_before_it_opens(course: Catalogue) -> None:
    assignment = assign_reading(make_classroom(), due_at=DUE)
    with pytest.raises(RefusedError):
        edit_reading_assignment(
            assignment=assignment,
            title="읽기",
            note="",
            opens_at=DUE,
            due_at=DUE,
            by=teacher_of(assignment.classroom),
            now=NOW,
        )


def test_nothing_of_an_archived_class_changes() -> None:
    assignment, _ = set_quiz(closes_at=DUE)
    assignment.classroom.archived_at = NOW
    assignment.classroom.save()
    with pytest.raises(ArchivedError):
        change(assignment, max_attempts=1)
    client = signed_in(teacher_of(assignment.classroom))
    address = f"/assignments/{assignment.public_id}/edit/"
    response = client.post(address, form_of(assignment, title="바꾼 제목"))
    assert response.status_code == 409
    assert "바꾼 제목" in response.content.decode()
    assert client.get(address).status_code == 200


def test_taken_down_and_put_back() -> None:
    assignment, _ = set_quiz()
    client = signed_in(teacher_of(assignment.classroom))
    address = f"/assignments/{assignment.public_id}/retire/"
    for _ in range(2):  # twice is once
        assert client.post(address, {"do": "retire"}).status_code == 302
    assignment.refresh_from_db()
    assert assignment.retired_at == NOW == run_of(assignment).retired_at
    assert client.post(address, {"do": "restore"}).status_code == 302
    assignment.refresh_from_db()
    assert assignment.retired_at is None is run_of(assignment).retired_at
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["assignment-created", "assignment-retired", "assignment-restored"]


def test_a_torn_form_takes_nothing_down() -> None:
    assignment, _ = set_quiz()
    client = signed_in(teacher_of(assignment.classroom))
    assert client.post(f"/assignments/{assignment.public_id}/retire/").status_code == 400


def test_an_archived_class_keeps_its_assignments_as_they_are() -> None:
    assignment, _ = set_quiz()
    assignment.classroom.archived_at = NOW
    assignment.classroom.save()
    client = signed_in(teacher_of(assignment.classroom))
    response = client.post(f"/assignments/{assignment.public_id}/retire/", {"do": "retire"})
    assert response.status_code == 409
    assert str(ArchivedError()) in response.content.decode()
