"""Fixtures for all tests."""

import datetime as dt
from functools import cache

import pytest
from django.conf import settings

from apps.content.catalogue import Catalogue, read_catalogue
from apps.core.public_pages import page_cache
from apps.lessons.embeds import known_embeds
from apps.lessons.services import sync_catalogue
from tests.databases import (  # noqa: F401 – pytest calls them
    pytest_collection_modifyitems,
    pytest_report_header,
    pytest_sessionfinish,
    pytest_terminal_summary,
)

NOW = dt.datetime(2026, 3, 6, 23, 59, tzinfo=dt.UTC)


@cache
def shipped_catalogue() -> Catalogue:
    """The shipped content, read once for all tests."""
    reading = read_catalogue(settings.GUREUM_CONTENT_DIRS, embeds=known_embeds())
    assert reading.catalogue is not None, [str(problem) for problem in reading.problems]
    return reading.catalogue


@pytest.fixture(autouse=True)
def _fresh_page_cache() -> None:
    """Pages rendered for one test's database must not answer another's."""
    page_cache.clear()


@pytest.fixture
def course(db: None) -> Catalogue:
    """The shipped course is in the database."""
    catalogue = shipped_catalogue()
    sync_catalogue(catalogue, source_digest="test", now=NOW)
    return catalogue
