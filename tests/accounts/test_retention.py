"""`manage.py maintain`: what has to be tidied with nobody looking, and who is never forgotten."""

import datetime as dt
import io
from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from apps.accounts.models import FailedTry, Learner, ResetCode, SetupToken, User
from apps.core import maintenance
from apps.core.maintenance import Chore, run_chores
from apps.quizzes.models import Attempt
from apps.quizzes.services.taking import submit_attempt
from tests.classrooms.factories import make_classroom, make_user
from tests.quizzes.factories import MINUTE, NOW, make_exam, make_learner, start

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
LONG_AGO = NOW - 400 * DAY


def do(now: dt.datetime = NOW, *, dry_run: bool = False) -> dict[str, int | None]:
    return {done.chore.name: done.count for done in run_chores(now, dry_run=dry_run)}


@pytest.fixture
def kept_for_a_year(settings: Settings) -> None:
    settings.GUREUM_RETENTION_DAYS = 365


def away(learner: Learner, since: dt.datetime = LONG_AGO) -> Learner:
    """Neither signed in nor did anything since."""
    Learner.objects.filter(pk=learner.pk).update(created_at=since, active_at=since)
    if learner.user is not None:
        User.objects.filter(pk=learner.user.pk).update(date_joined=since, last_login=since)
    return learner


def is_erased(learner: Learner) -> bool:
    return Learner.objects.get(pk=learner.pk).erased_at is not None


# ---------------------------------------------------------------------------- what nobody misses


def test_an_attempt_whose_time_is_over_is_closed() -> None:
    start(make_exam("single", time_limit=60))
    running = start(make_exam("single"))
    assert do(NOW + 2 * MINUTE)["attempts"] == 1
    assert list(Attempt.objects.running()) == [running]


def test_sessions_that_ended_go() -> None:
    for key, ends in (("old", NOW - MINUTE), ("new", NOW + MINUTE)):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
    assert do()["sessions"] == 1
    assert Session.objects.get().session_key == "new"


def test_tries_that_no_window_reaches_go() -> None:
    for minutes in (1, 100):
        FailedTry.objects.create(key="x", at=NOW - minutes * MINUTE)
    assert do()["tries"] == 1
    assert FailedTry.objects.get().at == NOW - MINUTE


def test_codes_that_were_used_or_ran_out_go() -> None:
    user = make_user("kim")
    for number, (used, ends) in enumerate(
        [(None, NOW + DAY), (NOW - MINUTE, NOW + DAY), (None, NOW - MINUTE)]
    ):
        ResetCode.objects.create(
            user=user, digest=str(number), issued_at=NOW - DAY, expires_at=ends, used_at=used
        )
    SetupToken.objects.create(digest="used", created_at=NOW, used_at=NOW)
    SetupToken.objects.create(digest="open", created_at=NOW)
    assert do()["codes"] == 3
    assert ResetCode.objects.get().digest == "0"
    assert SetupToken.objects.get().digest == "open"


# ------------------------------------------------------------------------------------- retention


def test_without_a_retention_period_nobody_is_forgotten(settings: Settings) -> None:
    settings.GUREUM_RETENTION_DAYS = None
    learner = away(make_learner("kim"))
    assert do()["retention"] == 0
    assert not is_erased(learner)


@pytest.mark.usefixtures("kept_for_a_year")
def test_who_has_been_away_too_long_is_erased_with_and_without_account() -> None:
    browser, account = away(make_learner()), away(make_learner("kim"))
    attempt = start(make_exam("single"), account, now=LONG_AGO)
    submit_attempt(attempt=attempt, now=LONG_AGO)
    assert do()["retention"] == 2
    assert is_erased(browser)
    assert is_erased(account)
    assert not User.objects.exists()
    assert Attempt.objects.get().learner == account
    assert do()["retention"] == 0


@pytest.mark.usefixtures("kept_for_a_year")
def test_who_did_something_within_the_period_stays() -> None:
    recent = [make_learner(), make_learner("kim")]
    for learner in recent:
        away(learner)
        Learner.objects.filter(pk=learner.pk).update(active_at=NOW - 364 * DAY)
    assert do()["retention"] == 0


@pytest.mark.usefixtures("kept_for_a_year")
def test_who_only_signs_in_to_read_stays() -> None:
    learner = away(make_learner("kim"))
    User.objects.update(last_login=NOW - DAY)
    assert do()["retention"] == 0
    assert not is_erased(learner)


@pytest.mark.usefixtures("kept_for_a_year")
def test_an_account_that_was_never_used_goes_by_the_day_it_was_made() -> None:
    make_user("new", date_joined=NOW - DAY)
    make_user("old", date_joined=LONG_AGO)
    assert do()["retention"] == 1
    assert User.objects.get().username == "new"


@pytest.mark.usefixtures("kept_for_a_year")
@pytest.mark.parametrize("role", ["instructor", "admin"])
def test_who_teaches_or_administers_is_never_forgotten(role: str) -> None:
    user = make_user("lee", role, date_joined=LONG_AGO)
    away(Learner.objects.create(user=user, created_at=LONG_AGO))
    assert do()["retention"] == 0


@pytest.mark.usefixtures("kept_for_a_year")
def test_who_still_teaches_a_class_alone_is_kept_and_named_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    user = make_user("lee", date_joined=LONG_AGO)  # was an instructor once
    make_classroom(user)
    others = away(make_learner())
    assert do()["retention"] == 1
    assert User.objects.filter(pk=user.pk).exists()
    assert is_erased(others)
    assert str(user.pk) in caplog.text


# ------------------------------------------------------------------------------------ the command


def maintain(*options: str) -> str:
    out = io.StringIO()
    call_command("maintain", *options, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("kept_for_a_year")
def test_a_dry_run_counts_the_same_and_changes_nothing() -> None:
    long_ago = timezone.now() - 400 * DAY
    away(make_learner(), long_ago)
    start(make_exam("single", time_limit=60), now=long_ago)
    FailedTry.objects.create(key="x", at=long_ago)
    Session.objects.create(session_key="old", session_data="", expire_date=long_ago)
    SetupToken.objects.create(digest="used", created_at=long_ago, used_at=long_ago)
    said = maintain("--dry-run")
    assert "바꾼 것은 없습니다." in said
    assert Attempt.objects.running().count() == 1
    assert maintain() == said.replace("미리 세어 보기만 했습니다. 바꾼 것은 없습니다.\n", "")
    assert "1건" in said
    assert Attempt.objects.running().count() == 0


@pytest.fixture
def a_broken_chore() -> Iterator[None]:
    def fail(now: dt.datetime) -> int:
        raise RuntimeError("broken")

    maintenance.register_chore(Chore("aaa", "고장 난 일", fail, fail))
    yield
    del maintenance._chores["aaa"]


@pytest.mark.usefixtures("a_broken_chore")
def test_a_chore_that_fails_keeps_no_other_from_being_done(
    caplog: pytest.LogCaptureFixture,
) -> None:
    FailedTry.objects.create(key="x", at=timezone.now() - DAY)
    with pytest.raises(CommandError, match="고장 난 일"):
        maintain()
    assert not FailedTry.objects.exists()
    assert "aaa" in caplog.text
