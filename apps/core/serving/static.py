"""Collects the static files only when one of their sources has changed."""

import hashlib
import os
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import Storage
from django.core.management import call_command

_STAMP_NAME = "static.stamp"
# Packages that decide what is written for the same source.
_COLLECTORS = ("django", "whitenoise", "brotli")


def collect_if_changed() -> bool:
    """Run `collectstatic` unless the last complete run saw the same sources; True when it ran.

    Files of earlier runs stay: their names carry a hash, and a page in somebody's browser may
    still ask for them.
    """
    stamp = Path(settings.GUREUM_DATA_DIR) / _STAMP_NAME
    wanted = fingerprint()
    if _read(stamp) == wanted and Path(settings.STATIC_ROOT).is_dir():
        return False
    stamp.unlink(missing_ok=True)  # an interrupted run must not look complete
    _drop_copies()
    call_command("collectstatic", interactive=False, verbosity=0)
    draft = stamp.with_suffix(".new")
    draft.write_text(wanted + "\n", encoding="ascii")
    os.replace(draft, stamp)
    return True


def fingerprint() -> str:
    """A SHA-256 over all static sources, the storage and the versions that process them.

    Contents, not times: a fresh checkout of the same files collects nothing.
    """
    total = hashlib.sha256()
    total.update(repr(settings.STORAGES["staticfiles"]).encode())
    for package in _COLLECTORS:
        total.update(f"{package}={version(package)}\n".encode())
    for path, storage in _sources():
        with storage.open(path) as source:
            digest = hashlib.sha256(source.read()).hexdigest()
        total.update(f"{path}\0{digest}\n".encode())
    return total.hexdigest()


def _drop_copies() -> None:
    # collectstatic skips a source that is not younger than its copy: after checking out another
    # version it would publish the old contents under a fresh hash.
    for path, _ in _sources():
        (Path(settings.STATIC_ROOT) / path).unlink(missing_ok=True)


def _sources() -> Iterator[tuple[str, Storage]]:
    for finder in get_finders():
        yield from finder.list([])


def _read(stamp: Path) -> str:
    try:
        return stamp.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
