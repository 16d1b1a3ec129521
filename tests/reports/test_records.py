"""Reports go where their learner goes."""

import json

import pytest

from apps.accounts.hooks import Moving, all_records
from apps.quizzes.models.words import Feedback
from apps.reports.models import Report, ReportAnswer
from apps.reports.records import RECORDS
from apps.reports.services import answer_report
from tests.classrooms.factories import enroll, make_classroom, make_user
from tests.quizzes.factories import make_exam, make_learner, make_run, start
from tests.reports.factories import NOW, SENTENCE, make_report, report_question, told_item

pytestmark = pytest.mark.django_db


def test_the_records_are_registered() -> None:
    assert RECORDS in all_records()


def test_they_are_counted() -> None:
    learner = make_learner()
    assert RECORDS.count(learner) == []
    make_report(learner)
    make_report(learner, text="또 하나 틀렸습니다.")
    assert RECORDS.count(learner) == [("오류 신고", 2)]


def test_they_move_all_of_them_and_nobody_elses() -> None:
    source, target, other = make_learner(), make_learner("kim"), make_learner()
    for learner in (source, target, other):
        make_report(learner)
    moving = Moving(source=source, target=target, now=NOW)
    RECORDS.move(moving)
    RECORDS.move(moving)
    assert Report.objects.of(source).count() == 0
    assert Report.objects.of(target).count() == 2
    assert Report.objects.of(other).count() == 1


def test_they_are_exported_with_their_answers() -> None:
    teacher = make_user(role="instructor", display_name="박강사")
    classroom = make_classroom(teacher, name="3반")
    learner = enroll(classroom).learner
    report = make_report(learner, classroom)
    answer_report(report=report, text="고쳤습니다.", known_answers=0, by=teacher, now=NOW)
    item = told_item(make_exam("single"), learner)
    report_question(item, learner, classroom)
    lesson, question = json.loads(json.dumps(RECORDS.export(learner)))
    assert lesson["quote"] == SENTENCE
    assert lesson["classroom"] == "3반"
    assert [answer["text"] for answer in lesson["answers"]] == ["고쳤습니다."]
    assert "박강사" not in json.dumps(lesson, ensure_ascii=False)
    assert question["attempt"] == str(item.attempt.public_id)
    assert question["position"] == 1


def test_an_export_does_not_tell_what_the_page_hides() -> None:
    teacher = make_user(role="instructor")
    classroom = make_classroom(teacher)
    learner = enroll(classroom).learner
    run = make_exam("single")
    report = report_question(told_item(run, learner), learner, classroom)
    answer_report(report=report, text="정답은 가입니다.", known_answers=0, by=teacher, now=NOW)
    start(make_run(run.quiz, feedback=Feedback.AFTER_SUBMIT), learner)
    assert RECORDS.export(learner)[0]["answers"] == []


def test_erasing_leaves_nothing_of_the_learner_and_everything_of_others() -> None:
    teacher = make_user(role="instructor")
    gone, stays = make_learner(), make_learner()
    for learner in (gone, stays):
        report = make_report(learner)
        answer_report(report=report, text="고쳤습니다.", known_answers=0, by=teacher, now=NOW)
    RECORDS.erase(gone, NOW)
    assert Report.objects.get().learner == stays
    assert ReportAnswer.objects.count() == 1
