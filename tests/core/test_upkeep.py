"""What `serve` does beside serving: every hour, in a process of its own, and never in the way."""

import logging
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from apps.core.serving.upkeep import Upkeep, _maintain

SOON = 0.01
_LONG = 60.0


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def until(file: Path, text: str = "") -> None:
    """Waits for what another process writes; no longer than it may take on a busy machine."""
    end = time.monotonic() + 30
    gate = threading.Event()
    while not (file.exists() and text in file.read_text(encoding="utf-8")):
        assert time.monotonic() < end
        gate.wait(0.01)


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    return tmp_path / "mark"


@pytest.fixture
def upkeeps() -> Iterator[list[Upkeep]]:
    running: list[Upkeep] = []
    yield running
    for each in running:
        each.stop()


def test_it_runs_again_and_again(mark: Path, upkeeps: list[Upkeep]) -> None:
    code = f"open({str(mark)!r}, 'a').write('x')"
    upkeeps.append(Upkeep(python(code), first=SOON, every=SOON))
    upkeeps[0].start()
    until(mark, "xx")


def test_a_failure_is_told_and_the_next_time_comes(
    mark: Path, upkeeps: list[Upkeep], caplog: pytest.LogCaptureFixture
) -> None:
    code = f"open({str(mark)!r}, 'a').write('x'); raise SystemExit(3)"
    upkeeps.append(Upkeep(python(code), first=SOON, every=SOON))
    with caplog.at_level(logging.ERROR):
        upkeeps[0].start()
        until(mark, "xxx")
    assert "upkeep ended with exit code 3" in caplog.text


def test_a_command_that_cannot_start_harms_nothing(
    upkeeps: list[Upkeep], caplog: pytest.LogCaptureFixture
) -> None:
    upkeeps.append(Upkeep(("/nirgends/nichts",), first=SOON, every=SOON))
    upkeeps[0].start()
    end = time.monotonic() + 30
    while caplog.text.count("upkeep failed") < 2:
        assert time.monotonic() < end
        threading.Event().wait(SOON)


def test_stopping_ends_what_runs_and_waits_for_nothing(mark: Path) -> None:
    code = f"open({str(mark)!r}, 'w').write('x'); import time; time.sleep({_LONG})"
    upkeep = Upkeep(python(code), first=SOON)
    upkeep.start()
    until(mark, "x")
    process = upkeep._process
    assert process is not None
    begun = time.monotonic()
    upkeep.stop()
    assert process.wait(10) != 0
    assert time.monotonic() - begun < _LONG / 4
    upkeep._thread.join(10)
    assert not upkeep._thread.is_alive()


def test_stopped_before_its_first_time_it_does_nothing(mark: Path) -> None:
    upkeep = Upkeep(python(f"open({str(mark)!r}, 'w')"), first=_LONG)
    upkeep.start()
    upkeep.stop()
    upkeep._thread.join(10)
    assert not upkeep._thread.is_alive()
    assert not mark.exists()


def test_what_it_runs_is_there() -> None:
    python_path, script, *options = _maintain()
    assert Path(python_path).exists()
    assert Path(script).name == "manage.py"
    assert Path(script).is_file()
    assert options == ["maintain", "--gently"]
