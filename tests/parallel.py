"""Which tests stay together when several processes run them (`start.py test`).

Whoever drives a browser or starts whole sites measures time and wants a core: each of these groups
stays in one process, one after the other, while the other process takes the rest.

The hook is taken over by `tests/conftest.py`.
"""

from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
TOGETHER = ("e2e", "starter")


@pytest.hookimpl(tryfirst=True)  # before xdist reads the marks
def pytest_itemcollected(item: pytest.Item) -> None:
    for name in TOGETHER:
        if TESTS / name in item.path.parents:
            item.add_marker(pytest.mark.xdist_group(name))
