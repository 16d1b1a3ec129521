"""After it was due: what is still taken, what it costs, and what the pages say about both."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from apps.quizzes.models import Attempt, QuizRun
from apps.quizzes.models.words import Counts, Feedback
from apps.quizzes.presenting.lateness import cost_of, lateness_of
from apps.quizzes.presenting.result import counted_attempt, result_line
from apps.quizzes.presenting.runs import run_view
from apps.quizzes.queries import deadline_of, last_close, may_see_result, own_window, window_of
from apps.quizzes.services.taking import (
    RefusedError,
    SaveStatus,
    close_if_over,
    submit_attempt,
)
from tests.quizzes.factories import (
    HOUR,
    MINUTE,
    NOW,
    begin,
    extend,
    make_exam,
    make_learner,
    only_item,
    right,
    save,
    start,
    stored_answer,
    wrong,
)

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)
DUE, END = NOW + HOUR, NOW + 25 * HOUR


def make_late_exam(*kinds: str, percent: int = 10, **rules: Any) -> QuizRun:
    values = {"closes_at": DUE, "late_until": END, "late_deduction": percent, **rules}
    return make_exam(*(kinds or ("single",)), **values)


def handed_in(run: QuizRun, *, at: dt.datetime, **begun: Any) -> Attempt:
    """An attempt that is right, submitted at that time."""
    attempt = start(run, **begun)
    item = only_item(attempt)
    save(item, right(item))
    return submit_attempt(attempt=attempt, now=at)


class Clock:
    now = NOW


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


def text_of(client: Client, address: str) -> str:
    page = client.get(address).content.decode().split("<main", 1)[1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page))


# Taking -----------------------------------------------------------------------------------------
def test_an_attempt_goes_on_after_it_was_due_and_ends_where_lateness_ends() -> None:
    attempt = start(make_late_exam())
    assert deadline_of(attempt) == END
    item = only_item(attempt)
    assert save(item, right(item), now=DUE + SECOND).status is SaveStatus.SAVED
    assert stored_answer(item) == right(item)
    assert close_if_over(attempt=attempt, now=END).is_running
    closed = close_if_over(attempt=attempt, now=END + SECOND)
    assert (closed.finished_at, closed.closed_by) == (END, Attempt.ClosedBy.DEADLINE)


def test_one_may_begin_late_and_no_longer_after_that() -> None:
    run = make_late_exam()
    assert start(run, now=END).is_running
    with pytest.raises(RefusedError, match="마감되었습니다"):
        start(run, now=END + SECOND)


def test_without_lateness_the_due_time_is_the_end() -> None:
    attempt = start(make_exam("single", closes_at=DUE))
    assert deadline_of(attempt) == DUE
    assert lateness_of(attempt, own_window(attempt), now=NOW) is None


def test_who_runs_out_of_time_before_it_is_due_is_told_nothing_of_lateness() -> None:
    attempt = start(make_late_exam(time_limit=600))
    assert lateness_of(attempt, own_window(attempt), now=NOW) is None


def test_own_time_that_ends_late_is_the_end_that_is_told() -> None:
    attempt = start(make_late_exam(time_limit=7200), now=DUE - MINUTE)
    late = lateness_of(attempt, own_window(attempt), now=DUE - MINUTE)
    assert late is not None
    assert (late.due_at, late.ends_at) == (DUE, DUE - MINUTE + 2 * HOUR)
    assert (late.is_late, late.seconds_to_due) == (False, 60)


def test_an_extension_moves_lateness_and_one_beyond_it_ends_it() -> None:
    run, some, more = make_late_exam(), make_learner(), make_learner()
    extend(run, some, closes_at=DUE + 2 * HOUR)
    extend(run, more, closes_at=END + HOUR)
    attempt = handed_in(run, at=DUE + HOUR, learner=some)
    assert deadline_of(attempt) == END
    result = result_line(attempt, now=DUE + HOUR)
    assert result is not None
    assert result.late_percent is None
    attempt = handed_in(run, at=END + MINUTE, learner=more)
    assert deadline_of(attempt) == END + HOUR
    result = result_line(attempt, now=END + HOUR)
    assert result is not None
    assert (result.late_percent, result.counted) == (None, "1")


def test_what_waits_for_all_waits_for_the_late_ones_too() -> None:
    run = make_late_exam(feedback=Feedback.AFTER_CLOSE)
    attempt = handed_in(run, at=NOW)
    assert last_close(run) == END
    assert not may_see_result(attempt, now=DUE + HOUR)
    assert not may_see_result(attempt, now=END)
    assert may_see_result(attempt, now=END + SECOND)


# What it is worth -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("percent", "counted", "share"), [(0, "1", 100), (10, "0.9", 90), (100, "0", 0)]
)
def test_a_late_score_is_told_raw_and_as_it_counts(percent: int, counted: str, share: int) -> None:
    run = make_late_exam(percent=percent, quiz={"pass_mark": 95})
    result = result_line(handed_in(run, at=DUE + SECOND), now=DUE + SECOND)
    assert result is not None
    assert (result.score, result.percent) == ("1", 100)
    assert (result.late_percent, result.counted, result.counted_percent) == (
        percent,
        counted,
        share,
    )
    assert result.passed is (percent == 0)  # what counts has to reach the mark


def test_at_the_due_time_nothing_is_taken() -> None:
    result = result_line(handed_in(make_late_exam(), at=DUE), now=DUE)
    assert result is not None
    assert (result.late_percent, result.counted) == (None, "1")


def test_the_stored_score_stays_what_the_answers_are_worth() -> None:
    attempt = handed_in(make_late_exam(percent=50), at=DUE + HOUR)
    attempt.refresh_from_db()
    assert attempt.score == Decimal(1)


def test_a_late_attempt_counts_as_the_best_only_if_enough_is_left() -> None:
    for percent, number in ((10, 2), (100, 1)):
        run = make_late_exam("single", "true_false", percent=percent, counts=Counts.BEST)
        learner = make_learner()
        half = start(run, learner)
        first, _ = half.items.order_by("position")
        save(first, right(first))
        submit_attempt(attempt=half, now=NOW)
        whole = start(run, learner, now=DUE + HOUR)
        for item in whole.items.all():
            save(item, right(item), now=DUE + HOUR)
        submit_attempt(attempt=whole, now=DUE + HOUR)
        attempts = list(Attempt.objects.filter(run=run))
        counted = counted_attempt(run, attempts, window_of(run, None))
        assert counted is not None
        assert counted.number == number


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (0, "지각으로 남지만, 점수는 깎이지 않습니다"),
        (10, "지각으로 남고, 점수에서 10%를 뺍니다"),
        (100, "지각으로 남고, 점수는 0점이 됩니다"),
    ],
)
def test_the_cost_is_told_in_words(percent: int, words: str) -> None:
    assert cost_of(percent) == words


# The pages --------------------------------------------------------------------------------------
def test_before_it_is_due_the_pages_say_what_comes_after(client: Client, clock: Clock) -> None:
    attempt = begin(client, make_late_exam())
    for page in ("1/", "summary/"):
        address = f"/attempts/{attempt.public_id}/{page}"
        content = client.get(address).content.decode()
        assert 'data-seconds-due="3600"' in content
        assert f'data-seconds-left="{25 * 3600}"' in content
        text = text_of(client, address)
        assert "2026년 3월 6일 (금) 19:00까지 (한국 시각) · 1시간 남음" in text
        assert "마감 뒤에는 2026년 3월 7일 (토) 19:00 (한국 시각)까지 제출할 수 있습니다." in text
        assert "그때는 지각으로 남고, 점수에서 10%를 뺍니다." in text
        assert re.search(r"<p [^>]*data-lateness-after hidden>", content)


def test_after_it_was_due_the_pages_say_what_handing_in_costs(client: Client, clock: Clock) -> None:
    attempt = begin(client, make_late_exam())
    clock.now = DUE + HOUR
    for page in ("1/", "summary/"):
        content = client.get(f"/attempts/{attempt.public_id}/{page}").content.decode()
        assert (
            "마감이 지났습니다. 지금 제출하면 지각으로 남고, 점수에서 10%를 뺍니다.</p>" in content
        )
        assert "data-seconds-due" not in content
        assert f'data-seconds-left="{23 * 3600}"' in content
        assert re.search(r"<p [^>]*data-lateness-before hidden>", content)
        assert not re.search(r"<p [^>]*data-lateness-after hidden>", content)


def test_a_run_without_lateness_says_nothing_of_it(client: Client, clock: Clock) -> None:
    attempt = begin(client, make_exam("single", closes_at=DUE))
    for page in ("1/", "summary/"):
        assert "지각" not in text_of(client, f"/attempts/{attempt.public_id}/{page}")


def test_the_review_tells_the_raw_score_and_what_is_left(client: Client, clock: Clock) -> None:
    attempt = begin(client, make_late_exam())
    item = only_item(attempt)
    save(item, right(item))
    clock.now = DUE + MINUTE
    client.post(f"/attempts/{attempt.public_id}/submit/")
    text = text_of(client, f"/attempts/{attempt.public_id}/review/")
    assert "1 / 1점 100%" in text
    assert "마감 뒤에 제출한 지각이라 10%를 뺍니다. 남는 점수: 0.9 / 1점 (90%)" in text
    cover = text_of(client, f"/quizzes/{attempt.run.quiz.slug}/")
    assert "직접 제출 지각 1 / 1점 (100%), 10%를 빼서 0.9점 결과로 남는 응시" in cover


def test_lateness_without_a_cost_is_told_as_such(client: Client, clock: Clock) -> None:
    attempt = begin(client, make_late_exam(percent=0))
    clock.now = DUE + MINUTE
    client.post(f"/attempts/{attempt.public_id}/submit/")
    text = text_of(client, f"/attempts/{attempt.public_id}/review/")
    assert "마감 뒤에 제출해 지각으로 남지만, 점수는 깎이지 않습니다." in text
    assert "남는 점수" not in text


def test_a_score_that_is_not_told_yet_says_that_it_is_late(client: Client, clock: Clock) -> None:
    attempt = begin(client, make_late_exam(feedback=Feedback.AFTER_CLOSE))
    clock.now = DUE + MINUTE
    client.post(f"/attempts/{attempt.public_id}/submit/")
    text = text_of(client, f"/attempts/{attempt.public_id}/review/")
    assert "제출했습니다. 마감 뒤라 지각입니다." in text
    assert "2026년 3월 7일 (토) 19:00 (한국 시각) 이후에 이 화면에서 볼 수 있습니다." in text


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (NOW - HOUR, "마감: 2026년 3월 6일 (금) 19:00 (한국 시각) · 2시간 남음"),
        (NOW - HOUR, "마감 뒤에도 2026년 3월 7일 (토) 19:00 (한국 시각)까지 제출할 수 있습니다."),
        (DUE + MINUTE, "마감: 2026년 3월 6일 (금) 19:00 (한국 시각) · 끝남"),
        (DUE + MINUTE, "(한국 시각)까지는 제출할 수 있습니다(23시간 59분 남음). 지금 제출하면"),
        (END + MINUTE, "지각 제출도 2026년 3월 7일 (토) 19:00 (한국 시각)에 끝났습니다."),
    ],
)
def test_the_cover_tells_both_ends(
    client: Client, clock: Clock, now: dt.datetime, words: str
) -> None:
    run = make_late_exam()
    clock.now = now
    text = text_of(client, f"/quizzes/{run.quiz.slug}/")
    assert words in text
    assert ("시작하기" in text) == (now <= END)


def test_a_run_is_late_only_between_its_two_ends() -> None:
    run = make_late_exam()
    late = [run_view(run, None, now=now).is_late for now in (DUE, DUE + SECOND, END, END + SECOND)]
    assert late == [False, True, True, False]


def test_further_attempts_that_were_granted_are_counted_in_the_rules() -> None:
    run, learner = make_late_exam(max_attempts=1), make_learner()
    extend(run, learner, extra_attempts=2)
    view = run_view(run, learner, now=NOW)
    assert (view.allowed, view.left) == (3, 3)


def test_an_attempt_without_a_right_answer_loses_nothing_more() -> None:
    attempt = start(make_late_exam())
    item = only_item(attempt)
    save(item, wrong(item))
    result = result_line(submit_attempt(attempt=attempt, now=DUE + HOUR), now=DUE + HOUR)
    assert result is not None
    assert (result.score, result.counted) == ("0", "0")
