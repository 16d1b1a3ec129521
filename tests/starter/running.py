"""Starts the real site as a process of its own, on loopback, with a data folder of its own."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from tests import databases

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 90  # generous: the first start renders the whole course on a busy machine
STOP_SECONDS = 5  # the promise
NO_SETTINGS: Mapping[str, str] = MappingProxyType({})
_PERSONAL = ("HOST", "PORT", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")


def site_environ(data_dir: Path, **settings: str) -> dict[str, str]:
    """The environment of a person who has set nothing but `settings`, and the tests' database."""
    environ = {
        name: value
        for name, value in os.environ.items()
        if name not in _PERSONAL and not name.startswith("GUREUM_")
    }
    return {
        **environ,
        "PYTHONUTF8": "1",
        "GUREUM_DATA_DIR": str(data_dir),
        **databases.settings_for(data_dir),
        **settings,
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def refused_start(environ: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """`manage.py serve` that is expected to end by itself."""
    return subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        encoding="utf-8",
        timeout=READY_SECONDS,
        check=False,
    )


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes


class RunningSite:
    """A site that answers; `with RunningSite(...) as site` ends it with SIGTERM."""

    def __init__(
        self,
        data_dir: Path,
        log: Path,
        settings: Mapping[str, str] = NO_SETTINGS,
        command: Sequence[str] = (sys.executable, "manage.py", "serve"),
        folder: Path = ROOT,
    ) -> None:
        self.port = free_port()
        self.data_dir = data_dir
        self._log = log
        environ = {**site_environ(data_dir, PORT=str(self.port)), **settings}
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                command, cwd=folder, env=environ, stdout=out, stderr=subprocess.STDOUT
            )

    @property
    def output(self) -> str:
        return self._log.read_text("utf-8")

    def get(self, path: str, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(
                "GET", path, headers={name.replace("_", "-"): it for name, it in headers.items()}
            )
            response = connection.getresponse()
            received = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, received, response.read())
        finally:
            connection.close()

    def wait_until_it_answers(self, seconds: float = READY_SECONDS) -> None:
        for _ in range(int(seconds / 0.05)):
            try:
                self.process.wait(0.05)
            except subprocess.TimeoutExpired:
                pass
            else:
                raise AssertionError(f"the site ended before it answered:\n{self.output}")
            try:
                self.get("/healthz")
            except OSError:
                continue
            return
        raise AssertionError(f"the site did not answer:\n{self.output}")

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """The exit code; raises TimeoutExpired when it takes longer than promised."""
        self.process.send_signal(number)
        return self.process.wait(STOP_SECONDS)

    def __enter__(self) -> Self:
        try:
            self.wait_until_it_answers()
        except BaseException:
            self.process.kill()
            self.process.wait()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
