"""Runs `manage.py maintain` beside the server, every hour, without ever being in its way.

A process of its own at low priority: whatever goes wrong in it, and however much it holds, the
workers never notice. The thread here only waits for the next time.
"""

import logging
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import Any

from django.conf import settings

logger = logging.getLogger(__name__)

FIRST_SECONDS = 10 * 60  # not while everybody comes in
EVERY_SECONDS = 60 * 60
_LONGEST_SECONDS = 30 * 60
_STOP_SECONDS = 1  # within the five that SIGTERM is promised to take


class Upkeep:
    """`start` and `stop` it around serving; both return at once, and neither raises."""

    def __init__(
        self,
        command: Sequence[str] = (),
        *,
        first: float = FIRST_SECONDS,
        every: float = EVERY_SECONDS,
    ) -> None:
        self._command = tuple(command) or _maintain()
        self._first, self._every = first, every
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name="upkeep", daemon=True)

    def start(self) -> None:
        try:
            self._thread.start()
        except RuntimeError:  # no thread to be had: the site matters more
            logger.exception("upkeep cannot run")

    def stop(self) -> None:
        """Ends what is running: each chore is made of transactions, so nothing is left half."""
        self._stopping.set()
        with self._lock:
            process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()

    def _run(self) -> None:
        wait = self._first
        while not self._stopping.wait(wait):
            wait = self._every
            try:
                self._once()
            except Exception:
                logger.exception("upkeep failed")

    def _once(self) -> None:
        with self._lock:
            if self._stopping.is_set():
                return
            self._process = process = subprocess.Popen(  # noqa: S603 – our own command
                self._command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, **_apart()
            )
        try:
            code = process.wait(_LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        with self._lock:
            self._process = None
        if code and not self._stopping.is_set():
            logger.error("upkeep ended with exit code %s", code)


def _maintain() -> tuple[str, ...]:
    return (sys.executable, str(settings.BASE_DIR / "manage.py"), "maintain", "--gently")


def _apart() -> dict[str, Any]:
    """Ctrl+C reaches everything in the server's group: this is ended by `stop` instead."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}
