"""Texts of imported files as Markdown of this site: what they show stays, what they could do goes.

HTML passes the sanitizer of the notes first, so nothing is converted that could not be shown.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import chain, pairwise
from typing import Any

from bs4 import BeautifulSoup, Tag
from markdownify import MarkdownConverter

from apps.content.sanitize import ALLOWED_TAGS, sanitize, shorten, words
from apps.studio.exchange.items import TextFormat

# python-markdown takes a backslash before these for an escape.
_ESCAPES = re.compile(r"\\(?=[\\`*_{}\[\]()>#+\-.!&<~=|\n]|\Z)")
_INLINE = re.compile(r"[`*\[\]]|(?<![0-9A-Za-z가-힣])_|_(?![0-9A-Za-z가-힣])")
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")
# Headings and quotes, lists, rules and tables, underlines of headings, fences.
_LINE_START = re.compile(r"^([ \t]*)([#>]|[+-](?=[ \t-]|$)|=(?==*[ \t]*$)|~(?=~~))", re.MULTILINE)
_NUMBERED = re.compile(r"^([ \t]*[0-9]{1,9})\.(?=[ \t]|$)", re.MULTILINE)
_TABLE_ROW = re.compile(r"\|")
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_AS_ENTITY = {"~": "&#126;", "=": "&#61;"}

_LIKE_HTML = re.compile(r"<[A-Za-z/!]|&#?\w{1,40};")
_BLOCKS = "p|div|ul|ol|li|table|thead|tbody|tr|td|th|h[1-6]|pre|blockquote|hr|dl|dt|dd"
_NEAR_BLOCK = re.compile(
    rf"(</?(?:{_BLOCKS})\b[^<>]{{0,500}}>)[ \t]*\n|\n[ \t]*(?=</?(?:{_BLOCKS})\b)"
)
_MATH = (("\\(", "\\)"), ("\\[", "\\]"))
# Pictures within the text are not taken anyway.
_DATA_ADDRESS = re.compile(r"data:[^\"'<>\s]{200,}")
_LONGEST_TAG = 3_000
_LONGEST = 100_000
"""Far beyond what a question holds: it will not be one before somebody cuts it."""
_REMOTE_IMAGE = re.compile(r"!\[[^\[\]\n]*\]\(\s*<?(?:https?:)?//", re.IGNORECASE)
_PICTURE = re.compile(r"!\[([^\[\]\n]*)\]\(([^()\s]+)(?:\s+\"[^\"\n]*\")?\)")
_HARMLESS = ALLOWED_TAGS | words(
    "html body head meta div span font center u small big strike tt section article header footer "
    "main figure figcaption label ins mark cite q address nobr tfoot caption colgroup col wbr o:p"
)
_DRESS = frozenset({"font", "center", "u", "small", "big", "mark"})


@dataclass(frozen=True, slots=True)
class Marked:
    """Markdown, and what of the text did not come along (Korean sentences)."""

    text: str
    problems: tuple[str, ...] = ()


def to_markdown(text: str, text_format: TextFormat) -> Marked:
    """The text as Markdown. What is Markdown already stays as it is, to the letter."""
    if not text.strip():
        return Marked("")
    problems = [_MATH_TOLD] if _has_math(text) else []
    if len(text) > _LONGEST:
        return Marked(literal(text[:_LONGEST]), (*problems, _TOO_LONG))
    if text_format is TextFormat.MARKDOWN:
        if _REMOTE_IMAGE.search(text):
            problems.append(_REMOTE_TOLD)
        return Marked(text, tuple(problems))
    if text_format is TextFormat.PLAIN or not _LIKE_HTML.search(text):
        return Marked(literal(text), tuple(problems))
    text = _DATA_ADDRESS.sub("data:,", text)
    if _has_endless_tag(text):
        return Marked(literal(text), (*problems, _BROKEN))
    if text_format is TextFormat.MOODLE:
        text = _break_lines(text)
    marked = _from_html(text)
    return Marked(marked.text, (*problems, *marked.problems))


def literal(text: str) -> str:
    """Markdown that shows exactly this text, line by line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    text = _INDENT.sub(lambda found: "\N{NO-BREAK SPACE}" * len(found[0].expandtabs(4)), text)
    lines = [line.rstrip() for line in escape_markdown(text, table="\n" in text).split("\n")]
    ends = ("  \n" if line and below else "\n" for line, below in pairwise(lines))
    return "".join(chain.from_iterable(zip(lines, ends, strict=False))) + lines[-1]


def _has_endless_tag(text: str) -> bool:
    """Parsers of HTML take the square of its length for such a tag; nobody means one."""
    pieces = ((piece, piece.find("<")) for piece in text.split(">"))
    return any(at >= 0 and len(piece) - at > _LONGEST_TAG for piece, at in pieces)


def _has_math(text: str) -> bool:
    return text.count("$$") > 1 or any(a in text and b in text for a, b in _MATH)


def escape_markdown(text: str, *, table: bool = True) -> str:
    """No sign of the text means anything in Markdown, nor in HTML; `table`: it may be in one."""
    text = _ESCAPES.sub(r"\\\\", text)
    text = _ENTITY.sub("&amp;", text).replace("<", "&lt;")
    text = _INLINE.sub(lambda found: "\\" + found[0], text)
    text = _LINE_START.sub(_escape_start, text)
    text = _NUMBERED.sub(r"\1\\.", text)
    return _TABLE_ROW.sub("&#124;", text) if table else text


def _escape_start(found: re.Match[str]) -> str:
    return found[1] + _AS_ENTITY.get(found[2], "\\" + found[2])


def _break_lines(text: str) -> str:
    """Moodle's auto-format: a line end is a line end, but between blocks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _NEAR_BLOCK.sub(lambda found: found[1] or "", text)
    return text.replace("\n", "<br>\n")


class _Converter(MarkdownConverter):
    """markdownify with the signs escaped that mean something to the Markdown of this site."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        return escape_markdown(text) if text else ""

    def convert_img(self, el: Any, text: str, parent_tags: set[str]) -> str:
        alt = " ".join(str(el.get("alt") or "").split())
        alt = alt.replace("\\", "").replace("[", "(").replace("]", ")").replace("<", "&lt;")
        source = str(el.get("src") or "").replace("(", "%28").replace(")", "%29")
        return f"![{alt}]({source.replace(' ', '%20')})"


def _from_html(html: str) -> Marked:
    told = dict.fromkeys(_dropped(html))
    try:
        soup = BeautifulSoup(sanitize(html).html, "html.parser")
        for image in soup.find_all("img"):
            if not image.get("src"):
                told[_REMOTE_TOLD] = None
                image.replace_with(_name_of(image))
        text = _Converter(
            heading_style="atx",
            bullets="-",
            sub_symbol="<sub>",
            sup_symbol="<sup>",
            table_infer_header=True,
        ).convert_soup(soup)
    except RecursionError:
        return Marked(literal(html), (_TOO_DEEP,))
    return Marked(_tidy(str(text)), tuple(told))


def _name_of(image: Tag) -> str:
    alt = " ".join(str(image.get("alt") or "").split())
    return f"(그림: {alt})" if alt else "(그림)"


def _tidy(text: str) -> str:
    text = re.sub(r"  \n(?:[ \t]*\n)+", "\n\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


class _Dressed(HTMLParser):
    """What of the source will not be there afterwards."""

    def __init__(self) -> None:
        super().__init__()
        self.told: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag not in _HARMLESS:
            self.told[f"<{shorten(tag, 20)}> 태그는 옮기지 않았습니다."] = None
        if tag in _DRESS or "style" in names:
            self.told[_DRESS_TOLD] = None
        if names & {"colspan", "rowspan"}:
            self.told[_CELLS_TOLD] = None
        if any(name.startswith("on") for name in names):
            self.told[_HANDLER_TOLD] = None
        href = next((value or "" for name, value in attrs if name == "href"), "")
        if tag == "a" and re.match(r"\s*(?:javascript|data|vbscript)\s*:", href, re.IGNORECASE):
            self.told[_LINK_TOLD] = None


def _dropped(html: str) -> list[str]:
    scan = _Dressed()
    scan.feed(html)
    scan.close()
    return list(scan.told)


def pictures_of(markdown: str) -> list[tuple[str, str]]:
    """(alternative text, address) of every picture in it."""
    return [(found[1], found[2]) for found in _PICTURE.finditer(markdown)]


def with_pictures(markdown: str, addresses: dict[str, str]) -> str:
    """The same text with the addresses of pictures exchanged where they are known."""

    def exchange(found: re.Match[str]) -> str:
        address = addresses.get(found[2])
        return found[0] if address is None else f"![{found[1]}]({address})"

    return _PICTURE.sub(exchange, markdown)


def pictures_named(markdown: str, *, only: str = "") -> str:
    """The same text with `(그림: …)` for every picture whose address begins with `only`."""

    def name(found: re.Match[str]) -> str:
        if not found[2].startswith(only):
            return found[0]
        return f"(그림: {found[1]})" if found[1] else "(그림)"

    return _PICTURE.sub(name, markdown)


_MATH_TOLD = "수식(TeX)은 그리지 못합니다. 적힌 글자 그대로 보입니다."
_REMOTE_TOLD = "다른 사이트에 있거나 글 안에 끼워 넣은 그림은 옮기지 않았습니다."
_DRESS_TOLD = "글자의 색, 크기, 정렬 같은 꾸밈은 옮기지 않았습니다."
_CELLS_TOLD = "합친 칸이 있는 표는 칸을 나누어 옮겼습니다."
_HANDLER_TOLD = "누르면 실행되는 코드는 옮기지 않았습니다."
_LINK_TOLD = "위험한 주소로 가는 링크는 글만 옮겼습니다."
_TOO_LONG = f"글이 {_LONGEST:,}자를 넘어 앞부분만, 적힌 글자 그대로 옮겼습니다."
_BROKEN = "HTML 태그가 닫히지 않았거나 너무 길어 적힌 글자 그대로 옮겼습니다."
_TOO_DEEP = "HTML이 너무 여러 겹이라 적힌 글자 그대로 옮겼습니다."
