"""A newcomer on a fresh machine: an empty folder, one command. Needs a package index."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.starter.running import ROOT, RunningSite

INSTALLING = "실행에 필요한 라이브러리를 설치합니다."


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="ends the site with SIGTERM")
def test_one_command_serves_the_site_from_an_empty_folder(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    _copy_project(clone)
    data_dir = tmp_path / "data"
    command = [_outer_python(), "start.py", "serve"]

    first = RunningSite(data_dir, tmp_path / "first.log", command=command, folder=clone)
    try:
        first.wait_until_it_answers(seconds=300)
        assert INSTALLING in first.output
        assert first.get("/").status == 200
        assert first.stop() == 0
    finally:
        first.process.kill()
        first.process.wait()

    with RunningSite(data_dir, tmp_path / "second.log", command=command, folder=clone) as second:
        assert INSTALLING not in second.output
        assert second.get("/").status == 200
        assert second.stop() == 0


def _copy_project(target: Path) -> None:
    """The files git knows or would add: what a clone of the next commit holds."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():  # deleted but not yet committed
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)


def _outer_python() -> str:
    """The interpreter this environment was built from."""
    return os.fspath(getattr(sys, "_base_executable", sys.executable))
