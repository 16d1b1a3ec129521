"""Compares a lesson page with the same bytes as a static file, times the widgets' engines, and
lets a class come in and take an exam.

Absolute figures say more about the machine than about the site, and one client in Python is
slower than the server: read the ratios. All cases take turns on one connection each, so that
whatever else the machine does meanwhile falls on all of them alike. The engines run without the
site; theirs are the best figures of several runs. The class's figures are absolute: see
`joining.py` and `quizzes.py`.
"""

import argparse
import http.client
import os
import platform
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import joining, packet_walk, quizzes, ri_matrix

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "benchmarks" / "latest.md"
STATIC_COPY = "benchmark/lesson.html"
ROUNDS = 5
START_SECONDS = 120


@dataclass
class Case:
    name: str
    path: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    size: int = 0

    @property
    def median(self) -> float:
        """Seconds a request, from sending it to having read the whole answer."""
        return statistics.median(self.seconds)


def main() -> int:
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="gureum-bench-") as folder:
        arrival = joining.Arrival() if arguments.only_exam else _arrival(Path(folder) / "joining")
        if arguments.only_joining:
            print(joining.report(arrival))
            return 1 if arrival.errors else 0
        bank = quizzes.write_bank(Path(folder) / "exam")
        with _site(Path(folder) / "class", GUREUM_CONTENT_DIRS=str(bank)) as port:
            load = quizzes.run(port)
        if arguments.only_exam:
            print(quizzes.report(load))
            return 1 if load.errors else 0
        data_dir = Path(folder) / "data"
        with _site(data_dir) as port:
            lesson = _longest_lesson(port)
            page = _fetch(port, lesson)
        # WhiteNoise looks for its files once, when the workers start.
        copy = data_dir / "static" / STATIC_COPY
        copy.parent.mkdir(parents=True)
        copy.write_bytes(page)
        with _site(data_dir) as port:
            cases = _cases(port, lesson)
            _measure(port, cases, arguments.requests)
    figures = [*packet_walk.run(), *ri_matrix.run()]
    report = _report(cases, lesson, arguments.requests) + _engines(figures)
    report += joining.report(arrival) + quizzes.report(load)
    print(report)
    if arguments.write:
        REPORT.write_text(report, encoding="utf-8")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="start.py bench", description=__doc__)
    parser.add_argument("--requests", type=int, default=400, help="a case and round (400)")
    parser.add_argument("--write", action="store_true", help="write benchmarks/latest.md")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--only-exam", action="store_true", help="only the class in an exam")
    only.add_argument("--only-joining", action="store_true", help="only the class that comes in")
    return parser.parse_args()


def _arrival(data_dir: Path) -> joining.Arrival:
    with _site(data_dir) as port:
        return joining.run(port, joining.prepare(_environ(data_dir)))


def _environ(data_dir: Path) -> dict[str, str]:
    kept = {name: it for name, it in os.environ.items() if not name.startswith("GUREUM_")}
    return {**kept, "GUREUM_DATA_DIR": str(data_dir)}


@contextmanager
def _site(data_dir: Path, **settings: str) -> Iterator[int]:
    """The production server on a free loopback port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environ = {**_environ(data_dir), "HOST": "127.0.0.1", "PORT": str(port), **settings}
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve"], cwd=ROOT, env=environ, stdout=subprocess.DEVNULL
    )
    try:
        _wait(server, port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _wait(server: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise SystemExit("The site did not start.")
        try:
            _fetch(port, "/healthz")
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("The site does not answer.")


def _fetch(port: int, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "identity"})
        return connection.getresponse().read()
    finally:
        connection.close()


def _longest_lesson(port: int) -> str:
    found = set(re.findall(rb'href="(/lessons/[a-z0-9-]+/)"', _fetch(port, "/")))
    if not found:
        raise SystemExit("The course map names no lesson.")
    pages: list[str] = sorted(path.decode() for path in found)
    return max(pages, key=lambda path: len(_fetch(port, path)))


def _cases(port: int, lesson: str) -> list[Case]:
    static = f"/static/{STATIC_COPY}"
    return [
        Case("static file (WhiteNoise)", static, 200),
        Case("lesson page", lesson, 200),
        Case("lesson page, brotli", lesson, 200, {"Accept-Encoding": "br"}),
        Case("static file, 304", static, 304, {"If-None-Match": _etag(port, static)}),
        Case("lesson page, 304", lesson, 304, {"If-None-Match": _etag(port, lesson)}),
        Case("course map", "/", 200),
        Case("health check", "/healthz", 200),
    ]


def _etag(port: int, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "identity"})
        response = connection.getresponse()
        response.read()
    finally:
        connection.close()
    return response.headers["ETag"]


def _measure(port: int, cases: list[Case], requests: int) -> None:
    connections = {case.name: http.client.HTTPConnection("127.0.0.1", port) for case in cases}
    for round_number in range(ROUNDS + 1):
        for case in cases:
            connection = connections[case.name]
            taken = [_once(connection, case) for _ in range(requests)]
            if round_number:  # the first round warms up
                case.seconds.extend(taken)
    for connection in connections.values():
        connection.close()


def _once(connection: http.client.HTTPConnection, case: Case) -> float:
    headers = {"Accept-Encoding": "identity", **case.headers}
    started = time.perf_counter()
    connection.request("GET", case.path, headers=headers)
    response = connection.getresponse()
    case.size = len(response.read())
    taken = time.perf_counter() - started
    if response.status != case.status:
        raise SystemExit(f"{case.name}: {response.status} instead of {case.status}")
    return taken


def _report(cases: list[Case], lesson: str, requests: int) -> str:
    basis = cases[0].median
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    lines = [
        "# Latest benchmark",
        "",
        f"{datetime.now(UTC).date()} · {machine} · `{lesson}` · one client, loopback,",
        f"{ROUNDS} rounds of {requests} requests a case. Read the ratios; see `__main__.py`.",
        "",
        "| case | bytes | median ms | ratio to the static file |",
        "|---|---:|---:|---:|",
    ]
    lines += [
        f"| {case.name} | {case.size} | {case.median * 1000:.2f} | {case.median / basis:.2f} |"
        for case in cases
    ]
    return "\n".join(lines) + "\n"


def _engines(figures: list[tuple[str, float]]) -> str:
    lines = ["", "| engine | best |", "|---|---:|"]
    lines += [f"| {label} | {figure:.1f} |" for label, figure in figures]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
