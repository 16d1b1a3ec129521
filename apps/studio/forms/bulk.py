"""What is asked before many questions are changed at once: the action, and its value."""

from collections.abc import Sequence

from django import forms

from apps.accounts.models import User
from apps.quizzes.domain.spec import Level
from apps.quizzes.models import Pool, Question, Quiz
from apps.studio.services.bulk import Action
from apps.studio.services.writing import LONGEST_TAG, clean_tags
from apps.studio.topics import topic_choices

ACTIONS = [
    (Action.TAG_ADD, "꼬리표 더하기"),
    (Action.TAG_REMOVE, "꼬리표 빼기"),
    (Action.TOPIC, "주제 바꾸기"),
    (Action.LEVEL, "인지 수준 바꾸기"),
    (Action.DIFFICULTY, "난이도 바꾸기"),
    (Action.POOL, "쓰임 바꾸기"),
    (Action.QUIZ, "내 퀴즈에 넣기"),
    (Action.ARCHIVE, "보관하기"),
    (Action.RESTORE, "보관 풀기"),
]
LABELS = dict(ACTIONS)
WITHOUT_VALUE = frozenset({Action.ARCHIVE, Action.RESTORE})
_PICK = {"required": "하나를 골라 주세요.", "invalid_choice": "목록에서 골라 주세요."}


class ValueForm(forms.Form):
    """The value of one action; without a field for those that need none."""

    def __init__(
        self, action: Action, user: User, questions: Sequence[Question], data: object
    ) -> None:
        super().__init__(data if data is not None and "value" in data else None)  # type: ignore[arg-type, operator]
        self.action = action
        field = _field(action, user, questions)
        if field is not None:
            field.widget.attrs["class"] = "field"
            self.fields["value"] = field

    def clean_value(self) -> str:
        value = str(self.cleaned_data["value"])
        if self.action in {Action.TAG_ADD, Action.TAG_REMOVE}:
            cleaned = clean_tags([value])
            if not cleaned:
                raise forms.ValidationError("꼬리표를 적어 주세요.")
            return cleaned[0]
        return value


def _field(action: Action, user: User, questions: Sequence[Question]) -> forms.Field | None:
    if action in WITHOUT_VALUE:
        return None
    if action == Action.TAG_ADD:
        return forms.CharField(
            label="더할 꼬리표",
            max_length=LONGEST_TAG,
            help_text="문제를 찾을 때 쓰는 말입니다. 학습자에게는 보이지 않습니다.",
            error_messages={
                "required": "꼬리표를 적어 주세요.",
                "max_length": f"꼬리표는 {LONGEST_TAG}자까지 쓸 수 있습니다.",
            },
        )
    label, choices = _choices(action, user, questions)
    return forms.ChoiceField(
        label=label, choices=[("", "고르세요"), *choices], error_messages=_PICK
    )


def _choices(
    action: Action, user: User, questions: Sequence[Question]
) -> tuple[str, list[tuple[str, str]]]:
    match action:
        case Action.TAG_REMOVE:
            names = sorted({tag.name for question in questions for tag in question.tags.all()})
            return "뺄 꼬리표", [(name, name) for name in names]
        case Action.TOPIC:
            return "주제", topic_choices()
        case Action.LEVEL:
            return "인지 수준", [(level.value, level.label) for level in Level]
        case Action.DIFFICULTY:
            return "난이도", [(str(number), str(number)) for number in range(1, 6)]
        case Action.POOL:
            return "쓰임", [(str(value), str(label)) for value, label in Pool.choices]
    quizzes = Quiz.objects.editable_by(user).filter(retired_at__isnull=True).order_by("title", "pk")
    return "퀴즈", [(str(quiz.uuid), quiz.title) for quiz in quizzes]
