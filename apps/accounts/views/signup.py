"""Signing up, where the site lets people."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from apps.accounts.access import open_to_all
from apps.accounts.forms import SignUpForm
from apps.accounts.known_browsers import remember_browser
from apps.accounts.models import Role
from apps.accounts.next_page import asked_page
from apps.accounts.services.signing import after_sign_in, sign_in
from apps.accounts.services.signup import NameTakenError, create_account
from apps.accounts.throttling import TooManyTriesError, begin_try, client_address


@open_to_all
@never_cache
@sensitive_post_parameters("new_password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponseBase:
    next_url = asked_page(request)
    if request.user.is_authenticated:
        return redirect(next_url or "/")
    if not settings.GUREUM_SIGNUP:
        return render(
            request, "accounts/signup_closed.html", {"next": next_url}, status=HTTPStatus.FORBIDDEN
        )
    form = SignUpForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _page(request, form, next_url)
    if not form.is_valid():
        return _page(request, form, next_url, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        return _create(request, form, next_url)
    except NameTakenError as refusal:
        form.add_error("username", str(refusal))
        return _page(request, form, next_url, HTTPStatus.UNPROCESSABLE_ENTITY)
    except TooManyTriesError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, next_url, HTTPStatus.TOO_MANY_REQUESTS)


def _create(request: HttpRequest, form: SignUpForm, next_url: str) -> HttpResponseBase:
    now, address = timezone.now(), client_address(request)
    # Signing up cannot but tell that a name is taken; it need not tell a whole list.
    begun = begin_try(account=f"signup:{address}", address=address, now=now)
    user = create_account(
        username=form.cleaned_data["username"],
        display_name=form.cleaned_data["display_name"],
        email=form.cleaned_data["email"],
        password=form.cleaned_data["new_password"],
        role=Role.LEARNER,
        now=now,
    )
    shared = form.cleaned_data["shared"]
    sign_in(request, user, now=now, begun=begun, shared=shared)
    response = redirect(after_sign_in(request, next_url or "/"))
    if not shared:
        remember_browser(request, response, user.username)
    return response


def _page(
    request: HttpRequest, form: SignUpForm, next_url: str, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {"form": form, "next": next_url, "retention_days": settings.GUREUM_RETENTION_DAYS}
    return render(request, "accounts/signup.html", context, status=status)
