"""What people type about a class and to come into it. Korean messages at their field."""

import datetime as dt
import unicodedata
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from apps.accounts.codes import read_code
from apps.accounts.forms import shared_field
from apps.classrooms.domain.names import (
    MAX_NAME,
    MAX_NUMBER,
    NameProblemError,
    clean_name,
    clean_number,
)
from apps.classrooms.domain.roster_text import LARGEST
from apps.kernel.unseen import has_unseen

CLASS_NAME_LENGTH = 80
_TYPED_CODE_LENGTH = 40
_SHARED = "브라우저를 닫으면 이 컴퓨터에서 나갑니다. 다음에는 개인 코드로 들어옵니다."
_CODE_WIDGET = {
    "class": "field field--code",
    "autocomplete": "off",
    "autocapitalize": "characters",
    "spellcheck": "false",
}


def _text(label: str, missing: str, most: int, **options: Any) -> forms.CharField:
    """A line of text; `missing` is said where it is empty, "" lets it be."""
    attrs = {"class": "field", **options.pop("attrs", {})}
    return forms.CharField(
        label=label,
        max_length=most,
        required=bool(missing),
        widget=forms.TextInput(attrs=attrs),
        error_messages={"required": missing, "max_length": f"{most}자까지 쓸 수 있습니다."},
        **options,
    )


class ClassroomForm(forms.Form):
    """Name of a class, and whether a name alone is enough to come in."""

    name = _text(
        "반 이름", "반 이름을 적어 주세요.", CLASS_NAME_LENGTH, help_text="예: 2026 봄 클라우드 1반"
    )
    guests_allowed = forms.BooleanField(
        label="계정 없이 이름만으로 들어올 수 있음",
        required=False,
        help_text=(
            "이름만 적고 들어온 사람은 개인 코드로 다시 들어옵니다. "
            "코드를 잃으면 새 카드를 만들어 줄 수 있습니다."
        ),
    )

    def clean_name(self) -> str:
        return _one_line(self.cleaned_data["name"])


def _one_line(text: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if has_unseen(name):
        raise ValidationError("보이지 않는 제어 문자가 들어 있습니다. 지우고 다시 적어 주세요.")
    if len(name) > CLASS_NAME_LENGTH:  # some signs become several when they are normalized
        raise ValidationError(f"{CLASS_NAME_LENGTH}자까지 쓸 수 있습니다.")
    return name


class PersonForm(forms.Form):
    """Under which name and number the class knows somebody."""

    name = _text("이름", "이름을 적어 주세요.", MAX_NAME, attrs={"autocomplete": "name"})
    student_number = _text(
        "학번",
        "",
        MAX_NUMBER,
        help_text="학번이나 번호가 있으면 적습니다. 없으면 비워 둡니다.",
        attrs={"autocomplete": "off"},
    )

    def clean_name(self) -> str:
        try:
            return clean_name(self.cleaned_data["name"])
        except NameProblemError as error:
            raise ValidationError(str(error)) from error

    def clean_student_number(self) -> str:
        try:
            return clean_number(self.cleaned_data["student_number"])
        except NameProblemError as error:
            raise ValidationError(str(error)) from error


class JoinForm(PersonForm):
    """Coming in. `place` makes a form that was sent twice one learner."""

    place = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    shared = shared_field(_SHARED)
    # The name that somebody in the class has already: sent again with it, the learner means it.
    same_name = forms.CharField(required=False, max_length=MAX_NAME, widget=forms.HiddenInput)

    def clean_place(self) -> UUID | None:
        """Nobody can mend a hidden field: what is no id is as good as none."""
        try:
            return UUID(self.cleaned_data["place"])
        except ValueError:
            return None


class JoinCodeForm(forms.Form):
    code = forms.CharField(
        label="참여 코드",
        max_length=_TYPED_CODE_LENGTH,
        widget=forms.TextInput(attrs={**_CODE_WIDGET, "placeholder": "ABCD-EFGH"}),
        error_messages={
            "required": "참여 코드를 적어 주세요.",
            "max_length": "참여 코드는 8자입니다. 다시 확인해 주세요.",
        },
        help_text="강사가 알려 준 8자 코드입니다. 대문자와 소문자, 띄어쓰기는 가리지 않습니다.",
    )

    def clean_code(self) -> str:
        return read_code(self.cleaned_data["code"])


class EntryCodeForm(forms.Form):
    entry_code = forms.CharField(
        label="개인 코드",
        max_length=_TYPED_CODE_LENGTH,
        widget=forms.TextInput(attrs={**_CODE_WIDGET, "placeholder": "ABCD-EFGH"}),
        error_messages={
            "required": "개인 코드를 적어 주세요.",
            "max_length": "개인 코드는 8자입니다. 다시 확인해 주세요.",
        },
        help_text="처음 들어올 때 받았거나 입장 카드에 적힌 8자 코드입니다.",
    )
    shared = shared_field(_SHARED)

    def clean_entry_code(self) -> str:
        return read_code(self.cleaned_data["entry_code"])


class InstructorForm(forms.Form):
    login_name = _text(
        "강사의 로그인 이름",
        "로그인 이름을 적어 주세요.",
        150,
        help_text="강사 계정이 있는 사람만 넣을 수 있습니다.",
        attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )


class CloneForm(forms.Form):
    """A new class after an old one. `first_day`: None where nothing has a time."""

    name = _text("새 반 이름", "새 반 이름을 적어 주세요.", CLASS_NAME_LENGTH)
    start = forms.DateField(
        label="첫날",
        input_formats=["%Y-%m-%d", "%Y.%m.%d", "%Y. %m. %d", "%Y. %m. %d."],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "field", "type": "date"}),
        error_messages={
            "required": "첫날을 골라 주세요.",
            "invalid": "날짜를 읽을 수 없습니다. 2026-03-02처럼 적어 주세요.",
        },
    )

    def __init__(self, *args: Any, first_day: dt.date | None, **options: Any) -> None:
        super().__init__(*args, **options)
        if first_day is None:
            del self.fields["start"]
        else:
            self.fields["start"].help_text = (
                f"지금 반에서 가장 이른 날은 {first_day.year}년 {first_day.month}월 "
                f"{first_day.day}일입니다. 이날이 새 반의 첫날이 되도록 모든 날짜를 옮깁니다."
            )

    def clean_name(self) -> str:
        return _one_line(self.cleaned_data["name"])

    def clean_start(self) -> dt.date:
        start: dt.date = self.cleaned_data["start"]
        if not 2000 <= start.year <= 2100:
            raise ValidationError("2000년과 2100년 사이의 날짜를 골라 주세요.")
        return start


class RosterForm(forms.Form):
    """Pasted lines, or a file; the file wins."""

    text = forms.CharField(
        label="붙여 넣기",
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={
                "class": "field roster__text",
                "rows": 10,
                "spellcheck": "false",
                "placeholder": "학번\t이름\n10201\t김하늘\n10202\t이바다",
            }
        ),
        help_text="엑셀이나 한셀에서 학번과 이름 칸을 골라 복사한 뒤 여기에 붙여 넣습니다.",
    )
    file = forms.FileField(
        label="또는 CSV 파일",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={"class": "field", "accept": ".csv,.tsv,.txt,text/csv,text/plain"}
        ),
        help_text="1 MB, 500명까지. UTF-8, UTF-16, CP949(엑셀의 기본 CSV)를 읽습니다.",
    )

    def source(self) -> bytes | str:
        """What is to be read; call after is_valid."""
        file = self.cleaned_data.get("file")
        if file is not None:
            # One byte more than is allowed, so that the reader sees that it is too much.
            return bytes(file.read(LARGEST + 1))
        return str(self.cleaned_data["text"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("file") is None and not cleaned.get("text", "").strip():
            self.add_error("text", "명단을 붙여 넣거나 파일을 골라 주세요.")
        return cleaned
