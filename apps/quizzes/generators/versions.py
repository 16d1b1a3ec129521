"""S3 versioning: what a GET returns and what is kept after several requests on one key."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from apps.widgetkit.asks import Ask, Choice, Parameter, Variant

from .making import Json, Sum, generator, sum_generator, table

_NONE = "none"
_PUTS = 3
_NAMES = ("초안", "수정본", "교정본", "확정본", "인쇄본")


@dataclass(frozen=True, slots=True)
class Put:
    """PUT of a whole object: what it is called here, and its size."""

    name: str
    size: int


Request = Put | None  # None: DELETE without a version ID


def kept(requests: Sequence[Request], *, versioned: bool) -> tuple[Put, ...]:
    """The contents that are stored in the end, oldest first.

    [s3_ver] 2023-06-15: with versioning an overwrite creates a version, a full copy, and DELETE
    adds a delete marker. [s3_cons] 2023-06-15: without, PUT replaces the whole object.
    """
    puts = tuple(each for each in requests if each is not None)
    if versioned:
        return puts
    return puts[-1:] if requests and requests[-1] is not None else ()


def got(requests: Sequence[Request], *, versioned: bool, version: Put | None = None) -> Put | None:
    """What GET returns at once, of the version named or of none; None: there is no object.

    [s3_cons] 2023-06-15: strongly consistent after PUT and DELETE. [s3_ver] 2023-06-15.
    """
    if version is not None:
        return version if version in kept(requests, versioned=versioned) else None
    return requests[-1] if requests else None


def _draw_requests(rng: Random, *, deleted_last: bool) -> list[Request]:
    """Three PUTs with a DELETE or two after some of them."""
    names = rng.sample(_NAMES, _PUTS)
    puts = [Put(name, rng.randint(2, 9)) for name in names]
    after = {rng.randrange(_PUTS - 1)} if rng.random() < 0.6 or not deleted_last else set()
    if deleted_last:
        after.add(_PUTS - 1)
    requests: list[Request] = []
    for n, put in enumerate(puts):
        requests += [put, None] if n in after else [put]
    return requests


def _shown(requests: Sequence[Request], *, sizes: bool) -> str:
    rows = []
    for n, each in enumerate(requests):
        row = [str(n + 1), *(("DELETE", "-") if each is None else ("PUT", each.name))]
        rows.append([*row, "-" if each is None else f"{each.size} MB"] if sizes else row)
    return table(["순서", "요청", "내용", "크기"] if sizes else ["순서", "요청", "내용"], rows)


def _setting(versioned: bool) -> str:
    return f"버전 관리를 {'켠' if versioned else '켠 적이 없는'} 범용 버킷"


def _scenario(requests: Sequence[Request], *, versioned: bool, version: str = "") -> Json:
    told = [None if each is None else {"name": each.name, "size": each.size} for each in requests]
    return {"versioned": versioned, "requests": told, "version": version}


# What GET returns -------------------------------------------------------------------------------


_ASKED = Parameter(
    "version",
    "GET 요청",
    (
        ("any", "둘을 섞어서"),
        ("current", "버전 ID를 지정하지 않은 요청"),
        ("named", "이전 버전의 ID를 지정한 요청"),
    ),
    "any",
)


def _make_get(name: str, rng: Random, version: str = "any") -> Variant:
    if version == "any":
        named = rng.random() < 0.4
        return _get_variant(name, rng, named=named, deleted=0.7 if named else 0.45)
    # Nothing but requests without a version ID: "no object" would be right too often.
    named = version == "named"
    return _get_variant(name, rng, named=named, deleted=0.7 if named else 0.3)


def _get_variant(name: str, rng: Random, *, named: bool, deleted: float) -> Variant:
    """`deleted`: how often, of 1, the last request is a DELETE."""
    versioned = named or rng.random() < 0.5
    requests = _draw_requests(rng, deleted_last=rng.random() < deleted)
    puts = [each for each in requests if each is not None]
    version = rng.choice(puts[:-1]) if named else None
    returned = got(requests, versioned=versioned, version=version)
    how = "버전 ID를 지정하지 않고" if version is None else f"{version.name}의 버전 ID를 지정하여"
    stem = (
        f"{_setting(versioned)}에서 새 키 하나에 다음 요청을 차례로 보냈고 모두 성공했습니다. "
        f"DELETE 요청에는 버전 ID를 지정하지 않았습니다.\n\n{_shown(requests, sizes=False)}\n\n"
        f"마지막 요청이 성공한 바로 뒤에 {how} GET 요청을 보냅니다. 무엇을 받습니까?"
    )
    why = _why_got(requests, versioned=versioned, version=version)
    ids = {put: f"p{n}" for n, put in enumerate(puts)}
    choices = [
        Choice(
            ids[put],
            put.name,
            why if put == returned else f"{_not_got(put, puts, requests, version)} {why}",
        )
        for put in puts
    ]
    none = "객체가 없다는 오류(404)"
    choices.append(Choice(_NONE, none, why if returned is None else f"{_there_is(version)} {why}"))
    rng.shuffle(choices)
    key = frozenset({_NONE if returned is None else ids[returned]})
    scenario = _scenario(requests, versioned=versioned, version=version.name if version else "")
    ask = Ask(name, stem, "single", tuple(choices), key, f"{_rule_got(version)} {why}")
    return Variant(scenario, ask)


def _rule_got(version: Put | None) -> str:
    if version is not None:
        return "버전 관리를 켠 버킷에서는 PUT마다 새 버전이 생기고, DELETE는 삭제 마커를 더합니다."
    return "S3의 PUT과 DELETE는 강한 일관성을 가지므로, 성공하면 그 결과가 바로 보입니다."


def _not_got(
    chosen: Put, puts: Sequence[Put], requests: Sequence[Request], version: Put | None
) -> str:
    if version is not None:
        return "지금의 객체나 다른 버전이 아니라 지정한 버전을 받습니다."
    if requests[-1] is not None:
        return "덮어쓴 뒤에는 잠시라도 이전 내용이 나오지 않습니다."
    if chosen == puts[-1]:
        return "DELETE가 성공하면 바로 앞의 내용도 나오지 않습니다."
    return "DELETE가 더 오래된 내용을 되살리지는 않습니다."


def _there_is(version: Put | None) -> str:
    if version is not None:
        return "이전 버전까지 사라지지는 않습니다."
    return "DELETE를 보낸 적이 있는 키에도 새로 PUT 할 수 있습니다."


def _why_got(requests: Sequence[Request], *, versioned: bool, version: Put | None) -> str:
    last = requests[-1]
    if version is not None:
        return "덮어쓰거나 DELETE를 보내도 이전 버전은 남아 있어 버전 ID로 읽을 수 있습니다."
    if last is not None:
        return f"마지막 요청이 PUT이므로, 그 내용인 {last.name}이 지금의 객체입니다."
    if versioned:
        return "마지막 DELETE가 삭제 마커를 맨 위에 두었습니다. 이전 버전이 대신 나오지는 않습니다."
    return "마지막 DELETE로 객체가 지워졌고, 이전 내용은 남아 있지 않습니다."


# What is kept -----------------------------------------------------------------------------------


def _draw_kept(rng: Random) -> Sum:
    versioned = rng.random() < 0.5
    requests = _draw_requests(rng, deleted_last=rng.random() < 0.3)
    puts = [each for each in requests if each is not None]
    sizes = [each.size for each in puts]
    left = kept(requests, versioned=versioned)
    key = sum(each.size for each in left)
    slips = _slips_kept(requests, sizes, versioned=versioned)
    why = _why_kept(left, key, versioned=versioned)
    stem = (
        f"{_setting(versioned)}에서 새 키 하나에 다음 요청을 차례로 보냈고 모두 성공했습니다. "
        f"DELETE 요청에는 버전 ID를 지정하지 않았고 수명 주기 규칙은 없습니다.\n\n"
        f"{_shown(requests, sizes=True)}\n\n이 키에 저장되어 있는 객체 데이터는 모두 몇 MB입니까?"
    )
    told = [(number, f"{said} {why}") for number, said in slips]
    scenario = _scenario(requests, versioned=versioned)
    return Sum(scenario, stem, key, told, why, lambda number: f"{number} MB")


_NO_DIFF = "S3는 바뀐 부분만 저장하지 않고 객체를 통째로 저장합니다."


def _slips_kept(
    requests: Sequence[Request], sizes: Sequence[int], *, versioned: bool
) -> list[tuple[int, str]]:
    deletes = len(requests) - len(sizes)
    total, last = sum(sizes), sizes[-1]
    grown = sum(max(0, after - before) for before, after in pairwise(sizes))
    slips = [
        (total, "이전 내용이 모두 남는 것은 버전 관리를 켰을 때입니다."),
        (
            last,
            "덮어쓴 내용도 이전 버전으로 남습니다." if versioned else "지운 내용은 남지 않습니다.",
        ),
        (
            sum(sizes[-2:]),
            "이전 버전은 바로 앞의 하나만이 아니라 모두 남습니다."
            if versioned
            else "버전 관리를 켜지 않으면 바로 앞의 내용도 남지 않습니다.",
        ),
        (sizes[0] + grown, _NO_DIFF),
        (abs(last - sizes[-2]), _NO_DIFF),
    ]
    if versioned:
        slips.append((total + deletes * sizes[0], "삭제 마커는 객체의 복사본이 아닙니다."))
        slips.append((total + last, "지금의 객체도 버전 가운데 하나라 두 번 저장하지 않습니다."))
    if versioned and deletes:
        slips.insert(2, (_since_delete(requests), "DELETE도 이전 버전을 지우지는 않습니다."))
    if deletes:
        left = "이전 버전은" if versioned else "DELETE 뒤에 PUT으로 올린 내용은"
        slips.append((0, f"{left} 남아 있습니다."))
    return slips


def _since_delete(requests: Sequence[Request]) -> int:
    total = 0
    for each in requests:
        total = 0 if each is None else total + each.size
    return total


def _why_kept(left: Sequence[Put], key: int, *, versioned: bool) -> str:
    if versioned:
        terms = " + ".join(str(each.size) for each in left)
        return (
            "버전 관리를 켠 버킷에서는 덮어쓸 때마다 객체 전체가 새 버전으로 저장되고, DELETE는 "
            f"삭제 마커를 더할 뿐입니다. {terms} = {key} MB입니다."
        )
    if left:
        return (
            "버전 관리가 없는 버킷에서는 같은 키의 PUT이 객체 전체를 바꾸므로 마지막 내용만 "
            f"남습니다. 남은 내용: {left[0].name} {key} MB."
        )
    return "버전 관리가 없는 버킷에서는 DELETE가 객체를 지우므로 남는 데이터가 없습니다."


GENERATORS = (
    generator("storage-version-got", "여러 요청 뒤에 GET이 돌려주는 것 찾기", _make_get, _ASKED),
    sum_generator("storage-versions-kept", "버전 관리로 저장되는 양 계산하기", _draw_kept),
)
