"""Texts: of a question's document, read strictly; of an answer, cleaned and bounded."""

import re
import unicodedata
from collections.abc import Mapping

from apps.kernel.documents import Findings, join, read_text
from apps.kernel.shown import shown

MAX_TEXT = 8_000  # stems, explanations
MAX_MEMBER = 1_000  # the text of one choice, row or item
MAX_FEEDBACK = 2_000
MAX_LINE = 200

# Control characters but tab and line feed, and halves of surrogate pairs: neither can be stored
# (PostgreSQL refuses NUL, UTF-8 has no surrogates) nor seen.
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def check_text(
    value: object, place: str, findings: Findings, *, most: int = MAX_TEXT, empty: bool = False
) -> str:
    """A text as it is kept: NFC, line feeds only, no space around it; "" where it is refused."""
    text = read_text(value, place, findings)
    if text is None:
        return ""
    if len(text) <= 2 * most:  # beyond that it is too long even if normalizing shortens it
        if _INVISIBLE.search(text := _line_feeds(text)):
            findings.add(place, f"보이지 않는 제어 문자가 들어 있습니다. 적힌 값: {shown(text)}")
            return ""
        text = unicodedata.normalize("NFC", text).strip()
    if len(text) > most:
        findings.add(place, f"{most}자까지 적을 수 있습니다. 적힌 길이: {len(text)}자")
        return ""
    if not text and not empty:
        findings.add(place, "비어 있습니다. 내용을 적어 주세요.")
    return text


def check_line(
    value: object, place: str, findings: Findings, *, most: int = MAX_LINE, empty: bool = False
) -> str:
    """The same on one line."""
    text = check_text(value, place, findings, most=most, empty=empty)
    if "\n" in text or "\t" in text:
        findings.add(place, "한 줄로 적어 주세요. 줄바꿈이나 탭이 들어 있습니다.")
        return ""
    return text


def read_markdown(
    document: Mapping[str, object],
    name: str,
    path: str,
    findings: Findings,
    *,
    most: int = MAX_TEXT,
    empty: bool = False,
) -> str:
    """The text of that name; "" where it is missing, which is told elsewhere."""
    if name not in document:
        return ""
    return check_text(document[name], join(path, name), findings, most=most, empty=empty)


def read_line(
    document: Mapping[str, object],
    name: str,
    path: str,
    findings: Findings,
    *,
    most: int = MAX_LINE,
    empty: bool = False,
) -> str:
    """The line of that name; "" where it is missing, which is told elsewhere."""
    if name not in document:
        return ""
    return check_line(document[name], join(path, name), findings, most=most, empty=empty)


def read_flag(
    document: Mapping[str, object], name: str, path: str, findings: Findings
) -> bool | None:
    """true or false; None where it is missing or refused."""
    value = document.get(name)
    if isinstance(value, bool):
        return value
    if name in document:
        findings.add(
            join(path, name), f"true나 false로 적어 주세요(따옴표 없이). 적힌 값: {shown(value)}"
        )
    return None


def clean_answer(text: str, *, most: int) -> str:
    """What a learner typed, as it can be stored: line feeds only, nothing invisible, bounded."""
    return _INVISIBLE.sub("", _line_feeds(text[: 4 * most])).strip()[:most].strip()


def clean_line(text: str, *, most: int) -> str:
    """The same on one line."""
    head = text[: 4 * most].replace("\t", " ").replace("\r", " ").replace("\n", " ")
    return _INVISIBLE.sub("", head).strip()[:most].strip()


def _line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
