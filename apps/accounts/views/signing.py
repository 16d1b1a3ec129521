"""Signing in and out, and the header's corner that says who is here."""

import datetime as dt
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import open_to_all
from apps.accounts.forms import SignInForm
from apps.accounts.known_browsers import known_browser, remember_browser
from apps.accounts.next_page import asked_page
from apps.accounts.services.learners import NAME_KEY
from apps.accounts.services.signing import after_sign_in, check_password, sign_in, sign_out
from apps.accounts.throttling import (
    PERSONAL_TRIES,
    TooManyTriesError,
    Try,
    begin_try,
    client_address,
    fold_name,
)
from apps.core.htmx import HtmxHttpRequest, wants_fragment

WRONG = (
    "로그인 이름이나 비밀번호가 맞지 않습니다. 비밀번호를 잊었으면 아래에서 새로 정할 수 있습니다."
)


@open_to_all
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_page(request: HttpRequest) -> HttpResponseBase:
    next_url = asked_page(request)
    if request.method != "POST":
        if request.user.is_authenticated:
            return redirect(next_url or "/")
        return _page(request, SignInForm(), next_url)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _page(request, form, next_url, HTTPStatus.UNPROCESSABLE_ENTITY)
    name, now = form.cleaned_data["username"], timezone.now()
    try:
        begun = _begin(request, name, now)
    except TooManyTriesError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, next_url, HTTPStatus.TOO_MANY_REQUESTS)
    user = check_password(request, name=name, password=form.cleaned_data["password"])
    if user is None:
        form.add_error(None, WRONG)
        return _page(request, form, next_url, HTTPStatus.UNPROCESSABLE_ENTITY)
    shared = form.cleaned_data["shared"]
    sign_in(request, user, now=now, begun=begun, shared=shared)
    response = redirect(after_sign_in(request, next_url or "/"))
    if not shared:
        remember_browser(request, response, user.username)
    return response


def _begin(request: HttpRequest, name: str, now: dt.datetime) -> Try:
    return begin_try(
        account=f"login:{fold_name(name)}",
        address=client_address(request),
        now=now,
        known_browser=known_browser(request, name),
        most=PERSONAL_TRIES,
    )


def _page(
    request: HttpRequest, form: SignInForm, next_url: str, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {"form": form, "next": next_url, "signup_open": settings.GUREUM_SIGNUP}
    return render(request, "accounts/login.html", context, status=status)


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out_page(request: HttpRequest) -> HttpResponseBase:
    """GET asks, POST does it; whoever joined by name alone is told what is needed to come back."""
    if request.method == "POST":
        sign_out(request)
        return redirect(reverse("accounts:login") if settings.GUREUM_CLOSED else "/")
    context = {"guest_name": request.session.get(NAME_KEY, "")}
    return render(request, "accounts/logout.html", context)


@open_to_all
@never_cache
@require_safe
def bar(request: HtmxHttpRequest) -> HttpResponse:
    """The header's personal corner: a fragment of public pages, and a page of its own."""
    fragment = wants_fragment(request)
    template = "accounts/_corner.html" if fragment else "accounts/bar.html"
    context = {"signup_open": settings.GUREUM_SIGNUP}
    response = render(request, template, context)
    response["Vary"] = "HX-Request, Cookie"
    return response
