"""Taking a quiz: start, save, check, try again, submit, and the end that comes by itself.

Everything about one attempt is decided while its row is locked (PostgreSQL), or while nobody else
writes at all (SQLite, whose transactions begin IMMEDIATE): two tabs, two clicks and two servers
come one after the other.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import Learner
from apps.kernel.moments import moment, zone_name
from apps.quizzes.dealing import Dealt, NothingToDealError, deal_quiz, deal_version
from apps.quizzes.domain.rules import is_over
from apps.quizzes.models import (
    Attempt,
    AttemptItem,
    Authorship,
    Grade,
    Origin,
    Pool,
    QuizRun,
    Response,
)
from apps.quizzes.queries import (
    attempts_left,
    current_items,
    deadline_of,
    extension_of,
    is_repeatable,
    window_of,
)
from apps.quizzes.services.grading import grade_attempt, grade_item

_NO_LONGER_PRACTICE = "연습에서 더는 내지 않는 문제라 다시 풀 수 없습니다."


class RefusedError(Exception):
    """A rule of the run says no; the text (Korean) says which and what can be done."""


class SaveStatus(StrEnum):
    SAVED = "saved"
    CONFLICT = "conflict"  # another tab saved meanwhile: nothing was written
    LATE = "late"  # kept, not counted
    LOCKED = "locked"  # checked already: nothing was written


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of an answer, and what is stored now."""

    status: SaveStatus
    revision: int
    answer: dict[str, Any]


def start_attempt(
    *,
    run: QuizRun,
    learner: Learner,
    now: dt.datetime,
    seed: int,
    guard: Callable[[], None] | None = None,
) -> Attempt:
    """The learner's running attempt, or a new one. Raises RefusedError.

    `guard` is called inside the transaction that opens a new one, after the learner was locked, and
    may raise: what else has to be true for this run, such as a place in a class.
    """
    running = Attempt.objects.of(learner).running().filter(run=run).first()
    if running is not None:
        running = close_if_over(attempt=running, now=now)
        if running.is_running:
            return running
    dealt = _deal(run, seed, now.date())  # engines compute before anything is locked
    return _open(run=run, learner=learner, dealt=dealt, now=now, repeats=None, guard=guard)


def repeat_wrong(*, attempt: Attempt, now: dt.datetime, seed: int) -> Attempt:
    """A new practice attempt with the items that were not fully right. Raises RefusedError."""
    if not attempt.run.is_practice:
        raise RefusedError("시험 문제는 연습에서 다시 낼 수 없습니다.")
    if not is_repeatable(attempt.run):
        raise RefusedError("과제에서는 틀린 문제만 따로 다시 풀 수 없습니다.")
    if attempt.is_running:
        raise RefusedError("아직 푸는 중입니다. 제출한 뒤에 틀린 문제만 다시 풀 수 있습니다.")
    wrong = [item for item in current_items(attempt) if _is_wrong(item)]
    if not wrong:
        raise RefusedError("틀린 문제가 없습니다.")
    wrong = [item for item in wrong if _is_for_practice(item)]
    if not wrong:
        raise RefusedError(_NO_LONGER_PRACTICE)
    dealt = [_deal_again(item, seed + index) for index, item in enumerate(wrong)]
    return _open(run=attempt.run, learner=attempt.learner, dealt=dealt, now=now, repeats=attempt)


def _deal(run: QuizRun, seed: int, today: dt.date) -> list[Dealt]:
    try:
        return deal_quiz(run.quiz, seed=seed, today=today)
    except NothingToDealError:
        raise RefusedError(
            "이 퀴즈에 낼 문제가 모자랍니다. 퀴즈를 만든 분에게 알려 주시기 바랍니다."
        ) from None


def _deal_again(item: AttemptItem, seed: int) -> Dealt:
    """The same version once more, as its attempt's quiz deals."""
    try:
        return deal_version(
            item.version,
            seed=seed,
            points=item.points,
            section=item.section,
            shuffle=item.attempt.run.quiz.shuffle_choices,
        )
    except NothingToDealError:
        raise RefusedError(
            "이 문제를 다시 낼 수 없습니다. 퀴즈를 만든 분에게 알려 주시기 바랍니다."
        ) from None


def _is_wrong(item: AttemptItem) -> bool:
    """Not fully right; what still waits for a grader is neither."""
    grade = item.grades.last()
    return grade is not None and grade.score < grade.max_score


def _is_for_practice(item: AttemptItem) -> bool:
    """Whether practice may still deal it: not once it was taken down or kept for exams."""
    question = item.version.question
    return question.retired_at is None and question.pool == Pool.PRACTICE


@transaction.atomic
def _open(
    *,
    run: QuizRun,
    learner: Learner,
    dealt: list[Dealt],
    now: dt.datetime,
    repeats: Attempt | None,
    guard: Callable[[], None] | None = None,
) -> Attempt:
    # The learner's row serializes two starts of one person, and nobody else's.
    if Learner.objects.select_for_update().get(pk=learner.pk).erased_at is not None:
        raise RefusedError("기록이 지워졌거나 다른 계정으로 옮겨졌습니다. 화면을 새로 여세요.")
    running = Attempt.objects.of(learner).running().filter(run=run).first()
    if running is not None:
        running = lock(running.pk)  # another tab may be closing it
        if running.is_running and not _close_if_over(running, now=now):
            return running
    _refuse_outside_the_rules(run, learner, now)
    if guard is not None:
        guard()
    number = Attempt.objects.of(learner).filter(run=run).count() + 1
    attempt = Attempt.objects.create(
        run=run,
        learner=learner,
        number=number,
        started_at=now,
        scoring=run.quiz.scoring,
        max_score=sum((each.points for each in dealt), Decimal(0)),
        repeats=repeats,
    )
    items = [each.as_item(position) for position, each in enumerate(dealt, start=1)]
    for item in items:
        item.attempt = attempt
    AttemptItem.objects.bulk_create(items)
    return attempt


def _refuse_outside_the_rules(run: QuizRun, learner: Learner, now: dt.datetime) -> None:
    window = window_of(run, extension_of(run, learner))
    # What an instructor put aside goes on where a class was set it; what left the files is gone.
    shelved = run.quiz.authorship == Authorship.STUDIO and run.origin == Origin.ASSIGNMENT
    if run.retired_at is not None or (run.quiz.retired_at is not None and not shelved):
        raise RefusedError(
            "더는 내지 않는 퀴즈입니다. 과제를 낸 강사에게 알려 주시기 바랍니다."
            if run.origin == Origin.ASSIGNMENT
            else "더는 내지 않는 퀴즈입니다. 퀴즈 목록에서 다른 퀴즈를 골라 보시기 바랍니다."
        )
    if window.opens_at is not None and now < window.opens_at:
        zone = timezone.get_current_timezone()
        raise RefusedError(
            f"아직 시작할 수 없습니다. {moment(window.opens_at, zone)}({zone_name(zone)})부터 "
            "시작할 수 있습니다."
        )
    if is_over(window.ends_at, now=now):
        raise RefusedError("마감되었습니다. 이제 새로 시작할 수 없습니다.")
    if attempts_left(run, learner) == 0:
        raise RefusedError("정해진 응시 횟수를 모두 썼습니다. 지난 응시의 결과는 볼 수 있습니다.")


@transaction.atomic
def save_response(
    *,
    item: AttemptItem,
    answer: dict[str, Any],
    base_revision: int,
    client: str,
    sequence: int,
    now: dt.datetime,
) -> Saved:
    """Keep an answer. `base_revision` is the one that the sender saw (0: none).

    A tab that saved last may save again, whatever acknowledgment it missed; another tab must have
    seen the newest answer. After the end an answer is kept and marked, and counts for nothing.
    SAVED is said only of an answer that is, or was, stored in time.
    """
    attempt = lock(item.attempt_id)
    item = AttemptItem.objects.select_related("version").get(pk=item.pk)
    item.attempt = attempt
    over = not attempt.is_running or _close_if_over(attempt, now=now)
    newest = item.responses.last()
    stored = Saved(
        SaveStatus.SAVED,
        newest.revision if newest else 0,
        newest.answer if newest else {},
    )
    # Sent again, or nothing where there was nothing. A tab that came back to what is stored goes on
    # below: its count has to stand in the trail, lest what it sent in between and is still under
    # way come after all and undo it.
    came_back = _has_gone_on(newest, client, sequence) and not over and item.checked_at is None
    if stored.answer == answer and not came_back:
        is_late = newest is not None and newest.is_late
        return Saved(SaveStatus.LATE, stored.revision, answer) if is_late else stored
    if _was_stored(item, newest, answer, client, sequence):
        return stored  # an older save of this tab, delayed: what it sent later is kept
    if item.checked_at is not None and not over:
        return Saved(SaveStatus.LOCKED, stored.revision, stored.answer)
    if newest is not None and not over and _is_stale(newest, base_revision, client, sequence):
        return Saved(SaveStatus.CONFLICT, stored.revision, stored.answer)
    revision = stored.revision + 1
    Response.objects.create(
        item=item,
        revision=revision,
        answer=answer,
        client=client,
        sequence=sequence,
        received_at=now,
        is_late=over,
    )
    return Saved(SaveStatus.LATE if over else SaveStatus.SAVED, revision, answer)


def _was_stored(
    item: AttemptItem,
    newest: Response | None,
    answer: dict[str, Any],
    client: str,
    sequence: int,
) -> bool:
    """A save that arrives again after later ones of its own tab: it is in the trail, in time."""
    if newest is None or not client or newest.client != client or newest.is_late:
        return False
    if sequence > newest.sequence:
        return False
    earlier = item.responses.filter(client=client, sequence=sequence)
    return any(each.answer == answer for each in earlier)


def _is_stale(newest: Response, base_revision: int, client: str, sequence: int) -> bool:
    """Whether the sender did not know the newest answer.

    A tab knows its own; but a count that does not go on is a copy of the tab, with a copy of its
    name (browsers duplicate both), or a save that came late and was never stored.
    """
    if client and newest.client == client:
        return sequence <= newest.sequence
    return base_revision < newest.revision


def _has_gone_on(newest: Response | None, client: str, sequence: int) -> bool:
    """Whether the tab that saved last has counted on since."""
    if newest is None or not client or newest.client != client:
        return False
    return sequence > newest.sequence


@transaction.atomic
def flag_item(*, item: AttemptItem, flagged: bool, now: dt.datetime) -> bool:
    """Mark an item to come back to. False: the attempt is over, nothing was marked."""
    attempt = lock(item.attempt_id)
    if not attempt.is_running or _close_if_over(attempt, now=now):
        return False
    AttemptItem.objects.filter(pk=item.pk).update(is_flagged=flagged)
    return True


@transaction.atomic
def check_item(*, item: AttemptItem, now: dt.datetime) -> Grade | None:
    """Practice: judge the saved answer at once; the item is then answered for good.

    None where a person has to grade. Checking twice is harmless. Raises RefusedError in an exam.
    """
    attempt = lock(item.attempt_id)
    if not attempt.run.is_practice:
        raise RefusedError("시험에서는 제출한 뒤에 결과를 봅니다.")
    item = AttemptItem.objects.select_related("version").get(pk=item.pk)
    item.attempt = attempt
    if not attempt.is_running or _close_if_over(attempt, now=now) or item.checked_at is not None:
        return item.grades.last()
    item.checked_at = now
    item.save(update_fields=["checked_at"])
    return grade_item(item, reason=Grade.Reason.CHECK, now=now)


@transaction.atomic
def try_again(*, item: AttemptItem, seed: int, now: dt.datetime) -> AttemptItem:
    """Practice: the same question once more, with fresh numbers where an engine makes them.

    Pressed twice it gives the same new item. Raises RefusedError.
    """
    attempt = lock(item.attempt_id)
    if not attempt.run.is_practice:
        raise RefusedError("시험에서는 한 문제를 다시 풀 수 없습니다.")
    newest = (
        attempt.items.filter(position=item.position).select_related("version").latest("try_number")
    )
    newest.attempt = attempt
    over = not attempt.is_running or _close_if_over(attempt, now=now)
    if over or newest.checked_at is None:
        return newest
    if not _is_for_practice(newest):
        raise RefusedError(_NO_LONGER_PRACTICE)
    again = _deal_again(newest, seed).as_item(newest.position, newest.try_number + 1)
    again.attempt = attempt
    again.save()
    return again


@transaction.atomic
def submit_attempt(*, attempt: Attempt, now: dt.datetime) -> Attempt:
    """Close and grade. Submitting twice, or after the end, changes nothing more."""
    locked = lock(attempt.pk)
    if locked.is_running and not _close_if_over(locked, now=now):
        close_attempt(locked, by=Attempt.ClosedBy.LEARNER, finished_at=now, now=now)
    return locked


def close_if_over(*, attempt: Attempt, now: dt.datetime) -> Attempt:
    """Whoever looks first after the end closes the attempt, with its deadline as finish time.

    Every page asks: while there is nothing to close, no transaction begins and nobody waits.
    """
    if not attempt.is_running or not is_over(deadline_of(attempt), now=now):
        return attempt
    with transaction.atomic():
        locked = lock(attempt.pk)
        if locked.is_running:
            _close_if_over(locked, now=now)
    return locked


def close_overdue(*, now: dt.datetime) -> int:
    """Close every attempt whose time is over; how many that were. One transaction each."""
    closed = 0
    for attempt in Attempt.objects.running().select_related("run", "learner"):
        closed += not close_if_over(attempt=attempt, now=now).is_running
    return closed


def lock(attempt_id: int) -> Attempt:
    """The attempt, for this transaction alone."""
    rows = Attempt.objects.select_for_update(of=("self",)).select_related("run__quiz", "learner")
    try:
        return rows.get(pk=attempt_id)
    except Attempt.DoesNotExist:
        # It went over to an account while we waited: PostgreSQL still joined the learner before.
        return rows.get(pk=attempt_id)


def _close_if_over(attempt: Attempt, *, now: dt.datetime) -> bool:
    end = deadline_of(attempt)
    if end is None or not is_over(end, now=now):
        return False
    # Whoever moved the end forward may have moved it before this attempt began.
    finished_at = max(end, attempt.started_at)
    close_attempt(attempt, by=Attempt.ClosedBy.DEADLINE, finished_at=finished_at, now=now)
    return True


def close_attempt(
    attempt: Attempt, *, by: Attempt.ClosedBy, finished_at: dt.datetime, now: dt.datetime
) -> None:
    """Grade what it holds and close it. Called where the attempt is locked."""
    grade_attempt(attempt, now=now)
    attempt.state = Attempt.State.CLOSED
    attempt.closed_by = by
    attempt.finished_at = finished_at
    attempt.save(update_fields=["state", "closed_by", "finished_at", "score", "is_provisional"])
