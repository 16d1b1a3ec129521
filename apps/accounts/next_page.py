"""Where to go after signing in: an own path, or nowhere in particular."""

from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

_LONGEST = 2000


def own_path(text: str) -> str:
    """The path if it stays on this site, else ""; a link from elsewhere must not lead away."""
    if not text.startswith("/") or len(text) > _LONGEST:
        return ""
    return text if url_has_allowed_host_and_scheme(text, allowed_hosts=None) else ""


def shown_page(request: HttpRequest) -> str:
    """The page from which htmx asks, as it says itself; "" where it says nothing of this site."""
    try:
        shown = urlsplit(request.headers.get("HX-Current-URL", ""))
    except ValueError:  # no address at all
        return ""
    if shown.netloc and shown.netloc != request.get_host():
        return ""
    return own_path(urlunsplit(("", "", shown.path, shown.query, "")))


def asked_page(request: HttpRequest) -> str:
    """`next` of the form or the address, made safe."""
    return own_path(request.POST.get("next") or request.GET.get("next", ""))
