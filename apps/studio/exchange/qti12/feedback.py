"""Which `<itemfeedback>` belongs to which choice or answer, and which to the item as a whole."""

from dataclasses import dataclass, field

from ..xml_safety import Element
from .materials import Notes
from .processing import GENERAL, OVERALL, Processing, Rule, value_of


@dataclass(slots=True)
class Feedback:
    """Texts by their ident. What nobody took in the end is told."""

    texts: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def of(self, *idents: str) -> str:
        """The texts one below the other; they count as taken."""
        known = [each for each in dict.fromkeys(idents) if self.texts.get(each)]
        self.taken.update(known)
        return "\n".join(self.texts[each] for each in known)

    def general(self) -> str:
        return self.of(*(each for each in self.texts if each in GENERAL))

    def of_rule(self, rule: Rule) -> str:
        """What a rule about a certain answer shows, without what every right answer gets."""
        own = [each for each in rule.shows if each not in GENERAL and each not in OVERALL]
        return self.of(*own)


def read_feedback(notes: Notes) -> Feedback:
    feedback = Feedback()
    for element in notes.element.all("itemfeedback"):
        ident = element.get("ident").strip()
        if any(each.tag in ("hint", "solution") for each in element.walk()):
            notes.say(f"{element.line}번째 줄: 힌트와 풀이의 구분은 옮기지 않고 글만 읽었습니다.")
        text = notes.text(notes.pieces(element), "피드백")
        if text:
            before = feedback.texts.get(ident, "")
            feedback.texts[ident] = f"{before}\n{text}" if before else text
    return feedback


def rules_by_choice(processing: Processing) -> dict[str, list[Rule]]:
    """The rules that show something for one choice alone, by its ident."""
    found: dict[str, list[Rule]] = {}
    for rule in processing.rules:
        wanted = rule.wanted if rule.shows else []
        if len(wanted) == 1 and not any(each.tag == "not" for each in rule.condition.walk()):
            found.setdefault(value_of(wanted[0]), []).append(rule)
    return found


def of_choice(feedback: Feedback, rules: dict[str, list[Rule]], ident: str) -> str:
    """What is shown for choosing this: by rules about it alone, or by the name Canvas gives."""
    shown = [feedback.of_rule(rule) for rule in rules.get(ident, [])]
    own = dict.fromkeys(each for each in shown if each)
    return "\n".join(own) or feedback.of(f"{ident}_fb")


def tell_lost(notes: Notes, feedback: Feedback, processing: Processing) -> None:
    """Name the feedback that has no place."""
    linked = {each for rule in processing.rules for each in rule.shows}
    for ident in feedback.texts:
        if ident in feedback.taken:
            continue
        if ident in OVERALL:
            notes.say(f"{OVERALL[ident]} 나오는 피드백은 옮기지 않습니다. 풀이에 적어 주십시오.")
        elif ident in linked:
            notes.say(f"조건에 따라 나오는 피드백은 옮기지 않습니다: {ident[:40]}")
        else:
            notes.say(f"어디에도 이어져 있지 않은 피드백은 옮기지 않습니다: {ident[:40]}")


def tell_missing(notes: Notes, processing: Processing) -> None:
    known = {each.get("ident").strip() for each in notes.element.all("itemfeedback")}
    for rule in processing.rules:
        for ident in rule.shows:
            if ident and ident not in known:
                notes.say(f"파일에 없는 피드백을 가리킵니다: {ident[:40]}")


def empty(element: Element) -> bool:
    return not any(each.own_text.strip() for each in element.walk())
