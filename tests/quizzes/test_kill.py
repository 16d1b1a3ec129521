"""The whole server dies in the middle of a class's saves: what was acknowledged is there."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

import pytest

from benchmarks.learner import HttpLearner
from benchmarks.quizzes import ITEMS, QUIZ, RUN, write_bank
from tests.starter.running import ROOT, RunningSite, site_environ

LEARNERS = 6
SAVES_BEFORE_THE_END = 120
KILLS = 2
# Its own process group, so that one signal reaches the server and all its workers, and only them.
SERVE = (
    sys.executable,
    "-c",
    "import os, sys; os.setsid(); os.execv(sys.executable, [sys.executable, 'manage.py', 'serve'])",
)
DUMP = """
import json
from apps.quizzes.models import Response
rows = Response.objects.values_list("item__attempt__public_id", "item__position", "answer")
print("rows:" + json.dumps([[str(one), two, three.get("text")] for one, two, three in rows]))
"""
Row = tuple[str, int, str]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="process groups of POSIX"),
]


@dataclass
class Class:
    """What the learners were told, and a bell that rings when it has become enough."""

    acknowledged: list[Row] = field(default_factory=list)
    unanswered: list[Row] = field(default_factory=list)
    enough: threading.Event = field(default_factory=threading.Event)
    wanted: int = SAVES_BEFORE_THE_END

    def hear(self, row: Row) -> None:
        self.acknowledged.append(row)
        if len(self.acknowledged) >= self.wanted:
            self.enough.set()


@contextmanager
def serving(data_dir: Path, log: Path, bank: Path) -> Iterator[RunningSite]:
    settings = {"GUREUM_CONTENT_DIRS": str(bank)}
    site = RunningSite(data_dir, log, settings, command=SERVE)
    try:
        site.wait_until_it_answers()
        yield site
    finally:
        kill_everything(site)


def kill_everything(site: RunningSite) -> None:
    """SIGKILL to the server and its workers at once: nobody gets to tidy up."""
    try:
        os.killpg(site.process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    site.process.wait()


def manage(data_dir: Path, bank: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=site_environ(data_dir, GUREUM_CONTENT_DIRS=str(bank)),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def stored_rows(data_dir: Path, bank: Path) -> list[Row]:
    dumped = manage(data_dir, bank, "shell", "--no-imports", "-c", DUMP)
    assert dumped.returncode == 0, dumped.stderr
    line = next(line for line in dumped.stdout.splitlines() if line.startswith("rows:"))
    return [(attempt, position, text) for attempt, position, text in json.loads(line[5:])]


def write_until_the_end(learner: HttpLearner, told: Class) -> None:
    """Save texts that nobody else saves, one after the other, until nobody answers."""
    attempt = learner.attempt.strip("/").split("/")[-1]
    typed = [position for position in range(1, ITEMS + 1) if position % 3 == 1]  # short_text
    while True:
        position = typed[learner.count % len(typed)]
        text = f"{learner.name} {learner.count}"
        form = learner.compose(position, text)
        try:
            answer = learner.send(position, form)
        except (OSError, HTTPException):
            told.unanswered.append((attempt, position, text))
            return
        assert answer["status"] == "saved", answer
        told.hear((attempt, position, text))


def test_every_acknowledged_answer_is_there_after_the_server_was_killed(tmp_path: Path) -> None:
    data_dir, bank = tmp_path / "data", write_bank(tmp_path / "bank")
    told = Class()
    learners: list[HttpLearner] = []
    for round_number in range(KILLS):
        with serving(data_dir, tmp_path / f"{round_number}.log", bank) as site:
            if not learners:
                learners = [HttpLearner(site.port, f"learner-{n}") for n in range(LEARNERS)]
                for learner in learners:
                    learner.start(QUIZ, RUN)
            for learner in learners:
                learner.move_to(site.port)
            told.enough.clear()
            told.wanted = len(told.acknowledged) + SAVES_BEFORE_THE_END
            threads = [
                threading.Thread(target=write_until_the_end, args=(learner, told))
                for learner in learners
            ]
            for thread in threads:
                thread.start()
            assert told.enough.wait(timeout=120), site.output
            kill_everything(site)
            for thread in threads:
                thread.join(timeout=120)
            assert not any(thread.is_alive() for thread in threads)
        stored = stored_rows(data_dir, bank)
        assert set(told.acknowledged) <= set(stored)
        assert len(stored) == len(set(stored)), "an answer was kept twice"
        # Beyond what was acknowledged there is at most what was on its way.
        assert set(stored) <= set(told.acknowledged) | set(told.unanswered)
    with serving(data_dir, tmp_path / "last.log", bank) as site:
        for learner in learners:
            learner.move_to(site.port)
            assert learner.submit() == 302
            learner.close()
    checked = manage(data_dir, bank, "check_scores")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert f"응시 {LEARNERS}건" in checked.stdout
