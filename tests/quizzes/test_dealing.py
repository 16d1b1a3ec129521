"""Dealing: which questions, in which order, decided once by a seed and never by a key."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from apps.quizzes.dealing import SEEDS, NothingToDealError, deal_quiz, deal_version
from apps.quizzes.domain.kinds import kind_of
from apps.quizzes.domain.rules import STALE_AFTER
from apps.quizzes.models import Pool, Question, QuestionVersion, Quiz, Section
from tests.quizzes.disguises import give_another_key
from tests.quizzes.factories import (
    EVERY_KIND,
    NOW,
    TYPED,
    add_draws,
    make_question,
    make_quiz,
    make_spec,
)

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def draw_from(
    quiz: Quiz, count: int, *, topic: str = "pool", position: int = 1, **section: Any
) -> Section:
    made = Section.objects.create(quiz=quiz, position=position, **section)
    add_draws(made, {"topic": topic, "pool": Pool.EXAM, "count": count})
    return made


def pool_of(size: int) -> list[Question]:
    return [make_question("true_false", topic="pool") for _ in range(size)]


def questions(quiz: Quiz, seed: int) -> list[Question]:
    return [each.version.question for each in deal_quiz(quiz, seed=seed, today=TODAY)]


def test_the_same_seed_deals_the_same() -> None:
    pool_of(6)
    quiz = make_quiz([make_question(kind) for kind in EVERY_KIND])
    draw_from(quiz, 3, position=2, shuffle=True)
    assert deal_quiz(quiz, seed=5, today=TODAY) == deal_quiz(quiz, seed=5, today=TODAY)


def test_different_seeds_deal_differently() -> None:
    pool_of(8)
    quiz = make_quiz()
    draw_from(quiz, 3)
    assert len({tuple(q.pk for q in questions(quiz, seed)) for seed in range(30)}) > 10


def test_a_draw_finds_no_question_twice_and_every_one_sometimes() -> None:
    pool = pool_of(5)
    quiz = make_quiz()
    draw_from(quiz, 4)
    seen = set()
    for seed in range(40):
        drawn = questions(quiz, seed)
        assert len(set(drawn)) == 4
        seen |= set(drawn)
    assert seen == set(pool)


def test_two_draws_of_one_pool_share_no_question() -> None:
    pool = pool_of(4)
    quiz = make_quiz()
    draw_from(quiz, 2, position=1)
    draw_from(quiz, 2, position=2)
    for seed in range(10):
        assert set(questions(quiz, seed)) == set(pool)


def test_what_is_asked_anyway_is_not_drawn_as_well() -> None:
    fixed, other = pool_of(2)
    quiz = make_quiz()
    draw_from(quiz, 1, position=1)
    add_draws(Section.objects.create(quiz=quiz, position=2), {"question": fixed})
    assert questions(quiz, 3) == [other, fixed]


def test_what_is_kept_for_exams_is_never_drawn_for_practice() -> None:
    pool_of(3)
    practice = [make_question("true_false", topic="pool", pool=Pool.PRACTICE) for _ in range(2)]
    quiz = make_quiz()
    section = Section.objects.create(quiz=quiz, position=1)
    add_draws(section, {"topic": "pool", "pool": Pool.PRACTICE, "count": 2})
    for seed in range(20):
        assert set(questions(quiz, seed)) == set(practice)


def test_a_pool_that_is_too_small_deals_nothing() -> None:
    pool_of(2)
    quiz = make_quiz()
    draw_from(quiz, 3)
    with pytest.raises(NothingToDealError):
        deal_quiz(quiz, seed=1, today=TODAY)


@pytest.mark.parametrize("taken_down", ["retired_at", "current"])
def test_what_was_taken_down_is_not_drawn(taken_down: str) -> None:
    gone, stays = pool_of(2)
    setattr(gone, taken_down, NOW if taken_down == "retired_at" else None)
    gone.save()
    quiz = make_quiz()
    draw_from(quiz, 1)
    assert {questions(quiz, seed)[0] for seed in range(10)} == {stays}


def test_a_quiz_without_questions_deals_nothing() -> None:
    with pytest.raises(NothingToDealError):
        deal_quiz(make_quiz(), seed=1, today=TODAY)


def test_a_fixed_question_without_a_version_deals_nothing() -> None:
    question = make_question("single")
    question.current = None
    question.save()
    with pytest.raises(NothingToDealError):
        deal_quiz(make_quiz([question]), seed=1, today=TODAY)


def test_sections_stay_in_order_and_shuffle_only_within() -> None:
    first = [make_question("true_false") for _ in range(4)]
    second = [make_question("true_false") for _ in range(4)]
    quiz = make_quiz()
    for position, (asked, shuffle) in enumerate([(first, True), (second, False)], start=1):
        section = Section.objects.create(quiz=quiz, position=position, shuffle=shuffle)
        add_draws(section, *({"question": question} for question in asked))
    orders = set()
    for seed in range(20):
        dealt = questions(quiz, seed)
        assert set(dealt[:4]) == set(first)
        assert dealt[4:] == second
        orders.add(tuple(question.pk for question in dealt[:4]))
    assert len(orders) > 5


def test_points_come_with_the_draw() -> None:
    quiz = make_quiz()
    section = Section.objects.create(quiz=quiz, position=1)
    add_draws(section, {"question": make_question("single"), "points": Decimal("2.5")})
    assert [each.points for each in deal_quiz(quiz, seed=1, today=TODAY)] == [Decimal("2.5")]


def test_choices_keep_their_order_where_the_quiz_says_so() -> None:
    quiz = make_quiz([make_question("single") for _ in range(5)], shuffle_choices=False)
    for each in deal_quiz(quiz, seed=2, today=TODAY):
        body = each.version.spec.shown.body
        assert each.order["choices"] == [choice["id"] for choice in body["choices"]]


def test_items_of_one_attempt_are_shuffled_apart() -> None:
    """Else the place of one key would tell the others."""
    quiz = make_quiz([make_question("single") for _ in range(12)])
    assert len({tuple(each.order["choices"]) for each in deal_quiz(quiz, seed=2, today=TODAY)}) > 2


def test_seeds_can_be_read_whole_by_who_knows_only_floats() -> None:
    quiz = make_quiz([make_question("single") for _ in range(20)])
    for seed in (0, SEEDS - 1):
        dealt = deal_quiz(quiz, seed=seed, today=TODAY)
        assert all(float(each.seed) == each.seed < SEEDS for each in dealt)


@pytest.mark.parametrize("kind", TYPED)
def test_the_order_shown_does_not_depend_on_the_key(kind: str) -> None:
    document = make_spec(kind).to_json()
    original = QuestionVersion(kind=kind, document=make_spec(kind).to_json())
    give_another_key(document)
    other = QuestionVersion(kind=kind, document=document)
    assert original.spec.secret != other.spec.secret
    for seed in range(50):
        orders = [
            deal_version(version, seed=seed, points=Decimal(1), section="", shuffle=True).order
            for version in (original, other)
        ]
        assert orders[0] == orders[1]


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_what_is_dealt_lists_every_member_once(kind: str) -> None:
    dealt = deal_quiz(make_quiz([make_question(kind)]), seed=9, today=TODAY)[0]
    item = dealt.as_item(1)
    body = item.spec.shown.body
    assert kind_of(item.spec.shown.kind)
    for name, ids in item.order.items():
        assert sorted(ids) == sorted(member["id"] for member in body[name])


def dated(question: Question, days: int) -> Question:
    """Its numbers were true that many days ago."""
    question.as_of = TODAY - dt.timedelta(days=days)
    question.save(update_fields=["as_of"])
    return question


def test_an_exam_draws_no_number_that_may_have_changed_since() -> None:
    fresh, edge, stale = pool_of(3)
    dated(edge, STALE_AFTER.days)
    dated(stale, STALE_AFTER.days + 1)
    quiz = make_quiz()
    draw_from(quiz, 2)
    for seed in range(20):
        assert set(questions(quiz, seed)) == {fresh, edge}


def test_an_exam_with_too_few_fresh_questions_is_not_dealt() -> None:
    dated(pool_of(2)[0], STALE_AFTER.days + 1)
    quiz = make_quiz()
    draw_from(quiz, 2)
    with pytest.raises(NothingToDealError):
        questions(quiz, 1)


def test_practice_goes_on_asking_old_numbers() -> None:
    question = dated(make_question("single", topic="pool", pool=Pool.PRACTICE), 5_000)
    quiz = make_quiz()
    section = Section.objects.create(quiz=quiz, position=1)
    add_draws(section, {"topic": "pool", "pool": Pool.PRACTICE, "count": 1})
    assert questions(quiz, 1) == [question]
