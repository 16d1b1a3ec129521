"""An independent reading of the notes, for the fidelity test only.

Two readers give the same kind of list: `read_notes` reads the author's Markdown, `read_page` a
served lesson page. Neither imports anything of the site, so that a mistake in the site's own
Markdown pipeline cannot hide itself here. Both understand just what the notes use.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import NamedTuple


class Block(NamedTuple):
    """One block of text: `kind` tells the place in the structure, `text` the words.

    Kinds: "heading 2".."heading 4" (the author's levels), "paragraph", "item DEPTH MARKER" (marker
    "-" or "3."), "cell ROW:COLUMN", "drawing", "code", "image" (text = name of the diagram that
    stands for it). "stray" and "item rest" appear only on a page that is wrong.
    """

    kind: str
    text: str


# The screenshots of the notes, by the start of their address, and the diagrams drawn for them.
IMAGES = {
    "6d4cfc33": "asg-alone",
    "d513d345": "asg-elb",
    "7bdd0aee": "cloudfront-path",
    "e3ac47d2": "s3-vs-ebs-update",
    "16f2c0ff": "efs-across-azs",
}

IMAGE_LINE = re.compile(r"(?:<img [^>]*?|!\[image\]\()\S*?/assets/(\w{8})[-\w]*[^\n]*")
ITEM_LINE = re.compile(r"( *)(-|\d+\.) (.*)")
BORDER = re.compile("[│|]")
FRAME_ROW = re.compile(r" *[┌└+][─┬┴+-]+[┐┘+]")
HEADING_LINE = re.compile(r"(#{2,4}) (.*)")


def collapse(text: str) -> str:
    """The text with every run of white space made one space."""
    return " ".join(text.split())


def normal_drawing(text: str) -> str:
    """A drawing without what aligning a box may change: rule lengths and spaces in its rows.

    Rows outside of boxes keep every space, because in a tree indentation carries the meaning.
    """
    rows = [_normal_row(row) for row in text.expandtabs(4).splitlines()]
    return "\n".join(rows).strip("\n")


def _normal_row(row: str) -> str:
    if not FRAME_ROW.match(row) and len(BORDER.findall(row)) < 2:
        return row.rstrip()
    rules_shortened = re.sub(r"─+", "─", re.sub(r"-{2,}", "-", collapse(row)))
    return re.sub(r" ?([│|]) ?", r"\1", rules_shortened)


def normal_code(text: str) -> str:
    """Code with trailing white space and outer blank lines removed, nothing else."""
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def differences(expected: list[Block], found: list[Block]) -> list[str]:
    """What to do to `expected` to get `found`, as readable lines; empty when they are the same."""
    lines = []
    matcher = difflib.SequenceMatcher(a=expected, b=found, autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag != "equal":
            lines += [f"- {block.kind}: {block.text}" for block in expected[a0:a1]]
            lines += [f"+ {block.kind}: {block.text}" for block in found[b0:b1]]
    return lines


# ---- Markdown --------------------------------------------------------------------------------


@dataclass
class _NotesReader:
    blocks: list[Block] = field(default_factory=list)
    paragraph: list[str] = field(default_factory=list)
    indents: list[int] = field(default_factory=list)  # of the open list items, outermost first
    row: int = 0

    def close(self) -> None:
        if self.paragraph:
            self.add("paragraph", collapse(" ".join(self.paragraph)))
            self.paragraph = []

    def add(self, kind: str, text: str) -> None:
        self.indents = []
        self.blocks.append(Block(kind, text))

    def item(self, indent: int, marker: str, text: str) -> None:
        while self.indents and self.indents[-1] >= indent:
            self.indents.pop()
        self.indents.append(indent)
        self.blocks.append(Block(f"item {len(self.indents)} {marker}", collapse(text)))

    def table_row(self, line: str) -> None:
        if re.fullmatch(r"[|\s:-]+", line):
            return
        for column, cell in enumerate(line.strip().strip("|").split("|")):
            text = collapse(re.sub(r"<br\s*/?>", " ", cell))
            self.add(f"cell {self.row}:{column}", text)
        self.row += 1

    def line(self, line: str) -> None:
        if not line.startswith("|"):
            self.row = 0
        if not line.strip():
            self.close()
        elif match := HEADING_LINE.fullmatch(line):
            self.close()
            self.add(f"heading {len(match[1])}", collapse(match[2]))
        elif match := IMAGE_LINE.fullmatch(line):
            self.close()
            self.add("image", IMAGES[match[1]])
        elif match := ITEM_LINE.fullmatch(line):
            self.close()
            self.item(len(match[1]), match[2], match[3])
        elif line.startswith("|"):
            self.close()
            self.table_row(line)
        else:
            self.paragraph.append(line)


def read_notes(text: str) -> list[Block]:
    """The blocks of Markdown text, as the author means it on GitHub.

    A list, table, fence or heading may follow a paragraph without a blank line.
    """
    reader = _NotesReader()
    lines = iter(text.splitlines())
    for line in lines:
        if line.startswith("```"):
            reader.close()
            body = "\n".join(_until_fence(lines))
            if line.startswith("```text"):
                reader.add("drawing", normal_drawing(body))
            else:
                reader.add("code", normal_code(body))
        else:
            reader.line(line)
    reader.close()
    return reader.blocks


def _until_fence(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if line == "```":
            return
        yield line
    raise ValueError("a fence is never closed")


# ---- HTML ------------------------------------------------------------------------------------

VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
CONTAINERS = {"div", "section", "article", "figure"}
BLOCKS = CONTAINERS | {"p", "ul", "ol", "table", "pre", "h2", "h3", "h4", "h5", "h6", "aside"}


@dataclass(eq=False)
class Node:
    """One element of a page; children are elements and text, in order."""

    tag: str
    attrs: dict[str, str]
    children: list["Node | str"] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        """This element and all elements below, in document order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    @property
    def overlay(self) -> bool:
        return "data-overlay" in self.attrs

    def has_class(self, name: str) -> bool:
        return name in self.attrs.get("class", "").split()


class _TreeBuilder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag != tag:
            raise ValueError(f"line {self.getpos()[0]}: </{tag}> closes <{self.open[-1].tag}>")
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse_html(html: str) -> Node:
    """The page as a tree. Raises ValueError where tags do not nest."""
    builder = _TreeBuilder()
    builder.feed(html)
    builder.close()
    return builder.root


def to_html(node: Node) -> str:
    """The tree as HTML again (comments and the doctype are not kept)."""
    inner = "".join(
        to_html(child) if isinstance(child, Node) else escape(child, quote=False)
        for child in node.children
    )
    if not node.tag:
        return inner
    attrs = "".join(f' {name}="{escape(value)}"' for name, value in node.attrs.items())
    return f"<{node.tag}{attrs}>" + ("" if node.tag in VOID else f"{inner}</{node.tag}>")


def the_one(root: Node, attribute: str) -> Node:
    """The only element with this attribute; ValueError when there is none or more than one."""
    (node,) = [node for node in root.walk() if attribute in node.attrs]
    return node


def read_page(html: str) -> list[Block]:
    """The blocks of the author's text on a lesson page: the title, then all of `data-lesson-text`.

    Elements with `data-overlay` are left out; a diagram counts as the image it stands for.
    """
    root = parse_html(html)
    title = the_one(root, "data-lesson-title")
    text = the_one(root, "data-lesson-text")
    return [Block("heading 2", _inline(title)), *_blocks(text, 0)]


def _inline(node: Node) -> str:
    return collapse("".join(_pieces(node, code_mark="`")))


def _pieces(node: Node, *, code_mark: str = "") -> Iterator[str]:
    if node.overlay:
        return
    mark = code_mark if node.tag == "code" else ""
    yield " " if node.tag == "br" else mark
    for child in node.children:
        if isinstance(child, str):
            yield child
        else:
            yield from _pieces(child, code_mark=code_mark)
    yield mark


def _blocks(parent: Node, depth: int, figure: str = "") -> Iterator[Block]:
    """Blocks below `parent`; `depth` counts the open lists, `figure` is "drawing" or "code"."""
    for child in parent.children:
        if isinstance(child, str):
            if child.strip():
                yield Block("stray", collapse(child))
        elif child.tag == "figure" and child.has_class("diagram"):
            yield Block("image", child.attrs.get("id", "").removeprefix("diagram-"))
        elif child.overlay:
            continue
        elif re.fullmatch(r"h[2-6]", child.tag):
            yield Block(f"heading {int(child.tag[1]) + 1}", _inline(child))
        elif child.tag == "p":
            yield Block("paragraph", _inline(child))
        elif child.tag in {"ul", "ol"}:
            yield from _items(child, depth + 1)
        elif child.tag == "table":
            yield from _cells(child)
        elif child.tag == "pre":
            yield _fence(child, figure)
        elif child.tag in CONTAINERS:
            yield from _blocks(
                child, depth, child.attrs["class"] if child.tag == "figure" else figure
            )
        elif text := _inline(child):
            yield Block("stray", text)


def _items(parent: Node, depth: int) -> Iterator[Block]:
    number = int(parent.attrs.get("start", "1"))
    for item in parent.children:
        if isinstance(item, str) or item.overlay:
            if isinstance(item, str) and item.strip():
                yield Block("stray", collapse(item))
            continue
        marker = "-" if parent.tag == "ul" else f"{number}."
        number += 1
        kind = f"item {depth} {marker}"
        for is_block, run in _runs(item):
            if is_block:
                yield from _blocks(run, depth)
            elif text := _inline(run):
                yield Block(kind, text)
                kind = "item rest"


def _runs(item: Node) -> Iterator[tuple[bool, Node]]:
    """The content of a list item in runs of text (also `<p>`) and single blocks (True)."""
    run = Node("", {})
    for child in item.children:
        if isinstance(child, Node) and child.tag in BLOCKS and not child.overlay:
            yield False, run
            run = Node("", {})
            yield (False, child) if child.tag == "p" else (True, Node("", {}, [child]))
        else:
            run.children.append(child)
    yield False, run


def _cells(table: Node) -> Iterator[Block]:
    for caption in [node for node in table.walk() if node.tag == "caption" and not node.overlay]:
        yield Block("stray", _inline(caption))
    rows = [node for node in table.walk() if node.tag == "tr" and not node.overlay]
    for row, node in enumerate(rows):
        cells = [cell for cell in node.children if isinstance(cell, Node) and not cell.overlay]
        for column, cell in enumerate(cells):
            yield Block(f"cell {row}:{column}", _inline(cell))


def _fence(pre: Node, figure: str) -> Block:
    text = "".join(_pieces(pre))
    if figure == "drawing":
        return Block("drawing", normal_drawing(text))
    return Block("code", normal_code(text))
