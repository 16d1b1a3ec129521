"""A class's lines of results: sums, which of them are looked at, and in which order."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from urllib.parse import urlencode

from apps.classrooms.domain.standing import Standing, State

_DIGITS = re.compile(r"(\d+)")
_SEARCH_MAX = 60
COLUMNS = ("number", "name", "total", "percent")
"""What can be sorted by besides assignments."""


@dataclass(frozen=True, slots=True)
class Total:
    """Points and what could be had, over what counts; the maximum is above zero."""

    score: Decimal
    max_score: Decimal

    @property
    def percent(self) -> Decimal:
        return self.score * 100 / self.max_score


@dataclass(frozen=True, slots=True)
class Line:
    """One learner: `standings` by the key of the assignment."""

    pk: int
    number: str
    name: str
    standings: Mapping[str, Standing]
    total: Total | None = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", total_of(self.standings.values()))


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants to see the class; without any wish all of it, by number."""

    sort: str = "number"  # one of COLUMNS, or the key of an assignment
    is_descending: bool = False
    state: State | None = None
    of: str = ""  # an assignment; the state is then looked for there alone
    search: str = ""

    def query(self) -> str:
        """As a query string with its `?`; "" for no wish at all."""
        sort = f"-{self.sort}" if self.is_descending else self.sort
        fields = {
            "sort": "" if sort == "number" else sort,
            "state": self.state or "",
            "of": self.of,
            "q": self.search,
        }
        filled = {name: value for name, value in fields.items() if value}
        return f"?{urlencode(filled)}" if filled else ""

    def sorted_by(self, key: str) -> "Wish":
        """By another column; by the same one the other way round."""
        return replace(self, sort=key, is_descending=key == self.sort and not self.is_descending)

    @property
    def is_filtered(self) -> bool:
        return bool(self.state or self.search)


def wish_of(fields: Mapping[str, str], assignments: Sequence[str]) -> Wish:
    """From a query string; what makes no sense is left out, as in an old bookmark."""
    sort = fields.get("sort", "")
    key = sort.removeprefix("-")
    state, of = fields.get("state", ""), fields.get("of", "")
    known = key in COLUMNS or key in assignments
    return Wish(
        sort=key if known else "number",
        is_descending=known and sort.startswith("-"),
        state=State(state) if state in {each.value for each in State} else None,
        of=of if of in assignments else "",
        search=_clean(fields.get("q", "")),
    )


def total_of(standings: Iterable[Standing]) -> Total | None:
    """The sum over what counts (`Standing.for_total`); None where nothing counts yet."""
    counted = [each for each in (one.for_total for one in standings) if each is not None]
    most = sum((each for _, each in counted), Decimal(0))
    if most <= 0:
        return None
    return Total(sum((score for score, _ in counted), Decimal(0)), most)


def arranged(lines: Iterable[Line], wish: Wish) -> list[Line]:
    """Those that are wished for, in order. Who has no value stands last, whichever way it goes."""
    ordered = sorted((line for line in lines if _is_wished(line, wish)), key=_by_number)
    having = [line for line in ordered if _value(line, wish.sort) is not None]
    lacking = [line for line in ordered if _value(line, wish.sort) is None]
    # Python keeps the order of equals also in reverse: they stay sorted by number.
    having.sort(key=lambda line: _value(line, wish.sort) or (), reverse=wish.is_descending)
    return having + lacking


def _is_wished(line: Line, wish: Wish) -> bool:
    if wish.state is not None:
        looked_at = [line.standings.get(wish.of)] if wish.of else line.standings.values()
        if not any(each is not None and each.state is wish.state for each in looked_at):
            return False
    return folded(wish.search) in folded(f"{line.number} {line.name}")


def folded(text: str) -> str:
    """For comparing: composed Hangul, no case, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).replace("\0", "").split())[:_SEARCH_MAX]


Key = tuple[object, ...]


def _by_number(line: Line) -> Key:
    """By number as people count, those without one last; then by name."""
    return (not line.number, _counted(line.number), folded(line.name), line.pk)


def _value(line: Line, sort: str) -> Key | None:
    match sort:
        case "number":
            return (_counted(line.number),) if line.number else None
        case "name":
            return (folded(line.name),)
        case "total":
            return None if line.total is None else (line.total.score,)
        case "percent":
            return None if line.total is None else (line.total.percent,)
    standing = line.standings.get(sort)
    if standing is None:
        return None
    if standing.is_reading:
        return (list(State).index(standing.state),)
    return None if standing.score is None else (standing.score,)


def _counted(text: str) -> Key:
    """`2` before `10`: digits are compared as numbers, all else as text."""
    parts = _DIGITS.split(folded(text))
    return tuple((0, int(each), "") if each.isdecimal() else (1, 0, each) for each in parts if each)
