"""Quizzes, learners and answers for tests, made through the models and the publishing service."""

import datetime as dt
import random
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from typing import Any

from django.test import Client

from apps.accounts.models import Learner, User
from apps.quizzes.domain.kinds import kind_of
from apps.quizzes.domain.kinds.base import Json
from apps.quizzes.domain.spec import QuestionSpec
from apps.quizzes.freezing import freeze
from apps.quizzes.models import (
    Attempt,
    AttemptItem,
    Draw,
    Extension,
    Pool,
    Question,
    Quiz,
    QuizRun,
    Section,
)
from apps.quizzes.models.words import Feedback
from apps.quizzes.queries import current_items
from apps.quizzes.services.publishing import publish_version
from apps.quizzes.services.taking import Saved, save_response, start_attempt
from apps.widgetkit.asks import Generator, Variant
from apps.widgetkit.manifest import Simulator, Widget
from apps.widgetkit.registry import get_widget, temporarily
from tests.quizzes.domain import documents

NOW = dt.datetime(2026, 3, 6, 9, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)
TOPIC = "sg-vs-nacl"
GENERATOR = "test-walk-ending"
TYPED = (
    *("single", "multiple", "true_false", "matching", "ordering", "categorize"),
    *("numeric", "short_text", "essay"),
)
EVERY_KIND = (*TYPED, "scenario", "generated")
GRADED_BY_MACHINE = tuple(kind for kind in EVERY_KIND if kind != "essay")


@contextmanager
def walking_generator() -> Iterator[Widget]:
    """A widget like packet-walk whose generator asks how a packet to a random port ends."""
    walk = get_widget("packet-walk")
    assert walk is not None

    def make(seed: int) -> Variant:
        scenario = deepcopy(walk.presets[0].scenario)
        scenario["flow"]["port"] = random.Random(seed).randint(1, 60_000)
        return Variant(scenario, walk.asks(scenario)[0])

    copy = replace(
        walk,
        slug="test-walk",
        simulators=(Simulator("test-walk", walk.simulator.evaluate, walk.simulator.schema),),
        generators=(Generator(GENERATOR, "패킷의 끝", make),),
    )
    with temporarily(copy) as widget:
        yield widget


def make_spec(kind: str, **changed: Any) -> QuestionSpec:
    """A valid question of a kind; `changed` are fields of its document."""
    fields: Json = {"topic": TOPIC}
    if kind == "generated":
        fields["generator"] = GENERATOR
    if kind == "scenario":
        fields["expect"] = None
    return documents.question(kind, **{**fields, **changed})


def make_question(
    kind: str, *, slug: str = "", pool: Pool = Pool.EXAM, topic: str = TOPIC, **changed: Any
) -> Question:
    spec = make_spec(kind, topic=topic, **changed)
    question = Question.objects.create(
        uuid=uuid.uuid4(), slug=slug or f"q-{uuid.uuid4().hex[:12]}", pool=pool, topic=topic
    )
    frozen = freeze(spec, seed=0)
    publish_version(
        question=question, spec=spec, engine=frozen.engine if frozen else "", now=NOW - HOUR
    )
    return question


def make_quiz(questions: Sequence[Question] = (), **changed: Any) -> Quiz:
    """One section that asks the questions in this order."""
    values = {
        "slug": f"quiz-{uuid.uuid4().hex[:12]}",
        "title": "보안 그룹과 네트워크 ACL",
        "summary": "둘의 차이를 묻습니다.",
        "topic": TOPIC,
        "minutes": 10,
        "digest": "0" * 64,
        **changed,
    }
    quiz = Quiz.objects.create(uuid=uuid.uuid4(), **values)
    if questions:
        section = Section.objects.create(quiz=quiz, position=1)
        add_draws(section, *({"question": question} for question in questions))
    return quiz


def add_draws(section: Section, *draws: dict[str, Any]) -> None:
    for position, draw in enumerate(draws, start=1):
        Draw.objects.create(section=section, position=position, **draw)


def make_run(quiz: Quiz, **rules: Any) -> QuizRun:
    values = {"slug": f"run-{uuid.uuid4().hex[:8]}", "title": "시험", **rules}
    return QuizRun.objects.create(quiz=quiz, **{"feedback": Feedback.AFTER_SUBMIT, **values})


def make_exam(*kinds: str, quiz: dict[str, Any] | None = None, **rules: Any) -> QuizRun:
    """A run of a new quiz with a question of each kind."""
    questions = [make_question(kind) for kind in kinds or ("single", "numeric")]
    return make_run(make_quiz(questions, **(quiz or {})), **rules)


def make_practice(*kinds: str, quiz: dict[str, Any] | None = None, **rules: Any) -> QuizRun:
    questions = [make_question(kind, pool=Pool.PRACTICE) for kind in kinds or ("single",)]
    values = {"feedback": Feedback.IMMEDIATE, "title": "연습", **rules}
    return make_run(make_quiz(questions, **(quiz or {})), **values)


def make_learner(name: str = "") -> Learner:
    """Anonymous, or with an account of this name."""
    user = User.objects.create_user(name) if name else None
    return Learner.objects.create(user=user, created_at=NOW - HOUR)


def extend(run: QuizRun, learner: Learner, **exception: Any) -> Extension:
    """Give the learner an exception, or change the one there is."""
    extension, _ = Extension.objects.update_or_create(run=run, learner=learner, defaults=exception)
    return extension


def start(
    run: QuizRun, learner: Learner | None = None, *, now: dt.datetime = NOW, seed: int = 7
) -> Attempt:
    return start_attempt(run=run, learner=learner or make_learner(), now=now, seed=seed)


def items_of(attempt: Attempt) -> list[AttemptItem]:
    return current_items(attempt)


def only_item(attempt: Attempt) -> AttemptItem:
    (item,) = current_items(attempt)
    return item


def right(item: AttemptItem) -> Json:
    """The answer that is worth all points; a text where a person grades."""
    shown, secret = item.spec.shown, item.spec.secret
    return kind_of(shown.kind).right_answer(shown.body, secret.key) or {"text": "서술한 답"}


def wrong(item: AttemptItem) -> Json:
    """A whole answer that is worth nothing."""
    shown, key = item.spec.shown, item.spec.secret.key
    body = shown.body
    match shown.kind:
        case "single" | "true_false":
            others = [each["id"] for each in body["choices"] if each["id"] != key["choice"]]
            return {"choice": others[0]}
        case "multiple":
            others = [each["id"] for each in body["choices"] if each["id"] not in key["choices"]]
            return {"choices": others}
        case "numeric":
            return {"text": "99"}
        case "short_text":
            return {"text": "전혀 다른 말"}
    raise NotImplementedError(shown.kind)


def save(
    item: AttemptItem,
    answer: Json,
    *,
    base: int = 0,
    client: str = "tab-a",
    sequence: int = 1,
    now: dt.datetime = NOW,
) -> Saved:
    return save_response(
        item=item, answer=answer, base_revision=base, client=client, sequence=sequence, now=now
    )


def stored_answer(item: AttemptItem) -> Json:
    """What counts now, read from the database."""
    newest = item.responses.filter(is_late=False).order_by("-revision").first()
    return {} if newest is None else dict(newest.answer)


def begin(client: Client, run: QuizRun) -> Attempt:
    """Start through the page, in this browser; there must be no other attempt."""
    client.post(f"/quizzes/{run.quiz.slug}/{run.slug}/start/")
    return Attempt.objects.get()


def form_of(item: AttemptItem, answer: Json, **more: str) -> dict[str, Any]:
    """What the page's form sends for this answer."""
    shown = item.spec.shown
    fields = kind_of(shown.kind).fill(shown.body, answer) if answer else {}
    return {**fields, "try": str(item.try_number), **more}
