"""A GIFT file in blocks: what stands between blank lines, one item each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

CATEGORY = "$CATEGORY:"
BRACKET = "\\]"
_MARK = re.compile(r"\[(id|tag):")
MAX_BLOCKS = 20_000


@dataclass(slots=True)
class Block:
    """Lines as they stand, without the blanks behind them; comments apart. `line` and `last` count
    from 1: the first line of the text (of the comments, where there is no text) and the last line
    of all."""

    line: int
    last: int
    lines: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its lines joined, without the blanks before them, except where code is among them."""
        has_code = any("<pre" in line or "```" in line for line in self.lines)
        return "\n".join(self.lines if has_code else map(str.strip, self.lines)).strip()

    @property
    def is_category(self) -> bool:
        return bool(self.lines) and self.lines[0].lstrip().startswith(CATEGORY)


def split_blocks(text: str) -> Iterator[Block]:
    """In the order of the file, those of comments alone too.

    Comments are lines that begin with "//" after any blanks; they separate nothing and leave no
    line behind. A blank line separates wherever it stands, between braces too, as in Moodle. The
    line of a category is a block of its own even where no blank line follows it: Moodle would take
    the question behind it for a part of the category's name.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    block: Block | None = None
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.strip() if raw else raw
        if not line:
            if block is not None:
                yield block
            block = None
            continue
        if block is None:
            block = Block(number, number)
        block.last = number
        if line.startswith("//"):
            block.comments.append(line)
            continue
        if not block.lines:
            block.line = number
        block.lines.append(raw.rstrip())
        if block.is_category:
            yield block
            block = None
    if block is not None:
        yield block


def read_marks(comments: list[str]) -> tuple[str, tuple[str, ...]]:
    r"""The id and the tags that comments tell: `// [id:vpc-1] [tag:network]`; `\]` is a bracket.

    Of several ids the first counts, as in Moodle.
    """
    marks = [mark for comment in comments for mark in _marks(comment)]
    ids = [said for name, said in marks if name == "id"]
    return (ids[0] if ids else ""), tuple(said for name, said in marks if name == "tag")


def _marks(comment: str) -> Iterator[tuple[str, str]]:
    position = 0
    while found := _MARK.search(comment, position):
        end = comment.find("]", found.end())
        while end > 0 and comment[end - 1] == "\\":
            end = comment.find("]", end + 1)
        if end < 0:
            # No later one of this line is closed either.
            return
        said = comment[found.end() : end].strip().replace(BRACKET, "]")
        if said:
            yield found[1], said
        position = end
