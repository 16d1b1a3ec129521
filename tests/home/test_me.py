"""`/me/`: who is here, what was done, what is weak, and nothing that may not be told yet."""

import datetime as dt
import json

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import Learner, User
from apps.home.queries.topics import weak_topics
from apps.quizzes.models import Attempt, Question, QuizRun
from apps.quizzes.models.words import Feedback
from apps.quizzes.services.taking import check_item, submit_attempt
from apps.reports.services import answer_report
from tests.classrooms.factories import browser_of, enroll, make_classroom, make_user, signed_in
from tests.classrooms.work_factories import assign_quiz, assign_reading, run_of
from tests.quizzes.factories import (
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
    right,
    save,
    start,
    wrong,
)
from tests.reports.factories import make_report

pytestmark = pytest.mark.usefixtures("course")
DAY = dt.timedelta(days=1)


def text_of(client: Client, address: str = "/me/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def finish(run: QuizRun, learner: Learner, *, rightly: bool = True, now: dt.datetime = NOW) -> None:
    attempt = start(run, learner, now=now)
    for item in items_of(attempt):
        save(item, right(item) if rightly else wrong(item), now=now)
    submit_attempt(attempt=attempt, now=now)


# -------------------------------------------------------------------------------------- who is here


def test_looking_makes_no_learner(client: Client) -> None:
    assert "아직 읽은 레슨이 없습니다" in text_of(client)
    assert Learner.objects.count() == 0


def test_without_account_the_record_is_this_browsers() -> None:
    page = text_of(browser_of(make_learner()))
    assert "이 브라우저에만" in page
    assert "/login/?next=/me/" in page


def test_with_an_account_it_does_not_claim_to_be_this_browsers() -> None:
    page = text_of(signed_in(make_user("kim", display_name="김하늘")))
    assert "김하늘님의 계정" in page
    assert "이 브라우저에만" not in page
    assert "/me/password/" in page
    assert "/me/sessions/end/" in page


def test_by_name_alone_it_says_the_name_and_how_to_come_back() -> None:
    place = enroll(make_classroom(name="클라우드 1반"), "김하늘")
    page = text_of(browser_of(place.learner))
    assert "‘김하늘’ 이름으로" in page
    assert "개인 코드" in page
    assert "클라우드 1반" in page


def test_names_are_text_and_never_markup() -> None:
    user = make_user("kim", display_name="<b>굵게</b>")
    page = text_of(signed_in(user))
    assert "<b>굵게</b>" not in page
    assert "&lt;b&gt;굵게" in page


# ---------------------------------------------------------------------------------------- attempts


def test_running_attempts_come_first_and_can_be_gone_on_with() -> None:
    learner = make_learner()
    running = start(make_exam("single", quiz={"title": "먼저 시작한 것"}), learner, now=NOW - DAY)
    finish(make_exam("single", quiz={"title": "나중에 끝낸 것"}), learner)
    page = text_of(browser_of(learner))
    assert page.index("먼저 시작한 것") < page.index("나중에 끝낸 것")
    assert f'href="{running.get_absolute_url()}">이어서 풀기' in page


def test_a_score_is_shown_once_the_policy_tells_it() -> None:
    learner = make_learner()
    finish(make_exam("single", "single"), learner)
    assert "2 / 2점 (100%)" in text_of(browser_of(learner))


def test_no_score_before_the_exam_has_closed_for_all() -> None:
    learner = make_learner()
    far = NOW.replace(year=2999)
    finish(make_exam("single", feedback=Feedback.AFTER_CLOSE, closes_at=far), learner)
    page = text_of(browser_of(learner))
    assert "아직 공개되지 않음" in page
    assert "1 / 1점" not in page


def test_what_lateness_took_is_said() -> None:
    learner = make_learner()
    run = make_exam("single", closes_at=NOW, late_until=NOW + 2 * HOUR, late_deduction=30)
    finish(run, learner, now=NOW + HOUR)
    page = text_of(browser_of(learner))
    assert "0.7 / 1점 (70%)" in page
    assert "지각으로 30% 뺌" in page


def test_whoever_looks_after_the_end_closes_the_attempt() -> None:
    learner = make_learner()
    attempt = start(make_exam("single", time_limit=60), learner)
    assert "이어서 풀기" not in text_of(browser_of(learner))
    attempt.refresh_from_db()
    assert attempt.closed_by == "deadline"


def test_an_extension_keeps_it_open() -> None:
    learner = make_learner()
    now = timezone.now()
    run = make_exam("single", closes_at=now - MINUTE)
    extend(run, learner, closes_at=now + DAY)
    start(run, learner, now=now - HOUR)
    assert "이어서 풀기" in text_of(browser_of(learner))


def test_many_attempts_are_paged() -> None:
    learner = make_learner()
    run = make_run(make_quiz(), title="시험")
    Attempt.objects.bulk_create(
        Attempt(
            run=run,
            learner=learner,
            number=number,
            started_at=NOW + number * MINUTE,
            finished_at=NOW + number * MINUTE,
            state="closed",
            closed_by="learner",
            score=1,
            max_score=1,
        )
        for number in range(1, 46)
    )
    client = browser_of(learner)
    assert "45번째" in text_of(client)
    assert "5쪽 중 1쪽" in text_of(client)
    last = text_of(client, "/me/?page=5")
    assert "1번째" in last
    assert "6번째" not in last
    for nonsense in ("0", "99", "x", "-1", "9" * 400):
        assert "5쪽 중" in text_of(client, f"/me/?page={nonsense}")


def test_nobody_sees_what_others_did() -> None:
    other = make_learner()
    finish(make_exam("single", quiz={"title": "남의 것"}), other)
    assert "남의 것" not in text_of(browser_of(make_learner()))


# ------------------------------------------------------------------------------------- weak topics


def questions(lesson: str, count: int) -> list[Question]:
    made = [make_question("single", topic=lesson) for _ in range(count)]
    Question.objects.filter(pk__in=[each.pk for each in made]).update(lesson=lesson)
    return made


def rows(learner: Learner) -> list[tuple[str, int, int]]:
    found = weak_topics(learner, now=NOW + HOUR)
    return [(row.lesson.slug if row.lesson else "", row.percent, row.items) for row in found]


def test_the_weakest_topic_comes_first_with_how_much_was_answered() -> None:
    learner = make_learner()
    finish(make_run(make_quiz(questions("s3", 6))), learner)
    finish(make_run(make_quiz(questions("efs", 5))), learner, rightly=False)
    assert rows(learner) == [("efs", 0, 5), ("s3", 100, 6)]
    page = text_of(browser_of(learner))
    assert "약한 주제" in page
    assert 'href="/lessons/efs/"' in page
    assert 'href="/quizzes/' in page.split("약한 주제")[1]


def test_of_fewer_than_five_items_nothing_is_said() -> None:
    learner = make_learner()
    finish(make_run(make_quiz(questions("s3", 4))), learner, rightly=False)
    assert rows(learner) == []
    assert "약한 주제" not in text_of(browser_of(learner))


def test_what_may_not_be_told_yet_is_not_counted() -> None:
    learner = make_learner()
    far = NOW.replace(year=2999)
    run = make_run(make_quiz(questions("s3", 5)), feedback=Feedback.AFTER_CLOSE, closes_at=far)
    finish(run, learner, rightly=False)
    start(make_run(make_quiz(questions("efs", 5))), learner)
    assert rows(learner) == []


def test_practice_counts_what_was_checked() -> None:
    learner = make_learner()
    attempt = start(make_run(make_quiz(questions("s3", 6)), feedback=Feedback.IMMEDIATE), learner)
    for item in items_of(attempt)[:5]:
        save(item, wrong(item))
        check_item(item=item, now=NOW)
    assert rows(learner) == [("s3", 0, 5)]


def test_what_waits_for_a_grader_is_not_counted() -> None:
    learner = make_learner()
    finish(make_exam(*["essay"] * 5), learner)
    assert rows(learner) == []


# ------------------------------------------------------------------------------------------ classes


def test_open_work_of_all_classes_is_listed_the_nearest_end_first() -> None:
    now = timezone.now()
    one, two = make_classroom(name="가반"), make_classroom(name="나반")
    learner = enroll(one, "김하늘").learner
    enroll(two, learner, name="김하늘")
    assign_quiz(one, title="늦게 끝나는 것", closes_at=now + 2 * DAY, now=now - DAY)
    assign_quiz(two, title="곧 끝나는 것", closes_at=now + DAY, now=now - DAY)
    assign_reading(one, title="읽을 것", now=now - DAY)
    done = assign_quiz(two, title="끝낸 것", now=now - DAY)
    submit_attempt(attempt=start(run_of(done), learner, now=now), now=now)
    page = text_of(browser_of(learner)).split('id="work-title"')[1].split("</section>")[0]
    order = [page.index(title) for title in ("곧 끝나는 것", "늦게 끝나는 것", "읽을 것")]
    assert order == sorted(order)
    assert "끝낸 것" not in page
    assert "가반" in page


def test_classes_one_has_left_and_archived_ones_want_nothing() -> None:
    left, archived = make_classroom(name="나온 반"), make_classroom(name="보관한 반")
    learner = enroll(left, "김하늘", state="removed").learner
    enroll(archived, learner, name="김하늘")
    for classroom in (left, archived):
        assign_quiz(classroom, title="옛 과제")
    type(archived).objects.filter(pk=archived.pk).update(archived_at=NOW)
    assert "옛 과제" not in text_of(browser_of(learner))


# ------------------------------------------------------------------------------------------ bounds


def test_the_number_of_queries_does_not_grow_with_what_was_done(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    user = make_user("kim")
    learner = enroll(make_classroom(), user).learner
    client = signed_in(user)

    def do_something() -> None:
        finish(make_run(make_quiz(questions("s3", 5))), learner)
        finish(make_practice(*["single"] * 3), learner)
        finish(make_exam("single", feedback=Feedback.AFTER_CLOSE, closes_at=NOW + DAY), learner)
        start(make_exam("single", time_limit=10**9), learner)

    do_something()
    with django_assert_max_num_queries(40) as few:
        client.get("/me/")
    for _ in range(6):
        do_something()
    with django_assert_max_num_queries(40) as many:
        client.get("/me/")
    assert len(many) == len(few)


def test_the_page_is_nobody_elses_to_keep(client: Client) -> None:
    for address in ("/me/", "/me/delete/", "/me/move/", "/me/export/"):
        assert "no-store" in client.get(address)["Cache-Control"]


# ------------------------------------------------------------------------------------------- export


def test_the_export_is_a_file_in_readable_korean() -> None:
    user = make_user("kim", display_name="김하늘")
    learner = enroll(make_classroom(name="클라우드 1반"), user).learner
    finish(make_exam("single"), learner)
    response = signed_in(user).get("/me/export/")
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="gureum-sadari-')
    text = response.content.decode()
    assert "김하늘" in text
    document = json.loads(text)
    assert document["classrooms"][0]["classroom"] == "클라우드 1반"
    assert len(document["quizzes"]) == 1


def test_an_account_that_did_nothing_yet_has_a_file_too() -> None:
    response = signed_in(make_user("kim")).get("/me/export/")
    assert json.loads(response.content)["person"]["account"]["username"] == "kim"


def test_nobody_has_nothing_to_export(client: Client) -> None:
    response = client.get("/me/export/")
    assert (response.status_code, response["Location"]) == (302, "/me/")
    assert not User.objects.exists()
    assert not Learner.objects.exists()


def test_a_new_answer_to_an_own_report_is_told_until_it_was_read(client: Client) -> None:
    teacher = make_user(role="instructor")
    classroom = make_classroom(teacher)
    learner = enroll(classroom).learner
    report = make_report(learner, classroom)
    browser = browser_of(learner)
    assert "새 답이" not in text_of(browser)
    answer_report(report=report, text="고쳤습니다.", known_answers=0, by=teacher, now=NOW)
    assert "보낸 오류 신고에 새 답이 1건 있습니다." in text_of(browser)
    browser.get(report.get_absolute_url())
    assert "새 답이" not in text_of(browser)
    assert "새 답이" not in text_of(client)
