"""Proof of the scores: everything automatic is made again from what was sent, and compared."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from apps.quizzes.models import Attempt, AttemptItem, Grade
from apps.quizzes.services.grading import counted_response, score_of

_CHUNK = 200
AUTOMATIC = frozenset({Grade.Reason.CHECK, Grade.Reason.CLOSE, Grade.Reason.REGRADE})


@dataclass
class AttemptCheck:
    """How many grades of an attempt were looked at, and what differs (Korean, a line each)."""

    grades: int = 0
    differences: list[str] = field(default_factory=list)


def check_all() -> Iterator[AttemptCheck]:
    """Every attempt, one after the other; never more than a few of them in memory."""
    last = 0
    while chunk := list(Attempt.objects.filter(pk__gt=last).order_by("pk")[:_CHUNK]):
        for attempt in chunk:
            yield check_attempt(attempt)
        last = chunk[-1].pk


def check_attempt(attempt: Attempt) -> AttemptCheck:
    """The grades against the answers, the sums against the grades."""
    check = AttemptCheck()
    newest: dict[int, tuple[AttemptItem, Grade | None]] = {}
    for item in attempt.items.select_related("version").order_by("position", "try_number"):
        item.attempt = attempt
        grades = list(item.grades.select_related("version", "response"))
        check.grades += len(grades)
        problems = [problem for grade in grades if (problem := _differs(item, grade))]
        if not grades and _should_be_graded(item):
            problems.append("채점한 기록이 없습니다.")
        where = f"응시 {attempt.public_id} {item.position}번({item.try_number}번째 풀이)"
        check.differences += [f"{where}: {problem}" for problem in problems]
        newest[item.position] = item, grades[-1] if grades else None
    sums = _sums(attempt, list(newest.values()))
    check.differences += [f"응시 {attempt.public_id}: {problem}" for problem in sums]
    return check


def _differs(item: AttemptItem, grade: Grade) -> str:
    """What is wrong with a grade; "" if nothing is, or if a person gave it."""
    if grade.reason not in AUTOMATIC:
        return ""
    counted = counted_response(item)
    if grade.response != counted:
        return f"채점 {grade.pk}: 점수에 넣을 답이 아닌 다른 답을 채점했습니다."
    # What an engine made stays as it was dealt; a typed question is judged by the version named.
    own = item.frozen is not None or grade.version_id == item.version_id
    score = score_of(item, grade.response, None if own else grade.version.spec)
    if score is None or score != grade.score:
        again = "사람이 채점할 답" if score is None else f"{_plain(score)}점"
        return f"채점 {grade.pk}: 기록은 {_plain(grade.score)}점, 답으로 다시 계산하면 {again}."
    return ""


def _should_be_graded(item: AttemptItem) -> bool:
    done = item.checked_at is not None or not item.attempt.is_running
    return done and score_of(item, counted_response(item)) is not None


def _sums(attempt: Attempt, newest: list[tuple[AttemptItem, Grade | None]]) -> Iterator[str]:
    most = sum((item.points for item, _ in newest), Decimal(0))
    if attempt.max_score != most:
        yield f"배점 기록은 {_plain(attempt.max_score)}점, 문항 배점의 합은 {_plain(most)}점."
    total: Decimal | None = None
    waiting = False
    if not attempt.is_running:
        total = sum((grade.score for _, grade in newest if grade), Decimal(0))
        waiting = any(grade is None for _, grade in newest)
    if attempt.score != total:
        yield f"점수 기록은 {_plain(attempt.score)}점, 문항 점수의 합은 {_plain(total)}점."
    if attempt.is_provisional != waiting:
        yield "잠정 점수라는 표시가 채점을 기다리는 문항과 맞지 않습니다."


def _plain(score: Decimal | None) -> str:
    return "없음" if score is None else f"{score.normalize():f}"
