"""Finds Chromium for the browser tests, or installs it where that needs no question."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.starter import apt
from tools.starter.console import StartError, say

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_WHERE = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print({what})"


def ensure(python: Path) -> str:
    """The path of a Chromium that starts; `python` is the environment with Playwright.

    In this order: `GUREUM_CHROMIUM`, PATH, Playwright's own, apt (as root or with sudo that asks
    nothing), a download by Playwright. Raises StartError naming what to install.
    """
    given = os.environ.get("GUREUM_CHROMIUM", "").strip()
    if given:
        if not _starts(given):
            raise StartError(
                f"GUREUM_CHROMIUM={given}: 실행되지 않습니다. Chromium의 경로를 확인해 주세요."
            )
        return given
    found = _on_path() or _of_playwright(python)
    if found:
        return found
    say("브라우저 테스트에 쓸 Chromium이 없어 설치합니다.")
    found = _from_apt() or _from_playwright(python)
    if found:
        return found
    raise StartError(
        "Chromium을 설치하지 못했습니다. 다음 가운데 하나를 한 뒤 다시 실행해 주세요.\n"
        "  Debian: sudo apt install chromium\n"
        f"  그 밖: {python} -m playwright install --with-deps chromium\n"
        "  이미 있다면: GUREUM_CHROMIUM=/실행/파일/경로"
    )


def _on_path() -> str | None:
    for name in _NAMES:
        path = shutil.which(name)
        if path and _starts(path):
            return path
    return None


def _starts(path: str) -> bool:
    """Ubuntu's `chromium-browser` is a signpost to a snap: only an answer counts."""
    if sys.platform in {"win32", "darwin"}:
        return Path(path).is_file()  # on Windows `--version` opens a window instead
    try:
        answer = subprocess.run(
            [path, "--no-sandbox", "--version"],
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and any(char.isdigit() for char in answer.stdout)


def _of_playwright(python: Path) -> str | None:
    code = _WHERE.format(what="p.chromium.executable_path")
    answer = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=False)
    path = answer.stdout.strip()
    return path if answer.returncode == 0 and Path(path).is_file() and _starts(path) else None


def _from_apt() -> str | None:
    return _on_path() if apt.install("chromium") else None


def _from_playwright(python: Path) -> str | None:
    command = [str(python), "-m", "playwright", "install"]
    if apt.root_prefix() == [] and shutil.which("apt-get"):
        command.append("--with-deps")
    say("  playwright install chromium")
    done = subprocess.run(
        [*command, "chromium"],
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode:
        say("\n".join(f"    {line}" for line in (done.stdout + done.stderr).splitlines()[-5:]))
    return _of_playwright(python)
