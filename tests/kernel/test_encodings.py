"""Files as the programs on Korean and Western desks write them."""

import pytest

from apps.kernel.encodings import decode, decode_korean

KOREAN = "객체를 저장하는 서비스는? {=S3 ~EBS}\n가용 영역이 둘이었다.\n"
WESTERN = "“It’s a café” – naïve, 5 × 3 … {=Zürich ~Málaga}\n"


@pytest.mark.parametrize(
    ("source", "encoding"),
    [
        (KOREAN.encode(), "utf-8"),
        (KOREAN.encode("utf-8-sig"), "utf-8"),
        (KOREAN.encode("utf-16"), "utf-16"),
        (KOREAN.encode("utf-16-le"), "utf-16"),
        (KOREAN.encode("utf-16-be"), "utf-16"),
        (("\ufeff" + KOREAN).encode("utf-16-be"), "utf-16"),
        (KOREAN.encode("cp949"), "cp949"),
        (KOREAN.encode("euc-kr"), "cp949"),
    ],
)
def test_korean_text_is_the_same_in_every_encoding(source: bytes, encoding: str) -> None:
    assert decode(source) == (KOREAN, encoding)


@pytest.mark.parametrize(
    "text",
    [
        WESTERN,
        "It’s the bucket that’s public, isn’t it?",  # all of it valid CP949
        "She said “Hello” to “Bob”.",
        "A configuração da aplicação",  # "çã" is a Chinese character in CP949
        "Qual é a região?",
        "Température : 20°C",
        "Größe des Volumes",
        "¿Qué servicio guarda objetos?",
        "100 €",
        "El Niño\r\nLa Niña\r\n",
        "© Amazon – all rights reserved",
    ],
)
def test_western_text_is_not_taken_for_korean(text: str) -> None:
    assert decode(text.encode("cp1252")) == (text, "windows-1252")


@pytest.mark.parametrize(
    "text",
    [
        "가",
        "펭수와 똠방각하",
        "리전은 여러 가용 영역(AZ)으로 이루어진다.",
        "S3 → EBS",
        "① 인스턴스",
        "漢字와 한글",
        "“따옴표”와 ‘작은따옴표’, 그리고 … 줄임표",
        "AWS를 씁니다. It's fine. 20℃",
        "네트워크\r\n방화벽\r\n",
    ],
)
def test_korean_text_of_cp949_is_not_taken_for_western(text: str) -> None:
    assert decode(text.encode("cp949")) == (text, "cp949")


@pytest.mark.parametrize(
    "text", ["저글였가", "저, 글, 였, 가\n", "{=저}", "Plain ASCII", "Zürich café"]
)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_with_a_mark_is_read_whatever_it_holds(text: str, encoding: str) -> None:
    assert decode(("\ufeff" + text).encode(encoding)) == (text, "utf-16")


@pytest.mark.parametrize("text", ["저, 글, 였, 가\n", "::제목:: 글 {=가 ~저}", "Plain ASCII"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_though_syllables_hold_zeros(
    text: str, encoding: str
) -> None:
    assert decode(text.encode(encoding)) == (text, "utf-16")


@pytest.mark.parametrize(
    "source",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00",
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00!\x00",
        b"\0",
        b"\0\0\0\0",
        b"abc\0def",
        b"\xff\xfea",  # half a sign behind the mark
        b"\xff\xfe\x00\xd8a\x00",  # half a pair
        b"\x81",  # nothing in Windows-1252
        bytes(range(128, 256)),
        b"caf\xe9 \x01\x02\x03",
        "파일이 잘렸습니다".encode()[:-1],
        "잘린 UTF-8 café ".encode()[:-2] + b"\xff",
        "Привет, мир".encode("cp1251"),
    ],
)
def test_what_is_no_text_or_in_no_known_encoding_is_nothing(source: bytes) -> None:
    assert decode(source) is None


def test_nothing_is_an_empty_text() -> None:
    assert decode(b"") == ("", "utf-8")


def test_a_mark_is_no_part_of_the_text() -> None:
    assert decode(b"\xef\xbb\xbfa") == ("a", "utf-8")
    assert decode(b"\xff\xfea\0") == ("a", "utf-16")


def test_the_korean_reading_never_guesses_western_and_leaves_zeros() -> None:
    assert decode_korean("It’s café".encode("cp1252")) is None
    assert decode_korean("학번\0,이름".encode()) == ("학번\0,이름", "utf-8")


@pytest.mark.parametrize(
    ("piece", "encoding"),
    [(b"\xb0\xa1", "cp949"), (b"it\x92s ", "windows-1252"), (b"a\0", "utf-16"), (b"a", "utf-8")],
)
def test_a_large_file_is_told_as_a_small_one(piece: bytes, encoding: str) -> None:
    decoded = decode(piece * 1_000_000)
    assert decoded is not None
    assert decoded[1] == encoding
