"""The administrators' pages: all accounts, one account, and who did what."""

import datetime as dt
from collections.abc import Iterable
from http import HTTPStatus

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts import queries
from apps.accounts.access import admin_required, signed_in_user
from apps.accounts.codes import spoken_code
from apps.accounts.forms import RoleForm, SearchForm
from apps.accounts.models import AuditEntry, Role, User
from apps.accounts.services.resetting import issue_reset_code
from apps.accounts.services.roles import LastAdminError, set_active, set_role
from apps.accounts.trail import action_label

PAGE_SIZE = 50
TRAIL_OF_ONE = 20


@never_cache
@require_safe
@admin_required
def index(request: HttpRequest) -> HttpResponse:
    """Accounts to search and filter; `?show=trail` is the audit trail."""
    if request.GET.get("show") == "trail":
        return _trail_page(request)
    form = SearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.find_accounts(
        text=asked.get("q", ""), role=asked.get("role", ""), state=asked.get("state", "")
    )
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "asked": asked, "roles": Role.choices}
    return render(request, "accounts/index.html", context)


def _trail_page(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.trail(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "entries": _entries(page.object_list)}
    return render(request, "accounts/trail.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@admin_required
def account(request: HttpRequest, pk: int) -> HttpResponseBase:
    user = get_object_or_404(User, pk=pk)
    if request.method != "POST":
        return _account_page(request, user)
    by, now = signed_in_user(request), timezone.now()
    action = request.POST.get("action")
    if action == "reset-code":
        # Answered, not redirected: the code exists in this answer only.
        code = issue_reset_code(user=user, by=by, now=now)
        return _account_page(request, user, code=code)
    try:
        return _change(request, user, by=by, action=action, now=now)
    except LastAdminError as refusal:
        return _account_page(request, user, refusal=str(refusal), status=HTTPStatus.CONFLICT)


def _change(
    request: HttpRequest, user: User, *, by: User, action: str | None, now: dt.datetime
) -> HttpResponseBase:
    if action in {"close", "open"}:
        set_active(user=user, active=action == "open", by=by, now=now)
    elif action == "role":
        form = RoleForm(request.POST)
        if not form.is_valid():
            return _account_page(request, user, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        set_role(user=user, role=Role(form.cleaned_data["role"]), by=by, now=now)
    else:  # a form that arrived torn changes nothing
        raise BadRequest("unknown action")
    return redirect("accounts:account", pk=user.pk)


def _account_page(
    request: HttpRequest,
    user: User,
    *,
    form: RoleForm | None = None,
    code: str = "",
    refusal: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "person": user,
        "form": form or RoleForm(initial={"role": user.role}),
        "code": spoken_code(code),
        "refusal": refusal,
        "is_last_admin": queries.is_last_admin(user),
        "open_code": None if code else queries.open_reset_code(user),
        "entries": _entries(queries.trail(user)[:TRAIL_OF_ONE]),
        "now": timezone.now(),
    }
    return render(request, "accounts/account.html", context, status=status)


def _entries(rows: Iterable[AuditEntry]) -> list[dict[str, object]]:
    return [{"entry": row, "label": action_label(row)} for row in rows]
