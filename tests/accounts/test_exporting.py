"""The file of one's own records holds everything about the person, and nothing too early."""

import json
from decimal import Decimal
from typing import Any

import pytest

from apps.accounts.models import Learner
from apps.accounts.services.exporting import export_records
from apps.classrooms.models import Mark
from apps.lessons.models import Lesson
from apps.lessons.services import mark_read
from apps.quizzes.exported import in_words
from apps.quizzes.models import Attempt
from apps.quizzes.models.words import Feedback
from apps.quizzes.queries import may_see_result
from apps.quizzes.services.taking import check_item, submit_attempt
from apps.quizzes.told import told_attempts
from tests.classrooms.factories import enroll, make_classroom, make_user
from tests.classrooms.work_factories import assign_quiz, run_of
from tests.quizzes.factories import (
    GRADED_BY_MACHINE,
    HOUR,
    MINUTE,
    NOW,
    extend,
    items_of,
    make_exam,
    make_learner,
    make_practice,
    make_question,
    make_quiz,
    make_run,
    only_item,
    right,
    save,
    start,
    walking_generator,
)

pytestmark = pytest.mark.django_db


def export(learner: Learner) -> dict[str, Any]:
    """As it is sent: whatever is no JSON fails here."""
    document: dict[str, Any] = json.loads(json.dumps(export_records(learner), ensure_ascii=False))
    return document


def answered(attempt: Attempt) -> Attempt:
    for item in items_of(attempt):
        save(item, right(item))
    return attempt


def test_the_account_is_told_without_password_and_codes() -> None:
    user = make_user("kim", display_name="김하늘", email="kim@example.com")
    user.set_password("a good password")
    user.save()
    document = export(Learner.objects.create(user=user, created_at=NOW))
    assert document["person"]["account"]["username"] == "kim"
    assert document["person"]["name"] == "김하늘"
    assert document["person"]["account"]["email"] == "kim@example.com"
    assert user.password not in json.dumps(document)


def test_a_finished_exam_tells_stem_answer_and_score() -> None:
    attempt = answered(start(make_exam("single")))
    submit_attempt(attempt=attempt, now=NOW)
    (row,) = export(attempt.learner)["quizzes"]
    (item,) = row["items"]
    spec = only_item(attempt).spec
    assert item["stem"] == spec.shown.stem
    texts = {each["id"]: each["text"] for each in spec.shown.body["choices"]}
    assert item["answers"][0]["answer"] == texts[spec.secret.key["choice"]]
    assert (row["score"], item["score"], item["max_score"]) == ("1", "1", "1")


def told_scores(learner: Learner) -> set[str | None]:
    (row,) = export(learner)["quizzes"]
    return {row["score"], *(item["score"] for item in row["items"])}


def test_what_is_still_running_has_no_score() -> None:
    assert told_scores(answered(start(make_exam("single"))).learner) == {None}


def test_after_close_means_after_close_here_too() -> None:
    far = NOW.replace(year=2999)
    run = make_exam("single", feedback=Feedback.AFTER_CLOSE, closes_at=far)
    attempt = answered(start(run))
    submit_attempt(attempt=attempt, now=NOW)
    assert told_scores(attempt.learner) == {None}
    type(run).objects.filter(pk=run.pk).update(closes_at=NOW + HOUR)
    assert told_scores(attempt.learner) == {"1"}


def test_an_exam_whose_questions_are_being_asked_elsewhere_tells_nothing() -> None:
    question = make_question("single")
    learner = make_learner()
    attempt = answered(start(make_run(make_quiz([question])), learner))
    submit_attempt(attempt=attempt, now=NOW)
    start(make_run(make_quiz([question])), learner)
    first = export(learner)["quizzes"][0]
    assert (first["score"], first["items"][0]["score"]) == (None, None)


def test_practice_tells_what_was_checked_and_no_more() -> None:
    attempt = answered(start(make_practice("single", "numeric")))
    check_item(item=items_of(attempt)[0], now=NOW)
    (row,) = export(attempt.learner)["quizzes"]
    assert [item["score"] for item in row["items"]] == ["1", None]


def secrets_of(attempt: Attempt) -> set[str]:
    """Texts that stand in key, explanation and feedback and nowhere in what is shown."""
    found: set[str] = set()
    for item in items_of(attempt):
        secret = item.spec.secret
        found |= {secret.explanation, *secret.feedback.values()}
        found.add(json.dumps(secret.key, ensure_ascii=False))
    return {text for text in found if text}


def test_no_kind_of_question_tells_its_key() -> None:
    with walking_generator():
        attempt = answered(start(make_exam(*GRADED_BY_MACHINE)))
        submit_attempt(attempt=attempt, now=NOW)
        text = json.dumps(export_records(attempt.learner), ensure_ascii=False)
        assert secrets_of(attempt)
        assert [secret for secret in secrets_of(attempt) if secret in text] == []


def test_answers_are_in_the_words_of_the_question() -> None:
    body = {
        "lefts": [{"id": "l1", "text": "보안 그룹"}],
        "rights": [{"id": "r1", "text": "상태 저장"}],
    }
    assert in_words(body, {"given": {"l1": "r1"}}) == {"보안 그룹": "상태 저장"}
    assert in_words({"items": [{"id": "i1", "text": "먼저"}]}, {"places": {"i1": 1}}) == {"먼저": 1}
    choices = {"choices": [{"id": "c1", "text": "가"}, {"id": "c2", "text": "나"}]}
    assert in_words(choices, {"choices": ["c2", "c1"]}) == ["나", "가"]
    assert in_words(choices, {"choice": "c1"}) == "가"
    assert in_words({"unit": "GiB"}, {"text": "c1"}) == "c1"
    assert in_words(choices, {}) is None


def test_answers_that_came_late_are_there_and_called_late() -> None:
    run = make_exam("single", closes_at=NOW + HOUR)
    attempt = answered(start(run))
    item = only_item(attempt)
    save(item, {"choice": "none-of-them"}, base=1, sequence=2, now=NOW + 2 * HOUR)
    (row,) = export(attempt.learner)["quizzes"]
    assert [each["is_late"] for each in row["items"][0]["answers"]] == [False, True]


@pytest.mark.usefixtures("course")
def test_reading_is_there_with_the_name_of_the_lesson() -> None:
    learner = make_learner()
    lesson = Lesson.objects.current()[0]
    mark_read(learner=learner, lesson=lesson, read=True, now=NOW)
    (row,) = export(learner)["lessons"]["reading"]
    assert (row["lesson"], row["read_at"]) == (lesson.title, NOW.isoformat())


def test_a_class_tells_what_its_page_tells_the_learner() -> None:
    classroom = make_classroom(name="클라우드 1반")
    place = enroll(classroom, "김하늘", student_number="7", entry_code="ABCD2345")
    assignment = assign_quiz(classroom, title="1주 과제")
    attempt = answered(start(run_of(assignment), place.learner))
    submit_attempt(attempt=attempt, now=NOW)
    Mark.objects.create(
        assignment=assignment,
        enrollment=place,
        score=Decimal("1.5"),
        reason="부분 점수",
        comment="잘했습니다.",
        made_at=NOW,
    )
    document = export(place.learner)
    (room,) = document["classrooms"]
    (row,) = room["assignments"]
    assert (room["classroom"], room["name"], room["student_number"]) == (
        "클라우드 1반",
        "김하늘",
        "7",
    )
    assert (row["title"], row["score"], row["comment"]) == ("1주 과제", "1.5", "잘했습니다.")
    assert place.entry_digest not in json.dumps(document)


def test_a_class_does_not_tell_before_its_exam_has_closed() -> None:
    classroom = make_classroom()
    place = enroll(classroom, "김하늘")
    far = NOW.replace(year=2999)
    assignment = assign_quiz(classroom, feedback=Feedback.AFTER_CLOSE, closes_at=far)
    attempt = answered(start(run_of(assignment), place.learner))
    submit_attempt(attempt=attempt, now=NOW)
    Mark.objects.create(
        assignment=assignment, enrollment=place, score=1, reason="확인", comment="1점", made_at=NOW
    )
    (row,) = export(place.learner)["classrooms"][0]["assignments"]
    assert (row["score"], row["reason"], row["comment"]) == (None, "", "")


def test_nothing_of_others_is_in_it() -> None:
    classroom = make_classroom()
    own, other = enroll(classroom, "김하늘"), enroll(classroom, "박바다")
    assignment = assign_quiz(classroom)
    for place in (own, other):
        answered(start(run_of(assignment), place.learner))
    text = json.dumps(export_records(own.learner), ensure_ascii=False)
    assert "박바다" not in text
    assert len(export(own.learner)["quizzes"]) == 1


@pytest.mark.parametrize("minutes", [0, 30, 61, 91, 121, 151])
def test_many_attempts_are_told_as_each_one_would_be(minutes: int) -> None:
    learner, other = make_learner(), make_learner()
    shared = make_question("single")
    ends: dict[str, Any] = {"closes_at": NOW + HOUR}
    runs = [
        make_exam("single"),
        make_exam("single", feedback=Feedback.AFTER_CLOSE, **ends),
        make_exam("single", feedback=Feedback.AFTER_CLOSE, late_until=NOW + 2 * HOUR, **ends),
        make_exam("single", feedback=Feedback.AFTER_CLOSE, **ends),
        make_practice("single"),
        make_run(make_quiz([shared])),
    ]
    extend(runs[3], other, closes_at=NOW + 90 * MINUTE)
    for run in runs:
        submit_attempt(attempt=start(run, learner), now=NOW)
    start(make_run(make_quiz([shared])), learner)
    start(make_practice("single"), learner)
    attempts = list(Attempt.objects.of(learner).select_related("run"))
    now = NOW + minutes * MINUTE
    assert told_attempts(attempts, now=now) == {
        each.pk for each in attempts if may_see_result(each, now=now)
    }
