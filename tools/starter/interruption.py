"""Being asked to stop, where there is something to clean up first."""

import contextlib
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from types import FrameType
from typing import Any

_ASKING = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]
INTERRUPTED = 130
_GRACE_SECONDS = 30


class Interrupted(KeyboardInterrupt):
    """Ctrl+C, or what counts as it."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


@contextlib.contextmanager
def like_ctrl_c() -> Iterator[None]:
    """SIGTERM and a closed terminal end the block as Ctrl+C does: what it opened is closed."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise Interrupted(number)

    with _handled_by(interrupt):
        yield


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Being asked twice must not interrupt the cleaning up; keep the block short."""
    with _handled_by(signal.SIG_IGN):
        yield


@contextlib.contextmanager
def _handled_by(handler: Any) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number in _ASKING}
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)


def run(command: Sequence[str], environ: Mapping[str, str]) -> int:
    """The command's exit code, inside `like_ctrl_c`; 130 when it was interrupted.

    The first interruption is passed on as Ctrl+C, so that the command may clean up; the second, or
    half a minute, ends it.
    """
    # In a group of its own it hears of an interruption from us only, and only once. At a terminal
    # it must stay in the terminal's group, else no debugger could read from there.
    at_terminal = sys.stdin is not None and sys.stdin.isatty()
    child = subprocess.Popen(command, env=environ, process_group=None if at_terminal else 0)
    try:
        return child.wait()
    except Interrupted as interrupted:
        if not (at_terminal and interrupted.number == signal.SIGINT):
            child.send_signal(signal.SIGINT)
        with contextlib.suppress(Interrupted, subprocess.TimeoutExpired):
            child.wait(_GRACE_SECONDS)
        return INTERRUPTED
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
