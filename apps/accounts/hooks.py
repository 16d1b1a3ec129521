"""What other apps do when a learner's records are moved, exported or erased.

`accounts` lies below the apps that keep records, so they register here, in `AppConfig.ready`.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from apps.accounts.models import Learner, User


@dataclass(frozen=True, slots=True)
class Moving:
    """Two learners who are one person: everything of `source` becomes `target`'s."""

    source: Learner
    target: Learner
    now: dt.datetime


def _nothing_against(user: User) -> list[str]:
    return []


def _nothing_held(user: User) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Records:
    """What one app keeps about a learner. Each function runs inside one transaction of all apps.

    - `name`: the key in the export
    - `count(learner)`: how many records there are, with their Korean name; [] for none,
      e.g. [("퀴즈 응시", 3)]
    - `move(moving)`: nothing of `source` may be left behind; where both have the same thing, the
      better or earlier one stays and nothing counts twice
    - `export(learner)`: JSON-serializable, everything that is about this person
    - `erase(learner, now)`: takes away what identifies the person; figures that others need
      (an instructor's statistics) stay, nameless
    - `objections(user)`: why this account must not go yet, in whole Korean sentences that say what
      to do first; [] for nothing
    - `release(user)`: gives up what the account itself holds, before its row is deleted
    """

    name: str
    count: Callable[[Learner], list[tuple[str, int]]]
    move: Callable[[Moving], None]
    export: Callable[[Learner], Any]
    erase: Callable[[Learner, dt.datetime], None]
    objections: Callable[[User], list[str]] = _nothing_against
    release: Callable[[User], None] = _nothing_held


_registry: dict[str, Records] = {}


def register_records(records: Records) -> None:
    """Called once by each app; a second one of the same name replaces the first."""
    _registry[records.name] = records


def all_records() -> list[Records]:
    return [_registry[name] for name in sorted(_registry)]
