"""What the pages of quizzes say, and what they do with what a form sends."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from apps.content.catalogue import Catalogue
from apps.quizzes.models import Attempt, AttemptItem, QuestionVersion, QuizRun
from apps.quizzes.models.words import Counts, Feedback
from tests.quizzes.factories import (
    EVERY_KIND,
    HOUR,
    MINUTE,
    NOW,
    begin,
    form_of,
    items_of,
    make_exam,
    make_practice,
    make_question,
    make_quiz,
    make_run,
    right,
    save,
    stored_answer,
    wrong,
)

pytestmark = pytest.mark.django_db


class Clock:
    now = NOW


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


def text_of(client: Client, address: str) -> str:
    """The words of a page, without markup."""
    response = client.get(address)
    assert response.status_code == 200
    page = re.sub(r"<[^>]*>", "", response.content.decode().split("<main", 1)[1])
    return re.sub(r"\s+", " ", page)


def base(attempt: Attempt) -> str:
    return f"/attempts/{attempt.public_id}/"


def submit(client: Client, attempt: Attempt) -> str:
    """The address of the review."""
    response = client.post(f"{base(attempt)}submit/")
    assert response.status_code == 302
    return str(response["Location"])


# The catalogue and the cover ------------------------------------------------------------------
def test_an_empty_catalogue_says_what_will_be_here(client: Client) -> None:
    assert "아직 퀴즈가 없습니다." in text_of(client, "/quizzes/")


def test_the_catalogue_names_items_minutes_and_modes(client: Client) -> None:
    run = make_practice("single", "numeric", "essay")
    make_run(run.quiz, slug="gone", title="없어진 방식", retired_at=NOW)
    text = text_of(client, "/quizzes/")
    assert "3문제10분쯤연습" in text.replace(" ", "")
    assert "없어진 방식" not in text


def test_what_runs_stands_on_top_until_it_is_handed_in(client: Client) -> None:
    attempt = begin(client, make_exam())
    assert "이어서 풀기" in text_of(client, "/quizzes/")
    assert "이어서 풀기" not in text_of(Client(), "/quizzes/")
    submit(client, attempt)
    assert "이어서 풀기" not in text_of(client, "/quizzes/")


def test_a_cover_tells_the_rules_before_anything_starts(client: Client) -> None:
    run = make_exam(time_limit=900, max_attempts=2, counts=Counts.LAST)
    text = text_of(client, f"/quizzes/{run.quiz.slug}/")
    assert "제한 시간 15분." in text
    assert "2번까지 응시할 수 있고, 마지막 응시가 결과로 남습니다. 남은 응시 2회." in text
    assert "제출하면 점수와 정답, 풀이를 봅니다." in text


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({"opens_at": NOW + HOUR}, "아직 시작할 수 없습니다."),
        ({"closes_at": NOW - HOUR}, "마감되어 새로 시작할 수 없습니다."),
    ],
)
def test_what_cannot_be_started_has_no_button(
    client: Client, rules: dict[str, Any], words: str
) -> None:
    run = make_exam(**rules)
    address = f"/quizzes/{run.quiz.slug}/"
    assert words in text_of(client, address)
    assert "시작하기" not in text_of(client, address)
    refused = client.post(f"{address}{run.slug}/start/")
    assert refused.status_code == 409
    assert "시작하지 못했습니다" in refused.content.decode()


def test_a_cover_marks_the_attempt_that_counts(client: Client) -> None:
    run = make_exam("single", counts=Counts.BEST)
    for answer in (right, wrong):
        client.post(f"/quizzes/{run.quiz.slug}/{run.slug}/start/")
        attempt = Attempt.objects.running().get()
        (item,) = items_of(attempt)
        save(item, answer(item))
        submit(client, attempt)
    text = text_of(client, f"/quizzes/{run.quiz.slug}/")
    assert re.search(r"1번째 응시 [^번]*1 / 1점 \(100%\) 결과로 남는 응시", text)
    assert text.count("결과로 남는 응시") == 1


# One item ---------------------------------------------------------------------------------------
def test_the_grid_tells_the_state_of_every_item(client: Client) -> None:
    attempt = begin(client, make_practice("single", "multiple", "numeric", "short_text"))
    first, second, third, _ = items_of(attempt)
    save(first, right(first))
    client.post(f"{base(attempt)}1/", {**form_of(first, right(first)), "go": "check"})
    save(second, {"choices": right(second)["choices"][:1]})
    save(third, right(third))
    client.post(f"{base(attempt)}3/", {**form_of(third, right(third)), "go": "flag"})
    text = text_of(client, f"{base(attempt)}4/")
    for words in (
        "1번 문제, 확인함",
        "2번 문제, 덜 답함",
        "3번 문제, 답함, 나중에 다시 보기",
        "4번 문제, 비어 있음",
    ):
        assert words in text


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_page_with_an_answer_sends_the_same_answer_again(kind: str, client: Client) -> None:
    attempt = begin(client, make_exam(kind))
    (item,) = items_of(attempt)
    save(item, right(item))
    page = client.get(f"{base(attempt)}1/").content.decode()
    assert 'name="revision" value="1"' in page
    client.post(f"{base(attempt)}1/", {**form_of(item, right(item), revision="1"), "go": "next"})
    assert item.responses.count() == 1


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_checked_item_has_no_field_and_keeps_its_answer_whatever_is_pressed(
    kind: str, client: Client
) -> None:
    attempt = begin(client, make_practice(kind))
    (item,) = items_of(attempt)
    save(item, right(item))
    client.post(f"{base(attempt)}1/", {**form_of(item, right(item)), "go": "check"})
    assert 'name="answer' not in client.get(f"{base(attempt)}1/").content.decode()
    for go in ("flag", "next", "save"):
        client.post(f"{base(attempt)}1/", {"try": "1", "revision": "1", "go": go})
    assert stored_answer(item) == right(item)
    submit(client, attempt)
    client.post(f"{base(attempt)}1/", {"try": "1", "revision": "1", "go": "next"})
    assert item.responses.count() == 1


def test_options_of_a_list_show_no_marks_of_markdown(client: Client) -> None:
    pairs = [{"left": "**MySQL**", "right": "`3306` & 그 밖"}, {"left": "SSH", "right": "22"}]
    run = make_run(make_quiz([make_question("matching", pair=pairs, extra=None)]))
    attempt = begin(client, run)
    page = client.get(f"{base(attempt)}1/").content.decode()
    assert ">3306 &amp; 그 밖</option>" in page
    assert "<strong>MySQL</strong>" in page


def test_the_deadline_stands_on_every_page_of_a_limited_attempt(
    client: Client, clock: Clock
) -> None:
    attempt = begin(client, make_exam(time_limit=600))
    clock.now = NOW + MINUTE
    for page in ("1/", "summary/"):
        content = client.get(base(attempt) + page).content.decode()
        assert 'data-seconds-left="540"' in content
        assert "2026년 3월 6일 (금) 18:10:00</time>까지 (한국 시각)" in content
        assert " · 9분 남음" in content


def test_an_unlimited_attempt_has_no_clock(client: Client) -> None:
    attempt = begin(client, make_exam())
    assert "data-seconds-left" not in client.get(f"{base(attempt)}1/").content.decode()


# The summary ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({}, "몇 번이든 다시 응시할 수 있고, 가장 높은 점수가 결과로 남습니다."),
        ({"max_attempts": 3}, "남은 응시 2회. 가장 높은 점수가 결과로 남습니다."),
        ({"max_attempts": 1}, "남은 응시 0회. 이번이 마지막 응시입니다."),
    ],
)
def test_the_summary_tells_what_is_left(client: Client, rules: dict[str, Any], words: str) -> None:
    attempt = begin(client, make_exam("single", "numeric", **rules))
    text = text_of(client, f"{base(attempt)}summary/")
    assert "2문제 중 2문제가 비어 있습니다. 제출하면 고칠 수 없습니다." in text
    assert words in text


def test_the_summary_says_so_when_nothing_is_empty(client: Client) -> None:
    attempt = begin(client, make_exam("single"))
    (item,) = items_of(attempt)
    save(item, right(item))
    assert "1문제에 모두 답했습니다." in text_of(client, f"{base(attempt)}summary/")


# The review -----------------------------------------------------------------------------------
def reviewed(client: Client, run: QuizRun, answer: object) -> tuple[str, AttemptItem]:
    attempt = begin(client, run)
    (item,) = items_of(attempt)
    assert isinstance(answer, dict)
    save(item, answer)
    return client.get(submit(client, attempt)).content.decode(), item


@pytest.mark.parametrize("kind", ["numeric", "short_text", "essay"])
def test_what_was_typed_is_shown_as_it_was_typed(kind: str, client: Client) -> None:
    page, _ = reviewed(client, make_exam(kind), {"text": "2*3*4 <b>&"})
    assert "2*3*4 &lt;b&gt;&amp;" in page


def test_an_essay_waits_and_the_score_is_provisional(client: Client) -> None:
    page, _ = reviewed(client, make_exam("essay", quiz={"pass_mark": 50}), {"text": "답"})
    assert "잠정 점수입니다." in page
    assert "통과" not in page.split("<main", 1)[1]


@pytest.mark.parametrize(
    ("answer", "words"),
    [(right, "통과했습니다. 기준은 60%입니다."), (wrong, "통과 기준 60%에 이르지 못했습니다.")],
)
def test_the_pass_mark_is_told(answer: object, words: str, client: Client) -> None:
    assert callable(answer)
    attempt = begin(client, make_exam("single", quiz={"pass_mark": 60}))
    (item,) = items_of(attempt)
    save(item, answer(item))
    assert words in text_of(client, submit(client, attempt))


@pytest.mark.usefixtures("course")
def test_scores_are_told_by_lesson_with_its_title(client: Client) -> None:
    page, _ = reviewed(client, make_exam("single"), {})
    assert '<a href="/lessons/sg-vs-nacl/">보안 그룹(Security Group)' in page


def test_points_that_do_not_come_out_even_are_told_with_two_places(client: Client) -> None:
    attempt = begin(client, make_exam("matching"))
    (item,) = items_of(attempt)
    given = right(item)["given"]
    save(item, {"given": dict(list(given.items())[:2])})
    assert "0.67 / 1점" in text_of(client, submit(client, attempt))


def test_before_a_run_is_closed_its_review_tells_only_when(client: Client, clock: Clock) -> None:
    run = make_exam("single", feedback=Feedback.AFTER_CLOSE, closes_at=NOW + HOUR)
    attempt = begin(client, run)
    (item,) = items_of(attempt)
    save(item, right(item))
    review = submit(client, attempt)
    text = text_of(client, review)
    assert (
        "2026년 3월 6일 (금) 19:00 (한국 시각) 이후에 이 화면에서 볼 수 있습니다. 1시간 남음."
        in text
    )
    assert "1점" not in text
    clock.now = NOW + HOUR + MINUTE
    assert "1 / 1점 100%" in text_of(client, review)


def test_the_catalogue_of_a_course_with_quizzes_is_reached_from_every_page(
    client: Client, course: Catalogue
) -> None:
    assert course.lessons
    page = client.get("/").content.decode()
    assert '<a class="site-nav__link" href="/quizzes/">퀴즈</a>' in page
    page = client.get("/quizzes/").content.decode()
    assert 'href="/quizzes/" aria-current="page">퀴즈</a>' in page


def test_a_review_says_of_when_changing_numbers_are(client: Client) -> None:
    question = make_question("single")
    version = question.current
    assert version is not None
    dated = {**version.document, "about": {**version.document["about"], "as_of": "2023-06-15"}}
    QuestionVersion.objects.filter(pk=version.pk).update(document=dated)
    attempt = begin(client, make_run(make_quiz([question])))
    client.post(f"/attempts/{attempt.public_id}/submit/")
    page = client.get(f"/attempts/{attempt.public_id}/review/").content.decode()
    assert "2023-06-15 기준의 수치입니다" in page
