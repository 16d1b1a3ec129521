"""From the bytes of a file to its text, whatever program on a Korean or Western desk wrote it."""

import re
import unicodedata

Decoded = tuple[str, str]
"""The text without its byte order mark, and "utf-8", "utf-16", "cp949" or "windows-1252"."""

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_UTF16 = ("utf-16-le", "utf-16-be")
_ASCII = bytes(range(0x80))
_HIGH = re.compile(rb"[\x80-\xff]")
_PAIR = re.compile(rb"[\x81-\xfe][\x41-\xfe]")
_KOREAN_PAIR = re.compile(rb"[\xa1-\xac\xb0-\xc8][\xa1-\xfe]")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x19\x1b-\x1f\x7f]")
_SAMPLE = 20_000
"""Signs looked at where every sign is looked at: enough to tell, quick for a large file."""


def decode(source: bytes) -> Decoded | None:
    """The text of a file and its encoding; None for what is no text or in none of the four.

    A mark decides; then UTF-16 without a mark (see `decode_korean`); then UTF-8, which is almost
    never valid by accident. Between CP949 and Windows-1252:

    - What is not valid CP949 is Windows-1252: a single "é", "ü" or "×" is enough.
    - Of what is valid as both, pairs of bytes are counted. Familiar are those of KS X 1001 without
      its Chinese characters: the 2,350 common syllables and the signs like "→" and "①". Strange are
      the rest: "’s" of "it’s" and "“H" of "“Hello" would be syllables nobody writes, "çã" of
      "ação" a Chinese character. More strange pairs than familiar ones: Windows-1252.
    - Windows-1252 gives a letter for nearly every byte, so it is believed only where at most three
      tenths of the bytes are high, none is a control sign, and the high ones are not UTF-8 that
      was cut or damaged.
    """
    korean = decode_korean(source)
    if korean is not None and "\0" in korean[0]:
        return None
    if korean is None or (korean[1] == "cp949" and _looks_western(source)):
        return _decode_western(source) or korean
    return korean


def decode_korean(source: bytes) -> Decoded | None:
    """As `decode`, but never Windows-1252, and with NULs left in the text for the caller to report.

    UTF-16 without a mark betrays itself: of every sign of ASCII one byte is 0.
    """
    for mark, encoding in _UTF16_MARKS:
        if source.startswith(mark):
            text = _strictly(source[len(mark) :], encoding)
            return None if text is None else (text, "utf-16")
    text = _utf16_without_mark(source)
    if text is not None:
        return text.removeprefix("\ufeff"), "utf-16"
    text = _strictly(source.removeprefix(_UTF8_MARK), "utf-8")
    if text is not None:
        return text, "utf-8"
    text = _strictly(source, "cp949")
    return None if text is None else (text, "cp949")


def _strictly(source: bytes, encoding: str) -> str | None:
    try:
        return source.decode(encoding)
    except UnicodeDecodeError:
        return None


def _utf16_without_mark(source: bytes) -> str | None:
    """The order of bytes that gives more of what is written here, if it gives readable text.

    The position of the zeros alone does not tell: half of "가", "글", "저", "였" is a zero too.
    """
    if len(source) % 2 or source.count(0) <= len(source) // 12:
        return None
    best: tuple[int, str] | None = None
    for encoding in _UTF16:
        text = _strictly(source, encoding)
        if text is None or "\0" in text:
            continue
        sample = text[:_SAMPLE]
        familiar = sum(sign <= "~" or "가" <= sign <= "힣" for sign in sample)
        if familiar * 6 < len(sample) or not all(map(_is_readable, sample)):
            continue
        if best is None or familiar > best[0]:
            best = familiar, text
    return None if best is None else best[1]


def _is_readable(sign: str) -> bool:
    return sign in "\t\n\v\f\r\x1a\ufeff" or unicodedata.category(sign) not in {"Cc", "Co", "Cn"}


def _looks_western(source: bytes) -> bool:
    """Of bytes that are valid CP949: whether most of its pairs are none that Koreans write."""
    familiar = strange = 0
    position = 0
    # Byte by byte would be slow; a pair can only begin at a high byte.
    while familiar + strange < _SAMPLE and (found := _HIGH.search(source, position)):
        position = found.start() + 2
        if _KOREAN_PAIR.match(source, found.start()):
            familiar += 1
        elif _PAIR.match(source, found.start()):
            strange += 1
    return strange > familiar


def _decode_western(source: bytes) -> Decoded | None:
    text = _strictly(source, "windows-1252")
    high = len(source.translate(None, _ASCII))
    if text is None or high * 10 > len(source) * 3 or "\0" in text or _CONTROL.search(text):
        return None
    # What of the high bytes makes sense as UTF-8 although the whole does not.
    sound = sum(
        len(sign.encode()) for sign in source.decode("utf-8", errors="ignore") if sign > "\x7f"
    )
    return None if sound and sound * 2 >= high else (text, "windows-1252")
