"""Middleware that every response passes through."""

import ipaddress
import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from apps.core.logging import request_id
from apps.core.views import content_too_large

GetResponse = Callable[[HttpRequest], HttpResponse]

# No inline script or style anywhere, and nothing from another origin: also what keeps the site
# whole on a network without a way out.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ]
)
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

FORWARDED_HEADERS = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST")


class RequestIdMiddleware:
    """Names each request; the name is in the log and in the `X-Request-ID` header.

    The id is ours, never the client's: a chosen id could forge lines of the log.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = secrets.token_hex(6)
        token = request_id.set(name)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = name
        return response


class TrustedProxyMiddleware:
    """Believes `X-Forwarded-*` only from the proxies named in GUREUM_TRUSTED_PROXIES."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._is_trusted(request.META.get("REMOTE_ADDR", "")):
            client = self._client(request.META.get("HTTP_X_FORWARDED_FOR", ""))
            if client:
                request.META["REMOTE_ADDR"] = client
        else:
            for header in FORWARDED_HEADERS:
                request.META.pop(header, None)
        return self.get_response(request)

    def _is_trusted(self, address: str) -> bool:
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(parsed in network for network in settings.GUREUM_TRUSTED_PROXIES)

    def _client(self, forwarded: str) -> str:
        """The last address that is not one of our proxies: what stands before it may be forged."""
        for hop in reversed([part.strip() for part in forwarded.split(",")]):
            try:
                ipaddress.ip_address(hop)
            except ValueError:
                return ""
            if not self._is_trusted(hop):
                return hop
        return ""


class BodyLimitMiddleware:
    """Answers 413 to a body above GUREUM_LARGEST_BODY before a byte of it is read.

    Django's own limits leave out uploaded files, which it would write to the disk without end.
    A body without a length is empty to Django, so the header is enough.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.GUREUM_LARGEST_BODY:
            return content_too_large(request)
        return self.get_response(request)


class SecurityHeadersMiddleware:
    """The headers that Django's own SecurityMiddleware does not set."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response
