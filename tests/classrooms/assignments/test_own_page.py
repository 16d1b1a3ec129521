"""A learner's page of an assignment: rules in words, one's own end, attempts, results."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from apps.classrooms.domain.standing import Judgment
from apps.classrooms.models import Assignment, Enrollment
from apps.content.catalogue import Catalogue
from apps.lessons.models import Lesson
from apps.lessons.services import mark_read
from apps.quizzes.models import Attempt, Pool
from tests.classrooms.assignments.conftest import Clock
from tests.classrooms.factories import browser_of, enroll, make_classroom, make_user, signed_in
from tests.classrooms.gradebook.work import begin, hand_in, say, words
from tests.classrooms.work_factories import (
    assign_quiz,
    assign_reading,
    make_exam_quiz,
    run_of,
    teacher_of,
)
from tests.quizzes.factories import HOUR, MINUTE, NOW, extend

pytestmark = pytest.mark.django_db
DUE = NOW + 24 * HOUR


def set_quiz(**rules: Any) -> tuple[Assignment, Enrollment, Client]:
    assignment = assign_quiz(make_classroom(), **rules)
    enrollment = enroll(assignment.classroom, "김하늘")
    return assignment, enrollment, browser_of(enrollment.learner)


def address(assignment: Assignment) -> str:
    return f"/assignments/{assignment.public_id}/"


def start(client: Client, assignment: Assignment) -> Any:
    return client.post(f"{address(assignment)}start/")


def test_the_rules_are_said_in_words() -> None:
    assignment, _, browser = set_quiz(
        closes_at=DUE,
        late_until=DUE + 24 * HOUR,
        late_deduction=20,
        time_limit=3000,
        max_attempts=2,
        feedback="after_close",
        note="교재 3장을 먼저 읽으세요.",
    )
    text = words(browser, address(assignment))
    assert "마감: 2026년 3월 7일 (토) 18:00 (한국 시각) · 1일 남음" in text
    assert "지각 제출: 2026년 3월 8일 (일) 18:00 (한국 시각) · 2일 남음" in text
    assert "마감 뒤에 제출하면 지각으로 남고, 점수에서 20%를 뺍니다." in text
    assert "제한 시간 50분." in text
    assert "2번까지 응시할 수 있습니다. 남은 응시 2회. 가장 높은 점수가 결과로 남습니다." in text
    assert "모두 마감된 뒤" in text
    assert "교재 3장을 먼저 읽으세요." in text
    assert "시작 전" in text
    assert "시작하기" in text


def test_what_is_not_limited_is_said_too() -> None:
    assignment, _, browser = set_quiz()
    text = words(browser, address(assignment))
    for sentence in ("마감이 없습니다.", "제한 시간이 없습니다.", "몇 번이든 응시할 수 있습니다."):
        assert sentence in text


def test_ones_own_extension_is_named() -> None:
    assignment, enrollment, browser = set_quiz(closes_at=DUE, time_limit=3600, max_attempts=1)
    extend(
        run_of(assignment),
        enrollment.learner,
        closes_at=DUE + HOUR,
        time_factor=Decimal("1.5"),
        extra_attempts=1,
    )
    text = words(browser, address(assignment))
    assert "2026년 3월 7일 (토) 19:00" in text
    assert "연장받은 마감 (반 전체는 2026년 3월 7일 (토) 18:00)" in text
    assert "제한 시간 90분 늘려 받은 시간 (반 전체는 60분)" in text
    assert "2번까지 응시할 수 있습니다. 1번을 더 받았습니다." in text


def test_another_learners_extension_is_not_seen() -> None:
    assignment, _, browser = set_quiz(closes_at=DUE)
    other = enroll(assignment.classroom, "이바다")
    extend(run_of(assignment), other.learner, closes_at=DUE + HOUR)
    assert "연장" not in words(browser, address(assignment))


def test_starting_leads_to_the_attempt_and_starting_again_goes_on() -> None:
    assignment, enrollment, browser = set_quiz(max_attempts=1)
    response = start(browser, assignment)
    attempt = Attempt.objects.get()
    assert (response.status_code, response["Location"]) == (302, attempt.get_absolute_url())
    assert attempt.learner == enrollment.learner
    assert start(browser, assignment)["Location"] == attempt.get_absolute_url()
    text = words(browser, address(assignment))
    assert "이어서 풀기" in text
    assert "응시 중" in text


def test_the_end_of_a_running_attempt_is_shown() -> None:
    assignment, enrollment, browser = set_quiz(time_limit=1800)
    begin(assignment, enrollment)
    text = words(browser, address(assignment))
    assert "끝나는 시각: 2026년 3월 6일 (금) 18:30:00 (한국 시각) · 30분 남음" in text


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        ({"opens_at": NOW + HOUR}, "아직 시작할 수 없습니다."),
        ({"closes_at": NOW - MINUTE}, "마감되어 새로 시작할 수 없습니다."),
        (
            {"closes_at": NOW - HOUR, "late_until": NOW - MINUTE},
            "마감되어 새로 시작할 수 없습니다.",
        ),
    ],
)
def test_outside_the_window_there_is_no_start(rules: dict[str, Any], says: str) -> None:
    assignment, _, browser = set_quiz(**rules)
    text = words(browser, address(assignment))
    assert says in text
    assert "시작하기" not in text
    response = start(browser, assignment)
    assert response.status_code == 409
    assert "시작하지 못했습니다." in response.content.decode()
    assert not Attempt.objects.exists()


def test_with_an_extension_one_still_starts_after_the_class_has_closed() -> None:
    assignment, enrollment, browser = set_quiz(closes_at=NOW - HOUR)
    extend(run_of(assignment), enrollment.learner, closes_at=NOW + HOUR)
    assert start(browser, assignment).status_code == 302


def test_lateness_is_said_before_one_begins() -> None:
    assignment, _, browser = set_quiz(
        closes_at=NOW - HOUR, late_until=NOW + HOUR, late_deduction=10
    )
    text = words(browser, address(assignment))
    assert "지금 풀어 제출하면 지각으로 남고, 점수에서 10%를 뺍니다." in text
    assert start(browser, assignment).status_code == 302


def test_a_time_limit_that_the_closing_cuts_short_is_said() -> None:
    assignment, _, browser = set_quiz(closes_at=NOW + HOUR, time_limit=7200)
    assert "지금 시작하면 2026년 3월 6일 (금) 19:00까지" in words(browser, address(assignment))


def test_used_up_attempts_are_said() -> None:
    assignment, enrollment, browser = set_quiz(max_attempts=1)
    hand_in(assignment, enrollment, right_ones=1)
    text = words(browser, address(assignment))
    assert "남은 응시 0회" in text
    assert "정해진 응시 횟수를 모두 썼습니다." in text
    assert start(browser, assignment).status_code == 409


def test_past_attempts_tell_their_score_and_which_counts() -> None:
    assignment, enrollment, browser = set_quiz()
    hand_in(assignment, enrollment, right_ones=2)
    hand_in(assignment, enrollment, right_ones=1, now=NOW + MINUTE)
    html = browser.get(address(assignment)).content.decode()
    first, second = html.index("1번째 응시"), html.index("2번째 응시")
    assert second < first  # the newest first
    assert "2 / 2점" in html[first:]
    assert "1 / 2점" in html[second:first]
    assert "결과로 남는 응시" in html[first:]
    assert "결과로 남는 응시" not in html[second:first]


def test_a_late_deduction_is_explained() -> None:
    assignment, enrollment, browser = set_quiz(
        closes_at=NOW - HOUR, late_until=DUE, late_deduction=25
    )
    hand_in(assignment, enrollment, right_ones=2)
    text = words(browser, address(assignment))
    assert "지각 제출" in text
    assert "마감 뒤에 내어 25%를 뺐습니다: 2점 → 1.5점" in text


def test_before_all_have_ended_nothing_of_the_result_is_told(clock: Clock) -> None:
    assignment, enrollment, browser = set_quiz(closes_at=DUE, feedback="after_close")
    hand_in(assignment, enrollment, right_ones=2)
    say(assignment, enrollment, Judgment(Decimal(1), reason="부분 점수", comment="다시 보세요."))
    text = words(browser, address(assignment))
    assert "점수는 아직 볼 수 없습니다" in text
    for secret in ("2 / 2점", "1 / 2점", "부분 점수", "다시 보세요.", "결과로 남는 응시"):
        assert secret not in text
    clock.now = DUE + MINUTE
    text = words(browser, address(assignment))
    for told in ("2 / 2점", "1 / 2점", "부분 점수", "다시 보세요."):
        assert told in text


def test_an_overridden_score_comes_with_its_reason_and_comment() -> None:
    assignment, enrollment, browser = set_quiz()
    hand_in(assignment, enrollment, right_ones=1)
    say(assignment, enrollment, Judgment(Decimal(2), reason="문제 오류", comment="잘했습니다."))
    text = words(browser, address(assignment))
    assert "제출 · 2 / 2점" in text
    assert "강사가 점수를 정했습니다. 문제 오류" in text
    assert "강사의 말 잘했습니다." in text


def test_a_comment_alone_changes_no_score() -> None:
    assignment, enrollment, browser = set_quiz()
    hand_in(assignment, enrollment, right_ones=1)
    say(assignment, enrollment, Judgment(comment="2번을 다시 보세요."))
    text = words(browser, address(assignment))
    assert "2번을 다시 보세요." in text
    assert "점수를 정했습니다" not in text


def test_an_excuse_and_its_reason_are_told() -> None:
    assignment, enrollment, browser = set_quiz(closes_at=DUE)
    say(assignment, enrollment, Judgment(is_excused=True, reason="병결"))
    text = words(browser, address(assignment))
    assert "면제되었습니다. 병결" in text


def test_what_is_over_is_closed_when_the_learner_looks(clock: Clock) -> None:
    assignment, enrollment, browser = set_quiz(time_limit=600, max_attempts=1)
    begin(assignment, enrollment)
    clock.now = NOW + HOUR
    text = words(browser, address(assignment))
    assert "시간이 끝나 자동 제출" in text
    assert Attempt.objects.get().finished_at == NOW + 10 * MINUTE


def test_what_was_taken_down_is_gone_but_for_who_worked_on_it() -> None:
    assignment, enrollment, browser = set_quiz(feedback="after_submit")
    other = browser_of(enroll(assignment.classroom, "이바다").learner)
    hand_in(assignment, enrollment, right_ones=1)
    assignment.retired_at = NOW
    assignment.save()
    text = words(browser, address(assignment))
    assert "강사가 내린 과제" in text
    assert "1 / 2점" in text
    assert start(browser, assignment).status_code == 409
    assert other.get(address(assignment)).status_code == 404
    assert start(other, assignment).status_code == 404


def test_in_an_archived_class_one_reads_and_starts_nothing() -> None:
    assignment, _, browser = set_quiz()
    assignment.classroom.archived_at = NOW
    assignment.classroom.save()
    assert "보관한 반" in words(browser, address(assignment))
    assert start(browser, assignment).status_code == 409
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("state", ["removed", "blocked"])
def test_who_is_no_longer_in_the_class_finds_nothing(state: str) -> None:
    assignment, enrollment, browser = set_quiz()
    attempt = hand_in(assignment, enrollment, right_ones=1)
    enrollment.state = state
    enrollment.save()
    assert browser.get(address(assignment)).status_code == 404
    assert start(browser, assignment).status_code == 404
    assert browser.get(f"/runs/{run_of(assignment).slug}/").status_code == 404
    assert browser.get(f"/attempts/{attempt.public_id}/review/").status_code == 200


def test_strangers_find_nothing(client: Client) -> None:
    assignment, _, _ = set_quiz()
    for browser in (signed_in(make_user()), signed_in(make_user(role="instructor"))):
        assert browser.get(address(assignment)).status_code == 404
        assert start(browser, assignment).status_code == 404
    assert browser_of(enroll(make_classroom()).learner).get(address(assignment)).status_code == 404


def test_who_is_nobody_yet_is_led_to_the_sign_in(client: Client) -> None:
    assignment, _, _ = set_quiz()
    response = client.get(address(assignment))
    assert response["Location"] == f"/login/?next={address(assignment)}"
    assert start(client, assignment)["Location"].startswith("/login/")
    assert client.get(f"/runs/{run_of(assignment).slug}/")["Location"].startswith("/login/")
    assert client.get("/runs/no-such-run/")["Location"].startswith("/login/")
    assert not Attempt.objects.exists()


def test_an_instructor_starts_nothing_in_the_own_class() -> None:
    assignment, _, _ = set_quiz()
    assert start(signed_in(teacher_of(assignment.classroom)), assignment).status_code == 404
    assert not Attempt.objects.exists()


def test_a_practice_that_got_exam_questions_since_is_not_begun() -> None:
    quiz = make_exam_quiz("single", pool=Pool.PRACTICE)
    assignment = assign_quiz(make_classroom(), quiz, feedback="immediate")
    browser = browser_of(enroll(assignment.classroom).learner)
    for draw in quiz.sections.get().draws.all():
        assert draw.question is not None
        draw.question.pool = Pool.EXAM
        draw.question.save()
    response = start(browser, assignment)
    assert response.status_code == 409
    assert "시험 문제가 들어와" in response.content.decode()


def test_the_run_of_an_attempt_leads_to_its_assignment() -> None:
    assignment, enrollment, browser = set_quiz()
    attempt = begin(assignment, enrollment)
    response = browser.get(attempt.run.get_absolute_url())
    assert (response.status_code, response["Location"]) == (302, address(assignment))
    assert browser.get("/runs/no-such-run/").status_code == 404


def test_a_reading_leads_to_its_lesson_and_tells_whether_it_was_read(course: Catalogue) -> None:
    lesson = Lesson.objects.current()[0]
    assignment = assign_reading(make_classroom(), lesson, due_at=DUE)
    enrollment = enroll(assignment.classroom)
    browser = browser_of(enrollment.learner)
    html = browser.get(address(assignment)).content.decode()
    assert lesson.get_absolute_url() in html
    assert "읽기 전" in html
    # It names the button that the lesson has.
    assert "‘읽음으로 표시하기’" in html
    assert ">읽음으로 표시하기<" in browser.get(lesson.get_absolute_url()).content.decode()
    assert start(browser, assignment).status_code == 409
    mark_read(learner=enrollment.learner, lesson=lesson, read=True, now=NOW)
    assert "읽음 · 2026년 3월 6일 (금) 18:00" in words(browser, address(assignment))


def test_a_reading_done_after_it_was_due_is_late(course: Catalogue) -> None:
    lesson = Lesson.objects.current()[0]
    assignment = assign_reading(make_classroom(), lesson, due_at=NOW - HOUR)
    enrollment = enroll(assignment.classroom)
    mark_read(learner=enrollment.learner, lesson=lesson, read=True, now=NOW)
    browser = browser_of(enrollment.learner)
    assert "늦게 읽음" in words(browser, address(assignment))


def test_many_attempts_ask_no_more_than_few(django_assert_max_num_queries: Any) -> None:
    assignment, enrollment, browser = set_quiz()
    for minute in range(6):
        hand_in(assignment, enrollment, right_ones=1, now=NOW + minute * MINUTE)
    with django_assert_max_num_queries(18):
        browser.get(address(assignment))
