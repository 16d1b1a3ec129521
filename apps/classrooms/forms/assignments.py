"""What an instructor types to set a quiz or a lesson, and to extend it for one learner."""

import datetime as dt
from typing import Any, cast

from django import forms

from apps.accounts.models import User
from apps.classrooms.domain.run_rules import (
    LONGEST_LIMIT,
    MOST_ATTEMPTS,
    Problem,
    RunRules,
    problems_of,
)
from apps.classrooms.forms.moments import MomentField
from apps.classrooms.services.assigning import asks_exam_questions
from apps.lessons.models import Lesson
from apps.quizzes.models import Quiz
from apps.quizzes.models.words import Counts, Feedback

_MINUTE = 60
_MOST_MINUTES = LONGEST_LIMIT // _MINUTE

FEEDBACK = [
    (Feedback.AFTER_SUBMIT, "제출한 뒤: 제출하면 바로 점수와 정답, 풀이를 봅니다."),
    (
        Feedback.AFTER_CLOSE,
        "모두 마감된 뒤: 연장받은 사람까지 마감된 다음에 봅니다. 시험에 알맞습니다.",
    ),
    (
        Feedback.IMMEDIATE,
        "문제마다 바로: 한 문제씩 정답을 확인합니다. 연습 문제만 든 퀴즈에서만 됩니다.",
    ),
]


class WholeNumberField(forms.IntegerField):
    """A whole number, with a sentence of its own for anything else."""

    def __init__(self, *, least: int, most: int, unit: str, **options: Any) -> None:
        # Django fills messages in with `%`.
        written = unit.replace("%", "%%")
        text = f"{least}에서 {most} 사이의 숫자로 적어 주세요. 단위는 {written}입니다."
        messages = {"invalid": text, "min_value": text, "max_value": text, "required": text}
        super().__init__(
            min_value=least,
            max_value=most,
            error_messages=messages,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            **options,
        )


class TextsForm(forms.Form):
    """What every assignment says about itself."""

    title = forms.CharField(
        label="제목",
        max_length=120,
        required=False,
        error_messages={"max_length": "제목은 120자까지 쓸 수 있습니다."},
    )
    note = forms.CharField(
        label="안내",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="학습자가 과제 화면에서 읽습니다. 비워도 됩니다.",
        error_messages={"max_length": "안내는 1000자까지 쓸 수 있습니다."},
    )


class RulesForm(TextsForm):
    """The rules of a quiz. `quiz`: whose; None where the form chooses one."""

    opens_at = MomentField(
        label="여는 시각", required=False, help_text="비우면 바로 시작할 수 있습니다."
    )
    closes_at = MomentField(label="마감", required=False, help_text="비우면 마감이 없습니다.")
    late_until = MomentField(
        label="지각 마감",
        required=False,
        help_text="마감 뒤에도 이때까지 지각으로 받습니다. 비우면 지각을 받지 않습니다.",
    )
    late_deduction = WholeNumberField(
        label="지각 감점(%)",
        least=0,
        most=100,
        unit="%",
        required=False,
        help_text="지각한 응시의 점수에서 뺍니다. 0이면 감점이 없습니다.",
    )
    time_limit = WholeNumberField(
        label="제한 시간(분)",
        least=1,
        most=_MOST_MINUTES,
        unit="분",
        required=False,
        help_text="시작한 때부터 잽니다. 비우면 마감까지 풀 수 있습니다.",
    )
    max_attempts = WholeNumberField(
        label="응시 횟수",
        least=1,
        most=MOST_ATTEMPTS,
        unit="번",
        required=False,
        help_text="비우면 몇 번이든 응시할 수 있습니다.",
    )
    counts = forms.ChoiceField(
        label="결과로 남는 응시",
        choices=Counts.choices,
        error_messages={
            "required": "하나를 골라 주세요.",
            "invalid_choice": "목록에서 골라 주세요.",
        },
    )
    feedback = forms.ChoiceField(
        label="점수와 정답을 보여 주는 때",
        choices=FEEDBACK,
        widget=forms.RadioSelect,
        error_messages={
            "required": "하나를 골라 주세요.",
            "invalid_choice": "목록에서 골라 주세요.",
        },
    )

    def __init__(self, *args: Any, quiz: Quiz | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fixed_quiz = quiz

    @property
    def chosen_quiz(self) -> Quiz | None:
        return self.fixed_quiz

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.errors:  # one thing after the other: half-read times contradict each other
            return self.cleaned_data
        _keep_seconds(self)
        quiz = self.chosen_quiz
        exam = quiz is not None and asks_exam_questions(quiz)
        _report(self, problems_of(self.rules(), asks_exam_questions=exam))
        return self.cleaned_data

    def rules(self) -> RunRules:
        """What was typed, once it is clean."""
        typed = self.cleaned_data
        minutes = typed["time_limit"]
        return RunRules(
            opens_at=typed["opens_at"],
            closes_at=typed["closes_at"],
            late_until=typed["late_until"],
            late_deduction=typed["late_deduction"] or 0,
            time_limit=None if minutes is None else minutes * _MINUTE,
            max_attempts=typed["max_attempts"],
            counts=typed["counts"],
            feedback=typed["feedback"],
        )


class NewQuizForm(RulesForm):
    """A quiz to set to a class: a shipped one, an own one, or one shared for copying."""

    field_order = ("quiz",)  # as on the page: the list of problems follows it
    quiz = forms.ModelChoiceField(
        label="퀴즈",
        queryset=Quiz.objects.none(),
        to_field_name="slug",
        help_text="퀴즈 목록에도 있는 퀴즈는 학습자가 거기서 미리 풀어 정답을 볼 수 있습니다.",
        error_messages={
            "required": "퀴즈를 골라 주세요.",
            "invalid_choice": "지금 낼 수 없는 퀴즈입니다. 목록에서 다시 골라 주세요.",
        },
    )

    def __init__(
        self, *args: Any, user: User, now: dt.datetime, choices: Any = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self._now = now
        field = cast("forms.ModelChoiceField[Quiz]", self.fields["quiz"])
        field.queryset = Quiz.objects.current().copyable_by(user)
        field.choices = choices
        self.fields["title"].help_text = "비우면 퀴즈 이름을 씁니다."

    @property
    def chosen_quiz(self) -> Quiz | None:
        return self.cleaned_data.get("quiz")

    def clean(self) -> dict[str, Any]:
        super().clean()
        _refuse_past(
            self, "late_until" if self.cleaned_data.get("late_until") else "closes_at", self._now
        )
        return self.cleaned_data


class EditQuizForm(RulesForm):
    """The rules of a quiz that was set."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _require_title(self)


class ReadingForm(TextsForm):
    """When a lesson is to be read."""

    opens_at = MomentField(
        label="여는 시각",
        required=False,
        help_text="이때부터 과제로 보입니다. 레슨은 그 전에도 읽을 수 있습니다.",
    )
    due_at = MomentField(
        label="마감",
        required=False,
        help_text="그 뒤에 읽으면 늦게 읽은 것으로 보입니다. 비우면 마감이 없습니다.",
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        _keep_seconds(self)
        opens_at, due_at = self.cleaned_data.get("opens_at"), self.cleaned_data.get("due_at")
        if opens_at and due_at and due_at <= opens_at:
            self.add_error("due_at", "마감은 여는 시각보다 뒤여야 합니다.")
        return self.cleaned_data


class NewReadingForm(ReadingForm):
    """A lesson of the present course, to set to a class."""

    field_order = ("lesson",)
    lesson = forms.ModelChoiceField(
        label="레슨",
        queryset=Lesson.objects.none(),
        to_field_name="slug",
        error_messages={
            "required": "레슨을 골라 주세요.",
            "invalid_choice": "지금 과정에 없는 레슨입니다. 목록에서 다시 골라 주세요.",
        },
    )

    def __init__(self, *args: Any, now: dt.datetime, choices: Any = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self._now = now
        field = cast("forms.ModelChoiceField[Lesson]", self.fields["lesson"])
        field.queryset = Lesson.objects.current()
        field.choices = choices
        self.fields["title"].help_text = "비우면 레슨 이름을 씁니다."

    def clean(self) -> dict[str, Any]:
        super().clean()
        _refuse_past(self, "due_at", self._now)
        return self.cleaned_data


class EditReadingForm(ReadingForm):
    """The times of a lesson that was set."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _require_title(self)


def _require_title(form: forms.Form) -> None:
    form.fields["title"].required = True
    form.fields["title"].error_messages["required"] = "제목을 적어 주세요."


def _keep_seconds(form: forms.Form) -> None:
    """What was not touched stays exactly as it is: the picker shows minutes only."""
    for name, typed in form.cleaned_data.items():
        stored = form.initial.get(name)
        if isinstance(stored, dt.datetime) and typed == stored.replace(second=0, microsecond=0):
            form.cleaned_data[name] = stored


def _refuse_past(form: forms.Form, name: str, now: dt.datetime) -> None:
    """What is set now and ended before would be missing for everybody at once."""
    when = form.cleaned_data.get(name)
    if when is not None and when <= now and not form.has_error(name):
        form.add_error(name, "이미 지난 시각입니다. 지금보다 뒤로 정해 주세요.")


def _report(form: forms.Form, problems: list[Problem]) -> None:
    for problem in problems:
        form.add_error(problem.field, problem.text)
