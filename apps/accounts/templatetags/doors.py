"""Links of the header that depend on the page around them."""

from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse

from apps.accounts.next_page import own_path, shown_page

register = template.Library()
# After signing in nobody wants to be led back to a door.
_DOORS = ("login", "logout", "signup", "reset", "setup", "bar")


@register.simple_tag(takes_context=True)
def sign_in_url(context: Context) -> str:
    """The sign-in page with the way back to the page that is shown; a fragment's is its page's."""
    login = reverse("accounts:login")
    request: HttpRequest = context["request"]
    shown = _shown_path(request)
    return f"{login}?{urlencode({'next': shown})}" if shown else login


def _shown_path(request: HttpRequest) -> str:
    if getattr(request, "htmx", None):
        path = shown_page(request)
        return "" if path.startswith(_door_paths()) else path
    match = request.resolver_match
    # What answers a form has no page of its own to come back to.
    if request.method not in {"GET", "HEAD"} or match is None:
        return ""
    if match.app_name == "accounts" and match.url_name in _DOORS:
        return ""
    return own_path(request.get_full_path())


def _door_paths() -> tuple[str, ...]:
    return tuple(reverse(f"accounts:{name}") for name in _DOORS if name != "setup")
