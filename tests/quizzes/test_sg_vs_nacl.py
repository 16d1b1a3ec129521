"""The shipped questions on security groups and network ACLs: enough, of every kind, and fair."""

import re
from collections import Counter
from itertools import combinations

import pytest
from django.test import Client

from apps.content.catalogue import Catalogue, ErratumSpec
from apps.quizzes.domain.kinds import DOCUMENT_KINDS, kind_of
from apps.quizzes.freezing import COMPUTED, freeze
from apps.quizzes.loading.bank import QuestionEntry
from apps.quizzes.models import Attempt
from tests.shipped import shipped_content

TOPIC = "sg-vs-nacl"
BANK = shipped_content().bank
QUESTIONS = [each for each in BANK.questions if each.spec.about.topic == TOPIC]
QUIZZES = {quiz.slug: quiz for quiz in BANK.quizzes}
TYPED = [each for each in QUESTIONS if each.spec.shown.kind not in COMPUTED]
CHOOSING = [each for each in TYPED if each.spec.shown.kind in ("single", "multiple")]

each_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.slug)


def errata() -> dict[str, ErratumSpec]:
    (lesson,) = (each for each in shipped_content().catalogue.lessons if each.slug == TOPIC)
    return {erratum.id: erratum for erratum in lesson.errata}


def in_quiz(slug: str) -> list[QuestionEntry]:
    return [each for each in QUESTIONS if QUIZZES[slug].may_ask(each)]


def kinds(questions: list[QuestionEntry]) -> Counter[str]:
    return Counter(each.spec.shown.kind for each in questions)


def right_ids(question: QuestionEntry) -> set[str]:
    key = question.spec.secret.key
    return set(key["choices"]) if "choices" in key else {key["choice"]}


def words(question: QuestionEntry) -> set[str]:
    """What a learner reads of it, as words."""
    body = question.spec.shown.body
    parts = [question.spec.shown.stem, question.spec.secret.explanation]
    parts += [
        each["text"] if isinstance(each, dict) else each
        for members in body.values()
        if isinstance(members, list)
        for each in members
    ]
    return set(re.findall(r"\w+", " ".join(parts)))


def test_practice_has_fifteen_questions_and_every_kind() -> None:
    practice = in_quiz("sg-vs-nacl")
    assert len(practice) >= 15
    assert set(kinds(practice)) == set(DOCUMENT_KINDS)
    assert {each.pool for each in practice} == {"practice"}


def test_the_exam_draws_from_more_than_it_asks_and_from_nothing_of_practice() -> None:
    pool = in_quiz("sg-vs-nacl-exam")
    draws = [draw for section in QUIZZES["sg-vs-nacl-exam"].sections for draw in section.draws]
    assert {each.pool for each in pool} == {"exam"}
    assert 12 <= sum(draw.count for draw in draws) < len(pool)
    assert len(kinds(pool)) >= 8


def test_the_exam_is_limited_and_tells_after_submitting() -> None:
    (run,) = QUIZZES["sg-vs-nacl-exam"].runs
    assert (run.feedback, run.time_limit, run.max_attempts, run.counts) == (
        *("after_submit", 900),
        *(2, "best"),
    )


def test_every_question_is_asked_somewhere() -> None:
    for question in QUESTIONS:
        assert any(quiz.may_ask(question) for quiz in QUIZZES.values()), question.slug


@each_question
def test_a_question_cites_its_sentence_and_the_correction_of_it(question: QuestionEntry) -> None:
    about = question.spec.about
    assert about.lesson == TOPIC
    assert about.quote
    corrected = [
        erratum.id
        for erratum in errata().values()
        if erratum.section == about.section and erratum.quote.strip("| ") == about.quote
    ]
    if corrected:
        assert about.erratum == corrected[0]


@each_question
def test_a_question_explains_itself(question: QuestionEntry) -> None:
    frozen = freeze(question.spec, seed=1)
    made = frozen.question if frozen else question.spec
    assert len(made.secret.explanation) >= 40
    assert "다." in made.secret.explanation


@pytest.mark.parametrize("question", TYPED, ids=lambda question: question.slug)
def test_the_right_answer_is_worth_everything(question: QuestionEntry) -> None:
    spec = question.spec
    kind = kind_of(spec.shown.kind)
    if kind.graded_by_hand:
        assert spec.secret.key["rubric"]
        return
    quiz = QUIZZES["sg-vs-nacl"]
    answer = kind.right_answer(spec.shown.body, spec.secret.key)
    assert not kind.problem(spec.shown.body, answer)
    assert kind.score(spec.shown.body, spec.secret.key, answer, quiz.scoring) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("question", TYPED, ids=lambda question: question.slug)
def test_every_member_of_a_pairing_says_what_is_wrong_with_others(question: QuestionEntry) -> None:
    body = question.spec.shown.body
    askers = body.get("lefts") or body.get("rows") or []
    assert {each["id"] for each in askers} <= set(question.spec.secret.feedback)


def test_no_place_is_the_place_of_the_right_choice() -> None:
    places = Counter(
        index
        for question in CHOOSING
        for index, choice in enumerate(question.spec.shown.body["choices"])
        if choice["id"] in right_ids(question)
    )
    assert len(places) >= 4
    assert max(places.values()) <= sum(places.values()) * 0.45


def test_the_length_of_a_choice_tells_nothing() -> None:
    singles = [each for each in CHOOSING if each.spec.shown.kind == "single"]
    longest = shortest = 0
    for question in singles:
        lengths = {each["id"]: len(each["text"]) for each in question.spec.shown.body["choices"]}
        (right,) = right_ids(question)
        others = [length for id_, length in lengths.items() if id_ != right]
        longest += lengths[right] > max(others)
        shortest += lengths[right] < min(others)
    assert longest <= len(singles) / 3
    assert shortest <= len(singles) / 3


def test_statements_are_true_as_often_as_false() -> None:
    keys = Counter(
        each.spec.secret.key["choice"] for each in TYPED if each.spec.shown.kind == "true_false"
    )
    assert keys["true"] == keys["false"]


def test_no_choice_is_about_the_other_choices() -> None:
    for question in CHOOSING:
        for choice in question.spec.shown.body["choices"]:
            assert not re.search(r"모두 정답|정답 없음|위의 모두|①|보기 [0-9가-라]", choice["text"])


def test_no_two_questions_are_alike() -> None:
    for one, other in combinations(TYPED, 2):
        mine, others = words(one), words(other)
        alike = len(mine & others) / len(mine | others)
        assert alike < 0.5, (one.slug, other.slug, alike)


def test_no_two_questions_ask_the_same_of_an_engine() -> None:
    computed = [str(each.spec.shown.body) for each in QUESTIONS if each not in TYPED]
    assert len(computed) == len(set(computed)) >= 8


def test_all_levels_are_asked_and_more_than_memory() -> None:
    levels = Counter(each.spec.about.level.label for each in QUESTIONS)
    assert set(levels) == {"기억", "이해", "적용", "분석"}
    assert levels["기억"] <= len(QUESTIONS) / 4


def take(client: Client, quiz: str, run: str) -> Attempt:
    """Start the quiz in a browser without scripts, answer everything rightly, submit."""
    client.post(f"/quizzes/{quiz}/{run}/start/")
    attempt = Attempt.objects.get()
    for item in attempt.items.all():
        shown, secret = item.spec.shown, item.spec.secret
        kind = kind_of(shown.kind)
        answer = kind.right_answer(shown.body, secret.key) or {"text": "임시 포트 때문입니다."}
        address = f"/attempts/{attempt.public_id}/{item.position}/"
        assert client.get(address).status_code == 200
        sent = {"revision": "0", "go": "next", **kind.fill(shown.body, answer)}
        assert client.post(address, sent).status_code == 302
    client.post(f"/attempts/{attempt.public_id}/submit/")
    attempt.refresh_from_db()
    return attempt


def test_a_learner_takes_the_practice(course: Catalogue, client: Client) -> None:
    attempt = take(client, "sg-vs-nacl", "practice")
    assert attempt.items.count() == len(in_quiz("sg-vs-nacl"))
    assert attempt.is_provisional, "a person has yet to read the essay"
    assert attempt.score == attempt.max_score - 1


def test_a_learner_takes_the_exam_and_is_led_to_the_sentences(
    course: Catalogue, client: Client
) -> None:
    attempt = take(client, "sg-vs-nacl-exam", "exam")
    assert attempt.score == attempt.max_score == 12
    assert not attempt.is_provisional
    page = client.get(f"/attempts/{attempt.public_id}/review/").content.decode()
    lesson = client.get(f"/lessons/{TOPIC}/").content.decode()
    targets = re.findall(rf'href="/lessons/{TOPIC}/#(asked-[0-9a-f]+)"', page)
    assert len(targets) == 12
    for target in targets:
        assert f'id="{target}"' in lesson
