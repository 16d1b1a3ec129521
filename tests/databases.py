"""The database the tests run on, and further ones beside it for the sites that tests start.

The hooks are taken over by `tests/conftest.py`; here they can be tested without Django.
"""

import hashlib
import os
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

URL = os.environ.get("DATABASE_URL", "").strip()
ON_POSTGRES = bool(URL)


def settings_for(data_dir: Path) -> dict[str, str]:
    """What tells a site with this data folder where its database is; made when first asked for.

    A site has a database of its own on either system, which starts empty.
    """
    if not ON_POSTGRES:
        return {}
    name = _name(data_dir)
    if name not in _made:
        with _maintenance() as connection:
            # A run that was killed may have left one behind under this name.
            connection.execute(_drop(name))
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        _made.add(name)
    return {"DATABASE_URL": urlunsplit(urlsplit(URL)._replace(path=f"/{name}"))}


def break_connections(data_dir: Path) -> int:
    """End every connection of the site with this data folder; returns how many there were."""
    with _maintenance() as connection:
        ended = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [_name(data_dir)],
        )
        return len(ended.fetchall())


def drop_all() -> None:
    """The databases that `settings_for` made."""
    if not _made:
        return
    with _maintenance() as connection:
        for name in _made:
            connection.execute(_drop(name))
    _made.clear()


_made: set[str] = set()


def _name(data_dir: Path) -> str:
    return f"gureum_site_{hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]}"


def _drop(name: str) -> sql.Composed:
    return sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))


def _maintenance() -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(URL, dbname="postgres", autocommit=True)


def pytest_report_header() -> str:
    return f"database: {'PostgreSQL' if ON_POSTGRES else 'SQLite'}"


@pytest.hookimpl(trylast=True)  # once every marker is set
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is about the other database is left out, not skipped: there is nothing to skip."""
    other = "sqlite_only" if ON_POSTGRES else "postgres_only"
    left_out = [item for item in items if item.get_closest_marker(other)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker(other)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if ON_POSTGRES and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line(
            "A skipped test fails a run on PostgreSQL: it has shown nothing there.", red=True
        )


@pytest.hookimpl(trylast=True)  # the sites that use them have ended by then
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", ()) if reporter else ()
    if ON_POSTGRES and skipped and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    drop_all()
