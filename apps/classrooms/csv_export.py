"""A table as a CSV file for spreadsheets."""

import csv
import io
import re
import unicodedata
from urllib.parse import quote

from apps.classrooms.domain.table import Table, Value

# What a spreadsheet takes for the beginning of a formula, also in full width or small.
_SIGNS = frozenset("=+-@−＝＋－＠﹦﹢﹣﹫")
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


def csv_bytes(table: Table) -> bytes:
    """UTF-8 with BOM, by which Excel knows Hangul, and lines that end in CRLF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for line in table.lines():
        writer.writerow([guarded(value) for value in line])
    return text.getvalue().encode("utf-8-sig")


def guarded(value: Value) -> str:
    """Text that a spreadsheet would compute gets an apostrophe; numbers stay numbers."""
    if value.is_number or not _is_like_a_formula(value.text):
        return value.text
    return f"'{value.text}"


def _is_like_a_formula(text: str) -> bool:
    """By its first sign that can be seen: some programs drop spaces and what has no width."""
    seen = (sign for sign in text if not sign.isspace() and unicodedata.category(sign)[0] != "C")
    return next(seen, "") in _SIGNS or text[:1] in {"\t", "\r", "\n"}


def attachment(name: str, plain: str) -> str:
    """The Content-Disposition header (RFC 6266): `name`, and `plain` (ASCII) for old readers."""
    full = " ".join(_NOT_IN_NAMES.sub(" ", name).split()).lstrip(".")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(full, safe='')}"
