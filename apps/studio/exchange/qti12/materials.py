"""The texts and pictures of a QTI item: `<material>` with its pieces, in whatever it is nested."""

import base64
import binascii
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from ..items import ItemFile, TextFormat
from ..moodle_xml.formats import LABELS, reads_alike
from ..moodle_xml.sentences import Sentences
from ..xml_safety import BLANKS, Element, inner_markup

# Canvas: "the folder of the course's files"; the text of an address may encode the dollar signs.
FILE_BASE: Final = "$IMS-CC-FILEBASE$/"
Finder = Callable[[str], bytes | None]
"""The bytes of a picture by its decoded path, or None."""

_TYPES: Final = {
    "": TextFormat.PLAIN,  # the standard's default
    "text/plain": TextFormat.PLAIN,
    "text": TextFormat.PLAIN,
    "text/html": TextFormat.HTML,
    "text/xhtml": TextFormat.HTML,
    "html": TextFormat.HTML,
}
_FOREIGN: Final = frozenset({"mataudio", "matvideo", "matapplet", "matapplication", "matref"})
# No "<" within, so that every attempt ends at the next tag: linear, whatever the text.
_PICTURE: Final = re.compile(
    r"<img\b[^<>]{0,4000}?\bsrc\s{0,20}=\s{0,20}(?:\"([^\"<>]{0,2000})\"|'([^'<>]{0,2000})'"
    r"|([^\s\"'<>]{1,2000}))",
    re.IGNORECASE,
)
_ELSEWHERE: Final = re.compile(r"[a-z][a-z0-9+.-]{0,30}:|//|#", re.IGNORECASE)
_LINKED: Final = re.compile(r"(?:\$|%24)IMS[-_]CC[-_]FILEBASE(?:\$|%24)", re.IGNORECASE)

Piece = tuple[str, TextFormat]


@dataclass(slots=True)
class Notes:
    """What is noticed while an item is read; `find` looks pictures up in its package."""

    element: Element
    find: Finder | None = None
    stem_format: TextFormat = TextFormat.PLAIN
    problems: Sentences = field(default_factory=Sentences)
    files: dict[str, bytes] = field(default_factory=dict)

    def say(self, sentence: str) -> None:
        """Once, however often it happens."""
        self.problems.say(sentence)

    def stem(self, pieces: list[Piece]) -> str:
        """The text that sets the item's format."""
        text, self.stem_format = joined(pieces)
        self._take_pictures(text, self.stem_format)
        return text

    def text(self, pieces: list[Piece], called: str, *, formatted: bool = True) -> str:
        """Another text, as it is written; where its own format matters, that is told."""
        text, own = joined(pieces)
        if formatted and not reads_alike(text, own, self.stem_format):
            self.say(
                f"{called}의 글 형식({LABELS[own]})이 문제 글의 형식"
                f"({LABELS[self.stem_format]})과 달라, 다르게 보일 수 있습니다."
            )
        self._take_pictures(text, own)
        return text

    def pieces(self, element: Element | None, skip: frozenset[str] = frozenset()) -> list[Piece]:
        """The pieces within an element in their order, without those in elements to `skip`."""
        if element is None:
            return []
        return [piece for each in _walk(element, skip) if (piece := self._piece(each))]

    def _piece(self, element: Element) -> Piece | None:
        match element.tag:
            case "mattext" | "matemtext":
                return self._written(element)
            case "matbreak":
                return "<br>", TextFormat.HTML
            case "matimage":
                return self._picture(element)
            case tag if tag in _FOREIGN:
                self.say(f"{element.line}번째 줄: 소리, 영상, 참조는 가져오지 않습니다: <{tag}>")
        return None

    def _written(self, element: Element) -> Piece | None:
        named = element.get("texttype").partition(";")[0].strip().lower()
        if named not in _TYPES:
            self.say(f"모르는 글 형식이라 일반 텍스트로 읽었습니다: {named[:40]}")
        own = _TYPES.get(named, TextFormat.PLAIN)
        text = inner_markup(element).strip(BLANKS)
        if not text:
            return None
        return text, TextFormat.HTML if element.children else own

    def _picture(self, element: Element) -> Piece | None:
        uri = element.get("uri").strip()
        encoded = "".join(element.own_text.split())
        if encoded and element.get("embedded", "base64").lower() == "base64":
            uri = uri or f"image-{element.line}"
            try:
                self.files[uri] = base64.b64decode(encoded, validate=True)
            except (binascii.Error, ValueError):
                self.say(f"{element.line}번째 줄: 그림의 자료(base64)가 깨져 있습니다.")
        if not uri:
            self.say(f"{element.line}번째 줄: 그림의 주소가 없습니다.")
            return None
        label = element.get("label")
        return f'<img src="{html.escape(uri)}" alt="{html.escape(label)}">', TextFormat.HTML

    def _take_pictures(self, text: str, own: TextFormat) -> None:
        if own is not TextFormat.HTML:
            return
        taken = 0
        for match in _PICTURE.finditer(text):
            source = html.unescape(match[1] or match[2] or match[3] or "").strip()
            taken += bool(_LINKED.search(source))
            if source and not _ELSEWHERE.match(source):
                self._take(unquote(source.partition("?")[0]))
        if len(_LINKED.findall(text)) > taken:
            self.say("글이 가리키는 강의 파일은 가져오지 않습니다. 그림만 가져옵니다.")

    def _take(self, path: str) -> None:
        if path in self.files:
            return
        data = self.find(path) if self.find else None
        if data is None:
            where = "꾸러미 안에" if self.find else "파일 안에"
            self.say(f"그림이 {where} 없습니다: {path[:80]}")
        else:
            self.files[path] = data

    def item_files(self) -> tuple[ItemFile, ...]:
        return tuple(ItemFile(path, self.files[path]) for path in sorted(self.files))


def _walk(element: Element, skip: frozenset[str]) -> Iterator[Element]:
    for child in element.children:
        if child.tag in skip:
            continue
        yield child
        if child.tag not in ("mattext", "matemtext"):  # bare tags in a text are no pieces
            yield from _walk(child, skip)


def joined(pieces: list[Piece]) -> Piece:
    """One text of all. Plain pieces become HTML only beside pieces that are HTML."""
    if not any(own is TextFormat.HTML for _, own in pieces):
        return "\n".join(text for text, _ in pieces), TextFormat.PLAIN
    if all(text == "<br>" or own is TextFormat.PLAIN for text, own in pieces):
        lines = ("" if own is TextFormat.HTML else text for text, own in pieces)
        return "\n".join(lines).strip("\n"), TextFormat.PLAIN
    return (
        "\n".join(
            text if own is TextFormat.HTML else html.escape(text, quote=False).replace("\n", "<br>")
            for text, own in pieces
        ),
        TextFormat.HTML,
    )
