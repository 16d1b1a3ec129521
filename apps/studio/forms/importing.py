"""A file of questions, and what is decided about all of it."""

from typing import Any

from django import forms

from apps.quizzes.domain.spec import Level
from apps.quizzes.models import Pool
from apps.studio.exchange.entries import Options
from apps.studio.exchange.read import ENCODINGS, Format
from apps.studio.exchange.write import ExportFormat
from apps.studio.services.quizzes import LONGEST_TITLE
from apps.studio.topics import topic_choices

LARGEST = 4 * 1024 * 1024
GUESS = ""
_FORMATS = [(each.value, each.label) for each in Format]
_FIELD = {"class": "field"}


class UploadForm(forms.Form):
    """A file, or pasted text; the file wins."""

    file = forms.FileField(
        label="파일",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={**_FIELD, "accept": ".txt,.gift,.xml,.zip,.imscc,.qti,.toml,.aiken"}
        ),
        help_text="4 MB까지. 글자는 UTF-8, UTF-16, CP949, Windows-1252를 알아서 읽습니다.",
    )
    text = forms.CharField(
        label="또는 붙여 넣기",
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={
                "class": "field import-text",
                "rows": 9,
                "spellcheck": "false",
                "placeholder": "NACL은 무엇에 연결합니까? {\n=서브넷\n~네트워크 인터페이스\n}",
            }
        ),
    )
    format = forms.ChoiceField(
        label="형식",
        required=False,
        choices=[(GUESS, "알아서 고르기"), *_FORMATS],
        widget=forms.Select(attrs=_FIELD),
        help_text="다음 화면에서도 바꿀 수 있습니다.",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        if file is not None and file.size > LARGEST:
            raise forms.ValidationError(
                "4 MB를 넘습니다. 파일을 나누거나, 서버에서 manage.py import_questions로 "
                "가져와 주세요(20 MB까지)."
            )
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        empty = cleaned.get("file") is None and not cleaned.get("text", "").strip()
        if empty and "file" not in self.errors:
            self.add_error("file", "파일을 고르거나 글을 붙여 넣어 주세요.")
        return cleaned

    def source(self) -> tuple[bytes, str]:
        """What is to be read, and the name of its file; call after is_valid."""
        file = self.cleaned_data.get("file")
        if file is not None:
            return bytes(file.read()), str(file.name)
        return str(self.cleaned_data["text"]).encode(errors="replace"), ""


class OptionsForm(forms.Form):
    """What the file does not say, for all its questions."""

    format = forms.ChoiceField(label="형식", choices=_FORMATS, widget=forms.Select(attrs=_FIELD))
    encoding = forms.ChoiceField(
        label="글자 인코딩",
        required=False,
        choices=[("", "알아서 고르기"), *ENCODINGS.items()],
        widget=forms.Select(attrs=_FIELD),
    )
    topic = forms.ChoiceField(label="주제", widget=forms.Select(attrs=_FIELD))
    level = forms.ChoiceField(
        label="수준",
        choices=[(each.label, each.label) for each in Level],
        widget=forms.Select(attrs=_FIELD),
    )
    difficulty = forms.TypedChoiceField(
        label="난이도",
        coerce=int,
        choices=[(1, "1 (쉬움)"), (2, "2"), (3, "3"), (4, "4"), (5, "5 (어려움)")],
        widget=forms.Select(attrs=_FIELD),
    )
    pool = forms.ChoiceField(
        label="쓰임",
        choices=Pool.choices,
        widget=forms.Select(attrs=_FIELD),
        help_text="시험용 문제는 연습에 나오지 않습니다.",
    )
    tags = forms.CharField(
        label="더할 꼬리표",
        required=False,
        max_length=400,
        widget=forms.TextInput(attrs=_FIELD),
        help_text="쉼표로 나눕니다. 파일에 적힌 꼬리표와 분류는 그대로 붙습니다.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["topic"]
        if isinstance(field, forms.ChoiceField):
            field.choices = topic_choices()

    def options(self) -> Options:
        """Call after is_valid."""
        said = self.cleaned_data
        return Options(
            topic=said["topic"],
            level=said["level"],
            difficulty=said["difficulty"],
            pool=said["pool"],
            tags=tags_of(said["tags"]),
        )


def tags_of(text: str) -> tuple[str, ...]:
    return tuple(tag.strip() for tag in text.replace("，", ",").split(",") if tag.strip())


class QuizForm(forms.Form):
    """Whether the questions also become a quiz."""

    quiz = forms.BooleanField(label="새 퀴즈로도 묶기", required=False)
    quiz_title = forms.CharField(
        label="퀴즈 이름",
        required=False,
        max_length=LONGEST_TITLE,
        widget=forms.TextInput(attrs=_FIELD),
        help_text="바로 쓸 수 있는 문제를 파일 순서대로 담습니다.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("quiz") and not cleaned.get("quiz_title", "").strip():
            self.add_error("quiz_title", "퀴즈 이름을 적어 주세요.")
        return cleaned

    def title(self) -> str:
        """The quiz's, or "" where none is wanted; call after is_valid."""
        return str(self.cleaned_data["quiz_title"]).strip() if self.cleaned_data["quiz"] else ""


class ExportForm(forms.Form):
    """Which questions leave, and how. `ids` are uuids of questions, `quiz` of a quiz."""

    format = forms.ChoiceField(
        label="형식",
        choices=[(each.value, each.label) for each in ExportFormat],
        widget=forms.Select(attrs=_FIELD),
    )
    topic = forms.ChoiceField(label="문제", required=False, widget=forms.Select(attrs=_FIELD))
    quiz = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["topic"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "내가 쓴 문제 모두"), *topic_choices()]
