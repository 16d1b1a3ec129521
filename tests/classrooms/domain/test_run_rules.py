"""Which rules of a set quiz contradict each other."""

import datetime as dt

import pytest

from apps.classrooms.domain.run_rules import LONGEST_LIMIT, MOST_ATTEMPTS, RunRules, problems_of

NOON = dt.datetime(2026, 3, 6, 3, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)

FINE = [
    RunRules(),
    RunRules(opens_at=NOON, closes_at=NOON + DAY),
    RunRules(closes_at=NOON, late_until=NOON + DAY, late_deduction=100),
    RunRules(closes_at=NOON, late_until=NOON + DAY),
    RunRules(closes_at=NOON, feedback="after_close"),
    RunRules(time_limit=LONGEST_LIMIT, max_attempts=MOST_ATTEMPTS),
]
BAD = [
    (RunRules(opens_at=NOON, closes_at=NOON), ["closes_at"]),
    (RunRules(late_until=NOON), ["late_until"]),
    (RunRules(closes_at=NOON, late_until=NOON), ["late_until"]),
    (RunRules(closes_at=NOON, late_deduction=10), ["late_until"]),
    (RunRules(closes_at=NOON, late_until=NOON + DAY, late_deduction=101), ["late_deduction"]),
    (RunRules(late_deduction=-1), ["late_deduction"]),
    (RunRules(time_limit=0), ["time_limit"]),
    (RunRules(time_limit=LONGEST_LIMIT + 1), ["time_limit"]),
    (RunRules(max_attempts=0), ["max_attempts"]),
    (RunRules(max_attempts=MOST_ATTEMPTS + 1), ["max_attempts"]),
    (RunRules(feedback="after_close"), ["closes_at"]),
    (RunRules(opens_at=NOON, closes_at=NOON, max_attempts=0), ["closes_at", "max_attempts"]),
]


@pytest.mark.parametrize("rules", FINE)
def test_rules_that_fit_together_have_no_problem(rules: RunRules) -> None:
    assert problems_of(rules, asks_exam_questions=True) == []


@pytest.mark.parametrize(("rules", "fields"), BAD)
def test_each_contradiction_is_said_at_its_field(rules: RunRules, fields: list[str]) -> None:
    problems = problems_of(rules, asks_exam_questions=False)
    assert [problem.field for problem in problems] == fields
    assert all(problem.text.endswith(".") for problem in problems)


def test_exam_questions_are_never_answered_one_by_one() -> None:
    rules = RunRules(feedback="immediate")
    assert problems_of(rules, asks_exam_questions=False) == []
    (problem,) = problems_of(rules, asks_exam_questions=True)
    assert problem.field == "feedback"
