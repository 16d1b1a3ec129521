"""One QTI item, read by its kind."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from ..items import Item, ItemAnswer, ItemChoice, ItemKind
from ..xml_safety import Element
from .feedback import (
    Feedback,
    empty,
    of_choice,
    read_feedback,
    rules_by_choice,
    tell_lost,
    tell_missing,
)
from .kinds import RESPONSES, kind_of, labels_of, metadata, responses_of, truth_of
from .materials import Finder, Notes
from .processing import Processing, Rule, number, percent, read_processing, value_of

_READ: Final = frozenset({
    "itemmetadata", "qtimetadata", "presentation", "resprocessing", "itemfeedback", "qticomment",
})  # fmt: skip


@dataclass(slots=True)
class Reading:
    """An item while it is read."""

    notes: Notes
    processing: Processing
    feedback: Feedback
    responses: list[Element]
    item: Item


def read_item(element: Element, find: Finder | None) -> Item:
    """UnsupportedError for kinds that are not read."""
    kind = kind_of(element)
    notes = Notes(element, find)
    responses = responses_of(element)
    item = Item(
        line=element.line,
        kind=kind,
        title=element.get("title").strip(),
        id=element.get("ident").strip(),
        stem=_stem(notes, kind, responses),
    )
    processing = read_processing(element)
    for sentence in processing.odd:
        notes.say(sentence)
    reading = Reading(notes, processing, read_feedback(notes), responses, item)
    general = reading.feedback.general()
    made = _KINDS[kind](reading) if kind in _KINDS else item
    tell_lost(notes, reading.feedback, processing)
    tell_missing(notes, processing)
    _tell_rest(notes, kind)
    return replace(
        made,
        stem_format=notes.stem_format,
        general_feedback=general,
        files=notes.item_files(),
        problems=notes.problems.all(),
    )


def _stem(notes: Notes, kind: ItemKind, responses: list[Element]) -> str:
    """What stands outside the responses; and what stands in the only one beside its choices."""
    pieces = notes.pieces(notes.element.find("presentation"), RESPONSES)
    if len(responses) == 1 and kind is not ItemKind.MATCHING:
        pieces += notes.pieces(responses[0], _RENDERED)
    stem = notes.stem(pieces)
    if not stem:
        notes.say("문제 글이 비어 있습니다.")
    return stem


_RENDERED: Final = frozenset({
    "render_choice", "render_fib", "render_extension", "render_hotspot", "render_slider",
    "response_label",
})  # fmt: skip


def _tell_rest(notes: Notes, kind: ItemKind) -> None:
    points = metadata(notes.element).get("points_possible", "")
    if points and number(points) != 1 and kind is not ItemKind.DESCRIPTION:
        notes.say(f"배점({points[:20]})은 문제에 담지 않습니다. 퀴즈에서 정해 주십시오.")
    for each in notes.element.children:
        if each.tag not in _READ and not empty(each):
            notes.say(f"{each.line}번째 줄: 읽지 않은 부분입니다: <{each.tag[:40]}>")
    renders = [each for each in notes.element.walk() if each.tag in ("render_fib", "render_choice")]
    if any(
        piece for each in renders for piece in notes.pieces(each, frozenset({"response_label"}))
    ):
        notes.say("보기 사이에 있는 글은 읽지 않았습니다.")


def _choices(reading: Reading) -> Item:
    notes = reading.notes
    labels = labels_of(reading.responses[0])
    idents = [each.get("ident").strip() for each in labels]
    if len(set(idents)) < len(idents):
        notes.say("ident가 같은 보기가 있어 정답을 가리지 못할 수 있습니다.")
    response = reading.responses[0].get("ident")
    if reading.item.kind is ItemKind.MULTIPLE:
        weights = _several(reading.processing, response, idents)
    else:
        weights = _one(reading.processing, response, idents)
    if not any(float(each) > 0 for each in weights):
        notes.say("정답이 적혀 있지 않습니다.")
    rules = rules_by_choice(reading.processing)
    choices = tuple(
        ItemChoice(
            notes.text(notes.pieces(label), f"보기 {place}"),
            weight,
            of_choice(reading.feedback, rules, ident),
        )
        for place, (label, ident, weight) in enumerate(zip(labels, idents, weights, strict=True), 1)
    )
    if not choices:
        notes.say("보기가 없습니다.")
    return replace(reading.item, choices=choices)


def _one(processing: Processing, response: str, idents: list[str]) -> list[str]:
    """Each choice tried alone, in percent of the best."""
    scores = [processing.score({response: frozenset({each})}) for each in idents]
    best = max(scores, default=Decimal(0))
    return [percent(each, best if best > 0 else Decimal(0)) for each in scores]


def _several(processing: Processing, response: str, idents: list[str]) -> list[str]:
    """Where choices score one by one: each alone, in percent of all the good ones together.
    Where only the whole set scores: equal parts for what belongs to it."""
    nothing = processing.score({response: frozenset()})
    alone = [processing.score({response: frozenset({each})}) - nothing for each in idents]
    good = frozenset(each for each, score in zip(idents, alone, strict=True) if score > 0)
    if good:
        best = processing.score({response: good}) - nothing
        return [percent(each, best if best > 0 else max(alone)) for each in alone]
    sets = {frozenset(value_of(each) for each in rule.wanted) for rule in processing.scoring}
    right = max(
        (each for each in sets if each <= set(idents)),
        key=lambda each: (processing.score({response: each}), len(each), sorted(each)),
        default=frozenset[str](),
    )
    share = percent(Decimal(1), Decimal(len(right)))
    return [share if each in right else "0" for each in idents]


def _true_false(reading: Reading) -> Item:
    notes, processing = reading.notes, reading.processing
    labels = labels_of(reading.responses[0])
    truths = [truth_of(each) for each in labels]
    if sorted(map(str, truths)) != ["False", "True"]:
        notes.say("어느 보기가 참인지 알 수 없어 참, 거짓의 순서로 읽었습니다.")
        truths = [place == 0 for place in range(len(labels))]
    if len(labels) != 2:
        notes.say("참·거짓 문제인데 보기가 둘이 아닙니다.")
    response = reading.responses[0].get("ident")
    rules = rules_by_choice(processing)
    scores: dict[bool, Decimal] = {True: Decimal(0), False: Decimal(0)}
    feedback = {True: "", False: ""}
    for label, said in zip(labels, truths, strict=True):
        ident = label.get("ident").strip()
        truth = bool(said)
        scores[truth] = processing.score({response: frozenset({ident})})
        feedback[truth] = of_choice(reading.feedback, rules, ident)
    if scores[True] == scores[False]:
        notes.say("참과 거짓 가운데 무엇이 정답인지 알 수 없습니다.")
    return replace(
        reading.item,
        answer=None if scores[True] == scores[False] else scores[True] > scores[False],
        feedback_true=feedback[True],
        feedback_false=feedback[False],
    )


def _short_text(reading: Reading) -> Item:
    """Accepted texts in their order; a text that only gets feedback is worth nothing."""
    best = max((rule.gain for rule in reading.processing.scoring), default=Decimal(0))
    answers: dict[str, ItemAnswer] = {}
    for rule in sorted(reading.processing.rules, key=lambda each: each.gain <= 0):
        shown = reading.feedback.of_rule(rule) if rule.wanted else ""
        weight = percent(max(rule.gain, Decimal(0)), best)
        for leaf in rule.wanted:
            _tell_odd_leaf(reading.notes, leaf)
            text = value_of(leaf)
            if not rule.scores and not shown:
                continue
            before = answers.get(text, ItemAnswer(text, weight="0"))
            better = weight if float(weight) > float(before.weight) else before.weight
            said = "\n".join(dict.fromkeys(each for each in (before.feedback, shown) if each))
            answers[text] = replace(before, weight=better, feedback=said)
    if best <= 0:
        reading.notes.say("정답이 적혀 있지 않습니다.")
    return replace(reading.item, answers=tuple(answers.values()))


def _tell_odd_leaf(notes: Notes, leaf: Element) -> None:
    if leaf.tag == "varsubstring":
        notes.say("답의 일부만 맞아도 되는 채점은 옮기지 않습니다. 답 전체를 견줍니다.")
    if leaf.get("case").strip().lower() == "yes":
        notes.say("대소문자를 구별하는 채점은 옮기지 않습니다.")


def _numeric(reading: Reading) -> Item:
    best = max((rule.gain for rule in reading.processing.scoring), default=Decimal(0))
    answers: list[ItemAnswer] = []
    for rule in reading.processing.rules:
        shown = reading.feedback.of_rule(rule) if not rule.is_other else ""
        if rule.gain <= 0 and not shown:
            continue
        weight = percent(max(rule.gain, Decimal(0)), best)
        answers += [
            replace(answer, weight=weight, feedback=shown)
            for answer in _numbers(reading.notes, rule)
        ]
    if best <= 0:
        reading.notes.say("정답이 적혀 있지 않습니다.")
    return replace(reading.item, answers=tuple(answers))


def _numbers(notes: Notes, rule: Rule) -> list[ItemAnswer]:
    """Canvas writes an exact value with a margin as the value, or between value and bounds."""
    values, lows, highs = _bounds(notes, rule)
    if not lows and not highs:
        return [ItemAnswer(value=value) for value in values]
    low, high = (lows or [""])[0], (highs or [""])[0]
    if not low or not high:
        notes.say("범위의 한쪽 끝만 적힌 답이 있습니다. 다른 쪽을 채워 주십시오.")
    numbers = [number(each) for each in (values[:1] or [""]) + [low, high]]
    middle, bottom, top = numbers
    if middle is not None and bottom is not None and top is not None:
        if middle - bottom == top - middle:
            return [ItemAnswer(value=values[0], tolerance=_written(top - middle))]
        notes.say("가운데 값이 아닌 정답은 범위로만 옮깁니다.")
    return [ItemAnswer(low=low, high=high)]


def _bounds(notes: Notes, rule: Rule) -> tuple[list[str], list[str], list[str]]:
    values: list[str] = []
    lows: list[str] = []
    highs: list[str] = []
    for each in rule.condition.walk():
        written = value_of(each)
        if each.tag not in ("varequal", "vargte", "vargt", "varlte", "varlt"):
            continue
        if number(written) is None:
            notes.say(f"{each.line}번째 줄: 답이 수가 아닙니다. ‘{written[:40]}’")
        {"e": values, "g": lows, "l": highs}[each.tag[3]].append(written)
        if each.tag in ("vargt", "varlt"):
            notes.say("‘보다 큼’이나 ‘보다 작음’으로 정한 범위는 끝값도 맞는 것으로 봅니다.")
    return list(dict.fromkeys(values)), lows, highs


def _written(value: Decimal) -> str:
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def _matching(reading: Reading) -> Item:
    """Each response is a left side; the choices that no left side wants are left over."""
    notes = reading.notes
    wanted = {
        (leaf.get("respident"), value_of(leaf)): rule.gain
        for rule in reading.processing.scoring
        for leaf in rule.wanted
    }
    if len(set(wanted.values())) > 1:
        notes.say("짝마다 점수가 다릅니다. 여기서는 짝마다 점수가 같습니다.")
    pairs: list[tuple[str, str]] = []
    offered: dict[str, None] = {}
    for place, response in enumerate(reading.responses, 1):
        left = notes.text(notes.pieces(response, _RENDERED), f"짝 {place}")
        ident = response.get("ident")
        rights = []
        for label in labels_of(response):
            text = notes.text(notes.pieces(label), "", formatted=False)
            offered.setdefault(text)
            if (ident, label.get("ident").strip()) in wanted:
                rights.append(text)
        if len(rights) != 1:
            notes.say(f"짝 {place}: 오른쪽의 정답이 하나가 아닙니다.")
        pairs.append((left, rights[0] if rights else ""))
    used = {right for _, right in pairs}
    pairs += [("", text) for text in offered if text not in used]
    return replace(reading.item, pairs=tuple(pairs))


_KINDS: Final[dict[ItemKind, Callable[[Reading], Item]]] = {
    ItemKind.SINGLE: _choices,
    ItemKind.MULTIPLE: _choices,
    ItemKind.TRUE_FALSE: _true_false,
    ItemKind.SHORT_TEXT: _short_text,
    ItemKind.NUMERIC: _numeric,
    ItemKind.MATCHING: _matching,
}
