"""What people type at the doors: names, passwords, codes. Korean messages at their field."""

import re
import unicodedata
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from apps.accounts.models import Role, User
from apps.accounts.passwords import LEAST, MOST
from apps.accounts.throttling import fold_name
from apps.kernel.unseen import has_unseen

# Letters outside Hangul and ASCII have cases that databases fold differently, or not at all.
_LOGIN_NAME = re.compile(r"[0-9a-z가-힣._@+-]{2,40}")
NAME_RULE = (
    "2–40자의 한글, 영문, 숫자와 기호(. _ - @ +)를 씁니다. 대문자와 소문자는 가리지 않습니다."
)
NAME_LENGTH = 50
_TYPED_NAME_LENGTH = 150
_MAIL_LENGTH = 254  # what an address may have, and what the database keeps


def clean_login_name(text: str) -> str:
    """The name as it is kept (NFKC, lower case); ValidationError for one that cannot be had."""
    name = fold_name(text)
    if not _LOGIN_NAME.fullmatch(name):
        raise ValidationError(f"이 로그인 이름은 쓸 수 없습니다. {NAME_RULE}")
    return name


def clean_display_name(text: str) -> str:
    """NFC, one space between words; ValidationError for signs that cannot be seen."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if has_unseen(name):
        raise ValidationError("이름에 쓸 수 없는 글자가 들어 있습니다.")
    if len(name) > NAME_LENGTH:  # some signs become several when they are normalized
        raise ValidationError(_too_long(NAME_LENGTH)["max_length"])
    return name


def _required(what: str) -> dict[str, str]:
    return {"required": f"{what} 적어 주세요."}


def _too_long(most: int) -> dict[str, str]:
    return {"max_length": f"{most}자까지 쓸 수 있습니다."}


def password_field(label: str, what: str, *, new: bool, help_text: str = "") -> forms.CharField:
    kind = "new-password" if new else "current-password"
    return forms.CharField(
        label=label,
        strip=False,
        max_length=MOST,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"class": "field", "autocomplete": kind}),
        error_messages={**_required(what), **_too_long(MOST)},
    )


def typed_name_field() -> forms.CharField:
    """For who has an account already: anything may be typed, only the right name is found."""
    return forms.CharField(
        label="로그인 이름",
        max_length=_TYPED_NAME_LENGTH,
        widget=forms.TextInput(
            attrs={
                "class": "field",
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
        error_messages={**_required("로그인 이름을"), **_too_long(_TYPED_NAME_LENGTH)},
    )


def shared_field(help_text: str = "브라우저를 닫으면 로그아웃합니다.") -> forms.BooleanField:
    """At every door: on a computer of others too, the session ends with the browser."""
    return forms.BooleanField(label="여럿이 쓰는 컴퓨터입니다", required=False, help_text=help_text)


class SignInForm(forms.Form):
    username = typed_name_field()
    password = password_field("비밀번호", "비밀번호를", new=False)
    shared = shared_field()


class NewPasswordForm(forms.Form):
    """Base: a new password, typed twice, checked against what is known of its owner."""

    new_password = password_field(
        "새 비밀번호",
        "새 비밀번호를",
        new=True,
        help_text=f"{LEAST}자 이상. 띄어 쓴 여러 낱말도 좋습니다.",
    )
    again = password_field("새 비밀번호 한 번 더", "같은 비밀번호를 한 번 더", new=True)

    def owner(self) -> User:
        """Whose password it becomes, as far as the form knows."""
        return User()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        password, again = cleaned.get("new_password"), cleaned.get("again")
        if password and again and password != again:
            self.add_error("again", "두 비밀번호가 다릅니다. 같은 비밀번호를 두 번 적어 주세요.")
        elif password and again:
            try:
                validate_password(password, self.owner())
            except ValidationError as error:
                self.add_error("new_password", error)
        return cleaned


class NewAccountForm(NewPasswordForm):
    """Setup: a name, a display name, a password."""

    username = forms.CharField(
        label="로그인 이름",
        max_length=_TYPED_NAME_LENGTH,
        help_text=NAME_RULE,
        widget=forms.TextInput(
            attrs={
                "class": "field",
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
        error_messages={**_required("로그인 이름을"), **_too_long(_TYPED_NAME_LENGTH)},
    )
    display_name = forms.CharField(
        label="이름",
        max_length=NAME_LENGTH,
        help_text="화면과 명단에 보이는 이름입니다.",
        widget=forms.TextInput(attrs={"class": "field", "autocomplete": "name"}),
        error_messages={**_required("이름을"), **_too_long(NAME_LENGTH)},
    )
    field_order = ("username", "display_name", "email", "new_password", "again")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password"].label = "비밀번호"
        self.fields["again"].label = "비밀번호 한 번 더"

    def clean_username(self) -> str:
        return clean_login_name(self.cleaned_data["username"])

    def clean_display_name(self) -> str:
        return clean_display_name(self.cleaned_data["display_name"])

    def owner(self) -> User:
        told = ("username", "display_name", "email")
        return User(**{name: self.cleaned_data.get(name, "") for name in told})


class SignUpForm(NewAccountForm):
    email = forms.EmailField(
        label="이메일 (선택)",
        required=False,
        max_length=_MAIL_LENGTH,
        help_text="적지 않아도 됩니다. 관리자가 연락할 때 봅니다. 사이트는 메일을 보내지 않습니다.",
        widget=forms.EmailInput(attrs={"class": "field", "autocomplete": "email"}),
        error_messages={
            "invalid": "이메일 주소를 다시 확인해 주세요. 비워 두어도 됩니다.",
            **_too_long(_MAIL_LENGTH),
        },
    )
    shared = shared_field()


class PasswordForm(NewPasswordForm):
    """One's own password, by who knows the present one."""

    current = password_field("지금 비밀번호", "지금 비밀번호를", new=False)
    field_order = ("current", "new_password", "again")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def owner(self) -> User:
        return self.user


class ResetForm(NewPasswordForm):
    username = typed_name_field()
    code = forms.CharField(
        label="재설정 코드",
        max_length=40,
        help_text="강사나 관리자에게 받은 코드. 대소문자와 줄표는 가리지 않습니다.",
        widget=forms.TextInput(
            attrs={
                "class": "field field--code",
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
        error_messages={**_required("받은 코드를"), **_too_long(40)},
    )
    shared = shared_field()
    field_order = ("username", "code", "new_password", "again")

    def owner(self) -> User:
        return User(username=self.cleaned_data.get("username", ""))


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        label="역할",
        choices=Role.choices,
        widget=forms.Select(attrs={"class": "field"}),
        error_messages={"invalid_choice": "학습자, 강사, 관리자 가운데 하나를 골라 주세요."},
    )


class SearchForm(forms.Form):
    """Searching accounts; what cannot be read finds everything."""

    q = forms.CharField(required=False, max_length=100)
    role = forms.ChoiceField(required=False, choices=[("", "모두"), *Role.choices])
    state = forms.ChoiceField(required=False, choices=[("", "모두"), ("closed", "닫은 계정")])
