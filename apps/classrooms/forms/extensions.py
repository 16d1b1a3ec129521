"""What an instructor types to extend a set quiz for one learner."""

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from apps.classrooms.forms.assignments import WholeNumberField
from apps.classrooms.forms.moments import MomentField
from apps.classrooms.models import Classroom, Enrollment
from apps.classrooms.services.extending import LARGEST_FACTOR, MOST_EXTRA_ATTEMPTS
from apps.quizzes.models import QuizRun

_FACTOR = "1에서 3 사이의 배수를 적어 주세요. 1.5는 한 배 반입니다."


if TYPE_CHECKING:
    _EnrollmentChoice = forms.ModelChoiceField[Enrollment]
else:
    _EnrollmentChoice = forms.ModelChoiceField


class EnrollmentField(_EnrollmentChoice):
    """People of a class by name, with the number that tells namesakes apart."""

    def to_python(self, value: Any) -> Enrollment | None:
        try:
            UUID(str(value or UUID(int=0)))
        except ValueError:
            raise ValidationError(self.error_messages["invalid_choice"]) from None
        return super().to_python(value)

    def label_from_instance(self, obj: Enrollment) -> str:
        return f"{obj.name} ({obj.student_number})" if obj.student_number else obj.name


class ExtensionForm(forms.Form):
    """One learner's exception; only what the run limits can be extended."""

    learner = EnrollmentField(
        label="학습자",
        queryset=Enrollment.objects.none(),
        to_field_name="public_id",
        empty_label="학습자를 고르세요",
        error_messages={
            "required": "학습자를 골라 주세요.",
            "invalid_choice": "지금 이 반에 있는 학습자를 골라 주세요.",
        },
    )
    closes_at = MomentField(
        label="이 학습자의 마감",
        required=False,
        help_text="반 전체의 마감보다 뒤로 정합니다. 비우면 반과 같습니다.",
    )
    time_factor = forms.DecimalField(
        label="시간 배수",
        required=False,
        min_value=1,
        max_value=LARGEST_FACTOR,
        max_digits=4,
        decimal_places=2,
        help_text="1.5면 60분이 90분이 됩니다. 비우면 반과 같습니다.",
        widget=forms.NumberInput(attrs={"step": "0.05", "inputmode": "decimal"}),
        error_messages=dict.fromkeys(
            (
                *("invalid", "min_value", "max_value", "max_digits", "max_decimal_places"),
                "max_whole_digits",
            ),
            _FACTOR,
        ),
    )
    extra_attempts = WholeNumberField(
        label="추가 응시",
        least=0,
        most=MOST_EXTRA_ATTEMPTS,
        unit="번",
        required=False,
        help_text="정해진 횟수에 더합니다.",
    )

    def __init__(self, *args: Any, classroom: Classroom, run: QuizRun, **options: Any) -> None:
        super().__init__(*args, **options)
        learner = cast("EnrollmentField", self.fields["learner"])
        learner.queryset = Enrollment.objects.active().filter(classroom=classroom)
        limits = (
            ("closes_at", run.closes_at),
            ("time_factor", run.time_limit),
            ("extra_attempts", run.max_attempts),
        )
        for name, limit in limits:
            if limit is None:
                del self.fields[name]
