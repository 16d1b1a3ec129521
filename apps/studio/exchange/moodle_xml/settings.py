"""Settings of a Moodle question that this site keeps elsewhere or not at all: each is told."""

import math
from typing import Final

from ..items import ItemKind
from ..xml_safety import Element
from .parts import Question, is_empty, text_within

_OFF: Final = frozenset({"", "0", "false"})
# tag: (values with which nothing is lost, what to say otherwise)
_TOLD: Final[dict[str, tuple[frozenset[str], str]]] = {
    "hidden": (_OFF, "Moodle에서 숨겨 둔 문제입니다. 숨김 상태는 옮기지 않습니다."),
    "usecase": (_OFF, "대소문자를 구별하는 채점은 옮기지 않습니다."),
    "answernumbering": (frozenset({"", "abc"}), "보기 번호 모양은 옮기지 않습니다."),
    "unitgradingtype": (_OFF, "단위 채점은 옮기지 않습니다."),
    "attachments": (_OFF, "파일을 내는 답은 옮기지 않습니다. 글로 쓰는 답만 받습니다."),
    "attachmentsrequired": (_OFF, "파일 제출을 요구하는 설정은 옮기지 않습니다."),
    "minwordlimit": (_OFF, "최소 단어 수는 옮기지 않습니다."),
    "maxwordlimit": (_OFF, "최대 단어 수는 옮기지 않습니다."),
    "graderinfo": (frozenset({""}), "채점자에게 주는 안내는 옮기지 않습니다."),
    "responsetemplate": (frozenset({""}), "답안 서식은 옮기지 않습니다."),
    "instructions": (frozenset({""}), "단위 안내문은 옮기지 않습니다."),
    "info": (frozenset({""}), "범주 설명은 옮기지 않습니다."),
}  # fmt: skip
_STOCK: Final = {  # Moodle writes these into every question whose author did not care
    "correctfeedback": ("맞았을 때", "Your answer is correct."),
    "partiallycorrectfeedback": ("일부만 맞았을 때", "Your answer is partially correct."),
    "incorrectfeedback": ("틀렸을 때", "Your answer is incorrect."),
}
# Read elsewhere, or about looks only.
_READ: Final = frozenset({
    "name", "questiontext", "generalfeedback", "idnumber", "tags", "coursetags",
    "image", "image_base64", "defaultgrade", "penalty", "hint",
    "showstandardinstruction", "shownumcorrect", "correctresponsesfeedback",
    "responseformat", "responserequired", "responsefieldlines", "maxbytes", "filetypeslist",
    "unitpenalty", "showunits", "unitsleft",
})  # fmt: skip
_OF_KIND: Final = {
    ItemKind.CATEGORY: {"category"},
    ItemKind.SINGLE: {"single", "shuffleanswers", "answer"},
    ItemKind.MULTIPLE: {"single", "shuffleanswers", "answer"},
    ItemKind.TRUE_FALSE: {"answer", "shuffleanswers"},
    ItemKind.SHORT_TEXT: {"answer"},
    ItemKind.NUMERIC: {"answer", "units"},
    ItemKind.MATCHING: {"subquestion", "shuffleanswers"},
    ItemKind.ESSAY: set[str](),
    ItemKind.DESCRIPTION: set[str](),
}
_MANY: Final = frozenset({"answer", "subquestion", "hint", "tags", "coursetags"})
_TRIED_AGAIN: Final = frozenset({
    ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.SHORT_TEXT, ItemKind.NUMERIC, ItemKind.MATCHING,
})  # fmt: skip


def tell_settings(question: Question, kind: ItemKind) -> None:
    """Say what this site does not keep, and name every element that nothing reads."""
    _tell_points(question, kind)
    for tag, (called, stock) in _STOCK.items():
        element = question.element.find(tag)
        text = text_within(element) if element is not None else ""
        if text and _plain(text) != stock:
            question.say(f"{called} 나오는 피드백은 옮기지 않습니다. 풀이에 적어 주십시오.")
    if any(not is_empty(hint) for hint in question.element.all("hint")):
        question.say("힌트는 옮기지 않습니다.")
    if question.value("responseformat") == "noinline":
        question.say("글 없이 파일만 내는 서술형입니다. 여기서는 글로 쓰는 답을 받습니다.")
    _tell_units(question)
    if kind in (ItemKind.SINGLE, ItemKind.MULTIPLE) and _off(question, "shuffleanswers"):
        question.say("보기를 섞지 않는 설정은 옮기지 않습니다. 순서가 중요하면 고쳐 주십시오.")
    _tell_unread(question, kind)


def _off(question: Question, tag: str) -> bool:
    """Whether the file says no; saying nothing is no decision of anybody."""
    return question.value(tag, "unsaid") in _OFF


def _plain(text: str) -> str:
    return text.removeprefix("<p>").removesuffix("</p>").strip()


def _tell_points(question: Question, kind: ItemKind) -> None:
    if kind in (ItemKind.DESCRIPTION, ItemKind.CATEGORY):
        return
    points = question.value("defaultgrade")
    if points and _number(points) != 1.0:
        question.say(f"배점({points[:20]})은 문제에 담지 않습니다. 퀴즈에서 정해 주십시오.")
    penalty = question.value("penalty")
    if penalty and kind in _TRIED_AGAIN:
        share = _number(penalty)
        # Moodle repairs a third that old files round; without a penalty nothing is lost
        if share is None or (share != 0 and abs(share - 1 / 3) >= 0.005):
            question.say(f"다시 답할 때의 감점({penalty[:20]})은 옮기지 않습니다.")


def _tell_units(question: Question) -> None:
    units = question.element.find("units")
    if units is None:
        return
    names = [
        text_within(name)
        for unit in units.all("unit")
        for name in unit.all("unit_name")
        if text_within(name)
    ]
    if names:
        question.say(f"단위는 옮기지 않습니다: {', '.join(names)[:80]}. 숫자만 채점합니다.")


def _tell_unread(question: Question, kind: ItemKind) -> None:
    seen: set[str] = set()
    for element in question.element.children:
        tag = element.tag
        if tag in seen and tag not in _MANY:
            question.say(f"같은 부분이 두 번 있어 첫 번째만 읽었습니다: <{tag[:40]}>")
        elif tag in _TOLD:
            silent, sentence = _TOLD[tag]
            if text_within(element) not in silent:
                question.say(sentence)
        elif tag not in _READ | _STOCK.keys() | _OF_KIND[kind] and not is_empty(element):
            question.say(
                f"{element.line}번째 줄: 이 유형에 없는 부분이라 읽지 않았습니다: <{tag[:40]}>"
            )
        seen.add(tag)
    if question.element.own_text.strip():
        question.say("표시 밖에 있는 글은 읽지 않았습니다.")


def tell_unread_parts(question: Question, element: Element, read: frozenset[str]) -> None:
    """The same within an answer or a part."""
    for each in element.children:
        if each.tag not in read and not is_empty(each):
            question.say(f"{each.line}번째 줄: 읽지 않은 부분입니다: <{each.tag[:40]}>")


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
