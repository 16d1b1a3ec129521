"""The form by which an instructor marks one learner's work."""

from decimal import Decimal
from enum import StrEnum
from typing import Any

from django import forms

from apps.classrooms.domain.standing import Judgment
from apps.quizzes.presenting.result import number


class Verdict(StrEnum):
    COMPUTED = "computed"
    SCORE = "score"
    EXCUSED = "excused"


class MarkForm(forms.Form):
    """`max_score` None: a reading, which is done or excused, and has no score."""

    score = forms.DecimalField(
        label="점수",
        required=False,
        max_digits=9,
        decimal_places=2,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "invalid": "점수는 7.5처럼 숫자로 적습니다.",
            "max_decimal_places": "점수는 소수 둘째 자리까지 적을 수 있습니다.",
            "max_digits": "점수가 너무 깁니다.",
            "max_whole_digits": "점수가 너무 큽니다.",
        },
    )
    reason = forms.CharField(
        label="이유",
        required=False,
        max_length=300,
        error_messages={"max_length": "이유는 300자까지 적을 수 있습니다."},
    )
    comment = forms.CharField(
        label="학습자에게 남기는 말",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "학습자에게 남기는 말은 2000자까지 적을 수 있습니다."},
    )

    def __init__(self, *args: Any, max_score: Decimal | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.max_score = max_score
        verdicts = [
            (Verdict.COMPUTED.value, "읽은 기록대로" if max_score is None else "계산한 점수대로"),
            (Verdict.SCORE.value, "점수를 직접 정하기"),
            (Verdict.EXCUSED.value, "면제"),
        ]
        if max_score is None:
            del self.fields["score"]
            verdicts.pop(1)
        self.fields["verdict"] = forms.ChoiceField(
            label="평가",
            choices=verdicts,
            error_messages={
                "required": "평가를 하나 고르십시오.",
                "invalid_choice": "목록에 있는 평가를 고르십시오.",
            },
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        verdict = cleaned.get("verdict")
        if verdict == Verdict.SCORE and "score" not in self.errors:
            self._check_score(cleaned.get("score"))
        decided = verdict in {Verdict.SCORE, Verdict.EXCUSED}
        if decided and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "점수를 직접 정하거나 면제하려면 이유를 적어야 합니다.")
        return cleaned

    def _check_score(self, score: Decimal | None) -> None:
        most = self.max_score
        if score is None:
            self.add_error("score", "몇 점인지 적으십시오.")
        elif most is not None and not 0 <= score <= most:
            self.add_error("score", f"점수는 0점부터 {number(most)}점까지 정할 수 있습니다.")

    def judgment(self) -> Judgment:
        """What was decided; a valid form only."""
        cleaned = self.cleaned_data
        verdict = cleaned["verdict"]
        return Judgment(
            score=cleaned["score"] + 0 if verdict == Verdict.SCORE else None,  # no minus zero
            is_excused=verdict == Verdict.EXCUSED,
            reason=cleaned["reason"],
            comment=cleaned["comment"].replace("\r\n", "\n"),
        )


def filled(judgment: Judgment) -> dict[str, Any]:
    """The fields as the newest mark has them."""
    if judgment.is_excused:
        verdict = Verdict.EXCUSED
    else:
        verdict = Verdict.COMPUTED if judgment.score is None else Verdict.SCORE
    return {
        "verdict": verdict.value,
        "score": "" if judgment.score is None else number(judgment.score),
        "reason": judgment.reason,
        "comment": judgment.comment,
    }
