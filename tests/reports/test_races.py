"""Many at once, on a database that really locks: one answer comes first, and no limit is passed."""

from apps.reports.models import Report, ReportAnswer
from apps.reports.services import AnsweredMeanwhileError, RefusedError, answer_report
from tests.classrooms.factories import enroll, make_classroom, make_user
from tests.quizzes.test_races import _locking_database, together  # noqa: F401 – a fixture
from tests.reports.factories import NOW, make_lesson, make_report


def test_of_answers_written_at_once_one_is_first_and_the_others_are_told() -> None:
    teacher = make_user(role="instructor")
    classroom = make_classroom(teacher)
    report = make_report(enroll(classroom).learner, classroom)

    def answer(number: int) -> bool:
        try:
            answer_report(
                report=report, text=f"{number}번째 답", known_answers=0, by=teacher, now=NOW
            )
        except AnsweredMeanwhileError:
            return False
        return True

    assert together(answer, count=8).count(True) == 1
    assert ReportAnswer.objects.count() == 1


def test_reports_sent_at_once_stay_within_the_limit() -> None:
    lesson = make_lesson()
    learner = enroll(make_classroom()).learner

    def send(number: int) -> bool:
        try:
            make_report(learner, lesson=lesson, text=f"{number}번째로 틀린 곳입니다.")
        except RefusedError:
            return False
        return True

    assert together(send, count=14).count(True) == 10
    assert Report.objects.count() == 10


def test_the_same_report_sent_at_once_is_one() -> None:
    lesson = make_lesson()
    learner = enroll(make_classroom()).learner
    sent = together(lambda _: make_report(learner, lesson=lesson).pk, count=8)
    assert len(set(sent)) == 1
