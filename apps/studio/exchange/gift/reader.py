r"""From the text of a GIFT file to items, by the rules that Moodle's own reader follows.

The rules that are not plain from the format's documentation are Moodle's:

- A blank line separates items wherever it stands. Between braces it leaves a block that is
  not closed: that block and those up to the brace that closes it are one problem.
- Lines lose the blanks around them and are joined by a line end; in a block with "<pre" or "```"
  they keep those before them, as code would suffer. Texts lose what is blank around them after
  "\n" has become a line end.
- The first "{" and the first "}" hold the answers. Where text follows them, "_____" stands for
  them in the stem. Further braces are a problem: Moodle would leave them in the stem.
- The last "####" between the braces begins the general feedback.
- The kind is told in this order: nothing between the braces is an essay; "#" first is a number;
  any "~" is a choice, with an "=" of a single one, without of several; "=" and "->" is a
  matching; T, TRUE, F, FALSE (in capitals) true or false; the rest is a short text.
"""

from dataclasses import dataclass, replace

from apps.studio.exchange.gift.answers import BrokenError, Parts, read_answers
from apps.studio.exchange.gift.blocks import CATEGORY, MAX_BLOCKS, Block, read_marks, split_blocks
from apps.studio.exchange.gift.escapes import protect, restore, split_format
from apps.studio.exchange.items import FileProblem, Item, ItemKind, Reading, TextFormat

_BLANK = "_____"
_GENERAL = "####"
_NOTHING = "GIFT 문제를 찾지 못했습니다. 파일 내용을 확인하세요."
_TOO_MANY = f"항목이 {MAX_BLOCKS:,}개를 넘어 이 줄부터는 읽지 않았습니다. 파일을 나누어 가져오세요."
_NOT_OPENED = (
    "여는 중괄호 { 없이 닫는 중괄호 }가 있습니다. 글자로 쓰는 중괄호는 \\{ \\}로 적으세요."
)
_NOT_CLOSED = "중괄호 {가 닫히지 않았습니다. 답 뒤에 }를 넣고, 글자로 쓰는 중괄호는 \\{로 적으세요."
_TWICE = (
    "답을 적는 중괄호 { }가 한 문제에 둘 이상 있습니다. 문제와 문제 사이에는 빈 줄을 두고, "
    "글자로 쓰는 중괄호는 \\{ \\}로 적으세요."
)
_NO_CATEGORY = "$CATEGORY: 뒤에 분류 이름이 없습니다."
_STRAY_MARKS = (
    "주석의 [id:…]나 [tag:…]가 어느 문제에도 붙지 않았습니다. 주석과 문제 사이의 빈 줄을 지우세요."
)
_NO_TITLE_END = "제목을 닫는 ::가 없어 제목 없이 읽었습니다."
_NO_STEM = "문제 글이 비어 있습니다."
_INNER_CATEGORY = "문제 안에 $CATEGORY: 줄이 있습니다. 분류로 쓰려면 그 앞에 빈 줄을 넣으세요."
_MIXED = (
    "[html], [plain] 같은 표시가 문제 글과 다른 보기나 피드백이 있습니다. 문제 글의 형식으로 "
    "읽었습니다."
)


def read_gift(text: str) -> Reading:
    """Every item of the file in its order, and a problem for every block that is none."""
    items: list[Item] = []
    problems: list[FileProblem] = []
    blocks: list[Block] = []
    for block in split_blocks(text.removeprefix("\ufeff")):
        if len(blocks) == MAX_BLOCKS:
            problems.append(FileProblem(block.line, _TOO_MANY))
            break
        blocks.append(block)
    closers = _closers([_Braces.of(block) for block in blocks])
    position = 0
    while position < len(blocks):
        block, last = blocks[position], closers[position]
        position += 1
        if last is not None:
            problems.append(FileProblem(block.line, _cut_by_blank_lines(block, blocks[last])))
            position = last + 1
            continue
        try:
            if block.lines:
                items.append(_read_block(block))
            elif any(read_marks(block.comments)):
                problems.append(FileProblem(block.line, _STRAY_MARKS))
        except BrokenError as error:
            problems.append(FileProblem(block.line, str(error)))
    if not items and not problems:
        problems.append(FileProblem(0, _NOTHING))
    problems.sort(key=lambda problem: problem.line)
    return Reading(tuple(items), tuple(problems))


@dataclass(frozen=True, slots=True)
class _Braces:
    """Which brace of a block comes first ("" for none), and whether it stays open."""

    first: str
    open: bool

    @classmethod
    def of(cls, block: Block) -> "_Braces":
        if block.is_category:
            # It ends whatever was open before it.
            return cls("{", False)
        text = protect(block.text)
        opening, closing = text.find("{"), text.find("}")
        if opening < 0 or closing < 0:
            return cls("{" if opening >= 0 else "}" if closing >= 0 else "", opening >= 0)
        return cls("{" if opening < closing else "}", False)


def _closers(braces: list[_Braces]) -> list[int | None]:
    """For every block that stays open: which later one closes it, if one does before another
    opens."""
    closers: list[int | None] = [None] * len(braces)
    following: int | None = None
    for position in range(len(braces) - 1, -1, -1):
        if braces[position].open and following is not None and braces[following].first == "}":
            closers[position] = following
        if braces[position].first:
            following = position
    return closers


def _cut_by_blank_lines(first: Block, last: Block) -> str:
    return (
        f"{first.line}~{last.last}번째 줄: 중괄호 안에 빈 줄이 있어 문제가 끊겼습니다. "
        "중괄호 안의 빈 줄을 지우거나 \\n으로 바꾸세요."
    )


def _read_block(block: Block) -> Item:
    """Raises BrokenError."""
    identity, tags = read_marks(block.comments)
    item = Item(block.line, ItemKind.DESCRIPTION, id=identity, tags=tags)
    body = protect(block.text)
    if block.is_category:
        path = restore(body[len(CATEGORY) :])
        if not path:
            raise BrokenError(_NO_CATEGORY)
        return replace(item, kind=ItemKind.CATEGORY, stem=path)
    notes: list[str] = []
    title, body = _split_title(body, notes)
    if f"\n{CATEGORY}" in body:
        notes.append(_INNER_CATEGORY)
    stem, answers = _split_answers(body)
    stem_format, stem = split_format(stem)
    item = replace(
        item, title=title, stem=restore(stem), stem_format=stem_format or TextFormat.MOODLE
    )
    if not item.stem:
        notes.append(_NO_STEM)
    if answers is not None:
        answers, general = _split_general(answers)
        parts = Parts(item.stem_format)
        item = replace(item, general_feedback=parts.text(general))
        item = read_answers(item, answers, parts, notes)
        if parts.mixed:
            notes.append(_MIXED)
    return replace(item, problems=tuple(notes))


def _split_title(body: str, notes: list[str]) -> tuple[str, str]:
    if not body.startswith("::"):
        return "", body
    title, closed, rest = body[2:].partition("::")
    if closed:
        return restore(title), rest.strip()
    notes.append(_NO_TITLE_END)
    return "", body[2:].strip()


def _split_answers(body: str) -> tuple[str, str | None]:
    """The stem, and what is between the braces: None without braces."""
    opening, closing = body.find("{"), body.find("}")
    if opening < 0 and closing < 0:
        return body, None
    if opening < 0 or 0 <= closing < opening:
        raise BrokenError(_NOT_OPENED)
    if closing < 0:
        raise BrokenError(_NOT_CLOSED)
    before, inside, after = body[:opening], body[opening + 1 : closing], body[closing + 1 :]
    if "{" in inside or "{" in after or "}" in after:
        raise BrokenError(_TWICE)
    return (f"{before}{_BLANK}{after}" if after else before), inside.strip()


def _split_general(answers: str) -> tuple[str, str]:
    start = answers.rfind(_GENERAL)
    if start < 0:
        return answers, ""
    return answers[:start].strip(), answers[start + len(_GENERAL) :]
