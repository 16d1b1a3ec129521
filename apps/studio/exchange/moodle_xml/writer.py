"""Write Moodle XML, with what Moodle's own export writes around a question."""

import base64
import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Final
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from ..items import Item, ItemAnswer, ItemFile, ItemKind
from .formats import NAMES
from .reader import decimal

# XML 1.0 has no way to write these, not even as a number.
FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TYPES: Final = {
    ItemKind.CATEGORY: "category",
    ItemKind.SINGLE: "multichoice",
    ItemKind.MULTIPLE: "multichoice",
    ItemKind.TRUE_FALSE: "truefalse",
    ItemKind.SHORT_TEXT: "shortanswer",
    ItemKind.NUMERIC: "numerical",
    ItemKind.MATCHING: "matching",
    ItemKind.ESSAY: "essay",
    ItemKind.DESCRIPTION: "description",
}
# A third, as Moodle proposes for questions that may be answered again.
_PENALTIES: Final = {
    ItemKind.TRUE_FALSE: "1.0000000",
    ItemKind.ESSAY: "0.0000000",
    ItemKind.DESCRIPTION: "0.0000000",
}


def write_moodle_xml(items: Iterable[Item]) -> str:
    """A `<quiz>` file. `losses_moodle_xml` says per item what does not come back from it."""
    questions = "".join(_question(item) for item in items)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{questions}</quiz>\n'


def _question(item: Item) -> str:
    identity = f"    <idnumber>{_escaped(item.id)}</idnumber>\n"
    if item.kind is ItemKind.CATEGORY:
        inside = f"    <category>{_text(item.stem)}</category>\n{identity}{_tags(item)}"
    else:
        parts = _Parts(item)
        placed = parts.body()
        grade = "0.0000000" if item.kind is ItemKind.DESCRIPTION else "1.0000000"
        inside = (
            f"    <name>{_text(item.title)}</name>\n"
            + parts.formatted("questiontext", item.stem, "    ", rest=True)
            + parts.formatted("generalfeedback", item.general_feedback, "    ")
            + f"    <defaultgrade>{grade}</defaultgrade>\n"
            + f"    <penalty>{_PENALTIES.get(item.kind, '0.3333333')}</penalty>\n"
            + f"    <hidden>0</hidden>\n{identity}{placed}{_tags(item)}"
        )
    return f'  <question type="{_TYPES[item.kind]}">\n{inside}  </question>\n'


class _Parts:
    """The parts of one question. A file stands beside every text that names it, as Moodle keeps
    them; one that no text names stands beside the question's own."""

    def __init__(self, item: Item) -> None:
        self._item = item
        self._format = f'format="{NAMES[item.stem_format]}"'
        self._placed: set[str] = set()

    def formatted(self, tag: str, text: str, indent: str, *, rest: bool = False) -> str:
        return (
            f"{indent}<{tag} {self._format}>\n{indent}  {_text(text)}\n"
            f"{self._files(text, rest=rest)}{indent}</{tag}>\n"
        )

    def body(self) -> str:
        """What the kind has; to be written before the stem, which takes the files left over."""
        item = self._item
        self._files(item.stem)
        self._files(item.general_feedback)
        match item.kind:
            case ItemKind.SINGLE | ItemKind.MULTIPLE:
                return self._choices()
            case ItemKind.TRUE_FALSE:
                weights = {None: ("0", "0"), True: ("100", "0"), False: ("0", "100")}[item.answer]
                return self._plain_answer("true", weights[0], item.feedback_true) + (
                    self._plain_answer("false", weights[1], item.feedback_false)
                )
            case ItemKind.SHORT_TEXT:
                return "    <usecase>0</usecase>\n" + "".join(
                    self._plain_answer(each.text, each.weight, each.feedback)
                    for each in item.answers
                )
            case ItemKind.NUMERIC:
                return "".join(self._number(centered(each)) for each in item.answers)
            case ItemKind.MATCHING:
                return "    <shuffleanswers>true</shuffleanswers>\n" + "".join(
                    self._pair(left, right) for left, right in item.pairs
                )
            case _:
                return ""

    def _choices(self) -> str:
        single = "true" if self._item.kind is ItemKind.SINGLE else "false"
        answers = "".join(
            f"    <answer fraction={_attribute(each.weight)} {self._format}>\n"
            f"      {_text(each.text)}\n{self._files(each.text)}"
            f"{self.formatted('feedback', each.feedback, '      ')}    </answer>\n"
            for each in self._item.choices
        )
        return (
            f"    <single>{single}</single>\n    <shuffleanswers>true</shuffleanswers>\n"
            f"    <answernumbering>abc</answernumbering>\n{answers}"
        )

    def _plain_answer(self, text: str, weight: str, feedback: str, extra: str = "") -> str:
        return (
            f'    <answer fraction={_attribute(weight)} format="plain_text">\n'
            f"      {_text(text)}\n{self.formatted('feedback', feedback, '      ')}{extra}"
            "    </answer>\n"
        )

    def _number(self, answer: ItemAnswer) -> str:
        tolerance = (
            f"      <tolerance>{_escaped(answer.tolerance)}</tolerance>\n"
            if answer.tolerance
            else ""
        )
        value = answer.value or answer.text
        return self._plain_answer(value, answer.weight, answer.feedback, tolerance)

    def _pair(self, left: str, right: str) -> str:
        return (
            f"    <subquestion {self._format}>\n      {_text(left)}\n{self._files(left)}"
            f"      <answer>{_text(right)}</answer>\n    </subquestion>\n"
        )

    def _files(self, text: str, *, rest: bool = False) -> str:
        named = [
            each
            for each in self._item.files
            if _names(text, each.path) or (rest and each.path not in self._placed)
        ]
        self._placed.update(each.path for each in named)
        return "".join(_file(each) for each in named)


def centered(answer: ItemAnswer) -> ItemAnswer:
    """A range as its middle and a tolerance, which is all that Moodle knows; others as they are."""
    low, high = decimal(answer.low), decimal(answer.high)
    if low is None or high is None:
        return answer
    middle, half = (low + high) / 2, (high - low) / 2
    return replace(answer, low="", high="", value=_written(middle), tolerance=_written(half))


def _written(number: Decimal) -> str:
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def _names(text: str, path: str) -> bool:
    return f"@@PLUGINFILE@@/{path}" in text or f"@@PLUGINFILE@@/{quote(path)}" in text


def _file(file: ItemFile) -> str:
    folder, _, name = file.path.rpartition("/")
    path = f"/{folder}/" if folder else "/"
    encoded = base64.b64encode(file.data).decode("ascii")
    return (
        f"      <file name={_attribute(name)} path={_attribute(path)} "
        f'encoding="base64">{encoded}</file>\n'
    )


def _tags(item: Item) -> str:
    if not item.tags:
        return ""
    tags = "".join(f"      <tag>{_text(tag)}</tag>\n" for tag in item.tags)
    return f"    <tags>\n{tags}    </tags>\n"


def _text(text: str) -> str:
    return f"<text>{_escaped(text)}</text>"


def _escaped(text: str) -> str:
    """As Moodle writes it: in CDATA where there is markup, which people can read. CDATA holds no
    carriage return, and ends at the first `]]>`."""
    possible = FORBIDDEN.sub("", text)
    if "\r" in possible or "]]>" in possible:
        return escape(possible, {"\r": "&#13;"})
    return f"<![CDATA[{possible}]]>" if escape(possible) != possible else possible


def _attribute(text: str) -> str:
    return quoteattr(FORBIDDEN.sub("", text))
