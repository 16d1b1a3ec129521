"""Doors at which several knock in the same moment."""

from apps.accounts.models import Role, User
from apps.accounts.services.resetting import WrongCodeError, issue_reset_code, reset_password
from apps.accounts.services.roles import LastAdminError, set_active, set_role
from apps.accounts.services.setup import SpentTokenError, new_setup_token, set_up
from apps.accounts.services.signup import NameTakenError, create_account
from apps.accounts.throttling import PERSONAL_TRIES, TooManyTriesError, begin_try
from tests.accounts.people import NEW_PASSWORD, NOW, PASSWORD, make_account
from tests.quizzes.test_races import _locking_database, together  # noqa: F401 – a fixture

WORKERS = 6


def test_guesses_sent_at_once_are_as_many_as_guesses_sent_one_by_one() -> None:
    each = 4

    def guess(number: int) -> int:
        passed = 0
        for _ in range(each):
            try:
                begin_try(account="login:kim", address="10.0.0.1", now=NOW, most=PERSONAL_TRIES)
            except TooManyTriesError:
                continue
            passed += 1
        return passed

    assert WORKERS * each > PERSONAL_TRIES
    assert sum(together(guess, WORKERS)) <= PERSONAL_TRIES


def test_one_setup_link_makes_one_administrator() -> None:
    token = new_setup_token(now=NOW) or ""

    def open_it(number: int) -> bool:
        try:
            set_up(
                token=token,
                username=f"teacher{number}",
                password=PASSWORD,
                display_name="",
                now=NOW,
            )
        except SpentTokenError:
            return False
        return True

    assert sorted(together(open_it, WORKERS)) == [False] * (WORKERS - 1) + [True]
    assert User.objects.filter(is_staff=True).count() == 1


def test_one_name_goes_to_one_of_those_who_want_it() -> None:
    def want(number: int) -> bool:
        name = "kim" if number % 2 else "KIM"
        try:
            create_account(username=name, password=PASSWORD, role=Role.LEARNER, now=NOW)
        except NameTakenError:
            return False
        return True

    assert sorted(together(want, WORKERS)) == [False] * (WORKERS - 1) + [True]


def test_one_code_sets_one_password() -> None:
    user = make_account()
    code = issue_reset_code(user=user, by=make_account("admin", "admin"), now=NOW)

    def use(number: int) -> bool:
        try:
            reset_password(name="haneul", code=code, password=f"{NEW_PASSWORD} {number}", now=NOW)
        except WrongCodeError:
            return False
        return True

    assert sorted(together(use, WORKERS)) == [False] * (WORKERS - 1) + [True]


def test_administrators_who_remove_each_other_leave_one() -> None:
    admins = [make_account(f"admin{number}", "admin") for number in range(WORKERS)]

    def remove_next(number: int) -> bool:
        by, other = admins[number], admins[(number + 1) % WORKERS]
        try:
            if number % 2:
                set_role(user=other, role=Role.LEARNER, by=by, now=NOW)
            else:
                set_active(user=other, active=False, by=by, now=NOW)
        except LastAdminError:
            return False
        return True

    assert sorted(together(remove_next, WORKERS)) == [False] + [True] * (WORKERS - 1)
    assert User.objects.filter(is_staff=True, is_active=True).count() == 1
