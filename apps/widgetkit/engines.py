"""Which engine computed a key: its name, and a version that changes whenever its code does."""

import sys
from functools import cache
from pathlib import Path

from apps.kernel.code import code_digest
from apps.widgetkit.manifest import Widget

KERNEL = Path(__file__).resolve().parent.parent / "kernel"


def engine_version(widget: Widget) -> str:
    """Such as `packet-walk 3f2a9c01d5e7`: nobody has to remember to count a version up.

    What the widget shows plays no part; what it asks does, for stems and keys are made there.
    """
    return f"{widget.slug} {_digest(widget.simulator.evaluate.__module__, widget.asks.__module__)}"


@cache
def _digest(engine: str, asks: str) -> str:
    """Of the folder in which the engine stands, of the questions, and of the kernel below."""
    return code_digest(_path(engine).parent, _path(asks), KERNEL)


def _path(module: str) -> Path:
    return Path(sys.modules[module].__file__ or "").resolve()
