"""Which engine computed a key: its name, and a version that changes whenever its code does."""

import hashlib
import sys
from functools import cache
from pathlib import Path

from apps.widgetkit.manifest import Widget

KERNEL = Path(__file__).resolve().parent.parent / "kernel"


def engine_version(widget: Widget) -> str:
    """Such as `packet-walk 3f2a9c01d5e7`: nobody has to remember to count a version up."""
    return f"{widget.slug} {_digest(widget.simulator.evaluate.__module__)}"


@cache
def _digest(module: str) -> str:
    """Of the folder in which the engine stands, and of the kernel it is built on."""
    own = Path(sys.modules[module].__file__ or "").resolve().parent
    digest = hashlib.sha256()
    for folder in (own, KERNEL):
        for path in sorted(folder.rglob("*.py")):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
