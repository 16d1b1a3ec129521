"""A question's document as the fields of a form, and back: what is typed stays what it is.

Nothing here judges: the document of a wrong form is a wrong document, which says the same again
when it is shown.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from apps.studio.forms.kinds import Field, Rows, parts_of, rows_of

Json = dict[str, Any]
# A submitted form: every value of every name, in order.
Post = Mapping[str, Sequence[str]]
Fields = dict[str, str]

MOST_ROWS = 60  # of one list that are read; kinds allow fewer, and say so
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,8})")
_ON = "on"
_SINGLE_RIGHT = "choice.right"  # the radio buttons of `single`: the number of the row


def document_of(kind: str, post: Post, kept: Mapping[str, Any] | None = None) -> Json:
    """The document that a form says. What the form cannot show is taken from `kept`.

    Empty rows at the end of a list are left out; texts stay as typed but for line ends, and for
    NUL, which no database keeps.
    """
    document: Json = {"kind": kind}
    parts = parts_of(kind)
    shown = {part.name for part in parts} | {"kind"}
    document |= {name: value for name, value in (kept or {}).items() if name not in shown}
    for part in parts:
        if isinstance(part, Rows):
            rows = _read_rows(kind, part, post)
            if rows or part.always:
                document[part.name] = rows
        else:
            value = _read(part, _last(post, part.name))
            if value is not None:
                document[part.name] = value
    return document


def fields_of(document: Mapping[str, Any]) -> Fields:
    """The values of a form that says this document, by name."""
    kind = str(document.get("kind", ""))
    fields: Fields = {}
    for part in parts_of(kind):
        value = document.get(part.name)
        if isinstance(part, Rows):
            for number, row in enumerate(value if isinstance(value, list) else []):
                fields |= _write_row(part, number, row)
        elif value is not None:
            fields[part.name] = _write(part, value)
    if kind == "single":
        _as_radio(fields)
    return fields


def change_rows(document: Json, kind: str, action: str) -> tuple[Json, str]:
    """The document after `remove-choice-2`, `up-choice-2` or `down-choice-2`, and the list's name.

    What names no row of it changes nothing; then the name is "".
    """
    found = re.fullmatch(r"(add|remove|up|down)-([a-z_]+)(?:-([0-9]{1,2}))?", action)
    if found is None or found[2] not in rows_of(kind):
        return document, ""
    name, at = found[2], int(found[3] or 0)
    rows = list(document.get(name, []))
    if found[1] == "remove" and at < len(rows):
        del rows[at]
    other = at + {"up": -1, "down": 1}.get(found[1], 0)
    if other != at and 0 <= other < len(rows) and at < len(rows):
        rows[at], rows[other] = rows[other], rows[at]
    return {**document, name: rows} if rows or name in document else document, name


def _last(post: Post, name: str) -> str:
    values = post.get(name, ())
    return values[-1] if values else ""


def _read(field: Field, text: str) -> object:
    """The value; None for one that is not there."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if field.widget == "flag":
        return True if text == _ON else None
    if field.widget == "right":
        return text == _ON
    if field.widget == "answer":
        return {"true": True, "false": False}.get(text)
    if field.widget == "whole" and _WHOLE.fullmatch(text):
        return int(text)
    return text if text or (field.always and field.widget != "whole") else None


def _read_rows(kind: str, part: Rows, post: Post) -> list[Any]:
    pattern = re.compile(rf"{part.name}\[([0-9]{{1,3}})\](?:\.[a-z_]+)?")
    numbers = {int(found[1]) for name in post if (found := pattern.fullmatch(name))}
    radio = _last(post, _SINGLE_RIGHT) if kind == "single" and part.name == "choice" else ""
    rows: list[Any] = []
    for number in sorted(numbers)[:MOST_ROWS]:
        row = _read_row(part, f"{part.name}[{number}]", post)
        if radio == str(number):
            row["right"] = True
        rows.append(row)
    while rows and not _says_something(rows[-1]):
        rows.pop()
    return rows


def _read_row(part: Rows, name: str, post: Post) -> Any:
    if part.is_plain:
        return _read(part.members[0], _last(post, name)) or ""
    row: Json = {}
    for member in part.members:
        value = _read(member, _last(post, f"{name}.{member.name}"))
        if value is not None:
            row[member.name] = value
    return row


def _says_something(row: Any) -> bool:
    return any(row.values()) if isinstance(row, dict) else bool(row)


def _write_row(part: Rows, number: int, row: object) -> Fields:
    name = f"{part.name}[{number}]"
    if part.is_plain or not isinstance(row, Mapping):
        return {name: _write(part.members[0], row)}
    # A row without any text is there all the same.
    fields = {f"{name}.{each.name}": _write(each, row.get(each.name)) for each in part.members}
    if part.name == "choice" and _is_made_id(row.get("id"), row.get("text")):
        del fields[f"{name}.id"]
    return fields


def _write(field: Field, value: object) -> str:
    if value is None or (field.widget == "flag" and value is False):
        return ""
    if field.widget in {"flag", "right"}:
        return _ON if value is True else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else str(value)


def _is_made_id(id_: object, text: object) -> bool:
    """Made of the text (`domain.kinds.members`): another text then gets another id, so that an
    answer to the old one never means the new one. An id that an author gave stays.
    """
    if not isinstance(id_, str) or not isinstance(text, str) or len(id_) < 2:
        return False
    made = "c" + hashlib.sha256(text.encode(errors="replace")).hexdigest()
    return made.startswith(id_)


def _as_radio(fields: Fields) -> None:
    """One right choice is a radio button; several (a mistake to be told of) stay ticked boxes."""
    right = [name for name, text in fields.items() if name.endswith("].right") and text]
    if len(right) == 1:
        fields.pop(right[0])
        fields[_SINGLE_RIGHT] = right[0].removeprefix("choice[").removesuffix("].right")
