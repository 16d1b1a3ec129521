"""One lesson body → finished, safe HTML blocks. Runs when content is loaded, never in a request."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from apps.content import figures
from apps.content.asked import AskedEntry, place_asked
from apps.content.directives import TOP_LEVEL, Directive, Embeds
from apps.content.errata import ErratumEntry, ErratumSpec, overlay
from apps.content.links import LinkEntry, place_links
from apps.content.markdown import Fence, Source, take_apart, to_html
from apps.content.problems import FileProblems, Problem, Problems
from apps.content.sanitize import HEADINGS, Sanitized, sanitize, words
from apps.content.tree import Element, Node, element, parents, parse, serialize
from apps.kernel.korean import leaning_parts

# Part of every digest: raise it when the same files come out as other HTML.
RENDERER_VERSION = 6

_HEADING_ID = re.compile(r"\s*\{#([^{}]*)\}\s*$")
TOO_DEEP = "목록, 인용이나 HTML 태그가 너무 여러 겹입니다. 겹친 것을 풀어 쓰십시오."
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")
# Ids that the page or the overlays use themselves.
_RESERVED_ID = re.compile(
    r"(?:note|ref|diagram|d|asked)-|(?:main|top|toc|nav|content|search|theme|body|header|footer)\Z"
)
_VERBATIM = words("code pre title desc text tspan")
_INLINE = words("a abbr b br code del em i img kbd s strong sub sup")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a lesson: finished HTML (`html`, `diagram`), or a place for an embed."""

    kind: str
    html: str
    name: str
    params: dict[str, str]


@dataclass(frozen=True, slots=True)
class TocEntry:
    id: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Rendered:
    """A body rendered. The HTML is safe even when there are problems."""

    blocks: tuple[Block, ...]
    toc: tuple[TocEntry, ...]
    errata: tuple[ErratumSpec, ...]
    problems: tuple[Problem, ...]


def render_body(
    body: str,
    *,
    path: str = "본문",
    first_line: int = 1,
    embeds: Embeds | None = None,
    diagrams: Mapping[str, str] | None = None,
    errata: Sequence[ErratumEntry] = (),
    links: Sequence[LinkEntry] = (),
    asked: Sequence[AskedEntry] = (),
) -> Rendered:
    """Render Markdown `body`, whose first line is line `first_line` of the file `path`.

    `embeds` are the names that exist by kind of directive, `diagrams` the figures by name;
    `errata` are the corrections of this lesson, which report their problems to their own file;
    `links` are put beside the words they quote; `asked` are sentences that questions ask about.
    """
    shown = dict(diagrams or {})
    known = {**(embeds or {}), "diagram": dict.fromkeys(shown, frozenset[str]())}
    source = take_apart(body, known, first_line=first_line)
    page = _Page(source, body, FileProblems(path, Problems()), first_line)
    try:
        clean = sanitize(to_html(source.text))
    except RecursionError:
        page.problems.add(first_line, TOO_DEEP)
        clean = Sanitized("", ())
    placed = page.build(clean, errata, links, asked)
    return Rendered(
        blocks=tuple(page.blocks(shown)),
        toc=tuple(page.toc),
        errata=placed,
        problems=page.problems.sink.sorted(),
    )


@dataclass(slots=True)
class _Page:
    source: Source
    body: str
    problems: FileProblems
    first_line: int
    root: Element = field(default_factory=lambda: Element("root"))
    toc: list[TocEntry] = field(default_factory=list)
    labels: figures.Labels = field(default_factory=figures.Labels)
    directives: dict[Element, Directive] = field(default_factory=dict)

    def build(
        self,
        clean: Sanitized,
        errata: Sequence[ErratumEntry],
        links: Sequence[LinkEntry],
        asked: Sequence[AskedEntry],
    ) -> tuple[ErratumSpec, ...]:
        for line, message in self.source.mistakes:
            self.problems.add(line, message)
        for finding in clean.findings:
            self.problems.add(self._line_of(finding.needle), finding.message)
        self.root, complete = parse(clean.html)
        if not complete:
            self.problems.add(self.first_line, TOO_DEEP)
        self._wrap_loose_text()
        self._each({"img"}, self._image)
        self._each({"p"}, lambda node: [] if _is_empty(node) else [node])
        self._headings()
        self._fill_slots()
        self._each({"pre"}, self._indented_code)
        self._each({"table"}, lambda node: [figures.table(node, self.labels)])
        self._each({"a"}, self._link)
        place_links(self.root, links)
        place_asked(self.root, asked)
        placed = overlay(self.root, errata)
        self._keep_particles()
        return placed

    def _line_of(self, needle: str) -> int:
        at = self.body.lower().find(needle.lower()) if needle else -1
        return self.first_line + (self.body.count("\n", 0, at) if at > 0 else 0)

    def _each(self, tags: set[str], change: Callable[[Element], Sequence[Node]]) -> None:
        """Replace every element of these tags; what ours adds is not visited again."""
        above = parents(self.root)
        for node in [node for node in self.root.iter() if node.tag in tags]:
            home = above[node]
            if home.attrs.get("class") not in ("drawing__scroll", "code__scroll"):
                position = home.index(node)
                home.children[position : position + 1] = change(node)

    def _wrap_loose_text(self) -> None:
        """Text and inline HTML at the top become paragraphs, so that every text has a block."""
        children: list[Node] = []
        loose: list[Node] = []
        for child in [*self.root.children, element("end")]:
            if isinstance(child, str) or child.tag in _INLINE:
                loose.append(child)
                continue
            if any(not isinstance(node, str) or node.strip() for node in loose):
                children.append(element("p", None, *loose))
            elif loose:
                children.append("\n")
            loose = []
            children.append(child)
        self.root.children = children[:-1]

    def _image(self, node: Element) -> list[Node]:
        alt = node.attrs.get("alt", "")
        if "src" not in node.attrs:
            return [alt]
        node.attrs = {**node.attrs, "alt": alt, "loading": "lazy"}
        return [node]

    def _headings(self) -> None:
        headings = [node for node in self.root.iter() if node.tag in HEADINGS]
        # Headings written as HTML or underlined with --- are not among the lines with #.
        exact = len(headings) == len(self.source.headings)
        seen: set[str] = set()
        for number, node in enumerate(headings):
            level = int(node.tag[1]) - 1
            name = self._heading_id(node)
            title = " ".join(node.text().split())
            line = self.source.headings[number] if exact else self._line_of(title)
            self._check_heading(line, int(node.tag[1]), name, title, seen)
            node.tag = f"h{max(level, 2)}"
            if _ID.match(name) and not _RESERVED_ID.match(name) and name not in seen:
                node.attrs = {"id": name}
                seen.add(name)
                if level in (2, 3):
                    self.toc.append(TocEntry(name, title, level))

    def _heading_id(self, node: Element) -> str:
        """Take ` {#id}` off the end of a heading; "" when there is none."""
        last = node.children[-1] if node.children else ""
        match = _HEADING_ID.search(last) if isinstance(last, str) else None
        if match is None or not isinstance(last, str):
            return ""
        node.children[-1] = last[: match.start()]
        return match[1].strip()

    def _check_heading(self, line: int, level: int, name: str, title: str, seen: set[str]) -> None:
        here = f"제목 “{title}”"
        if level < 3:
            self.problems.add(
                line, f"{here}: 본문의 제목은 ### 또는 ####로 쓰십시오. #, ##는 레슨 제목입니다."
            )
        if not name:
            self.problems.add(line, f"{here}: id가 없습니다. 줄 끝에 {{#영어-이름}}을 붙이십시오.")
        elif not _ID.match(name):
            self.problems.add(
                line,
                f"{here}: “{name}” id는 쓸 수 없습니다. "
                "영어 소문자로 시작해 소문자, 숫자, 붙임표(-)만 쓰십시오.",
            )
        elif _RESERVED_ID.match(name):
            self.problems.add(line, f"{here}: “{name}” id는 사이트가 씁니다. 바꾸십시오.")
        elif name in seen:
            self.problems.add(line, f"{here}: “{name}” id가 두 번 있습니다. 하나를 바꾸십시오.")

    def _fill_slots(self) -> None:
        above = parents(self.root)
        for node in list(self.root.iter()):
            # Exactly the word: in a <p> written as raw HTML it stands between line ends.
            word = node.children[0] if node.tag == "p" and len(node.children) == 1 else None
            if isinstance(word, str) and word in self.source.slots:
                self._fill(above[node], node, self.source.slots.pop(word))
        self._drop_unplaced()

    def _fill(self, home: Element, node: Element, content: Fence | Directive) -> None:
        if isinstance(content, Fence):
            figure, mistakes = figures.fence(content, self.labels)
            for line, message in mistakes:
                self.problems.add(line, message)
            home.replace(node, figure)
        elif home is not self.root:
            self.problems.add(content.line, TOP_LEVEL)
            home.replace(node)
        else:
            place = element("embed")
            self.directives[place] = content
            home.replace(node, place)

    def _drop_unplaced(self) -> None:
        """Fences and directives that ended up inside raw HTML: said, and left out of the page."""
        for content in self.source.slots.values():
            self.problems.add(
                content.line,
                TOP_LEVEL
                if isinstance(content, Directive)
                else "코드 울타리가 HTML 태그 안에 있습니다. 태그 밖으로 꺼내십시오.",
            )
        if self.source.slots:
            words = re.compile("|".join(map(re.escape, self.source.slots)))
            for node in self.root.iter():
                node.children = [
                    words.sub("", child) if isinstance(child, str) else child
                    for child in node.children
                ]
                node.attrs = {name: words.sub("", value) for name, value in node.attrs.items()}

    def _indented_code(self, node: Element) -> list[Node]:
        code = node.text()
        line = self._line_of(code.strip().split("\n")[0])
        figure, mistakes = figures.fence(Fence("", "", "", code, line), self.labels)
        for at, message in mistakes:
            self.problems.add(at, message)
        return [figure]

    def _keep_particles(self) -> None:
        """Last of all: from here on a sentence may stand in pieces."""
        for node in list(self.root.iter()):
            if node.tag in _VERBATIM:
                continue
            children: list[Node] = []
            for child in node.children:
                if isinstance(child, str):
                    children += [
                        element("span", {"class": "nobr"}, part) if leaning else part
                        for part, leaning in leaning_parts(child)
                    ]
                else:
                    children.append(child)
            node.children = children

    def _link(self, node: Element) -> list[Node]:
        href = node.attrs.get("href")
        if href is None:
            return list(node.children)
        if href.startswith(("http://", "https://")):
            node.attrs["rel"] = "noopener noreferrer"
        elif href.startswith("#") and href[1:] not in {entry.id for entry in self.toc}:
            self.problems.add(
                self._line_of(f"({href}"),
                f"이 레슨에 {href} 제목이 없습니다. 링크와 제목의 id를 확인하십시오.",
            )
        return [node]

    def blocks(self, diagrams: Mapping[str, str]) -> list[Block]:
        blocks: list[Block] = []
        html: list[Node] = []
        for child in [*self.root.children, element("embed")]:
            if not isinstance(child, Element) or child.tag != "embed":
                html.append(child)
                continue
            text = serialize(element("root", None, *html)).strip()
            if text:
                blocks.append(Block("html", text, "", {}))
            html = []
            directive = self.directives.get(child)
            if directive is None:
                continue
            if any(
                block.kind == directive.kind == "diagram" and block.name == directive.name
                for block in blocks
            ):
                # Its ids would stand twice on the page.
                self.problems.add(
                    directive.line,
                    f"“{directive.name}” 그림이 이 레슨에 두 번 있습니다. 하나를 지우십시오.",
                )
                continue
            figure = diagrams.get(directive.name, "") if directive.kind == "diagram" else ""
            blocks.append(Block(directive.kind, figure, directive.name, directive.params))
        return blocks


def _is_empty(node: Element) -> bool:
    """A paragraph whose content was taken out (an image without a text, a forbidden element)."""
    return all(isinstance(child, str) and not child.strip() for child in node.children)
