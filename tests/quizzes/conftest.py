"""Fixtures for the tests of quizzes."""

from collections.abc import Iterator

import pytest

from tests.quizzes.factories import walking_generator


@pytest.fixture(autouse=True)
def _generator() -> Iterator[None]:
    """A generator is there to make questions of kind `generated`."""
    with walking_generator():
        yield
