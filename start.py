#!/usr/bin/env python3
"""The one program a newcomer runs: `python3 start.py serve`. See docs/running.md.

This file must parse on Python 3.6, so that an old interpreter gets a sentence instead of a syntax
error: it only finds a new enough Python. The work is done in `tools/starter`, in current Python.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import List, Optional, Tuple

NEEDED = (3, 11)
CANDIDATES = (
    ["python3.14"],
    ["python3.13"],
    ["python3.12"],
    ["python3.11"],
    ["py", "-3"],
    ["python3"],
)
ROOT = Path(__file__).resolve().parent


def too_old_message(version: Tuple[int, ...]) -> str:
    """One line: what is missing and how to get it (Korean, with the English for ASCII screens)."""
    return (
        "Python {needed} 이상이 필요합니다. 지금 Python은 {found}입니다. "
        "설치: Windows·macOS는 python.org/downloads, Debian·Ubuntu는 "
        "sudo apt install python3 python3-venv"
    ).format(needed=_dotted(NEEDED), found=_dotted(version[:3]))


def newer_python() -> Optional[List[str]]:
    """The command of a new enough Python on PATH, or None."""
    for command in CANDIDATES:
        found = shutil.which(command[0])
        if found and _is_new_enough([found, *command[1:]]):
            return [found, *command[1:]]
    return None


def main() -> int:
    if sys.version_info >= NEEDED:
        sys.path.insert(0, str(ROOT))
        from tools.starter.cli import main as run

        return run(sys.argv[1:])
    other = newer_python()
    if other is None:
        _complain(too_old_message(tuple(sys.version_info[:3])))
        return 1
    arguments = [*other, str(ROOT / "start.py"), *sys.argv[1:]]
    if os.name == "posix":
        os.execv(other[0], arguments)
    return subprocess.call(arguments)


def _is_new_enough(command: List[str]) -> bool:
    # PATH may hold shims and shop links that exist but start nothing: only an answer counts.
    probe = "import sys; sys.exit(0 if sys.version_info >= (%d, %d) else 1)" % NEEDED
    try:
        code = subprocess.call(
            [*command, "-c", probe],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return False
    return code == 0


def _dotted(version: Tuple[int, ...]) -> str:
    return ".".join(str(part) for part in version)


def _complain(message: str) -> None:
    try:
        message.encode(sys.stderr.encoding or "ascii")
    except UnicodeEncodeError:  # an old Python under an ASCII locale
        message = "Python %s or newer is needed: python.org/downloads" % _dotted(NEEDED)
    sys.stderr.write(message + "\n")


if __name__ == "__main__":
    sys.exit(main())
