"""Fixtures for all tests."""

import pytest

from apps.content.catalogue import Catalogue
from apps.core.public_pages import page_cache
from tests.databases import (  # noqa: F401 – pytest calls them
    pytest_collection_modifyitems,
    pytest_report_header,
    pytest_sessionfinish,
    pytest_terminal_summary,
)
from tests.parallel import pytest_xdist_make_scheduler  # noqa: F401 – pytest calls it
from tests.shipped import bring_in, shipped_catalogue


@pytest.fixture(autouse=True)
def _fresh_page_cache() -> None:
    """Pages rendered for one test's database must not answer another's."""
    page_cache.clear()


@pytest.fixture
def course(db: None) -> Catalogue:
    """The shipped course and its questions are in the database."""
    bring_in()
    return shipped_catalogue()
