"""The lessons are the author's notes: every block once, in order, unaltered but for the slips.

This module shares no code with the loader. It reads the source, the slips and the lesson files
itself, and the served pages through Django's test client. What an overlay (a correction, a diagram,
a heading link) adds to a page carries `data-overlay` and does not count as the author's text.
"""

import hashlib
import json
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.test import Client

from tests.content.notes_reader import (
    IMAGE_LINE,
    IMAGES,
    Block,
    Node,
    differences,
    normal_drawing,
    parse_html,
    read_notes,
    read_page,
    the_one,
    to_html,
)

CONTENT = Path(__file__).resolve().parents[2] / "content"
SOURCE_SHA256 = "f9d9ccabea9c99eb21ffb3d8a876289df55af4a3cb78f06894e07b8338f3f8a0"
# Over the JSON list of [quote, fix] pairs. Pinned because everything else here trusts the slips: a
# rewrite of the author's text must not pass as one more slip.
SLIPS_SHA256 = "a60d6252b6c2798654bdc6a139e14b53a23e548f13877211410b9bf765e73377"
# The lessons made of the notes, in the author's order. The course may hold others beside them.
NOTES = (
    *("aws", "virtualization", "tenancy", "ec2-pricing", "asg-elb", "availability", "cloudfront"),
    *("sg-vs-nacl", "s3", "efs", "least-privilege", "policies-and-roles", "iam-groups"),
    "organizations",
)


class Section(NamedTuple):
    """One `##` section of the notes after the slips; `body` is what follows the heading line."""

    title: str
    body: str


def source_text() -> str:
    return (CONTENT / "source" / "aws-notes.ko.md").read_text(encoding="utf-8")


def toml(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


def replace_once(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"stands {text.count(old)} times, not once: {old!r}"
    return text.replace(old, new)


def corrected_text() -> str:
    text = source_text()
    for slip in toml("slips.toml")["slip"]:
        text = replace_once(text, slip["quote"], slip["fix"])
    return text


def sections() -> list[Section]:
    before, *parts = re.split(r"^## (.*)\n", corrected_text(), flags=re.MULTILINE)
    assert before == ""
    return [Section(*pair) for pair in zip(parts[::2], parts[1::2], strict=True)]


def slugs() -> list[str]:
    return [slug for unit in toml("course.toml")["unit"] for slug in unit["lessons"]]


LESSONS = dict(zip(NOTES, sections(), strict=True))


# ---- Files -----------------------------------------------------------------------------------


def lesson_file(slug: str) -> str:
    (path,) = (CONTENT / "lessons").glob(f"[0-9][0-9]-{slug}.md")
    return path.read_text(encoding="utf-8")


def as_author_wrote(body: str) -> str:
    """A lesson's body without what a lesson file may add; pictures become `<image NAME>`."""
    body = re.sub(r"^(#{3,4} .*?) \{#[a-z0-9-]+\}$", r"\1", body, flags=re.MULTILINE)
    body = re.sub(r'^(```\w+) title="[^"\n]*" alt="[^"\n]*"$', r"\1", body, flags=re.MULTILINE)
    # A widget stands between blank lines of its own; the author's text is what is around it.
    # The author leaves no blank line above a fourth-level heading: there both are the widget's.
    body = re.sub(r"^\n::widget\{[^}\n]*\}\n\n(?=#### )", "", body, flags=re.MULTILINE)
    body = re.sub(r"^::widget\{[^}\n]*\}\n(?:\n|\Z)", "", body, flags=re.MULTILINE)
    body = re.sub(r'^::diagram\{name="([a-z0-9-]+)"\}$', r"<image \1>", body, flags=re.MULTILINE)
    return even_spacing(body)


def even_spacing(body: str) -> str:
    """One blank line on either side of a picture, none at the ends."""
    return re.sub(r"\n*(<image [a-z0-9-]+>)\n*", r"\n\n\1\n\n", body).strip("\n")


def expected_body(slug: str) -> str:
    body = LESSONS[slug].body
    for mended in toml("slips.toml")["mended"]:
        if mended["lesson"] == slug:
            body = replace_once(body, mended["before"], mended["after"])
    return even_spacing(IMAGE_LINE.sub(lambda match: f"<image {IMAGES[match[1]]}>", body))


def front_matter_and_body(text: str) -> tuple[dict[str, Any], str]:
    match = re.fullmatch(r"\+\+\+\n(.*?\n)\+\+\+\n(.*)", text, flags=re.DOTALL)
    assert match
    return tomllib.loads(match[1]), match[2]


def test_source_is_byte_identical_to_the_notes() -> None:
    data = (CONTENT / "source" / "aws-notes.ko.md").read_bytes()
    assert hashlib.sha256(data).hexdigest() == SOURCE_SHA256


def test_slips_are_the_agreed_ones() -> None:
    pairs = [[slip["quote"], slip["fix"]] for slip in toml("slips.toml")["slip"]]
    assert len(pairs) == 56
    data = json.dumps(pairs, ensure_ascii=False).encode()
    assert hashlib.sha256(data).hexdigest() == SLIPS_SHA256


def test_mended_drawings_differ_in_spaces_and_rules_only() -> None:
    for mended in toml("slips.toml")["mended"]:
        assert normal_drawing(mended["before"]) == normal_drawing(mended["after"])


def test_mended_drawings_line_up() -> None:
    def cells(text: str) -> int:
        return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)

    for mended in toml("slips.toml")["mended"]:
        columns = {
            tuple(cells(line[: border.start()]) for border in re.finditer("[│┌┬┐└┴┘]", line))
            for line in mended["after"].splitlines()
        }
        assert len(columns) == 1


def test_every_lesson_file_is_in_the_course_once() -> None:
    names = sorted(path.stem.partition("-")[2] for path in (CONTENT / "lessons").iterdir())
    assert names == sorted(slugs())


def test_course_keeps_the_order_of_the_notes() -> None:
    assert [slug for slug in slugs() if slug in NOTES] == list(NOTES)


@pytest.mark.parametrize("slug", LESSONS)
def test_lesson_file_is_its_section_of_the_notes(slug: str) -> None:
    front_matter, body = front_matter_and_body(lesson_file(slug))
    assert front_matter["title"] == LESSONS[slug].title
    assert as_author_wrote(body) == expected_body(slug)


@pytest.mark.parametrize(
    ("slug", "old", "new"),
    [
        ("aws", "온디맨드 방식인 AWS를", "온디맨드 방식의 AWS를"),
        ("aws", "청구됩니다. \n", "청구됩니다.\n"),
        ("tenancy", "  - 비용이 가장 저렴합니다.\n", ""),
        (
            "s3",
            "    - ex. 1GB 크기의 데이터를 업로드하면 그",
            "  - ex. 1GB 크기의 데이터를 업로드하면 그",
        ),
        ("asg-elb", '::diagram{name="asg-alone"}', '::diagram{name="asg-elb"}'),
        ("organizations", "├── Management", "└── Management"),
        ("virtualization", "│  VM 2", "│  VM 3"),
    ],
)
def test_changed_lesson_file_is_noticed(slug: str, old: str, new: str) -> None:
    body = front_matter_and_body(lesson_file(slug))[1]
    assert old in body
    assert as_author_wrote(body.replace(old, new, 1)) != expected_body(slug)


# ---- The two readers -------------------------------------------------------------------------


def test_reader_finds_everything_the_notes_hold() -> None:
    blocks = read_notes(corrected_text())
    kinds = Counter(re.sub(r"cell [1-9].*", "td", block.kind).split()[0] for block in blocks)
    assert kinds["item"] == 132
    assert kinds["td"] == 54
    assert kinds["drawing"] + kinds["code"] == 10
    assert kinds["image"] == 5
    assert kinds["heading"] == 14 + 24
    assert sum(block.text.count("`") for block in blocks) == 2 * 8
    assert sum(block.kind == "cell 0:0" for block in blocks) == 5


def test_sections_hold_every_block_of_the_notes_in_order() -> None:
    parts = [block for section in sections() for block in expected_blocks(section)]
    assert parts == read_notes(corrected_text())


def test_readers_agree_on_a_page_written_by_hand() -> None:
    notes = """\
## 제목
글 `code`
- 하나 -> 둘
  - 안쪽
| 가 | 나 |
|----|----|
| 1<br>2 | 3 |
```text
+----+
| a |
+----+
```
1. 첫째
2. 둘째
"""
    page = """
<h1 data-lesson-title>제목</h1><div data-lesson-text>
<p>글 <span class="erratum"><code>code</code></span><a data-overlay>1</a></p>
<aside data-overlay>정정</aside>
<ul><li><p>하나 -&gt; 둘</p><ul><li>안쪽<aside data-overlay><p>정정</p></aside></li></ul></li></ul>
<div class="table-scroll"><table><thead><tr><th>가</th><th>나</th></tr></thead>
<tbody><tr><td>1<br>2</td><td>3</td></tr></tbody></table></div>
<figure class="drawing"><div class="drawing__scroll"><pre><code>+--+
|a |
+--+
</code></pre></div><details data-overlay>그림</details></figure>
<ol><li>첫째</li></ol><ol start="2"><li>둘째</li></ol>
</div><p>다음</p>"""
    assert read_page(page) == read_notes(notes)


# ---- Pages -----------------------------------------------------------------------------------


def expected_blocks(section: Section) -> list[Block]:
    return read_notes(f"## {section.title}\n{section.body}")


def served(client: Client, slug: str) -> str:
    response = client.get(f"/lessons/{slug}/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("slug", LESSONS)
@pytest.mark.usefixtures("course")
def test_page_is_its_section_of_the_notes(client: Client, slug: str) -> None:
    found = read_page(served(client, slug))
    assert differences(expected_blocks(LESSONS[slug]), found) == []


# ---- Proof that the comparison can fail ------------------------------------------------------


def author_walk(node: Node) -> Iterator[Node]:
    """The element and what is below it, without overlays."""
    yield node
    for child in node.children:
        if isinstance(child, Node) and not child.overlay:
            yield from author_walk(child)


def author_nodes(page: Node, tag: str) -> list[Node]:
    text = the_one(page, "data-lesson-text")
    return [node for node in author_walk(text) if node.tag == tag]


def parent_of(page: Node, node: Node) -> Node:
    return next(parent for parent in page.walk() if node in parent.children)


def change_first_word(node: Node) -> None:
    holder, index = next(
        (part, index)
        for part in author_walk(node)
        for index, child in enumerate(part.children)
        if isinstance(child, str) and child.strip()
    )
    words = str(holder.children[index]).split()
    holder.children[index] = " ".join(["다른말", *words[1:]])


def change_word_in(tag: str, position: int) -> Callable[[Node], None]:
    return lambda page: change_first_word(author_nodes(page, tag)[position])


def remove(tag: str, position: int) -> Callable[[Node], None]:
    def mutate(page: Node) -> None:
        node = author_nodes(page, tag)[position]
        parent_of(page, node).children.remove(node)

    return mutate


def repeat(tag: str, position: int) -> Callable[[Node], None]:
    def mutate(page: Node) -> None:
        node = author_nodes(page, tag)[position]
        siblings = parent_of(page, node).children
        siblings.insert(siblings.index(node), node)

    return mutate


def swap(tag: str, first: int, second: int) -> Callable[[Node], None]:
    def mutate(page: Node) -> None:
        nodes = author_nodes(page, tag)
        one, other = nodes[first], nodes[second]
        one.children, other.children = other.children, one.children

    return mutate


def hide(tag: str, position: int) -> Callable[[Node], None]:
    def mutate(page: Node) -> None:
        author_nodes(page, tag)[position].attrs["data-overlay"] = ""

    return mutate


def rename(tag: str, position: int, new: str) -> Callable[[Node], None]:
    def mutate(page: Node) -> None:
        author_nodes(page, tag)[position].tag = new

    return mutate


def raise_inner_list(page: Node) -> None:
    inner = next(node for node in author_nodes(page, "ul") if parent_of(page, node).tag == "li")
    item = parent_of(page, inner)
    outer = parent_of(page, item)
    item.children.remove(inner)
    after = outer.children.index(item) + 1
    outer.children[after:after] = inner.children


def add_unmarked_sentence(page: Node) -> None:
    the_one(page, "data-lesson-text").children.append(Node("p", {}, ["덧붙인 문장입니다."]))


def change_title(page: Node) -> None:
    change_first_word(the_one(page, "data-lesson-title"))


def remove_diagram(page: Node) -> None:
    diagram = next(node for node in page.walk() if node.has_class("diagram"))
    parent_of(page, diagram).children.remove(diagram)


MUTATIONS: dict[str, tuple[str, Callable[[Node], None]]] = {
    "changed word of a paragraph": ("aws", change_word_in("p", 1)),
    "changed word of a list item": ("sg-vs-nacl", change_word_in("li", 4)),
    "changed word of the deepest list": ("s3", change_word_in("li", 4)),
    "changed word of a table": ("sg-vs-nacl", change_word_in("td", 7)),
    "changed word of a heading": ("virtualization", change_word_in("h2", 1)),
    "changed word of a drawing": ("virtualization", change_word_in("pre", 2)),
    "changed word of code": ("policies-and-roles", change_word_in("pre", 0)),
    "changed title": ("efs", change_title),
    "missing paragraph": ("asg-elb", remove("p", 1)),
    "missing list item": ("tenancy", remove("li", 3)),
    "missing table row": ("sg-vs-nacl", remove("tr", 9)),
    "missing drawing": ("cloudfront", remove("pre", 1)),
    "missing heading": ("organizations", remove("h2", 2)),
    "missing diagram": ("efs", remove_diagram),
    "repeated paragraph": ("efs", repeat("p", 1)),
    "repeated list item": ("least-privilege", repeat("li", 0)),
    "repeated drawing": ("organizations", repeat("pre", 0)),
    "swapped paragraphs": ("s3", swap("p", 0, 1)),
    "swapped list items": ("ec2-pricing", swap("li", 0, 1)),
    "swapped cells": ("tenancy", swap("td", 1, 2)),
    "swapped drawings": ("virtualization", swap("pre", 3, 4)),
    "author's item marked as overlay": ("availability", hide("li", 2)),
    "author's paragraph marked as overlay": ("iam-groups", hide("p", 0)),
    "heading one level lower": ("ec2-pricing", rename("h2", 0, "h3")),
    "numbers instead of bullets": ("least-privilege", rename("ul", 0, "ol")),
    "code mark lost": ("policies-and-roles", rename("code", 0, "span")),
    "inner list raised": ("organizations", raise_inner_list),
    "sentence added without a mark": ("aws", add_unmarked_sentence),
}


@pytest.mark.parametrize("mutation", MUTATIONS)
@pytest.mark.usefixtures("course")
def test_changed_page_is_noticed(client: Client, mutation: str) -> None:
    slug, mutate = MUTATIONS[mutation]
    page = parse_html(served(client, slug))
    assert differences(expected_blocks(LESSONS[slug]), read_page(to_html(page))) == []
    mutate(page)
    assert differences(expected_blocks(LESSONS[slug]), read_page(to_html(page)))
