"""What a report says, and what is answered."""

from typing import Any, cast

from django import forms

from apps.classrooms.models import Classroom
from apps.reports.models import MAX_QUOTE, MAX_TEXT
from apps.reports.places import LessonText, Place

MIN_TEXT = 5
NOT_FOUND = (
    "이 레슨에서 그 문장을 찾지 못했습니다. 레슨에서 그대로 복사해 붙여 넣으세요. "
    "찾지 못한 채로 보내려면 아래 칸을 표시하세요."
)


class PlainText(forms.CharField):
    """A text of several lines, counted as it is stored: browsers send two signs for a new line."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n").strip()


class ReportForm(forms.Form):
    """What is wrong, and who shall read it. `classrooms`: those the learner may write to."""

    text = PlainText(
        max_length=MAX_TEXT,
        error_messages={
            "required": "무엇이 틀렸는지 적어 주세요.",
            "max_length": f"{MAX_TEXT}자까지 적을 수 있습니다. 지금은 %(show_value)d자입니다.",
        },
    )
    classroom = forms.ChoiceField(
        required=False,
        error_messages={
            "required": "어느 반의 강사에게 보낼지 고르세요.",
            "invalid_choice": "지금 다니는 반 가운데에서 고르세요.",
        },
    )

    def __init__(self, *args: Any, classrooms: list[Classroom], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.classrooms = classrooms
        field = cast("forms.ChoiceField", self.fields["classroom"])
        field.choices = [(str(each.public_id), each.name) for each in classrooms]
        field.required = len(classrooms) > 1

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        if len(text) < MIN_TEXT:
            raise forms.ValidationError("무엇이 어떻게 틀렸는지 조금만 더 적어 주세요.")
        return text

    @property
    def recipient(self) -> Classroom | None:
        """The class that was chosen, or the only one; None for the administrators."""
        if len(self.classrooms) < 2:
            return self.classrooms[0] if self.classrooms else None
        chosen = self.cleaned_data["classroom"]
        return next(each for each in self.classrooms if str(each.public_id) == chosen)


class LessonReportForm(ReportForm):
    """Also where in the lesson. A sentence that is not there is asked about, then kept as typed."""

    section = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": "이 레슨의 제목 가운데에서 고르세요."}
    )
    quote = PlainText(
        required=False,
        max_length=MAX_QUOTE,
        error_messages={
            "max_length": (
                f"틀린 곳만 {MAX_QUOTE}자까지 붙여 넣으세요. 지금은 %(show_value)d자입니다."
            ),
        },
    )
    as_typed = forms.BooleanField(required=False)

    def __init__(self, *args: Any, lesson_text: LessonText, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lesson_text = lesson_text
        self.place: Place | None = None
        headings = [(each.id, each.title) for each in lesson_text.headings]
        field = cast("forms.ChoiceField", self.fields["section"])
        field.choices = [("", "레슨 전체 또는 첫머리"), *headings]
        self.offers_as_typed = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        quote = " ".join(str(cleaned.get("quote", "")).split())
        if not quote:
            return cleaned
        cleaned["quote"] = quote
        self.place = self.lesson_text.locate(quote, str(cleaned.get("section", "")))
        self.offers_as_typed = self.place is None
        if self.place is None and not cleaned.get("as_typed"):
            self.add_error("quote", NOT_FOUND)
        return cleaned


class AnswerForm(forms.Form):
    """An answer, and how many the page showed already."""

    text = PlainText(
        max_length=MAX_TEXT,
        error_messages={
            "required": "답을 적어 주세요.",
            "max_length": f"{MAX_TEXT}자까지 적을 수 있습니다. 지금은 %(show_value)d자입니다.",
        },
    )
    known_answers = forms.IntegerField(min_value=0, max_value=100_000)

    @property
    def problem(self) -> str:
        """What to say beside the text; a torn form is mended by the page that says so."""
        if self.errors.get("text"):
            return str(self.errors["text"][0])
        return "" if not self.errors else "화면이 온전히 오지 않았습니다. 다시 보내 주세요."
