"""GUREUM_CLOSED: the site opens for accounts and for those who have a place in a class."""

from typing import Any

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from pytest_django import Settings

from apps.accounts.access import OPEN_MARK
from apps.content.catalogue import Catalogue
from tests.accounts.people import browser_with_learner, make_account, sign_in_as

CLOSED = ("/", "/lessons/aws/", "/widgets/", "/quizzes/", "/progress/", "/me/")
OPEN = (
    "/login/",
    "/signup/",
    "/reset/",
    "/logout/",
    "/privacy/",
    "/me/bar/",
    "/join/",
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/site.webmanifest",
)


@pytest.fixture(autouse=True)
def _closed(settings: Settings, course: Catalogue) -> None:
    settings.GUREUM_CLOSED = True


@pytest.mark.parametrize("path", CLOSED)
def test_strangers_are_led_to_the_sign_in_and_back(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, f"/login/?next={path}")


@pytest.mark.parametrize("path", OPEN)
def test_doors_stay_open(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


def test_an_account_comes_in(client: Client) -> None:
    make_account()
    answer = sign_in_as(client, "haneul", next="/lessons/aws/")
    assert answer["Location"] == "/lessons/aws/"
    for path in CLOSED:
        assert client.get(path).status_code in {200, 302}
        assert "/login/" not in client.get(path).get("Location", "")


def test_a_learner_of_a_class_comes_in_and_a_mere_browser_does_not(client: Client) -> None:
    learner = browser_with_learner(client, "이바다", admitted=True)
    assert client.get("/lessons/aws/").status_code == 200
    learner.is_admitted = False
    learner.save()
    assert client.get("/lessons/aws/").status_code == 302


def test_no_shared_cache_keeps_a_page(client: Client) -> None:
    client.force_login(make_account())
    answer = client.get("/lessons/aws/")
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Cookie" in answer["Vary"]
    again = client.get("/lessons/aws/", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert again["Cache-Control"] == "private, no-cache"


def test_a_stranger_with_the_right_etag_learns_nothing(client: Client) -> None:
    client.force_login(make_account())
    etag = client.get("/lessons/aws/")["ETag"]
    assert Client().get("/lessons/aws/", headers={"If-None-Match": etag}).status_code == 302


def test_a_fragment_of_a_page_left_open_leads_to_the_sign_in(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/lessons/aws/"}
    answer = client.get("/progress/?part=tree", headers=headers)
    assert answer["HX-Redirect"] == "/login/?next=/lessons/aws/"


def test_signing_out_leads_to_the_door(client: Client) -> None:
    client.force_login(make_account())
    assert client.post("/logout/")["Location"] == "/login/"


def test_an_open_site_stays_public(client: Client, settings: Settings) -> None:
    settings.GUREUM_CLOSED = False
    assert client.get("/lessons/aws/")["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize("method", ["get", "head", "post", "put"])
def test_a_closed_site_has_no_side_door(method: str) -> None:
    """Every address, as a page and as a fragment: a new one is closed unless it says so."""
    closed = 0
    for address, is_open in _addresses():
        page = getattr(Client(), method)(address)
        fragment = getattr(Client(), method)(address, headers={"HX-Request": "true"})
        if is_open:
            continue
        closed += 1
        assert page.status_code == 302, address
        assert page["Location"].startswith("/login/?next=/"), address
        assert fragment.content == b"", address
        assert fragment["HX-Redirect"].startswith("/login/?next=/"), address
    assert closed >= 50


def _addresses() -> list[tuple[str, bool]]:
    """Each page's address, and whether it is a door or the machine's own."""
    found = []
    for pattern, namespace in _patterns(get_resolver(), ""):
        words = {
            name: _WORDS[type(converter).__name__]
            for name, converter in pattern.pattern.converters.items()
        }
        address = reverse(f"{namespace}:{pattern.name}", kwargs=words)
        found.append((address, hasattr(pattern.callback, OPEN_MARK) or namespace == "core"))
    return found


_WORDS = {
    "UUIDConverter": "00000000-0000-4000-8000-000000000000",
    "IntConverter": "1",
    "SlugConverter": "cloudfront",
    "StringConverter": "ABCD2345",
}


def _patterns(resolver: Any, namespace: str) -> list[tuple[Any, str]]:
    found = []
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            found += _patterns(each, each.namespace or namespace)
        else:
            found.append((each, namespace))
    return found
