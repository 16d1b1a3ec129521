"""One's own password: changing it, getting a new one with a code, signing out elsewhere."""

from http import HTTPStatus

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import account_required, open_to_all, signed_in_user
from apps.accounts.forms import PasswordForm, ResetForm
from apps.accounts.known_browsers import known_browser, remember_browser
from apps.accounts.services.resetting import WrongCodeError, change_password, reset_password
from apps.accounts.services.signing import after_sign_in, end_sessions, sign_in
from apps.accounts.throttling import (
    PERSONAL_TRIES,
    TooManyTriesError,
    begin_try,
    client_address,
    fold_name,
)

WRONG_CURRENT = "지금 비밀번호가 맞지 않습니다."
DONE = {
    "password": "비밀번호를 바꾸었습니다. 다른 기기에서는 다시 로그인해야 합니다.",
    "sessions": "다른 기기에서 모두 로그아웃했습니다. 이 브라우저는 그대로입니다.",
}


@never_cache
@sensitive_post_parameters("current", "new_password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@account_required
def change(request: HttpRequest) -> HttpResponseBase:
    """The present password is asked for, so that a browser left open does not give it away."""
    user = signed_in_user(request)
    form = PasswordForm(request.POST if request.method == "POST" else None, user=user)
    if not form.is_bound:
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        begun = begin_try(
            account=f"login:{fold_name(user.username)}",
            address=client_address(request),
            now=timezone.now(),
            known_browser=known_browser(request, user.username),
            most=PERSONAL_TRIES,
        )
    except TooManyTriesError as refusal:
        form.add_error("current", str(refusal))
        return _page(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    if not user.check_password(form.cleaned_data["current"]):
        form.add_error("current", WRONG_CURRENT)
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    begun.succeeded()
    change_password(user=user, password=form.cleaned_data["new_password"])
    update_session_auth_hash(request, user)
    return redirect(f"{reverse('accounts:password')}?done=password")


def _page(request: HttpRequest, form: PasswordForm, status: int = HTTPStatus.OK) -> HttpResponse:
    context = {"form": form, "done": DONE.get(request.GET.get("done", ""), "")}
    return render(request, "accounts/password.html", context, status=status)


@never_cache
@require_POST
@account_required
def end_other_sessions(request: HttpRequest) -> HttpResponseBase:
    """Signs every other browser of the account out; this one stays."""
    user = signed_in_user(request)
    end_sessions(user)
    update_session_auth_hash(request, user)
    return redirect(f"{reverse('accounts:password')}?done=sessions")


@open_to_all
@never_cache
@sensitive_post_parameters("code", "new_password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest) -> HttpResponseBase:
    """A new password with a code that an instructor or administrator gave."""
    form = ResetForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _reset_page(request, form)
    if not form.is_valid():
        return _reset_page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    name, now = form.cleaned_data["username"], timezone.now()
    try:
        begun = begin_try(
            account=f"reset:{fold_name(name)}",
            address=client_address(request),
            now=now,
            known_browser=known_browser(request, name),
            most=PERSONAL_TRIES,
        )
        user = reset_password(
            name=name,
            code=form.cleaned_data["code"],
            password=form.cleaned_data["new_password"],
            now=now,
        )
    except TooManyTriesError as refusal:
        form.add_error(None, str(refusal))
        return _reset_page(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    except WrongCodeError as refusal:
        form.add_error(None, str(refusal))
        return _reset_page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    shared = form.cleaned_data["shared"]
    sign_in(request, user, now=now, begun=begun, shared=shared)
    response = redirect(after_sign_in(request, "/"))
    if not shared:
        remember_browser(request, response, user.username)
    return response


def _reset_page(request: HttpRequest, form: ResetForm, status: int = HTTPStatus.OK) -> HttpResponse:
    return render(request, "accounts/reset.html", {"form": form}, status=status)
