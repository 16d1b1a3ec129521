"""A class comes in: 200 learners within a minute, half of them by signing in, half by name alone.

Every one of them loads the pages that a browser loads: the sign-in page or the class's, then what
answers, then the class page. Aims: no error, 99 of 100 requests within 3 s. What takes time is the
password, which is meant to (argon2), and that every place in the class is written to the disk. The
learners are threads of one process on the same machine, so what they wait for includes themselves.

`python -m benchmarks.joining` puts the accounts and the class into the database of a site that
runs (same environment) and prints the class's code.
"""

import os
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPMessage
from pathlib import Path

from benchmarks.learner import HttpLearner

ROOT = Path(__file__).resolve().parent.parent
LEARNERS = 200
ARRIVING = 50.0  # seconds within which they begin; all are to be in after a minute
PASSWORD = "구름 위의 사다리 넷"
_PLACE = re.compile(r'name="place"[^>]*value="([0-9a-f-]{36})"')
STEPS = {
    "open a page": "pages",
    "sign in": "sign_ins",
    "join, with the account": "joins",
    "join, by name": "names",
}


@dataclass
class Arrival:
    """What the class met: seconds of each request, of the whole, and every failure in words."""

    pages: list[float] = field(default_factory=list)
    sign_ins: list[float] = field(default_factory=list)
    joins: list[float] = field(default_factory=list)
    names: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    inside: int = 0
    seconds: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count_in(self) -> None:
        with self._lock:
            self.inside += 1


def login_name(number: int) -> str:
    return f"bench-{number:03d}"


def prepare(environ: Mapping[str, str]) -> str:
    """The code of a new class; half of `LEARNERS` have accounts. `environ` is the site's."""
    made = subprocess.run(
        [sys.executable, "-m", "benchmarks.joining"],
        cwd=ROOT,
        env=dict(environ),
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return made.stdout.strip()


def run(port: int, code: str, *, learners: int = LEARNERS, arriving: float = ARRIVING) -> Arrival:
    """All learners, each in a thread and a browser of their own; every second has an account."""
    arrival = Arrival()
    started = time.perf_counter()
    with ThreadPoolExecutor(learners) as pool:
        for number in range(learners):
            pool.submit(_arrive, port, number, code, arriving, arrival)
    arrival.seconds = time.perf_counter() - started
    return arrival


def _arrive(port: int, number: int, code: str, arriving: float, arrival: Arrival) -> None:
    time.sleep(random.Random(number).uniform(0, arriving))
    learner = HttpLearner(port, f"joining-{number}")
    try:
        room = (_with_account if number % 2 == 0 else _by_name)(learner, number, code, arrival)
        _expect(learner, "GET", room, 200, arrival.pages)
    except (OSError, HTTPException, AssertionError) as error:
        arrival.errors.append(f"{type(error).__name__}: {error}")
    else:
        arrival.count_in()
    finally:
        learner.close()


def _with_account(learner: HttpLearner, number: int, code: str, arrival: Arrival) -> str:
    """Signs in on the way to the class and joins; the address of the class's page."""
    door = f"/join/{code}/"
    _expect(learner, "GET", f"/login/?next={door}", 200, arrival.pages)
    form = {"username": login_name(number), "password": PASSWORD, "next": door}
    headers, _ = _expect(learner, "POST", "/login/", 302, arrival.sign_ins, form)
    if headers["Location"] != door:
        raise AssertionError(f"sign in: led to {headers['Location']}")
    headers, _ = _join(learner, door, f"학습자 {number}", 302, arrival.joins, arrival)
    return str(headers["Location"])


def _by_name(learner: HttpLearner, number: int, code: str, arrival: Arrival) -> str:
    """Joins with a name; the answer shows the personal code and leads to the class's page."""
    door = f"/join/{code}/"
    _, page = _join(learner, door, f"손님 {number}", 200, arrival.names, arrival)
    room = re.search(r'href="(/classrooms/[0-9a-f-]{36}/)"', page)
    if room is None:
        raise AssertionError("join: the answer does not lead to the class")
    return room[1]


def _join(
    learner: HttpLearner, door: str, name: str, status: int, seconds: list[float], arrival: Arrival
) -> tuple[HTTPMessage, str]:
    _, page = _expect(learner, "GET", door, 200, arrival.pages)
    place = _PLACE.search(page)
    form = {"name": name, "student_number": "", "place": place[1] if place else ""}
    return _expect(learner, "POST", door, status, seconds, form)


def _expect(
    learner: HttpLearner,
    method: str,
    path: str,
    status: int,
    seconds: list[float],
    form: dict[str, str] | None = None,
) -> tuple[HTTPMessage, str]:
    """One request that is timed; raises AssertionError for any other status."""
    started = time.perf_counter()
    got, headers, body = learner.request(method, path, form)
    if got != status:
        raise AssertionError(f"{method} {path.partition('?')[0]}: {got} instead of {status}")
    seconds.append(time.perf_counter() - started)
    return headers, body.decode()


def report(arrival: Arrival) -> str:
    """The table for the page of all benchmarks."""
    lines = [
        "",
        f"{LEARNERS} learners come into a class within {ARRIVING:.0f} s, half with accounts and "
        "half by name alone;",
        f"after {arrival.seconds:.0f} s {arrival.inside} are in. Errors: {len(arrival.errors)}.",
        "",
        "| a class comes in | requests | median ms | p99 ms | longest ms |",
        "|---|---:|---:|---:|---:|",
    ]
    lines += [_row(name, getattr(arrival, kind)) for name, kind in STEPS.items()]
    lines += [f"- {text}" for text in sorted(set(arrival.errors))[:5]]
    return "\n".join(lines) + "\n"


def _row(name: str, seconds: list[float]) -> str:
    if len(seconds) < 2:
        return f"| {name} | {len(seconds)} | – | – | – |"
    median = statistics.median(seconds)
    p99 = statistics.quantiles(seconds, n=100)[98]
    figures = (f"{1000 * each:.0f}" for each in (median, p99, max(seconds)))
    return f"| {name} | {len(seconds)} | {' | '.join(figures)} |"


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    from django.utils import timezone

    from apps.accounts.models import Role
    from apps.accounts.services.signup import create_account
    from apps.classrooms.services.rooms import open_classroom

    now = timezone.now()
    for number in range(0, LEARNERS, 2):
        create_account(
            username=login_name(number),
            password=PASSWORD,
            display_name=f"학습자 {number}",
            role=Role.LEARNER,
            now=now,
        )
    teacher = create_account(
        username="bench-teacher", password=PASSWORD, role=Role.INSTRUCTOR, now=now
    )
    room = open_classroom(name="부하 시험 반", instructor=teacher, now=now, guests_allowed=True)
    print(room.join_code)


if __name__ == "__main__":
    main()
