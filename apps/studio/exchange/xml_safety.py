"""XML of strangers: read into small elements that know their line, refused where it is hostile.

No DTD, so no entities and nothing external; bounded in size, depth and number of elements.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NoReturn
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from apps.kernel import encodings

from .items import UnreadableError

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_DEPTH: Final = 100
MAX_ELEMENTS: Final = 200_000
# What XML itself calls white space; no-break and full-width spaces are part of a text.
BLANKS: Final = " \t\r\n"

_DECLARATION = re.compile(r"\s{0,1000}<\?xml\s[^>]{0,1000}>")
_DECLARED = re.compile(rb"\s{0,1000}<\?xml\s[^>]{0,1000}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, ""),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_KOREAN: Final = {"cp949", "euc_kr", "johab", "iso2022_kr"}
# Python knows codecs that are no character sets (zip, rot13, idna …): only these are believed.
_BELIEVED: Final = re.compile(
    r"utf-8|ascii|euc_kr|johab|iso2022_kr|cp949|cp125\d|iso8859-\d{1,2}|koi8-[ru]|mac-roman"
    r"|shift_jis|cp932|euc_jp|gb2312|gbk|gb18030|big5|cp950|tis-620"
)
_ALSO: Final = {
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "ksc5601": "cp949", "korean": "cp949",
    "x-windows-949": "cp949", "windows-949": "cp949",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "utf-8",
}  # fmt: skip
_CAUSES: Final = {
    3: "파일이 비었거나 도중에 끊겼습니다",
    4: "XML에 쓸 수 없는 글자가 있습니다",
    5: "꺾쇠로 연 표시가 닫히지 않았습니다",
    7: "여는 표시와 닫는 표시가 서로 다릅니다",
    8: "같은 속성이 두 번 나옵니다",
    9: "마지막 표시가 닫힌 뒤에 내용이 더 있습니다",
    11: "XML이 모르는 &이름; 표기가 있습니다",
    20: "CDATA가 닫히지 않았습니다",
    27: "선언하지 않은 이름공간을 씁니다",
}


@dataclass(slots=True)
class Element:
    """`tag` and the attributes' names without namespaces; `content` in order; `line` from 1."""

    tag: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    content: list["str | Element"] = field(default_factory=list)

    @property
    def children(self) -> list["Element"]:
        return [each for each in self.content if isinstance(each, Element)]

    @property
    def own_text(self) -> str:
        """The characters directly within, without those of children."""
        return "".join(each for each in self.content if isinstance(each, str))

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def find(self, tag: str) -> "Element | None":
        return next((each for each in self.children if each.tag == tag), None)

    def all(self, tag: str) -> list["Element"]:
        return [each for each in self.children if each.tag == tag]

    def walk(self) -> Iterator["Element"]:
        """This and all below, in the order of the file. Depth is bounded by `parse_xml`."""
        yield self
        for child in self.children:
            yield from child.walk()


def line_of(element: Element) -> int:
    return element.line


def inner_markup(element: Element) -> str:
    """What is within: the text; where somebody wrote bare tags into it, all of it as markup."""
    if not element.children:
        return element.own_text
    return "".join(
        escape(each) if isinstance(each, str) else _markup(each) for each in element.content
    )


def _markup(element: Element) -> str:
    attributes = "".join(
        f" {name}={quoteattr(value)}" for name, value in element.attributes.items()
    )
    if not element.content:
        return f"<{element.tag}{attributes}/>"
    return f"<{element.tag}{attributes}>{inner_markup(element)}</{element.tag}>"


def parse_xml(source: bytes | str) -> Element:
    """The root element. UnreadableError for what is broken, hostile or too big."""
    if len(source) > MAX_BYTES:
        raise UnreadableError(
            f"파일이 너무 큽니다. XML은 {MAX_BYTES // 1024 // 1024}MB까지 읽습니다. "
            "문제를 나누어 내보내 주십시오."
        )
    text = source if isinstance(source, str) else decode_xml(source)
    target = _Target()
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    target.parser = parser.parser
    try:
        parser.feed(_without_declaration(text))
        parser.close()
    except DefusedXmlException:
        raise UnreadableError(
            "DTD나 엔티티 선언(<!DOCTYPE …>)이 있는 XML은 안전을 위해 읽지 않습니다. "
            "그 부분을 지우고 다시 올려 주십시오."
        ) from None
    except (ParseError, expat.ExpatError) as error:
        _refuse(error)
    except (UnicodeEncodeError, ValueError):
        raise UnreadableError("XML에 쓸 수 없는 글자가 있어 읽지 못했습니다.") from None
    if target.root is None:
        raise UnreadableError("파일이 비어 있습니다.")
    return target.root


class _Target:
    """Builds elements while expat reads, and stops it as soon as a bound is passed."""

    parser: expat.XMLParserType

    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        self._count += 1
        if len(self._open) >= MAX_DEPTH:
            raise UnreadableError(
                f"{line}번째 줄: 표시가 {MAX_DEPTH}겹 넘게 겹쳐 있어 읽지 않습니다."
            )
        if self._count > MAX_ELEMENTS:
            raise UnreadableError(
                f"{line}번째 줄: XML 요소가 {MAX_ELEMENTS:,}개를 넘습니다. 파일을 나누어 주십시오."
            )
        named = {_local(name): value for name, value in attributes.items()}
        element = Element(_local(tag), line, named)
        if self._open:
            self._open[-1].content.append(element)
        else:
            self.root = element
        self._open.append(element)

    def end(self, tag: str) -> None:
        self._open.pop()

    def data(self, text: str) -> None:
        self._open[-1].content.append(text)

    def close(self) -> None:
        return None


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _refuse(error: Exception) -> NoReturn:
    line = getattr(error, "position", (getattr(error, "lineno", 0), 0))[0]
    cause = _CAUSES.get(getattr(error, "code", 0), "XML 문법에 맞지 않습니다")
    raise UnreadableError(f"XML의 {line}번째 줄을 읽지 못했습니다. {cause}.") from None


def _without_declaration(text: str) -> str:
    """The text is characters already: what the file says about its bytes is history. Line ends
    stay, so that lines are counted as the author sees them."""
    declaration = _DECLARATION.match(text)
    if declaration is None:
        return text.lstrip("\ufeff")
    ends = re.sub(r"[^\r\n]", "", declaration[0])
    return ends + text[declaration.end() :]


def decode_xml(source: bytes) -> str:
    """The characters of a file, by its mark, its first bytes, its declaration, or a guess.

    A declaration is believed where the bytes fit it, with one exception: a single-byte character
    set fits nearly everything, so bytes that are valid UTF-8 stay UTF-8 whatever they claim.
    """
    for mark, encoding in _MARKS:
        if source.startswith(mark):
            return _decoded(source, encoding) or _undecodable()
    declared = _declared(source)
    order = [declared, "utf-8"] if declared in _MULTIBYTE else ["utf-8", declared]
    for encoding in order:
        text = _decoded(source, encoding)
        if text is not None:
            return text
    guess = encodings.decode(source)
    return guess[0] if guess else _undecodable()


_MULTIBYTE: Final = _KOREAN | {
    "shift_jis", "cp932", "euc_jp", "gb2312", "gbk", "gb18030", "big5", "cp950",
}  # fmt: skip


def _declared(source: bytes) -> str:
    """The codec of the declared character set; "" for none, or one that nobody should use."""
    match = _DECLARED.match(source)
    if match is None:
        return ""
    name = match[1].decode("ascii", "replace").lower()
    try:
        codec = codecs.lookup(_ALSO.get(name, name)).name
    except LookupError:
        return ""
    if codec == "euc_kr":  # files that say EUC-KR are CP949 when they hold rare syllables
        return "cp949"
    return codec if _BELIEVED.fullmatch(codec) else ""


def _decoded(source: bytes, encoding: str) -> str | None:
    if not encoding:
        return None
    try:
        return source.decode(encoding).removeprefix("\ufeff")
    except UnicodeError:
        return None


def _undecodable() -> NoReturn:
    raise UnreadableError(
        "파일의 글자 인코딩을 알아내지 못했습니다. UTF-8로 저장해서 다시 올려 주십시오."
    )
