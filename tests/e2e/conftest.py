"""A real site, a real browser, and a watch that no page may upset."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState

from tests.e2e.class_bank import Bank, fill_with_class
from tests.e2e.classroom import sign_in
from tests.e2e.studio_bank import Studio, fill_with_studio
from tests.e2e.watch import Watch
from tests.starter.running import ROOT, RunningSite, site_environ

HERE = Path(__file__).resolve().parent
DEBIANS_CHROMIUM = Path("/usr/bin/chromium")
# Nothing that talks to anybody but the site, and no GPU that the machine may lack.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Playwright's loop runs in the main thread for the rest of the session; the tests that follow use
# Django's database there too, and it would refuse ("from an async context").
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

NewContext = Callable[..., BrowserContext]
PageOf = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """`manage.py serve` with the production settings, on loopback, with its own data."""
    folder = tmp_path_factory.mktemp("site")
    with RunningSite(folder / "data", folder / "site.log") as site:
        ready = site.get("/readyz")
        assert ready.status == 200, ready.body.decode()
        yield site


def fill_with_quizzes(data_dir: Path) -> None:
    """The tests' own quizzes, into the database of a site that runs."""
    subprocess.run(
        [sys.executable, "-m", "tests.e2e.quiz_bank"],
        cwd=ROOT,
        env=site_environ(data_dir),
        check=True,
    )


@pytest.fixture(scope="session")
def quizzes(site: RunningSite) -> None:
    """The tests' own quizzes are there."""
    fill_with_quizzes(site.data_dir)


@pytest.fixture(scope="session")
def origin(site: RunningSite) -> str:
    return f"http://127.0.0.1:{site.port}"


@pytest.fixture(scope="session")
def base_url(origin: str) -> str:
    """In place of pytest-base-url's, which pytest 9.2 deprecates the way it is made."""
    return origin


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    given = os.environ.get("GUREUM_CHROMIUM", "").strip()
    if not given and DEBIANS_CHROMIUM.exists():
        given = str(DEBIANS_CHROMIUM)
    found = {"executable_path": given} if given else {}
    return {**browser_type_launch_args, **found, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "locale": "ko-KR",
        "viewport": {"width": 1280, "height": 900},
        # Motion would only be waited for; color transitions would be measured half way.
        "reduced_motion": "reduce",
    }


@pytest.fixture(autouse=True)
def watch(origin: str) -> Iterator[Watch]:
    """Fails the test on errors in a page and on requests to another origin."""
    watch = Watch(origin)
    yield watch
    assert watch.complaints() == []


@pytest.fixture
def new_context(new_context: NewContext, watch: Watch) -> NewContext:
    """Contexts of this test, each of them watched."""

    def make(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(15_000)
        watch.follow(context)
        return context

    return make


@pytest.fixture(scope="session")
def bank(site: RunningSite) -> Bank:
    """A class with people and work, and the demo class, are there."""
    return fill_with_class(site.data_dir)


@pytest.fixture(scope="session")
def studio(bank: Bank, site: RunningSite) -> Studio:
    """An instructor's questions, a quiz and a file to import are there."""
    return fill_with_studio(site.data_dir)


@pytest.fixture(scope="session")
def signed_in(
    bank: Bank, browser: Browser, browser_context_args: dict[str, Any]
) -> Callable[[str], StorageState]:
    """The cookies of an account, which signs in once for all tests."""

    @cache
    def state(login_name: str) -> StorageState:
        with browser.new_context(**browser_context_args) as context:
            sign_in(context.new_page(), login_name)
            return context.storage_state()

    return state


@pytest.fixture
def page_of(signed_in: Callable[[str], StorageState], new_context: NewContext) -> PageOf:
    """A page of a new browser in which that account is signed in."""

    def make(login_name: str, **options: Any) -> Page:
        return new_context(storage_state=signed_in(login_name), **options).new_page()

    return make
