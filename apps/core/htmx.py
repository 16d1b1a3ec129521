"""The request as views see it: django-htmx's middleware has added `htmx`."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class HtmxHttpRequest(HttpRequest):
    htmx: HtmxDetails


def wants_fragment(request: HtmxHttpRequest) -> bool:
    """True for an htmx request that swaps a part.

    Restoring history asks for the whole page although htmx sends it.
    """
    return bool(request.htmx) and not request.htmx.history_restore_request
