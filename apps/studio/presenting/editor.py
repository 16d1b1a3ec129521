"""The editor's page: each field, its value, what may be chosen in it, what is said about it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.kernel.documents import Problem
from apps.quizzes.domain.spec import Level
from apps.studio.forms import kinds
from apps.studio.forms.editor import Fields, fields_of
from apps.studio.forms.kinds import Field, Rows

Json = dict[str, Any]
Options = Sequence[tuple[str, str]]
BLANK, BLANK_ORDINAL = "__n__", "__nth__"
"""Stand for the number, counted from 0 and from 1, in the row that a script copies."""


@dataclass(slots=True)
class Findings:
    """What is said at one place."""

    problems: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.problems or self.advice)


@dataclass(frozen=True, slots=True)
class FieldView:
    name: str
    id: str
    label: str
    widget: str  # of `Field.widget`, or "select" | "radio"
    help: str
    lines: int
    value: str
    is_on: bool
    options: list[tuple[str, str]]
    said: Findings

    @property
    def described_by(self) -> str:
        """Ids of what describes it, for `aria-describedby`."""
        ids = [f"{self.id}-help"] if self.help else []
        return " ".join([*ids, f"{self.id}-said"] if self.said else ids)


@dataclass(frozen=True, slots=True)
class RowView:
    number: str
    id: str
    title: str
    fields: list[FieldView]
    said: Findings


@dataclass(frozen=True, slots=True)
class RowsView:
    name: str
    id: str
    label: str
    noun: str
    help: str
    rows: list[RowView]
    blank: RowView  # for scripts, with BLANK for a number
    most: int
    said: Findings
    categories: list[str]

    is_list: bool = True


@dataclass(frozen=True, slots=True)
class FormView:
    """All of the form. `top` is what is said about nothing that stands in it."""

    stem: FieldView
    explanation: FieldView
    own: list[FieldView | RowsView]
    about: list[FieldView]
    place: list[FieldView]
    top: Findings
    count: int  # of problems
    advised: int


def form_view(
    document: Mapping[str, Any],
    *,
    problems: Iterable[Problem] = (),
    advice: Iterable[Problem] = (),
    topics: Options = (),
    lessons: Options = (),
    more: str = "",
) -> FormView:
    """The form of this document. `more` names a list that gets one more empty row."""
    problems, advice = list(problems), list(advice)
    making = _Making(document, problems, advice, topics, lessons, more)
    own = [
        making.rows(part) if isinstance(part, Rows) else making.field(part)
        for part in kinds.FORMS.get(making.kind, ())
    ]
    return FormView(
        stem=making.field(kinds.STEM),
        explanation=making.field(kinds.EXPLANATION),
        own=own,
        about=[making.field(each) for each in kinds.ABOUT],
        place=[making.field(each) for each in kinds.PLACE],
        top=making.said(""),
        count=len(problems),
        advised=len(advice),
    )


def id_of(name: str) -> str:
    """The id of the control with that name."""
    return "f-" + re.sub(r"[^A-Za-z0-9_]+", "-", name).strip("-")


def differences(one: Json, other: Json) -> list[tuple[str, str, str]]:
    """Label and both values of every field in which two forms differ."""
    first, second = fields_of(one), fields_of(other)
    names = dict.fromkeys([*first, *second])
    return [
        (label_of(str(one.get("kind", "")), name), first.get(name, ""), second.get(name, ""))
        for name in names
        if first.get(name, "") != second.get(name, "")
    ]


def label_of(kind: str, name: str) -> str:
    """`choice[1].feedback` → 보기 2, 이 보기를 고른 학습자에게."""
    found = re.fullmatch(r"([a-z_]+)(?:\[([0-9]+)\])?(?:\.([a-z_]+))?", name)
    part = next((each for each in kinds.parts_of(kind) if found and each.name == found[1]), None)
    if found is None or part is None:
        return name
    if not isinstance(part, Rows):
        return part.label
    label = f"{part.noun} {int(found[2]) + 1}" if found[2] else part.label
    member = next((each for each in part.members if each.name == found[3]), None)
    if name == "choice.right" or (member and member.widget == "right"):
        return f"{label} 정답"
    return f"{label}, {member.label}" if member and member.label != part.noun else label


class _Making:
    """One form while it is made: each finding goes to the nearest place that is there."""

    def __init__(
        self,
        document: Mapping[str, Any],
        problems: list[Problem],
        advice: list[Problem],
        topics: Options,
        lessons: Options,
        more: str,
    ) -> None:
        self.kind = str(document.get("kind", ""))
        self.document = document
        self.values: Fields = fields_of(document)
        self.options: dict[str, Options] = {
            "topic": topics,
            "lesson": [("", "고르지 않음"), *lessons],
            "level": [(each.label, each.label) for each in Level],
            "difficulty": _DIFFICULTIES,
        }
        self.more = more
        self._places = self._all_places()
        self._said: dict[str, Findings] = {}
        for each in problems:
            self.said(self._place(each.path)).problems.append(each.message)
        for each in advice:
            self.said(self._place(each.path)).advice.append(each.message)

    def said(self, place: str) -> Findings:
        return self._said.setdefault(place, Findings())

    def field(self, part: Field) -> FieldView:
        return self._field(part, part.name, self.said(part.name))

    def rows(self, part: Rows) -> RowsView:
        count = self._count(part)
        return RowsView(
            name=part.name,
            id=id_of(part.name),
            label=part.label,
            noun=part.noun,
            help=part.help,
            rows=[self._row(part, str(number)) for number in range(count)],
            blank=self._row(part, BLANK),
            most=part.most,
            said=self.said(part.name),
            categories=self._categories() if part.name == "row" else [],
        )

    def _count(self, part: Rows) -> int:
        """Rows of the document; at least as many as one begins with, and one more on request."""
        listed = self.document.get(part.name)
        written = len(listed) if isinstance(listed, list) else 0
        count = max(written, min(part.least, part.most))
        return count + 1 if part.name == self.more else count

    def _categories(self) -> list[str]:
        listed = self.document.get("categories")
        if not isinstance(listed, list):
            return []
        return [each for each in listed if isinstance(each, str) and each]

    def _row(self, part: Rows, number: str) -> RowView:
        name = f"{part.name}[{number}]"
        title = f"{part.noun} {BLANK_ORDINAL if number == BLANK else int(number) + 1}"
        fields = []
        for member in part.members:
            full = name if part.is_plain else f"{name}.{member.name}"
            if member.widget == "kept" and not self.values.get(full):
                continue
            fields.append(self._field(member, full, self.said(full), row=number, title=title))
        said = Findings() if part.is_plain else self.said(name)
        return RowView(number, f"{id_of(name)}-row", title, fields, said)

    def _field(
        self, part: Field, name: str, said: Findings, row: str = "", title: str = ""
    ) -> FieldView:
        value = self.values.get(name, "")
        options = list(self.options.get(name, ()))
        if options and value not in {each for each, _ in options}:
            options.insert(0, (value, value or "고르세요"))
        widget: str = "select" if options else part.widget
        is_on = value == "on"
        if widget == "right" and self._is_radio:
            widget, is_on = "radio", self.values.get("choice.right") == row
            name, value = "choice.right", row
            id_ = id_of(f"choice[{row}].right")
        else:
            id_ = id_of(name)
        label = title if part.label and title.startswith(part.label) else part.label
        return FieldView(
            name, id_, label, widget, part.help, part.rows, value, is_on, options, said
        )

    @property
    def _is_radio(self) -> bool:
        """`single` asks for one right choice; several that are there already have to be seen."""
        ticked = sum(
            name.endswith("].right") and text == "on" for name, text in self.values.items()
        )
        return self.kind == "single" and ticked < 2

    def _all_places(self) -> set[str]:
        places = set()
        for part in kinds.parts_of(self.kind):
            places.add(part.name)
            if not isinstance(part, Rows):
                continue
            for number in range(self._count(part)):
                name = f"{part.name}[{number}]"
                places.add(name)
                shown = [each for each in part.members if each.widget != "kept"]
                places |= {f"{name}.{each.name}" for each in shown if each.name}
        return places

    def _place(self, path: str) -> str:
        """The field at that path, else the row or the list around it, else the top."""
        while path and path not in self._places:
            path = re.sub(r"(\[[0-9]+\]|\.[^.\[]*|[^.\[]*)$", "", path, count=1)
        return path


_DIFFICULTIES = [
    ("1", "1 (쉬움)"),
    ("2", "2"),
    ("3", "3 (보통)"),
    ("4", "4"),
    ("5", "5 (어려움)"),
]
