"""Which tests stay together when several processes run them (`start.py test`).

Whoever drives a browser or starts whole sites waits for them and wants a core: each of these
folders stays in one process, one test after the other, while others take the rest by the file.

The hook is taken over by `tests/conftest.py`.
"""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/e2e/", "tests/starter/")


def scope_of(nodeid: str) -> str:
    """What goes to one process as a whole."""
    for folder in TOGETHER:
        if nodeid.startswith(folder):
            return folder
    return nodeid.partition("::")[0]


class Together(LoadScopeScheduling):  # type: ignore[misc]
    """The largest scopes first; whoever is idle takes the next."""

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    return Together(config, log)
