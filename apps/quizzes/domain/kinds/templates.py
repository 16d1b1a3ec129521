"""What a template names: a word of somebody else's, looked up when the item is dealt."""

import re
from collections.abc import Mapping

from apps.kernel.documents import Findings, join
from apps.kernel.shown import shown

from .texts import MAX_LINE, read_line

_NAME = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")


def read_name(document: Mapping[str, object], name: str, path: str, findings: Findings) -> str:
    """A slug or id; "" where it is missing or refused."""
    text = read_line(document, name, path, findings, most=MAX_LINE)
    if text and not _NAME.fullmatch(text):
        findings.add(
            join(path, name),
            f"영어 소문자, 숫자, 하이픈으로 적어 주세요. 적힌 값: {shown(text)}",
        )
        return ""
    return text
