"""A PostgreSQL server of its own for one run of the tests: on loopback, and gone afterwards."""

import contextlib
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.starter import apt, environment
from tools.starter.console import StartError, say
from tools.starter.interruption import undisturbed

OLDEST = 14  # the oldest that Django 5.2 supports
_USER = "gureum"
_DEBIANS_FOLDER = Path("/usr/lib/postgresql")
_START_SECONDS = 60
_STOP_SECONDS = 10
_ATTEMPTS = 3
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",  # the sites of the tests keep theirs
    # Nobody needs these data after a power cut: what they would cost is better spent on tests.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


@dataclass(frozen=True)
class Account:
    """Who runs the server. As root that must be somebody else: PostgreSQL refuses root."""

    name: str
    uid: int
    gid: int


@contextlib.contextmanager
def server() -> Iterator[str]:
    """A fresh, empty server; yields its `postgres://` URL with a password made for this run.

    Whatever ends the block, the server is stopped and its folder removed. Raises StartError
    naming what to install.
    """
    programs = ensure()
    folder = Path(tempfile.mkdtemp(prefix="gureum-postgres-"))
    try:
        account = _account()
        if account:
            os.chown(folder, account.uid, account.gid)
        password = secrets.token_urlsafe(24)
        _make_cluster(programs, folder, account, password)
        with _running(programs, folder, account) as port:
            yield f"postgres://{_USER}:{password}@127.0.0.1:{port}/postgres"
    finally:
        with undisturbed():
            shutil.rmtree(folder, ignore_errors=True)


def ensure() -> Path:
    """The folder with `initdb` and `postgres`, installed by apt if need be."""
    if os.name != "posix":
        raise StartError(
            "이 시스템에서는 PostgreSQL 서버를 테스트용으로 띄우지 못합니다. 이미 있는 테스트용 "
            "서버의 주소를 DATABASE_URL에 적고 pytest를 직접 실행해 주세요."
        )
    found = _programs()
    if found is None:
        say("PostgreSQL이 없어 설치합니다.")
        found = _programs() if apt.install("postgresql") else None
    if found is None:
        raise StartError(
            f"PostgreSQL {OLDEST} 이상이 필요합니다. 다음 가운데 하나를 한 뒤 다시 실행해 주세요.\n"
            "  Debian·Ubuntu: sudo apt install postgresql\n"
            "  Fedora: sudo dnf install postgresql-server\n"
            "  macOS: brew install postgresql@17\n"
            "  이미 있다면: initdb와 postgres가 있는 폴더를 PATH에 넣어 주세요."
        )
    return found


def _programs() -> Path | None:
    """On PATH, else where Debian keeps them (it leaves them off PATH), the newest first."""
    on_path = shutil.which("initdb")
    candidates = [Path(on_path).resolve().parent] if on_path else []
    candidates += sorted(_DEBIANS_FOLDER.glob("*/bin"), key=_version, reverse=True)
    return next((folder for folder in candidates if _version(folder) >= OLDEST), None)


def _version(folder: Path) -> int:
    """The major version of the programs in the folder; 0 where they do not start."""
    if not (folder / "initdb").is_file():
        return 0
    try:
        answer = subprocess.run(
            [str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False
        )
    except OSError:
        return 0
    found = re.search(r"PostgreSQL\) (\d+)", answer.stdout)
    return int(found[1]) if found else 0


def _account() -> Account | None:
    """None: the person who started us, who is not root."""
    if os.geteuid() != 0:
        return None
    import pwd

    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise StartError("root는 PostgreSQL을 실행할 수 없습니다. 일반 사용자로 다시 실행해 주세요.")


def _make_cluster(programs: Path, folder: Path, account: Account | None, password: str) -> None:
    secret = folder / "password"
    secret.touch(mode=0o600)
    secret.write_text(password + "\n", encoding="ascii")
    if account:
        os.chown(secret, account.uid, account.gid)
    done = subprocess.run(
        [
            str(programs / "initdb"),
            *("--pgdata", str(folder / "data"), "--username", _USER),
            # Other people on this machine can reach loopback and the socket as well.
            *("--auth", "scram-sha-256", "--pwfile", str(secret)),
            # The one locale that every system has; the site sorts nothing by the database's.
            *("--no-locale", "--encoding", "UTF8", "--no-sync"),
        ],
        **_as(account, folder),
        check=False,
        capture_output=True,
        text=True,
        errors="replace",
    )
    secret.unlink()
    if done.returncode:
        raise StartError(f"PostgreSQL을 준비하지 못했습니다.\n{_tail(done.stdout + done.stderr)}")


@contextlib.contextmanager
def _running(programs: Path, folder: Path, account: Account | None) -> Iterator[int]:
    """The server until the block ends; yields its port."""
    for _ in range(_ATTEMPTS):
        port = _free_port()
        with _started(programs, folder, account, port) as process:
            if not _is_ready(process, folder):
                continue  # somebody else may have taken the port meanwhile
            yield port
            return
    log = (folder / "server.log").read_text("utf-8", errors="replace")
    raise StartError(f"PostgreSQL이 시작되지 않습니다.\n{_tail(log)}")


@contextlib.contextmanager
def _started(
    programs: Path, folder: Path, account: Account | None, port: int
) -> Iterator["subprocess.Popen[bytes]"]:
    settings = {**_SETTINGS, "port": str(port), "unix_socket_directories": str(folder)}
    command = [str(programs / "postgres"), "-D", str(folder / "data")]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    process: subprocess.Popen[bytes] | None = None
    try:
        with undisturbed(), (folder / "server.log").open("wb") as log:
            process = subprocess.Popen(
                command,
                **_as(account, folder),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl+C is for the tests, which still need the server to clean up.
                start_new_session=True,
            )
        yield process
    finally:
        if process:
            with undisturbed():
                _stop(process)


def _is_ready(process: "subprocess.Popen[bytes]", folder: Path) -> bool:
    """False when the server ended instead."""
    status = folder / "data" / "postmaster.pid"
    until = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError, IndexError):  # not written, or not to the end
            if status.read_text("utf-8").splitlines()[7].strip() == "ready":
                return True
        time.sleep(0.02)
    return False


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """Disconnect everybody and end; harder where that does not help."""
    # SIGINT: PostgreSQL's fast shutdown. SIGQUIT: its immediate one.
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if process.poll() is None:
            process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_STOP_SECONDS)
            return


def _as(account: Account | None, folder: Path) -> dict[str, Any]:
    """How a program of PostgreSQL is started: by whom, where, with messages in English."""
    environ = {**environment.environ_without_databases(), "LC_ALL": "C"}
    options: dict[str, Any] = {"cwd": folder, "env": environ}
    if account:
        options.update(user=account.uid, group=account.gid, extra_groups=[])
    return options


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _tail(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.strip().splitlines()[-8:])
