"""Instructors see what their classes report, learners what they reported and what was answered."""

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import Learner
from apps.quizzes.models.words import Feedback
from apps.reports.models import Report
from apps.reports.queries import open_reports, unseen_answers
from apps.reports.services import answer_report, close_report
from tests.classrooms.factories import browser_of, enroll, make_classroom, make_user, signed_in
from tests.quizzes.factories import make_exam, make_learner, make_run, start
from tests.reports.factories import (
    NOW,
    SENTENCE,
    make_lesson,
    make_report,
    report_question,
    told_item,
)

pytestmark = pytest.mark.django_db
INBOX = "/reports/"
MINUTE = dt.timedelta(minutes=1)


def shown(client: Client, **query: str) -> str:
    response = client.get(INBOX, query)
    assert response.status_code == 200
    return response.content.decode()


def links(page: str) -> list[str]:
    """The reports of a list, in its order."""
    known = {str(report.public_id) for report in Report.objects.all()}
    found = [part.split("/")[0] for part in page.split('href="/reports/')[1:]]
    return [each for each in found if each in known]


def ids(*reports: Report) -> list[str]:
    return [str(report.public_id) for report in reports]


def test_an_inbox_holds_the_own_classes_newest_first() -> None:
    teacher = make_user(role="instructor")
    classroom = make_classroom(teacher, name="3반")
    enrollment = enroll(classroom, "한지민")
    old = make_report(enrollment.learner, classroom, now=NOW - MINUTE)
    new = make_report(enrollment.learner, classroom, text="이것도 이상합니다.")
    other = make_classroom()
    make_report(enroll(other).learner, other)
    make_report(make_learner())
    page = shown(signed_in(teacher))
    assert links(page) == ids(new, old)
    assert "한지민" in page
    assert "3반" in page
    assert "확인하지 않은 신고가 2건" in page
    assert "2026년 3월 6일" in page


def test_an_administrator_sees_all_and_those_without_a_class() -> None:
    classroom = make_classroom()
    first = make_report(enroll(classroom).learner, classroom, now=NOW - MINUTE)
    second = make_report(make_learner())
    page = shown(signed_in(make_user(role="admin")))
    assert links(page) == ids(second, first)
    assert "관리자에게" in page
    assert "이름 없는 학습자" in page


def test_states_are_told_apart_and_counted() -> None:
    teacher = make_user(role="instructor")
    classroom = make_classroom(teacher)
    learner = enroll(classroom).learner
    texts = ("열린 신고입니다.", "답한 신고입니다.", "닫은 신고입니다.")
    waiting, answered, closed = (make_report(learner, classroom, text=text) for text in texts)
    answer_report(report=answered, text="고쳤습니다.", known_answers=0, by=teacher, now=NOW)
    close_report(report=closed)
    client = signed_in(teacher)
    assert links(shown(client)) == ids(waiting)
    assert links(shown(client, state="open")) == ids(waiting)
    assert links(shown(client, state="answered")) == ids(answered)
    assert links(shown(client, state="closed")) == ids(closed)
    assert links(shown(client, state="all")) == ids(closed, answered, waiting)
    assert links(shown(client, state="\0")) == ids(closed, answered, waiting)
    assert open_reports(teacher) == 1


def test_the_inbox_is_narrowed_to_a_class() -> None:
    teacher = make_user(role="instructor")
    first, second, quiet = (make_classroom(teacher, name=name) for name in ("1반", "2반", "3반"))
    one, two = (make_report(enroll(each).learner, each) for each in (first, second))
    client = signed_in(teacher)
    page = shown(client, **{"class": str(first.public_id)})
    assert links(page) == ids(one)
    assert "확인하지 않은 신고가 1건" in page
    assert f"?state=closed&amp;class={first.public_id}" in page
    assert str(quiet.public_id) not in page
    # What is not among the own classes narrows nothing.
    other = make_classroom()
    hidden = make_report(enroll(other).learner, other)
    for name in (str(other.public_id), "none", "\0", "x"):
        assert sorted(links(shown(client, **{"class": name}))) == sorted(ids(one, two))
    nobodys = make_report(make_learner())
    admin = signed_in(make_user(role="admin"))
    assert links(shown(admin, **{"class": "none"})) == ids(nobodys)
    assert links(shown(admin, **{"class": str(other.public_id)})) == ids(hidden)


def test_reports_of_one_paragraph_are_shown_together() -> None:
    teacher = make_user(role="instructor")
    classroom = make_classroom(teacher)
    first = make_report(enroll(classroom, "가").learner, classroom)
    same = make_report(enroll(classroom, "나").learner, classroom, quote="첫 문장입니다.")
    elsewhere = make_report(enroll(classroom, "다").learner, classroom, quote="인바운드")
    # The same words, but in another class: not theirs to see.
    other = make_classroom()
    hidden = make_report(enroll(other).learner, other)
    client = signed_in(teacher)
    assert "같은 곳의 신고 1건 더" in shown(client)
    page = client.get(first.get_absolute_url()).content.decode()
    assert links(page) == ids(same)
    assert str(elsewhere.public_id) not in page
    assert str(hidden.public_id) not in page
    both = signed_in(make_user(role="admin")).get(first.get_absolute_url()).content.decode()
    assert sorted(links(both)) == sorted(ids(same, hidden))


def test_reports_of_one_question_are_shown_together() -> None:
    teacher = make_user(role="instructor")
    classroom = make_classroom(teacher)
    run = make_exam("single", "numeric")
    learners = [enroll(classroom, name).learner for name in ("가", "나")]
    first, same = (report_question(told_item(run, each), each, classroom) for each in learners)
    page = signed_in(teacher).get(first.get_absolute_url()).content.decode()
    assert links(page) == ids(same)


def test_the_inbox_is_paged(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    teacher = make_user(role="instructor")
    classroom = make_classroom(teacher)
    run = make_exam("single")
    for number in range(26):
        learner = enroll(classroom, f"학습자 {number}").learner
        if number % 2:
            report_question(told_item(run, learner), learner, classroom)
        else:
            make_report(learner, classroom)
    client = signed_in(teacher)
    shown(client)
    with django_assert_num_queries(8):
        first = shown(client)
    assert len(links(first)) == 25
    assert "state=open&amp;page=2" in first
    assert len(links(shown(client, page="2"))) == 1
    assert len(links(shown(client, page="999"))) == 1


def test_the_number_of_queries_does_not_grow_with_the_list(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    teacher = make_user(role="instructor")
    classroom = make_classroom(teacher)
    run = make_exam("single")
    learner = enroll(classroom).learner
    report_question(told_item(run, learner), learner, classroom)
    client = signed_in(teacher)
    shown(client)
    with django_assert_num_queries(8):
        shown(client)


# The learner's own -------------------------------------------------------------------------------
def test_a_learner_sees_own_reports_and_is_told_of_new_answers() -> None:
    teacher = make_user(role="instructor")
    classroom = make_classroom(teacher)
    learner = enroll(classroom).learner
    report = make_report(learner, classroom)
    make_report(enroll(classroom).learner, classroom, text="남의 신고입니다.")
    browser = browser_of(learner)
    assert unseen_answers(learner) == 0
    answer_report(report=report, text="맞습니다. 고칩니다.", known_answers=0, by=teacher, now=NOW)
    assert unseen_answers(learner) == 1
    page = shown(browser)
    assert links(page) == ids(report)
    assert "아직 보지 않은 답이 1건" in page
    assert "새 답" in page
    assert "맞습니다. 고칩니다." in browser.get(report.get_absolute_url()).content.decode()
    assert unseen_answers(learner) == 0
    assert "새 답" not in shown(browser)


def test_a_second_answer_is_new_again(monkeypatch: pytest.MonkeyPatch) -> None:
    teacher = make_user(role="instructor")
    classroom = make_classroom(teacher)
    learner = enroll(classroom).learner
    report = make_report(learner, classroom)
    answer_report(report=report, text="찾아보겠습니다.", known_answers=0, by=teacher, now=NOW)
    browser_of(learner).get(report.get_absolute_url())
    later = NOW + MINUTE
    answer_report(report=report, text="고쳤습니다.", known_answers=1, by=teacher, now=later)
    assert unseen_answers(learner) == 1


def test_an_instructor_looking_does_not_count_as_the_learner() -> None:
    teacher = make_user(role="instructor")
    classroom = make_classroom(teacher)
    learner = enroll(classroom).learner
    report = make_report(learner, classroom)
    answer_report(report=report, text="고쳤습니다.", known_answers=0, by=teacher, now=NOW)
    signed_in(teacher).get(report.get_absolute_url())
    assert unseen_answers(learner) == 1


def test_nobody_has_no_reports(client: Client) -> None:
    make_report(make_learner())
    assert links(shown(client)) == []
    assert unseen_answers(None) == 0
    assert Learner.objects.count() == 1


def test_an_instructor_has_own_reports_too() -> None:
    teacher = make_user(role="instructor")
    make_classroom(teacher)
    learner = Learner.objects.create(user=teacher, created_at=NOW)
    report = make_report(learner)
    client = signed_in(teacher)
    assert links(shown(client)) == []
    assert links(shown(client, box="mine")) == ids(report)


def test_the_own_list_takes_a_fixed_number_of_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    classroom = make_classroom()
    user = make_user("kim")
    learner = enroll(classroom, user).learner
    lesson = make_lesson()
    client = signed_in(user)
    make_report(learner, classroom, lesson=lesson)
    with django_assert_num_queries(6):
        shown(client)
    for number in range(5):
        make_report(learner, classroom, lesson=lesson, text=f"{number}번째로 틀린 곳입니다.")
    with django_assert_num_queries(6):
        shown(client)


# One report --------------------------------------------------------------------------------------
def test_a_report_shows_the_sentence_where_it_stands() -> None:
    teacher = make_user(role="instructor")
    classroom = make_classroom(teacher)
    report = make_report(enroll(classroom).learner, classroom)
    page = signed_in(teacher).get(report.get_absolute_url()).content.decode()
    assert f"첫 문장입니다. <mark>{SENTENCE}</mark> 그래서 규칙이" in page
    assert 'href="/lessons/groups-lesson/#groups:~:text=' in page


def test_a_sentence_that_was_corrected_since_is_still_told() -> None:
    teacher = make_user(role="instructor")
    classroom = make_classroom(teacher)
    report = make_report(enroll(classroom).learner, classroom)
    lesson = report.lesson
    assert lesson is not None
    lesson.blocks = [{**lesson.blocks[0], "html": "<p>다른 글</p>"}]
    lesson.save()
    client = signed_in(teacher)
    page = client.get(report.get_absolute_url()).content.decode()
    assert f"<mark>{SENTENCE}</mark>" in page
    assert "지금은 레슨에 없는 문장" in page
    lesson.retired_at = NOW
    lesson.save()
    page = client.get(report.get_absolute_url()).content.decode()
    assert "지금 과정에는 없는 레슨" in page
    assert 'href="/lessons/' not in page


def test_a_report_shows_the_question_with_the_learners_answer_and_the_key() -> None:
    teacher = make_user(role="instructor")
    classroom = make_classroom(teacher)
    learner = enroll(classroom).learner
    item = told_item(make_exam("single"), learner)
    report = report_question(item, learner, classroom)
    for client, whose in ((signed_in(teacher), "학습자"), (browser_of(learner), "내")):
        page = client.get(report.get_absolute_url()).content.decode()
        assert f"{whose} 답, 정답" in page
        assert "이 문제의 오류 신고" not in page


def test_while_an_exam_asks_the_same_question_nothing_is_told_to_the_learner() -> None:
    teacher = make_user(role="instructor")
    classroom = make_classroom(teacher)
    learner = enroll(classroom).learner
    run = make_exam("single")
    report = report_question(told_item(run, learner), learner, classroom)
    answer_report(report=report, text="정답은 가입니다.", known_answers=0, by=teacher, now=NOW)
    start(make_run(run.quiz, feedback=Feedback.AFTER_SUBMIT), learner)
    page = browser_of(learner).get(report.get_absolute_url()).content.decode()
    assert "정답은 가입니다." not in page
    assert "내 답, 정답" not in page
    assert "시험을 푸는 동안에는" in page
    assert unseen_answers(learner) == 1
    page = signed_in(teacher).get(report.get_absolute_url()).content.decode()
    assert "정답은 가입니다." in page


def test_a_question_whose_attempt_is_gone_is_still_shown() -> None:
    teacher = make_user(role="instructor")
    classroom = make_classroom(teacher)
    learner = enroll(classroom).learner
    item = told_item(make_exam("single"), learner)
    report = report_question(item, learner, classroom)
    Report.objects.update(item=None)
    client = signed_in(teacher)
    assert client.get(INBOX).status_code == 200
    page = client.get(report.get_absolute_url()).content.decode()
    assert "학습자의 응시 기록은 남아 있지 않습니다." in page
    assert "내 답" not in page


def test_a_class_shows_its_own_inbox_under_its_own_menu_even_when_that_is_empty() -> None:
    teacher = make_user(role="instructor")
    busy, quiet = make_classroom(teacher, name="3반"), make_classroom(teacher, name="4반")
    report = make_report(enroll(busy).learner, busy)
    client = signed_in(teacher)
    page = shown(client, **{"class": str(quiet.public_id)})
    assert links(page) == []
    assert 'aria-label="이 반의 메뉴"' in page
    assert "이 반의 학습자가 보낸 신고만 봅니다." in page
    assert links(shown(client, **{"class": str(busy.public_id)})) == ids(report)
    assert 'aria-label="이 반의 메뉴"' in client.get(report.get_absolute_url()).content.decode()
    # What is no class, or somebody else's, narrows nothing and names nothing.
    for other in ("nonsense", str(make_classroom(name="남의 반").public_id)):
        page = shown(client, **{"class": other})
        assert links(page) == ids(report)
        assert 'aria-label="이 반의 메뉴"' not in page
        assert "남의 반" not in page


def test_a_class_and_the_list_of_classes_say_how_many_reports_wait() -> None:
    teacher = make_user(role="instructor")
    classroom, other = make_classroom(teacher), make_classroom(teacher)
    first, second = (make_report(enroll(classroom).learner, classroom) for _ in range(2))
    make_report(enroll(other).learner, other)
    client = signed_in(teacher)

    def counted(address: str) -> str:
        page = client.get(address).content.decode()
        return page.split("room-nav__count", 1)[1].split("</span>", 1)[0][2:]

    assert "오류 신고가 3건" in client.get("/classrooms/").content.decode()
    assert counted(classroom.get_absolute_url()) == '2<span class="visually-hidden">건 확인 전'
    for each in (first, second):
        close_report(report=each)
    assert "room-nav__count" not in client.get(classroom.get_absolute_url()).content.decode()
    assert "오류 신고가 1건" in client.get("/classrooms/").content.decode()
    learner = browser_of(enroll(other).learner)
    for address in ("/classrooms/", other.get_absolute_url()):
        assert "오류 신고가" not in learner.get(address).content.decode()
