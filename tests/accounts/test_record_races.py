"""Two tabs that move, erase or go on at once: one after the other, and nothing twice."""

from collections.abc import Callable

import pytest

from apps.accounts.models import Learner, User
from apps.accounts.services.erasing import RefusedError, erase_account
from apps.accounts.services.moving import move_records
from apps.quizzes.models import Attempt
from apps.quizzes.services.checking import check_attempt
from apps.quizzes.services.taking import RefusedError as NotNowError
from apps.quizzes.services.taking import start_attempt, submit_attempt
from tests.classrooms.factories import make_user
from tests.quizzes.factories import (
    HOUR,
    NOW,
    make_exam,
    make_learner,
    only_item,
    right,
    save,
    start,
)
from tests.quizzes.test_races import _locking_database, together  # noqa: F401 – a fixture

WORKERS = 6


def test_moved_from_several_tabs_at_once_it_is_moved_once() -> None:
    run = make_exam("single")
    here, account = make_learner(), make_learner("kim")
    for learner in (here, account):
        submit_attempt(attempt=start(run, learner), now=NOW)
        start(run, learner, now=NOW + HOUR)
    moved = together(
        lambda _: move_records(source=here, target=account, now=NOW + 2 * HOUR), WORKERS
    )
    assert sorted(moved) == [False] * (WORKERS - 1) + [True]
    rows = list(Attempt.objects.order_by("number"))
    assert [each.number for each in rows] == [1, 2, 3, 4]
    assert {each.learner for each in rows} == {account}
    assert sum(each.is_running for each in rows) == 1


def test_starting_while_records_come_in_leaves_one_running_and_whole_numbers() -> None:
    run = make_exam("single")
    here, account = make_learner(), make_learner("kim")
    start(run, here)

    def act(number: int) -> object:
        if number % 2:
            return move_records(source=here, target=account, now=NOW + HOUR)
        return start_attempt(run=run, learner=account, now=NOW + HOUR, seed=number)

    together(act, WORKERS)
    rows = list(Attempt.objects.filter(learner=account).order_by("number"))
    assert [each.number for each in rows] == list(range(1, len(rows) + 1))
    assert sum(each.is_running for each in rows) == 1


def test_what_is_saved_while_records_move_is_kept_once() -> None:
    run = make_exam("single")
    here, account = make_learner(), make_learner("kim")
    attempt = start(run, here)
    item = only_item(attempt)

    def act(number: int) -> object:
        if number == 0:
            return move_records(source=here, target=account, now=NOW)
        return save(item, right(item), client=f"tab-{number}", now=NOW)

    together(act, WORKERS)
    attempt.refresh_from_db()
    assert attempt.learner == account
    submit_attempt(attempt=attempt, now=NOW)
    attempt.refresh_from_db()
    assert attempt.score == 1
    assert check_attempt(attempt).differences == []


def test_moves_that_cross_each_other_wait_and_do_not_block() -> None:
    one, other = make_learner(), make_learner()
    start(make_exam("single"), one)
    start(make_exam("single"), other)
    pairs: list[Callable[[], bool]] = [
        lambda: move_records(source=one, target=other, now=NOW),
        lambda: move_records(source=other, target=one, now=NOW),
    ]
    moved = together(lambda number: pairs[number % 2](), WORKERS)
    assert moved.count(True) == 1
    assert Attempt.objects.values("learner").distinct().count() == 1


def test_an_account_is_erased_once() -> None:
    user = make_user("kim")
    Learner.objects.create(user=user, created_at=NOW)
    erased = together(
        lambda _: erase_account(user=User(pk=user.pk, username="kim"), now=NOW), WORKERS
    )
    assert erased.count(True) == 1
    assert not User.objects.exists()


def test_the_last_two_administrators_do_not_both_go() -> None:
    admins = [make_user("one", "admin"), make_user("two", "admin")]

    def act(number: int) -> bool:
        try:
            return erase_account(user=User.objects.get(pk=admins[number].pk), now=NOW)
        except RefusedError:
            return False

    assert sorted(together(act, 2)) == [False, True]
    assert User.objects.filter(is_staff=True).count() == 1


@pytest.mark.parametrize("first", [0, 1])
def test_erasing_and_starting_end_in_one_order_or_the_other(first: int) -> None:
    learner = make_learner("kim")
    user = learner.user
    assert user is not None
    run = make_exam("single")

    def act(number: int) -> object:
        if number == first:
            return erase_account(user=User.objects.get(pk=user.pk), now=NOW)
        try:
            return start_attempt(run=run, learner=learner, now=NOW, seed=1)
        except NotNowError:
            return None

    together(act, 2)
    assert not User.objects.exists()
    assert Attempt.objects.count() <= 1
