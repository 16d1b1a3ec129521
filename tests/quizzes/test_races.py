"""Many at once, on a database that really locks: everybody is served, and nothing happens twice.

Every thread is a server's worker with a connection of its own. What is stated here must hold on
SQLite and on PostgreSQL alike.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import pytest
from django.db import connection, connections, transaction

from apps.quizzes.models import Attempt, AttemptItem, Grade, Response
from apps.quizzes.services.checking import check_attempt
from apps.quizzes.services.taking import (
    RefusedError,
    SaveStatus,
    check_item,
    close_if_over,
    close_overdue,
    repeat_wrong,
    submit_attempt,
    try_again,
)
from tests.quizzes.factories import (
    HOUR,
    NOW,
    extend,
    items_of,
    make_exam,
    make_learner,
    make_practice,
    only_item,
    right,
    save,
    start,
    stored_answer,
    wrong,
)

T = TypeVar("T")
WORKERS = 20


@pytest.fixture(autouse=True)
def _locking_database(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """SQLite's test database lives in memory and locks by other rules: use a copy in a file."""
    if connection.vendor != "sqlite":
        yield
        return
    in_memory = connections["default"]
    path = tmp_path / "races.sqlite3"
    with in_memory.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    settings = in_memory.settings_dict
    name = settings["NAME"]
    settings["NAME"] = path
    del connections["default"]  # this thread's; the next use connects to the file
    try:
        yield
    finally:
        connections["default"].close()
        settings["NAME"] = name
        connections["default"] = in_memory


def together(action: Callable[[int], T], count: int = WORKERS) -> list[T]:
    """What `action(0)` … `action(count - 1)` return, all begun at the same moment."""
    gate = threading.Barrier(count)

    def work(number: int) -> T:
        try:
            connection.ensure_connection()
            gate.wait(timeout=60)
            return action(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(work, range(count)))


def refused(action: Callable[[], T]) -> T | None:
    try:
        return action()
    except RefusedError:
        return None


def test_one_learner_who_starts_many_times_at_once_has_one_attempt() -> None:
    run, learner = make_exam("single", "numeric", max_attempts=1), make_learner()
    attempts = together(lambda number: start(run, learner, seed=number))
    assert len({attempt.pk for attempt in attempts}) == 1
    assert Attempt.objects.count() == 1
    assert AttemptItem.objects.count() == 2


def test_many_learners_who_start_at_once_each_have_their_own() -> None:
    run = make_exam("single")
    learners = [make_learner() for _ in range(WORKERS)]
    attempts = together(lambda number: start(run, learners[number]))
    assert {attempt.learner_id for attempt in attempts} == {each.pk for each in learners}
    assert {attempt.number for attempt in attempts} == {1}


def test_starting_and_submitting_at_once_never_passes_the_limit() -> None:
    run, learner = make_exam("single", max_attempts=3), make_learner()

    def sit(number: int) -> None:
        for _ in range(3):
            attempt = refused(lambda: start(run, learner, seed=number))
            if attempt is not None:
                submit_attempt(attempt=attempt, now=NOW)

    together(sit, count=8)
    numbers = sorted(Attempt.objects.values_list("number", flat=True))
    assert numbers == [1, 2, 3]
    assert Grade.objects.count() == 3


def test_an_expired_attempt_is_replaced_by_one_new_one() -> None:
    run, learner = make_exam("single", time_limit=600, max_attempts=2), make_learner()
    old = start(run, learner)
    attempts = together(lambda number: start(run, learner, now=NOW + HOUR, seed=number))
    assert {attempt.number for attempt in attempts} == {2}
    assert len({attempt.pk for attempt in attempts}) == 1
    assert Grade.objects.filter(item__attempt=old).count() == 1


def test_submitting_many_times_at_once_grades_once() -> None:
    attempt = start(make_exam("single", "numeric", "multiple"))
    for item in items_of(attempt):
        save(item, right(item))
    closed = together(lambda _: submit_attempt(attempt=attempt, now=NOW))
    assert {each.score for each in closed} == {Decimal(3)}
    assert Grade.objects.count() == 3


def test_whoever_looks_after_the_end_together_closes_it_once() -> None:
    attempt = start(make_exam("single", time_limit=600))
    item = only_item(attempt)
    save(item, right(item))
    after = NOW + HOUR

    def look(number: int) -> None:
        match number % 4:
            case 0:
                close_if_over(attempt=Attempt.objects.get(), now=after)
            case 1:
                close_overdue(now=after)
            case 2:
                submit_attempt(attempt=attempt, now=after)
            case _:
                save(item, wrong(item), client=f"tab-{number}", now=after)

    together(look)
    attempt.refresh_from_db()
    assert attempt.score == 1
    assert attempt.closed_by == Attempt.ClosedBy.DEADLINE
    assert Grade.objects.count() == 1
    assert stored_answer(item) == right(item)


def test_two_tabs_that_save_at_once_lose_nothing_that_was_acknowledged() -> None:
    """Each tab writes its own texts; who is told of a conflict takes the newest and goes on."""
    item = only_item(start(make_exam("short_text")))
    per_tab = 12

    def write(number: int) -> list[str]:
        acknowledged, base = [], 0
        for sequence in range(1, per_tab + 1):
            text = f"{number}-{sequence}"
            saved = save(item, {"text": text}, base=base, client=f"tab-{number}", sequence=sequence)
            base = saved.revision
            if saved.status is SaveStatus.SAVED:
                assert saved.answer == {"text": text}
                acknowledged.append(text)
        return acknowledged

    told = [text for each in together(write, count=4) for text in each]
    kept = [each.answer["text"] for each in Response.objects.order_by("revision")]
    assert sorted(told) == sorted(kept)
    assert len(told) >= per_tab  # somebody always gets on
    revisions = list(Response.objects.order_by("revision").values_list("revision", flat=True))
    assert revisions == list(range(1, len(kept) + 1))


def test_one_save_sent_many_times_at_once_is_kept_once() -> None:
    item = only_item(start(make_exam("single")))
    answer = right(item)
    saved = together(lambda _: save(item, answer))
    assert {(each.status, each.revision) for each in saved} == {(SaveStatus.SAVED, 1)}
    assert Response.objects.count() == 1


def test_of_tabs_that_answer_an_empty_item_at_once_one_is_kept_and_the_others_know() -> None:
    item = only_item(start(make_exam("short_text")))
    saved = together(lambda number: save(item, {"text": str(number)}, client=f"tab-{number}"))
    assert Counter(each.status for each in saved) == {
        SaveStatus.SAVED: 1,
        SaveStatus.CONFLICT: WORKERS - 1,
    }
    assert {str(each.answer) for each in saved} == {str(stored_answer(item))}


def test_saving_while_submitting_is_counted_or_told_that_it_was_late() -> None:
    attempt = start(make_exam("short_text"))
    item = only_item(attempt)

    def act(number: int) -> tuple[str, SaveStatus] | None:
        if number == 0:
            submit_attempt(attempt=attempt, now=NOW)
            return None
        text = f"{number}"
        return text, save(item, {"text": text}, client=f"tab-{number}").status

    told = dict(each for each in together(act) if each)
    rows = [(each.answer["text"], each.is_late) for each in Response.objects.all()]
    assert {text for text, late in rows if not late} == {
        text for text, status in told.items() if status is SaveStatus.SAVED
    }
    assert {text for text, late in rows if late} == {
        text for text, status in told.items() if status is SaveStatus.LATE
    }
    grade = Grade.objects.get()
    assert (grade.response.answer if grade.response else {}) == stored_answer(item)


def test_checking_and_trying_again_many_times_at_once_makes_one_of_each() -> None:
    item = only_item(start(make_practice("generated")))
    save(item, right(item))
    together(lambda _: check_item(item=item, now=NOW))
    assert Grade.objects.count() == 1
    tries = together(lambda number: try_again(item=item, seed=number, now=NOW))
    assert {each.try_number for each in tries} == {2}
    assert AttemptItem.objects.count() == 2


def test_repeating_many_times_at_once_makes_one_attempt() -> None:
    closed = submit_attempt(attempt=start(make_practice("single")), now=NOW)
    together(lambda number: repeat_wrong(attempt=closed, now=NOW, seed=number))
    assert Attempt.objects.count() == 2


def test_an_extension_given_at_the_last_moment_counts_or_comes_too_late_but_never_half() -> None:
    run, learner = make_exam("single", time_limit=600), make_learner()
    attempt = start(run, learner)
    item = only_item(attempt)
    save(item, right(item))

    def act(number: int) -> None:
        if number == 0:
            extend(run, learner, time_factor=Decimal(9))
        else:
            close_if_over(attempt=Attempt.objects.get(), now=NOW + HOUR)

    together(act)
    attempt.refresh_from_db()
    assert check_attempt(attempt).differences == []
    assert Grade.objects.count() == (0 if attempt.is_running else 1)


@pytest.mark.postgres_only
def test_an_attempt_that_goes_over_to_an_account_meanwhile_is_found_there() -> None:
    """Who waits for a row that is locked gets none, if the row it was joined with is another."""
    item = only_item(start(make_exam("single")))
    account = make_learner("account")
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Attempt.objects.filter(pk=item.attempt_id).update(learner=account)
            saving = pool.submit(together, lambda _: save(item, right(item)), 1)
            _wait_until_somebody_waits()
        assert [saved.status for saved in saving.result()] == [SaveStatus.SAVED]
    assert stored_answer(item) == right(item)


def _wait_until_somebody_waits() -> None:
    until = time.monotonic() + 60
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() != (0,):
                return
    raise AssertionError("nobody waits")
