"""Who is asked to stop while a command runs lets it clean up, and says so by the exit code."""

import os
import signal
import sys
from pathlib import Path

import pytest

from tools.starter import interruption

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="process groups of POSIX")

# Asks its parent to stop, then waits for what the parent passes on.
ASKING = "import os, signal, time; os.kill(os.getppid(), signal.{}); time.sleep(60)"
CLEANING = """
import os, pathlib, signal, sys, time
try:
    os.kill(os.getppid(), signal.SIGTERM)
    time.sleep(60)
except KeyboardInterrupt:
    pathlib.Path(sys.argv[1]).write_text("cleaned up")
"""
STUBBORN = """
import os, signal, time
signal.signal(signal.SIGINT, lambda *_: os.kill(os.getppid(), signal.SIGTERM))
os.kill(os.getppid(), signal.SIGTERM)
while True:
    time.sleep(60)
"""
DEAF = """
import os, signal, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
os.kill(os.getppid(), signal.SIGTERM)
time.sleep(60)
"""


def run(code: str, *arguments: str) -> int:
    return interruption.run([sys.executable, "-c", code, *arguments], dict(os.environ))


def test_the_exit_code_is_that_of_the_command() -> None:
    assert run("raise SystemExit(7)") == 7


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_every_way_of_asking_ends_the_command(name: str) -> None:
    assert run(ASKING.format(name)) == interruption.INTERRUPTED


def test_the_command_may_clean_up(tmp_path: Path) -> None:
    assert run(CLEANING, str(tmp_path / "note")) == interruption.INTERRUPTED
    assert (tmp_path / "note").read_text() == "cleaned up"


def test_asking_again_ends_a_command_that_does_not_listen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interruption, "_AGAIN_SECONDS", 0)
    assert run(STUBBORN) == interruption.INTERRUPTED


def test_a_command_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interruption, "_GRACE_SECONDS", 0)
    assert run(DEAF) == interruption.INTERRUPTED


def test_being_asked_waits_until_the_cleaning_up_is_done() -> None:
    before = signal.getsignal(signal.SIGTERM)
    done: list[str] = []

    @interruption.like_ctrl_c()
    def work() -> None:
        with interruption.undisturbed():
            os.kill(os.getpid(), signal.SIGTERM)
            os.kill(os.getpid(), signal.SIGINT)
            done.append("cleaned up")
        done.append("not reached")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["cleaned up"]
    assert signal.getsignal(signal.SIGTERM) == before
