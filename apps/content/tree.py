"""A small HTML tree: the sanitized text is parsed once, changed as a tree, and written back.

Writing back escapes everything, so whatever stands in a text or an attribute stays text.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

# Deeper than any text a person writes, and far from Python's own limit.
MAX_DEPTH = 60
VOID = frozenset({"br", "hr", "img", "wbr"})


@dataclass(eq=False, slots=True)
class Element:
    """An element; two elements are equal only when they are the same one."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    def iter(self) -> Iterator["Element"]:
        """This element and all below it, in document order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.iter()

    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def has_class(self, name: str) -> bool:
        return name in self.attrs.get("class", "").split()

    def index(self, node: "Element") -> int:
        """Position of this very child; ValueError when it is not one."""
        for position, child in enumerate(self.children):
            if child is node:
                return position
        raise ValueError(f"<{node.tag}> is no child of <{self.tag}>")

    def replace(self, node: "Element", *replacement: "Element | str") -> None:
        position = self.index(node)
        self.children[position : position + 1] = replacement


Node = Element | str


def element(tag: str, attrs: dict[str, str] | None = None, *children: Node) -> Element:
    return Element(tag, dict(attrs or {}), list(children))


def parents(root: Element) -> dict[Element, Element]:
    """Child → parent for every element below `root`."""
    return {
        child: node for node in root.iter() for child in node.children if isinstance(child, Element)
    }


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("root")
        self.open = [self.root]
        self.ignored = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len(self.open) > MAX_DEPTH and tag not in VOID:
            self.ignored += 1
            return
        node = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if any(node.tag == tag for node in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        siblings = self.open[-1].children
        if siblings and isinstance(siblings[-1], str):
            siblings[-1] += data
        else:
            siblings.append(data)


def parse(html: str) -> tuple[Element, bool]:
    """The tree of well-formed HTML (as the sanitizer writes it) under an element named `root`, and
    whether it is complete: elements nested more than `MAX_DEPTH` deep are left out."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root, builder.ignored == 0


def serialize(node: Node) -> str:
    """HTML of a node; of a `root` its children."""
    if isinstance(node, str):
        return escape(node, quote=False)
    inner = "".join(serialize(child) for child in node.children)
    if node.tag == "root":
        return inner
    attrs = "".join(f' {name}="{escape(value)}"' for name, value in node.attrs.items())
    if node.tag in VOID:
        return f"<{node.tag}{attrs}>"
    return f"<{node.tag}{attrs}>{inner}</{node.tag}>"
