"""`start.py check` judges everything and `start.py test` chooses what pytest runs."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tools.starter import browser, checks, cli, environment, postgres
from tools.starter.console import StartError

PYTHON = Path(sys.executable)
CHROMIUM = "/usr/bin/chromium"


def script(name: str, code: str) -> checks.Check:
    return checks.Check(name, [sys.executable, "-c", code])


def test_check_runs_everything_and_shows_only_what_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    planned = [
        script("first", "print('broken here'); raise SystemExit(3)"),
        script("second", "print('fine')"),
        checks.Check("third", ["/nonexistent/tool"]),
    ]
    monkeypatch.setattr(checks, "checks", lambda python: planned)
    assert checks.run_all(PYTHON) == 1
    out = capsys.readouterr().out
    assert "실패  first" in out
    assert "통과  second" in out
    assert "실패  third" in out
    assert "broken here" in out
    assert "fine" not in out
    assert "검사 3개 가운데 1개 통과, 2개 실패" in out


def test_check_passes_when_everything_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "checks", lambda python: [script("one", "pass")])
    assert checks.run_all(PYTHON) == 0


def test_check_judges_the_project_not_the_settings_of_the_person(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GUREUM_DEBUG", "1")
    monkeypatch.setenv("GUREUM_DATA_DIR", "/somewhere/real")
    monkeypatch.setenv("PORT", "1")
    monkeypatch.setenv("DATABASE_URL", "postgres://db.example/real")
    code = (
        "import os; assert not {'GUREUM_DEBUG', 'PORT', 'DATABASE_URL'} & set(os.environ); "
        "assert 'gureum-check-' in os.environ['GUREUM_DATA_DIR']"
    )
    monkeypatch.setattr(checks, "checks", lambda python: [script("environment", code)])
    assert checks.run_all(PYTHON) == 0


def test_check_covers_what_the_architecture_lists() -> None:
    commands = [" ".join(check.command) for check in checks.checks(PYTHON)]
    for part in (
        "ruff check",
        "ruff format --check",
        "mypy",
        "lint-imports",
        "djade",
        "makemigrations --check",
        "check --deploy --fail-level WARNING",
        "load_content --check",
    ):
        assert any(part in command for command in commands), part


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], [*cli.PARALLEL, "-m", "not slow"]),
        (["--slow"], [*cli.PARALLEL, "-m", "slow"]),
        (["tests/core", "-k", "page"], ["-m", "not slow", "tests/core", "-k", "page"]),
        (["-m", "e2e"], [*cli.PARALLEL, "-m", "e2e"]),
        (["--database", "sqlite", "-x"], ["-m", "not slow", "-x"]),
    ],
)
def test_arguments_are_passed_on_to_pytest(
    prepared: pytest.MonkeyPatch, given: list[str], expected: list[str]
) -> None:
    started: list[list[str]] = []

    def become(python: Path, arguments: list[str], environ: dict[str, str]) -> int:
        assert environ["GUREUM_CHROMIUM"] == CHROMIUM
        started.append(arguments)
        return 0

    prepared.setattr(cli, "_become", become)
    assert cli.test(given) == 0
    assert started == [["-m", "pytest", *expected]]


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The environment and the browser are there."""
    monkeypatch.setattr(environment, "ensure", lambda kind: PYTHON)
    monkeypatch.setattr(browser, "ensure", lambda python: CHROMIUM)
    return monkeypatch


@pytest.mark.parametrize("command", [cli.test, cli.bench])
def test_the_real_database_of_a_person_is_never_touched(
    prepared: pytest.MonkeyPatch, command: Callable[[list[str]], int]
) -> None:
    prepared.setenv("DATABASE_URL", "postgres://db.example/real")
    prepared.setenv("PGOPTIONS", "-c search_path=real")
    given: list[dict[str, str]] = []

    def become(python: Path, arguments: list[str], environ: dict[str, str]) -> int:
        given.append(environ)
        return 0

    prepared.setattr(cli, "_become", become)
    command([])
    assert not {"DATABASE_URL", "PGOPTIONS"} & set(given[0])


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["--database", "postgres"], [*cli.PARALLEL, "-m", "not slow"]),
        (["--slow", "--database=postgres"], [*cli.PARALLEL, "-m", "slow"]),
        (["tests/core", "--database", "postgres", "-x"], ["-m", "not slow", "tests/core", "-x"]),
    ],
)
def test_on_postgres_the_tests_get_the_address_of_a_server_of_their_own(
    prepared: pytest.MonkeyPatch, given: list[str], expected: list[str]
) -> None:
    events: list[str] = []

    @contextmanager
    def server() -> Iterator[str]:
        events.append("start")
        yield "postgres://own"
        events.append("stop")

    def run(command: list[str], environ: dict[str, str]) -> int:
        assert command == [str(PYTHON), "-m", "pytest", *expected]
        assert environ["DATABASE_URL"] == "postgres://own"
        assert environ["GUREUM_CHROMIUM"] == CHROMIUM
        events.append("test")
        return 5

    prepared.setattr(postgres, "server", server)
    prepared.setattr(cli, "run", run)
    assert cli.test(given) == 5
    assert events == ["start", "test", "stop"]


@pytest.mark.parametrize("given", [["--database"], ["--database="], ["--database", "mysql"]])
def test_an_unknown_database_is_refused(given: list[str]) -> None:
    with pytest.raises(StartError, match="sqlite나 postgres"):
        cli.test(given)
