"""The only place that lets an author's HTML through: explicit lists, everything else goes.

Authors never need classes, ids or data attributes in HTML of their own; all of those on a page
are ours, made after this step. So none is allowed here, and none can be forged.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any, cast
from urllib.parse import unquote

from bleach.sanitizer import Cleaner


def words(text: str) -> frozenset[str]:
    """The words of a list that reads better as one text."""
    return frozenset(text.split())


HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
ALLOWED_TAGS = HEADINGS | words(
    "a abbr b blockquote br code dd del dl dt em hr i img kbd li ol p pre s strong sub sup "
    "table tbody td th thead tr ul"
)
ALLOWED_ATTRIBUTES: dict[str, frozenset[str]] = {
    "a": frozenset({"href", "title"}),
    "abbr": frozenset({"title"}),
    "img": frozenset({"src", "alt", "title", "width", "height"}),
    "ol": frozenset({"start"}),
    "td": frozenset({"align"}),
    "th": frozenset({"align", "scope"}),
}
ALLOWED_PROTOCOLS = frozenset({"http", "https", "mailto"})
# What stands inside these is no text for a reader, or is read by another parser than HTML's.
DROPPED_WITH_CONTENT = words(
    "applet audio button canvas datalist embed frame frameset head iframe map math meter noembed "
    "noframes noscript object optgroup option picture plaintext portal progress script select "
    "style svg template textarea title video xmp"
)
_NUMBER = re.compile(r"\d{1,4}\Z")
_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")
_SCHEME = re.compile(r"[^/?#]*:")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was taken out: a piece of the source to find it by, and why (Korean)."""

    needle: str
    message: str


@dataclass(frozen=True, slots=True)
class Sanitized:
    html: str
    findings: tuple[Finding, ...]


def _drop_elements(source: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Drops whole elements from bleach's (well nested) token stream, their content included.

    bleach alone would strip `<script>` and leave its text standing.
    """
    depth = 0
    for token in source:
        kind = token["type"]
        if depth:
            depth += {"StartTag": 1, "EndTag": -1}.get(kind, 0)
        elif kind in ("StartTag", "EmptyTag") and token["name"] in DROPPED_WITH_CONTENT:
            depth = 1 if kind == "StartTag" else 0
        else:
            yield token


@dataclass(slots=True)
class _Attributes:
    """bleach asks this for every attribute; it remembers the addresses it refused."""

    findings: list[Finding] = field(default_factory=list)

    def __call__(self, tag: str, name: str, value: str) -> bool:
        if tag in DROPPED_WITH_CONTENT or name not in ALLOWED_ATTRIBUTES.get(tag, ()):
            return False
        value = unescape(value)
        if name == "href":
            return self._keep(is_safe_link(value), value, LINK_MESSAGE)
        if name == "src":
            return self._keep(is_own_image(value), value, IMAGE_MESSAGE)
        if name == "align":
            return value in ("left", "center", "right")
        if name == "scope":
            return value in ("col", "row")
        if name in ("width", "height", "start"):
            return _NUMBER.match(value) is not None
        return True

    def _keep(self, safe: bool, value: str, message: str) -> bool:
        if not safe:
            self.findings.append(Finding(value, message.format(value=shorten(value))))
        return safe


LINK_MESSAGE = (
    "링크에 “{value}” 주소는 쓸 수 없습니다. http, https, mailto 주소나 "
    "/lessons/… 또는 #제목 주소를 쓰십시오."
)
IMAGE_MESSAGE = (
    "“{value}” 이미지는 실을 수 없습니다. 다른 사이트의 이미지는 싣지 않습니다. "
    "파일을 /static/ 또는 /media/에 두거나 ::diagram을 쓰십시오."
)


def shorten(text: str, limit: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def is_safe_link(value: str) -> bool:
    """http, https and mailto addresses, and addresses on this site (`/…`, `#…`, relative)."""
    value = value.strip(" ")
    # No address holds these unencoded; who writes them wants out of the attribute.
    if _CONTROL.search(value) or any(character in value for character in '\\<>"'):
        return False
    scheme = _SCHEME.match(value)
    if scheme:
        name = scheme.group().partition(":")[0].lower()
        return name in ALLOWED_PROTOCOLS
    return bool(value) and not value.startswith("//")


def is_own_image(value: str) -> bool:
    """`/static/…`, `/media/…` or a path relative to the page; nothing that leaves this origin."""
    decoded = unquote(value)
    if _CONTROL.search(decoded.replace(" ", "")) or "\\" in decoded or not value:
        return False
    if _SCHEME.match(decoded) or ".." in decoded.split("/"):
        return False
    if decoded.startswith("/"):
        return decoded.startswith(("/static/", "/media/"))
    return not decoded.startswith(("#", "?"))


def sanitize(html: str) -> Sanitized:
    """Well-formed HTML of allowed elements and attributes only, and what had to go.

    A remote image stays as `<img alt>` without an address, for the caller to put its text there.
    """
    attributes = _Attributes()
    cleaner = Cleaner(
        tags=ALLOWED_TAGS | DROPPED_WITH_CONTENT,
        attributes=attributes,
        protocols=ALLOWED_PROTOCOLS,
        strip=True,
        strip_comments=True,
        # The stubs know only classes here; bleach calls it with `source` and iterates.
        filters=[cast(Any, _drop_elements)],
    )
    clean = cleaner.clean(html)
    return Sanitized(clean, (*_tag_findings(html), *attributes.findings))


class _TagNames(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.setdefault(tag)


def _tag_findings(html: str) -> Iterator[Finding]:
    """Only for telling the author; what is let through is decided by the cleaner alone."""
    scan = _TagNames()
    scan.feed(html)
    scan.close()
    for name in scan.names:
        if name not in ALLOWED_TAGS:
            yield Finding(
                f"<{name}",
                f"<{shorten(name, 20)}> 태그는 쓸 수 없습니다. "
                f"지우거나, 글로 보이려면 `<{shorten(name, 20)}>`처럼 백틱으로 감싸십시오.",
            )
