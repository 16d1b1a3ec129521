"""A closed site (GUREUM_CLOSED): it opens for accounts and for who has a place in a class."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from apps.accounts.access import OPEN_MARK, to_sign_in
from apps.accounts.services import current_learner

GetResponse = Callable[[HttpRequest], HttpResponse]
# `core` lies below accounts and cannot carry their mark: health, robots, the manifest.
_OPEN_NAMESPACE = "core"


class ClosedSiteMiddleware:
    """Leads everybody else to the sign-in page, and keeps pages out of shared caches."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.GUREUM_CLOSED and "public" in response.get("Cache-Control", ""):
            # A proxy would hand them on, and a browser would show them after signing out.
            response["Cache-Control"] = "private, no-cache"
            patch_vary_headers(response, ["Cookie"])
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if not settings.GUREUM_CLOSED or getattr(view, OPEN_MARK, False):
            return None
        if request.resolver_match and request.resolver_match.namespace == _OPEN_NAMESPACE:
            return None
        return None if _is_let_in(request) else to_sign_in(request)


def _is_let_in(request: HttpRequest) -> bool:
    if request.user.is_authenticated:
        return True
    learner = current_learner(request)
    return learner is not None and learner.is_admitted
