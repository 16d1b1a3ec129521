"""Reads content files as text, whatever editor wrote them, and says what is wrong if it cannot."""

import unicodedata
from pathlib import Path

from apps.content.problems import FileProblems


def decode(data: bytes, problems: FileProblems) -> str | None:
    """The text with LF line ends and without a byte order mark; None when it is no UTF-8 text.

    CRLF and a byte order mark are what Windows editors write; they change nothing a reader sees,
    so they are accepted. Text that is not NFC is refused: a search or a quote typed on another
    keyboard would never match it.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.add(line, "UTF-8이 아닌 글자가 있습니다. 파일을 UTF-8로 저장하십시오.")
        return None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        problems.add(line, "NUL 문자가 있습니다. 텍스트 파일인지 확인하고 그 문자를 지우십시오.")
        return None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not unicodedata.is_normalized("NFC", text):
        for number, line_text in enumerate(text.split("\n"), start=1):
            if not unicodedata.is_normalized("NFC", line_text):
                problems.add(
                    number,
                    "한글이 자모로 풀려 저장되었습니다(NFC가 아님). "
                    "이 줄을 다시 입력하거나 NFC로 변환해 저장하십시오.",
                )
    return text


def read(path: Path, problems: FileProblems) -> str | None:
    """The decoded file, or None with the reason among the problems."""
    if path.exists() and not path.is_file():
        # Reading a pipe or a device would wait for ever.
        problems.add(1, "파일이 아닙니다. 폴더나 특수 파일이면 이름을 바꾸거나 옮기십시오.")
        return None
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        problems.add(1, "파일이 없습니다. 이 이름으로 파일을 만드십시오.")
        return None
    except OSError:
        problems.add(1, "파일을 읽을 수 없습니다. 읽기 권한이 있는지 확인하십시오.")
        return None
    return decode(data, problems)
