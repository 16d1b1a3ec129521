"""What differs between two wordings of one question: in its words, its key, its structure."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from apps.quizzes.domain.kinds import DOCUMENT_KINDS
from apps.quizzes.domain.spec import QuestionSpec

from .pairing import Pairing, pair_members
from .summaries import key_texts, member_texts
from .words import Mark, Piece, diff_lists, diff_words

Json = dict[str, Any]


class Part(StrEnum):
    WORDING = "wording"
    KEY = "key"
    STRUCTURE = "structure"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs. The pieces of a list are whole entries, others are running text."""

    part: Part
    what: str  # Korean, such as 문제 글 or 보기 2의 설명
    pieces: tuple[Piece, ...]
    is_list: bool = False


@dataclass(slots=True)
class _Changes:
    found: list[Change] = field(default_factory=list)

    def text(self, part: Part, what: str, old: object, new: object) -> None:
        before, after = str(old), str(new)
        if before != after:
            self.found.append(Change(part, what, diff_words(before, after)))

    def value(self, part: Part, what: str, old: object, new: object) -> None:
        """A word or a number, told whole."""
        if old != new:
            sides = ((Mark.REMOVED, str(old)), (Mark.ADDED, str(new)))
            pieces = tuple(Piece(mark, text) for mark, text in sides if text)
            self.found.append(Change(part, what, pieces))

    def entries(self, part: Part, what: str, old: Sequence[str], new: Sequence[str]) -> None:
        if list(old) != list(new):
            self.found.append(Change(part, what, diff_lists(old, new), is_list=True))


def diff_specs(old: QuestionSpec, new: QuestionSpec) -> list[Change]:
    """Every change, in the order of the question; empty where nothing differs."""
    changes = _Changes()
    kinds = (old.shown.kind, new.shown.kind)
    labels = [DOCUMENT_KINDS[kind].label for kind in kinds]
    changes.value(Part.STRUCTURE, "종류", *labels)
    changes.text(Part.WORDING, "문제 글", old.shown.stem, new.shown.stem)
    if kinds[0] == kinds[1] or set(kinds) == {"single", "multiple"}:
        _COMPARE[kinds[1]](old, new, changes)
    else:
        changes.entries(Part.STRUCTURE, "보기와 항목", member_texts(old), member_texts(new))
        changes.entries(Part.KEY, "정답", key_texts(old), key_texts(new))
    changes.text(Part.WORDING, "해설", old.secret.explanation, new.secret.explanation)
    _about(old, new, changes)
    return changes.found


def parts_changed(old: QuestionSpec, new: QuestionSpec) -> list[Part]:
    """Which parts differ, each once, in the order in which they are told."""
    found = {change.part for change in diff_specs(old, new)}
    return [part for part in Part if part in found]


def _about(old: QuestionSpec, new: QuestionSpec, changes: _Changes) -> None:
    was, now = old.about, new.about
    changes.text(Part.WORDING, "노트의 문장", was.quote, now.quote)
    changes.value(Part.STRUCTURE, "주제", was.topic, now.topic)
    changes.value(Part.STRUCTURE, "인지 수준", was.level.label, now.level.label)
    changes.value(Part.STRUCTURE, "난이도", was.difficulty, now.difficulty)
    changes.value(Part.STRUCTURE, "레슨", was.lesson, now.lesson)
    changes.value(Part.STRUCTURE, "레슨의 절", was.section, now.section)
    changes.value(Part.STRUCTURE, "정정", was.erratum, now.erratum)
    changes.value(Part.STRUCTURE, "수치의 기준일", was.as_of, now.as_of)


def _choices(old: QuestionSpec, new: QuestionSpec, changes: _Changes) -> None:
    paired = _members(old, new, changes, "choices", "보기")
    right = [_right(spec) for spec in (old, new)]
    moved = any((was["id"] in right[0]) != (now["id"] in right[1]) for was, now in paired.pairs)
    gone = any(each["id"] in right[0] for each in paired.removed)
    come = any(each["id"] in right[1] for each in paired.added)
    if moved or gone or come:
        kept = paired.new_ids
        texts = {each["id"]: each["text"] for each in new.shown.body["choices"]}
        # A right choice that was only reworded is no change of the key.
        before = [
            texts[kept[each["id"]]] if each["id"] in kept else each["text"]
            for each in old.shown.body["choices"]
            if each["id"] in right[0]
        ]
        after = [texts[id_] for id_ in texts if id_ in right[1]]
        changes.entries(Part.KEY, "정답", before, after)
    if new.shown.kind != "true_false":
        flags = [_yes(spec.shown.body["keep_order"]) for spec in (old, new)]
        changes.value(Part.STRUCTURE, "보기를 섞지 않음", *flags)
        picks = [spec.shown.body.get("pick") for spec in (old, new)]
        told = ["알려 주지 않음" if pick is None else f"{pick}개" for pick in picks]
        if {old.shown.kind, new.shown.kind} == {"multiple"}:
            changes.value(Part.STRUCTURE, "고를 개수", *told)


def _right(spec: QuestionSpec) -> set[str]:
    key = spec.secret.key
    return set(key["choices"]) if "choices" in key else {key["choice"]}


def _yes(flag: bool) -> str:
    return "예" if flag else "아니요"


def _members(
    old: QuestionSpec, new: QuestionSpec, changes: _Changes, name: str, word: str
) -> Pairing:
    """Members of a list: reworded, with other feedback, removed, added, in another order."""
    before, after = old.shown.body[name], new.shown.body[name]
    paired = pair_members(before, after)
    places = {each["id"]: place for place, each in enumerate(after, start=1)}
    for was, now in paired.pairs:
        label = f"{word} {places[now['id']]}"
        changes.text(Part.WORDING, label, was["text"], now["text"])
        said = [spec.secret.feedback.get(each["id"], "") for spec, each in ((old, was), (new, now))]
        changes.text(Part.WORDING, f"{label}의 설명", *said)
    for each in paired.removed:
        changes.entries(Part.STRUCTURE, f"지운 {word}", [each["text"]], [])
    for each in paired.added:
        changes.entries(Part.STRUCTURE, f"넣은 {word}", [], [each["text"]])
        changes.text(
            Part.WORDING,
            f"{word} {places[each['id']]}의 설명",
            "",
            new.secret.feedback.get(each["id"], ""),
        )
    return paired


def _order(paired: Pairing, old: Iterable[Json]) -> tuple[list[str], list[str]]:
    """The texts of those who go on, by their new words: in the old order, in the new one."""
    texts = {was["id"]: now["text"] for was, now in paired.pairs}
    before = [texts[each["id"]] for each in old if each["id"] in texts]
    return before, [now["text"] for _, now in paired.pairs]


def _single_or_multiple(old: QuestionSpec, new: QuestionSpec, changes: _Changes) -> None:
    _choices(old, new, changes)
    old_choices = old.shown.body["choices"]
    paired = pair_members(old_choices, new.shown.body["choices"])
    changes.entries(Part.STRUCTURE, "보기의 차례", *_order(paired, old_choices))


def _giving(
    askers: tuple[str, str], offers: tuple[str, str]
) -> Callable[[QuestionSpec, QuestionSpec, _Changes], None]:
    """Matching and categorizing: to every asker one offer; each a list's name and its word."""

    def compare(old: QuestionSpec, new: QuestionSpec, changes: _Changes) -> None:
        asked = _members(old, new, changes, *askers)
        offered = _members(old, new, changes, *offers)
        given = [spec.secret.key["given"] for spec in (old, new)]
        texts = [{m["id"]: m["text"] for m in spec.shown.body[offers[0]]} for spec in (old, new)]
        for was, now in asked.pairs:
            before, after = given[0][was["id"]], given[1][now["id"]]
            if offered.new_ids.get(before) != after:
                what = f"‘{now['text']}’의 정답"
                changes.value(Part.KEY, what, texts[0][before], texts[1][after])
        for now in asked.added:
            right = texts[1][given[1][now["id"]]]
            changes.entries(Part.KEY, "새 정답", [], [f"{now['text']} → {right}"])
        for name, word, paired in ((*askers, asked), (*offers, offered)):
            if name in _IN_ORDER:
                changes.entries(
                    Part.STRUCTURE, f"{word}의 차례", *_order(paired, old.shown.body[name])
                )

    return compare


# The other lists stand in a body by their texts, so that their order tells nothing.
_IN_ORDER = frozenset({"lefts", "categories"})


def _ordering(old: QuestionSpec, new: QuestionSpec, changes: _Changes) -> None:
    paired = _members(old, new, changes, "items", "항목")
    orders = [spec.secret.key["places"] for spec in (old, new)]
    before = sorted(paired.pairs, key=lambda pair: orders[0][pair[0]["id"]])
    after = sorted(paired.pairs, key=lambda pair: orders[1][pair[1]["id"]])
    sides = [[now["text"] for _, now in pairs] for pairs in (before, after)]
    changes.entries(Part.KEY, "바른 차례", *sides)


def _numeric(old: QuestionSpec, new: QuestionSpec, changes: _Changes) -> None:
    was, now = old.secret.key, new.secret.key
    changes.value(Part.KEY, "정답", was["answer"], now["answer"])
    changes.value(Part.KEY, "인정하는 오차", *(_tolerance(key) for key in (was, now)))
    changes.value(Part.WORDING, "단위", old.shown.body["unit"], new.shown.body["unit"])


def _tolerance(key: Json) -> str:
    if "tolerance_percent" in key:
        return f"±{key['tolerance_percent']}%"
    return f"±{key['tolerance']}"


def _short_text(old: QuestionSpec, new: QuestionSpec, changes: _Changes) -> None:
    was, now = old.secret, new.secret
    changes.entries(Part.KEY, "인정하는 답", was.key["accepted"], now.key["accepted"])
    changes.entries(Part.STRUCTURE, "설명이 있는 오답", was.key["near"], now.key["near"])
    for text in now.key["near"]:
        what = f"오답 ‘{text}’의 설명"
        changes.text(Part.WORDING, what, was.feedback.get(text, ""), now.feedback.get(text, ""))


def _essay(old: QuestionSpec, new: QuestionSpec, changes: _Changes) -> None:
    changes.entries(
        Part.KEY, "채점에서 보는 것", old.secret.key["rubric"], new.secret.key["rubric"]
    )
    lengths = [f"{spec.shown.body['max_length']}자" for spec in (old, new)]
    changes.value(Part.STRUCTURE, "글자 수", *lengths)


_TEMPLATE_WORDS = {
    "widget": "실습",
    "ask": "물음",
    "preset": "상황",
    "scenario": "실습의 상태",
    "generator": "생성기",
    "parameters": "생성기의 값",
}


def _template(old: QuestionSpec, new: QuestionSpec, changes: _Changes) -> None:
    """Scenarios and generators: whatever their bodies say, and what the file expects."""
    was, now = old.shown.body, new.shown.body
    for name in dict.fromkeys([*was, *now]):
        sides = [_plain(body.get(name, "")) for body in (was, now)]
        changes.text(Part.STRUCTURE, _TEMPLATE_WORDS.get(name, name), *sides)
    changes.entries(Part.KEY, "정답이라고 적은 보기", key_texts(old), key_texts(new))


def _plain(value: object) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)


_COMPARE: dict[str, Callable[[QuestionSpec, QuestionSpec, _Changes], None]] = {
    "single": _single_or_multiple,
    "multiple": _single_or_multiple,
    "true_false": _choices,
    "matching": _giving(("lefts", "왼쪽"), ("rights", "오른쪽")),
    "categorize": _giving(("rows", "항목"), ("categories", "범주")),
    "ordering": _ordering,
    "numeric": _numeric,
    "short_text": _short_text,
    "essay": _essay,
    "scenario": _template,
    "generated": _template,
}
