"""Links that a lesson adds beside the author's words, such as from a table's row to a step of a
widget: anchored by quote in the front matter, so that the text stays the author's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from apps.content.anchor import Found, TextIndex
from apps.content.fields import Fields
from apps.content.frontmatter import table_lines
from apps.content.problems import FileProblems
from apps.content.tree import Element, element

_KEYS = ("section", "quote", "href", "label")
_HREF = re.compile(r"#[a-z][a-z0-9-]*\Z")


@dataclass(frozen=True, slots=True)
class LinkEntry:
    section: str
    quote: str
    href: str
    label: str
    line: int
    problems: FileProblems


def read_links(
    front: dict[str, Any], front_text: str, problems: FileProblems, *, first_line: int
) -> tuple[LinkEntry, ...]:
    """The `[[link]]` tables of a front matter: section, quote, href (`#…` on the page), label."""
    items = front.get("link", [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        problems.add(first_line, "레슨 정보: link 항목은 [[link]]로 쓰십시오.")
        return ()
    lines = [line + first_line - 1 for line in table_lines(front_text, "link")]
    return tuple(
        _read_link(item, lines[number] if number < len(lines) else first_line, problems)
        for number, item in enumerate(items)
    )


def _read_link(item: dict[str, Any], line: int, problems: FileProblems) -> LinkEntry:
    fields = Fields(item, problems, partial(_same_line, line), "링크")
    fields.allow_only(_KEYS)
    href = fields.text("href")
    if href and not _HREF.match(href):
        fields.report("href", f"href 값 “{href}” 대신 이 화면 안의 #주소를 쓰십시오.")
        href = ""
    return LinkEntry(
        section=fields.text("section", required=False),
        quote=fields.text("quote", one_line=False),
        href=href,
        label=fields.text("label"),
        line=line,
        problems=problems,
    )


def _same_line(line: int, key: str) -> int:
    return line


def place_links(root: Element, links: Sequence[LinkEntry]) -> None:
    """Put each link after its quote; one whose quote does not stand exactly once is a problem."""
    index = TextIndex(root)
    placed: list[tuple[Found, LinkEntry]] = []
    for link in links:
        found = index.find(link.quote, link.section)
        if found is None:
            link.problems.add(
                link.line,
                f"링크 “{link.label}”: 인용문이 그 절에 꼭 한 번 있어야 합니다. "
                "quote와 section을 확인하십시오.",
            )
        else:
            placed.append((found, link))
    # From the end, so that the positions of what comes earlier stay true.
    placed.sort(key=lambda pair: pair[0].position, reverse=True)
    for found, link in placed:
        piece = found.pieces[-1]
        attrs = {"class": "text-link", "href": link.href, "data-overlay": ""}
        home = piece.run.parent
        rest = home.children[piece.run.index]
        text = rest if isinstance(rest, str) else ""
        home.children[piece.run.index : piece.run.index + 1] = [
            text[: piece.end],
            " ",
            element("a", attrs, link.label),
            text[piece.end :],
        ]
