"""`start.py check`: everything that can be judged without running the site."""

import os
import secrets
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tools.starter import environment
from tools.starter.console import say


@dataclass(frozen=True)
class Check:
    name: str
    command: Sequence[str]
    environ: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    check: Check
    passed: bool
    seconds: float
    output: str


def run_all(python: Path) -> int:
    """Run every check even when one fails; print a table and what failed; 0 when all passed."""
    with tempfile.TemporaryDirectory(prefix="gureum-check-") as folder:
        results = []
        for check in checks(python):
            result = _run(check, Path(folder))
            say(f"  {'통과' if result.passed else '실패'}  {check.name} ({result.seconds:.1f}초)")
            results.append(result)
    failed = [result for result in results if not result.passed]
    for result in failed:
        say(f"\n── 실패: {result.check.name}\n   {' '.join(result.check.command)}\n")
        say(result.output.strip() or "(출력 없음)")
    say("")
    passed = len(results) - len(failed)
    say(f"검사 {len(results)}개 가운데 {passed}개 통과, {len(failed)}개 실패")
    return 1 if failed else 0


def checks(python: Path) -> list[Check]:
    """What every change must pass, in the order from fast to slow."""
    manage = [str(python), "-W", "error", str(environment.ROOT / "manage.py")]
    module = [str(python), "-m"]
    return [
        Check("ruff check", [*module, "ruff", "check", "."]),
        Check("ruff format", [*module, "ruff", "format", "--check", "."]),
        Check("djade", [str(environment.script("djade")), "--check", *_templates()]),
        Check("import-linter", [str(environment.script("lint-imports")), "--no-cache"]),
        Check("makemigrations", [*manage, "makemigrations", "--check", "--dry-run"]),
        Check(
            "check --deploy",
            [*manage, "check", "--deploy", "--fail-level", "WARNING"],
            {"GUREUM_TLS": "1", "GUREUM_SECRET_KEY": secrets.token_urlsafe(64)},
        ),
        Check("load_content --check", [*manage, "load_content", "--check"]),
        Check("mypy", [*module, "mypy"]),
    ]


def _templates() -> list[str]:
    """Every Django template, relative to the project (djade takes files, not folders)."""
    found = (
        path.relative_to(environment.ROOT)
        for pattern in ("templates/**/*.html", "apps/**/templates/**/*.html")
        for path in environment.ROOT.glob(pattern)
    )
    return sorted(str(path) for path in found)


def _run(check: Check, data_dir: Path) -> Result:
    environ = environment.environ_without_databases()
    for name in [name for name in environ if name.startswith("GUREUM_")] + ["HOST", "PORT"]:
        environ.pop(name, None)  # the checks judge the project, not this person's settings
    environ.update(check.environ, GUREUM_DATA_DIR=os.fspath(data_dir))
    started = time.monotonic()
    try:
        done = subprocess.run(
            check.command,
            check=False,
            cwd=environment.ROOT,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        return Result(check, False, time.monotonic() - started, str(error))
    return Result(check, done.returncode == 0, time.monotonic() - started, done.stdout)
