"""A class takes an exam: 200 learners save every few seconds, then all submit at once.

Every save is answered when it is on the disk. Aims: no error, 99 of 100 saves within 250 ms. The
learners are threads of one process on the same machine, so what they wait for includes themselves.
"""

import random
import statistics
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

from benchmarks.learner import HttpLearner

QUIZ, RUN = "load-exam", "exam"
LEARNERS = 200
SECONDS = 30.0
ARRIVING = 15.0  # seconds within which they start
PAUSE = (2.0, 5.0)  # between two saves of one learner
ITEMS = 20

_QUIZ = f"""
[[quiz]]
id = "7d2c9d5e-3f3c-4b8e-9d5a-0c3b5f1e2a01"
slug = "{QUIZ}"
title = "부하 시험"
summary = "한 반이 한꺼번에 시험을 봅니다."
topic = "load"
minutes = 10
[[quiz.run]]
slug = "{RUN}"
title = "시험"
feedback = "after_submit"
minutes = 60
[[quiz.section]]
"""
_QUESTION = """
[[question]]
id = "7d2c9d5e-3f3c-4b8e-9d5a-0c3b5f1e2b{number:02d}"
slug = "load-{number}"
pool = "exam"
topic = "load"
level = "이해"
difficulty = 2
stem = "{number}번 문제입니다."
explanation = "해설입니다."
"""
_KINDS = (
    'kind = "short_text"\naccepted = ["보안 그룹"]\n',
    'kind = "numeric"\nanswer = "7"\n',
    'kind = "scenario"\nwidget = "packet-walk"\npreset = "notes"\nask = "disposition"\n',
)
_ANSWERS = (
    ("보안 그룹", "네트워크 ACL", "라우팅 테이블"),
    ("7", "8", "9"),
    ("delivered", "request_denied", "response_denied"),
)


def write_bank(folder: Path) -> Path:
    """A content folder with one exam of `ITEMS` questions, a scenario among three."""
    (folder / "quizzes").mkdir(parents=True)
    draws = [f'[[quiz.section.draw]]\nquestion = "load-{n}"\n' for n in range(ITEMS)]
    questions = [_QUESTION.format(number=n) + _KINDS[n % len(_KINDS)] for n in range(ITEMS)]
    text = _QUIZ + "".join(draws) + "".join(questions)
    (folder / "quizzes" / "load.toml").write_text(text, encoding="utf-8")
    return folder


@dataclass
class Load:
    """What the class met: seconds of each request, and every failure in words."""

    starts: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    submits: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def run(port: int, *, learners: int = LEARNERS, seconds: float = SECONDS) -> Load:
    """All learners at once, each in a thread of their own."""
    load = Load()
    gates = threading.Barrier(learners), threading.Barrier(learners)
    with ThreadPoolExecutor(learners) as pool:
        begun = [HttpLearner(port, f"learner-{number}") for number in range(learners)]
        for number, learner in enumerate(begun):
            pool.submit(_take, learner, number, seconds, gates, load)
    return load


def _take(
    learner: HttpLearner,
    number: int,
    seconds: float,
    gates: tuple[threading.Barrier, threading.Barrier],
    load: Load,
) -> None:
    rng = random.Random(number)
    time.sleep(rng.uniform(0, ARRIVING))
    _guarded(lambda: learner.start(QUIZ, RUN), load, load.starts)
    gates[0].wait()
    until = time.monotonic() + seconds
    time.sleep(rng.uniform(0, PAUSE[1]))  # nobody answers in step with the others
    while time.monotonic() < until:
        index = rng.randrange(ITEMS)
        answer = rng.choice(_ANSWERS[index % len(_ANSWERS)])
        form = learner.compose(index + 1, answer)
        _guarded(lambda at=index + 1, form=form: _save(learner, at, form), load, load.saves)  # type: ignore[misc]
        time.sleep(rng.uniform(*PAUSE))
    gates[1].wait()
    _guarded(lambda: _submit(learner), load, load.submits)
    learner.close()


def _guarded(action: Callable[[], None], load: Load, seconds: list[float]) -> None:
    started = time.perf_counter()
    try:
        action()
    except (OSError, HTTPException, AssertionError, ValueError) as error:
        load.errors.append(f"{type(error).__name__}: {error}")
    else:
        seconds.append(time.perf_counter() - started)


def _save(learner: HttpLearner, position: int, form: dict[str, str]) -> None:
    told = learner.send(position, form)
    if told["status"] != "saved":
        raise AssertionError(f"save: {told['status']}")


def _submit(learner: HttpLearner) -> None:
    status = learner.submit()
    if status != 302:
        raise AssertionError(f"submit: {status}")


def report(load: Load) -> str:
    """The table for the page of all benchmarks."""
    lines = [
        "",
        f"{LEARNERS} learners take an exam of {ITEMS} items for {SECONDS:.0f} s, a save every "
        f"{PAUSE[0]:.0f}–{PAUSE[1]:.0f} s each,",
        f"then all submit at once. Errors: {len(load.errors)}.",
        "",
        "| class in an exam | requests | median ms | p99 ms | longest ms |",
        "|---|---:|---:|---:|---:|",
        _row(f"start, within {ARRIVING:.0f} s", load.starts),
        _row("save an answer", load.saves),
        _row("submit, all at once", load.submits),
    ]
    lines += [f"- {text}" for text in sorted(set(load.errors))[:5]]
    return "\n".join(lines) + "\n"


def _row(name: str, seconds: list[float]) -> str:
    if len(seconds) < 2:
        return f"| {name} | {len(seconds)} | – | – | – |"
    median = statistics.median(seconds)
    p99 = statistics.quantiles(seconds, n=100)[98]
    figures = (f"{1000 * each:.0f}" for each in (median, p99, max(seconds)))
    return f"| {name} | {len(seconds)} | {' | '.join(figures)} |"
