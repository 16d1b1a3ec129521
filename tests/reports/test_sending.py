"""Reports are sent from lessons and from questions that were told, to whom they concern."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from apps.accounts.models import Learner
from apps.classrooms.models import Enrollment
from apps.quizzes.models.words import Feedback
from apps.quizzes.services.taking import check_item, try_again
from apps.reports.models import Report
from tests.classrooms.factories import DAY, browser_of, enroll, make_classroom, make_user, signed_in
from tests.classrooms.work_factories import assign_quiz
from tests.quizzes.factories import items_of, make_exam, make_practice, make_run, start
from tests.reports.factories import NOW, SENTENCE, make_lesson, told_item

pytestmark = pytest.mark.django_db
NEW = "/reports/new/"
TEXT = "이 말은 사실과 다릅니다."


def about_lesson(**changed: str) -> dict[str, str]:
    return {
        "lesson": "groups-lesson",
        "section": "groups",
        "quote": SENTENCE,
        "text": TEXT,
    } | changed


def page_of(client: Client, path: str, **query: str) -> str:
    response = client.get(path, query)
    assert response.status_code == 200
    return response.content.decode()


# From a lesson -----------------------------------------------------------------------------------
def test_without_a_subject_one_chooses_a_lesson(client: Client) -> None:
    lesson = make_lesson()
    assert f'<option value="{lesson.slug}">' in page_of(client, NEW)
    assert client.post(NEW, {"text": TEXT}).status_code == 422
    assert not Report.objects.exists()


@pytest.mark.parametrize("slug", ["nirgends", "\0", "groups-lesson\0x", "<script>"])
def test_a_lesson_that_there_is_not(client: Client, slug: str) -> None:
    make_lesson()
    assert client.get(NEW, {"lesson": slug}).status_code == 404


def test_a_retired_lesson_takes_no_reports(client: Client) -> None:
    make_lesson(retired_at=NOW)
    assert client.get(NEW, {"lesson": "groups-lesson"}).status_code == 404
    assert client.post(NEW, about_lesson()).status_code == 404


def test_the_form_begins_with_what_was_selected(client: Client) -> None:
    make_lesson()
    page = page_of(client, NEW, lesson="groups-lesson", section="rules", quote=f" {SENTENCE}\n")
    assert f">\n{SENTENCE}</textarea>" in page
    # The selection said otherwise, but that is where it stands.
    assert '<option value="groups" selected>' in page
    assert "as_typed" not in page


def test_a_get_writes_nothing(client: Client) -> None:
    make_lesson()
    page_of(client, NEW, lesson="groups-lesson", quote=SENTENCE)
    assert not Learner.objects.exists()
    assert "sessionid" not in "".join(client.cookies)


def test_somebody_without_account_reports_to_the_administrators(client: Client) -> None:
    lesson = make_lesson()
    response = client.post(NEW, about_lesson())
    report = Report.objects.get()
    assert response.status_code == 302
    assert response.headers["Location"] == report.get_absolute_url()
    assert (report.lesson, report.section, report.quote) == (lesson, "groups", SENTENCE)
    assert report.is_quote_found
    assert report.classroom is None
    assert report.created_at == NOW
    assert TEXT in page_of(client, report.get_absolute_url())


def test_a_member_of_one_class_reports_to_it(client: Client) -> None:
    make_lesson()
    enrollment = enroll(make_classroom(name="3반"))
    browser = browser_of(enrollment.learner)
    page = page_of(browser, NEW, lesson="groups-lesson")
    assert "3반" in page
    assert 'name="classroom"' not in page
    browser.post(NEW, about_lesson())
    assert Report.objects.get().classroom == enrollment.classroom


def test_a_member_of_several_classes_chooses() -> None:
    make_lesson()
    learner = enroll(make_classroom(name="1반")).learner
    second = enroll(make_classroom(name="2반"), learner).classroom
    browser = browser_of(learner)
    response = browser.post(NEW, about_lesson())
    assert response.status_code == 422
    page = response.content.decode()
    assert "어느 반의 강사에게 보낼지 고르세요." in page
    assert TEXT in page
    assert SENTENCE in page
    assert not Report.objects.exists()
    browser.post(NEW, about_lesson(classroom=str(second.public_id)))
    assert Report.objects.get().classroom == second


def test_another_class_cannot_be_chosen() -> None:
    make_lesson()
    learner = enroll(make_classroom()).learner
    enroll(make_classroom(), learner)
    other = make_classroom()
    response = browser_of(learner).post(NEW, about_lesson(classroom=str(other.public_id)))
    assert response.status_code == 422
    assert not Report.objects.exists()


@pytest.mark.parametrize("state", [Enrollment.State.REMOVED, Enrollment.State.BLOCKED])
def test_who_was_removed_no_longer_writes_to_the_class(state: str) -> None:
    make_lesson()
    enrollment = enroll(make_classroom(), state=state)
    browser_of(enrollment.learner).post(NEW, about_lesson())
    assert Report.objects.get().classroom is None


def test_an_archived_class_gets_no_more_reports() -> None:
    make_lesson()
    learner = enroll(make_classroom(archived_at=NOW - DAY)).learner
    browser_of(learner).post(NEW, about_lesson())
    assert Report.objects.get().classroom is None


# The quote ---------------------------------------------------------------------------------------
def test_a_quote_that_is_not_there_is_asked_about_and_then_kept(client: Client) -> None:
    make_lesson()
    form = about_lesson(quote="레슨에 없는 문장입니다.")
    response = client.post(NEW, form)
    assert response.status_code == 422
    page = response.content.decode()
    assert "찾지 못했습니다" in page
    assert "레슨에 없는 문장입니다." in page
    assert TEXT in page
    assert not Report.objects.exists()
    assert client.post(NEW, {**form, "as_typed": "1"}).status_code == 302
    report = Report.objects.get()
    assert not report.is_quote_found
    assert report.quote == "레슨에 없는 문장입니다."


def test_an_address_with_a_quote_that_is_not_there_says_so_at_once(client: Client) -> None:
    make_lesson()
    page = page_of(client, NEW, lesson="groups-lesson", quote="레슨에 없는 문장입니다.")
    assert "찾지 못했습니다" in page
    assert 'name="as_typed"' in page


def test_a_report_needs_no_quote(client: Client) -> None:
    make_lesson()
    client.post(NEW, about_lesson(quote=""))
    report = Report.objects.get()
    assert (report.quote, report.section) == ("", "groups")
    assert "보안 그룹" in page_of(client, report.get_absolute_url())


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"text": ""}, "무엇이 틀렸는지 적어 주세요."),
        ({"text": " \r\n "}, "무엇이 틀렸는지 적어 주세요."),
        ({"text": "음"}, "조금만 더 적어 주세요."),
        ({"text": "가" * 2001}, "지금은 2001자입니다."),
        ({"quote": "가" * 401}, "지금은 401자입니다."),
        ({"section": "nirgends"}, "이 레슨의 제목 가운데에서 고르세요."),
        ({"text": "널 문자\0가 든 글"}, "널"),
    ],
)
def test_what_cannot_be_sent_is_said_at_its_place(
    client: Client, changed: dict[str, str], told: str
) -> None:
    make_lesson()
    response = client.post(NEW, about_lesson(**changed))
    assert response.status_code == 422
    page = response.content.decode()
    assert told in page
    assert 'aria-invalid="true"' in page
    assert not Report.objects.exists()


def test_lines_count_once_whatever_the_browser_ends_them_with(client: Client) -> None:
    make_lesson()
    text = "\n".join(["가나다"] * 500)  # 1999 letters, 2498 with two signs for each line's end
    assert client.post(NEW, about_lesson(text=text.replace("\n", "\r\n"))).status_code == 302
    assert Report.objects.get().text == text


def test_hostile_text_stays_text(client: Client) -> None:
    html = "<p>&lt;img src=x onerror=alert(1)&gt; 입니다.</p>"
    make_lesson(html)
    hostile = "<script>alert(1)</script> **굵게** [눌러](javascript:alert(1)) {{ 7|add:7 }}"
    quote = "<img src=x onerror=alert(1)> 입니다."
    assert client.get(NEW, {"lesson": "groups-lesson", "quote": quote}).status_code == 200
    client.post(NEW, about_lesson(section="", quote=quote, text=hostile))
    for path in (Report.objects.get().get_absolute_url(), "/reports/"):
        page = page_of(client, path)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "javascript:" not in page.replace("](javascript:alert(1))", "")
        assert "&lt;script&gt;alert(1)&lt;/script&gt; **굵게**" in page
        assert "{{ 7|add:7 }}" in page


# From a question ---------------------------------------------------------------------------------
def test_a_question_is_reported_from_its_review() -> None:
    user = make_user("kim")
    enrollment = enroll(make_classroom(), user)
    item = told_item(make_exam("single"), enrollment.learner)
    browser = signed_in(user)
    review = page_of(browser, f"{item.attempt.get_absolute_url()}review/")
    address = f"{NEW}?attempt={item.attempt.public_id}&amp;position=1&amp;try=1"
    assert address in review
    form = page_of(browser, address.replace("&amp;", "&"))
    assert "1번 문제" in form
    sent = {"attempt": item.attempt.public_id, "position": "1", "try": "1", "text": TEXT}
    response = browser.post(NEW, sent)
    report = Report.objects.get()
    assert response.headers["Location"] == report.get_absolute_url()
    assert (report.item, report.version) == (item, item.version)
    assert report.classroom == enrollment.classroom


def test_a_question_of_a_set_quiz_goes_to_the_class_that_set_it() -> None:
    learner = enroll(make_classroom()).learner
    classroom = enroll(make_classroom(), learner).classroom
    enroll(make_classroom(), learner)
    run = make_exam("single")
    assignment = assign_quiz(classroom, run.quiz, feedback=Feedback.AFTER_SUBMIT)
    assert assignment.run is not None
    item = told_item(assignment.run, learner)
    page = page_of(browser_of(learner), NEW, attempt=str(item.attempt.public_id), position="1")
    assert f'value="{classroom.public_id}" required checked' in page


@pytest.mark.parametrize("feedback", [Feedback.AFTER_SUBMIT, Feedback.AFTER_CLOSE])
def test_a_question_that_is_not_told_yet_cannot_be_reported(feedback: str) -> None:
    closes_at = NOW + DAY if feedback == Feedback.AFTER_CLOSE else None
    learner = enroll(make_classroom()).learner
    run = make_exam("single", feedback=feedback, closes_at=closes_at)
    if feedback == Feedback.AFTER_CLOSE:
        attempt = told_item(run, learner).attempt
    else:
        attempt = start(run, learner)
    query = {"attempt": str(attempt.public_id), "position": "1"}
    browser = browser_of(learner)
    assert browser.get(NEW, query).status_code == 404
    assert browser.post(NEW, {**query, "text": TEXT}).status_code == 404
    assert not Report.objects.exists()


def test_a_question_of_an_exam_under_way_cannot_be_reported_from_elsewhere() -> None:
    learner = enroll(make_classroom()).learner
    run = make_exam("single")
    item = told_item(run, learner)
    start(make_run(run.quiz), learner)  # the same question, in an exam that runs
    query = {"attempt": str(item.attempt.public_id), "position": "1"}
    assert browser_of(learner).get(NEW, query).status_code == 404


def test_in_practice_a_question_is_reported_once_it_was_checked() -> None:
    learner = enroll(make_classroom()).learner
    attempt = start(make_practice("single"), learner)
    browser = browser_of(learner)
    query = {"attempt": str(attempt.public_id), "position": "1", "try": "1"}
    assert browser.get(NEW, query).status_code == 404
    check_item(item=items_of(attempt)[0], now=NOW)
    assert browser.get(NEW, query).status_code == 200
    assert f"{NEW}?attempt=" in page_of(browser, f"{attempt.get_absolute_url()}1/")
    # A new try has not been checked yet, and the first one still was.
    try_again(item=items_of(attempt)[0], now=NOW, seed=1)
    assert browser.get(NEW, query).status_code == 200
    assert browser.get(NEW, {**query, "try": "2"}).status_code == 404


@pytest.mark.parametrize(
    "changed",
    [
        {"attempt": "nirgends"},
        {"attempt": "00000000-0000-0000-0000-000000000000"},
        {"position": "0"},
        {"position": "99999999999999999999"},
        {"position": "-1"},
        {"position": "²"},
        {"position": "\0"},
        {"position": ""},
        {"try": "9"},
        {"try": "x"},
    ],
)
def test_an_address_that_means_nothing(changed: dict[str, str]) -> None:
    learner = enroll(make_classroom()).learner
    item = told_item(make_exam("single"), learner)
    query = {"attempt": str(item.attempt.public_id), "position": "1"}
    browser = browser_of(learner)
    assert browser.get(NEW, query).status_code == 200
    assert browser.get(NEW, {**query, **changed}).status_code == 404


def test_nobody_reports_from_somebody_elses_attempt() -> None:
    mine = told_item(make_exam("single"), enroll(make_classroom()).learner)
    query = {"attempt": str(mine.attempt.public_id), "position": "1"}
    stranger = browser_of(enroll(make_classroom()).learner)
    staff = signed_in(make_user(role="admin"))
    for browser in (stranger, staff, Client()):
        assert browser.get(NEW, query).status_code == 404
        assert browser.post(NEW, {**query, "text": TEXT}).status_code == 404
    assert not Report.objects.exists()


# Not too many ------------------------------------------------------------------------------------
def test_the_same_report_twice_is_one(client: Client) -> None:
    make_lesson()
    first = client.post(NEW, about_lesson())
    second = client.post(NEW, about_lesson())
    assert first.headers["Location"] == second.headers["Location"]
    assert Report.objects.count() == 1


def test_a_learner_sends_ten_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    make_lesson()
    browser = browser_of(enroll(make_classroom()).learner)
    for number in range(10):
        sent = browser.post(NEW, about_lesson(text=f"{number}번째로 틀린 곳입니다."))
        assert sent.status_code == 302
    refused = browser.post(NEW, about_lesson())
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "한 시간에 10건까지" in page
    assert TEXT in page
    assert SENTENCE in page
    assert Report.objects.count() == 10
    monkeypatch.setattr(timezone, "now", lambda: NOW + dt.timedelta(hours=1, seconds=1))
    assert browser.post(NEW, about_lesson()).status_code == 302


def test_new_browsers_of_one_address_count_together() -> None:
    make_lesson()
    for number in range(10):
        sent = Client().post(NEW, about_lesson(text=f"{number}번째로 틀린 곳입니다."))
        assert sent.status_code == 302
    refused = Client().post(NEW, about_lesson())
    assert refused.status_code == 409
    assert TEXT in refused.content.decode()
    assert Learner.objects.count() == 10
    assert Client(REMOTE_ADDR="192.0.2.7").post(NEW, about_lesson()).status_code == 302


def test_a_whole_class_behind_one_address_may_report() -> None:
    make_lesson()
    classroom = make_classroom()
    for _ in range(15):
        sent = browser_of(enroll(classroom).learner).post(NEW, about_lesson())
        assert sent.status_code == 302
    assert Report.objects.count() == 15
