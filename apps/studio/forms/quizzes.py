"""What an instructor types about a quiz: its title, its settings, a random draw."""

from typing import Any, cast

from django import forms

from apps.lessons.models import Lesson
from apps.quizzes.domain.kinds.base import Scoring
from apps.quizzes.models import Authorship, Pool, Quiz
from apps.quizzes.models.words import Feedback
from apps.studio.domain.quiz_changes import MOST_ITEMS, MOST_POINTS
from apps.studio.topics import topic_choices

_MINUTE = 60
_MOST_MINUTES, _MOST_ATTEMPTS = 600, 100

FEEDBACK = [
    (Feedback.IMMEDIATE, "문제마다 바로: 한 문제씩 정답을 확인하는 연습입니다."),
    (Feedback.AFTER_SUBMIT, "제출한 뒤: 제출하면 바로 점수와 정답, 풀이를 봅니다."),
    (
        Feedback.AFTER_CLOSE,
        "모두 마감된 뒤: 시험에 알맞습니다. 과제로 낼 때 마감을 정해야 합니다.",
    ),
]
SCORING = [
    (Scoring.ALL_OR_NOTHING.value, "맞는 것을 모두, 맞는 것만 골라야 점수를 줍니다."),
    (
        Scoring.PARTIAL.value,
        "부분 점수: 맞게 고른 수에서 잘못 고른 수를 뺀 만큼 줍니다. 0점보다 낮아지지는 않습니다.",
    ),
]
SOURCES = [
    (Authorship.FILE, "기본 제공 문제"),
    (Authorship.STUDIO, "내 문제"),
]


def _whole(label: str, *, most: int, unit: str, help_text: str, required: bool = False) -> Any:
    text = f"1에서 {most} 사이의 숫자로 적어 주세요. 단위는 {unit.replace('%', '%%')}입니다."
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=most,
        required=required,
        help_text=help_text,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value", "required"), text),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "field"}),
    )


def _choice(label: str, choices: Any = (), *, help_text: str = "", **options: Any) -> Any:
    messages = {"required": "하나를 골라 주세요.", "invalid_choice": "목록에서 골라 주세요."}
    return forms.ChoiceField(
        label=label, choices=choices, help_text=help_text, error_messages=messages, **options
    )


def _title() -> forms.CharField:
    return forms.CharField(
        label="제목",
        max_length=120,
        widget=forms.TextInput(attrs={"class": "field", "autocomplete": "off"}),
        error_messages={
            "required": "제목을 적어 주세요.",
            "max_length": "제목은 120자까지 쓸 수 있습니다.",
        },
    )


class NewQuizForm(forms.Form):
    title = _title()


class SettingsForm(forms.Form):
    """All that a quiz says of itself besides what it asks. At most three queries."""

    title = _title()
    summary = forms.CharField(
        label="소개",
        max_length=400,
        required=False,
        help_text="무엇을 묻는 퀴즈인지 한두 문장으로 적습니다. 문제지에도 찍힙니다.",
        widget=forms.Textarea(attrs={"rows": 2, "class": "field"}),
        error_messages={"max_length": "소개는 400자까지 쓸 수 있습니다."},
    )
    topic = _choice("주제", required=False)
    lesson = _choice("레슨", required=False, help_text="이 퀴즈를 풀기 전에 읽을 레슨입니다.")
    minutes = _whole(
        "걸리는 시간(분)",
        most=_MOST_MINUTES,
        unit="분",
        required=True,
        help_text="퀴즈 이름 옆에 보이는 안내입니다. 제한 시간이 아닙니다.",
    )
    feedback = _choice("점수와 정답을 보여 주는 때", FEEDBACK, widget=forms.RadioSelect)
    time_limit = _whole(
        "제한 시간(분)",
        most=_MOST_MINUTES,
        unit="분",
        help_text="시작한 때부터 잽니다. 비우면 제한이 없습니다.",
    )
    max_attempts = _whole(
        "응시 횟수",
        most=_MOST_ATTEMPTS,
        unit="번",
        help_text="비우면 몇 번이든 응시할 수 있습니다. 미리 풀기에는 제한이 없습니다.",
    )
    scoring = _choice("모두 고르기의 채점", SCORING, widget=forms.RadioSelect)
    pass_mark = _whole(
        "통과 기준(%)", most=100, unit="%", help_text="비우면 통과와 미통과를 나누지 않습니다."
    )
    shuffle_choices = forms.BooleanField(
        label="보기의 순서를 응시할 때마다 섞습니다.", required=False
    )

    def __init__(self, data: Any = None, *, quiz: Quiz) -> None:
        limit = quiz.time_limit
        initial = {name: getattr(quiz, name) for name in self.base_fields}
        initial["time_limit"] = None if limit is None else -(-limit // _MINUTE)
        super().__init__(data, initial=initial)
        lessons = list(Lesson.objects.current().values_list("slug", "title"))
        for name, offered in (("topic", topic_choices()), ("lesson", lessons)):
            field = cast("forms.ChoiceField", self.fields[name])
            stored = str(getattr(quiz, name))
            # What left the course meanwhile stays until somebody changes it.
            rest = [] if not stored or stored in dict(offered) else [(stored, stored)]
            field.choices = [("", "정하지 않음"), *offered, *rest]
            field.widget.attrs["class"] = "field"
        self._limit = limit

    def values(self) -> dict[str, Any]:
        """As a document states them, once they are clean."""
        values = dict(self.cleaned_data)
        typed = values["time_limit"]
        values["time_limit"] = None if typed is None else typed * _MINUTE
        # The form knows minutes only: what was not touched stays to the second.
        if typed == self.initial["time_limit"]:
            values["time_limit"] = self._limit
        return values


class DrawForm(forms.Form):
    """How many are drawn, and from what. Two queries."""

    source = _choice("어디에서", SOURCES, widget=forms.RadioSelect)
    pool = _choice("쓰임", Pool.choices, help_text="시험용 문제는 연습 퀴즈에 넣지 않습니다.")
    topic = _choice("주제", required=False)
    tag = forms.CharField(
        label="꼬리표",
        max_length=40,
        required=False,
        help_text="이 꼬리표가 붙은 문제만 뽑습니다. 주제와 함께 적으면 둘 다 맞는 문제입니다.",
        widget=forms.TextInput(
            attrs={"class": "field", "autocomplete": "off", "list": "draw-tags"}
        ),
        error_messages={"max_length": "꼬리표는 40자까지 쓸 수 있습니다."},
    )
    count = _whole("뽑는 수", most=MOST_ITEMS, unit="문제", required=True, help_text="")
    points = forms.DecimalField(
        label="한 문제의 배점",
        min_value=0,
        max_value=MOST_POINTS,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"class": "field", "inputmode": "decimal", "step": "any"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value", "max_decimal_places"),
            "0보다 크고 100 이하인 수로 적어 주세요. 소수는 둘째 자리까지입니다.",
        ),
    )

    def __init__(self, data: Any = None, *, own: bool, **options: Any) -> None:
        super().__init__(data, **options)
        topic = cast("forms.ChoiceField", self.fields["topic"])
        source = cast("forms.ChoiceField", self.fields["source"])
        topic.choices = [("", "모든 주제"), *topic_choices()]
        for name in ("topic", "pool"):
            self.fields[name].widget.attrs["class"] = "field"
        if not own:
            source.choices = [SOURCES[0], (Authorship.STUDIO, "퀴즈 주인이 쓴 문제")]

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        cleaned["tag"] = " ".join(cleaned.get("tag", "").split())
        if not cleaned.get("topic") and not cleaned["tag"] and not self.has_error("topic"):
            self.add_error("topic", "주제를 고르거나 꼬리표를 적어 주세요.")
        if "points" in cleaned and cleaned["points"] == 0:
            self.add_error("points", "0보다 큰 수로 적어 주세요.")
        return cleaned

    def values(self) -> dict[str, Any]:
        """As a document states a draw, once it is clean."""
        points = self.cleaned_data["points"]
        names = ("source", "topic", "tag", "pool", "count")
        return {
            **{name: self.cleaned_data[name] for name in names},
            "points": f"{points.normalize():f}",
        }
