"""What a QTI item's `<resprocessing>` gives for an answer: rules with conditions and scores."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final

from ..xml_safety import BLANKS, Element

Given = dict[str, frozenset[str]]
"""By the response's ident: the idents that were chosen."""

# Canvas and Common Cartridge name the feedback that is no choice's own.
GENERAL: Final = frozenset({"general_fb"})
OVERALL: Final = {
    "correct_fb": "맞았을 때",
    "incorrect_fb": "틀렸을 때",
    "general_incorrect_fb": "틀렸을 때",
}
_EQUAL: Final = frozenset({"varequal", "varsubstring"})


@dataclass(slots=True)
class Rule:
    """One `<respcondition>`: what must be answered, what it scores, which feedback it shows."""

    condition: Element
    goes_on: bool
    scores: list[tuple[str, Decimal]] = field(default_factory=list)  # (action, value)
    shows: list[str] = field(default_factory=list)

    @property
    def gain(self) -> Decimal:
        """What the rule alone scores."""
        return applied(self.scores, Decimal(0))

    @property
    def wanted(self) -> list[Element]:
        """The conditions on one value that must hold, without what stands under a `<not>`."""
        return list(_leaves(self.condition))

    @property
    def is_other(self) -> bool:
        """Whether it is about any answer, not about a certain one."""
        return not any(
            each.tag.startswith(("var", "dur", "not", "un")) for each in self.condition.walk()
        )


@dataclass(slots=True)
class Processing:
    rules: list[Rule]
    odd: list[str]  # what was not understood: Korean sentences

    @property
    def scoring(self) -> list[Rule]:
        return [rule for rule in self.rules if rule.gain > 0]

    def score(self, given: Given) -> Decimal:
        """As the standard has it: rules in their order, until one without `continue`; only that
        rules that add are all counted, for many programs forget the attribute there."""
        score = Decimal(0)
        stopped = False
        for rule in self.rules:
            adds = rule.scores and all(action == "add" for action, _ in rule.scores)
            if (stopped and not adds) or not holds(rule.condition, given):
                continue
            score = applied(rule.scores, score)
            stopped = stopped or not rule.goes_on
        return score


def read_processing(item: Element) -> Processing:
    processing = Processing([], [])
    parts = [each for part in item.all("resprocessing") for each in part.all("respcondition")]
    variable = _score_variable(parts)
    maximum = _declared_maximum(item)
    for part in parts:
        condition = part.find("conditionvar") or Element("conditionvar", part.line)
        rule = Rule(condition, part.get("continue", "No").strip().lower() == "yes")
        for each in part.all("setvar"):
            if _variable(each) == variable:
                _add_score(processing, rule, each, maximum)
        rule.shows = [each.get("linkrefid").strip() for each in part.all("displayfeedback")]
        processing.rules.append(rule)
    return processing


def _add_score(processing: Processing, rule: Rule, setvar: Element, maximum: Decimal) -> None:
    written = setvar.own_text.strip(BLANKS)
    value = maximum if written.lower() == "score.max" else number(written)
    action = setvar.get("action", "Set").strip().lower()
    if value is None or action not in ("set", "add", "subtract"):
        processing.odd.append(
            f"{setvar.line}번째 줄: 점수를 읽지 못했습니다: {action[:20]} {written[:40]}"
        )
        return
    rule.scores.append((action, value))


def applied(scores: list[tuple[str, Decimal]], score: Decimal) -> Decimal:
    for action, value in scores:
        match action:
            case "set":
                score = value
            case "add":
                score += value
            case _:
                score -= value
    return score


def holds(condition: Element, given: Given) -> bool:
    """Whether an answer meets a condition. Several values for one response, side by side, are
    alternatives (Canvas writes accepted answers so); other conditions side by side all hold."""
    parts = condition.children
    match condition.tag:
        case "conditionvar" | "and":
            if condition.tag == "conditionvar" and _alternatives(parts):
                return any(holds(part, given) for part in parts)
            return all(holds(part, given) for part in parts)
        case "or":
            return any(holds(part, given) for part in parts)
        case "not":
            return not all(holds(part, given) for part in parts)
        case "other":
            return True
        case "unanswered":
            return not given.get(condition.get("respident"))
        case "varequal":
            return value_of(condition) in given.get(condition.get("respident"), frozenset())
        case "varsubset":
            wanted = {each.strip() for each in value_of(condition).split(",")}
            chosen = given.get(condition.get("respident"), frozenset())
            exact = condition.get("setmatch", "Exact").lower() == "exact"
            return chosen == wanted if exact else bool(chosen & wanted)
        case _:
            return False


def _alternatives(parts: list[Element]) -> bool:
    asked = {part.get("respident") for part in parts}
    return len(parts) > 1 and len(asked) == 1 and all(part.tag == "varequal" for part in parts)


def _leaves(condition: Element) -> Iterator[Element]:
    for part in condition.children:
        if part.tag in _EQUAL:
            yield part
        elif part.tag in ("and", "or"):
            yield from _leaves(part)


def value_of(element: Element) -> str:
    return element.own_text.strip(BLANKS)


def number(text: str) -> Decimal | None:
    """A finite number of sane size; a Decimal with a million digits would take its time."""
    if len(text) > 60:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) < 100 else None


def percent(share: Decimal, whole: Decimal) -> str:
    """With five decimals at most, as Moodle has them: "33.33333"."""
    if not whole:
        return "0"
    text = f"{share / whole * 100:.5f}"
    text = text.rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def _variable(setvar: Element) -> str:
    return (setvar.get("varname") or setvar.get("variablename") or "SCORE").strip().upper()


def _score_variable(parts: list[Element]) -> str:
    named = [_variable(each) for part in parts for each in part.all("setvar")]
    scores = [each for each in named if "SCORE" in each]
    return (scores or named or ["SCORE"])[0]


def _declared_maximum(item: Element) -> Decimal:
    """For programs that score "SCORE.max"."""
    for part in item.all("resprocessing"):
        for element in part.walk():
            if element.tag == "decvar" and (value := number(element.get("maxvalue"))):
                return value
    return Decimal(100)
