"""Typed access to a JSON document that nobody has checked: every mistake is noted, none raised.

Nothing here recurses into the document or iterates over more of it than a valid scenario may hold,
so nonsense costs no more than sense.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from .shown import shown

_MAX_UNKNOWN_KEYS = 16
_MAX_KEY_IN_PATH = 64


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where (`nacls.acl-public.inbound[0]`), and what to do about it (Korean)."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Invalid:
    """What is wrong with a document, in reading order; never empty."""

    problems: tuple[Problem, ...]


class Findings:
    """Collects problems in reading order; the same one at the same place is kept once.

    Advice is kept apart: what may stay as it is, but would be better otherwise. Who reads strictly
    takes it for problems.
    """

    __slots__ = ("_advice", "_found")

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}
        self._advice: dict[Problem, None] = {}

    def add(self, path: str, message: str) -> None:
        self._found[Problem(path, message)] = None

    def advise(self, path: str, message: str) -> None:
        self._advice[Problem(path, message)] = None

    def __bool__(self) -> bool:
        """Whether there are problems; advice is none."""
        return bool(self._found)

    def advice(self) -> tuple[Problem, ...]:
        return tuple(self._advice)

    def problems(self) -> tuple[Problem, ...]:
        return tuple(self._found)


def join(path: str, key: object) -> str:
    """The path of a member; what is no short string is shown, not quoted whole."""
    name = key if isinstance(key, str) and len(key) <= _MAX_KEY_IN_PATH else shown(key)
    if not name.isprintable():
        name = shown(name)
    return f"{path}.{name}" if path else name


def read_object(
    value: object,
    path: str,
    findings: Findings,
    *,
    required: Collection[str],
    optional: Collection[str] = (),
) -> Mapping[str, object] | None:
    """A JSON object with these keys and no others; None where it is no object at all."""
    if not isinstance(value, dict):
        findings.add(path, f"객체여야 합니다. 적힌 값: {shown(value)}")
        return None
    for key in required:
        if key not in value:
            findings.add(join(path, key), "반드시 있어야 하는 항목입니다.")
    if not value.keys() <= {*required, *optional}:
        unknown = (key for key in value if key not in required and key not in optional)
        known = ", ".join([*required, *optional])
        for key in islice(unknown, _MAX_UNKNOWN_KEYS):
            findings.add(join(path, key), f"알 수 없는 항목입니다. 쓸 수 있는 항목: {known}")
    return value


def read_list(
    value: object, path: str, findings: Findings, *, most: int
) -> Iterator[tuple[str, object]]:
    """The paths and members of an array; no more than `most` are looked at."""
    if not isinstance(value, list):
        findings.add(path, f"배열이어야 합니다. 적힌 값: {shown(value)}")
        return
    if len(value) > most:
        findings.add(path, f"{most}개까지 둘 수 있습니다. 적힌 수: {len(value)}개")
    for index, member in enumerate(islice(value, most)):
        yield f"{path}[{index}]", member


def read_text(value: object, path: str, findings: Findings) -> str | None:
    """A string."""
    if isinstance(value, str):
        return value
    findings.add(path, f"문자열이어야 합니다. 적힌 값: {shown(value)}")
    return None


def read_number(
    value: object, path: str, findings: Findings, *, most: int, what: str
) -> int | None:
    """An integer from 0 to `most`. Python's True is no number here, nor is 80.0."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most:
        return value
    findings.add(path, f"{what}: 0~{most}의 정수여야 합니다. 적힌 값: {shown(value)}")
    return None


def read_choice(
    value: object, path: str, findings: Findings, *, choices: Collection[str]
) -> str | None:
    """One of a few words."""
    if isinstance(value, str) and value in choices:
        return value
    findings.add(path, f"{', '.join(choices)} 가운데 하나여야 합니다. 적힌 값: {shown(value)}")
    return None
