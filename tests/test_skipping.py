"""On PostgreSQL a skipped test fails the run; what is about the other database is left out."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TESTS = """
import pytest

@pytest.mark.sqlite_only
def test_sqlite(): pass

@pytest.mark.postgres_only
def test_postgres(): pass

def test_both(): pass
"""
SKIPPED = """
def test_skipped(): pytest.skip("no server")
"""


def run(folder: Path, code: str, url: str) -> tuple[int, str]:
    """pytest with the project's hooks and nothing else of it; no test asks the database."""
    (folder / "test_it.py").write_text(code, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n sqlite_only\n postgres_only\n")
    plugins = ["-p", "tests.databases", "-p", "no:django", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-v", *plugins, "--rootdir", str(folder), str(folder)],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    ("url", "kept", "left_out"),
    [("", "sqlite", "postgres"), ("postgres://127.0.0.1:1/none", "postgres", "sqlite")],
)
def test_tests_of_the_other_database_are_left_out(
    tmp_path: Path, url: str, kept: str, left_out: str
) -> None:
    code, output = run(tmp_path, TESTS, url)
    assert code == 0, output
    assert set(re.findall(r"::test_(\w+) PASSED", output)) == {"both", kept}
    assert "1 deselected" in output
    assert f"test_{left_out}" not in output


@pytest.mark.parametrize(("url", "code"), [("", 0), ("postgres://127.0.0.1:1/none", 1)])
def test_a_skipped_test_fails_a_run_on_postgres_only(tmp_path: Path, url: str, code: int) -> None:
    ended, output = run(tmp_path, TESTS + SKIPPED, url)
    assert ended == code, output
    assert ("A skipped test fails a run" in output) is bool(url)
