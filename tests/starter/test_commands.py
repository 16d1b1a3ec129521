"""`start.py check` judges everything and `start.py test` chooses what pytest runs."""

import sys
from pathlib import Path

import pytest

from tools.starter import browser, checks, cli, environment

PYTHON = Path(sys.executable)


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
    code = (
        "import os; assert not {'GUREUM_DEBUG', 'PORT'} & set(os.environ); "
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
        ([], ["-m", "not slow"]),
        (["--slow"], ["-m", "slow"]),
        (["tests/core", "-k", "page"], ["-m", "not slow", "tests/core", "-k", "page"]),
        (["-m", "e2e"], ["-m", "e2e"]),
    ],
)
def test_arguments_are_passed_on_to_pytest(
    monkeypatch: pytest.MonkeyPatch, given: list[str], expected: list[str]
) -> None:
    started: list[list[str]] = []

    def become(python: Path, arguments: list[str], **environ: str) -> int:
        assert environ == {"GUREUM_CHROMIUM": "/usr/bin/chromium"}
        started.append(arguments)
        return 0

    monkeypatch.setattr(environment, "ensure", lambda kind: PYTHON)
    monkeypatch.setattr(browser, "ensure", lambda python: "/usr/bin/chromium")
    monkeypatch.setattr(cli, "_become", become)
    assert cli.test(given) == 0
    assert started == [["-m", "pytest", *expected]]
