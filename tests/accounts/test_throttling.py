"""How often somebody may guess."""

import datetime as dt

import pytest
from django.test import RequestFactory

from apps.accounts.models import FailedTry
from apps.accounts.throttling import (
    ADDRESS_TRIES,
    PERSONAL_TRIES,
    WINDOW,
    TooManyTriesError,
    Try,
    begin_try,
    client_address,
    fold_name,
    forget_old_tries,
)
from tests.accounts.people import NOW

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


def guess(
    account: str = "login:kim",
    address: str = "10.0.0.1",
    now: dt.datetime = NOW,
    browser: str = "",
    most: int = PERSONAL_TRIES,
) -> Try:
    return begin_try(account=account, address=address, now=now, known_browser=browser, most=most)


def test_the_eleventh_wrong_password_of_an_account_is_refused() -> None:
    for _ in range(PERSONAL_TRIES):
        guess()
    with pytest.raises(TooManyTriesError, match="15분 뒤"):
        guess()


def test_changing_the_address_does_not_help_a_guess() -> None:
    for number in range(PERSONAL_TRIES):
        guess(address=f"10.0.0.{number}")
    with pytest.raises(TooManyTriesError):
        guess(address="10.0.1.1")


def test_right_passwords_are_not_counted() -> None:
    for _ in range(3 * PERSONAL_TRIES):
        guess().succeeded()
    assert not FailedTry.objects.exists()


def test_a_try_counts_before_it_is_checked() -> None:
    """Guesses sent in parallel: none of them has been answered when the next one begins."""
    begun = [guess() for _ in range(PERSONAL_TRIES)]
    with pytest.raises(TooManyTriesError):
        guess()
    begun[0].succeeded()
    guess()


def test_waiting_opens_the_window_again_and_the_message_says_how_long() -> None:
    for number in range(PERSONAL_TRIES):
        guess(now=NOW + number * SECOND)
    last = NOW + (PERSONAL_TRIES - 1) * SECOND
    with pytest.raises(TooManyTriesError) as refusal:
        guess(now=last)
    assert refusal.value.minutes == 15
    with pytest.raises(TooManyTriesError) as refusal:
        guess(now=NOW + WINDOW - SECOND)
    assert refusal.value.minutes == 1
    guess(now=NOW + WINDOW)


def test_refused_tries_do_not_make_the_wait_longer() -> None:
    for _ in range(PERSONAL_TRIES):
        guess()
    for _ in range(50):
        with pytest.raises(TooManyTriesError):
            guess(now=NOW + WINDOW / 2)
    guess(now=NOW + WINDOW)


def test_a_prank_from_elsewhere_leaves_the_owners_browser_its_own_tries() -> None:
    for _ in range(PERSONAL_TRIES):
        guess()
    guess(browser="abc")
    with pytest.raises(TooManyTriesError):
        guess()


def test_a_known_browser_has_an_end_of_its_tries_too() -> None:
    for _ in range(PERSONAL_TRIES):
        guess(browser="abc")
    with pytest.raises(TooManyTriesError):
        guess(browser="abc")
    guess(browser="def")


def test_a_class_behind_one_address_may_mistype() -> None:
    for pupil in range(200):
        for _ in range(3):
            guess(account=f"login:pupil{pupil}")
        guess(account=f"login:pupil{pupil}").succeeded()


def test_one_address_cannot_try_a_whole_list_of_names() -> None:
    FailedTry.objects.bulk_create(
        [FailedTry(key=_address_key("10.0.0.1"), at=NOW) for _ in range(ADDRESS_TRIES)]
    )
    with pytest.raises(TooManyTriesError):
        guess(account="login:somebody else")
    guess(account="login:somebody else", address="10.0.0.2")
    # A classmate who did that on purpose does not lock those out who are known here.
    guess(account="login:somebody else", browser="abc")


def _address_key(address: str) -> str:
    """The key under which tries of an address are counted, found by trying once."""
    begun = guess(account="login:probe", address=address)
    other = guess(account="login:probe", address="192.0.2.1")
    first = set(FailedTry.objects.filter(pk__in=begun.rows).values_list("key", flat=True))
    second = set(FailedTry.objects.filter(pk__in=other.rows).values_list("key", flat=True))
    FailedTry.objects.all().delete()
    (key,) = first - second
    return key


def test_the_table_tells_neither_names_nor_addresses() -> None:
    guess(account="login:kim", address="10.0.0.1")
    kept = "".join(FailedTry.objects.values_list("key", flat=True))
    assert "kim" not in kept
    assert "10.0" not in kept


def test_what_no_window_reaches_is_forgotten() -> None:
    guess(now=NOW - WINDOW)
    guess(now=NOW)
    assert forget_old_tries(NOW) == 2
    assert FailedTry.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_an_address_is_counted_as_one_household_has_it(given: str, counted: str) -> None:
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=given)) == counted


def test_a_name_is_one_however_it_is_typed() -> None:
    assert fold_name(" Ｋｉｍ ") == fold_name("KIM") == "kim"
