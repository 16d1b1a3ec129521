"""Who may open a page at all. Whose object it is, each app asks its own querysets."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from apps.accounts.models import User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def _signed_in(view: View[P], allowed: Callable[[User], bool]) -> View[P]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            # After signing in a form cannot be sent again: lead to where it was filled in.
            return redirect_to_login(_way_back(request))
        if not allowed(signed_in_user(request)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return cast("View[P]", guarded)


def _way_back(request: HttpRequest) -> str:
    return request.get_full_path() if request.method in {"GET", "HEAD"} else "/"


def account_required(view: View[P]) -> View[P]:
    """Somebody who is signed in; others are led to the sign-in page and back."""
    return _signed_in(view, lambda user: True)


def instructor_required(view: View[P]) -> View[P]:
    """An instructor or an administrator; learners get 403."""
    return _signed_in(view, lambda user: user.may_teach)


def admin_required(view: View[P]) -> View[P]:
    """An administrator; everybody else gets 403."""
    return _signed_in(view, lambda user: user.is_staff)


def signed_in_user(request: HttpRequest) -> User:
    """The user of a view that one of the decorators guards."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
