"""From items to the text of a GIFT file, in the form that Moodle itself writes."""

from collections.abc import Iterator, Sequence

from apps.studio.exchange.gift.blocks import BRACKET, CATEGORY
from apps.studio.exchange.gift.escapes import escape, scrub, split_format
from apps.studio.exchange.gift.losses import ARROW, clean_mark, refusal_gift
from apps.studio.exchange.items import Item, ItemAnswer, ItemChoice, ItemKind, TextFormat

_SPACED_ARROW = "- >"


def write_gift(items: Sequence[Item]) -> str:
    """`read_gift` of it gives the items again, up to `line` and `problems`, where `losses_gift` has
    nothing to say. Of an item that cannot be written a comment remains."""
    return "\n".join(_block(item) for item in items)


def _block(item: Item) -> str:
    refusal = refusal_gift(item)
    if refusal:
        name = " ".join((item.title or item.stem).split())[:80]
        return f"// 내보내지 못한 문제: {name.replace('[', '(')}\n// {refusal}\n"
    marks = _marks(item)
    if item.kind is ItemKind.CATEGORY:
        # Moodle does not read escapes here, except the backslash's own.
        path = _clean(item.stem).replace("\\", "\\\\").replace("\n", "\\n")
        return f"{marks}{CATEGORY} {path}\n"
    title = f"::{escape(_clean(item.title))}::" if item.title.strip() else ""
    return f"{marks}{title}{_stem(item, bare=not title)}{_answers(item)}\n"


def _marks(item: Item) -> str:
    marks = [("id", item.id), *(("tag", tag) for tag in item.tags)]
    written = [
        f"[{name}:{clean.replace(']', BRACKET)}]"
        for name, mark in marks
        if (clean := clean_mark(mark))
    ]
    return f"// {' '.join(written)}\n" if written else ""


def _stem(item: Item, *, bare: bool) -> str:
    """`bare`: nothing stands before it in its line, so it must not look like something else."""
    stem = escape(_clean(item.stem))
    misread = split_format(stem)[0] is not None or (bare and stem.startswith(("//", "\ufeff")))
    if item.stem_format is not TextFormat.MOODLE or misread:
        return f"[{item.stem_format.value}]{stem}"
    return stem


def _answers(item: Item) -> str:
    if item.kind is ItemKind.DESCRIPTION:
        return ""
    lines = list(_lines(item))
    if item.general_feedback.strip():
        lines.append(f"####{_part(item, item.general_feedback)}")
    if not lines:
        return " {}"
    opening = "{#" if item.kind is ItemKind.NUMERIC else "{"
    return "\n".join([f" {opening}", *(f"\t{line}" for line in lines), "}"])


def _lines(item: Item) -> Iterator[str]:
    if item.kind in {ItemKind.SINGLE, ItemKind.MULTIPLE}:
        # The first "=" makes it a single one; were all of them "=", it would be a short text.
        awaited = item.kind is ItemKind.SINGLE
        for choice in item.choices:
            first = awaited and choice.weight == "100"
            awaited = awaited and not first
            yield _choice(item, choice, first=first)
    elif item.kind is ItemKind.MATCHING:
        for left, right_side in item.pairs:
            shown = _part(item, left.replace(ARROW, _SPACED_ARROW))
            yield f"={shown} -> {escape(_clean(right_side))}"
    elif item.kind is ItemKind.TRUE_FALSE:
        yield _true_false(item)
    elif item.kind is ItemKind.SHORT_TEXT:
        for answer in item.answers:
            text = _part(item, answer.text.replace(ARROW, _SPACED_ARROW))
            feedback = _feedback(item, answer.feedback.replace(ARROW, _SPACED_ARROW))
            yield f"={_weight(answer.weight, text)}{text}{feedback}"
    else:
        for behind, answer in enumerate(item.answers, start=1 - len(item.answers)):
            last = behind == 0 and len(item.answers) > 1
            yield f"{_number(answer, last=last)}{_feedback(item, answer.feedback)}"


def _choice(item: Item, choice: ItemChoice, *, first: bool) -> str:
    text = _part(item, choice.text)
    feedback = _feedback(item, choice.feedback)
    if first:
        return f"={text}{feedback}"
    bare = choice.weight == "0" and not text.startswith("%")
    return f"~{text}{feedback}" if bare else f"~%{choice.weight}%{text}{feedback}"


def _true_false(item: Item) -> str:
    answers = ("TRUE", item.feedback_false, item.feedback_true)
    if not item.answer:
        answers = ("FALSE", item.feedback_true, item.feedback_false)
    said, wrong, right = answers
    if right.strip():
        return f"{said}#{_part(item, wrong)}#{_part(item, right)}"
    return f"{said}{_feedback(item, wrong)}"


def _number(answer: ItemAnswer, *, last: bool) -> str:
    if answer.value == "*" and answer.weight == "0" and last:
        return "~"
    number = answer.value
    if answer.low:
        # "5...7" would be from 5 to .7.
        gap = " " if answer.low.endswith(".") else ""
        number = f"{answer.low}{gap}..{answer.high}"
    tolerance = f":{answer.tolerance}" if answer.tolerance else ""
    return f"={_weight(answer.weight, number)}{number}{tolerance}"


def _weight(weight: str, text: str) -> str:
    return "" if weight == "100" and not text.startswith("%") else f"%{weight}%"


def _feedback(item: Item, feedback: str) -> str:
    return f"#{_part(item, feedback)}" if feedback.strip() else ""


def _part(item: Item, text: str) -> str:
    """A text beside the stem, in the stem's format."""
    written = escape(_clean(text))
    if split_format(written)[0] is not None:
        return f"[{item.stem_format.value}]{written}"
    return written


def _clean(text: str) -> str:
    return scrub(text).replace("\r\n", "\n").replace("\r", "\n").strip()
