"""A report is between who sent it and who teaches the class it went to; nobody else finds it."""

from collections.abc import Callable

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.classrooms.models import Enrollment, Instructorship
from apps.reports.models import Report, ReportAnswer
from tests.classrooms.factories import browser_of, enroll, make_classroom, make_user, signed_in
from tests.reports.factories import NOW, make_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> Report:
    classroom = make_classroom(make_user("teacher", role="instructor"))
    return make_report(enroll(classroom, make_user("kim")).learner, classroom)


def nobody(report: Report) -> Client:
    return Client()


def another_instructor(report: Report) -> Client:
    user = make_user(role="instructor")
    make_classroom(user)
    return signed_in(user)


def an_instructor_of_another_class_of_the_learner(report: Report) -> Client:
    user = make_user(role="instructor")
    enroll(make_classroom(user), report.learner)
    return signed_in(user)


def a_removed_instructor(report: Report) -> Client:
    assert report.classroom is not None
    user = make_user(role="instructor")
    place = Instructorship.objects.create(classroom=report.classroom, user=user, added_at=NOW)
    client = signed_in(user)
    assert client.get(report.get_absolute_url()).status_code == 200
    place.delete()
    return client


def who_is_no_instructor_any_more(report: Report) -> Client:
    user = User.objects.get(username="teacher")
    user.is_instructor = False
    user.save()
    return signed_in(user)


def a_classmate(report: Report) -> Client:
    assert report.classroom is not None
    return browser_of(enroll(report.classroom, "이웃").learner)


def an_account_of_another_class(report: Report) -> Client:
    user = make_user("lee")
    enroll(make_classroom(), user)
    return signed_in(user)


@pytest.mark.parametrize(
    "visitor",
    [
        nobody,
        another_instructor,
        an_instructor_of_another_class_of_the_learner,
        a_removed_instructor,
        who_is_no_instructor_any_more,
        a_classmate,
        an_account_of_another_class,
    ],
)
def test_nobody_else_finds_it(visitor: Callable[[Report], Client], report: Report) -> None:
    client = visitor(report)
    address = report.get_absolute_url()
    form = {"action": "answer", "text": "답입니다.", "known_answers": "0"}
    for headers in ({}, {"HX-Request": "true"}):
        assert client.get(address, headers=headers).status_code == 404
        assert client.head(address, headers=headers).status_code == 404
        assert client.post(address, form, headers=headers).status_code == 404
        assert client.post(address, {"action": "close"}, headers=headers).status_code == 404
        for query in ({}, {"state": "all"}, {"box": "mine"}):
            page = client.get("/reports/", query, headers=headers).content.decode()
            assert str(report.public_id) not in page
    report.refresh_from_db()
    assert report.is_open
    assert not ReportAnswer.objects.exists()


def test_its_people_do_find_it(report: Report) -> None:
    """The counterpart: the addresses above exist."""
    kim = signed_in(User.objects.get(username="kim"))
    teacher = signed_in(User.objects.get(username="teacher"))
    admin = signed_in(make_user(role="admin"))
    for client in (kim, teacher, admin):
        assert client.get(report.get_absolute_url()).status_code == 200
        assert str(report.public_id) in client.get("/reports/").content.decode()


def test_who_sent_it_reads_but_does_not_answer(report: Report) -> None:
    kim = signed_in(User.objects.get(username="kim"))
    for action in ("answer", "close", "reopen"):
        form = {"action": action, "text": "제가 답합니다.", "known_answers": "0"}
        assert kim.post(report.get_absolute_url(), form).status_code == 403
    report.refresh_from_db()
    assert report.is_open


@pytest.mark.parametrize("state", [Enrollment.State.REMOVED, Enrollment.State.BLOCKED])
def test_who_was_removed_from_the_class_still_reads_the_own_reports(
    report: Report, state: str
) -> None:
    Enrollment.objects.filter(learner=report.learner).update(state=state)
    kim = signed_in(User.objects.get(username="kim"))
    assert kim.get(report.get_absolute_url()).status_code == 200


def test_without_a_class_it_is_the_administrators() -> None:
    report = make_report(enroll(make_classroom(make_user("t", role="instructor"))).learner)
    assert (
        signed_in(User.objects.get(username="t")).get(report.get_absolute_url()).status_code == 404
    )
    admin = signed_in(make_user(role="admin"))
    assert admin.get(report.get_absolute_url()).status_code == 200


def test_pages_are_stored_nowhere(report: Report) -> None:
    kim = signed_in(User.objects.get(username="kim"))
    for path in ("/reports/", "/reports/new/", report.get_absolute_url()):
        assert "no-store" in kim.get(path).headers["Cache-Control"]
