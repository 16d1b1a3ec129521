"""Upkeep: other apps say here what has to be tidied now and then, with nobody looking."""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chore:
    """Something that is safe to do at any time, twice, and on several servers at once.

    - `name`: a slug for the log; chores run in the order of their names
    - `label`: what is counted, in Korean, such as "마감한 응시"
    - `count(now)`: how many rows `run` would deal with; changes nothing
    - `run(now)`: does it in short transactions; how many rows that were
    """

    name: str
    label: str
    count: Callable[[dt.datetime], int]
    run: Callable[[dt.datetime], int]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a chore; `count` is None where it failed (the reason is in the log)."""

    chore: Chore
    count: int | None


_chores: dict[str, Chore] = {}


def register_chore(chore: Chore) -> None:
    """Called in `AppConfig.ready`; a second one of the same name replaces the first."""
    _chores[chore.name] = chore


def run_chores(now: dt.datetime, *, dry_run: bool) -> Iterator[Done]:
    """Each chore in turn; one that fails keeps none of the others from being done."""
    for name in sorted(_chores):
        chore = _chores[name]
        try:
            count = chore.count(now) if dry_run else chore.run(now)
        except Exception:
            logger.exception("the chore %s failed", name)
            yield Done(chore, None)
        else:
            yield Done(chore, count)
