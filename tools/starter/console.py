"""What the starter says to the person at the keyboard."""

import io
import os
import sys


class StartError(Exception):
    """The work cannot go on; the text is Korean and says what to do."""


def prepare() -> None:
    """Make Korean printable everywhere: a pipe under cp949 or ASCII must not end the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace", line_buffering=True)
    os.environ.setdefault("PYTHONUTF8", "1")  # for the programs started from here


def say(line: str) -> None:
    print(line, flush=True)
