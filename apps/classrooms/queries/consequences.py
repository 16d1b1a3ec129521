"""What a change of rules or an extension would do to work that was begun; asked before it is made.

The sentences name no time that is left: what an instructor has read and agreed to can be compared
with what would happen a minute later.
"""

import copy
import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.utils import timezone

from apps.classrooms.domain.run_rules import RunRules
from apps.classrooms.models import Assignment, Enrollment
from apps.kernel.moments import moment
from apps.lessons.models import ReadingProgress
from apps.quizzes.domain.rules import Window, deadline, is_late, is_over
from apps.quizzes.models import Attempt, Extension, QuizRun
from apps.quizzes.models.words import Feedback
from apps.quizzes.queries import last_close, window_of

NAMED = 5
"""So many people are named; of more, the number."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """One attempt under the rules as they are and as they would be."""

    attempt: Attempt
    before: Window
    after: Window

    @property
    def ends(self) -> tuple[dt.datetime | None, dt.datetime | None]:
        started_at = self.attempt.started_at
        return deadline(self.before, started_at=started_at), deadline(
            self.after, started_at=started_at
        )


def consequences_of(run: QuizRun, rules: RunRules, *, now: dt.datetime) -> tuple[str, ...]:
    """Of changing a run; empty where nothing that was begun is touched."""
    changed = copy.copy(run)
    for name, value in asdict(rules).items():
        setattr(changed, name, value)
    extensions = {each.learner_id: each for each in Extension.objects.filter(run=run)}
    pairs = [
        _Pair(
            attempt,
            window_of(run, extensions.get(attempt.learner_id)),
            window_of(changed, extensions.get(attempt.learner_id)),
        )
        for attempt in Attempt.objects.filter(run=run).order_by("started_at", "pk")
    ]
    found = [
        _ending_sooner(run, pairs, now),
        _turning_late(pairs),
        _losing_more(run, rules, pairs),
        _fewer_attempts(run, rules, pairs, extensions),
        _counting_otherwise(run, rules, pairs),
        _told_otherwise(run, changed, pairs, now),
    ]
    return tuple(each for each in found if each)


def reading_consequences(assignment: Assignment, due_at: dt.datetime | None) -> tuple[str, ...]:
    """Of another due time of a lesson."""
    if due_at is None:
        return ()
    turned = ReadingProgress.objects.filter(
        lesson=assignment.lesson_id,
        learner__in=Enrollment.objects.active()
        .filter(classroom=assignment.classroom_id)
        .values("learner"),
        read_at__gt=due_at,
    )
    if assignment.due_at is not None:
        turned = turned.filter(read_at__lte=assignment.due_at)
    count = turned.count()
    return (f"제때 읽은 {count}명이 늦게 읽은 것이 됩니다.",) if count else ()


def extension_consequences(
    run: QuizRun, before: Extension | None, after: Extension | None, *, now: dt.datetime
) -> tuple[str, ...]:
    """Of giving, changing or taking away one learner's exception (None: there is none)."""
    learner = after or before
    if learner is None:
        return ()
    attempts = Attempt.objects.filter(run=run, learner_id=learner.learner_id)
    windows = window_of(run, before), window_of(run, after)
    pairs = [_Pair(attempt, *windows) for attempt in attempts]
    return tuple(
        each
        for each in (
            _ending_sooner(run, pairs, now),
            _turning_late(pairs),
            _hidden_again(run, after, now),
        )
        if each
    )


def _ending_sooner(run: QuizRun, pairs: Sequence[_Pair], now: dt.datetime) -> str:
    """Running attempts whose promised end would come earlier."""
    affected = []
    for pair in pairs:
        old, new = pair.ends
        over = is_over(old, now=now)  # it ended, though nobody has looked since
        if pair.attempt.is_running and not over and new and (old is None or new < old):
            affected.append((pair.attempt, old, new))
    if not affected:
        return ""
    names = _names(run, [attempt for attempt, _, _ in affected])
    times = ""
    if len(affected) == 1:
        _, old, new = affected[0]
        times = f" ({_at(old) if old else '끝 없음'} → {_at(new)})"
    return (
        f"응시 중인 {names}의 끝나는 시각이 앞당겨집니다{times}. "
        "그 시각이 지나면 저장된 답으로 제출됩니다."
    )


def _turning_late(pairs: Sequence[_Pair]) -> str:
    late = [
        pair
        for pair in pairs
        if pair.attempt.finished_at
        and is_late(pair.attempt.finished_at, pair.after)
        and not is_late(pair.attempt.finished_at, pair.before)
    ]
    return f"제때 낸 응시 {len(late)}건이 지각이 됩니다." if late else ""


def _losing_more(run: QuizRun, rules: RunRules, pairs: Sequence[_Pair]) -> str:
    if rules.late_deduction == run.late_deduction:
        return ""
    late = [
        pair
        for pair in pairs
        if pair.attempt.finished_at and is_late(pair.attempt.finished_at, pair.before)
    ]
    if not late:
        return ""
    return (
        f"이미 지각으로 낸 응시 {len(late)}건의 감점이 "
        f"{run.late_deduction}%에서 {rules.late_deduction}%로 바뀝니다."
    )


def _fewer_attempts(
    run: QuizRun, rules: RunRules, pairs: Sequence[_Pair], extensions: dict[int, Extension]
) -> str:
    if rules.max_attempts is None:
        return ""
    if run.max_attempts is not None and rules.max_attempts >= run.max_attempts:
        return ""
    taken: dict[int, int] = {}
    for pair in pairs:
        taken[pair.attempt.learner_id] = taken.get(pair.attempt.learner_id, 0) + 1
    if not taken:
        return ""
    more = sum(
        count > rules.max_attempts + (extensions[pk].extra_attempts if pk in extensions else 0)
        for pk, count in taken.items()
    )
    until = "제한 없음" if run.max_attempts is None else f"{run.max_attempts}번"
    text = (
        f"이미 응시한 학습자가 {len(taken)}명 있는데 응시 횟수가 줄어듭니다"
        f" ({until} → {rules.max_attempts}번)."
    )
    if more:
        text += f" 그보다 많이 응시한 {more}명의 지난 응시는 그대로 남습니다."
    return text


def _counting_otherwise(run: QuizRun, rules: RunRules, pairs: Sequence[_Pair]) -> str:
    if rules.counts == run.counts:
        return ""
    numbers: dict[int, int] = {}
    for pair in pairs:
        numbers[pair.attempt.learner_id] = numbers.get(pair.attempt.learner_id, 0) + 1
    several = sum(count > 1 for count in numbers.values())
    return f"두 번 넘게 응시한 {several}명의 결과가 달라질 수 있습니다." if several else ""


def _told_otherwise(
    run: QuizRun, changed: QuizRun, pairs: Sequence[_Pair], now: dt.datetime
) -> str:
    submitted = sum(not pair.attempt.is_running for pair in pairs)
    if not submitted:
        return ""
    was, will = _is_told(run, now), _is_told(changed, now)
    if was and not will:
        return (
            f"이미 볼 수 있던 점수와 정답(제출 {submitted}건)이 모두 마감될 때까지 다시 가려집니다."
        )
    if will and not was:
        return (
            f"제출한 응시 {submitted}건의 점수와 정답이 바로 보입니다. "
            "아직 풀지 않은 학습자에게 정답이 알려질 수 있습니다."
        )
    return ""


def _hidden_again(run: QuizRun, after: Extension | None, now: dt.datetime) -> str:
    """A later end for one is a later end of secrecy for all."""
    if after is None or after.closes_at is None or run.feedback != Feedback.AFTER_CLOSE:
        return ""
    if not _is_told(run, now) or is_over(after.closes_at, now=now):
        return ""
    return (
        "결과가 이미 공개된 과제입니다. 연장하면 다른 학습자의 점수와 정답이 새 마감까지 다시 "
        "가려지고, 정답을 본 학습자가 연장받은 학습자에게 알려 줄 수 있습니다."
    )


def _is_told(run: QuizRun, now: dt.datetime) -> bool:
    """Whether who has submitted may see the result."""
    return run.feedback != Feedback.AFTER_CLOSE or is_over(last_close(run), now=now)


def _at(when: dt.datetime) -> str:
    return moment(when, timezone.get_current_timezone())


def _names(run: QuizRun, attempts: Sequence[Attempt]) -> str:
    """김하늘, 이바다; 7명."""
    if len(attempts) > NAMED:
        return f"{len(attempts)}명"
    found = Enrollment.objects.filter(
        classroom__assignments__run=run, learner__in=[each.learner_id for each in attempts]
    )
    names = [each.name for each in found]
    return f"{len(attempts)}명({', '.join(names)})" if names else f"{len(attempts)}명"
