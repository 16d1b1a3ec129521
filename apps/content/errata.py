"""Corrections (정정): read from errata.toml, marked in the text, explained below its block."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Any

from apps.content.anchor import Found, Piece, Run, TextIndex
from apps.content.fields import Fields
from apps.content.frontmatter import key_line, table_lines
from apps.content.problems import FileProblems
from apps.content.tree import Element, Node, element, parents

KIND_LABELS = {
    "wrong": "사실과 다름",
    "outdated": "지금은 바뀜",
    "oversimplified": "지나친 단순화",
    "incomplete": "빠진 내용",
}
SEVERITIES = ("high", "medium", "low")
CONFIDENCES = ("high", "medium")
THIRD_PARTY_LABEL = "AWS가 아닌 곳에 실린 사본"
ID_LENGTH, SECTION_LENGTH = 100, 80
_KEYS = (
    "id", "lesson", "section", "quote", "kind", "severity", "confidence", "correction", "why",
    "source",
)  # fmt: skip
_SOURCE_KEYS = ("title", "url", "as_of", "third_party", "seen")
_DAY = re.compile(r"(\d{4}-\d{2})-\d{2}\Z")
# A block that follows the text of its list item instead of being part of it.
_ITEM_BLOCKS = frozenset({"ul", "ol", "p", "div", "figure", "blockquote", "table", "aside"})


@dataclass(frozen=True, slots=True)
class SourceSpec:
    title: str
    url: str | None
    as_of: str | None
    third_party: bool
    seen: str


@dataclass(frozen=True, slots=True)
class ErratumSpec:
    """A correction; `number` counts within the lesson in reading order (0 before it is placed)."""

    id: str
    number: int
    section: str
    quote: str
    kind: str
    severity: str
    confidence: str
    correction: str
    why: str
    sources: tuple[SourceSpec, ...]


@dataclass(frozen=True, slots=True)
class ErratumEntry:
    """A correction as it stands in a file: what it says, the lesson it is for, and where."""

    spec: ErratumSpec
    lesson: str
    line: int
    problems: FileProblems


def erratum_source_line(source: SourceSpec) -> str:
    """How old the source is: "2023-06 문서 기준"; "" when that is not known."""
    if not source.as_of:
        return ""
    day = _DAY.match(source.as_of)
    return f"{day[1] if day else source.as_of} 문서 기준"


def read_errata(text: str, table: dict[str, Any], problems: FileProblems) -> list[ErratumEntry]:
    """The corrections of one errata.toml, already parsed as `table`, in the order of the file."""
    lines = table_lines(text, "erratum")
    items = table.get("erratum", [])
    for key in table:
        if key != "erratum":
            problems.add(key_line(text, key), f"{key} 항목은 쓰지 않습니다. [[erratum]]만 씁니다.")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        problems.add(1, "정정은 [[erratum]] 표로 쓰십시오.")
        return []
    entries: list[ErratumEntry] = []
    for number, item in enumerate(items):
        start = lines[number] if number < len(lines) else 1
        entries.append(_read_erratum(text, item, start, problems))
    return entries


def _read_erratum(
    text: str, item: dict[str, Any], start: int, problems: FileProblems
) -> ErratumEntry:
    name = item.get("id")
    where = f"정정 {name}" if isinstance(name, str) else "정정"
    fields = Fields(item, problems, partial(_key_line, text, start), where)
    fields.allow_only(_KEYS)
    spec = ErratumSpec(
        id=fields.slug("id", most=ID_LENGTH),
        number=0,
        section=fields.text("section", required=False, most=SECTION_LENGTH),
        quote=fields.text("quote", one_line=False),
        kind=fields.choice("kind", KIND_LABELS),
        severity=fields.choice("severity", SEVERITIES),
        confidence=fields.choice("confidence", CONFIDENCES),
        correction=fields.text("correction", one_line=False),
        why=fields.text("why", required=False, one_line=False),
        sources=_read_sources(text, fields, start, problems),
    )
    if "section" not in item:
        fields.report("section", 'section이 없습니다. 제목의 id를, 첫 제목 앞이면 ""를 쓰십시오.')
    return ErratumEntry(spec, fields.text("lesson"), start, problems)


def _key_line(text: str, start: int, key: str) -> int:
    return key_line(text, key, start=start)


def _read_sources(
    text: str, fields: Fields, start: int, problems: FileProblems
) -> tuple[SourceSpec, ...]:
    items = fields.table.get("source", [])
    if not isinstance(items, list) or not items or not all(isinstance(i, dict) for i in items):
        fields.report("source", "출처가 없습니다. [[erratum.source]]를 하나 이상 쓰십시오.")
        return ()
    where = fields.where
    lines = [line for line in table_lines(text, "erratum.source") if line > start]
    sources: list[SourceSpec] = []
    for number, item in enumerate(items):
        line = lines[number] if number < len(lines) else start
        source = Fields(item, problems, partial(_key_line, text, line), f"{where}의 출처")
        source.allow_only(_SOURCE_KEYS)
        sources.append(
            SourceSpec(
                title=source.text("title"),
                url=source.url("url"),
                as_of=source.text("as_of", required=False) or None,
                third_party=source.boolean("third_party", default=False),
                seen=source.text("seen", required=False),
            )
        )
    return tuple(sources)


def overlay(root: Element, entries: Sequence[ErratumEntry]) -> tuple[ErratumSpec, ...]:
    """Mark every quote in the tree and put its note below; the corrections in reading order.

    A correction whose quote does not stand exactly once in its section is a problem.
    """
    index = TextIndex(root)
    placed: list[tuple[Found, ErratumSpec]] = []
    for entry in entries:
        found = index.find(entry.spec.quote, entry.spec.section)
        if found is None:
            entry.problems.add(entry.line, _why_not(index, entry))
        else:
            placed.append((found, entry.spec))
    placed.sort(key=lambda pair: pair[0].position)
    numbered = [
        (found, replace(spec, number=number)) for number, (found, spec) in enumerate(placed, 1)
    ]
    _mark(numbered, parents(root))
    above = parents(root)
    for found, spec in numbered:
        _put_note(root, above, found.pieces[-1].run.parent, spec)
    return tuple(spec for _, spec in numbered)


def _why_not(index: TextIndex, entry: ErratumEntry) -> str:
    spec = entry.spec
    name = f"정정 {spec.id}"
    here = f"절 #{spec.section}" if spec.section else "첫 제목 앞"
    if spec.section not in index.sections:
        return (
            f"{name}: “{entry.lesson}” 레슨에 #{spec.section} 제목이 없습니다. "
            "section을 고치십시오."
        )
    count = index.count(spec.quote, spec.section)
    if count:
        return (
            f"{name}: 인용문이 {here}에 {count}번 있습니다. "
            "앞뒤 글을 더 넣어 한 번만 나오게 하십시오."
        )
    other = [s for s in index.sections if s != spec.section and index.count(spec.quote, s)]
    hint = f" #{other[0] or '(첫 제목 앞)'} 절에는 있습니다." if other else ""
    return f"{name}: 인용문을 {here}에서 찾을 수 없습니다.{hint} quote와 section을 확인하십시오."


def _mark(placed: list[tuple[Found, ErratumSpec]], above: dict[Element, Element]) -> None:
    by_run: dict[Run, list[tuple[Piece, ErratumSpec, bool]]] = {}
    for found, spec in placed:
        for piece in found.pieces:
            by_run.setdefault(piece.run, []).append((piece, spec, piece is found.pieces[-1]))
    # From the end, so that the positions of what comes earlier stay true.
    for run in sorted(by_run, key=lambda run: run.order, reverse=True):
        _mark_run(run, by_run[run], above)


def _mark_run(
    run: Run, marks: list[tuple[Piece, ErratumSpec, bool]], above: dict[Element, Element]
) -> None:
    cuts = sorted(
        {0, len(run.text), *(at for piece, _, _ in marks for at in (piece.start, piece.end))}
    )
    nodes: list[Node] = []
    outside: list[Element] = []
    hoist = _hoisted_out_of(run.parent, above)
    for start, end in pairwise(cuts):
        node: Node = run.text[start:end]
        covering = [spec for piece, spec, _ in marks if piece.start <= start and end <= piece.end]
        for spec in reversed(covering):
            node = element("span", _mark_attrs(spec), node)
        nodes.append(node)
        refs = [_ref(spec) for piece, spec, last in marks if last and piece.end == end]
        (outside if hoist is not None else nodes).extend(refs)
    run.parent.children[run.index : run.index + 1] = nodes
    if hoist is not None and outside:
        home = above[hoist]
        at = home.index(hoist) + 1
        home.children[at:at] = outside


def _hoisted_out_of(node: Element, above: dict[Element, Element]) -> Element | None:
    """The outermost inline code or link around a run: a link must not stand inside either."""
    outer: Element | None = None
    while node in above and node.tag != "pre":
        if node.tag in ("a", "code") and above[node].tag != "pre":
            outer = node
        node = above[node]
    return outer


def _mark_attrs(spec: ErratumSpec) -> dict[str, str]:
    return {"class": "erratum", "data-erratum": spec.id, "data-severity": spec.severity}


def _ref(spec: ErratumSpec) -> Element:
    attrs = {
        "class": "erratum-ref",
        "id": f"ref-{spec.id}",
        "href": f"#note-{spec.id}",
        "data-overlay": "",
        "aria-label": f"정정 {spec.number} 보기",
    }
    return element("a", attrs, str(spec.number))


def _put_note(
    root: Element, above: dict[Element, Element], run_parent: Element, spec: ErratumSpec
) -> None:
    """Below the whole table or drawing, in the innermost list item after its own text, else
    below the block; after the notes that stand there already."""
    path = [run_parent]
    while path[-1] is not root:
        path.append(above[path[-1]])
    anchor = next((n for n in path if n.tag == "figure" or n.has_class("table-scroll")), None)
    item = next((n for n in path if n.tag == "li"), None)
    if anchor is None and item is not None:
        home = item
        at = _after_own_text(item, path[path.index(item) - 1] if item is not run_parent else None)
    else:
        anchor = anchor or path[-2]
        home = above[anchor]
        at = home.index(anchor) + 1
    while at < len(home.children) and _is_note(home.children[at]):
        at += 1
    note = _note(spec)
    home.children.insert(at, note)
    above[note] = home


def _after_own_text(item: Element, child: Element | None) -> int:
    at = item.index(child) if child is not None else 0
    if child is not None and child.tag in _ITEM_BLOCKS:
        return at + 1
    while at < len(item.children):
        node = item.children[at]
        if isinstance(node, Element) and node.tag in _ITEM_BLOCKS:
            return at
        at += 1
    return at


def _is_note(node: Node) -> bool:
    return isinstance(node, Element) and node.has_class("erratum-note")


def _note(spec: ErratumSpec) -> Element:
    title_id = f"note-{spec.id}-title"
    return element(
        "aside",
        {
            "class": "erratum-note",
            "id": f"note-{spec.id}",
            "data-erratum": spec.id,
            "data-severity": spec.severity,
            "data-kind": spec.kind,
            "data-overlay": "",
            "aria-labelledby": title_id,
        },
        element(
            "p",
            {"class": "erratum-note__title", "id": title_id},
            element("span", {"class": "icon icon-pen", "aria-hidden": "true"}),
            f"정정 {spec.number} ",
            element("span", {"class": "erratum-note__kind"}, KIND_LABELS.get(spec.kind, "")),
        ),
        element("p", {"class": "erratum-note__text"}, spec.correction),
        *(_source(source) for source in spec.sources),
    )


def _source(source: SourceSpec) -> Element:
    title: Node = source.title
    if source.url:
        title = element("a", {"href": source.url, "rel": "noopener noreferrer"}, source.title)
    parts = [erratum_source_line(source), THIRD_PARTY_LABEL if source.third_party else ""]
    tail: list[Node] = []
    for part in filter(None, parts):
        tail += [" · ", element("span", {"class": "nobr"}, part)]
    return element("p", {"class": "erratum-note__source"}, title, *tail)
