"""The rules an instructor sets for a quiz, and which of them contradict each other."""

import datetime as dt
from dataclasses import dataclass

LONGEST_LIMIT = 24 * 60 * 60
"""Seconds; what takes longer than a day is a closing time, not a time limit."""
MOST_ATTEMPTS = 50


@dataclass(frozen=True, slots=True)
class RunRules:
    """What a quiz run is made of; times are aware. None: no such limit.

    - `closes_at`: when it is due; `late_until`: later, and the real end, where lateness is allowed
    - `late_deduction`: percent of the score that lateness costs
    - `time_limit`: seconds for one attempt
    - `counts`: best | last | first
    - `feedback`: immediate | after_submit | after_close
    """

    opens_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None
    late_until: dt.datetime | None = None
    late_deduction: int = 0
    time_limit: int | None = None
    max_attempts: int | None = None
    counts: str = "best"
    feedback: str = "after_submit"


@dataclass(frozen=True, slots=True)
class Problem:
    """Which rule cannot be so, and why (Korean)."""

    field: str
    text: str


def problems_of(rules: RunRules, *, asks_exam_questions: bool) -> list[Problem]:
    """Everything that contradicts itself; empty where the rules can be set."""
    found = _of_times(rules)
    if rules.time_limit is not None and not 0 < rules.time_limit <= LONGEST_LIMIT:
        found.append(Problem("time_limit", "제한 시간은 1분에서 1440분(하루) 사이입니다."))
    if rules.max_attempts is not None and not 0 < rules.max_attempts <= MOST_ATTEMPTS:
        found.append(
            Problem(
                "max_attempts",
                f"응시 횟수는 1번에서 {MOST_ATTEMPTS}번 사이입니다. 비우면 몇 번이든 됩니다.",
            )
        )
    if rules.feedback == "immediate" and asks_exam_questions:
        found.append(
            Problem(
                "feedback",
                "시험 문제가 든 퀴즈는 문제마다 정답을 보여 줄 수 없습니다. "
                "제출한 뒤나 모두 마감된 뒤를 고르세요.",
            )
        )
    if rules.feedback == "after_close" and rules.closes_at is None:
        found.append(
            Problem("closes_at", "‘모두 마감된 뒤’에 결과를 보이려면 마감 시각이 있어야 합니다.")
        )
    return found


def _of_times(rules: RunRules) -> list[Problem]:
    found = []
    opens, closes, late = rules.opens_at, rules.closes_at, rules.late_until
    if opens is not None and closes is not None and closes <= opens:
        found.append(Problem("closes_at", "마감은 여는 시각보다 뒤여야 합니다."))
    if late is not None and closes is None:
        found.append(
            Problem("late_until", "마감 시각이 없으면 지각도 없습니다. 마감 시각을 먼저 정하세요.")
        )
    if late is not None and closes is not None and late <= closes:
        found.append(Problem("late_until", "지각 마감은 마감 시각보다 뒤여야 합니다."))
    if not 0 <= rules.late_deduction <= 100:
        found.append(Problem("late_deduction", "감점은 0%에서 100% 사이입니다."))
    elif rules.late_deduction and late is None:
        found.append(Problem("late_until", "지각 감점을 정했으면 언제까지 받을지도 적어 주세요."))
    return found
