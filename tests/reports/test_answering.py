"""Answering, closing and reopening; whoever comes second sees what the first one said."""

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.classrooms.access import ArchivedError
from apps.classrooms.models import Instructorship
from apps.reports.models import Report, ReportAnswer
from apps.reports.services import answer_report, close_report, reopen_report
from tests.classrooms.factories import DAY, browser_of, enroll, make_classroom, make_user, signed_in
from tests.reports.factories import NOW, make_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher() -> User:
    return make_user("teacher", role="instructor", display_name="박강사")


@pytest.fixture
def report(teacher: User) -> Report:
    classroom = make_classroom(teacher)
    return make_report(enroll(classroom).learner, classroom)


def post(client: Client, report: Report, action: str, text: str = "", known: str = "0") -> int:
    form = {"action": action, "text": text, "known_answers": known}
    return client.post(report.get_absolute_url(), form).status_code


def test_an_answer_is_kept_with_who_gave_it(teacher: User, report: Report) -> None:
    assert post(signed_in(teacher), report, "answer", "다음 판에서 고칩니다.\r\n고맙습니다.") == 302
    answer = ReportAnswer.objects.get()
    assert (answer.text, answer.by, answer.at) == (
        "다음 판에서 고칩니다.\n고맙습니다.",
        teacher,
        NOW,
    )
    report.refresh_from_db()
    assert (report.state, report.answered_at) == ("answered", NOW)
    page = browser_of(report.learner).get(report.get_absolute_url()).content.decode()
    assert "박강사" in page
    assert "다음 판에서 고칩니다." in page
    assert "답 보내기" not in page


def test_the_second_of_two_sees_the_first_ones_answer_and_loses_nothing(
    teacher: User, report: Report
) -> None:
    other = make_user("other", role="instructor", display_name="이강사")
    assert report.classroom is not None
    Instructorship.objects.create(classroom=report.classroom, user=other, added_at=NOW)
    assert post(signed_in(teacher), report, "answer", "첫째 답입니다.") == 302
    second = signed_in(other)
    form = {"action": "answer", "text": "둘째 답입니다.", "known_answers": "0"}
    refused = second.post(report.get_absolute_url(), form)
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "다른 사람이 먼저 답했습니다." in page
    assert "첫째 답입니다." in page
    assert "둘째 답입니다.</textarea>" in page
    assert 'name="known_answers" value="1"' in page
    assert ReportAnswer.objects.count() == 1
    assert post(second, report, "answer", "둘째 답입니다.", known="1") == 302
    assert list(ReportAnswer.objects.values_list("text", flat=True)) == [
        "첫째 답입니다.",
        "둘째 답입니다.",
    ]


@pytest.mark.parametrize(
    ("text", "told"), [("", "답을 적어 주세요."), ("가" * 2001, "지금은 2001자입니다.")]
)
def test_an_answer_that_cannot_be_sent(teacher: User, report: Report, text: str, told: str) -> None:
    form = {"action": "answer", "text": text, "known_answers": "0"}
    response = signed_in(teacher).post(report.get_absolute_url(), form)
    assert response.status_code == 422
    page = response.content.decode()
    assert told in page
    assert f"{text}</textarea>" in page
    assert not ReportAnswer.objects.exists()


@pytest.mark.parametrize("known", ["", "-1", "x", "9" * 30])
def test_a_torn_form_writes_nothing(teacher: User, report: Report, known: str) -> None:
    form = {"action": "answer", "text": "답입니다.", "known_answers": known}
    response = signed_in(teacher).post(report.get_absolute_url(), form)
    assert response.status_code == 422
    assert "다시 보내 주세요." in response.content.decode()
    assert "답입니다.</textarea>" in response.content.decode()
    assert not ReportAnswer.objects.exists()


def test_closing_and_reopening(teacher: User, report: Report) -> None:
    client = signed_in(teacher)
    assert post(client, report, "close") == 302
    report.refresh_from_db()
    assert report.state == Report.State.CLOSED
    page = browser_of(report.learner).get(report.get_absolute_url()).content.decode()
    assert "답 없이 닫은 신고입니다." in page
    assert post(client, report, "reopen") == 302
    report.refresh_from_db()
    assert report.is_open


def test_answers_outlive_closing_and_reopening(teacher: User, report: Report) -> None:
    answer_report(report=report, text="고쳤습니다.", known_answers=0, by=teacher, now=NOW)
    close_report(report=report)
    reopen_report(report=report)
    report.refresh_from_db()
    assert report.is_open
    assert report.answers.count() == 1
    page = browser_of(report.learner).get(report.get_absolute_url()).content.decode()
    assert "고쳤습니다." in page


def test_closing_does_not_throw_an_unsent_answer_away(teacher: User, report: Report) -> None:
    form = {"action": "close", "text": "쓰던 답", "known_answers": "0"}
    response = signed_in(teacher).post(report.get_absolute_url(), form)
    assert response.status_code == 422
    page = response.content.decode()
    assert "아직 보내지 않은 답이 있습니다." in page
    assert "쓰던 답</textarea>" in page
    report.refresh_from_db()
    assert report.is_open


def test_an_unknown_action_is_refused(teacher: User, report: Report) -> None:
    assert post(signed_in(teacher), report, "delete") == 400
    assert post(signed_in(teacher), report, "") == 400


@pytest.mark.parametrize("action", ["answer", "close", "reopen"])
def test_an_archived_class_is_read_only(teacher: User, report: Report, action: str) -> None:
    classroom = report.classroom
    assert classroom is not None
    classroom.archived_at = NOW - DAY
    classroom.save()
    client = signed_in(teacher)
    assert client.get(report.get_absolute_url()).status_code == 200
    text = "쓰던 답" if action == "answer" else ""
    form = {"action": action, "text": text, "known_answers": "0"}
    response = client.post(report.get_absolute_url(), form)
    assert response.status_code == 409
    page = response.content.decode()
    assert str(ArchivedError()) in page
    assert f"{text}</textarea>" in page
    report.refresh_from_db()
    assert report.is_open
    assert not ReportAnswer.objects.exists()


def test_an_administrator_answers_what_has_no_class() -> None:
    admin = make_user(role="admin")
    report = make_report(enroll(make_classroom()).learner)
    assert post(signed_in(admin), report, "answer", "고쳤습니다.") == 302
    assert ReportAnswer.objects.get().by == admin


def test_hostile_answers_stay_text(teacher: User, report: Report) -> None:
    post(signed_in(teacher), report, "answer", "<script>alert(1)</script> **굵게**")
    page = browser_of(report.learner).get(report.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **굵게**" in page
