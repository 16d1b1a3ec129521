"""Read Moodle XML.

The rules are those of Moodle's own import where the documentation leaves a choice: a part without
a format has the format of the question's text, which is HTML when it says nothing; texts are
trimmed; `<single>` that is missing means one choice; true/false answers that are neither "true"
nor "false" count by their place.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Final

from ..archives import is_archive
from ..items import (
    FileProblem,
    Item,
    ItemAnswer,
    ItemChoice,
    ItemKind,
    Reading,
    TextFormat,
    UnreadableError,
)
from ..xml_safety import BLANKS, Element, parse_xml
from .parts import Question, text_within
from .sentences import MAX_ITEMS, told_of_file, too_many_items
from .settings import tell_settings, tell_unread_parts

_UNSUPPORTED: Final = {
    "cloze": "빈칸 채우기(Cloze)",
    "multianswer": "빈칸 채우기(Cloze)",
    "calculated": "계산형",
    "calculatedsimple": "단순 계산형",
    "calculatedmulti": "계산 선다형",
    "ddwtos": "글에 끌어다 놓기",
    "gapselect": "빈칸에서 고르기",
    "ddimageortext": "그림에 끌어다 놓기",
    "ddmarker": "그림에 표시하기",
    "randomsamatch": "무작위 단답 짝짓기",
    "random": "무작위 문제",
    "ordering": "순서 배열",
}
_ANSWER: Final = frozenset({"text", "feedback", "file"})
_NUMERIC_ANSWER: Final = _ANSWER | {"tolerance", "fraction"}


def read_moodle_xml(data: bytes) -> Reading:
    """The items of a `<quiz>` file, in its order; what became no item is told with its line.
    UnreadableError where the whole file is refused."""
    if is_archive(data):
        raise UnreadableError("압축 파일입니다. 압축을 풀어 안에 든 XML 파일을 올려 주십시오.")
    root = parse_xml(data)
    if root.tag != "quiz":
        hint = " QTI 1.2로 골라 보십시오." if root.tag == "questestinterop" else ""
        raise UnreadableError(
            f"Moodle XML이 아닙니다. <quiz>로 시작해야 하는데 <{root.tag[:40]}> 표시로 "
            f"시작합니다.{hint}"
        )
    if len(root.children) > MAX_ITEMS:
        raise too_many_items()
    items: list[Item] = []
    problems: list[FileProblem] = []
    if root.own_text.strip(BLANKS):
        problems.append(FileProblem(root.line, "문제 밖에 있는 글은 읽지 않았습니다."))
    for element in root.children:
        made = _made(element)
        if isinstance(made, Item):
            items.append(made)
        else:
            problems.append(made)
    if not items and not problems:
        problems.append(FileProblem(0, "파일에 문제가 하나도 없습니다."))
    return Reading(tuple(items), told_of_file(problems))


def _made(element: Element) -> Item | FileProblem:
    if element.tag != "question":
        return FileProblem(element.line, f"문제가 아니라서 읽지 않았습니다: <{element.tag[:40]}>")
    named = element.get("type").strip(BLANKS)
    read = _READERS.get(named)
    if read is not None:
        return read(Question(element))
    if not named:
        return FileProblem(element.line, "문제 유형(type)이 적혀 있지 않아 읽지 못했습니다.")
    label = f"{_UNSUPPORTED[named]} ({named})" if named in _UNSUPPORTED else named[:60]
    title = text_within(name) if (name := element.find("name")) else ""
    about = f" 문제 이름: {title[:80]}" if title else ""
    return FileProblem(
        element.line, f"지원하지 않는 문제 유형이라 읽지 않았습니다: {label}.{about}"
    )


def _finished(question: Question, kind: ItemKind, stem: str) -> Item:
    general = question.text(question.element.find("generalfeedback"), "전체 피드백")
    if not stem:
        question.say("문제 글이 비어 있습니다.")
    tell_settings(question, kind)
    return replace(question.item(kind), stem=stem, general_feedback=general)


def _category(question: Question) -> Item:
    element = question.element.find("category")
    stem = text_within(element) if element is not None else ""
    if not stem:
        question.say("범주의 이름이 비어 있습니다.")
    tell_settings(question, ItemKind.CATEGORY)
    item = question.item(ItemKind.CATEGORY)
    return replace(item, title="", stem=stem, stem_format=TextFormat.MOODLE)


def _choices(question: Question) -> Item:
    stem = question.stem()
    one = question.value("single", "true") not in ("", "0", "false")
    choices = []
    for number, answer in enumerate(question.element.all("answer"), 1):
        tell_unread_parts(question, answer, _ANSWER)
        text = question.text(answer, f"보기 {number}")
        feedback = question.text(answer.find("feedback"), f"보기 {number} 피드백")
        choices.append(ItemChoice(text, _weight(question, answer), feedback))
    if not choices:
        question.say("보기가 없습니다.")
    item = _finished(question, ItemKind.SINGLE if one else ItemKind.MULTIPLE, stem)
    return replace(item, choices=tuple(choices))


def _true_false(question: Question) -> Item:
    stem = question.stem()
    weights: dict[bool, float] = {}
    feedback: dict[bool, str] = {}
    for place, answer in enumerate(question.element.all("answer")):
        tell_unread_parts(question, answer, _ANSWER)
        text = text_within(answer).lower()
        if text not in ("true", "false"):
            question.say("참·거짓 답이 true나 false가 아니어서 참, 거짓의 순서로 읽었습니다.")
            text = "true" if place == 0 else "false"
        said = text == "true"
        if said in weights:
            question.say("참이나 거짓의 답이 두 번 있습니다. 정답을 확인해 주십시오.")
            continue
        weights[said] = float(decimal(_weight(question, answer)) or 0)
        called = "참을 고르면 나오는 피드백" if said else "거짓을 고르면 나오는 피드백"
        feedback[said] = question.text(answer.find("feedback"), called)
    right, wrong = weights.get(True, 0.0), weights.get(False, 0.0)
    if right == wrong:
        question.say("참과 거짓 가운데 무엇이 정답인지 알 수 없습니다.")
    elif max(right, wrong) != 100:
        question.say("정답의 점수가 100%가 아닙니다.")
    item = _finished(question, ItemKind.TRUE_FALSE, stem)
    return replace(
        item,
        answer=None if right == wrong else right > wrong,
        feedback_true=feedback.get(True, ""),
        feedback_false=feedback.get(False, ""),
    )


def _short_text(question: Question) -> Item:
    stem = question.stem()
    answers = []
    for number, answer in enumerate(question.element.all("answer"), 1):
        tell_unread_parts(question, answer, _ANSWER)
        text = question.text(answer, f"답 {number}", formatted=False)
        feedback = question.text(answer.find("feedback"), f"답 {number} 피드백")
        answers.append(ItemAnswer(text, weight=_weight(question, answer), feedback=feedback))
    if not answers:
        question.say("답이 없습니다.")
    return replace(_finished(question, ItemKind.SHORT_TEXT, stem), answers=tuple(answers))


def _numeric(question: Question) -> Item:
    stem = question.stem()
    answers = []
    for number, answer in enumerate(question.element.all("answer"), 1):
        tell_unread_parts(question, answer, _NUMERIC_ANSWER)
        value = question.text(answer, f"답 {number}", formatted=False)
        if value != "*" and decimal(value) is None:
            question.say(f"답 {number}: 수가 아닙니다. ‘{value[:40]}’")
        tolerance = answer.find("tolerance")
        answers.append(
            ItemAnswer(
                value=value,
                tolerance=text_within(tolerance) if tolerance is not None else "",
                weight=_weight(question, answer),
                feedback=question.text(answer.find("feedback"), f"답 {number} 피드백"),
            )
        )
    if not answers:
        question.say("답이 없습니다.")
    return replace(_finished(question, ItemKind.NUMERIC, stem), answers=tuple(answers))


def _matching(question: Question) -> Item:
    stem = question.stem()
    pairs = []
    for number, part in enumerate(question.element.all("subquestion"), 1):
        tell_unread_parts(question, part, frozenset({"text", "file", "answer"}))
        answers = part.all("answer")
        if len(answers) > 1:
            question.say(f"짝 {number}: 답이 여럿이라 첫 번째만 읽었습니다.")
        left = question.text(part, f"짝 {number}")
        pairs.append((left, text_within(answers[0]) if answers else ""))
    if not pairs:
        question.say("짝이 없습니다.")
    return replace(_finished(question, ItemKind.MATCHING, stem), pairs=tuple(pairs))


def _essay(question: Question) -> Item:
    return _finished(question, ItemKind.ESSAY, question.stem())


def _description(question: Question) -> Item:
    return _finished(question, ItemKind.DESCRIPTION, question.stem())


_READERS: Final[dict[str, Callable[[Question], Item]]] = {
    "category": _category,
    "multichoice": _choices,
    "truefalse": _true_false,
    "shortanswer": _short_text,
    "numerical": _numeric,
    "matching": _matching,
    "match": _matching,
    "essay": _essay,
    "description": _description,
}


def _weight(question: Question, answer: Element) -> str:
    """In percent, as written. Old files give a share of 1 in an element of its own."""
    old = answer.find("fraction")
    if old is not None and "fraction" not in answer.attributes:
        share = decimal(text_within(old))
        if share is not None:
            return format((share * 100).normalize(), "f")
    weight = (answer.get("fraction") or (text_within(old) if old else "") or "0").strip(BLANKS)
    if decimal(weight) is None:
        question.say(f"점수(fraction)가 수가 아닙니다: {weight[:40]}")
    return weight


def decimal(text: str) -> Decimal | None:
    """A number of sane size. A Decimal with a million digits would take its time."""
    if len(text) > 60:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 400 else None
