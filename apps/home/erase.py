"""`/me/delete/`: the record goes, and with it the account if there is one."""

import datetime as dt
from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from apps.accounts.known_browsers import known_browser
from apps.accounts.models import Learner, User
from apps.accounts.services import current_learner
from apps.accounts.services.erasing import (
    RefusedError,
    erase_account,
    erase_learner,
    objections_to_erasing,
)
from apps.accounts.services.signing import check_password, sign_out
from apps.accounts.throttling import (
    PERSONAL_TRIES,
    TooManyTriesError,
    begin_try,
    client_address,
    fold_name,
)
from apps.classrooms.services.joining import find_by_entry_code
from apps.home.queries.people import class_names

_UNTICKED = "지운 기록은 되돌릴 수 없습니다. 알고 있으면 위 칸에 표시해 주세요."


class EraseForm(forms.Form):
    """A tick that cannot be pressed by accident; an account's password too."""

    sure = forms.BooleanField(error_messages={"required": _UNTICKED})


class EraseAccountForm(EraseForm):
    password = forms.CharField(
        strip=False,
        max_length=1000,
        error_messages={"required": "지금 비밀번호를 적어 주세요."},
    )


class EraseNamedForm(EraseForm):
    """Who came in by name shows the personal code: the next one at this computer has none."""

    entry_code = forms.CharField(
        max_length=40,
        error_messages={
            "required": "개인 코드를 적어 주세요. 잃었으면 강사에게 새 카드를 받을 수 있습니다.",
            "max_length": "개인 코드는 8자입니다. 다시 확인해 주세요.",
        },
    )


@never_cache
@sensitive_post_parameters("password", "entry_code")
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """What goes and what stays, then the tick and what proves who it is; done for good."""
    learner = current_learner(request)
    user = request.user if isinstance(request.user, User) else None
    if learner is None and user is None:
        return redirect("home:me")
    reasons = objections_to_erasing(user) if user else []
    form = _form_of(user, learner)(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if form.is_bound:
        now = timezone.now()
        status = _judge(request, form, user, learner, now)
        if status == HTTPStatus.OK:
            try:
                _erase(learner, user, now)
            except RefusedError as refusal:
                reasons, status = refusal.reasons, HTTPStatus.CONFLICT
            else:
                sign_out(request)
                return render(request, "home/erased.html", {"was_account": user is not None})
    context = {
        "section": "progress",
        "form": form,
        "account": user,
        "learner": learner,
        "classes": class_names(learner) if learner else [],
        "reasons": reasons,
    }
    return render(request, "home/erase.html", context, status=status)


def _form_of(user: User | None, learner: Learner | None) -> type[EraseForm]:
    if user is not None:
        return EraseAccountForm
    by_name = learner is not None and learner.enrollments.exclude(entry_digest="").exists()
    return EraseNamedForm if by_name else EraseForm


def _judge(
    request: HttpRequest,
    form: forms.Form,
    user: User | None,
    learner: Learner | None,
    now: dt.datetime,
) -> HTTPStatus:
    """OK, or the status of the page that says what is wrong, at its field.

    An open browser is not enough for an account, nor for a name in a class; guesses here count
    like guesses at the door.
    """
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    if user is None and "entry_code" not in form.fields:
        return HTTPStatus.OK
    name = user.username if user else ""
    field = "password" if user else "entry_code"
    try:
        begun = begin_try(
            account=f"login:{fold_name(name)}" if user else f"erase:{learner and learner.pk}",
            address=client_address(request),
            now=now,
            known_browser=known_browser(request, name) if user else "",
            most=PERSONAL_TRIES,
        )
    except TooManyTriesError as error:
        form.add_error(field, str(error))
        return HTTPStatus.TOO_MANY_REQUESTS
    if user and check_password(request, name=name, password=form.cleaned_data[field]) != user:
        form.add_error(field, "비밀번호가 맞지 않습니다. 아무것도 지우지 않았습니다.")
        return HTTPStatus.UNPROCESSABLE_ENTITY
    if not user and not _is_own_code(learner, form.cleaned_data[field]):
        form.add_error(field, "개인 코드가 맞지 않습니다. 아무것도 지우지 않았습니다.")
        return HTTPStatus.UNPROCESSABLE_ENTITY
    begun.succeeded()
    return HTTPStatus.OK


def _is_own_code(learner: Learner | None, code: str) -> bool:
    """Whether it is the learner's code in one of the classes; a learner may have several."""
    if learner is None:
        return False
    places = learner.enrollments.exclude(entry_digest="").select_related("classroom")
    return any(find_by_entry_code(place.classroom, code) == place for place in places)


def _erase(learner: Learner | None, user: User | None, now: dt.datetime) -> None:
    if user is not None:
        erase_account(user=user, now=now)
    elif learner is not None:
        erase_learner(learner=learner, now=now)
