"""Nothing that implies a key leaves the server before the policy allows."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.utils import timezone

from apps.quizzes.domain.kinds import kind_of
from apps.quizzes.domain.kinds.base import Json
from apps.quizzes.models import Attempt, AttemptItem, Pool, QuestionVersion, QuizRun
from apps.quizzes.models.words import Feedback
from apps.quizzes.services.taking import check_item
from tests.quizzes.disguises import change_what_is_secret
from tests.quizzes.factories import (
    EVERY_KIND,
    HOUR,
    NOW,
    begin,
    form_of,
    items_of,
    make_question,
    make_quiz,
    make_run,
    right,
    save,
)

pytestmark = pytest.mark.django_db
SAVE = {"X-Gureum-Save": "1"}
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[A-Za-z0-9]{64}"')
NOT_OF_THE_PAGE = {"X-Request-ID", "Set-Cookie", "Expires", "Last-Modified"}
each_kind = pytest.mark.parametrize("kind", EVERY_KIND)
Seen = dict[str, tuple[int, dict[str, str], bytes]]


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def run_of(kind: str, feedback: Feedback) -> QuizRun:
    """Two items: one that stays as it is, and one of the kind."""
    pool = Pool.PRACTICE if feedback == Feedback.IMMEDIATE else Pool.EXAM
    quiz = make_quiz([make_question("single", pool=pool), make_question(kind, pool=pool)])
    return make_run(quiz, feedback=feedback, closes_at=NOW + HOUR, time_limit=1200, max_attempts=3)


class Visit:
    """Everything that a learner can ask of a running attempt, and what came back."""

    def __init__(self, client: Client, attempt: Attempt) -> None:
        self.client, self.attempt = client, attempt
        self.item = items_of(attempt)[1]
        self.address = attempt.get_absolute_url()
        self.here = f"{self.address}{self.item.position}/"
        self.seen: Seen = {}

    def keep(self, name: str, response: HttpResponseBase) -> None:
        assert isinstance(response, HttpResponse)
        headers = {
            key: value for key, value in response.headers.items() if key not in NOT_OF_THE_PAGE
        }
        content = TOKEN.sub(rb'\1token"', response.content)
        assert name not in self.seen
        self.seen[name] = response.status_code, headers, content

    def get(self, name: str, path: str) -> None:
        self.keep(name, self.client.get(path))

    def save(self, name: str, answer: Json, sequence: int, **more: str) -> None:
        form = form_of(self.item, answer, client="tab", sequence=str(sequence), **more)
        self.keep(name, self.client.post(self.here, form, headers=SAVE))

    def pages(self, when: str) -> None:
        for name, path in {
            "item": self.here,
            "other item": f"{self.address}1/",
            "summary": f"{self.address}summary/",
            "attempt": self.address,
            "review": f"{self.address}review/",
        }.items():
            self.get(f"{name}, {when}", path)

    def outside(self) -> None:
        self.get("cover", self.attempt.run.quiz.get_absolute_url())
        self.get("index", "/quizzes/")

    def everything_while_it_runs(self, answers: list[Json]) -> None:
        for number, answer in enumerate(answers, start=1):
            self.save(f"save {number}", answer, number)
        self.save("save again", answers[-1], len(answers))
        self.pages("answered")
        self.outside()
        conflict = form_of(self.item, answers[0], revision="0")
        self.keep("stale form", self.client.post(self.here, conflict))
        self.keep("stale tab", self.client.post(self.here, conflict, headers=SAVE))
        nonsense = {"answer": ["right", "\0", "key"], "answer-x": "1", "try": "1", "revision": "9"}
        self.keep("nonsense", self.client.post(self.here, nonsense))
        for go in ("flag", "next", "again"):
            form = form_of(self.item, answers[-1], go=go, revision="99")
            self.keep(f"go {go}", self.client.post(self.here, form))
        self.keep("repeat", self.client.post(f"{self.address}repeat/"))
        self.get("flagged", f"{self.address}summary/")


def some_answers(item: AttemptItem) -> list[Json]:
    """Taken from the form alone: the first thing that can be chosen, then others."""
    shown = item.spec.shown
    kind, body = kind_of(shown.kind), shown.body
    forms: list[dict[str, list[str]]] = []
    match shown.kind:
        case "single" | "true_false" | "multiple":
            forms = [{"answer": [each["id"]]} for each in body["choices"]]
        case "matching":
            lefts, rights = body["lefts"], body["rights"]
            forms = [
                {f"answer-{left['id']}": [rights[0]["id"]] for left in lefts[:n]} for n in (1, 3)
            ]
        case "categorize":
            rows, categories = body["rows"], body["categories"]
            forms = [
                {f"answer-{row['id']}": [categories[0]["id"]] for row in rows[:n]} for n in (1, 4)
            ]
        case "ordering":
            forms = [
                {f"answer-{each['id']}": ["1"] for each in body["items"]},
                {f"answer-{each['id']}": [str(n)] for n, each in enumerate(body["items"], start=1)},
            ]
        case _:
            forms = [{"answer": [text]} for text in ("0.5", "보안 그룹", "아무 말")]
    return [kind.read_answer(body, form) for form in forms]


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def disguise(attempt: Attempt) -> None:
    """Another key for the second item, past every guard, in the rows themselves."""
    item = items_of(attempt)[1]
    if item.frozen is not None:
        frozen = {**item.frozen}
        change_what_is_secret(frozen["question"])
        AttemptItem.objects.filter(pk=item.pk).update(frozen=frozen)
    else:
        document = {**item.version.document}
        change_what_is_secret(document)
        QuestionVersion.objects.filter(pk=item.version_id).update(document=document)


def seen_with_both_keys(attempt: Attempt, look: Callable[[], Seen]) -> tuple[Seen, Seen]:
    before = items_of(attempt)[1].spec
    with undone():
        first = look()
    with undone():
        disguise(attempt)
        after = items_of(attempt)[1].spec
        assert after.shown == before.shown
        assert after.secret.key != before.secret.key
        second = look()
    return first, second


def assert_same(first: Seen, second: Seen) -> None:
    assert first.keys() == second.keys()
    different = [name for name in first if first[name] != second[name]]
    assert different == []


@each_kind
@pytest.mark.parametrize("feedback", [Feedback.IMMEDIATE, Feedback.AFTER_CLOSE])
def test_a_running_attempt_is_the_same_whatever_the_key(
    kind: str, feedback: Feedback, client: Client
) -> None:
    attempt = begin(client, run_of(kind, feedback))
    answers = some_answers(items_of(attempt)[1])
    assert len(answers) > 1

    def look() -> Seen:
        visit = Visit(client, attempt)
        visit.everything_while_it_runs(answers)
        return visit.seen

    first, second = seen_with_both_keys(attempt, look)
    assert_same(first, second)
    assert first["item, answered"][0] == first["summary, answered"][0] == 200
    assert "저장".encode() in first["item, answered"][2]
    assert first["stale form"][0] == 409
    assert all(status < 500 for status, _, _ in first.values())


@each_kind
def test_in_practice_one_checked_item_tells_nothing_of_the_others(
    kind: str, client: Client
) -> None:
    attempt = begin(client, run_of(kind, Feedback.IMMEDIATE))
    checked, item = items_of(attempt)
    save(checked, right(checked))
    check_item(item=checked, now=NOW)
    answers = some_answers(item)

    def look() -> Seen:
        visit = Visit(client, attempt)
        visit.save("save", answers[0], 1)
        visit.pages("answered")
        return visit.seen

    assert_same(*seen_with_both_keys(attempt, look))


@each_kind
def test_before_checking_an_answer_that_is_not_whole_tells_nothing(
    kind: str, client: Client
) -> None:
    attempt = begin(client, run_of(kind, Feedback.IMMEDIATE))

    def look() -> Seen:
        visit = Visit(client, attempt)
        form = form_of(visit.item, {}, go="check")
        visit.keep("check", client.post(visit.here, form))
        return visit.seen

    first, second = seen_with_both_keys(attempt, look)
    assert_same(first, second)
    assert first["check"][0] == 422


@each_kind
def test_a_submitted_exam_tells_nothing_before_the_close(kind: str, client: Client) -> None:
    attempt = begin(client, run_of(kind, Feedback.AFTER_CLOSE))
    answers = some_answers(items_of(attempt)[1])

    def look() -> Seen:
        visit = Visit(client, attempt)
        visit.save("save", answers[0], 1)
        visit.keep("submit", client.post(f"{visit.address}submit/"))
        visit.save("late", answers[1], 2)
        visit.pages("submitted")
        visit.outside()
        for go in ("next", "check", "again"):
            form = form_of(visit.item, answers[1], go=go, revision="99")
            visit.keep(f"go {go}", client.post(visit.here, form))
        visit.keep("repeat", client.post(f"{visit.address}repeat/"))
        return visit.seen

    first, second = seen_with_both_keys(attempt, look)
    assert_same(first, second)
    assert first["review, submitted"][0] == 200
    assert all(status < 500 for status, _, _ in first.values())


@each_kind
def test_afterwards_everything_is_told(kind: str, client: Client) -> None:
    """The counterpart, without which the tests above would prove nothing."""
    attempt = begin(client, run_of(kind, Feedback.AFTER_SUBMIT))
    answers = some_answers(items_of(attempt)[1])

    def look() -> Seen:
        visit = Visit(client, attempt)
        visit.save("save", answers[0], 1)
        visit.keep("submit", client.post(f"{visit.address}submit/"))
        visit.get("review", f"{visit.address}review/")
        return visit.seen

    first, second = seen_with_both_keys(attempt, look)
    assert first["review"][0] == second["review"][0] == 200
    assert first["review"] != second["review"]
    told = second["review"][2].decode()
    assert "전혀 다른 해설입니다." in told
    assert "전혀 다른 해설입니다." not in first["review"][2].decode()
