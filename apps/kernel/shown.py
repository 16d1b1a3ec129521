"""A learner's own value inside a message: short, printable, and never costly to make."""

_MAX_LENGTH = 40
_MAX_NUMBER = 10**15


def shown(value: object) -> str:
    """`value` for a Korean message.

    Never the `repr` of a container (it may be deep or endless), nor the digits of a huge number
    (Python refuses to print those).
    """
    if isinstance(value, str):
        head = value[:_MAX_LENGTH]
        text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in head)
        return f"「{text}{'…' if len(value) > _MAX_LENGTH else ''}」"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if abs(value) < _MAX_NUMBER else "아주 큰 수"
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, dict):
        return "객체"
    return "배열" if isinstance(value, list) else "알 수 없는 값"
