"""docs/permissions.md is true: every address × method × who asks."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.permissions.forms import form_of
from tests.permissions.table import ACTORS, Row, rows
from tests.permissions.world import World

ROWS = rows()
HTMX = {"HTTP_HX_REQUEST": "true"}


def _names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns, f"{pattern.namespace}:")
        else:
            assert pattern.name, f"an address without a name: {pattern.pattern}"
            yield f"{space}{pattern.name}"


ALL_PAGES = sorted(set(_names(get_resolver().url_patterns)))


@pytest.mark.parametrize("page", ALL_PAGES)
def test_every_address_stands_in_the_tables(page: str) -> None:
    assert page in {row.page for row in ROWS}


@pytest.mark.parametrize("page", sorted({row.page for row in ROWS}))
def test_every_row_has_an_address(page: str) -> None:
    assert page in ALL_PAGES


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_the_table_says_is_what_the_site_does(row: Row) -> None:
    world = World()
    if row.place == "archived":
        world.archive()
    path = reverse(row.page, kwargs=world.kwargs(row.page))
    form = form_of(row.page, world) if row.method == "POST" else {}
    told = {actor: _ask(world.client(actor), row.method, path, form) for actor in ACTORS}
    assert told == row.answers


@pytest.mark.django_db
@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "GET"], ids=str)
def test_a_fragment_is_guarded_like_its_page(row: Row) -> None:
    world = World()
    if row.place == "archived":
        world.archive()
    path = reverse(row.page, kwargs=world.kwargs(row.page))
    denied = {actor for actor, answer in row.answers.items() if answer in {"login", "403", "404"}}
    told = {actor: _ask(world.client(actor), "GET", path, {}, **HTMX) for actor in ACTORS}
    assert {actor: told[actor] for actor in denied} == {
        actor: row.answers[actor] for actor in denied
    }


@pytest.mark.django_db
@pytest.mark.parametrize("page", ALL_PAGES)
def test_what_stands_in_no_row_is_not_done(page: str) -> None:
    """An action that the tables do not name is refused even to an administrator."""
    world = World()
    named = {row.method for row in ROWS if row.page == page}
    path = reverse(page, kwargs=world.kwargs(page))
    for method in {"GET", "POST"} - named:
        assert _ask(world.client("admin"), method, path, form_of(page, world)) == "405"


GUESSED = [
    row
    for row in ROWS
    if any(name in row.page for name in ("classrooms:", "reports:report", "studio:"))
]


@pytest.mark.django_db
@pytest.mark.parametrize("row", GUESSED, ids=str)
def test_guessed_ids_find_nothing(row: Row) -> None:
    world = World()
    kwargs = world.kwargs(row.page)
    for name, value in kwargs.items():
        if not isinstance(value, uuid.UUID):
            continue
        path = reverse(row.page, kwargs={**kwargs, name: uuid.uuid4()})
        form = form_of(row.page, world) if row.method == "POST" else {}
        for actor in ("pupil", "instructor", "admin"):
            told = _ask(world.client(actor), row.method, path, form)
            # A draft that went meanwhile answers with the text that was typed, for whom may write.
            keeps_text = row.page == "studio:edit" and row.method == "POST"
            assert told in ({"409", "403"} if keeps_text else {"404", "403"}), (actor, name, told)


TWO_IDS = ["classrooms:person", "classrooms:person-reset", "classrooms:mark"]


@pytest.mark.django_db
@pytest.mark.parametrize("page", [*TWO_IDS, "classrooms:learner-attempt"])
def test_a_learner_of_one_class_is_not_found_through_another(page: str) -> None:
    """The stranger teaches the other class: its address with the id of somebody of ours."""
    world = World()
    kwargs = world.kwargs(page)
    other = world.elsewhere if page.startswith("classrooms:person") else world.other_assignment
    path = reverse(page, kwargs={**kwargs, "public_id": other.public_id})
    for method in ("GET", "POST"):
        told = _ask(world.client("stranger"), method, path, form_of(page, world))
        assert told in {"404", "405"}, method


def _ask(client: Client, method: str, path: str, form: dict[str, Any], **headers: str) -> str:
    """The answer in the words of the tables; whatever was done is undone."""
    with transaction.atomic():
        if method == "GET":
            response = client.get(path, **headers)  # type: ignore[arg-type]
        else:
            response = client.post(path, form, **headers)  # type: ignore[arg-type]
        transaction.set_rollback(True)
    # A whole page that htmx is sent to stands in a header of its own.
    target = response.headers.get("HX-Redirect", response.headers.get("Location", ""))
    if target.startswith(reverse("accounts:login")):
        return "login"
    return "→" if response.status_code == 302 else str(response.status_code)
