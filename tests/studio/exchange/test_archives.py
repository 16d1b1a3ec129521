"""Zip archives of strangers: read in memory within bounds, or refused with a sentence."""

import io
import stat
import struct
import warnings
import zipfile

import pytest

from apps.studio.exchange import archives
from apps.studio.exchange.archives import is_archive, open_archive
from apps.studio.exchange.items import UnreadableError


def zipped(
    members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED, mode: int | None = None
) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = compression
            if mode is not None:
                info.external_attr = mode << 16
            archive.writestr(info, data)
    return stream.getvalue()


def patched(data: bytes, signature: bytes, offset: int, value: bytes) -> bytes:
    """With bytes of every header of a kind overwritten."""
    made = bytearray(data)
    start = data.find(signature)
    while start != -1:
        made[start + offset : start + offset + len(value)] = value
        start = data.find(signature, start + 4)
    return bytes(made)


CENTRAL = b"PK\x01\x02"


def _read_all(archive: archives.Archive) -> None:
    for name in archive.names:
        archive.read(name)


def test_names_and_bytes_of_members() -> None:
    data = zipped({"a/": b"", "a/가.xml": b"<a/>", "b.png": b"\x89PNG"})
    archive = open_archive(data)

    assert is_archive(data)
    assert archive.names == ("a/가.xml", "b.png")
    assert archive.read("a/가.xml") == b"<a/>"
    assert "b.png" in archive
    assert "c.png" not in archive
    assert open_archive(zipped({})).names == ()


@pytest.mark.parametrize("data", [b"", b"<quiz/>", b"PK\x03\x04", b"PK\x05\x06" + b"\xff" * 30])
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="열지 못했습니다"):
        open_archive(data)


def test_too_big_a_file_is_refused_unopened() -> None:
    with pytest.raises(UnreadableError, match="너무 큽니다"):
        open_archive(b"PK\x03\x04" + b"\0" * archives.MAX_BYTES)


@pytest.mark.parametrize(
    "name",
    [
        "../x.xml",
        "a/../../x.xml",
        "/etc/passwd",
        "\\\\server\\x",
        "a\\..\\x",
        "C:/x",
        "~/x",
        "a\nb",
    ],
)
def test_names_that_lead_out_are_refused(name: str) -> None:
    with pytest.raises(UnreadableError, match="바깥 폴더"):
        open_archive(zipped({name: b"x"}))


def test_links_are_refused() -> None:
    with pytest.raises(UnreadableError, match="링크"):
        open_archive(zipped({"a.xml": b"/etc/passwd"}, mode=stat.S_IFLNK | 0o777))


def test_encrypted_members_are_refused() -> None:
    data = patched(zipped({"a.xml": b"<a/>"}), CENTRAL, 8, b"\x01\x00")
    with pytest.raises(UnreadableError, match="암호"):
        open_archive(data)


@pytest.mark.parametrize("name", ["a.zip", "b/C.ZIP", "a.imscc", "a.7z", "a.tar", "a.tar.gz"])
def test_archives_within_are_refused_by_name(name: str) -> None:
    with pytest.raises(UnreadableError, match="또 압축 파일"):
        open_archive(zipped({name: b"x"}))


@pytest.mark.parametrize("content", [zipped({"a": b"b"}), b"\x1f\x8b\x08\0", b"Rar!\x1a\x07"])
def test_archives_within_are_refused_by_content(content: bytes) -> None:
    archive = open_archive(zipped({"quiz.xml": content}))
    with pytest.raises(UnreadableError, match="또 압축 파일"):
        archive.read("quiz.xml")


def test_a_bomb_is_refused_by_its_headers() -> None:
    with pytest.raises(UnreadableError, match="부풀어"):
        open_archive(zipped({"a.xml": b"\0" * (10 * 1024 * 1024)}))
    with pytest.raises(UnreadableError, match="너무 커지는"):
        open_archive(zipped({"a.xml": b"\0" * (archives.MAX_MEMBER_BYTES + 1)}))


def test_a_header_that_lies_about_the_size_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    lying = patched(zipped({"a.xml": b"\0" * 1_000_000}), CENTRAL, 24, struct.pack("<I", 10))
    with pytest.raises(UnreadableError, match="깨져"):
        open_archive(lying).read("a.xml")

    monkeypatch.setattr(archives, "MAX_MEMBER_BYTES", 1000)
    tall = patched(zipped({"a.xml": b"ab" * 1000}), CENTRAL, 24, struct.pack("<I", 900))
    with pytest.raises(UnreadableError):
        open_archive(tall).read("a.xml")


def test_a_bomb_that_lies_about_its_packed_size_is_measured_by_the_whole_archive() -> None:
    data = zipped({"a.xml": b"\0" * 10_000_000})
    archive = open_archive(patched(data, CENTRAL, 20, struct.pack("<I", 1_000_000)))

    with pytest.raises(UnreadableError, match=r"부풀어|깨져"):
        archive.read("a.xml")


def test_members_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped({f"{n}.xml": bytes(range(256)) * 4 for n in range(4)}, zipfile.ZIP_STORED)
    monkeypatch.setattr(archives, "MAX_TOTAL_BYTES", 3000)
    with pytest.raises(UnreadableError, match="넘어"):
        open_archive(data)

    small = patched(data, CENTRAL, 24, struct.pack("<I", 512))
    small = patched(small, CENTRAL, 20, struct.pack("<I", 1024))
    archive = open_archive(small)
    with pytest.raises(UnreadableError, match=r"깨져|커지는"):
        _read_all(archive)


def test_what_was_read_counts_against_the_total(monkeypatch: pytest.MonkeyPatch) -> None:
    archive = open_archive(zipped({"a.xml": b"x" * 1000}))
    monkeypatch.setattr(archives, "MAX_TOTAL_BYTES", 2500)

    assert [len(archive.read("a.xml")) for _ in range(2)] == [1000, 1000]
    with pytest.raises(UnreadableError, match="너무 커지는"):
        archive.read("a.xml")


def test_too_many_members_are_refused() -> None:
    names = {f"{n}": b"" for n in range(archives.MAX_MEMBERS + 1)}
    with pytest.raises(UnreadableError, match="2,000개"):
        open_archive(zipped(names, zipfile.ZIP_STORED))
    with pytest.raises(UnreadableError, match="2,000개"):
        open_archive(b"PK\x03\x04" + CENTRAL * 30_000)


def test_two_members_of_one_name_are_refused() -> None:
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("a.xml", b"1")
        archive.writestr("a.xml", b"2")
    with pytest.raises(UnreadableError, match="같은 이름"):
        open_archive(stream.getvalue())


def test_other_ways_of_packing_are_refused() -> None:
    with pytest.raises(UnreadableError, match="모르는 방식"):
        open_archive(zipped({"a.xml": b"<a/>" * 100}, zipfile.ZIP_BZIP2))


def test_damage_anywhere_is_refused_or_harmless() -> None:
    data = zipped({"a.xml": b"<a>" + b"hello" * 50 + b"</a>", "b.png": b"\x89PNG" * 9})
    for position in range(0, len(data), 3):
        broken = bytearray(data)
        broken[position] ^= 0xFF
        try:
            archive = open_archive(bytes(broken))
            _read_all(archive)
        except UnreadableError:
            pass
