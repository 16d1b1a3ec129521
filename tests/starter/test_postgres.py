"""The tests' own PostgreSQL server: found or installed, private, and gone whatever happens.

The servers here are real where `initdb` is at hand, which a run on PostgreSQL makes sure of.
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.starter.running import ROOT
from tools.starter import apt, interruption, postgres
from tools.starter.console import StartError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="starts no server there")
REAL = pytest.mark.postgres_only  # so that SQLite's run needs no PostgreSQL

RUN = """
import sys
from tools.starter import postgres
from tools.starter.interruption import like_ctrl_c, run
child = "import sys, time; print(sys.argv[1], flush=True); time.sleep(60)"
with like_ctrl_c(), postgres.server() as url:
    sys.exit(run([sys.executable, "-c", child, url], {}))
"""


def program(folder: Path, name: str, script: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def programs(folder: Path, version: int) -> Path:
    program(folder, "initdb", "exit 0")
    program(folder, "postgres", f"echo 'postgres (PostgreSQL) {version}.3 (Debian)'")
    return folder


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """A machine without PostgreSQL."""
    monkeypatch.setattr(postgres, "_DEBIANS_FOLDER", tmp_path / "lib")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    return monkeypatch


def test_programs_on_the_path_are_used(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = programs(tmp_path / "bin", 16)
    bare.setattr(shutil, "which", {"initdb": str(folder / "initdb")}.get)
    assert postgres.ensure() == folder


def test_debian_keeps_them_elsewhere_and_the_newest_is_taken(
    bare: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for version in (9, 17, 15):
        programs(tmp_path / "lib" / str(version) / "bin", version)
    assert postgres.ensure() == tmp_path / "lib" / "17" / "bin"


def test_apt_installs_them_where_we_may(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "lib" / "15" / "bin"
    asked: list[str] = []

    def install(*packages: str) -> bool:
        asked.extend(packages)
        programs(folder, 15)
        return True

    bare.setattr(apt, "install", install)
    assert postgres.ensure() == folder
    assert asked == ["postgresql"]


@pytest.mark.parametrize("found", [None, 12])
def test_missing_or_too_old_programs_are_named(
    bare: pytest.MonkeyPatch, tmp_path: Path, found: int | None
) -> None:
    if found:
        programs(tmp_path / "lib" / str(found) / "bin", found)
    bare.setattr(apt, "install", lambda *packages: False)
    with pytest.raises(StartError) as caught:
        postgres.ensure()
    assert "PostgreSQL 14 이상이 필요합니다." in str(caught.value)
    assert "sudo apt install postgresql" in str(caught.value)


def test_a_cluster_that_cannot_be_made_says_why_and_leaves_nothing(
    bare: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = programs(tmp_path / "lib" / "15" / "bin", 15)
    program(folder, "initdb", "echo 'initdb: no space left' >&2; exit 1")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    bare.setattr(tempfile, "tempdir", str(temporary))
    bare.setattr(postgres, "_account", lambda: None)
    with pytest.raises(StartError, match="no space left"), postgres.server():
        pass
    assert list(temporary.iterdir()) == []


def test_a_server_that_does_not_start_says_why_and_leaves_nothing(
    bare: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = programs(tmp_path / "lib" / "15" / "bin", 15)
    answer = "[ \"$1\" = --version ] && echo 'postgres (PostgreSQL) 15.1' && exit"
    program(folder, "postgres", f"{answer}; echo 'FATAL: no memory' >&2; exit 1")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    bare.setattr(tempfile, "tempdir", str(temporary))
    bare.setattr(postgres, "_account", lambda: None)
    with pytest.raises(StartError, match="no memory"), postgres.server():
        pass
    assert list(temporary.iterdir()) == []


@REAL
def test_the_server_is_on_loopback_asks_for_the_password_and_is_gone_afterwards() -> None:
    with postgres.server() as url:
        (password,) = re.findall(r"^postgres://gureum:([^@]{20,})@127\.0\.0\.1:\d+/postgres$", url)
        with psycopg.connect(url) as connection:
            folder = Path(_setting(connection, "data_directory")).parent
            assert _setting(connection, "listen_addresses") == "127.0.0.1"
            assert _setting(connection, "unix_socket_directories") == str(folder)
            assert folder.stat().st_mode & 0o777 == 0o700
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(url.replace(password, "guessed"))
    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


@REAL
def test_the_server_is_gone_when_the_tests_fail() -> None:
    with pytest.raises(ZeroDivisionError), postgres.server() as url:
        raise ZeroDivisionError
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


@REAL
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interruption_ends_tests_and_server(number: signal.Signals) -> None:
    # Root starts the server as somebody else, who could not enter pytest's folders.
    with tempfile.TemporaryDirectory() as temporary:
        Path(temporary).chmod(0o755)
        with _starter({**os.environ, "TMPDIR": temporary}) as starter:
            assert starter.stdout is not None
            url = starter.stdout.readline().strip()
            with psycopg.connect(url):
                starter.send_signal(number)
                assert starter.wait(20) == interruption.INTERRUPTED
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(url)
        assert list(Path(temporary).iterdir()) == []


@contextlib.contextmanager
def _starter(environ: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-c", RUN],
        cwd=ROOT,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _setting(connection: "psycopg.Connection[tuple[object, ...]]", name: str) -> str:
    row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
    assert row is not None
    return str(row[0])
