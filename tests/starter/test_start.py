"""`start.py` itself: it must say one clear sentence on any Python that people still have."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import start
from tools.starter.cli import COMMANDS, USAGE

SOURCE = Path(start.__file__)


def test_start_parses_on_python_3_6() -> None:
    tree = ast.parse(SOURCE.read_text("utf-8"), feature_version=(3, 6))
    modern = {"annotations"}  # unknown to 3.6, where it would be a syntax error
    futures = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert not [
        name
        for node in futures
        if node.module == "__future__"
        for name in node.names
        if name.name in modern
    ]


def test_start_imports_the_modern_part_only_after_the_version_check() -> None:
    tree = ast.parse(SOURCE.read_text("utf-8"))
    top = {
        name
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module]
        )
    }
    assert top == {"os", "shutil", "subprocess", "sys", "pathlib", "typing"}


def test_too_old_python_is_told_what_is_missing_and_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "NEEDED", (99, 1))
    monkeypatch.setattr(start, "newer_python", lambda: None)
    assert start.main() == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "Python 99.1 이상이 필요합니다." in line
    assert f"{sys.version_info.major}.{sys.version_info.minor}" in line
    assert "python.org/downloads" in line


@pytest.mark.skipif(os.name != "posix", reason="elsewhere it waits for a child process")
def test_too_old_python_hands_over_to_a_newer_one_on_the_path(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[list[str]] = []

    def become(path: str, command: list[str]) -> None:
        started.append(command)
        raise SystemExit(7)

    monkeypatch.setattr(start, "NEEDED", (99, 1))
    monkeypatch.setattr(start, "newer_python", lambda: ["py", "-3"])
    monkeypatch.setattr(sys, "argv", ["start.py", "serve"])
    monkeypatch.setattr(os, "execv", become)
    with pytest.raises(SystemExit, match="7"):
        start.main()
    assert started == [["py", "-3", str(SOURCE), "serve"]]


def test_an_interpreter_that_exists_but_does_not_start_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shim = tmp_path / "python3.14"
    shim.write_text("#!/bin/sh\nexit 127\n", encoding="ascii")
    shim.chmod(0o755)
    paths = {"python3.14": str(shim), "python3.11": sys.executable}
    monkeypatch.setattr(shutil, "which", paths.get)
    assert start.newer_python() == [sys.executable]


def test_no_command_prints_the_usage_and_every_command_is_in_it() -> None:
    ended = subprocess.run(
        [sys.executable, str(SOURCE)], capture_output=True, encoding="utf-8", check=False
    )
    assert ended.returncode == 2
    assert USAGE in ended.stdout
    assert all(f"\n  {name} " in USAGE for name in COMMANDS)


def test_unknown_command_and_stray_arguments_are_refused() -> None:
    for arguments in (["sevre"], ["serve", "now"]):
        ended = subprocess.run(
            [sys.executable, str(SOURCE), *arguments], capture_output=True, check=False
        )
        assert ended.returncode in {1, 2}, arguments
