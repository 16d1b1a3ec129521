"""A quiz on paper: what is dealt under a number, as questions to answer and as the key to them.

Nothing is stored. The number deals the same sheet again while the questions stay as they are; its
check letters tell whether they have.
"""

import datetime as dt
import hashlib
import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString

from apps.quizzes.dealing import Dealt, deal_quiz
from apps.quizzes.domain.kinds import kind_of
from apps.quizzes.domain.kinds.base import Scoring
from apps.quizzes.models import AttemptItem, Quiz
from apps.quizzes.presenting.fields import Option, Row, build_field
from apps.quizzes.presenting.html import block_html, inline_html
from apps.quizzes.presenting.result import number
from apps.quizzes.presenting.scene import Scene, scene_of

# Not ①②③: the lessons number the steps of their pictures so, and stems name those.
_LETTERS = "가나다라마바사아자차카타파하거너더러머버"
_NUMBERS = (100_000, 999_999)
_NUMBER = re.compile(r"([1-9][0-9]{0,8})(?:-([0-9A-Za-z]{4}))?")
_CHARACTERS_A_LINE = 40
_ESSAY_LINES = (4, 18)


@dataclass(frozen=True, slots=True)
class SheetNumber:
    """`482913-3F9C`: the seed, and letters made from what it dealt ("" where none were given)."""

    seed: int
    check: str = ""

    def __str__(self) -> str:
        return f"{self.seed}-{self.check}" if self.check else str(self.seed)


@dataclass(frozen=True, slots=True)
class Labelled:
    """Something to choose or to place, with the letter by which an answer names it."""

    label: str
    html: SafeString
    is_right: bool


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One of several parts of an item that are answered one by one.

    `right` is a letter in a matching, with `right_html` for its text; the category in a table.
    """

    label: str
    html: SafeString
    right: str | SafeString
    right_html: str = ""


@dataclass(frozen=True, slots=True)
class SheetItem:
    """An item on paper, key included: only instructors ever get one."""

    position: int
    points: str
    section: str  # "" but for the first item of a section
    name: str  # of the kind
    label: str
    template: str
    stem: SafeString
    scene: Scene | None
    hint: str
    options: list[Labelled]
    rows: list[SheetRow]
    categories: list[SafeString]
    unit: str
    blanks: range  # lines to write on, boxes to fill
    answer: str | SafeString  # what is right in one line; "" where that takes more
    quick: str | SafeString  # the shortest form of it
    answers: list[Labelled]  # the right ones of `options`; all in the right order in an ordering
    rubric: list[SafeString]
    shares: str  # how an answer that is partly right is graded
    explanation: SafeString
    as_of: str


def fresh_number(quiz: Quiz, *, now: dt.datetime) -> SheetNumber:
    """The number of a new sheet. Raises NothingToDealError."""
    low, high = _NUMBERS
    seed = low + secrets.randbelow(high - low + 1)
    return _numbered(seed, deal_quiz(quiz, seed=seed, today=now.date()))


def read_number(text: str) -> SheetNumber | None:
    """What an address or an instructor says; None for what is no number of a sheet."""
    found = _NUMBER.fullmatch(text.strip())
    return SheetNumber(int(found[1]), (found[2] or "").upper()) if found else None


def sheet_page(quiz: Quiz, asked: SheetNumber, *, now: dt.datetime) -> dict[str, Any]:
    """The template's context. Raises NothingToDealError where the quiz cannot be dealt."""
    dealt = deal_quiz(quiz, seed=asked.seed, today=now.date())
    dealt_now = _numbered(asked.seed, dealt)
    scoring = Scoring(quiz.scoring)
    items = [_item(each, position, dealt, scoring) for position, each in enumerate(dealt, start=1)]
    total = sum((each.points for each in dealt), Decimal(0))
    scenes = [each.scene for each in items if each.scene]
    return {
        "section": "quizzes",
        "quiz": quiz,
        "number": dealt_now,
        "asked": asked,
        "has_changed": bool(asked.check) and asked.check != dealt_now.check,
        "items": items,
        "total": number(total),
        "styles": list(dict.fromkeys(path for scene in scenes for path in scene.widget.styles)),
    }


def _numbered(seed: int, dealt: Sequence[Dealt]) -> SheetNumber:
    """With four characters that another wording, order or choice of questions changes."""
    said = [
        [each.version.digest, each.order, each.frozen and each.frozen["question"], str(each.points)]
        for each in dealt
    ]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return SheetNumber(seed, hashlib.sha256(text.encode()).hexdigest()[:4].upper())


def _item(dealt: Dealt, position: int, all_dealt: Sequence[Dealt], scoring: Scoring) -> SheetItem:
    item = dealt.as_item(position)
    spec = item.spec
    shown, secret = spec.shown, spec.secret
    kind = kind_of(shown.kind)
    field = build_field(item, kind.right_answer(shown.body, secret.key), readonly=True)
    options, rows, categories = _parts(item, field)
    answer = _answer(item, options, rows)
    accepted = secret.key.get("accepted")
    begins = position == 1 or all_dealt[position - 2].section != dealt.section
    return SheetItem(
        position=position,
        points=number(dealt.points),
        section=dealt.section if begins else "",
        name=shown.kind,
        label=kind.label,
        template=f"quizzes/paper/_{_TEMPLATES.get(shown.kind, shown.kind)}.html",
        stem=block_html(shown.stem),
        scene=scene_of(item),
        hint=_hint(shown.kind, field),
        options=options,
        rows=rows,
        categories=categories,
        unit=field.get("unit", ""),
        blanks=range(_blanks(shown.kind, field)),
        answer=answer,
        quick=accepted[0] if accepted else answer,
        answers=_right_ones(item, options),
        rubric=[inline_html(text) for text in secret.key.get("rubric", [])],
        shares=_shares(shown.kind, scoring),
        explanation=block_html(secret.explanation),
        as_of=spec.about.as_of,
    )


_TEMPLATES = {
    **dict.fromkeys(("single", "multiple", "true_false"), "choices"),
    **dict.fromkeys(("numeric", "short_text"), "typed"),
}


def _parts(
    item: AttemptItem, field: dict[str, Any]
) -> tuple[list[Labelled], list[SheetRow], list[SafeString]]:
    """What is chosen from, what is answered one by one, the heads of a table."""
    match item.spec.shown.kind:
        case "single" | "multiple" | "true_false":
            return _labelled(field["options"]), [], []
        case "matching":
            rows: list[Row] = field["rows"]
            return _labelled(rows[0].options, right=False), _pairs(rows), []
        case "categorize":
            return [], _table(field["rows"]), field["categories"]
        case "ordering":
            return _to_order(item, field["rows"]), [], []
    return [], [], []


def _labelled(options: Sequence[Option], *, right: bool = True) -> list[Labelled]:
    return [
        Labelled(_LETTERS[index], option.html, right and option.is_chosen)
        for index, option in enumerate(options)
    ]


def _pairs(rows: Sequence[Row]) -> list[SheetRow]:
    return [
        SheetRow(str(place), row.html, _LETTERS[_chosen(row)], row.options[_chosen(row)].html)
        for place, row in enumerate(rows, start=1)
    ]


def _table(rows: Sequence[Row]) -> list[SheetRow]:
    return [
        SheetRow(str(place), row.html, row.options[_chosen(row)].html)
        for place, row in enumerate(rows, start=1)
    ]


def _chosen(row: Row) -> int:
    return next(index for index, option in enumerate(row.options) if option.is_chosen)


def _to_order(item: AttemptItem, rows: Sequence[Row]) -> list[Labelled]:
    """The things to put in order as they were dealt; `rows` hold their right places."""
    by_id = {row.id: row for row in rows}
    dealt: list[str] = item.order["items"]
    return [
        Labelled(_LETTERS[index], by_id[id_].html, is_right=False)
        for index, id_ in enumerate(dealt)
    ]


def _right_ones(item: AttemptItem, options: Sequence[Labelled]) -> list[Labelled]:
    if item.spec.shown.kind != "ordering":
        return [each for each in options if each.is_right]
    dealt = dict(zip(item.order["items"], options, strict=True))
    places: dict[str, int] = item.spec.secret.key["places"]
    return [dealt[id_] for id_ in sorted(places, key=lambda id_: places[id_])]


def _answer(
    item: AttemptItem, options: Sequence[Labelled], rows: Sequence[SheetRow]
) -> str | SafeString:
    """`나`, `가, 다`, `1 나 · 2 가`, `다 → 가 → 나`, `3306`; "" for what a person grades."""
    spec = item.spec
    shown, key = spec.shown, spec.secret.key
    match shown.kind:
        case "true_false":
            return next(each.html for each in options if each.is_right)
        case "single" | "multiple":
            return ", ".join(each.label for each in options if each.is_right)
        case "matching":
            return " · ".join(f"{row.label} {row.right}" for row in rows)
        case "ordering":
            return " → ".join(each.label for each in _right_ones(item, options))
        case "numeric":
            (line,) = kind_of(shown.kind).review(shown.body, key, {}, {})
            return line.right
        case "short_text":
            return " / ".join(key["accepted"])
    return ""


def _hint(kind: str, field: dict[str, Any]) -> str:
    match kind:
        case "multiple":
            pick = field.get("pick")
            return f"{pick}개를 고르세요." if pick else "맞는 것을 모두 고르세요."
        case "matching":
            return "알맞은 것의 기호를 칸에 쓰세요."
        case "categorize":
            return "줄마다 알맞은 칸 하나에 표시하세요."
        case "ordering":
            return "앞에 오는 것부터 차례로 기호를 쓰세요."
    return ""


def _blanks(kind: str, field: dict[str, Any]) -> int:
    if kind == "ordering":
        return len(field["rows"])
    if kind == "essay":
        low, high = _ESSAY_LINES
        return min(max(-(-int(field["max_length"]) // _CHARACTERS_A_LINE), low), high)
    return 0


def _shares(kind: str, scoring: Scoring) -> str:
    """As the kind itself would grade it, for who grades by hand."""
    match kind:
        case "multiple" if scoring is Scoring.PARTIAL:
            return "맞게 고른 수에서 잘못 고른 수를 빼고 정답 수로 나눕니다(0점 아래는 0점)."
        case "multiple":
            return "모두 맞아야 점수를 줍니다."
        case "matching":
            return "맞은 짝의 비율만큼 점수를 줍니다."
        case "categorize":
            return "맞은 줄의 비율만큼 점수를 줍니다."
        case "ordering":
            return (
                "앞뒤가 맞는 가장 긴 차례를 셉니다. 그 개수와 전체 개수에서 1씩 빼어 나눈 "
                "비율만큼 점수를 줍니다."
            )
    return ""
