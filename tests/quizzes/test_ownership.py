"""Nobody but its owner sees an attempt at any address, and no cache keeps it."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from apps.quizzes.models import Attempt, Grade, Quiz, QuizRun, Response
from apps.quizzes.services.taking import check_item
from tests.quizzes.factories import (
    MINUTE,
    NOW,
    begin,
    form_of,
    items_of,
    make_exam,
    make_practice,
    right,
    save,
)

pytestmark = pytest.mark.django_db
SAVE = {"X-Gureum-Save": "1"}


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


ADDRESSES = [
    ("GET", ""),
    ("HEAD", ""),
    ("GET", "1/"),
    ("HEAD", "1/"),
    ("POST", "1/"),
    ("GET", "99/"),
    ("GET", "summary/"),
    ("POST", "submit/"),
    ("GET", "review/"),
    ("POST", "repeat/"),
]
# What its owner is told, running and closed: everything else is for nobody.
FOR_THE_OWNER = {
    ("GET", ""): (302, 302),
    ("HEAD", ""): (302, 302),
    ("GET", "1/"): (200, 302),
    ("HEAD", "1/"): (200, 302),
    ("POST", "1/"): (302, 302),
    ("GET", "99/"): (404, 404),
    ("GET", "summary/"): (200, 302),
    ("POST", "submit/"): (302, 302),
    ("GET", "review/"): (302, 200),
    ("POST", "repeat/"): (409, 302),
}


def nobody() -> Client:
    return Client()


def another_browser() -> Client:
    """With an attempt of its own at the same run."""
    client = Client()
    run = QuizRun.objects.get()
    client.post(f"/quizzes/{run.quiz.slug}/{run.slug}/start/")
    return client


def another_account() -> Client:
    client = another_browser()
    client.force_login(get_user_model().objects.create_user("lee"))
    run = QuizRun.objects.get()
    client.post(f"/quizzes/{run.quiz.slug}/{run.slug}/start/")
    return client


def staff() -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("root"))
    return client


def owner(account: str) -> Client:
    client = Client()
    if account:
        client.force_login(get_user_model().objects.create_user(account))
    return client


@pytest.mark.parametrize("make", [make_exam, make_practice])
@pytest.mark.parametrize("account", ["", "kim"])
@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("visitor", [nobody, another_browser, another_account, staff])
def test_nobody_but_its_owner_sees_or_touches_an_attempt(
    make: Callable[..., QuizRun], account: str, closed: bool, visitor: Callable[[], Client]
) -> None:
    make("single")
    mine = owner(account)
    attempt = begin(mine, QuizRun.objects.get())
    save(items_of(attempt)[0], right(items_of(attempt)[0]))
    if closed:
        mine.post(f"{attempt.get_absolute_url()}submit/")
    stranger = visitor()
    counts = (Response.objects.count(), Grade.objects.count(), Attempt.objects.count())
    before = Attempt.objects.values().get(pk=attempt.pk)
    for method, path in ADDRESSES:
        response = stranger.generic(method, f"{attempt.get_absolute_url()}{path}")
        assert response.status_code == 404, (method, path)
        saved = stranger.post(f"{attempt.get_absolute_url()}1/", {"answer": "x"}, headers=SAVE)
        assert saved.status_code == 404
    assert Attempt.objects.values().get(pk=attempt.pk) == before
    assert counts == (Response.objects.count(), Grade.objects.count(), Attempt.objects.count())


@pytest.mark.parametrize("account", ["", "kim"])
@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize(("method", "path"), ADDRESSES)
def test_its_owner_does_see_it(account: str, closed: bool, method: str, path: str) -> None:
    """The counterpart: the addresses above exist."""
    make_practice("single")
    mine = owner(account)
    attempt = begin(mine, QuizRun.objects.get())
    if closed:
        mine.post(f"{attempt.get_absolute_url()}submit/")
    response = mine.generic(method, f"{attempt.get_absolute_url()}{path}")
    assert response.status_code == FOR_THE_OWNER[method, path][closed]


def test_who_logs_out_takes_the_attempt_along() -> None:
    make_exam("single")
    client = owner("kim")
    attempt = begin(client, QuizRun.objects.get())
    client.logout()
    assert client.get(attempt.get_absolute_url()).status_code == 404
    assert str(attempt.public_id) not in client.get("/quizzes/").content.decode()
    assert (
        str(attempt.public_id)
        not in client.get(Quiz.objects.get().get_absolute_url()).content.decode()
    )


def test_pages_of_an_attempt_are_stored_nowhere(client: Client) -> None:
    make_practice("single")
    attempt = begin(client, QuizRun.objects.get())
    for closed in (False, True):
        for method, path in ADDRESSES:
            if path == "99/" or (path == "submit/" and not closed):
                continue
            response = client.generic(method, f"{attempt.get_absolute_url()}{path}")
            assert "no-store" in response.headers.get("Cache-Control", ""), (method, path)
        client.post(f"{attempt.get_absolute_url()}submit/")


@pytest.mark.parametrize("name", ["\0", "탭", "a b", "x" * 41, "<script>", ""])
def test_a_tab_with_an_impossible_name_saves_like_a_page_without_scripts(
    name: str, client: Client
) -> None:
    make_exam("single")
    attempt = begin(client, QuizRun.objects.get())
    item = items_of(attempt)[0]
    form = {**form_of(item, right(item)), "client": name, "sequence": "1", "revision": "0"}
    response = client.post(f"{attempt.get_absolute_url()}1/", form, headers=SAVE)
    assert response.json()["status"] == "saved"
    assert Response.objects.get().client == ""


def test_a_save_for_an_earlier_try_is_locked_and_stored_nowhere(client: Client) -> None:
    make_practice("single")
    attempt = begin(client, QuizRun.objects.get())
    item = items_of(attempt)[0]
    check_item(item=item, now=NOW)
    here = f"{attempt.get_absolute_url()}1/"
    client.post(here, {"try": "1", "go": "again"})
    response = client.post(here, {**form_of(item, right(item)), "sequence": "1"}, headers=SAVE)
    assert response.json()["status"] == "locked"
    assert not Response.objects.exists()


def test_a_page_that_is_open_beyond_the_end_is_told_that_it_was_late(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_exam("single", time_limit=60)
    attempt = begin(client, QuizRun.objects.get())
    item = items_of(attempt)[0]
    monkeypatch.setattr(timezone, "now", lambda: NOW + 2 * MINUTE)
    here = f"{attempt.get_absolute_url()}1/"
    told = client.post(
        here, {**form_of(item, right(item)), "client": "tab", "sequence": "1"}, headers=SAVE
    ).json()
    assert told["status"] == "late"
    assert client.get(here).status_code == 302
    attempt.refresh_from_db()
    assert attempt.finished_at == NOW + MINUTE
    assert attempt.score == 0
