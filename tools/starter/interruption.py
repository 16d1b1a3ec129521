"""Being asked to stop, where there is something to clean up first."""

import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import FrameType

_ASKING = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]
INTERRUPTED = 130
_GRACE_SECONDS = 30.0
_AGAIN_SECONDS = 1.0
_LOOK_SECONDS = 0.1

Handler = Callable[[int, FrameType | None], object]


@contextlib.contextmanager
def like_ctrl_c() -> Iterator[None]:
    """SIGTERM and a closed terminal end the block as Ctrl+C does: what it opened is closed."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    with _handled_by(interrupt):
        yield


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Starting and cleaning up are not left half done: being asked waits for the block's end."""
    asked: list[int] = []
    with _handled_by(lambda number, frame: asked.append(number)):
        yield
    if asked:
        signal.raise_signal(asked[0])


def run(command: Sequence[str], environ: Mapping[str, str]) -> int:
    """The command's exit code; 130 when it was interrupted.

    Being asked to stop is passed on as Ctrl+C, so that the command may clean up; being asked again,
    or half a minute, ends it.
    """
    asked: list[tuple[int, float]] = []
    # In a group of its own it hears of an interruption from us only, and only once. At a terminal
    # it must stay in the terminal's group, else no debugger could read from there.
    at_terminal = sys.stdin is not None and sys.stdin.isatty()
    # Noted, not raised: an exception could come before we know the child.
    with _handled_by(lambda number, frame: asked.append((number, time.monotonic()))):
        child = subprocess.Popen(command, env=environ, process_group=None if at_terminal else 0)
        told = False
        while (code := _ended(child)) is None:
            if asked and not told:
                told = True
                if not (at_terminal and asked[0][0] == signal.SIGINT):
                    child.send_signal(signal.SIGINT)
            if asked and _is_enough(asked):
                child.kill()
        return INTERRUPTED if asked else code


def _ended(child: "subprocess.Popen[bytes]") -> int | None:
    """The exit code, or None after a moment."""
    try:
        return child.wait(_LOOK_SECONDS)
    except subprocess.TimeoutExpired:
        return None


def _is_enough(asked: Sequence[tuple[int, float]]) -> bool:
    first = asked[0][1]
    # make passes on what also reached us directly: that is not asking again.
    return asked[-1][1] - first > _AGAIN_SECONDS or time.monotonic() - first > _GRACE_SECONDS


@contextlib.contextmanager
def _handled_by(handler: Handler) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number in _ASKING}
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)
