"""Figures made of the author's own text: tables, code and drawings, each in a focusable frame."""

import re

from apps.content.drawings import is_drawing, is_json, realign
from apps.content.highlight import highlight, label
from apps.content.markdown import Fence
from apps.content.tree import Element, Node, element

_LANG = re.compile(r"[a-z0-9][a-z0-9+#.-]*\Z")


_CROOKED = (
    "여기에서 시작하는 상자는 세로선이 어긋나 있고, 안쪽 선이 있어 자동으로 맞출 수 없습니다. "
    "한글을 두 칸으로 세어 세로선을 맞추십시오."
)

Mistake = tuple[int, str]


class Labels:
    """Names for the scrollable regions of one page; a name that comes again gets a number."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def unique(self, text: str) -> str:
        self._seen[text] = self._seen.get(text, 0) + 1
        count = self._seen[text]
        return text if count == 1 else f"{text} ({count})"


def table(node: Element, labels: Labels) -> Element:
    """The table inside a region that scrolls sideways on a phone, named by its header cells."""
    headers = [cell for cell in node.iter() if cell.tag == "th"]
    for cell in headers:
        cell.attrs.setdefault("scope", "col")
    names = ", ".join(" ".join(cell.text().split()) for cell in headers if cell.text().strip())
    return _region("table-scroll", labels.unique(f"표: {names}" if names else "표"), node)


def fence(block: Fence, labels: Labels) -> tuple[Element, list[Mistake]]:
    """Figure for a fenced block, and what is wrong with it: (line of the file, Korean)."""
    if is_drawing(block.lang, block.code):
        return _drawing(block, labels)
    lang = "json" if is_json(block.code) else block.lang
    if not _LANG.match(lang):
        lang = "text"
    code = element("pre", None, element("code", None, *highlight(block.code, lang)))
    region = _region("code__scroll", labels.unique(f"코드: {label(lang)}"), code)
    attrs = {"class": "code", "data-language": lang}
    return element("figure", attrs, region, *_alt(block, "코드")), []


def _drawing(block: Fence, labels: Labels) -> tuple[Element, list[Mistake]]:
    mistakes: list[Mistake] = []
    if not block.alt:
        message = '그림을 글로 푼 설명이 없습니다. 울타리 첫 줄에 title="…" alt="…"을 쓰십시오.'
        mistakes.append((block.line, message))
    straight = realign(block.code)
    mistakes.extend((block.line + 1 + row, _CROOKED) for row in straight.crooked)
    pre = element("pre", {"class": "drawing__pre"}, element("code", None, straight.text))
    region = _region("drawing__scroll", labels.unique(f"그림: {block.title or '글자 그림'}"), pre)
    return element("figure", {"class": "drawing"}, region, *_alt(block, "그림")), mistakes


def _alt(block: Fence, noun: str) -> list[Node]:
    if not block.alt:
        return []
    particle = "를" if noun == "코드" else "을"
    summary = element("summary", None, f"{noun}{particle} 글로 읽기")
    text = element("p", None, block.alt)
    return [element("details", {"class": "drawing__alt", "data-overlay": ""}, summary, text)]


def _region(css: str, name: str, content: Element) -> Element:
    attrs = {"class": css, "tabindex": "0", "role": "region", "aria-label": name}
    return element("div", attrs, content)
