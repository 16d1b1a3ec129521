"""Forms of publishing and sharing."""

from django import forms
from django.core.exceptions import ValidationError

from apps.kernel.unseen import has_unseen
from apps.quizzes.models import Right
from apps.studio.services.publishing import LONGEST_NOTE

_FIELD = {"class": "field"}
_NAME = {**_FIELD, "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
_LONGEST_LOGIN = 150
COLLEAGUE, EVERYBODY = "one", "all"


class NoteForm(forms.Form):
    """What was done, for the colleagues; may be empty."""

    note = forms.CharField(
        label="무엇을 고쳤는지",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.TextInput(attrs={**_FIELD, "autocomplete": "off"}),
        error_messages={"max_length": f"{LONGEST_NOTE}자까지 쓸 수 있습니다."},
        help_text="적지 않아도 됩니다. 이력에 남아 나중에 왜 고쳤는지 알려 줍니다.",
    )

    def clean_note(self) -> str:
        note = " ".join(str(self.cleaned_data["note"]).split())
        if has_unseen(note):
            raise ValidationError("보이지 않는 제어 문자가 들어 있습니다. 지우고 다시 적어 주세요.")
        return note


def _login_name(label: str, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=_LONGEST_LOGIN,
        widget=forms.TextInput(attrs=_NAME),
        error_messages={
            "required": "로그인 이름을 적어 주세요.",
            "max_length": f"로그인 이름은 {_LONGEST_LOGIN}자를 넘지 않습니다.",
        },
    )


def _right() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="권한",
        choices=Right.choices,
        widget=forms.Select(attrs=_FIELD),
        error_messages={
            "required": "권한을 골라 주세요.",
            "invalid_choice": "보기, 복제, 편집 가운데 하나를 골라 주세요.",
        },
    )


class ShareForm(forms.Form):
    """With whom, and what for. `login_name` only counts for one colleague."""

    whom = forms.ChoiceField(
        label="누구와",
        choices=[(COLLEAGUE, "강사 한 사람"), (EVERYBODY, "이 사이트의 모든 강사")],
        widget=forms.RadioSelect,
        error_messages={"required": "누구와 함께 쓸지 골라 주세요."},
    )
    login_name = _login_name("강사의 로그인 이름", required=False)
    right = _right()

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("whom") == COLLEAGUE and not self.cleaned_data.get("login_name"):
            self.add_error("login_name", "로그인 이름을 적어 주세요.")

    @property
    def shared_with(self) -> str | None:
        """The login name; None for everybody."""
        everybody = self.cleaned_data["whom"] == EVERYBODY
        return None if everybody else self.cleaned_data["login_name"]


class RightForm(forms.Form):
    """Another right for a share there is."""

    right = _right()


class HandOverForm(forms.Form):
    """A new owner; `with_questions` means something for a quiz only."""

    new_owner = _login_name("새 주인의 로그인 이름", required=True)
    with_questions = forms.BooleanField(
        label="이 퀴즈가 내는 내 문제도 함께 넘기기", required=False
    )
    sure = forms.BooleanField(
        label="되돌리려면 새 주인이 다시 넘겨주어야 하는 것을 알고 있습니다.",
        error_messages={"required": "넘기려면 이 칸에 표시해 주세요."},
    )
