"""Who may open a page at all. Whose object it is, each app asks its own querysets."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect

from apps.accounts.models import User
from apps.accounts.next_page import shown_page

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
V = TypeVar("V", bound=Callable[..., HttpResponseBase])
View = Callable[Concatenate[R, P], HttpResponseBase]
OPEN_MARK = "open_to_all"


def open_to_all(view: V) -> V:
    """A door of the site: it stays open to everybody where the site is closed (GUREUM_CLOSED)."""
    setattr(view, OPEN_MARK, True)
    return view


def _signed_in(view: View[R, P], allowed: Callable[[User], bool]) -> View[R, P]:
    @wraps(view)
    def guarded(request: R, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if not allowed(signed_in_user(request)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return cast("View[R, P]", guarded)


def to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Leads to the sign-in page and back; htmx, too, goes there as a whole page."""
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(redirect_to_login(shown_page(request) or "/").url)
    return redirect_to_login(_way_back(request))


def _way_back(request: HttpRequest) -> str:
    # After signing in a form cannot be sent again.
    return request.get_full_path() if request.method in {"GET", "HEAD"} else "/"


def account_required(view: View[R, P]) -> View[R, P]:
    """Somebody who is signed in; others are led to the sign-in page and back."""
    return _signed_in(view, lambda user: True)


def instructor_required(view: View[R, P]) -> View[R, P]:
    """An instructor or an administrator; learners get 403."""
    return _signed_in(view, lambda user: user.may_teach)


def admin_required(view: View[R, P]) -> View[R, P]:
    """An administrator; everybody else gets 403."""
    return _signed_in(view, lambda user: user.is_staff)


def signed_in_user(request: HttpRequest) -> User:
    """The user of a view that one of the decorators guards."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
