"""The shipped bank as a whole: enough of everything, and no tell beats chance.

`pytest tests/quizzes/test_bank.py -s -k table` prints the balance table.
"""

from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from math import sqrt

import pytest

from apps.quizzes.freezing import COMPUTED
from apps.quizzes.loading.balance import single_choices, statements
from apps.quizzes.loading.bank import QuestionEntry, QuizEntry
from tests.shipped import shipped_content

BANK = shipped_content().bank
REQUIRED = ("tenancy", "pricing", "sg-vs-nacl", "storage")
LESSONS = [lesson.slug for lesson in shipped_content().catalogue.lessons]
PRACTICE = [each for each in BANK.questions if each.pool == "practice"]
each_required = pytest.mark.parametrize("topic", REQUIRED)


def of_topic(topic: str, pool: str) -> list[QuestionEntry]:
    return [each for each in BANK.questions if each.spec.about.topic == topic and each.pool == pool]


def quiz(slug: str) -> QuizEntry:
    return next(each for each in BANK.quizzes if each.slug == slug)


@each_required
def test_a_required_topic_has_its_own_pools(topic: str) -> None:
    assert len(of_topic(topic, "practice")) >= 15
    assert len(of_topic(topic, "exam")) >= 12


@each_required
def test_a_required_topic_has_a_practice_and_an_exam(topic: str) -> None:
    assert quiz(topic).is_practice
    assert not quiz(f"{topic}-exam").is_practice


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_lesson_has_a_practice_quiz_and_enough_questions(lesson: str) -> None:
    assert any(each.lesson == lesson and each.is_practice for each in BANK.quizzes)
    assert sum(each.spec.about.lesson == lesson for each in PRACTICE) >= 8


def test_a_third_of_all_items_is_more_than_one_choice() -> None:
    plain = sum(each.spec.shown.kind == "single" for each in BANK.questions)
    assert Fraction(len(BANK.questions) - plain, len(BANK.questions)) >= Fraction(1, 3)


def test_every_typed_item_cites_its_sentence() -> None:
    missing = [
        each.slug
        for each in BANK.questions
        if each.spec.shown.kind not in COMPUTED
        and not (each.spec.about.lesson and each.spec.about.quote)
    ]
    assert not missing


def test_all_levels_are_asked_and_remembering_least_of_all() -> None:
    levels = Counter(each.spec.about.level.label for each in BANK.questions)
    assert set(levels) == {"기억", "이해", "적용", "분석"}
    assert levels["기억"] < len(BANK.questions) / 3


TELLS: dict[str, Callable[[list[str]], str]] = {
    "the first": lambda texts: texts[0],
    "the last": lambda texts: texts[-1],
    "the longest": lambda texts: max(texts, key=len),
    "the shortest": lambda texts: min(texts, key=len),
    # Numbers, Latin letters and brackets look precise.
    "the most precise looking": lambda texts: max(
        texts, key=lambda text: sum(c.isascii() and not c.isspace() for c in text)
    ),
}


@pytest.mark.parametrize("tell", TELLS)
def test_who_knows_nothing_but_a_trick_is_right_by_chance_only(tell: str) -> None:
    is_chance(single_choices(BANK.questions), TELLS[tell])


@pytest.mark.parametrize("tell", ["the first", "the last"])
def test_who_calls_every_statement_true_or_false_is_right_by_chance_only(tell: str) -> None:
    is_chance(statements(BANK.questions), TELLS[tell])


def is_chance(choices: list[tuple[list[str], str]], pick: Callable[[list[str]], str]) -> None:
    """Within three standard deviations of guessing, over all such questions of the bank."""
    hits = sum(pick(texts) == key for texts, key in choices)
    expected = sum(1 / len(texts) for texts, _ in choices)
    deviation = sqrt(sum((1 / len(texts)) * (1 - 1 / len(texts)) for texts, _ in choices))
    assert abs(hits - expected) < 3 * deviation, (hits, round(expected, 1), len(choices))


def test_the_balance_table() -> None:
    """Topic × pool: kinds, levels, positions and lengths of keys, items that carry a date."""
    rows = []
    for topic in dict.fromkeys(each.spec.about.topic for each in BANK.questions):
        for pool in ("practice", "exam"):
            items = of_topic(topic, pool)
            if not items:
                continue
            choices = single_choices(items)
            kinds = Counter(each.spec.shown.kind for each in items)
            levels = Counter(each.spec.about.level.label for each in items)
            places = Counter(texts.index(key) + 1 for texts, key in choices)
            longest = sum(max(texts, key=len) == key for texts, key in choices)
            judged = [texts.index(key) == 0 for texts, key in statements(items)]
            dated = sum(bool(each.spec.about.as_of) for each in items)
            rows.append(
                f"{topic:18} {pool:8} {len(items):3}  {dict(kinds)}  {dict(levels)}  "
                f"places {dict(sorted(places.items()))}  longest {longest}/{len(choices)}  "
                f"true {sum(judged)}/{len(judged)}  "
                f"dated {dated}"
            )
    print("\n" + "\n".join(rows))  # noqa: T201 – the table is what it is for
    assert len(rows) >= 2 * len(REQUIRED)
