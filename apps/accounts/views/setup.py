"""First run: the page behind the link that `serve` prints."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from apps.accounts.access import open_to_all
from apps.accounts.forms import NewAccountForm
from apps.accounts.known_browsers import remember_browser
from apps.accounts.services.setup import SpentTokenError, is_valid_token, set_up
from apps.accounts.services.signing import after_sign_in, sign_in
from apps.accounts.services.signup import NameTakenError


@open_to_all
@never_cache
@sensitive_post_parameters("new_password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest, token: str) -> HttpResponseBase:
    """Makes the first administrator; 404 once the link is spent."""
    if not is_valid_token(token):
        return _spent(request, SpentTokenError())
    form = NewAccountForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    now = timezone.now()
    try:
        user = set_up(
            token=token,
            username=form.cleaned_data["username"],
            display_name=form.cleaned_data["display_name"],
            password=form.cleaned_data["new_password"],
            now=now,
        )
    except SpentTokenError as refusal:
        return _spent(request, refusal)
    except NameTakenError as refusal:
        form.add_error("username", str(refusal))
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    sign_in(request, user, now=now)
    response = redirect(after_sign_in(request, reverse("classrooms:index")))
    remember_browser(request, response, user.username)
    return response


def _page(request: HttpRequest, form: NewAccountForm, status: int = HTTPStatus.OK) -> HttpResponse:
    return render(request, "accounts/setup.html", {"form": form}, status=status)


def _spent(request: HttpRequest, refusal: SpentTokenError) -> HttpResponse:
    context = {"reason": str(refusal)}
    return render(request, "accounts/setup_spent.html", context, status=HTTPStatus.NOT_FOUND)
