"""JSON inside a question's document that belongs to somebody else, such as a scenario."""

from copy import deepcopy

from apps.kernel.documents import Findings
from apps.kernel.shown import shown

_MAX_MEMBERS = 5_000
_MAX_CHARACTERS = 64_000
_MAX_DEPTH = 32
_MAX_NUMBER = 10**15


def read_json_object(value: object, place: str, findings: Findings) -> dict[str, object] | None:
    """An object of nothing but plain JSON, of bounded size: what every database can store."""
    if not isinstance(value, dict):
        findings.add(place, f"객체여야 합니다. 적힌 값: {shown(value)}")
        return None
    refusal = _refusal(value)
    if refusal:
        findings.add(place, refusal)
        return None
    return deepcopy(value)


def _refusal(root: object) -> str:
    """Why it cannot be kept, or "". Walked without recursion: documents may be deep."""
    left: list[tuple[object, int]] = [(root, 1)]
    count = characters = 0
    while left:
        value, depth = left.pop()
        count += 1
        if isinstance(value, str):
            characters += len(value)
            if any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value[:_MAX_CHARACTERS]):
                return f"저장할 수 없는 글자가 들어 있습니다. 적힌 값: {shown(value)}"
        elif isinstance(value, dict):
            if not all(isinstance(key, str) for key in value):
                return "항목의 이름은 문자열이어야 합니다."
            left += [(key, depth) for key in value]
            left += [(member, depth + 1) for member in value.values()]
        elif isinstance(value, list):
            left += [(member, depth + 1) for member in value]
        elif not _is_plain(value):
            return (
                "문자열, 수, true, false, null, 배열, 객체만 쓸 수 있습니다. "
                f"적힌 값: {shown(value)}"
            )
        if count + len(left) > _MAX_MEMBERS or characters > _MAX_CHARACTERS:
            return f"너무 큽니다. 값은 {_MAX_MEMBERS}개, 글자는 {_MAX_CHARACTERS}자까지입니다."
        if depth > _MAX_DEPTH:
            return f"{_MAX_DEPTH}겹까지 둘 수 있습니다."
    return ""


def _is_plain(value: object) -> bool:
    if value is None or isinstance(value, bool):
        return True
    # Neither infinity nor what is no number; both fail the comparison.
    return isinstance(value, int | float) and abs(value) <= _MAX_NUMBER
