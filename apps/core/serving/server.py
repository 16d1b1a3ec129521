"""Runs granian inside this process, with the workers as its children.

In-process rather than `exec` of granian's command line: Django is loaded once and inherited by the
workers, Windows needs no second program, and the exit code is ours to keep (granian reports
failure when Ctrl+C reaches its workers before its own signal does).
"""

import logging
import multiprocessing
import os
import sys
from importlib import import_module

from django.conf import settings
from django.db import connections
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from apps.core.serving.upkeep import Upkeep

_MOST_WORKERS = 4
_BACKLOG = 1024
# They take turns on one interpreter lock and make nothing quicker, but a thread that waits for the
# rest of a body (a phone that left the network, an attacker) must not hold up everybody else.
_THREADS = 16
# Within the five seconds that SIGTERM is promised to take, with room for the database to close.
_WORKER_GRACE_SECONDS = 3


def worker_count() -> int:
    """One worker a usable core, at most four; one on Windows, where granian supports no more."""
    if sys.platform == "win32":
        return 1
    if hasattr(os, "sched_getaffinity"):  # containers and taskset; not on macOS
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    return max(1, min(cores, _MOST_WORKERS))


def run(host: str, port: int) -> int:
    """Serve until SIGTERM or SIGINT; returns the exit code (0 when it was asked to stop)."""
    module, _, name = settings.WSGI_APPLICATION.rpartition(".")
    server = Server(
        f"{module}:{name}",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=worker_count(),
        blocking_threads=_THREADS,
        http=HTTPModes.http1,
        websockets=False,
        backlog=_BACKLOG,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=_WORKER_GRACE_SECONDS,
    )
    if multiprocessing.get_start_method() == "fork":
        import_module(module)  # loaded once here instead of once in each worker
    connections.close_all()  # neither database lets a forked child share a connection

    def asked_to_stop(record: logging.LogRecord) -> bool:
        # Ctrl+C reaches the workers too; that they end then is no error worth a line.
        return not server.interrupt_signal

    logging.getLogger("_granian").addFilter(asked_to_stop)
    upkeep = Upkeep()
    upkeep.start()
    try:
        server.serve()
    except SystemExit as ending:
        if server.interrupt_signal:
            return 0
        return ending.code if isinstance(ending.code, int) else 1
    finally:
        upkeep.stop()
    return 0
