"""Markdown to raw HTML: fences and directives are taken out, python-markdown does the rest.

The HTML is raw: it still holds whatever HTML the author wrote and must be sanitized.
"""

import re
import secrets
from dataclasses import dataclass, field
from html import escape

import markdown
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension

from apps.content.directives import (
    INTENDED,
    NESTED,
    TOP_LEVEL,
    Directive,
    DirectiveError,
    Embeds,
    parse_attributes,
    parse_directive,
)
from apps.content.normalize import Kind, Line, normalize_lines

_INFO = re.compile(r"(?P<lang>[\w.+#-]*)(?P<attrs>(?:\s.*)?)$", re.ASCII)
_FENCE_KEYS = frozenset({"title", "alt"})


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block: its language as written, text alternative, and the line it opens on."""

    lang: str
    title: str
    alt: str
    code: str
    line: int


@dataclass(slots=True)
class Source:
    """A body taken apart. `slots` maps placeholder words, unguessable by an author, to what they
    stand for; `headings` are the lines of the Markdown headings in order; `mistakes` are
    (line, Korean message)."""

    text: str = ""
    slots: dict[str, "Fence | Directive"] = field(default_factory=dict)
    headings: list[int] = field(default_factory=list)
    mistakes: list[tuple[int, str]] = field(default_factory=list)


def take_apart(text: str, embeds: Embeds | None, *, first_line: int = 1) -> Source:
    """Fences and directives out of `text`; with `embeds` None directives stay ordinary text."""
    lines = normalize_lines(text)
    nonce = secrets.token_hex(12)
    source = Source()
    out: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        number = first_line + line.number - 1
        if line.kind is Kind.FENCE_OPEN:
            end = _fence_end(lines, at)
            fence = _fence(lines, at, end, number, source)
            at = end
            indent = line.text[: len(line.text) - len(line.text.lstrip(" "))]
            _put(out, indent, _slot(source, nonce, fence))
            continue
        at += 1
        if line.kind is Kind.HEADING:
            source.headings.append(number)
        if embeds is not None and line.kind is Kind.TEXT and INTENDED.match(line.text):
            try:
                directive = parse_directive(line.text, number, embeds)
            except DirectiveError as error:
                source.mistakes.append((number, str(error)))
            else:
                _put(out, "", _slot(source, nonce, directive))
            continue
        if embeds is not None and NESTED.match(line.text):
            source.mistakes.append((number, TOP_LEVEL))
        out.append(line.text)
    source.text = "\n".join(out)
    return source


def _slot(source: Source, nonce: str, content: Fence | Directive) -> str:
    word = f"x{nonce}x{len(source.slots)}x"
    source.slots[word] = content
    return word


def _put(out: list[str], indent: str, word: str) -> None:
    # Blank lines around make python-markdown render it as a paragraph of its own.
    out.extend(["", indent + word, ""])


def _fence_end(lines: list[Line], at: int) -> int:
    at += 1
    while at < len(lines) and lines[at].kind is Kind.FENCE_BODY:
        at += 1
    return at + 1 if at < len(lines) and lines[at].kind is Kind.FENCE_CLOSE else at


def _fence(lines: list[Line], at: int, end: int, number: int, source: Source) -> Fence:
    opening = lines[at].text.lstrip(" ")
    indent = len(lines[at].text) - len(opening)
    mark = opening[: len(opening) - len(opening.lstrip(opening[0]))]
    if lines[end - 1].kind is not Kind.FENCE_CLOSE:
        source.mistakes.append(
            (number, f"코드 울타리가 닫히지 않았습니다. 끝에 {mark} 줄을 넣으십시오.")
        )
    info = _INFO.match(opening[len(mark) :].strip())
    attrs = parse_attributes(info["attrs"]) if info else None
    if info is None or attrs is None or not set(attrs) <= _FENCE_KEYS:
        source.mistakes.append(
            (
                number,
                "코드 울타리의 첫 줄을 읽을 수 없습니다. "
                f'{mark}text title="짧은 이름" alt="글로 푼 설명"처럼 쓰십시오.',
            )
        )
        attrs = {}
    body = [line.text[indent:] for line in lines[at + 1 : end] if line.kind is Kind.FENCE_BODY]
    return Fence(
        lang=info["lang"].lower() if info else "",
        title=attrs.get("title", "").strip(),
        alt=attrs.get("alt", "").strip(),
        code="\n".join(body) + "\n",
        line=number,
    )


def to_html(text: str) -> str:
    """python-markdown with the few extensions the notes need; `text` is normalized already."""
    converter = markdown.Markdown(
        extensions=[TableExtension(use_align_attribute=True), SaneListExtension()],
        output_format="html",
        tab_length=4,
    )
    return converter.convert(text)


def render_markdown(text: str) -> str:
    """Plain rendering of any Markdown, fences as `<pre><code>`: raw HTML, not yet sanitized."""
    source = take_apart(text, None)
    html = to_html(source.text)
    for word, fence in source.slots.items():
        if not isinstance(fence, Fence):  # without embeds there are no directives
            continue
        css = f' class="language-{escape(fence.lang)}"' if fence.lang else ""
        block = f"<pre><code{css}>{escape(fence.code, quote=False)}</code></pre>"
        html = html.replace(f"<p>{word}</p>", block).replace(word, block)
    return html
