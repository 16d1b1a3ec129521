"""Fixtures for all tests."""

import datetime as dt
from functools import cache

import pytest
from django.conf import settings

from apps.content.catalogue import Catalogue
from apps.core.public_pages import page_cache
from apps.lessons.loading import Content, read_content, sync_content
from tests.databases import (  # noqa: F401 – pytest calls them
    pytest_collection_modifyitems,
    pytest_report_header,
    pytest_sessionfinish,
    pytest_terminal_summary,
)

NOW = dt.datetime(2026, 3, 6, 23, 59, tzinfo=dt.UTC)


@cache
def shipped_content() -> Content:
    """The shipped lessons and questions, read once for all tests."""
    reading = read_content(settings.GUREUM_CONTENT_DIRS)
    assert reading.content is not None, [str(problem) for problem in reading.problems]
    return reading.content


def shipped_catalogue() -> Catalogue:
    return shipped_content().catalogue


@pytest.fixture(autouse=True)
def _fresh_page_cache() -> None:
    """Pages rendered for one test's database must not answer another's."""
    page_cache.clear()


@pytest.fixture
def course(db: None) -> Catalogue:
    """The shipped course and its questions are in the database."""
    content = shipped_content()
    sync_content(content, source_digest="test", now=NOW)
    return content.catalogue
