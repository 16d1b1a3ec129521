"""What a scenario's document has besides `apps.kernel.documents`: members with names."""

from collections.abc import Iterator, Mapping
from itertools import islice

from apps.kernel.documents import Findings, join
from apps.kernel.shown import shown

from .notation import NAME


def called(name: str) -> str:
    """A member's name for a Korean message; what is no name is shown short, not quoted whole."""
    return name if NAME.fullmatch(name) else shown(name)


def declared(root: Mapping[str, object], section: str) -> Mapping[str, object]:
    """All that a section of the document declares, faulty members too.

    A reference to a faulty member is no second mistake: that one is reported where it stands.
    """
    members = root.get(section)
    return members if isinstance(members, dict) else {}


def read_named(
    value: object, path: str, findings: Findings, *, most: int
) -> Iterator[tuple[str, object]]:
    """The members of an object whose keys are names; no more than `most` are looked at."""
    if not isinstance(value, dict):
        findings.add(path, f"객체여야 합니다. 적힌 값: {shown(value)}")
        return
    if len(value) > most:
        findings.add(path, f"{most}개까지 둘 수 있습니다. 적힌 수: {len(value)}개")
    for key, member in islice(value.items(), most):
        if not (isinstance(key, str) and NAME.fullmatch(key)):
            findings.add(join(path, key), "이름은 한글, 영문자, 숫자, -, _로 1~64자까지 적습니다.")
        yield str(key) if isinstance(key, str) else shown(key), member
