"""Zip archives of strangers: opened in memory, refused where they are hostile or too big.

Nothing is ever written to a disk, and no size in a header is believed: what comes out is counted.
"""

import io
import stat
import struct
import zipfile
import zlib
from typing import Final

from .items import UnreadableError

MAX_BYTES: Final = 50 * 1024 * 1024  # of the archive itself
MAX_MEMBERS: Final = 2_000
MAX_MEMBER_BYTES: Final = 20 * 1024 * 1024  # of one member, unpacked
MAX_TOTAL_BYTES: Final = 100 * 1024 * 1024  # of all members, unpacked
# Text packs to a tenth or so; what unpacks to more than this of its size was made to hurt.
MAX_RATIO: Final = 200
_RATIO_COUNTS_FROM: Final = 256 * 1024
# An upper bound of what `zipfile` would list, before it lists it: each entry has this signature.
_ENTRY: Final = b"PK\x01\x02"
_MAX_ENTRIES_SEEN: Final = 20_000

_ARCHIVES: Final = (
    ".zip", ".imscc", ".jar", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst",
)  # fmt: skip
_ARCHIVE_MARKS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh")
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,  # also of characters in names
    OverflowError,
    OSError,
    KeyError,
    IndexError,
)


def is_archive(data: bytes) -> bool:
    """Whether the bytes begin like a zip archive."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


class Archive:
    """The members of a checked archive, by name. `read` counts what it unpacks."""

    def __init__(
        self, source: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], packed: int
    ) -> None:
        self._source = source
        self._members = members
        self._packed = packed  # the size of the whole archive, which no header can lie about
        self._unpacked = 0

    @property
    def names(self) -> tuple[str, ...]:
        """Names of files (no folders), in the archive's order."""
        return tuple(self._members)

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The bytes of a member. UnreadableError for what is broken, too big, or an archive
        itself; KeyError for a name that `names` does not list."""
        member = self._members[name]
        room = min(MAX_MEMBER_BYTES, MAX_TOTAL_BYTES - self._unpacked)
        try:
            with self._source.open(member) as stream:
                data = stream.read(room + 1)
        except _BROKEN:
            raise _broken(name) from None
        if len(data) > room:
            raise _too_big(name)
        if _overblown(self._packed, self._unpacked + len(data)):
            raise _bomb(name)
        if data.startswith(_ARCHIVE_MARKS):
            raise _nested(name)
        self._unpacked += len(data)
        return data


def open_archive(data: bytes) -> Archive:
    """The archive, its list of members checked; UnreadableError (Korean) for what is refused:
    no zip, too many or too big members, encrypted ones, links, other archives, names that lead
    out of the archive."""
    if len(data) > MAX_BYTES:
        raise UnreadableError(
            f"압축 파일이 너무 큽니다. {MAX_BYTES // 1024 // 1024}MB까지 읽습니다. "
            "문제와 그림만 담아 나누어 내보내 주십시오."
        )
    if data.count(_ENTRY) > _MAX_ENTRIES_SEEN:
        raise _too_many()
    try:
        source = zipfile.ZipFile(io.BytesIO(data))
        listed = source.infolist()
    except _BROKEN:
        raise UnreadableError(
            "압축 파일을 열지 못했습니다. 깨졌거나 zip이 아닙니다. 다시 내보내 주십시오."
        ) from None
    if len(listed) > MAX_MEMBERS:
        raise _too_many()
    members: dict[str, zipfile.ZipInfo] = {}
    for each in listed:
        _check(each)
        if each.is_dir():
            continue
        if each.filename in members:
            raise UnreadableError(
                f"압축 파일에 같은 이름의 파일이 두 개 있습니다: {_shown(each.filename)}"
            )
        members[each.filename] = each
    if sum(each.file_size for each in members.values()) > MAX_TOTAL_BYTES:
        raise UnreadableError(
            f"압축을 풀면 {MAX_TOTAL_BYTES // 1024 // 1024}MB를 넘어 열지 않습니다."
        )
    return Archive(source, members, len(data))


def _check(member: zipfile.ZipInfo) -> None:
    name = member.filename
    if _leads_out(name) or _leads_out(member.orig_filename):
        raise UnreadableError(
            f"압축 파일에 바깥 폴더를 가리키는 이름이 있어 열지 않습니다: {_shown(name)}"
        )
    if member.flag_bits & 0x1:
        raise UnreadableError("암호가 걸린 압축 파일입니다. 암호 없이 다시 압축해 주십시오.")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise UnreadableError(f"압축 파일에 바로 가기(링크)가 있어 열지 않습니다: {_shown(name)}")
    if member.is_dir():
        return
    if name.lower().endswith(_ARCHIVES):
        raise _nested(name)
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnreadableError(
            f"모르는 방식으로 압축되어 있습니다: {_shown(name)}. 보통의 zip으로 다시 압축해 "
            "주십시오."
        )
    if member.file_size > MAX_MEMBER_BYTES:
        raise _too_big(name)
    if _overblown(member.compress_size, member.file_size):
        raise _bomb(name)


def _leads_out(name: str) -> bool:
    """Absolute, with a drive, with steps upwards, or with characters that hide where it leads."""
    parts = name.replace("\\", "/").split("/")
    return (
        not name
        or name.startswith(("/", "\\", "~"))
        or ".." in parts
        or (len(name) > 1 and name[1] == ":")
        or any(ord(each) < 32 for each in name)
    )


def _overblown(packed: int, unpacked: int) -> bool:
    return unpacked > _RATIO_COUNTS_FROM and unpacked > MAX_RATIO * max(packed, 1)


def _shown(name: str) -> str:
    printable = "".join(each if each.isprintable() else "?" for each in name)
    return printable if len(printable) <= 80 else printable[:79] + "…"


def _broken(name: str) -> UnreadableError:
    return UnreadableError(f"압축 파일 안의 파일이 깨져 있습니다: {_shown(name)}")


def _too_big(name: str) -> UnreadableError:
    return UnreadableError(
        f"압축을 풀면 너무 커지는 파일이 있어 열지 않습니다: {_shown(name)}. "
        f"파일 하나는 {MAX_MEMBER_BYTES // 1024 // 1024}MB, 모두 합해 "
        f"{MAX_TOTAL_BYTES // 1024 // 1024}MB까지 읽습니다."
    )


def _bomb(name: str) -> UnreadableError:
    return UnreadableError(
        f"지나치게 부풀어 오르는 압축(이른바 압축 폭탄)이라 열지 않습니다: {_shown(name)}"
    )


def _nested(name: str) -> UnreadableError:
    return UnreadableError(
        f"압축 파일 안에 또 압축 파일이 있어 열지 않습니다: {_shown(name)}. "
        "안의 것을 꺼내 따로 올려 주십시오."
    )


def _too_many() -> UnreadableError:
    return UnreadableError(
        f"압축 파일에 든 파일이 {MAX_MEMBERS:,}개를 넘습니다. 문제와 그림만 담아 나누어 주십시오."
    )
