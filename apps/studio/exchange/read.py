"""Any file of questions: which format it is in, in which letters, and what becomes of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from apps.kernel.encodings import decode
from apps.studio.exchange.aiken import read_aiken
from apps.studio.exchange.becoming import become
from apps.studio.exchange.entries import Entry, Options
from apps.studio.exchange.gift import read_gift
from apps.studio.exchange.items import FileProblem, ItemKind, Json, Reading, UnreadableError
from apps.studio.exchange.moodle_xml import read_moodle_xml
from apps.studio.exchange.qti12 import read_qti12
from apps.studio.exchange.toml_format import read_toml

MAX_BYTES = 20 * 1024 * 1024
MAX_ITEMS = 2_000


class Format(StrEnum):
    GIFT = "gift"
    MOODLE_XML = "moodle-xml"
    AIKEN = "aiken"
    QTI12 = "qti12"
    TOML = "toml"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Format.GIFT: "GIFT",
    Format.MOODLE_XML: "Moodle XML",
    Format.AIKEN: "Aiken",
    Format.QTI12: "QTI 1.2 (Canvas 묶음 포함)",
    Format.TOML: "TOML (구름사다리)",
}
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp949": "CP949",
    "windows-1252": "Windows-1252",
}
READ_AS = {
    "utf-8": "UTF-8로",
    "utf-16": "UTF-16으로",
    "cp949": "CP949로",
    "windows-1252": "Windows-1252로",
}
"""With the particle that each is read with."""
_ZIP = b"PK\x03\x04"
_TEXTS = frozenset({Format.GIFT, Format.AIKEN, Format.TOML})
_TEXT_READERS: dict[Format, Callable[[str], Reading]] = {
    Format.GIFT: read_gift,
    Format.AIKEN: read_aiken,
}
_BINARY_READERS: dict[Format, Callable[[bytes], Reading]] = {
    Format.MOODLE_XML: read_moodle_xml,
    Format.QTI12: read_qti12,
}


class NothingReadError(UnreadableError):
    """A file in which no item was found; `problems` say where it went wrong."""

    def __init__(self, problems: tuple[FileProblem, ...]) -> None:
        nothing = "문제를 찾지 못했습니다. 형식을 맞게 골랐는지 확인하세요."
        self.problems = problems or (FileProblem(0, nothing),)
        first = self.problems[0]
        super().__init__(f"{first.line}번째 줄: {first.message}" if first.line else first.message)


@dataclass(frozen=True, slots=True)
class FileReading:
    """`encoding` is "" where the file says it itself (XML, packages)."""

    entries: tuple[Entry, ...]
    problems: tuple[FileProblem, ...]
    encoding: str = ""
    quizzes: tuple[tuple[int, Json], ...] = ()

    @property
    def questions(self) -> tuple[Entry, ...]:
        """What is no category, which is no entry for anybody to decide about."""
        return tuple(each for each in self.entries if each.item.kind is not ItemKind.CATEGORY)


def read_file(
    data: bytes, file_format: Format, options: Options, *, encoding: str = ""
) -> FileReading:
    """What the file says and what becomes of it. `encoding`: by somebody who knows better.

    Raises UnreadableError, with one sentence on what is wrong, for a file that is refused whole.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableError("파일이 20 MB를 넘습니다. 나누어서 가져와 주세요.")
    if not data.strip():
        raise UnreadableError("파일이 비어 있습니다.")
    if file_format not in _TEXTS:
        return _read_items(_BINARY_READERS[file_format](data), options, "")
    text, used = _decoded(data, encoding)
    if file_format is Format.TOML:
        toml = read_toml(text, options)
        _refuse_too_many(len(toml.entries))
        return FileReading(toml.entries, toml.problems, used, toml.quizzes)
    return _read_items(_TEXT_READERS[file_format](text), options, used)


def _read_items(reading: Reading, options: Options, encoding: str) -> FileReading:
    _refuse_too_many(len(reading.items))
    if not reading.items:
        raise NothingReadError(reading.problems)
    return FileReading(tuple(become(reading.items, options)), reading.problems, encoding)


def problems_of(error: UnreadableError) -> tuple[FileProblem, ...]:
    return error.problems if isinstance(error, NothingReadError) else (FileProblem(0, str(error)),)


def _refuse_too_many(count: int) -> None:
    if count > MAX_ITEMS:
        raise UnreadableError(
            f"한 번에 {MAX_ITEMS:,}개까지 가져올 수 있습니다. 파일에 있는 것: {count:,}개"
        )


def _decoded(data: bytes, encoding: str) -> tuple[str, str]:
    if encoding in ENCODINGS:
        try:
            return data.decode(encoding).removeprefix("\ufeff"), encoding
        except UnicodeDecodeError:
            raise UnreadableError(
                f"{ENCODINGS[encoding]} 글자가 아닙니다. 다른 인코딩을 골라 주세요."
            ) from None
    if data.startswith(_ZIP):
        raise UnreadableError("zip으로 묶인 파일입니다. QTI 1.2 형식으로 읽어 보세요.")
    found = decode(data)
    if found is None:
        raise UnreadableError(
            "글자 파일이 아닙니다. UTF-8, UTF-16, CP949, Windows-1252로 된 파일을 읽습니다."
        )
    return found


_AIKEN_ANSWER = re.compile(r"^\s*ANSWER\s*[:：]", re.MULTILINE)
_AIKEN_CHOICE = re.compile(r"^\s*[A-Z][.)]\s", re.MULTILINE)
_TOML_TABLE = re.compile(r"^\s*\[\[(?:question|quiz)\]\]", re.MULTILINE)
_SUFFIXES = {
    ".gift": Format.GIFT,
    ".toml": Format.TOML,
    ".zip": Format.QTI12,
    ".imscc": Format.QTI12,
    ".qti": Format.QTI12,
}
_LOOKED_AT = 200_000


def guess_format(data: bytes, name: str = "") -> Format:
    """By what the file holds, then by its name; plain text without any sign is taken for GIFT."""
    if data.startswith(_ZIP):
        return Format.QTI12
    found = decode(data[: _LOOKED_AT - _LOOKED_AT % 4])
    # Cut within a letter it may be no text any more; names of elements are ASCII anyway.
    text = found[0] if found else data[:_LOOKED_AT].decode("latin-1")
    if text.lstrip().startswith("<"):
        return Format.QTI12 if "<questestinterop" in text else Format.MOODLE_XML
    if _TOML_TABLE.search(text):
        return Format.TOML
    if _AIKEN_ANSWER.search(text) and _AIKEN_CHOICE.search(text) and "{" not in text:
        return Format.AIKEN
    suffix = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    return _SUFFIXES.get(suffix, Format.GIFT)
