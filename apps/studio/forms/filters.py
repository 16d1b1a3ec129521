"""The filters of the question bank, as a form that is sent by GET."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlencode

from django import forms

from apps.accounts.models import User
from apps.lessons.models import Lesson
from apps.quizzes.domain.kinds import DOCUMENT_KINDS
from apps.quizzes.domain.spec import Level
from apps.quizzes.models import Authorship, Pool
from apps.studio.queries import bank
from apps.studio.queries.bank import BankFilter, quizzes_to_filter_by, tags_in_use
from apps.studio.topics import topic_choices

WHOSE = [
    ("", "모두"),
    (bank.MINE, "내 문제"),
    (bank.SHARED, "공유받은 문제"),
    (bank.SHIPPED, "기본 제공"),
]
STATES = [
    ("", "보관한 것 빼고 모두"),
    (bank.PUBLISHED, "발행함"),
    (bank.DRAFTED, "초안만 있음"),
    (bank.ARCHIVED, "보관함"),
]
SORTS = [
    ("", "내 문제부터"),
    (bank.BY_TIME, "최근에 고친 것부터"),
    (bank.BY_TITLE, "이름순"),
    (bank.BY_TOPIC, "주제순"),
]
_LONGEST_Q = 100


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is on: what it says, and the query string without it."""

    text: str
    without: str


class FilterForm(forms.Form):
    """Always usable: a value that is no choice (any more) asks for nothing. At most 6 queries."""

    q = forms.CharField(label="찾는 말", required=False, max_length=_LONGEST_Q)
    whose = forms.ChoiceField(label="누구 것", required=False, choices=WHOSE)
    topic = forms.ChoiceField(label="주제", required=False)
    lesson = forms.ChoiceField(label="레슨", required=False)
    kind = forms.ChoiceField(label="유형", required=False)
    level = forms.ChoiceField(label="인지 수준", required=False)
    pool = forms.ChoiceField(label="쓰임", required=False)
    tag = forms.ChoiceField(label="꼬리표", required=False)
    used = forms.ChoiceField(label="쓰인 곳", required=False)
    state = forms.ChoiceField(label="상태", required=False, choices=STATES)
    sort = forms.ChoiceField(label="차례", required=False, choices=SORTS)

    def __init__(self, user: User, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        kinds = [(name, kind.label) for name, kind in DOCUMENT_KINDS.items()]
        lessons = Lesson.objects.current().values_list("slug", "title")
        self._offer("topic", topic_choices())
        self._offer("lesson", list(lessons))
        self._offer("kind", kinds)
        self._offer("level", [(level.value, level.label) for level in Level])
        self._offer("pool", list(Pool.choices))
        self._offer("tag", [(name, name) for name in tags_in_use(user)])
        self._offer("used", [(bank.UNUSED, "아직 안 쓰임"), *_quizzes(user)])
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "field"
            if name == "q":
                field.widget.attrs |= {"type": "search", "autocomplete": "off"}

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "모두"), *choices]

    def chosen(self) -> BankFilter:
        self.is_valid()
        q = str(self.data.get("q", ""))[:_LONGEST_Q].replace("\0", "").strip()
        kept = {name: str(self.cleaned_data.get(name) or "") for name in self.fields}
        return BankFilter(**{**kept, "q": q})

    def chips(self) -> list[Chip]:
        """Each filter that is on, but for order and owner: those stand on the page anyway."""
        chosen = self.chosen()
        return [
            Chip(self._said(each.name, value), query_of(chosen, without=each.name))
            for each in fields(chosen)
            if each.name not in {"sort", "whose"} and (value := getattr(chosen, each.name))
        ]

    def _said(self, name: str, value: str) -> str:
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            return f"{field.label}: ‘{value}’"
        return f"{field.label}: {dict(_flat(field.choices)).get(value, value)}"

    def tabs(self, counts: Mapping[str, int]) -> list[dict[str, Any]]:
        """The owners, each with how many there are and the query string that leads there."""
        chosen = self.chosen()
        return [
            {
                "label": label,
                "count": counts[value],
                "query": query_of(chosen, whose=value),
                "is_here": chosen.whose == value,
            }
            for value, label in WHOSE
        ]


def query_of(chosen: BankFilter, *, without: str = "", **changed: str) -> str:
    """As a query string without its question mark; "" where nothing is on."""
    values = {each.name: getattr(chosen, each.name) for each in fields(chosen)} | changed
    return urlencode({name: value for name, value in values.items() if value and name != without})


def _quizzes(user: User) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for quiz in quizzes_to_filter_by(user):
        if quiz.authorship == Authorship.FILE:
            name = "기본 제공 퀴즈"
        else:
            name = "내 퀴즈" if quiz.owner_id == user.pk else "다른 강사의 퀴즈"
        groups.setdefault(name, []).append((str(quiz.uuid), quiz.title))
    return list(groups.items())


def _flat(choices: Any) -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for value, label in choices:
        flat += label if isinstance(label, list | tuple) else [(value, label)]
    return flat
